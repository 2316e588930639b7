//! What all sources of one process share: how many are read at once, and how much may wait in memory for a person.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// As many sources are in the middle of a snapshot at once, unless the plan says otherwise.
const SAMTIDIGE: usize = 8;
/// As many megabytes of held readings are kept; what does not fit is read again when it is approved.
const VENTENDE_MB: usize = 128;

/// Shared by the loops of one process.
#[derive(Clone)]
pub(crate) struct Rom {
    samtidige: Arc<Semaphore>,
    ventende: Arc<Semaphore>,
}

impl Default for Rom {
    fn default() -> Self {
        Self::ny(SAMTIDIGE)
    }
}

impl Rom {
    /// Room for so many snapshots at once.
    pub fn ny(samtidige: usize) -> Self {
        let antall = if samtidige == 0 { SAMTIDIGE } else { samtidige };
        Self { samtidige: Arc::new(Semaphore::new(antall)), ventende: Arc::new(Semaphore::new(VENTENDE_MB)) }
    }

    /// Waits for one's turn to read a snapshot.
    pub async fn tur(&self) -> OwnedSemaphorePermit {
        self.samtidige.clone().acquire_owned().await.expect("the semaphore is never closed")
    }

    /// Room for a held reading of so many bytes, if there is any left.
    pub fn plass(&self, bytes: usize) -> Option<OwnedSemaphorePermit> {
        let megabyte = u32::try_from(bytes.div_ceil(1 << 20).max(1)).ok()?;
        self.ventende.clone().try_acquire_many_owned(megabyte).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_has_a_limit() {
        let rom = Rom::default();
        let stor = rom.plass(100 << 20);
        assert!(stor.is_some() && rom.plass(40 << 20).is_none() && rom.plass(1).is_some());
        drop(stor);
        assert!(rom.plass(40 << 20).is_some());
    }
}
