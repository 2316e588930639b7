//! Trinn: the ten grades of grunnskole.

use crate::KodeFeil;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A grade of grunnskole, 1 to 10.
///
/// Sources pad it as they please (`"1"`, `"01"`, `"010"`), so it is read by its value and written without zeros. Keep the
/// source's own text beside it where that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Trinn(u8);

impl Trinn {
    /// The last grade, whose pupils apply for upper secondary school.
    pub const TIENDE: Self = Self(10);

    /// The grade with this number.
    ///
    /// # Errors
    /// [`KodeFeil::Utenfor`] for anything but 1 to 10: kindergarten, upper secondary and adult education are no trinn.
    pub const fn new(tall: u8) -> Result<Self, KodeFeil> {
        match tall {
            1..=10 => Ok(Self(tall)),
            _ => Err(KodeFeil::Utenfor { felt: "trinn", fra: 1, til: 10 }),
        }
    }

    /// The number, 1 to 10.
    pub const fn tall(self) -> u8 {
        self.0
    }

    /// Whether this is ungdomstrinnet, 8 to 10.
    pub const fn er_ungdomstrinn(self) -> bool {
        self.0 >= 8
    }

    /// The year in which a pupil who started school at the usual age, six, was born, for a school year that starts in
    /// `startar`. Pupils who are ahead or behind exist: warn, never refuse.
    pub const fn vanlig_fodselsaar(self, startar: i16) -> i16 {
        startar - 5 - self.0 as i16
    }
}

impl FromStr for Trinn {
    type Err = KodeFeil;

    fn from_str(tekst: &str) -> Result<Self, KodeFeil> {
        if tekst.is_empty() || !tekst.bytes().all(|b| b.is_ascii_digit()) {
            let lengde = tekst.chars().count();
            return Err(KodeFeil::Form { felt: "trinn", form: "a whole number", eksempel: "10", lengde });
        }
        // More digits than a u8 holds are a value outside the range, not another form.
        Self::new(tekst.trim_start_matches('0').parse().unwrap_or(0))
    }
}

impl TryFrom<String> for Trinn {
    type Error = KodeFeil;

    fn try_from(tekst: String) -> Result<Self, KodeFeil> {
        tekst.parse()
    }
}

impl From<Trinn> for String {
    fn from(trinn: Trinn) -> Self {
        trinn.to_string()
    }
}

impl fmt::Display for Trinn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_does_not_matter() {
        for (tekst, tall) in [("2", 2), ("02", 2), ("10", 10), ("010", 10), ("0000000010", 10)] {
            assert_eq!(tekst.parse::<Trinn>().unwrap().tall(), tall, "{tekst}");
        }
        assert_eq!(serde_json::to_string(&"010".parse::<Trinn>().unwrap()).unwrap(), "\"10\"");
        assert_eq!(serde_json::from_str::<Trinn>("\"08\"").unwrap(), Trinn::new(8).unwrap());
    }

    #[test]
    fn what_is_no_grade_is_told_from_what_is_no_number() {
        for tekst in ["0", "00", "11", "13", "256", "266", "99999999999999"] {
            assert_eq!(tekst.parse::<Trinn>(), Err(KodeFeil::Utenfor { felt: "trinn", fra: 1, til: 10 }), "{tekst}");
        }
        for tekst in ["", " 10", "KG", "VG1", "10A", "+5", "-1", "١٠"] {
            assert!(matches!(tekst.parse::<Trinn>(), Err(KodeFeil::Form { felt: "trinn", .. })), "{tekst}");
        }
    }

    #[test]
    fn the_usual_birth_year_follows_the_start_at_six() {
        assert_eq!(Trinn::TIENDE.vanlig_fodselsaar(2025), 2010);
        assert_eq!(Trinn::new(1).unwrap().vanlig_fodselsaar(2026), 2020);
        assert!(Trinn::TIENDE.er_ungdomstrinn() && !Trinn::new(7).unwrap().er_ungdomstrinn());
    }
}
