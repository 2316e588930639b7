//! What the receiver will say of the content: the contract's rules, mirrored. What nobody can know beforehand (the
//! window, whether somebody else changed the list) is not guessed at.

use super::body::{self, Body};
use super::wire::Elev;
use crate::config::Identitetsregler;
use crate::error::ELEVLISTE_V1;
use crate::number::{Taken, taken_v1};
use crate::prediction::verdict;
use elevliste::{Endringsslag, Merknad};
use flow::{Avslag, Forsendelse, Outcome};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Longest class code, in characters.
const MAX_CLASS: usize = 40;
/// Longest part of a name, in characters.
const MAX_NAME: usize = 100;

pub(crate) fn predict(forsendelse: &Forsendelse, rules: Identitetsregler) -> Outcome {
    match body::make(forsendelse) {
        Err(error) => Outcome::Rejected(Avslag::Ugyldig { kode: error.kode(&ELEVLISTE_V1) }),
        Ok(Body::List(list)) => verdict(remarks(&list.elever, |_| true, rules)),
        Ok(Body::Changes(..)) => {
            let changed: BTreeSet<Uuid> = forsendelse
                .oppdatering
                .iter()
                .flat_map(|oppdatering| &oppdatering.endringer)
                .filter(|(_, slag)| *slag != Endringsslag::Borte)
                .map(|(elev, _)| *elev)
                .collect();
            let all: Result<Vec<_>, _> = forsendelse.linjer.iter().map(body::pupil).collect();
            let all = all.expect("a body was made of the same lines");
            verdict(remarks(&all, |elev| changed.contains(&elev.elev_ref), rules))
        }
    }
}

/// Remarks on those that were sent, judged among all that are on the list afterwards.
fn remarks(all: &[Elev], sent: impl Fn(&Elev) -> bool, rules: Identitetsregler) -> Vec<Merknad> {
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for elev in all {
        *times.entry(elev.identitetsnummer.vis()).or_default() += 1;
    }
    let lines = all.iter().zip(1..).filter(|(elev, _)| sent(elev));
    lines.flat_map(|(elev, nr)| of_pupil(elev, nr, times[elev.identitetsnummer.vis().as_str()], rules)).collect()
}

fn of_pupil(elev: &Elev, nr: u32, times: u32, rules: Identitetsregler) -> Vec<Merknad> {
    let mut found = Vec::new();
    let mut remark = |felt: &str, kode: &str, feil| {
        found.push(Merknad { linje: nr, felt: felt.into(), kode: kode.into(), feil });
    };
    match taken_v1(elev.identitetsnummer.vis(), rules) {
        Taken::Real => {}
        Taken::Fictitious => remark("identitetsnummer", "fiktivt-nummer", false),
        Taken::Invalid => remark("identitetsnummer", "ugyldig-nummer", true),
    }
    if times > 1 {
        remark("identitetsnummer", "duplikat-nummer", true);
    }
    if elev.klassekode.chars().count() > MAX_CLASS {
        remark("klassekode", "for-lang-klassekode", true);
    }
    let navn = &elev.navn;
    let parts = [
        ("navn.fornavn", Some(&navn.fornavn), true),
        ("navn.mellomnavn", navn.mellomnavn.as_ref(), false),
        ("navn.etternavn", Some(&navn.etternavn), true),
    ];
    for (felt, part, required) in parts {
        let part = part.map_or("", |part| part.vis().as_str());
        if required && part.trim().is_empty() {
            remark(felt, "mangler-navn", false);
        }
        if part.chars().count() > MAX_NAME {
            remark(felt, "for-langt-navn", true);
        }
    }
    found
}
