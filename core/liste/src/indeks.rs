//! A one-to-many index that takes little room: most of ours have one or two values per key.

use std::collections::{HashMap, hash_map::Entry};
use std::hash::Hash;
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
    pub(crate) fn ved(&self, nokkel: &N) -> impl Iterator<Item = Uuid> + use<'_, N> {
        self.0.get(nokkel).into_iter().flatten().copied()
    }

    /// Puts a value in, or takes it out.
    pub(crate) fn sett(&mut self, nokkel: N, verdi: Uuid, inn: bool) {
        match (self.0.entry(nokkel), inn) {
            (entry, true) => {
                let verdier = entry.or_default();
                if let Err(plass) = verdier.binary_search(&verdi) {
                    verdier.insert(plass, verdi);
                }
            }
            (Entry::Occupied(mut verdier), false) => {
                if let Ok(plass) = verdier.get().binary_search(&verdi) {
                    verdier.get_mut().remove(plass);
                }
                if verdier.get().is_empty() {
                    verdier.remove();
                }
            }
            (Entry::Vacant(_), false) => {}
        }
    }
}
