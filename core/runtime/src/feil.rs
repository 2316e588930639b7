//! What stops a loop, by what happens next.

use bus::{BusError, CommitError};
use flow::SourceError;
use hendelse::{Fingeravtrykk, HodeFeil, SkjemaFeil};

/// Why a loop gave up its present round. The loop starts again, after a pause where that helps.
#[derive(Debug, thiserror::Error)]
pub enum Stopp {
    /// The bus.
    #[error(transparent)]
    Bus(#[from] BusError),
    /// A commit.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The source.
    #[error(transparent)]
    Kilde(#[from] SourceError),
    /// Data that does not fit its schema.
    #[error(transparent)]
    Skjema(#[from] SkjemaFeil),
    /// An event of a newer version, whose schema nobody has published.
    #[error("schema {0} is in nobody's possession: start a program of the newer version once, or upgrade this one")]
    UkjentSkjema(Fingeravtrykk),
    /// A message that is no event of ours stands in one of our streams.
    #[error("{stream} holds a foreign message at sequence {sekvens}: {feil}")]
    Fremmed {
        /// The stream.
        stream: &'static str,
        /// Where.
        sekvens: u64,
        /// What is wrong with it.
        feil: HodeFeil,
    },
    /// The source's collection shrank to nothing, which is never believed.
    #[error("{kilde} shows no {typ} at all where it had {antall}; the last complete snapshot stays in force")]
    Tom {
        /// The source.
        kilde: String,
        /// The type.
        typ: &'static str,
        /// How many there were.
        antall: usize,
    },
}

impl Stopp {
    /// Whether another writer was first: start again at once, from what is stored.
    pub const fn avlost(&self) -> bool {
        matches!(self, Self::Commit(CommitError::Fenced { .. }))
    }

    /// A stable word for metrics.
    pub const fn kode(&self) -> &'static str {
        match self {
            Self::Bus(_) => "nats",
            Self::Commit(CommitError::Fenced { .. }) => "avlost",
            Self::Commit(_) => "commit",
            Self::Kilde(SourceError::Unreachable { .. }) => "kilde-borte",
            Self::Kilde(SourceError::Throttled { .. }) => "kilde-brems",
            Self::Kilde(SourceError::Denied { .. }) => "kilde-avviser",
            Self::Kilde(SourceError::Malformed { .. }) => "kilde-uleselig",
            Self::Kilde(SourceError::Torn { .. }) => "kilde-revet",
            Self::Skjema(_) | Self::UkjentSkjema(_) => "skjema",
            Self::Fremmed { .. } => "fremmed",
            Self::Tom { .. } => "kilde-tom",
        }
    }
}
