//! One pupil's line, and the rules about it.

mod nummer;
mod tekst;

use crate::{folkeregister, regler::brudd, utvalg::Utvalg};
use elevliste::{Avvik, Elevlinje, Listenokkel, Opphav};
use hendelse::K;
use identitet::Skjermet;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

pub(crate) use nummer::{HINDRER, dom as nummerdom};
pub(crate) use tekst::er_usynlig;
pub use tekst::holder_nummer;

/// How often each pupil and each number stands on the list.
#[derive(Debug, Default)]
pub(crate) struct Opptelling {
    elever: HashMap<Uuid, u32>,
    numre: HashMap<K, u32>,
}

impl Opptelling {
    pub(crate) fn av(utvalg: Utvalg<'_>, elevforhold: &[Uuid]) -> Self {
        let mut tall = Self::default();
        for elev in elevforhold.iter().filter_map(|e| utvalg.tilstand.elevforhold.get(e)?.elev) {
            *tall.elever.entry(elev).or_default() += 1;
            if let Some(nummer) = utvalg.tilstand.person(elev).and_then(|p| p.samme) {
                *tall.numre.entry(nummer).or_default() += 1;
            }
        }
        tall
    }

    fn flere(&self, elev: Uuid, nummer: Option<K>) -> bool {
        self.elever.get(&elev).is_some_and(|n| *n > 1)
            || nummer.is_some_and(|n| self.numre.get(&n).is_some_and(|n| *n > 1))
    }
}

/// The line of an enrolment that is on this list.
pub(crate) fn linje(
    utvalg: Utvalg<'_>,
    elevforhold: Uuid,
    liste: &Listenokkel,
    tall: &Opptelling,
) -> Option<Elevlinje> {
    let elev = utvalg.tilstand.elevforhold.get(&elevforhold)?.elev?;
    let person = utvalg.tilstand.person(elev);
    let mut avvik = Vec::new();

    let nummeret = person.and_then(|p| p.nummer.as_ref()).map(|nummer| nummer.vis().as_str());
    avvik.extend(nummer::avvik(nummeret, utvalg.regelsett, liste));
    let valgt = klasse(utvalg, elevforhold, liste, &mut avvik);
    avvik.extend(tekst::personnavn(person, &utvalg.regelsett.mottaker));
    avvik.extend(folkeregister::avvik(utvalg, person, elevforhold));
    if tall.flere(elev, person.and_then(|p| p.samme)) {
        avvik.push(brudd("EL-004", None));
    }
    avvik.extend(andre_skoler(utvalg, elevforhold, liste).iter().map(|nr| brudd("EL-005", Some(nr))));
    if utvalg.trinnene(elevforhold).er_uenige() {
        avvik.push(brudd("EL-009", None));
    }
    avvik.sort_by(|a, b| (&a.regel, &a.detalj).cmp(&(&b.regel, &b.detalj)));

    let tom = || Skjermet::from("");
    Some(Elevlinje {
        elev,
        klasse: valgt.map(|(navn, _)| navn.to_owned()),
        identitetsnummer: person.and_then(|p| p.nummer.clone()),
        fornavn: person.map_or_else(tom, |p| p.navn.fornavn.clone()),
        mellomnavn: person.and_then(|p| p.navn.mellomnavn.clone()),
        etternavn: person.map_or_else(tom, |p| p.navn.etternavn.clone()),
        avvik,
        opphav: Some(opphav(utvalg, elevforhold, elev, valgt.map(|(_, klasse)| klasse))),
    })
}

/// The resources that the line is made from.
fn opphav(utvalg: Utvalg<'_>, elevforhold: Uuid, elev: Uuid, klasse: Option<Uuid>) -> Opphav {
    let t = utvalg.tilstand;
    let i_klassen = |id: &Uuid| klasse.is_some() && t.medlemskap.get(id).is_some_and(|m| m.klasse == klasse);
    let medlemskap = t.medlemskap_ved.ved(&elevforhold).filter(i_klassen).min();
    Opphav { elevforhold, person: t.person_id(elev), klasse, medlemskap }
}

/// EL-002, EL-010, EL-018, and the class: of several the first by name.
fn klasse<'a>(
    utvalg: Utvalg<'a>,
    elevforhold: Uuid,
    liste: &Listenokkel,
    avvik: &mut Vec<Avvik>,
) -> Option<(&'a str, Uuid)> {
    let klasser = &utvalg.tilstand.klasser;
    let elevens = utvalg.tilstand.elevforhold.get(&elevforhold).and_then(|e| e.skole);
    // A school that two sources know is two in FINT.
    let ved_skolen = |id: &Uuid| {
        let klassens = klasser[id].skole;
        klassens == elevens || klassens.is_none_or(|s| utvalg.skolenr(s).as_ref() == Some(&liste.skolenr))
    };
    let (egne, andres): (Vec<Uuid>, Vec<Uuid>) = utvalg.klasser(elevforhold).into_iter().partition(ved_skolen);
    let navn = |id: &Uuid| Some(klasser[id].navn.trim()).filter(|navn| !navn.is_empty());
    let valgt = egne.iter().filter_map(|id| Some((navn(id)?, *id))).min();
    match valgt {
        Some(_) if egne.len() + andres.len() > 1 => avvik.push(brudd("EL-010", None)),
        Some(_) => {}
        None if !egne.is_empty() => avvik.push(brudd("EL-002", None)),
        None if !andres.is_empty() || utvalg.har_ukjent_klasse(elevforhold) => avvik.push(brudd("EL-018", None)),
        None => avvik.push(brudd("EL-002", None)),
    }
    let feil = valgt.and_then(|(navn, _)| tekst::klassenavn(navn, &utvalg.regelsett.mottaker));
    let lekker = feil.as_ref().is_some_and(|feil| feil.regel == tekst::NUMMER_I_KLASSE);
    avvik.extend(feil);
    valgt.filter(|_| !lekker)
}

/// The numbers of other schools on whose list of the same year the person stands.
fn andre_skoler(utvalg: Utvalg<'_>, elevforhold: Uuid, liste: &Listenokkel) -> BTreeSet<String> {
    let andre = utvalg.tilstand.samme_person(elevforhold).into_iter().filter_map(|e| utvalg.pa_liste(e));
    andre.filter(|l| l != liste && l.skolear == liste.skolear).map(|l| l.skolenr).collect()
}
