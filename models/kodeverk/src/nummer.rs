//! Codes that are digits of a fixed length. They are text: `03`, `0301` and `03503` keep their zeros.

use crate::KodeFeil;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Declares a code of a fixed number of ASCII digits, with text, serde and order.
macro_rules! sifferkode {
    ($(#[$doc:meta])* $navn:ident, $sifre:literal, $felt:literal, $form:literal, $eksempel:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $navn([u8; $sifre]);

        impl $navn {
            /// The digits, leading zeros among them.
            pub fn as_str(&self) -> &str {
                std::str::from_utf8(&self.0).expect("only ASCII digits are let in")
            }
        }

        impl FromStr for $navn {
            type Err = KodeFeil;

            fn from_str(tekst: &str) -> Result<Self, KodeFeil> {
                match <[u8; $sifre]>::try_from(tekst.as_bytes()) {
                    Ok(sifre) if sifre.iter().all(u8::is_ascii_digit) => Ok(Self(sifre)),
                    _ => Err(KodeFeil::Form {
                        felt: $felt,
                        form: $form,
                        eksempel: $eksempel,
                        lengde: tekst.chars().count(),
                    }),
                }
            }
        }

        impl TryFrom<String> for $navn {
            type Error = KodeFeil;

            fn try_from(tekst: String) -> Result<Self, KodeFeil> {
                tekst.parse()
            }
        }

        impl From<$navn> for String {
            fn from(nummer: $navn) -> Self {
                nummer.as_str().to_owned()
            }
        }

        impl fmt::Display for $navn {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $navn {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($navn), "({})"), self)
            }
        }
    };
}

sifferkode!(
    /// The number of a county: two digits. That the form is right does not mean that the county exists; ask
    /// [`fylke`](crate::fylke()) for that.
    Fylkesnummer, 2, "fylkesnummer", "2 digits", "03"
);

sifferkode!(
    /// The number of a municipality: four digits, the first two of them its county's.
    Kommunenummer, 4, "kommunenummer", "4 digits", "0301"
);

sifferkode!(
    /// VIGO's number for a school: five digits, the first two of them its county's. Private upper-secondary schools
    /// have three digits and are written with two zeros before them.
    Skolenummer, 5, "skolenummer", "5 digits", "03503"
);

impl Kommunenummer {
    /// The county that the municipality lies in.
    pub const fn fylke(&self) -> Fylkesnummer {
        Fylkesnummer([self.0[0], self.0[1]])
    }
}

/// What a school's place in VIGO's number series suggests about the school.
///
/// An inference from the numbers that are in use, published by nobody: good for a hint to a person, never for a refusal
/// or a choice. What VIGO says of the school is [`Vigoskole::skoletype`](crate::Vigoskole::skoletype).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nummerserie {
    /// FF500–FF799: probably a municipal school with grades 1–10.
    KommunalGrunnskole,
    /// FF800–FF999: probably private, at whatever level.
    Privat,
    /// FF000–FF499: probably upper secondary, or something that is not a school.
    VideregaendeEllerAnnet,
    /// 00nnn: probably a private upper-secondary school, numbered across counties.
    PrivatVideregaende,
}

impl Skolenummer {
    /// VIGO's stand-in for an upper-secondary school that is not specified.
    pub const USPESIFISERT_VIDEREGAENDE: Self = Self(*b"24499");
    /// VIGO's stand-in for a lower-secondary school that is not specified.
    pub const USPESIFISERT_GRUNNSKOLE: Self = Self(*b"24999");

    /// Whether this is one of the stand-ins: no school, so nothing is ever delivered to it.
    pub fn er_uspesifisert(&self) -> bool {
        [Self::USPESIFISERT_VIDEREGAENDE, Self::USPESIFISERT_GRUNNSKOLE].contains(self)
    }

    /// The first two digits. They are a county only when [`fylke`](crate::fylke()) knows them: `24999` and `00102`
    /// belong to none.
    pub const fn fylke(&self) -> Fylkesnummer {
        Fylkesnummer([self.0[0], self.0[1]])
    }

    /// What the number series suggests; see [`Nummerserie`] for how little that is worth.
    pub const fn nummerserie(&self) -> Nummerserie {
        match (self.0[0], self.0[1], self.0[2]) {
            (b'0', b'0', _) => Nummerserie::PrivatVideregaende,
            (_, _, b'5'..=b'7') => Nummerserie::KommunalGrunnskole,
            (_, _, b'8' | b'9') => Nummerserie::Privat,
            _ => Nummerserie::VideregaendeEllerAnnet,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn leading_zeros_survive_text_and_json() {
        let nummer: Skolenummer = serde_json::from_str("\"03503\"").unwrap();
        assert_eq!(serde_json::to_string(&nummer).unwrap(), "\"03503\"");
        assert_eq!(format!("{nummer} {nummer:?} {}", nummer.fylke()), "03503 Skolenummer(03503) 03");
        assert_eq!("0301".parse::<Kommunenummer>().unwrap().fylke(), "03".parse().unwrap());
    }

    #[test]
    fn a_number_in_json_is_refused_since_its_zeros_may_be_gone() {
        let feil = serde_json::from_str::<Kommunenummer>("301").unwrap_err().to_string();
        assert!(feil.contains("expected a string"), "{feil}");
    }

    #[test]
    fn the_error_names_the_field_and_the_form_but_not_the_text() {
        let feil = "3503x".parse::<Skolenummer>().unwrap_err();
        assert_eq!(feil.to_string(), "skolenummer must be 5 digits, as in \"03503\"; got 5 characters of another form");
        let feil = "3".parse::<Fylkesnummer>().unwrap_err();
        assert_eq!(feil.to_string(), "fylkesnummer must be 2 digits, as in \"03\"; got 1 characters of another form");
    }

    #[test]
    fn blanks_signs_and_other_scripts_are_not_digits() {
        for tekst in ["", " 3503", "03503 ", "+3503", "-3503", "٠٣٥٠٣", "035\u{301}", "3503", "003503"] {
            assert!(tekst.parse::<Skolenummer>().is_err(), "{tekst}");
        }
    }

    #[test]
    fn the_stand_ins_are_no_schools() {
        for (tekst, ventet) in [("24499", true), ("24999", true), ("46505", false), ("24998", false)] {
            assert_eq!(tekst.parse::<Skolenummer>().unwrap().er_uspesifisert(), ventet, "{tekst}");
        }
    }

    #[test]
    fn the_series_is_read_from_the_third_digit() {
        for (tekst, serie) in [
            ("46505", Nummerserie::KommunalGrunnskole),
            ("03503", Nummerserie::KommunalGrunnskole),
            ("46829", Nummerserie::Privat),
            ("46069", Nummerserie::VideregaendeEllerAnnet),
            ("00102", Nummerserie::PrivatVideregaende),
        ] {
            assert_eq!(tekst.parse::<Skolenummer>().unwrap().nummerserie(), serie, "{tekst}");
        }
    }

    proptest! {
        #[test]
        fn text_is_kept_or_refused_whole(tekst in "\\PC{0,7}|[0-9]{1,6}") {
            if let Ok(nummer) = tekst.parse::<Skolenummer>() {
                prop_assert_eq!(nummer.as_str(), tekst);
            } else {
                prop_assert!(tekst.len() != 5 || !tekst.bytes().all(|b| b.is_ascii_digit()));
            }
        }
    }
}
