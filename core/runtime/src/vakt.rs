//! Whether a guard still stands where this worker left it.
//!
//! A commit finds out by itself. Who has nothing to commit does not: another worker may have written something else in the
//! meantime and be gone, and then it is our memory that is old, and not the stream that is right.

use crate::Stopp;
use bus::{Bus, CommitError};
use hendelse::Emne;

/// As a commit that is refused, where somebody else has written after us.
pub(crate) async fn star(bus: &dyn Bus, stream: &'static str, emne: &Emne, vakt: u64) -> Result<(), Stopp> {
    let subject = emne.to_string();
    let sist = bus.last(stream, &subject).await?.map_or(0, |record| record.sequence);
    if sist == vakt { Ok(()) } else { Err(CommitError::Fenced { subject }.into()) }
}
