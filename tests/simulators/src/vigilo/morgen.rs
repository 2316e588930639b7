//! A morning at the schools: a list of changes of every kind, drawn from the pupils who are there.

use rand::{SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::{
    Endring,
    tilstand::{Bruker, Tilstand},
};
use crate::generator::{Elev, Gruppetype, Navn, kontrollsifre};

/// Draws the changes. Numbers for newcomers are taken from the series, so a later morning does not repeat them.
pub(super) fn morgen(tilstand: &mut Tilstand, seed: u64) -> Vec<Endring> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut elever: Vec<Elev> = tilstand
        .brukere
        .values()
        .filter(|rad| !rad.slettet)
        .filter_map(|rad| match &rad.data {
            Bruker::Elev(elev) if elev.trinn == 10 => Some(elev.clone()),
            _ => None,
        })
        .collect();
    elever.shuffle(&mut rng);
    let ar = tilstand.eier.skolear - 15;
    let mut endringer = Vec::new();

    let feil_nummer = |e: &Elev| e.nummer.as_deref().is_none_or(er_galt);
    for elev in ta(&mut elever, 1, feil_nummer) {
        let nummer = tilstand.nummerserie.fodselsnummer(ar);
        endringer.push(Endring::RettetNummer { elev: elev.id, nummer });
    }
    for elev in ta(&mut elever, 1, |e| e.klasse.is_none()) {
        if let Some(klasse) = tilstand.tiendeklasser(elev.skole).first() {
            endringer.push(Endring::FaarKlasse { elev: elev.id, klasse: *klasse });
        }
    }
    for elev in ta(&mut elever, 1, |e| e.nummer.as_deref().is_some_and(er_dnummer)) {
        let nummer = tilstand.nummerserie.fodselsnummer(ar);
        endringer.push(Endring::BytterNummer { elev: elev.id, nummer });
    }
    let hele = |e: &Elev| e.klasse.is_some() && !e.fornavn.is_empty() && !feil_nummer(e);
    for elev in ta(&mut elever, 2, |e| hele(e) && tilstand.tiendeklasser(e.skole).len() > 1) {
        let annen = tilstand.tiendeklasser(elev.skole).into_iter().find(|k| Some(*k) != elev.klasse);
        endringer.extend(annen.map(|klasse| Endring::BytterKlasse { elev: elev.id, klasse }));
    }
    for elev in ta(&mut elever, 2, hele) {
        let navn = Navn::trekk(&mut rng, elev.jente);
        endringer.push(Endring::BytterNavn {
            elev: elev.id,
            fornavn: elev.fornavn.into_owned(),
            mellomnavn: Some(elev.etternavn.into_owned()),
            etternavn: navn.etternavn.to_owned(),
        });
    }
    for (i, elev) in ta(&mut elever, 2, hele).into_iter().enumerate() {
        endringer.push(Endring::Slutter { elev: elev.id, hardt: i == 1 });
    }
    for (i, nabo) in ta(&mut elever, 2, hele).into_iter().enumerate() {
        let nummer = tilstand.nummerserie.fodselsnummer(ar);
        let navn = Navn::trekk(&mut rng, nummer.as_bytes()[8].is_multiple_of(2));
        let id = crate::generator::ny_id(&mut rng);
        // The second one comes before anyone has decided on a class.
        let klasse = if i == 0 { nabo.klasse } else { None };
        endringer.push(Endring::Kommer {
            id,
            skole: nabo.skole,
            klasse,
            fornavn: navn.fornavn.to_owned(),
            mellomnavn: navn.mellomnavn.map(str::to_owned),
            etternavn: navn.etternavn.to_owned(),
            nummer: Some(nummer),
        });
        if let (None, Some(klasse)) = (klasse, nabo.klasse) {
            endringer.push(Endring::FaarKlasse { elev: id, klasse });
        }
    }
    endringer
}

fn ta(elever: &mut Vec<Elev>, antall: usize, passer: impl Fn(&Elev) -> bool) -> Vec<Elev> {
    let mut tatt = Vec::new();
    while tatt.len() < antall
        && let Some(i) = elever.iter().position(&passer)
    {
        tatt.push(elever.remove(i));
    }
    tatt
}

fn er_galt(nummer: &str) -> bool {
    kontrollsifre(&nummer[..9]).is_none_or(|(k1, k2)| nummer[9..] != format!("{k1}{k2}"))
}

fn er_dnummer(nummer: &str) -> bool {
    nummer.as_bytes()[0] >= b'4'
}

impl Tilstand {
    fn tiendeklasser(&self, skole: Uuid) -> Vec<Uuid> {
        self.klasser
            .values()
            .filter(|rad| !rad.slettet && rad.data.skole == skole && rad.data.trinn == 10)
            .filter(|rad| rad.data.gruppetype == Gruppetype::Klasse)
            .map(|rad| rad.data.id)
            .collect()
    }
}
