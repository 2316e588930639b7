//! An identity number that has been read: the value behind a mask, and what it is in the open.

use crate::{Art, Klassifisering, Skjermet, Ugyldig, klassifiser};
use std::fmt;
use std::str::FromStr;

/// A valid identity number of some kind. Prints as its kind, never as its digits.
///
/// Whether it may be *used* is a policy's to say. Two are equal when their digits are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Identitetsnummer {
    verdi: Skjermet<String>,
    klassifisering: Klassifisering,
}

impl Identitetsnummer {
    /// What kind of number it is, for a policy to judge.
    pub const fn klassifisering(&self) -> &Klassifisering {
        &self.klassifisering
    }

    /// The kind of number.
    pub const fn art(&self) -> Art {
        self.klassifisering.art()
    }

    /// The digits, still behind their mask.
    pub const fn verdi(&self) -> &Skjermet<String> {
        &self.verdi
    }
}

impl FromStr for Identitetsnummer {
    type Err = Ugyldig;

    fn from_str(tekst: &str) -> Result<Self, Ugyldig> {
        let klassifisering = klassifiser(tekst);
        match klassifisering.ugyldig() {
            Some(grunn) => Err(grunn),
            None => Ok(Self { verdi: Skjermet::from(tekst), klassifisering }),
        }
    }
}

impl fmt::Debug for Identitetsnummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identitetsnummer({self})")
    }
}

impl fmt::Display for Identitetsnummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "*** {}", self.art())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Formatfeil;

    #[test]
    fn it_prints_its_kind_and_hides_its_digits() {
        let nummer: Identitetsnummer = "05820998865".parse().unwrap();
        assert_eq!(format!("{nummer} / {nummer:?}"), "*** tenor_fnr / Identitetsnummer(*** tenor_fnr)");
        assert_eq!(nummer.verdi().vis(), "05820998865");
    }

    #[test]
    fn what_is_invalid_is_not_read_and_the_reason_is_kept() {
        let feil = "5820998865".parse::<Identitetsnummer>().unwrap_err();
        assert_eq!(feil, Ugyldig::Format(Formatfeil::TiSifre));
        assert_eq!("05820998868".parse::<Identitetsnummer>(), Err(Ugyldig::Kontrollsiffer));
    }
}
