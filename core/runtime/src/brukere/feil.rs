//! Why people could not be changed.

use crate::Stopp;

/// Why people could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Brukerfeil {
    /// The one who asks administers no people here.
    #[error("you do not administer these people; ask the municipality or the county")]
    IkkeLov,
    /// More would be given than the giver has, or somebody who has more would be changed.
    #[error("nobody gives more than he has: choose a role and schools within your own")]
    ForMye,
    /// Somebody has this address already.
    #[error("somebody here has this e-mail address already; change that person instead")]
    Finnes,
    /// There is no such person.
    #[error("the person is not among these; look at the list again")]
    UkjentBruker,
    /// The person stands in the configuration.
    #[error("the person stands in the configuration of Mellomlag; change it there")]
    FastBruker,
    /// A field is not as it must be. Holds the field's name.
    #[error("{0} is missing or not as it must be")]
    Ugyldig(&'static str),
    /// Others kept changing the same people.
    #[error("others changed the same people just now; try again")]
    Opptatt,
    /// What is stored cannot be read.
    #[error("the people of {0} cannot be read as this version writes them; start a program of the newest version")]
    Uleselig(String),
    /// The bus.
    #[error(transparent)]
    Stopp(#[from] Stopp),
}

impl Brukerfeil {
    /// The code for texts.
    pub const fn kode(&self) -> &'static str {
        match self {
            Self::IkkeLov => "ikke-lov",
            Self::ForMye => "for-mye",
            Self::Finnes => "finnes",
            Self::UkjentBruker => "ukjent-bruker",
            Self::FastBruker => "fast-bruker",
            Self::Ugyldig(_) => "ugyldig",
            Self::Opptatt => "opptatt",
            Self::Uleselig(_) | Self::Stopp(_) => "intern",
        }
    }
}

impl From<bus::BusError> for Brukerfeil {
    fn from(feil: bus::BusError) -> Self {
        Self::Stopp(feil.into())
    }
}
