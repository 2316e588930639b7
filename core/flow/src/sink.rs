//! The contract with sink adapters.

use async_trait::async_trait;
use elevliste::{Elevlinje, Merknad, Skolereferanse};
use kodeverk::Skolear;
use std::time::Duration;

/// One list on its way to a receiver: exactly what was sealed, in the order that was sealed.
#[derive(Debug, Clone)]
pub struct Forsendelse {
    /// The school.
    pub skole: Skolereferanse,
    /// The school year.
    pub skolear: Skolear,
    /// The lines that are sent, in order. A receiver's line number 1 is the first.
    pub linjer: Vec<Elevlinje>,
    /// The seal: the same for every attempt to send this list, so an idempotency key where the receiver has one.
    pub segl: String,
}

/// What a receiver can do. The life cycle obeys it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Egenskaper {
    /// A list may be replaced until the window closes.
    pub erstattbar: bool,
    /// The receiver can be asked what it has.
    pub tilbakelesing: bool,
    /// A repeated request with the same key has no second effect.
    pub idempotent: bool,
}

/// The receiver's answer to a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Svar {
    /// The receiver's own id of the submission, where it gives one.
    pub id: Option<String>,
    /// Remarks per line.
    pub merknader: Vec<Merknad>,
}

/// Why a receiver did not take a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Avslag {
    /// Lines are wrong; the remarks say which.
    Linjer(Svar),
    /// The window is not open.
    Stengt,
    /// The receiver does not know the school.
    UkjentSkole,
    /// The receiver already has an accepted list for this school and year.
    AlleredeLevert,
    /// The school year does not exist at the receiver yet.
    UkjentSkolear,
    /// Refused, and nothing tells which of the reasons it is: a person must find out.
    Uforklart {
        /// The receiver's code, without personal data.
        kode: String,
    },
    /// The request itself was wrong: our fault, not the school's.
    Ugyldig {
        /// The receiver's code.
        kode: String,
    },
}

/// What became of one delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has it. Remarks are warnings.
    Delivered(Svar),
    /// The receiver refused it; nothing was stored as accepted.
    Rejected(Avslag),
    /// It certainly did not reach the receiver, or the receiver said to wait: the same list may be sent again.
    Later {
        /// How long to wait.
        wait: Duration,
        /// What was seen.
        hint: String,
    },
    /// It may or may not have arrived. Never sent again by itself.
    Unknown {
        /// What was seen.
        hint: String,
    },
}

/// The receiver as a whole cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SinkError {
    /// Our credentials or rights are not accepted: a person must act. Nothing was delivered.
    #[error("{system} refused our credentials: {hint}")]
    Denied {
        /// Which system.
        system: &'static str,
        /// What to do.
        hint: String,
    },
    /// No token could be had, or nothing listens: nothing was delivered, try again later.
    #[error("{system} is out of reach: {hint}")]
    Unreachable {
        /// Which system.
        system: &'static str,
        /// What was seen.
        hint: String,
    },
}

/// A system that receives lists.
#[async_trait]
pub trait Sink: Send + Sync {
    /// The sink's name in configuration, metrics and the ledger.
    fn name(&self) -> &str;

    /// What the receiver can do.
    fn egenskaper(&self) -> Egenskaper;

    /// Delivers one list. One call is at most one request that has an effect.
    async fn deliver(&self, forsendelse: &Forsendelse) -> Result<Outcome, SinkError>;
}
