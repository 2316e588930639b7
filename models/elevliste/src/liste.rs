//! One list: school × school year × transfer.

use crate::{Avvik, Rundenokkel};
use identitet::Skjermet;
use kodeverk::{Fylkesnummer, Skolear};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Which of the three transfers of a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Overforing {
    /// 1: who is in tenth grade.
    Elevliste,
    /// 2: marks of the first term.
    Terminkarakterer,
    /// 3: final marks.
    Standpunkt,
}

impl Overforing {
    /// The number by which counties know it.
    pub const fn nummer(self) -> u8 {
        match self {
            Self::Elevliste => 1,
            Self::Terminkarakterer => 2,
            Self::Standpunkt => 3,
        }
    }

    /// The transfer with this number.
    pub(crate) fn av(nummer: &str) -> Option<Self> {
        [Self::Elevliste, Self::Terminkarakterer, Self::Standpunkt]
            .into_iter()
            .find(|o| o.nummer().to_string() == nummer)
    }
}

/// The school of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skolereferanse {
    /// The organisation number, where the source gave one. This is what `vigoskole` asks for.
    pub organisasjonsnummer: Option<String>,
    /// VIGO's school number as text, or `ukjent-…` where VIGO's code base does not know the school.
    pub skolenr: String,
    /// The school's name. Not personal.
    pub navn: String,
    /// The municipality's number, as text.
    pub kommunenr: Option<String>,
}

/// What names a list. Its text form is the tail of its subjects: `46.46503.2026-2027.1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Listenokkel {
    /// The county that receives the list.
    pub fylke: Fylkesnummer,
    /// VIGO's school number, or `ukjent-…`.
    pub skolenr: String,
    /// The school year.
    pub skolear: Skolear,
    /// Which transfer.
    pub overforing: Overforing,
}

impl Listenokkel {
    /// The round that a list of this name would belong to.
    pub const fn runde(&self) -> Rundenokkel {
        Rundenokkel { fylke: self.fylke, skolear: self.skolear, overforing: self.overforing }
    }
}

impl fmt::Display for Listenokkel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}.{}", self.fylke, self.skolenr, self.skolear, self.overforing.nummer())
    }
}

/// A list key that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a list is named <fylke>.<skolenr>.<skoleår>.<overføring>, for example 46.46503.2026-2027.1; {del} cannot be read"
)]
pub struct NokkelFeil {
    /// Which part is wrong.
    pub del: &'static str,
}

impl FromStr for Listenokkel {
    type Err = NokkelFeil;

    fn from_str(s: &str) -> Result<Self, NokkelFeil> {
        let mut deler = s.split('.');
        let mut neste = |del| deler.next().filter(|d| !d.is_empty()).ok_or(NokkelFeil { del });
        let nokkel = Self {
            fylke: neste("fylke")?.parse().map_err(|_| NokkelFeil { del: "fylke" })?,
            skolenr: neste("skolenr")?.to_owned(),
            skolear: neste("skoleår")?.parse().map_err(|_| NokkelFeil { del: "skoleår" })?,
            overforing: neste("overføring").and_then(|o| Overforing::av(o).ok_or(NokkelFeil { del: "overføring" }))?,
        };
        if deler.next().is_some() { Err(NokkelFeil { del: "overføring" }) } else { Ok(nokkel) }
    }
}

/// One pupil on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elevlinje {
    /// Our id of the pupil, which survives a changed number.
    pub elev: Uuid,
    /// The class code, where the pupil has a class.
    pub klasse: Option<String>,
    /// The identity number as the source holds it; absent where the source has none.
    pub identitetsnummer: Option<Skjermet<String>>,
    /// Given name.
    pub fornavn: Skjermet<String>,
    /// Middle name, where there is one.
    pub mellomnavn: Option<Skjermet<String>>,
    /// Family name.
    pub etternavn: Skjermet<String>,
    /// What is wrong with this line, by our rules.
    pub avvik: Vec<Avvik>,
    /// What the line was made from; absent on lists of older versions.
    #[serde(default)]
    pub opphav: Option<Opphav>,
}

/// The FINT resources that a line was made from: where an explanation begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opphav {
    /// The Elevforhold.
    pub elevforhold: Uuid,
    /// The Person.
    pub person: Option<Uuid>,
    /// The Klasse that the class code is from.
    pub klasse: Option<Uuid>,
    /// The Klassemedlemskap that joins the two.
    pub medlemskap: Option<Uuid>,
}

/// The living list of one school, as the rules see the sources now.
///
/// Lines are sorted by class, then by the pupil's id, and a pupil may stand twice: the rules say so, the list does not
/// hide it. What people decided about it and what the receiver answered is in the ledger.
///
/// `Debug` says how many are protected, not who.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elevliste {
    /// Which list.
    pub nokkel: Listenokkel,
    /// The school.
    pub skole: Skolereferanse,
    /// The municipality (or other owner) whose sources the list is made from.
    pub tenant: String,
    /// The pupils.
    pub linjer: Vec<Elevlinje>,
    /// What is wrong with the list as a whole.
    pub avvik: Vec<Avvik>,
    /// Pupils whose address is protected: they belong to the list and are never sent automatically. Nothing but our id is
    /// kept of them here, and others see their number only.
    pub skjermede: Vec<Uuid>,
}

impl Elevliste {
    /// How many pupils the source has for the list, protected ones among them.
    pub const fn antall(&self) -> usize {
        self.linjer.len() + self.skjermede.len()
    }
}

impl fmt::Debug for Elevliste {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { nokkel, skole, tenant, linjer, avvik, skjermede } = self;
        f.debug_struct("Elevliste")
            .field("nokkel", nokkel)
            .field("skole", skole)
            .field("tenant", tenant)
            .field("linjer", linjer)
            .field("avvik", avvik)
            .field("skjermede", &skjermede.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_with_its_zeros() {
        let tekst = "03.03503.2026-2027.1";
        assert_eq!(tekst.parse::<Listenokkel>().unwrap().to_string(), tekst);
        assert_eq!("46.46503.2026-2027.9".parse::<Listenokkel>(), Err(NokkelFeil { del: "overføring" }));
        assert_eq!("46.46503".parse::<Listenokkel>(), Err(NokkelFeil { del: "skoleår" }));
    }
}
