//! What a list builder is told about its receiver and its tenant.

use crate::Mottakerregler;
use identitet::{Organisasjonsnummer, Politikk};
use kodeverk::{Fylkesnummer, Kommunenummer, Trinn};
use std::collections::{BTreeMap, BTreeSet};

/// The receiver's rules, and what is assumed of a school that nothing else is known of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regelsett {
    /// Which identity numbers the receiver takes.
    pub politikk: Politikk,
    /// What else the receiver is particular about.
    pub mottaker: Mottakerregler,
    /// The grade that the list is about.
    pub trinn: Trinn,
    /// The county of a school whose VIGO number does not tell it.
    pub fylke: Option<Fylkesnummer>,
    /// The municipality of the tenant's schools. FINT has no field for it on a school.
    pub kommune: Option<Kommunenummer>,
    /// The counties that some receiver takes lists of. Empty: it is not known, and nothing is said of it.
    pub fylker: BTreeSet<Fylkesnummer>,
    /// How many pupils schools themselves say that they have on the list.
    pub ventet: BTreeMap<Organisasjonsnummer, u32>,
    /// How far a count may be from another.
    pub avstander: Avstander,
    /// Whether the tenant has Folkeregisteret: then nobody is sent of whom it has not answered.
    pub krever_register: bool,
}

/// How far the number of pupils may be from what it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Avstander {
    /// From the school's list of the year before. Year groups differ.
    pub fjoraret: Avstand,
    /// From the number that the school itself has given.
    pub ventet: Avstand,
}

/// How far one number may be from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Avstand {
    /// Less than this many pupils is never far.
    pub antall: u32,
    /// Less than this many per cent of the other number is never far.
    pub prosent: u32,
}

impl Avstand {
    /// Whether a number is far from the one that it is compared with.
    pub fn er_langt(&self, tall: usize, fra: usize) -> bool {
        let avvik = tall.abs_diff(fra);
        avvik >= self.antall as usize && avvik * 100 >= fra * self.prosent as usize
    }
}

impl Avstander {
    /// A year group of a lower-secondary school changes by a class or two at most; a school's own number may be some weeks old.
    pub const VANLIGE: Self =
        Self { fjoraret: Avstand { antall: 15, prosent: 40 }, ventet: Avstand { antall: 3, prosent: 5 } };
}

impl Regelsett {
    /// Tenth grade, by this policy and otherwise as VIGO documents it, with nothing assumed.
    pub const fn ny(politikk: Politikk) -> Self {
        Self {
            politikk,
            mottaker: Mottakerregler::VIGO,
            trinn: Trinn::TIENDE,
            fylke: None,
            kommune: None,
            fylker: BTreeSet::new(),
            ventet: BTreeMap::new(),
            avstander: Avstander::VANLIGE,
            krever_register: false,
        }
    }

    /// The same by the rules of this receiver.
    pub fn hos(self, mottaker: Mottakerregler) -> Self {
        Self { mottaker, ..self }
    }

    /// The same for the schools of a municipality.
    pub fn i_kommune(self, kommune: Kommunenummer) -> Self {
        Self { fylke: Some(kommune.fylke()), kommune: Some(kommune), ..self }
    }

    /// The same where receivers take lists of these counties and no others.
    pub fn med_fylker(self, fylker: impl IntoIterator<Item = Fylkesnummer>) -> Self {
        Self { fylker: fylker.into_iter().collect(), ..self }
    }

    /// The same where schools have said how many pupils they have.
    pub fn med_ventet(self, ventet: BTreeMap<Organisasjonsnummer, u32>) -> Self {
        Self { ventet, ..self }
    }

    /// The same for a tenant that has Folkeregisteret.
    pub fn med_register(self) -> Self {
        Self { krever_register: true, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_is_both_many_pupils_and_much_of_the_whole() {
        let fjoraret = Avstander::VANLIGE.fjoraret;
        assert!(!fjoraret.er_langt(6, 20), "14 pupils are few, though 70 per cent");
        assert!(fjoraret.er_langt(5, 20) && fjoraret.er_langt(35, 20), "15 pupils, 75 per cent");
        assert!(!fjoraret.er_langt(61, 100), "39 per cent");
        assert!(fjoraret.er_langt(60, 100) && fjoraret.er_langt(140, 100));
        let ventet = Avstander::VANLIGE.ventet;
        assert!(ventet.er_langt(0, 3) && !ventet.er_langt(80, 82) && ventet.er_langt(3, 0));
    }
}
