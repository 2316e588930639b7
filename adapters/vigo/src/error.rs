//! What can be wrong before a list is sent. What can go wrong after is `flow::Outcome` and `flow::SinkError`.

use flow::Problem;

/// Why a sink or source could not be built from its configuration.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The configuration has mistakes; all of them are listed.
    #[error("the vigo configuration has {} mistake(s): {}", .0.len(), Problem::list(.0))]
    Config(Vec<Problem>),
    /// The HTTP client cannot be set up on this machine.
    #[error("the http client cannot be set up; check the machine's tls trust store")]
    Http(#[source] reqwest::Error),
}

/// A system that a delivery needs and that cannot be used now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{system}: {hint}")]
pub struct ProbeError {
    /// Which system.
    pub system: String,
    /// What was seen and what to do.
    pub hint: String,
}

/// Why no payload can be made of a list. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LagFeil {
    /// The receiver knows a school by its organisation number, and the list has none that is valid.
    #[error(
        "the school has no valid organisation number, and the receiver takes no other; register it in the school system"
    )]
    Skole,
    /// No pupils: the receiver refuses an empty list and keeps the refusal.
    #[error("the list has no lines; there is nothing to send")]
    Tom,
    /// A line lacks what the receiver requires.
    #[error("line {linje}: {felt} is missing or malformed; correct it in the school system and approve the list again")]
    Linje {
        /// Line number; the first is 1.
        linje: usize,
        /// The receiver's name of the field.
        felt: &'static str,
    },
    /// What surrounds the lines cannot be sent: our fault, not the school's.
    #[error("{felt} is missing or malformed, and the receiver requires it; nothing was sent")]
    Felt {
        /// The receiver's name of the field or header.
        felt: &'static str,
    },
}

/// What a dialect calls the parts of a list.
pub(crate) struct Parts {
    skole: &'static str,
    liste: &'static str,
}

pub(crate) const VIGOSKOLE: Parts = Parts { skole: "school.orgNumber", liste: "students" };
pub(crate) const ELEVLISTE_V1: Parts = Parts { skole: "skole.organisasjonsnummer", liste: "elever" };

impl LagFeil {
    /// A code for the ledger.
    pub(crate) fn kode(&self, parts: &Parts) -> String {
        match self {
            Self::Skole => format!("NOT_SENT:{}", parts.skole),
            Self::Tom => format!("NOT_SENT:{}", parts.liste),
            Self::Linje { linje, felt } => format!("NOT_SENT:{}[{}].{felt}", parts.liste, linje - 1),
            Self::Felt { felt } => format!("NOT_SENT:{felt}"),
        }
    }
}
