//! What kinds of eleven-digit numbers there are.

use crate::Ugyldig;
use std::fmt;
use std::str::FromStr;

/// What a number is, as far as the number itself can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Art {
    /// A number built as Folkeregisteret builds them: a date, and check digits that fit.
    Dato(Grunnlag, Serie),
    /// VIGO's fiktivt fødselsnummer, made by a county's intake office for a pupil without a number. It has the form of a
    /// D-number with check digits that do not fit; one that fits by chance cannot be told from a D-number.
    VigoFiktiv,
    /// FH-nummer, a common help number of the health services: first digit 8 or 9, no date.
    Fh,
    /// None of these.
    Ugyldig(Ugyldig),
}

/// The two identifiers of Folkeregisteret that the numbers are modelled on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grunnlag {
    /// Fødselsnummer.
    Fnr,
    /// D-nummer: day + 40.
    Dnr,
}

/// Who made the number and for what, read from what is added to the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Serie {
    /// Nothing added: Folkeregisteret itself.
    Ekte,
    /// +80: Skatteetaten's synthetic persons (Tenor).
    Tenor,
    /// +40: NAV's synthetic persons (Dolly), or a help number inside one health service (H-nummer). They look the same.
    NavDollyEllerH,
    /// +65: Norsk helsenett's synthetic persons.
    Nhn65,
    /// +20: an internal number of NAV (NPID).
    NavNpid,
    /// +60: a synthetic NPID.
    NavNpidSynt,
}

impl Art {
    /// All kinds that a valid number can have, in a fixed order.
    pub const GYLDIGE: [Self; 14] = [
        Self::Dato(Grunnlag::Fnr, Serie::Ekte),
        Self::Dato(Grunnlag::Dnr, Serie::Ekte),
        Self::Dato(Grunnlag::Fnr, Serie::Tenor),
        Self::Dato(Grunnlag::Dnr, Serie::Tenor),
        Self::Dato(Grunnlag::Fnr, Serie::NavDollyEllerH),
        Self::Dato(Grunnlag::Dnr, Serie::NavDollyEllerH),
        Self::Dato(Grunnlag::Fnr, Serie::Nhn65),
        Self::Dato(Grunnlag::Dnr, Serie::Nhn65),
        Self::Dato(Grunnlag::Fnr, Serie::NavNpid),
        Self::Dato(Grunnlag::Dnr, Serie::NavNpid),
        Self::Dato(Grunnlag::Fnr, Serie::NavNpidSynt),
        Self::Dato(Grunnlag::Dnr, Serie::NavNpidSynt),
        Self::VigoFiktiv,
        Self::Fh,
    ];

    /// The kind's name in reports and on the command line. Everything invalid is `invalid`; the reason stands apart.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dato(Grunnlag::Fnr, serie) => match serie {
                Serie::Ekte => "fnr",
                Serie::Tenor => "tenor_fnr",
                Serie::NavDollyEllerH => "nav_dolly_or_h_fnr",
                Serie::Nhn65 => "nhn65_fnr",
                Serie::NavNpid => "nav_npid_fnr",
                Serie::NavNpidSynt => "nav_npid_synth_fnr",
            },
            Self::Dato(Grunnlag::Dnr, serie) => match serie {
                Serie::Ekte => "dnr",
                Serie::Tenor => "tenor_dnr",
                Serie::NavDollyEllerH => "nav_dolly_or_h_dnr",
                Serie::Nhn65 => "nhn65_dnr",
                Serie::NavNpid => "nav_npid_dnr",
                Serie::NavNpidSynt => "nav_npid_synth_dnr",
            },
            Self::VigoFiktiv => "vigo_fiktiv",
            Self::Fh => "fh",
            Self::Ugyldig(_) => "invalid",
        }
    }
}

impl fmt::Display for Art {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that names no valid kind of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("kind must be the name of a valid kind of number, as in \"fnr\" or \"tenor_dnr\"")]
pub struct UkjentArt;

impl FromStr for Art {
    type Err = UkjentArt;

    /// Reads the name of a valid kind. `invalid` is not one: it does not say why.
    fn from_str(tekst: &str) -> Result<Self, UkjentArt> {
        Self::GYLDIGE.into_iter().find(|art| art.as_str() == tekst).ok_or(UkjentArt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Formatfeil;

    #[test]
    fn every_valid_kind_has_a_name_of_its_own_that_reads_back() {
        for art in Art::GYLDIGE {
            assert_eq!(art.as_str().parse(), Ok(art));
            assert_eq!(art.to_string(), art.as_str());
        }
    }

    #[test]
    fn invalid_is_written_but_not_read() {
        assert_eq!(Art::Ugyldig(Ugyldig::Format(Formatfeil::Tom)).as_str(), "invalid");
        for tekst in ["invalid", "", "FNR", "tenor"] {
            assert_eq!(tekst.parse::<Art>(), Err(UkjentArt), "{tekst}");
        }
    }
}
