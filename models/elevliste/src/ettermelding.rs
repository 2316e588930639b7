//! What changes after a list was accepted for good: something for the intake office, one change at a time.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What happened to a pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Endringsslag {
    /// On the list now and not then.
    Ny,
    /// The line is another now.
    Endret,
    /// On the list then and not now.
    Borte,
}

impl Endringsslag {
    /// The word for people and machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ny => "Ny",
            Self::Endret => "Endret",
            Self::Borte => "Borte",
        }
    }
}

/// How far a change has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Ettermeldingstilstand {
    /// Nobody has told the intake office.
    Apen,
    /// The intake office has been told.
    Meldt,
    /// The intake office has taken it.
    Godtatt,
    /// The intake office has refused it.
    Avvist,
}

impl Ettermeldingstilstand {
    /// The word for people and machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Apen => "Apen",
            Self::Meldt => "Meldt",
            Self::Godtatt => "Godtatt",
            Self::Avvist => "Avvist",
        }
    }
}

/// One change after the final acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ettermelding {
    /// Names exactly this change: another change to the same pupil is another.
    pub id: Uuid,
    /// The pupil.
    pub elev: Uuid,
    /// What happened.
    pub slag: Endringsslag,
    /// How far it has come.
    pub tilstand: Ettermeldingstilstand,
}
