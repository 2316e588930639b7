//! Servers other than Vigilo, put together from the same faults: what is a fault in one is how another always is.

use std::{str::FromStr, sync::Arc};

use super::{Feil, Feilform, Filtersvar, Utgave, VigiloConfig};
use crate::generator::Kommune;

/// A server whose ways are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialekt {
    /// Vigilo: 1.2 with the Norwegian Profile, and all that the specification asks for.
    #[default]
    Vigilo,
    /// The bridge from FINT: 1.1, a count taken before filtering, lists for single objects, everything unfiltered for a
    /// filter it cannot read, `orderBy` without effect, and rows that vanish.
    FintBro,
    /// Like Ed-Fi's: 1.2 without count and links, pages of at most 500, a limit on requests with a web page as the
    /// refusal, no helper endpoints, one user per person and school, and rows that vanish.
    EdFi,
}

impl Dialekt {
    /// Every one.
    pub const ALLE: [Self; 3] = [Self::Vigilo, Self::FintBro, Self::EdFi];

    /// As it is written on a command line.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Vigilo => "vigilo",
            Self::FintBro => "fint-bro",
            Self::EdFi => "ed-fi",
        }
    }
}

impl FromStr for Dialekt {
    type Err = String;

    fn from_str(tekst: &str) -> Result<Self, String> {
        let kjente = || Self::ALLE.map(Self::navn).join(", ");
        Self::ALLE.into_iter().find(|d| d.navn() == tekst).ok_or_else(|| format!("expected one of {}", kjente()))
    }
}

impl VigiloConfig {
    /// As [`VigiloConfig::ny`], with the ways of another server.
    pub fn dialekt(kommune: impl Into<Arc<Kommune>>, dialekt: Dialekt) -> Self {
        let config = Self::ny(kommune);
        match dialekt {
            Dialekt::Vigilo => config,
            Dialekt::FintBro => Self {
                utgave: Utgave::V1p1,
                maks_side: 100_000,
                saertrekk: vec![
                    Feil::BoolskEnabledUser,
                    Feil::UtenTrinn,
                    Feil::TotalForFilter,
                    Feil::UtenLink,
                    Feil::ListeForEnkelt,
                    Feil::DarligFilter { svar: Filtersvar::Ufiltrert },
                    Feil::IgnorererOrderBy,
                    Feil::UtenGravstein,
                ],
                ..config
            },
            Dialekt::EdFi => Self {
                maks_side: 500,
                saertrekk: vec![
                    Feil::UtenHoder,
                    Feil::Feilform { form: Feilform::CodeMinor },
                    Feil::Grense { per_minutt: 100 },
                    Feil::HjelpereMangler,
                    Feil::BrukerPerSkole,
                    Feil::UtenGravstein,
                ],
                ..config
            },
        }
    }
}
