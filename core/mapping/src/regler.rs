//! The rules: plain functions from a source record, and what was looked up around it, to a FINT resource.

mod elev;
mod klasse;
mod skole;

pub(crate) use elev::{
    Elevforholdsted, Medlemskapssted, Registersvar, elev, elevforhold, klassemedlemskap, manglende_medlemskap, person,
    tillegg,
};
pub(crate) use klasse::{Klassested, klasse};
pub(crate) use skole::skole;

/// What a rule came to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mapped<T> {
    /// The resource; none where it must not exist.
    pub(crate) verdi: Option<T>,
    /// What was wrong with the source.
    pub(crate) avvik: Vec<Kartavvik>,
}

impl<T> Mapped<T> {
    pub(crate) const fn ren(verdi: T) -> Self {
        Self { verdi: Some(verdi), avvik: Vec::new() }
    }

    pub(crate) fn ingen(regel: &'static str, felt: &'static str) -> Self {
        Self { verdi: None, avvik: vec![Kartavvik { regel, felt }] }
    }

    fn avvik(&mut self, regel: &'static str, felt: &'static str) {
        self.avvik.push(Kartavvik { regel, felt });
    }

    pub(crate) fn map<U>(self, f: impl FnOnce(T) -> U) -> Mapped<U> {
        Mapped { verdi: self.verdi.map(f), avvik: self.avvik }
    }
}

/// Something in a source record that could not be carried over as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kartavvik {
    /// The rule's id, `KA-0xx`.
    pub regel: &'static str,
    /// The source's name of the field.
    pub felt: &'static str,
}

/// A rule, for the one who asks how something came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kartregel {
    /// Its id.
    pub id: &'static str,
    /// What it does, in a line.
    pub mening: &'static str,
}

macro_rules! regler {
    ($($id:literal $mening:literal)+) => {
        /// All rules of the mapping. The tens say what is made; ids that end in 0 make it, the others are deviations.
        pub const REGLER: &[Kartregel] = &[$(Kartregel { id: $id, mening: $mening }),+];
    };
}

regler! {
    "KA-010" "an org of the type school becomes a Skole"
    "KA-011" "VIGO's code base has no single grunnskole with the org's number: skolenummer is filled with ukjent-<systemId>"
    "KA-012" "the org has no valid organisation number: organisasjonsnummer is left out"
    "KA-020" "a class at a school becomes a Klasse, named by its code"
    "KA-021" "the class has no single grade: trinn is the one that all its pupils share"
    "KA-022" "neither the class nor its pupils have a single grade: trinn is filled with ukjent"
    "KA-023" "no term of the class tells the school year: skolear is the source's own, else that of the day it was seen"
    "KA-024" "the class is not at a school that the source has: there is no Klasse"
    "KA-030" "a user's role at a school becomes an Elevforhold"
    "KA-031" "the role is not at a school that the source has: there is no Elevforhold"
    "KA-032" "the user has no class that tells the school year: skolear is the source's own, else that of the day it was seen"
    "KA-033" "a period ends before it begins: its end is left out"
    "KA-035" "what the sources say of a pupil at a school and FINT cannot hold becomes an Elevtillegg"
    "KA-040" "an enrollment becomes a Klassemedlemskap"
    "KA-041" "the enrollment's class does not exist, or is not at a school: there is no Klassemedlemskap"
    "KA-042" "the enrollment's user does not exist: there is no Klassemedlemskap"
    "KA-043" "the enrollment's user has no role at the class's school: there is no Klassemedlemskap"
    "KA-050" "users that are one person become an Elev"
    "KA-060" "users that are one person become a Person, as the user that was changed last has it"
    "KA-061" "the user has no identity number: fodselsnummer is filled with mangler-<Elev.systemId>"
    "KA-062" "the identity number is of no valid kind: it stands as it is"
    "KA-063" "the user lacks a given or a family name: it is the empty text"
    "KA-064" "Folkeregisteret has replaced the school system's identity number: fodselsnummer is the one in force"
    "KA-065" "Folkeregisteret has another name than the school system: navn is the register's"
    "KA-070" "what has identified a pupil, and when, becomes an Identitetshistorikk"
}

#[cfg(test)]
mod tests {
    use super::REGLER;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_well_formed_and_stand_once() {
        let ider: BTreeSet<_> = REGLER.iter().map(|r| r.id).collect();
        assert_eq!(ider.len(), REGLER.len());
        assert!(
            ider.iter().all(|id| id.strip_prefix("KA-").is_some_and(|nr| nr.len() == 3 && nr.parse::<u16>().is_ok()))
        );
    }

    #[test]
    fn every_deviation_that_a_rule_reports_is_in_the_table() {
        let kode = [include_str!("regler/skole.rs"), include_str!("regler/klasse.rs"), include_str!("regler/elev.rs")];
        let brukte: Vec<&str> = kode.iter().flat_map(|k| k.split("\"KA-").skip(1)).map(|k| &k[..3]).collect();
        assert!(brukte.len() > 10);
        for nr in brukte {
            assert!(REGLER.iter().any(|r| r.id.ends_with(nr)), "KA-{nr}");
        }
    }
}
