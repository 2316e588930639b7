//! A one-to-many index that takes little room: most of ours have one or two values per key.

use std::{collections::HashMap, hash::Hash};
use uuid::Uuid;

#[derive(Debug)]
pub(crate) struct Indeks<N>(HashMap<N, Vec<Uuid>>);

impl<N> Default for Indeks<N> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<N: Hash + Eq> Indeks<N> {
    /// The values of a key, in order.
    pub(crate) fn ved(&self, nokkel: &N) -> &[Uuid] {
        self.0.get(nokkel).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn inn(&mut self, nokkel: N, verdi: Uuid) {
        let verdier = self.0.entry(nokkel).or_default();
        if let Err(plass) = verdier.binary_search(&verdi) {
            verdier.insert(plass, verdi);
        }
    }

    pub(crate) fn ut(&mut self, nokkel: &N, verdi: Uuid) {
        let Some(verdier) = self.0.get_mut(nokkel) else { return };
        if let Ok(plass) = verdier.binary_search(&verdi) {
            verdier.remove(plass);
        }
        if verdier.is_empty() {
            self.0.remove(nokkel);
        }
    }
}
