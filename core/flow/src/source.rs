//! The contract with source adapters.

use async_trait::async_trait;
use hendelse::Kildeobjekt;
use jiff::Timestamp;
use oneroster::Status;
use std::collections::BTreeMap;
use std::time::Duration;

/// Where a source is in its reading: opaque to everyone but the source itself.
///
/// A source reads a collection of snapshots; [`Cursor::default`] starts a new one. The text must hold nothing personal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cursor(pub String);

/// One object as the source shows it now.
#[derive(Debug, Clone)]
pub struct Observed {
    /// Whether the source says it is in use.
    pub status: Status,
    /// The source's own time of change, where it gives one. A hint: never used to decide what is newest.
    pub modified: Option<Timestamp>,
    /// The object.
    pub objekt: Kildeobjekt,
}

/// A record that cannot be read as what it should be. It goes to quarantine with its bytes; nothing is dropped.
#[derive(Clone)]
pub struct Refused {
    /// The collection it stood in.
    pub samling: &'static str,
    /// A stable code for the cause, for example `missing-sourced-id`.
    pub code: &'static str,
    /// The field at fault, as a path without values (`users[17].sourcedId`).
    pub field: String,
    /// The record as received. Personal: for the quarantine's payload only.
    pub raw: Vec<u8>,
}

impl std::fmt::Debug for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Refused").field("code", &self.code).field("field", &self.field).finish_non_exhaustive()
    }
}

/// A tolerance that was used, or something odd that did not hinder reading. Counted per source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// A stable code, for example `identfier-spelling`.
    pub code: &'static str,
    /// The collection.
    pub samling: &'static str,
}

/// How far a reading has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// There is more: read again from `next`.
    More,
    /// This page completes a snapshot of the collections named: what was not in it is missing from the source.
    Complete(Vec<&'static str>),
}

/// The newest time of change that a source has shown, by type: taken from its data, never from a clock of ours.
pub type Vannmerker = BTreeMap<&'static str, Timestamp>;

/// One page of a reading.
#[derive(Debug)]
pub struct Page {
    /// What was observed.
    pub observed: Vec<Observed>,
    /// What could not be read.
    pub refused: Vec<Refused>,
    /// What was odd.
    pub findings: Vec<Finding>,
    /// Where to go on.
    pub next: Cursor,
    /// Whether there is more.
    pub progress: Progress,
    /// Rows expected in the whole reading, where the source says so: for progress bars.
    pub expected: Option<u64>,
}

/// The answer of a direct look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is there and in use.
    Present,
    /// The source says it does not exist, or is to be deleted.
    Gone,
}

/// Why a reading stopped. The snapshot being read is given up; what was known before stays.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// No answer, or a server error: try again with back-off.
    #[error("{system} is out of reach: {hint}")]
    Unreachable {
        /// Which system.
        system: String,
        /// What was seen.
        hint: String,
    },
    /// The system says to wait.
    #[error("{system} asks us to wait {} s", wait.as_secs())]
    Throttled {
        /// Which system.
        system: String,
        /// How long.
        wait: Duration,
    },
    /// Our credentials or rights are not accepted: a person must act.
    #[error("{system} refused our credentials: {hint}")]
    Denied {
        /// Which system.
        system: String,
        /// What to do.
        hint: String,
    },
    /// The answer cannot be read as a whole: the place is named, nothing of it is used.
    #[error("{system} answered something that cannot be read at {field}: {hint}")]
    Malformed {
        /// Which system.
        system: String,
        /// Collection and path of the field, without values.
        field: String,
        /// What was expected.
        hint: String,
    },
    /// The collection contradicts itself while it is read (a page missing, one id with two contents, an empty
    /// collection that was not empty): start again.
    #[error("{system} gave an inconsistent snapshot of {samling}: {hint}")]
    Torn {
        /// Which system.
        system: String,
        /// Which collection.
        samling: &'static str,
        /// What contradicted what.
        hint: String,
    },
}

/// A system that tells us about schools and pupils.
#[async_trait]
pub trait Source: Send + Sync {
    /// The source's name in subjects: lower case ASCII letters, digits and `-`.
    fn name(&self) -> &str;

    /// Reads the page after `after`. Safe to repeat with the same cursor.
    async fn read(&self, after: &Cursor) -> Result<Page, SourceError>;

    /// Reads what the source says has changed since `since`, with an overlap of the source's choosing: a cheap look
    /// between two snapshots. None where the source cannot be asked so.
    ///
    /// What a delta does not show means nothing. It ends with [`Progress::Complete`] naming the types that were asked for;
    /// only then may the marks move. Safe to repeat with the same cursor.
    async fn changes(&self, since: &Vannmerker, after: &Cursor) -> Result<Option<Page>, SourceError> {
        let _ = (since, after);
        Ok(None)
    }

    /// Whether the source itself finds references to rows that never came, and calls the reading torn. It knows the rows that
    /// came and are not ours, such as groups that are no classes; who reads its pages does not.
    fn finds_dangling(&self) -> bool {
        false
    }

    /// Asks directly whether one object still exists, before its absence is believed.
    async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError>;
}
