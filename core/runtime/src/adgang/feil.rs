//! Why something was not shown or not done.

use super::Gjoremal;
use crate::handling::Utforfeil;
use crate::hovedbok::SakFeil;
use crate::{Avgjorfeil, Kvitteringsfeil, Rundefeil, Stopp};
use liste::Handlingsfeil;

/// Why something was not shown or not done.
#[derive(Debug, thiserror::Error)]
pub enum Adgangsfeil {
    /// There is no such thing, or not for this person: nobody is told which.
    #[error("there is no such thing here")]
    Finnes,
    /// The person sees it and may not do this with it.
    #[error("this role may not do that: {hva}")]
    MaIkke {
        /// What was asked for.
        hva: Gjoremal,
    },
    /// It may not be done now.
    #[error(transparent)]
    Lov(Handlingsfeil),
    /// It has changed since it was looked at, or somebody else was first.
    #[error("it has changed since it was looked at; look at it again")]
    Endret,
    /// A chain is broken: nothing is done before a person has looked at it.
    #[error("the ledger is broken; nothing is done before a person has looked at it")]
    Brutt,
    /// A reason is missing, too long, or holds an identity number.
    #[error("say why, in 1 to 500 letters without an identity number")]
    Grunn,
    /// There is such a round already.
    #[error("there is such a round already; change that one")]
    FinnesAllerede,
    /// The round cannot be changed so.
    #[error(transparent)]
    Runde(Rundefeil),
    /// The hold cannot be decided about so.
    #[error(transparent)]
    Hold(Avgjorfeil),
    /// There is no such receipt.
    #[error(transparent)]
    Kvittering(Kvitteringsfeil),
    /// The bus or the data.
    #[error(transparent)]
    Stopp(#[from] Stopp),
}

impl From<SakFeil> for Adgangsfeil {
    fn from(feil: SakFeil) -> Self {
        match feil {
            SakFeil::Finnes(_) | SakFeil::Fremmed { .. } => Self::Finnes,
            SakFeil::Brutt { .. } => Self::Brutt,
            SakFeil::Endret(_) => Self::Endret,
            SakFeil::Runde(feil) => feil.into(),
            SakFeil::Stopp(feil) => Self::Stopp(feil),
        }
    }
}

impl From<Rundefeil> for Adgangsfeil {
    fn from(feil: Rundefeil) -> Self {
        match feil {
            Rundefeil::Brutt { .. } => Self::Brutt,
            Rundefeil::Endret(_) => Self::Endret,
            Rundefeil::Finnes(_) => Self::Finnes,
            Rundefeil::Stopp(feil) => Self::Stopp(feil),
            feil => Self::Runde(feil),
        }
    }
}

impl From<Utforfeil> for Adgangsfeil {
    fn from(feil: Utforfeil) -> Self {
        match feil {
            Utforfeil::Lov(feil) => Self::Lov(feil),
            Utforfeil::Sak(feil) => feil.into(),
        }
    }
}

impl From<Avgjorfeil> for Adgangsfeil {
    fn from(feil: Avgjorfeil) -> Self {
        match feil {
            Avgjorfeil::Stopp(feil) => Self::Stopp(feil),
            Avgjorfeil::Grunn => Self::Grunn,
            feil => Self::Hold(feil),
        }
    }
}

impl From<Kvitteringsfeil> for Adgangsfeil {
    fn from(feil: Kvitteringsfeil) -> Self {
        match feil {
            Kvitteringsfeil::Sak(feil) => feil.into(),
            feil => Self::Kvittering(feil),
        }
    }
}
