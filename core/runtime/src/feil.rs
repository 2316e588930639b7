//! What stops a loop, by what happens next.

use bus::{BusError, CommitError};
use flow::SourceError;
use hendelse::{Fingeravtrykk, HodeFeil, Kildenavn, SkjemaFeil};

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
    /// Somebody else has written about the same source in the meantime.
    #[error("another delivery from {kilde} was taken at the same time; look at what stands there, and deliver again")]
    Samtidig {
        /// The source.
        kilde: Kildenavn,
    },
    /// A person has paused the source.
    #[error("{kilde} is paused; nothing is taken from it before somebody resumes it")]
    Pauset {
        /// The source.
        kilde: Kildenavn,
    },
    /// A delivery was said to hold changes, but its adapter can only read all of it.
    #[error("{kilde} cannot be read as changes; deliver it as a whole")]
    IngenEndringer {
        /// The source.
        kilde: Kildenavn,
    },
    /// An adapter shows a type that the source loop does not know: a fault in the program.
    #[error("a source shows the type {typ}, which KILDE does not hold; this is a fault in Mellomlag")]
    UkjentType {
        /// The type.
        typ: &'static str,
    },
    /// The rounds cannot be read or changed.
    #[error(transparent)]
    Runde(Box<crate::Rundefeil>),
    /// A value in a bucket is none of ours, or a newer program's.
    #[error("{nokkel} in a bucket of ours cannot be read; upgrade this program, or delete the key with the nats tool")]
    Uforstaelig {
        /// The key.
        nokkel: String,
    },
}

impl Stopp {
    /// Whether another writer was first: start again at once, from what is stored.
    pub const fn avlost(&self) -> bool {
        matches!(self, Self::Commit(CommitError::Fenced { .. }))
    }

    /// Whether one record is the reason: another list is not touched by it.
    pub(crate) const fn er_en_posts(&self) -> bool {
        matches!(self, Self::Skjema(_) | Self::UkjentSkjema(_) | Self::Fremmed { .. })
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
            Self::Samtidig { .. } => "samtidig",
            Self::Pauset { .. } => "pauset",
            Self::IngenEndringer { .. } => "ingen-endringer",
            Self::UkjentType { .. } => "ukjent-type",
            Self::Runde(_) => "runde",
            Self::Uforstaelig { .. } => "uforstaelig",
        }
    }
}
