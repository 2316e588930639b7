//! The contract with an adapter to a person register: a feed of events that name people, and look-ups.
//!
//! Such a register is never copied. The runtime follows the feed, keeps what concerns people on a list, and asks about
//! them; an event's type is a hint at most, the look-up is what counts.

use crate::{Finding, Refused, SourceError};
use async_trait::async_trait;
use folkeregister::Registerperson;
use identitet::Skjermet;
use jiff::Timestamp;

/// One event of the feed: who, and when. Its type stays in the adapter, since it can be a secret itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registerhendelse {
    /// Sequence number in the feed. There are gaps.
    pub sekvens: i64,
    /// The number that the event names; an old number too.
    pub nummer: Skjermet<String>,
    /// When the register was updated: what freshness is measured by.
    pub ajourhold: Option<Timestamp>,
}

/// One page of the feed.
#[derive(Debug)]
pub struct Feedside {
    /// The events, in the feed's order.
    pub hendelser: Vec<Registerhendelse>,
    /// Events that cannot be read: each is put aside, the rest counts.
    pub refused: Vec<Refused>,
    /// What was odd.
    pub findings: Vec<Finding>,
    /// Where to go on: the highest sequence number of the page plus one, or where the page began if it was empty.
    pub neste: i64,
    /// Whether the page was empty or unchanged: we have caught up.
    pub innhentet: bool,
}

/// Why the register could not be used.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// As with any source.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The feed does not reach back to the place we are at: everybody on a list must be looked up anew, from a new place.
    #[error("{system} has deleted the events that come next; everyone on a list is looked up anew")]
    ForGammelt {
        /// Which system.
        system: String,
    },
}

/// A person register.
#[async_trait]
pub trait Personregister: Send + Sync {
    /// The register's name in subjects: lower case ASCII letters, digits and `-`.
    fn name(&self) -> &str;

    /// What the place in the feed belongs to: environment and package, or role. Another text is another feed, and a place
    /// in the one means nothing in the other. Nothing personal, no secret.
    fn feed(&self) -> &str;

    /// The newest sequence number of the feed.
    async fn siste(&self) -> Result<i64, RegisterError>;

    /// The page that begins at sequence number `fra`, inclusive.
    async fn hendelser(&self, fra: i64) -> Result<Feedside, RegisterError>;

    /// How many numbers one look-up takes.
    fn maks_oppslag(&self) -> usize;

    /// Looks up at most [`Self::maks_oppslag`] numbers: one answer for each, in their order, repeats included. An answer
    /// that cannot be read as what it should be is refused and has no person.
    async fn personer(&self, numre: &[Skjermet<String>])
    -> Result<Vec<Result<Registerperson, Refused>>, RegisterError>;
}
