//! What needs work, as a person should see it: what has the same cause is one case, however many pupils it is about.
//!
//! Each open deviation of the picture is in exactly one case. Protected pupils are in none: they have no line, and what is
//! said of them is a count.

mod flertall;
mod overskrift;
mod tekst;

pub use overskrift::{Overskrift, overskrift};
pub use tekst::alvor_tekst;

use crate::{Listebilde, Plassering, Rettefelt, linje::er_usynlig, linje::holder_nummer, rettefelt};
use elevliste::{Avvik, Eier, Elevliste, Niva};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a case means for the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alvor {
    /// The list cannot be sent before it is settled.
    Stopper,
    /// Somebody should look before the list is approved: a warning to tick.
    Sjekkes,
    /// It bars nothing and waits for nobody: the pupil is sent or taken out, or the list is only not delivered yet.
    TilOrientering,
}

/// One cause, and the pupils it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sak {
    /// What it means for the list.
    pub alvor: Alvor,
    /// Who puts it right.
    pub eier: Eier,
    /// The rule's id.
    pub regel: String,
    /// The deviation, as one of the lines has it. Its rule, field and detail are those of all, but for a detail that is a
    /// length of a name.
    pub avvik: Avvik,
    /// The class, where the class is the cause. Fit to be shown.
    pub klasse: Option<String>,
    /// The pupils, each once, in the list's order. None: the list as a whole.
    pub elever: Vec<Uuid>,
    /// Their lines in the list, from 0.
    pub linjer: Vec<usize>,
    /// How many pupils. For the protected ones a count without ids.
    pub antall: usize,
}

/// What tells two causes apart.
type Arsak<'a> = (Alvor, &'a str, Eier, Option<&'a str>, Option<&'a str>, Option<&'a str>);

/// Where the detail is of one pupil, and the cause is not.
const EGEN_DETALJ: &str = "EL-043";
/// The list is not delivered, or its changes are not: what the status says already.
const TILSTAND: [&str; 2] = ["EL-030", "EL-034"];
/// So many pupils are protected.
const SKJERMEDE: &str = "EL-033";

/// The cases of a list: what bars sending first, then what most pupils share.
pub fn saker(bilde: &Listebilde, liste: &Elevliste) -> Vec<Sak> {
    let mut ved: BTreeMap<Arsak<'_>, Sak> = BTreeMap::new();
    for avvik in &bilde.avvik {
        let sak = ved.entry(arsak(listens_alvor(avvik), avvik, None)).or_insert_with_key(|a| ny(a, avvik));
        if avvik.regel == SKJERMEDE {
            sak.antall = liste.skjermede.len();
        }
    }
    for linje in &bilde.plasseringer {
        let Some(eleven) = liste.linjer.get(linje.linje) else { continue };
        for avvik in &linje.avvik {
            let alvor = linjens_alvor(avvik, &linje.plassering, bilde.tatt_ut.contains(&eleven.elev));
            let arsak = arsak(alvor, avvik, eleven.klasse.as_deref());
            let sak = ved.entry(arsak).or_insert_with_key(|a| ny(a, avvik));
            if !sak.elever.contains(&eleven.elev) {
                sak.elever.push(eleven.elev);
                sak.antall += 1;
            }
            if sak.linjer.last() != Some(&linje.linje) {
                sak.linjer.push(linje.linje);
            }
        }
    }
    let mut saker: Vec<_> = ved.into_values().collect();
    saker.sort_by_key(|sak| (sak.alvor, std::cmp::Reverse(sak.antall)));
    saker
}

fn arsak<'a>(alvor: Alvor, avvik: &'a Avvik, klasse: Option<&'a str>) -> Arsak<'a> {
    let klassens = rettefelt(&avvik.regel) == Rettefelt::Klasse || avvik.regel == "EL-009";
    let detalj = avvik.detalj.as_deref().filter(|_| avvik.regel != EGEN_DETALJ);
    (alvor, &avvik.regel, avvik.eier, avvik.felt.as_deref(), detalj, klasse.filter(|_| klassens))
}

fn ny((alvor, _, eier, _, _, klasse): &Arsak<'_>, avvik: &Avvik) -> Sak {
    let vist = |navn: &&str| !holder_nummer(navn);
    let klasse = klasse.filter(vist).map(|navn| navn.chars().filter(|c| !er_usynlig(*c)).collect());
    let (elever, linjer) = (Vec::new(), Vec::new());
    let regel = avvik.regel.clone();
    Sak { alvor: *alvor, eier: *eier, regel, avvik: avvik.clone(), klasse, elever, linjer, antall: 0 }
}

fn listens_alvor(avvik: &Avvik) -> Alvor {
    match avvik.niva {
        Niva::Feil => Alvor::Stopper,
        Niva::Advarsel if TILSTAND.contains(&avvik.regel.as_str()) => Alvor::TilOrientering,
        Niva::Advarsel => Alvor::Sjekkes,
    }
}

/// What the receiver has, or what is taken out, is not sent: nothing about it bars the list.
fn linjens_alvor(avvik: &Avvik, plassering: &Plassering, tatt_ut: bool) -> Alvor {
    match avvik.niva {
        _ if *plassering == Plassering::Sendt || tatt_ut => Alvor::TilOrientering,
        Niva::Feil => Alvor::Stopper,
        Niva::Advarsel => Alvor::Sjekkes,
    }
}
