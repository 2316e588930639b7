//! One answer of the register: what it says of one number.

use identitet::Skjermet;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the register says of the number `nummer`.
///
/// `Debug` hides everything: the protection of an address is itself a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registerperson {
    /// The number that was asked about: what names this record.
    pub nummer: Skjermet<String>,
    /// Whether the register knows the number. If not, the rest is empty and says nothing.
    pub funnet: bool,
    /// All numbers of the person that a look-up on `nummer` finds, in the register's order (`identifikasjonsnummer`).
    pub identifikasjonsnummer: Vec<Personidentifikator>,
    /// `status`, the one in force.
    pub status: Personstatus,
    /// `navn`, the one in force.
    pub navn: Option<Personnavn>,
    /// `foedsel.foedselsdato`. It may differ from what the number says, and then this is right.
    pub foedselsdato: Option<Date>,
    /// `adressebeskyttelse.graderingsnivaa`, the one in force.
    pub graderingsnivaa: Graderingsnivaa,
}

/// One number of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Personidentifikator {
    /// `foedselsEllerDNummer`.
    pub foedsels_eller_d_nummer: Skjermet<String>,
    /// `identifikatortype`.
    pub identifikatortype: Identifikatortype,
    /// `status`.
    pub status: Identifikatorstatus,
}

/// The kind of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Identifikatortype {
    /// A fødselsnummer.
    Foedselsnummer,
    /// A D-number.
    DNummer,
    /// A kind that this version does not know.
    Annen,
}

/// Whether a number is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Identifikatorstatus {
    /// In use.
    IBruk,
    /// Replaced by another, or withdrawn.
    Opphoert,
    /// Something that this version does not know.
    Annen,
}

/// `status` of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Personstatus {
    /// Lives in Norway.
    Bosatt,
    /// Has moved out.
    Utflyttet,
    /// Missing.
    Forsvunnet,
    /// Dead.
    Doed,
    /// The number is no person any more: a double, or registered by mistake.
    Opphoert,
    /// Registered at birth only.
    Foedselsregistrert,
    /// Has a D-number.
    Midlertidig,
    /// Has a D-number that has rested for five years. The number is as valid as before.
    Inaktiv,
    /// Has a fødselsnummer and does not live here.
    IkkeBosatt,
    /// What packages without legal basis call all the statuses that they may not see.
    Aktiv,
    /// A status that this version does not know, or none at all.
    Ukjent,
}

/// A name, in capitals as the register has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Personnavn {
    /// `fornavn`.
    pub fornavn: Option<Skjermet<String>>,
    /// `mellomnavn`.
    pub mellomnavn: Option<Skjermet<String>>,
    /// `etternavn`.
    pub etternavn: Option<Skjermet<String>>,
}

/// How a person's address is protected. The stricter is the greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Graderingsnivaa {
    /// Not protected.
    Ugradert,
    /// One address would reveal an institution. The person is not protected.
    Klientadresse,
    /// Confidential.
    Fortrolig,
    /// Strictly confidential. What cannot be read is this, too.
    StrengtFortrolig,
}

impl Registerperson {
    /// A number that the register does not know.
    pub const fn ukjent(nummer: Skjermet<String>) -> Self {
        Self {
            nummer,
            funnet: false,
            identifikasjonsnummer: Vec::new(),
            status: Personstatus::Ukjent,
            navn: None,
            foedselsdato: None,
            graderingsnivaa: Graderingsnivaa::Ugradert,
        }
    }

    /// The number that is the person's now: the only fødselsnummer in use, else the only number in use. None where the
    /// register says nothing or contradicts itself.
    pub fn gjeldende(&self) -> Option<&Skjermet<String>> {
        let i_bruk = || self.identifikasjonsnummer.iter().filter(|n| n.status == Identifikatorstatus::IBruk);
        let er_f = |n: &&Personidentifikator| n.identifikatortype == Identifikatortype::Foedselsnummer;
        let (alle, f): (Vec<_>, Vec<_>) = (i_bruk().collect(), i_bruk().filter(er_f).collect());
        match if f.is_empty() { alle.as_slice() } else { f.as_slice() } {
            [eneste] => Some(&eneste.foedsels_eller_d_nummer),
            _ => None,
        }
    }
}

impl fmt::Debug for Registerperson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registerperson").finish_non_exhaustive()
    }
}

impl fmt::Debug for Graderingsnivaa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nummer(verdi: &str, type_: Identifikatortype, status: Identifikatorstatus) -> Personidentifikator {
        Personidentifikator { foedsels_eller_d_nummer: verdi.into(), identifikatortype: type_, status }
    }

    #[test]
    fn the_number_in_use_is_the_only_one_of_its_kind() {
        use Identifikatorstatus::{IBruk, Opphoert};
        use Identifikatortype::{DNummer, Foedselsnummer};
        let mut p = Registerperson { funnet: true, ..Registerperson::ukjent("1".into()) };
        assert_eq!(p.gjeldende(), None);
        p.identifikasjonsnummer = vec![nummer("1", DNummer, Opphoert), nummer("2", Foedselsnummer, IBruk)];
        assert_eq!(p.gjeldende(), Some(&"2".into()));
        p.identifikasjonsnummer = vec![nummer("1", DNummer, IBruk), nummer("2", Foedselsnummer, IBruk)];
        assert_eq!(p.gjeldende(), Some(&"2".into()));
        p.identifikasjonsnummer = vec![nummer("1", Foedselsnummer, IBruk), nummer("2", Foedselsnummer, IBruk)];
        assert_eq!(p.gjeldende(), None);
    }

    #[test]
    fn nothing_of_a_person_is_printed() {
        let p = Registerperson {
            graderingsnivaa: Graderingsnivaa::StrengtFortrolig,
            ..Registerperson::ukjent("05820998865".into())
        };
        let tekst = format!("{p:?} {:?}", p.graderingsnivaa);
        assert!(!tekst.contains("05820998865") && !tekst.to_lowercase().contains("fortrolig"), "{tekst}");
    }
}
