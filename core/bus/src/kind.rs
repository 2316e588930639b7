//! What a bus is, whoever implements it.

use async_trait::async_trait;
use bytes::Bytes;
use std::{fmt, time::Duration};

/// A message to write.
#[derive(Clone)]
pub struct Message {
    /// Subject.
    pub subject: String,
    /// Headers, in order.
    pub headers: Vec<(&'static str, String)>,
    /// Data; empty for a removal.
    pub payload: Bytes,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("subject", &self.subject).field("bytes", &self.payload.len()).finish()
    }
}

/// A message that is stored.
#[derive(Clone)]
pub struct Record {
    /// Subject.
    pub subject: String,
    /// Sequence in its stream.
    pub sequence: u64,
    /// How many more the reader has waiting behind this one.
    pub pending: u64,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Data.
    pub payload: Bytes,
}

impl Record {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("subject", &self.subject)
            .field("sequence", &self.sequence)
            .finish_non_exhaustive()
    }
}

/// The guard of a commit: the batch is stored only if the last message on the guard's subject still is this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expect(pub u64);

impl Expect {
    /// Nothing has been written on the subject yet.
    pub const NOTHING: Self = Self(0);
}

/// Messages that are stored together or not at all.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The guarded message: a position, a cursor, or a ledger entry. It is stored after the others, so a reader that has
    /// come to it has seen the whole batch.
    pub guard: Message,
    /// The last sequence that the writer has seen on the guard's subject.
    pub expect: Expect,
    /// What goes with it. At most [`Batch::MAX`] − 1.
    pub messages: Vec<Message>,
}

impl Batch {
    /// The server's limit of messages in one batch, the guard among them.
    pub const MAX: usize = 1000;
}

/// What a commit gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// The guard's sequence, the last of the batch: what the next commit expects.
    pub guard: u64,
}

/// Why a commit did not happen, or may not have.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Somebody else wrote first: throw away what was computed, read the state again.
    #[error("another writer was first on {subject}; this step starts again from what is stored")]
    Fenced {
        /// The guard's subject.
        subject: String,
    },
    /// The server refused the batch as a whole. Nothing was stored.
    #[error("NATS refused a batch for {stream}: code {code}, {description}")]
    Refused {
        /// The stream.
        stream: String,
        /// NATS's error code.
        code: u64,
        /// NATS's own words.
        description: String,
    },
    /// No answer: it may or may not be stored. Read the guard's subject to find out.
    #[error(
        "no answer from NATS to a batch for {stream}; it may be stored or not, and the step reads the stream to find out"
    )]
    Unknown {
        /// The stream.
        stream: String,
    },
    /// The batch cannot be written: a fault in the program.
    #[error("a batch of {len} messages is over the limit of {}; this is a fault in Mellomlag", Batch::MAX)]
    TooLarge {
        /// How many it held.
        len: usize,
    },
}

/// Why something else did not work.
#[derive(Debug, thiserror::Error)]
pub enum BusError {
    /// No connection, or no answer.
    #[error("NATS is out of reach at {url} ({doing}); start nats-server or correct [nats] url")]
    Unreachable {
        /// Where.
        url: String,
        /// What was attempted.
        doing: &'static str,
    },
    /// NATS does not accept our credentials, or they cannot be read.
    #[error("NATS refused our credentials: check [nats] credentials ({hint})")]
    Denied {
        /// What to check.
        hint: String,
    },
    /// The server is too old: it would accept what we ask and do something else.
    #[error(
        "nats-server {found} is too old: Mellomlag needs {needed} or newer, because older servers ignore atomic batches \
         without an error; install a newer one from the official releases"
    )]
    TooOld {
        /// What runs.
        found: String,
        /// What is needed.
        needed: &'static str,
    },
    /// JetStream is not enabled on the server, or the account may not use it.
    #[error("JetStream is not available: {hint}")]
    NoJetStream {
        /// NATS's own words.
        hint: String,
    },
    /// A stream or a bucket is not as it should be. It is never changed silently.
    #[error("streams differ from what this version needs; change them with the nats tool, or take a fresh store: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Differs(Vec<crate::Difference>),
    /// NATS answered with an error.
    #[error("NATS answered with an error while {doing}: {hint}")]
    Server {
        /// What was attempted.
        doing: &'static str,
        /// NATS's own words.
        hint: String,
    },
}

/// Where reading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// With the last message of every subject, in order of sequence, and then everything that comes.
    LastPerSubject,
    /// After this sequence.
    After(u64),
}

/// Reads a stream in order, without gaps and without acknowledging.
#[async_trait]
pub trait Reader: Send {
    /// What is there, at most `max` records; waits at most `wait` for the first. Empty when nothing came.
    async fn next(&mut self, max: usize, wait: Duration) -> Result<Vec<Record>, BusError>;

    /// How many messages were waiting when reading began.
    fn pending_at_start(&self) -> u64;
}

/// A durable work queue over a stream.
#[derive(Debug, Clone)]
pub struct QueueSpec {
    /// Durable name.
    pub name: String,
    /// Subjects.
    pub filters: Vec<String>,
    /// How long work may take before the message is given to another worker.
    pub ack_wait: Duration,
    /// After so many deliveries the message is given one last time with [`Delivery::last`].
    pub max_deliver: u32,
}

/// One message to work on.
#[async_trait]
pub trait Delivery: Send + Sync {
    /// The message.
    fn record(&self) -> &Record;
    /// Whether this is the last try: what fails now goes to quarantine.
    fn last(&self) -> bool;
    /// Work is done.
    async fn ack(&self) -> Result<(), BusError>;
    /// Give it again after a while.
    async fn nak(&self, delay: Duration) -> Result<(), BusError>;
    /// Never give it again; `why` is kept by the server in an advisory.
    async fn term(&self, why: &str) -> Result<(), BusError>;
    /// Still at it.
    async fn progress(&self) -> Result<(), BusError>;
}

/// Gives work.
#[async_trait]
pub trait Queue: Send {
    /// The next message, or none after `wait`.
    async fn next(&mut self, wait: Duration) -> Result<Option<Box<dyn Delivery>>, BusError>;
}

/// How much a stream holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StreamState {
    /// The first sequence that is kept; 0 for a stream that nothing was ever written to.
    pub first: u64,
    /// The last sequence that was given.
    pub last: u64,
    /// How many messages are kept.
    pub count: u64,
}

/// The value of a key as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The value.
    pub value: Bytes,
    /// Its revision: what [`Bus::put_if`] expects.
    pub revision: Expect,
}

/// A log with guarded, atomic commits.
#[async_trait]
pub trait Bus: Send + Sync {
    /// Creates what is missing and compares what exists. Differences are an error: nothing is changed.
    async fn ensure(&self, streams: &[crate::StreamSpec], buckets: &[crate::BucketSpec]) -> Result<(), BusError>;

    /// Stores a batch, or nothing of it.
    async fn commit(&self, stream: &str, batch: Batch) -> Result<Committed, CommitError>;

    /// Stores messages where no transaction is needed: pipelined, every acknowledgement awaited.
    async fn publish(&self, messages: Vec<Message>) -> Result<(), BusError>;

    /// The last message on a subject.
    async fn last(&self, stream: &str, subject: &str) -> Result<Option<Record>, BusError>;

    /// The first message on a subject after a sequence. For subjects with little on them this is cheaper than a reader.
    async fn next(&self, stream: &str, subject: &str, after: u64) -> Result<Option<Record>, BusError> {
        let mut reader = self.read(stream, &[subject.to_owned()], Start::After(after)).await?;
        match reader.pending_at_start() {
            0 => Ok(None),
            _ => Ok(reader.next(1, Duration::from_secs(10)).await?.into_iter().next()),
        }
    }

    /// How much a stream holds. Cheap: nothing is read.
    async fn state(&self, stream: &str) -> Result<StreamState, BusError>;

    /// Reads a stream in order.
    async fn read(&self, stream: &str, filters: &[String], start: Start) -> Result<Box<dyn Reader>, BusError>;

    /// Opens a durable work queue.
    async fn queue(&self, stream: &str, spec: &QueueSpec) -> Result<Box<dyn Queue>, BusError>;

    /// The value of a key.
    async fn get(&self, bucket: &str, key: &str) -> Result<Option<Bytes>, BusError>;

    /// The value of a key, with its revision.
    async fn entry(&self, bucket: &str, key: &str) -> Result<Option<Entry>, BusError>;

    /// Sets a key only if its revision still is the expected one, [`Expect::NOTHING`] for a key that is not there. False
    /// when somebody else was first: nothing is changed then.
    async fn put_if(&self, bucket: &str, key: &str, value: Bytes, expect: Expect) -> Result<bool, BusError>;

    /// Sets a key. Keys hold nothing personal.
    async fn put(&self, bucket: &str, key: &str, value: Bytes) -> Result<(), BusError>;

    /// Whether the bus can be used now, for readiness.
    fn healthy(&self) -> bool;

    /// Sends what waits and closes the connection.
    async fn close(&self);
}
