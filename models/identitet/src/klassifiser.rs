//! The one function that says what a number is. It decides nothing: see [`Politikk`](crate::Politikk) for that.

use crate::dato::{self, Datofelt};
use crate::mod11::{self, Regime};
use crate::{Art, Formatfeil, Grunnlag, Serie, Ugyldig};
use std::fmt;

/// What a number is. It holds nothing from which the number could be told.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Klassifisering {
    art: Art,
    regime: Option<Regime>,
    fodselsaar: Option<i32>,
    ligner_fiktivt: bool,
}

impl Klassifisering {
    /// The kind of number.
    pub const fn art(&self) -> Art {
        self.art
    }

    /// The rule that its check digits follow. `None` for a fiktivt number and where they fit no rule; an invalid number
    /// may have one, when only its date is wrong.
    pub const fn regime(&self) -> Option<Regime> {
        self.regime
    }

    /// The birth year that the number hints at: numbers of the 1964 rule only, synthetic ones too. The register's birth
    /// date is the truth; this is for a warning where there is no register to ask.
    pub const fn fodselsaar(&self) -> Option<i32> {
        self.fodselsaar
    }

    /// Whether this D-number also has the form of VIGO's fiktivt fødselsnummer. Which of the two it is, only the one who
    /// made it knows.
    pub const fn ligner_fiktivt(&self) -> bool {
        self.ligner_fiktivt
    }

    /// Why it is invalid, if it is.
    pub const fn ugyldig(&self) -> Option<Ugyldig> {
        match self.art {
            Art::Ugyldig(grunn) => Some(grunn),
            _ => None,
        }
    }

    const fn uten_dato(art: Art, regime: Option<Regime>) -> Self {
        Self { art, regime, fodselsaar: None, ligner_fiktivt: false }
    }
}

/// The birth year is left out: it is about the person.
impl fmt::Debug for Klassifisering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Klassifisering").field("art", &self.art).field("regime", &self.regime).finish_non_exhaustive()
    }
}

/// Says what a number is. Every text has an answer; only eleven ASCII digits, untrimmed, have a valid one.
pub fn klassifiser(verdi: &str) -> Klassifisering {
    let Some(sifre) = elleve_sifre(verdi) else {
        return Klassifisering::uten_dato(Art::Ugyldig(Ugyldig::Format(Formatfeil::finn(verdi))), None);
    };
    let regime = mod11::regime(&sifre);
    if sifre[0] >= 8 {
        return match regime {
            // The rule of 2032 is Folkeregisteret's; nobody has said that FH-numbers follow.
            Some(Regime::R1964) => Klassifisering::uten_dato(Art::Fh, regime),
            _ => Klassifisering::uten_dato(Art::Ugyldig(Ugyldig::Kontrollsiffer), regime),
        };
    }
    let to = |plass: usize| sifre[plass] * 10 + sifre[plass + 1];
    let (dag, maned, ar) = (to(0), to(2), to(4));
    match (dato::les(dag, maned, ar), regime) {
        (Datofelt::Finnes(grunnlag, serie), Some(gjeldende)) => {
            let individ = u16::from(sifre[6]) * 100 + u16::from(to(7));
            Klassifisering {
                art: Art::Dato(grunnlag, serie),
                regime,
                fodselsaar: (gjeldende == Regime::R1964).then(|| dato::fodselsaar(grunnlag, ar, individ)).flatten(),
                // What VIGO goes by: digits 7 and 8 from 90, whatever follows.
                ligner_fiktivt: (grunnlag, serie) == (Grunnlag::Dnr, Serie::Ekte) && to(6) >= FIKTIV_SERIE,
            }
        }
        (Datofelt::Finnes(Grunnlag::Dnr, Serie::Ekte), None) if to(6) >= FIKTIV_SERIE && fylke(to(9)) => {
            Klassifisering::uten_dato(Art::VigoFiktiv, None)
        }
        (Datofelt::Finnes(..), None) => Klassifisering::uten_dato(Art::Ugyldig(Ugyldig::Kontrollsiffer), None),
        (Datofelt::FeilDag, None) => Klassifisering::uten_dato(Art::Ugyldig(Ugyldig::DatoOgKontrollsiffer), None),
        // Which rule would hold in a series that does not exist, nobody can say: only the date is at fault.
        (Datofelt::UkjentSerie | Datofelt::FeilDag, _) => {
            Klassifisering::uten_dato(Art::Ugyldig(Ugyldig::Dato), regime)
        }
    }
}

/// The lowest series of fiktive numbers: 99 is used first, then 98, and so on down.
const FIKTIV_SERIE: u8 = 90;

/// Whether two digits are, or have been, the number of a county or of Svalbard (21). Offices have gone on using numbers
/// from before 2020, so no division of the country is left out. Without this rule every mistyped D-number of the upper
/// series would pass for fiktivt.
const fn fylke(nummer: u8) -> bool {
    matches!(nummer, 1..=12 | 14..=21 | 30..=34 | 38..=40 | 42 | 46 | 50 | 54..=56)
}

fn elleve_sifre(verdi: &str) -> Option<[u8; 11]> {
    let mut sifre: [u8; 11] = verdi.as_bytes().try_into().ok()?;
    for siffer in &mut sifre {
        *siffer = siffer.checked_sub(b'0').filter(|siffer| *siffer <= 9)?;
    }
    Some(sifre)
}
