//! The rules of a list, as data: id, level, owner, and what a person is told, in bokmål, nynorsk and English.
//!
//! `EL-0xx` are ours: 001–019 and 040–059 about a pupil (011–017 by Folkeregisteret), 020–029 about the school, 030–039 about the delivery,
//! 060–069 about how many pupils there are. `VI-…` are the receiver's remarks. An id is never given a new meaning.

mod antall;
mod elev;
mod folkeregister;
mod levering;
mod mottaker;
mod nummer;
mod skole;
mod tekst;

use elevliste::{Avvik, Eier, Niva};

pub use mottaker::for_merknad;

/// A text for people in both written forms of Norwegian, and in English.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tekst<S = &'static str> {
    /// Bokmål.
    pub nb: S,
    /// Nynorsk.
    pub nn: S,
    /// English.
    pub en: S,
}

impl<S> Tekst<S> {
    /// The same done to the text in each language.
    pub fn map<T>(self, f: impl Fn(S) -> T) -> Tekst<T> {
        Tekst { nb: f(self.nb), nn: f(self.nn), en: f(self.en) }
    }
}

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regel {
    /// Its id: `EL-002`.
    pub id: &'static str,
    /// How bad a breach is.
    pub niva: Niva,
    /// Who puts it right.
    pub eier: Eier,
    /// The field at fault, as the list spells it.
    pub felt: Option<&'static str>,
    /// A few words.
    pub tittel: Tekst,
    /// What is wrong.
    pub hva: Tekst,
    /// Where to put it right in the school system.
    pub rett: Tekst,
    /// What happens next.
    pub videre: Tekst,
}

impl Regel {
    /// A breach of this rule. A detail is a code or a school's number, never personal.
    pub fn brudd(&self, detalj: Option<&str>) -> Avvik {
        Avvik {
            regel: self.id.to_owned(),
            niva: self.niva,
            eier: self.eier,
            felt: self.felt.map(str::to_owned),
            detalj: detalj.map(str::to_owned),
        }
    }
}

const GRUPPER: [&[Regel]; 8] = [
    elev::REGLER,
    folkeregister::REGLER,
    tekst::REGLER,
    nummer::REGLER,
    skole::REGLER,
    levering::REGLER,
    antall::REGLER,
    mottaker::REGLER,
];
const ANTALL: usize = {
    let (mut sum, mut gruppe) = (0, 0);
    while gruppe < GRUPPER.len() {
        sum += GRUPPER[gruppe].len();
        gruppe += 1;
    }
    sum
};

static REGLER: [Regel; ANTALL] = {
    let mut alle = [elev::REGLER[0]; ANTALL];
    let (mut n, mut gruppe) = (0, 0);
    while gruppe < GRUPPER.len() {
        let mut i = 0;
        while i < GRUPPER[gruppe].len() {
            alle[n] = GRUPPER[gruppe][i];
            (n, i) = (n + 1, i + 1);
        }
        gruppe += 1;
    }
    alle
};

/// All rules.
pub fn regler() -> &'static [Regel] {
    &REGLER
}

/// The rule with this id.
pub fn regel(id: &str) -> Option<&'static Regel> {
    REGLER.iter().find(|regel| regel.id == id)
}

/// The rule with this id, or what is said of a rule that only a newer program knows.
pub(crate) fn eller_ukjent(id: &str) -> &'static Regel {
    regel(id).unwrap_or(&UKJENT)
}

static UKJENT: Regel = Regel {
    id: "ukjent",
    niva: Niva::Advarsel,
    eier: Eier::Leverandor,
    felt: None,
    tittel: Tekst {
        nb: "Denne versjonen kjenner ikke regelen",
        nn: "Denne versjonen kjenner ikkje regelen",
        en: "This version does not know the rule",
    },
    hva: Tekst {
        nb: "En nyere versjon av Mellomlag har funnet noe som denne ikke har ord for.",
        nn: "Ein nyare versjon av Mellomlag har funne noko som denne ikkje har ord for.",
        en: "A newer version of Mellomlag has found something that this one has no words for.",
    },
    rett: Tekst {
        nb: "Be den som drifter Mellomlag om å oppdatere.",
        nn: "Be den som driftar Mellomlag om å oppdatere.",
        en: "Ask those who run Mellomlag to update it.",
    },
    videre: Tekst {
        nb: "Vent med å rette noe til det er gjort.",
        nn: "Vent med å rette noko til det er gjort.",
        en: "Do not correct anything until that is done.",
    },
};

/// A breach of one of our own rules.
pub(crate) fn brudd(id: &'static str, detalj: Option<&str>) -> Avvik {
    regel(id).expect("every id in this crate is in the table; a test reads them all").brudd(detalj)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_is_complete_and_says_something_else_than_the_others() {
        let (mut ider, mut titler) = (BTreeSet::new(), BTreeSet::new());
        for regel in regler() {
            assert!(ider.insert(regel.id), "{} stands twice", regel.id);
            assert!(titler.insert(regel.tittel.nb), "{} has another rule's title", regel.id);
            for tekst in [regel.tittel, regel.hva, regel.rett, regel.videre] {
                for form in [tekst.nb, tekst.nn, tekst.en] {
                    assert!(form.trim() == form && form.len() >= 10, "{}: «{form}»", regel.id);
                    assert!(!form.contains("  ") && !form.contains('\n'), "{}: «{form}»", regel.id);
                }
            }
            for setning in [regel.hva, regel.rett, regel.videre] {
                assert!([setning.nb, setning.nn, setning.en].iter().all(|form| form.ends_with('.')), "{}", regel.id);
                assert_ne!(setning.nb, setning.nn, "{}: nynorsk is missing", regel.id);
            }
        }
    }

    #[test]
    fn nynorsk_is_not_bokmal() {
        const BOKMAL: [&str; 12] =
            ["ikke", "fra", "hvis", "noe", "bare", "hva", "hvem", "hvor", "flere", "også", "skolen", "skolesystemet"];
        for regel in regler() {
            for tekst in [regel.tittel, regel.hva, regel.rett, regel.videre] {
                let ord: Vec<_> = tekst.nn.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
                for feil in BOKMAL {
                    assert!(!ord.iter().any(|o| o == feil), "{}: «{feil}» in {}", regel.id, tekst.nn);
                }
            }
        }
    }

    #[test]
    fn a_rule_is_found_by_id_and_makes_its_breach() {
        assert_eq!(regel("EL-999"), None);
        let avvik = regel("EL-005").unwrap().brudd(Some("46503"));
        assert_eq!((avvik.regel.as_str(), avvik.niva, avvik.eier), ("EL-005", Niva::Feil, Eier::Kommune));
        assert_eq!(avvik.detalj.as_deref(), Some("46503"));
    }
}
