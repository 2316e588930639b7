//! The contract with sink adapters.

use async_trait::async_trait;
pub use elevliste::Egenskaper;
use elevliste::{Elevlinje, Endringsslag, Merknad, Skolereferanse};
use kodeverk::Skolear;
use std::time::Duration;
use uuid::Uuid;

/// One list on its way to a receiver: exactly what was sealed, in the order that was sealed.
#[derive(Debug, Clone)]
pub struct Forsendelse {
    /// The school.
    pub skole: Skolereferanse,
    /// The school year.
    pub skolear: Skolear,
    /// The lines that are sent, in order. A receiver's line number 1 is the first.
    pub linjer: Vec<Elevlinje>,
    /// The seal.
    pub segl: String,
    /// What names this attempt: a repetition has the same, so it is the key where the receiver has idempotency keys.
    pub idempotens: String,
    /// What has changed since the receiver's version, where this is an update of a list that it has.
    pub oppdatering: Option<Oppdatering>,
}

/// An update of a list that the receiver has: applied as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oppdatering {
    /// The receiver's tag of the version that is updated.
    pub etag: String,
    /// What happens to whom. The lines of new and changed pupils are among those of the [`Forsendelse`].
    pub endringer: Vec<(Uuid, Endringsslag)>,
}

/// What a receiver has of a school and year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mottattinnhold {
    /// The receiver's own id of the last accepted submission.
    pub id: Option<String>,
    /// Its tag of this version.
    pub etag: Option<String>,
    /// Every pupil, and the receiver's digest of the pupil's line, comparable with [`Sink::linjeavtrykk`].
    pub linjer: Vec<(Uuid, String)>,
}

/// The receiver's answer to a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Svar {
    /// The receiver's own id of the submission, where it gives one.
    pub id: Option<String>,
    /// Remarks per line.
    pub merknader: Vec<Merknad>,
    /// The receiver's tag of what it has now, where it gives one.
    pub etag: Option<String>,
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
    /// The receiver's version is another than the one that was to be updated: read back, and compare again.
    EndretHosMottaker,
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

    /// What the receiver has of a school and year; none if it has no list. Asked only of a receiver with
    /// [`Egenskaper::tilbakelesing`], and has no effect there.
    async fn les(&self, _skole: &Skolereferanse, _skolear: Skolear) -> Result<Option<Mottattinnhold>, SinkError> {
        Err(SinkError::Denied { system: "sink", hint: "this receiver cannot be asked what it has".into() })
    }

    /// The digest that the receiver would give a line; none where it gives none.
    fn linjeavtrykk(&self, _linje: &Elevlinje) -> Option<String> {
        None
    }

    /// What will be refused, or remarked on, if this is sent now, judged by the receiver's own rules as far as they are
    /// known. Sends nothing: see [`Outcome::Delivered`] and [`Avslag::Linjer`] for how it is told.
    fn forutsi(&self, forsendelse: &Forsendelse) -> Outcome;
}
