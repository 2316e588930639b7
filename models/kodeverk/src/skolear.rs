//! Skoleår: from 1 August to 31 July.

use crate::KodeFeil;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

const FELT: &str = "skolear";
const FORSTE: i16 = 1900;
const SISTE: i16 = 2199;

/// A school year, named by the year it starts in and written `2026-2027`, as VIGO does.
///
/// Years outside 1900–2199 are refused: they come from a broken date, and would carry the fault into subject names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Skolear(i16);

impl Skolear {
    /// The school year that starts in August of this year.
    ///
    /// # Errors
    /// [`KodeFeil::Utenfor`] for a year before 1900 or after 2199.
    pub const fn fra_startar(ar: i16) -> Result<Self, KodeFeil> {
        match ar {
            FORSTE..=SISTE => Ok(Self(ar)),
            _ => Err(KodeFeil::Utenfor { felt: FELT, fra: FORSTE, til: SISTE }),
        }
    }

    /// The school year that a day lies in. The day is a date in Norway: a timestamp is moved to Europe/Oslo first.
    ///
    /// # Errors
    /// [`KodeFeil::Utenfor`] for a year outside the range, or a month that is not 1 to 12 or a day that is not 1 to 31.
    pub const fn fra_dato(ar: i16, maned: i8, dag: i8) -> Result<Self, KodeFeil> {
        if dag < 1 || dag > 31 {
            return Err(KodeFeil::Utenfor { felt: "dag", fra: 1, til: 31 });
        }
        match maned {
            1..=7 => Self::fra_startar(ar.saturating_sub(1)),
            8..=12 => Self::fra_startar(ar),
            _ => Err(KodeFeil::Utenfor { felt: "maned", fra: 1, til: 12 }),
        }
    }

    /// Reads the year in which a school year ends, which is how OneRoster names it: `2027` for 2026-2027.
    ///
    /// # Errors
    /// [`KodeFeil::Form`] for anything but four digits, [`KodeFeil::Utenfor`] for a year outside the range.
    pub fn fra_oneroster(tekst: &str) -> Result<Self, KodeFeil> {
        let slutt = fire_sifre(tekst).ok_or_else(|| KodeFeil::Form {
            felt: "schoolYear",
            form: "the 4 digits of the year it ends",
            eksempel: "2027",
            lengde: tekst.chars().count(),
        })?;
        Self::fra_startar(slutt - 1)
    }

    /// The year in which it starts.
    pub const fn startar(self) -> i16 {
        self.0
    }

    /// The year in which it ends.
    pub const fn sluttar(self) -> i16 {
        self.0 + 1
    }

    /// 1 August of the year in which it starts.
    pub const fn forste_dag(self) -> Date {
        Date::constant(self.0, 8, 1)
    }

    /// 31 July of the year in which it ends.
    pub const fn siste_dag(self) -> Date {
        Date::constant(self.0 + 1, 7, 31)
    }

    /// Whether a date lies in it.
    pub fn inneholder(self, dag: Date) -> bool {
        self.forste_dag() <= dag && dag <= self.siste_dag()
    }

    /// The year after, unless this is the last that can be written.
    pub const fn neste(self) -> Option<Self> {
        if self.0 < SISTE { Some(Self(self.0 + 1)) } else { None }
    }

    /// The year before, unless this is the first that can be written.
    pub const fn forrige(self) -> Option<Self> {
        if self.0 > FORSTE { Some(Self(self.0 - 1)) } else { None }
    }
}

fn fire_sifre(tekst: &str) -> Option<i16> {
    (tekst.len() == 4 && tekst.bytes().all(|b| b.is_ascii_digit())).then(|| tekst.parse().ok()).flatten()
}

impl TryFrom<Date> for Skolear {
    type Error = KodeFeil;

    fn try_from(dag: Date) -> Result<Self, KodeFeil> {
        Self::fra_dato(dag.year(), dag.month(), dag.day())
    }
}

impl FromStr for Skolear {
    type Err = KodeFeil;

    fn from_str(tekst: &str) -> Result<Self, KodeFeil> {
        let (start, slutt) = tekst
            .split_once('-')
            .and_then(|(start, slutt)| Some((fire_sifre(start)?, fire_sifre(slutt)?)))
            .ok_or_else(|| KodeFeil::Form {
                felt: FELT,
                form: "two years of 4 digits with a hyphen between",
                eksempel: "2026-2027",
                lengde: tekst.chars().count(),
            })?;
        if slutt != start + 1 {
            return Err(KodeFeil::IkkePafolgende);
        }
        Self::fra_startar(start)
    }
}

impl TryFrom<String> for Skolear {
    type Error = KodeFeil;

    fn try_from(tekst: String) -> Result<Self, KodeFeil> {
        tekst.parse()
    }
}

impl From<Skolear> for String {
    fn from(skolear: Skolear) -> Self {
        skolear.to_string()
    }
}

impl fmt::Display for Skolear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.startar(), self.sluttar())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ar(tekst: &str) -> Skolear {
        tekst.parse().unwrap()
    }

    #[test]
    fn it_turns_on_the_first_of_august() {
        assert_eq!(Skolear::fra_dato(2026, 7, 31).unwrap(), ar("2025-2026"));
        assert_eq!(Skolear::fra_dato(2026, 8, 1).unwrap(), ar("2026-2027"));
        assert_eq!(Skolear::fra_dato(2027, 1, 1).unwrap(), ar("2026-2027"));
    }

    #[test]
    fn vigo_and_oneroster_name_the_same_year_differently() {
        assert_eq!(Skolear::fra_oneroster("2027").unwrap(), ar("2026-2027"));
        assert_eq!(ar("2026-2027").to_string(), "2026-2027");
        assert_eq!((ar("2026-2027").startar(), ar("2026-2027").sluttar()), (2026, 2027));
    }

    #[test]
    fn other_forms_are_refused_by_name() {
        for tekst in ["", "2026", "2026/2027", "26-27", "2026-27", "2026-2027 ", "20262027", "-2026", "٢٠٢٦-٢٠٢٧"]
        {
            assert!(matches!(tekst.parse::<Skolear>(), Err(KodeFeil::Form { felt: "skolear", .. })), "{tekst}");
        }
        for tekst in ["", "26", "2026-2027", "+027", "20 7"] {
            assert!(matches!(Skolear::fra_oneroster(tekst), Err(KodeFeil::Form { felt: "schoolYear", .. })), "{tekst}");
        }
        assert_eq!("2026-2028".parse::<Skolear>(), Err(KodeFeil::IkkePafolgende));
        assert_eq!("2027-2026".parse::<Skolear>(), Err(KodeFeil::IkkePafolgende));
    }

    #[test]
    fn broken_dates_do_not_become_school_years() {
        assert!(Skolear::fra_dato(1, 1, 1).is_err());
        assert!(Skolear::fra_dato(i16::MIN, 1, 1).is_err());
        assert!(Skolear::fra_dato(2026, 13, 1).is_err());
        assert!(Skolear::fra_dato(2026, 8, 0).is_err());
        assert!(Skolear::fra_oneroster("0000").is_err());
        assert!("0001-0002".parse::<Skolear>().is_err());
    }

    #[test]
    fn json_is_the_text() {
        assert_eq!(serde_json::to_string(&ar("2026-2027")).unwrap(), "\"2026-2027\"");
        assert_eq!(serde_json::from_str::<Skolear>("\"2026-2027\"").unwrap(), ar("2026-2027"));
    }

    #[test]
    fn the_range_has_two_ends() {
        assert_eq!(ar("1900-1901").forrige(), None);
        assert_eq!(ar("2199-2200").neste(), None);
        assert_eq!(ar("2026-2027").neste(), Some(ar("2027-2028")));
        assert_eq!(ar("2026-2027").forrige(), Some(ar("2025-2026")));
    }

    proptest! {
        #[test]
        fn every_date_lies_in_its_own_year(ar in 1901i16..2199, maned in 1i8..=12, dag in 1i8..=28) {
            let dato = Date::new(ar, maned, dag).unwrap();
            let skolear = Skolear::try_from(dato).unwrap();
            prop_assert!(skolear.inneholder(dato));
            prop_assert!(!skolear.neste().unwrap().inneholder(dato));
            prop_assert_eq!(skolear.to_string().parse::<Skolear>().unwrap(), skolear);
            prop_assert_eq!(Skolear::fra_oneroster(&skolear.sluttar().to_string()).unwrap(), skolear);
        }

        #[test]
        fn never_panics(tekst in "\\PC{0,12}") {
            let _ = tekst.parse::<Skolear>();
            let _ = Skolear::fra_oneroster(&tekst);
        }
    }
}
