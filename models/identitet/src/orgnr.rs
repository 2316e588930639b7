//! Organisation numbers: public identifiers, so they print as they are.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Weights of Enhetsregisteret's mod 11; the last is the check digit's own.
const VEKTER: [u32; 9] = [3, 2, 7, 6, 5, 4, 3, 2, 1];

/// An organisation number of Enhetsregisteret: nine digits, the last a check digit.
///
/// The first digit is not judged: registered organisations have 8 or 9, Tenor's synthetic ones other digits (3 in all
/// that we have seen), and a rule on it would stop every test campaign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Organisasjonsnummer([u8; 9]);

/// Why a text is not an organisation number. The text itself is left out: it may be something else than a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrgnrFeil {
    /// Too few or too many characters.
    #[error("organisasjonsnummer must have 9 digits, got {0} characters; write it without spaces and prefix")]
    Lengde(usize),
    /// Nine characters, but not nine ASCII digits.
    #[error("organisasjonsnummer must be digits only; write it without spaces, letters and separators")]
    IkkeSiffer,
    /// The check digit does not fit the others.
    #[error("organisasjonsnummer has a check digit that does not fit; look the organisation up in Enhetsregisteret")]
    Kontrollsiffer,
    /// All zeros, which passes the arithmetic and belongs to nobody.
    #[error("organisasjonsnummer is all zeros; look the organisation up in Enhetsregisteret")]
    BareNuller,
}

impl Organisasjonsnummer {
    /// The nine digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII digits are let in")
    }

    /// Whether the number lies outside the series of registered organisations (first digit 8 or 9), as Tenor's
    /// synthetic organisations do.
    pub const fn er_syntetisk(&self) -> bool {
        !matches!(self.0[0], b'8' | b'9')
    }
}

impl FromStr for Organisasjonsnummer {
    type Err = OrgnrFeil;

    fn from_str(tekst: &str) -> Result<Self, OrgnrFeil> {
        let sifre: [u8; 9] = tekst.as_bytes().try_into().map_err(|_| OrgnrFeil::Lengde(tekst.chars().count()))?;
        if !sifre.iter().all(u8::is_ascii_digit) {
            return Err(OrgnrFeil::IkkeSiffer);
        }
        if sifre == [b'0'; 9] {
            return Err(OrgnrFeil::BareNuller);
        }
        let sum: u32 = sifre.iter().zip(VEKTER).map(|(siffer, vekt)| u32::from(siffer - b'0') * vekt).sum();
        if sum.is_multiple_of(11) { Ok(Self(sifre)) } else { Err(OrgnrFeil::Kontrollsiffer) }
    }
}

impl TryFrom<String> for Organisasjonsnummer {
    type Error = OrgnrFeil;

    fn try_from(tekst: String) -> Result<Self, OrgnrFeil> {
        tekst.parse()
    }
}

impl From<Organisasjonsnummer> for String {
    fn from(nummer: Organisasjonsnummer) -> Self {
        nummer.as_str().to_owned()
    }
}

impl fmt::Display for Organisasjonsnummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Organisasjonsnummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Organisasjonsnummer({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn registered_and_synthetic_organisations_are_read() {
        for (tekst, syntetisk) in [("974738368", false), ("842872022", false), ("312701103", true)] {
            let nummer: Organisasjonsnummer = tekst.parse().unwrap();
            assert_eq!(nummer.to_string(), tekst);
            assert_eq!(nummer.er_syntetisk(), syntetisk, "{tekst}");
        }
    }

    #[test]
    fn every_fault_has_its_name() {
        for (tekst, feil) in [
            ("", OrgnrFeil::Lengde(0)),
            ("97473836", OrgnrFeil::Lengde(8)),
            ("974 738 368", OrgnrFeil::Lengde(11)),
            ("0192:974738368", OrgnrFeil::Lengde(14)),
            ("97473836X", OrgnrFeil::IkkeSiffer),
            ("974738369", OrgnrFeil::Kontrollsiffer),
            ("000000000", OrgnrFeil::BareNuller),
            // Nine characters, more bytes: digits of another script.
            ("٩٧٤٧٣٨٣٦٨", OrgnrFeil::Lengde(9)),
        ] {
            assert_eq!(tekst.parse::<Organisasjonsnummer>(), Err(feil), "{tekst}");
        }
    }

    #[test]
    fn a_remainder_of_ten_has_no_valid_digit() {
        // 3·1 + 2·4 = 11·1 + 0 → digit 0; 3·4 = 12 → remainder 1 → a check digit of 10, which is not used.
        assert!("140000000".parse::<Organisasjonsnummer>().is_ok());
        for siffer in 0..10 {
            assert_eq!(format!("40000000{siffer}").parse::<Organisasjonsnummer>(), Err(OrgnrFeil::Kontrollsiffer));
        }
    }

    #[test]
    fn json_is_text_and_keeps_leading_zeros() {
        // 2·1 = 2 → check digit 9.
        let nummer: Organisasjonsnummer = serde_json::from_str("\"010000009\"").unwrap();
        assert_eq!(serde_json::to_string(&nummer).unwrap(), "\"010000009\"");
        let feil = serde_json::from_str::<Organisasjonsnummer>("974738368").unwrap_err().to_string();
        assert!(feil.contains("expected a string"), "{feil}");
    }

    proptest! {
        #[test]
        fn never_panics(tekst in "\\PC{0,20}") {
            let _ = tekst.parse::<Organisasjonsnummer>();
        }

        #[test]
        fn any_single_wrong_digit_is_caught(plass in 0usize..9, tillegg in 1u8..10) {
            let mut sifre = *b"974738368";
            sifre[plass] = b'0' + (sifre[plass] - b'0' + tillegg) % 10;
            let tekst = String::from_utf8(sifre.to_vec()).unwrap();
            prop_assert_eq!(tekst.parse::<Organisasjonsnummer>(), Err(OrgnrFeil::Kontrollsiffer));
        }
    }
}
