//! What a running reading remembers of the rows it has seen in the present collection, as keyed hashes.
//!
//! It finds the same id twice and pages that repeat. It is a help, not a state that anything depends on: after a restart
//! in the middle of a collection it begins empty and finds less, until the next reading.

use oneroster::Objekttype;
use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;

/// A row seen before.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Gjensyn {
    /// Not seen before.
    Nytt,
    /// Seen, with the same content, in the row given.
    Likt(u64),
    /// Seen, with other content, in the row given.
    Ulikt(u64),
    /// Seen as a row of another kind: one person as both pupil and teacher.
    AnnenRolle,
}

#[derive(Default)]
pub(super) struct Minne {
    samling: Option<Objekttype>,
    /// Id → the row it was first seen in, and its content where the row is ours.
    sett: HashMap<u64, (u64, Option<u64>)>,
    neste: u64,
    nokkel: RandomState,
}

impl Minne {
    /// Prepares for the page that starts at `offset`. A page that is read again is seen for the first time again.
    pub(super) fn begynn(&mut self, samling: Objekttype, offset: u64) {
        if offset == 0 || self.samling != Some(samling) {
            self.sett.clear();
        } else if self.neste > offset {
            self.sett.retain(|_, (nummer, _)| *nummer < offset);
        }
        self.samling = Some(samling);
        self.neste = offset;
    }

    /// Notes one row.
    pub(super) fn se(&mut self, nummer: u64, id: &str, innhold: Option<&[u8]>) -> Gjensyn {
        self.neste = self.neste.max(nummer + 1);
        let innhold = innhold.map(|bytes| self.nokkel.hash_one(bytes));
        match self.sett.entry(self.nokkel.hash_one(id)) {
            Entry::Vacant(ledig) => {
                ledig.insert((nummer, innhold));
                Gjensyn::Nytt
            }
            Entry::Occupied(mut sett) => match (sett.get().1, innhold) {
                (a, b) if a == b => Gjensyn::Likt(sett.get().0),
                (Some(_), Some(_)) => Gjensyn::Ulikt(sett.get().0),
                (gammel, ny) => {
                    sett.get_mut().1 = ny.or(gammel);
                    Gjensyn::AnnenRolle
                }
            },
        }
    }

    /// Forgets everything: the reading is over.
    pub(super) fn glem(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_read_again_is_new_again() {
        let mut minne = Minne::default();
        minne.begynn(Objekttype::User, 0);
        assert_eq!(minne.se(0, "a", Some(b"1")), Gjensyn::Nytt);
        for _ in 0..2 {
            minne.begynn(Objekttype::User, 1);
            assert_eq!(minne.se(1, "b", Some(b"1")), Gjensyn::Nytt);
            assert_eq!(minne.se(2, "a", Some(b"1")), Gjensyn::Likt(0));
            assert_eq!(minne.se(3, "a", Some(b"2")), Gjensyn::Ulikt(0));
            assert_eq!(minne.se(4, "t", None), Gjensyn::Nytt);
            assert_eq!(minne.se(5, "t", Some(b"3")), Gjensyn::AnnenRolle);
            assert_eq!(minne.se(6, "t", Some(b"4")), Gjensyn::Ulikt(4));
        }
        minne.begynn(Objekttype::Enrollment, 0);
        assert_eq!(minne.se(0, "a", Some(b"2")), Gjensyn::Nytt);
    }
}
