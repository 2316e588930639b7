//! One write, judged in the contract's order: the key, the school year, the window, the school, the condition, the
//! content. All of it under one lock, so that writes of a list come one after the other.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    inn::{Endring, Innhold, les},
    lager::{Elev, Husket, Liste, avtrykk, ny_etag},
    problem::Problem,
    regler::{Merknad, vurder},
};
use crate::{
    klokke::iso,
    vigo::{Feil, Identitetsregler, Indre, laas},
};

/// What must be true for a write to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Vilkar {
    /// `If-None-Match: *`
    IngenFraFor,
    /// `If-Match`
    Etag(String),
}

/// A write.
pub(super) struct Skriv<'a> {
    pub(super) orgnr: &'a str,
    pub(super) skolear: &'a str,
    /// A whole list, or changes.
    pub(super) liste: bool,
    pub(super) nokkel: String,
    pub(super) vilkar: Option<Vilkar>,
    pub(super) kropp: Value,
    pub(super) feil: &'a [Feil],
}

type Handlinger = Vec<(Uuid, &'static str)>;

impl Indre {
    /// Does a write, or repeats the answer to one that was done.
    pub(super) fn skriv(&self, skriv: &Skriv<'_>) -> Result<Husket, Problem> {
        let Skriv { orgnr, skolear, .. } = *skriv;
        let mut lager = laas(&self.elevlister);
        let spurt = avtrykk(&json!([skriv.liste, skriv.kropp]));
        if let Some(husket) = lager.husket(orgnr, skolear, &skriv.nokkel) {
            return if husket.avtrykk == spurt { Ok(husket.clone()) } else { Err(Problem::NokkelGjenbrukt) };
        }
        let vilkar = skriv.vilkar.as_ref().ok_or(Problem::ManglerForutsetning)?;
        self.apent_for(skriv)?;
        let innhold = les(&skriv.kropp, skriv.liste, orgnr, skolear)?;
        if skriv.feil.contains(&Feil::EndretUtenfra) {
            lager.ror_ved(orgnr, skolear);
        }
        let fra_for = sjekk(vilkar, lager.finn(orgnr, skolear))?;
        let ny = fra_for.is_none();
        let (elever, handlinger, merknader) = anvend(self.config.regler, fra_for, innhold)?;
        if merknader.iter().any(Merknad::er_feil) {
            return Err(Problem::UgyldigListe(merknader));
        }
        let liste = Liste {
            orgnr: orgnr.to_owned(),
            skolear: skolear.to_owned(),
            etag: ny_etag(),
            kvittering_id: Uuid::new_v4(),
            idempotensnokkel: skriv.nokkel.clone(),
            status: if merknader.is_empty() { "mottatt" } else { "mottatt-med-advarsler" },
            mottatt: self.config.klokke.na(),
            elever,
        };
        let husket = Husket {
            avtrykk: spurt,
            status: if ny { 201 } else { 200 },
            etag: liste.etag.clone(),
            kropp: kvittering(&liste, &handlinger, &merknader),
        };
        tracing::info!(elever = liste.elever.len(), endringer = handlinger.len(), "list stored");
        lager.legg_til(liste, handlinger, husket.clone());
        Ok(husket)
    }

    fn apent_for(&self, skriv: &Skriv<'_>) -> Result<(), Problem> {
        let skole = laas(&self.kodeverk).grunnskole(skriv.orgnr).cloned();
        let vinduer = laas(&self.vinduer);
        if !vinduer.finnes(skriv.skolear) {
            return Err(Problem::UkjentSkolear);
        }
        let fylke = skole.as_ref().map(|s| s.county_nr.as_str());
        if skriv.feil.contains(&Feil::LukketVindu) || !vinduer.er_apent(fylke, self.config.klokke.na()) {
            return Err(Problem::UtenforVindu);
        }
        if skriv.feil.contains(&Feil::KodeverkNede) {
            return Err(Problem::KanIkkeVerifisereSkole);
        }
        skole.map(drop).ok_or(Problem::UkjentSkole)
    }
}

/// The list that is replaced or changed, if the condition holds.
fn sjekk<'a>(vilkar: &Vilkar, liste: Option<&'a Liste>) -> Result<Option<&'a Liste>, Problem> {
    match (vilkar, liste) {
        (Vilkar::IngenFraFor, None) => Ok(None),
        (Vilkar::Etag(etag), Some(liste)) if *etag == liste.etag => Ok(Some(liste)),
        (_, liste) => Err(Problem::EtagStemmerIkke(liste.map(|liste| liste.etag.clone()))),
    }
}

/// The pupils afterwards, what was done to whom, and what is remarked on that.
fn anvend(
    regler: Identitetsregler,
    fra_for: Option<&Liste>,
    innhold: Innhold,
) -> Result<(Vec<Elev>, Handlinger, Vec<Merknad>), Problem> {
    let mut merknader = Vec::new();
    let mut sett = BTreeSet::new();
    let mut en_gang = |elev_ref: Uuid, merknader: &mut Vec<Merknad>| {
        if !sett.insert(elev_ref) {
            merknader.push(Merknad::feil(elev_ref, "elevRef", "duplikat-elev"));
        }
    };
    let mut handlinger = Vec::new();
    let (elever, berort): (Vec<Elev>, BTreeSet<Uuid>) = match innhold {
        Innhold::Liste(elever) => {
            elever.iter().for_each(|elev| en_gang(elev.elev_ref, &mut merknader));
            let alle = elever.iter().map(|elev| elev.elev_ref).collect();
            (elever, alle)
        }
        Innhold::Endringer(endringer) => {
            let mut elever = fra_for.map_or_else(Vec::new, |liste| liste.elever.clone());
            let mut berort = BTreeSet::new();
            for endring in endringer {
                let elev_ref = endring.elev_ref();
                en_gang(elev_ref, &mut merknader);
                handlinger.push((elev_ref, endring.ord()));
                let plass = elever.iter().position(|elev| elev.elev_ref == elev_ref);
                match (endring, plass) {
                    (Endring::Ny(elev), None) => elever.push(elev),
                    (Endring::Endre(elev), Some(plass)) => elever[plass] = elev,
                    (Endring::Fjern(_), Some(plass)) => {
                        elever.remove(plass);
                        continue;
                    }
                    (Endring::Ny(_), Some(_)) => {
                        merknader.push(Merknad::feil(elev_ref, "elevRef", "finnes-allerede"));
                    }
                    (_, None) => merknader.push(Merknad::feil(elev_ref, "elevRef", "ukjent-elev")),
                }
                berort.insert(elev_ref);
            }
            (elever, berort)
        }
    };
    if elever.is_empty() {
        merknader.push(Merknad::feil(None, "elever", "tom-liste"));
    }
    let sendt = elever.iter().filter(|elev| berort.contains(&elev.elev_ref));
    merknader.extend(vurder(regler, sendt, &elever));
    Ok((elever, handlinger, merknader))
}

fn kvittering(liste: &Liste, handlinger: &[(Uuid, &'static str)], merknader: &[Merknad]) -> Value {
    let avtrykk = |elev_ref| liste.elever.iter().find(|elev| elev.elev_ref == elev_ref).map(|elev| &elev.avtrykk);
    let endringer: Vec<Value> = handlinger
        .iter()
        .map(|(elev_ref, handling)| {
            let mut en = json!({"kvitteringId": Uuid::new_v4(), "elevRef": elev_ref, "handling": handling});
            if let Some(avtrykk) = avtrykk(*elev_ref) {
                en["avtrykk"] = json!(avtrykk);
            }
            en
        })
        .collect();
    json!({
        "@context": {"@vocab": "https://novari.no/ontology/elevliste/v1#"},
        "@type": "Kvittering",
        "kvitteringId": liste.kvittering_id,
        "mottatt": iso(liste.mottatt),
        "organisasjonsnummer": liste.orgnr,
        "skolear": liste.skolear,
        "status": liste.status,
        "antall": liste.elever.len(),
        "listeavtrykk": liste.listeavtrykk(),
        "merknader": merknader,
        "endringer": endringer,
    })
}
