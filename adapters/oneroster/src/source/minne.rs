//! What a running reading remembers of the rows it has seen, as keyed hashes.
//!
//! It finds the same id twice, pages that repeat, and rows that refer to something that never came. Of the collection
//! being read it keeps sixteen bytes a row; of those before it eight, for their ids. It is a help, not a state that
//! anything depends on: after a restart in the middle of a reading it begins empty and finds less, until the next one.

use oneroster::Objekttype;
use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;

/// What a membership refers to.
const REFERERT: [Objekttype; 2] = [Objekttype::Class, Objekttype::User];

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

/// What is to be thought of the rows that refer to something that never came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Dom {
    /// So many per collection, the same as the last time: the source is like that.
    Slik(Vec<(Objekttype, u64)>),
    /// So many, others than the last time: something came or went while the source was read.
    Revet(Objekttype, u64),
}

/// A row of the collection being read.
#[derive(Clone, Copy)]
struct Sett {
    nummer: u32,
    /// Hash of its content; 0 where the row is not ours.
    innhold: u32,
}

/// A row that refers to something that never came.
struct Los {
    samling: Objekttype,
    nummer: u32,
    id: u64,
}

#[derive(Default)]
pub(super) struct Minne {
    nokkel: RandomState,
    samling: Option<Objekttype>,
    sett: HashMap<u64, Sett>,
    neste: u64,
    /// Whether `sett` has every row of the collection from its first: none before our time, and none without an id.
    fra_start: bool,
    /// The sorted ids of the collections that others refer to, once read from the first row to the last.
    kom: [Option<Box<[u64]>>; 5],
    lose: Vec<Los>,
    /// The rows that referred to nothing in the last whole reading, as one hash.
    forrige: Option<u64>,
}

impl Minne {
    /// Prepares for the page that starts at `offset`. A page that is read again is seen for the first time again.
    pub(super) fn begynn(&mut self, samling: Objekttype, offset: u64) {
        let ny_lesing = samling == Objekttype::ALLE[0] && offset == 0;
        let fra = rad(offset);
        self.lose.retain(|los| !ny_lesing && (los.samling != samling || los.nummer < fra));
        if ny_lesing {
            self.kom = Default::default();
        }
        if offset == 0 || self.samling != Some(samling) {
            self.sett.clear();
            self.fra_start = offset == 0;
        } else if self.neste < offset {
            self.fra_start = false;
        } else if self.neste > offset {
            self.sett.retain(|_, sett| sett.nummer < fra);
        }
        if offset == 0 {
            self.kom[samling as usize] = None;
        }
        self.samling = Some(samling);
        self.neste = offset;
    }

    /// Notes one row. One without an id may be the one that others refer to.
    pub(super) fn se(&mut self, nummer: u64, id: Option<&str>, innhold: Option<u64>) -> Gjensyn {
        self.neste = self.neste.max(nummer + 1);
        let Some(id) = id else {
            self.fra_start = false;
            return Gjensyn::Nytt;
        };
        let innhold = innhold.map_or(0, |hash| (hash as u32).max(1));
        match self.sett.entry(self.nokkel.hash_one(id)) {
            Entry::Vacant(ledig) => {
                ledig.insert(Sett { nummer: rad(nummer), innhold });
                Gjensyn::Nytt
            }
            Entry::Occupied(mut sett) => match (sett.get().innhold, innhold) {
                (a, b) if a == b => Gjensyn::Likt(sett.get().nummer.into()),
                (0, ny) => {
                    sett.get_mut().innhold = ny;
                    Gjensyn::AnnenRolle
                }
                (_, 0) => Gjensyn::AnnenRolle,
                _ => Gjensyn::Ulikt(sett.get().nummer.into()),
            },
        }
    }

    /// Whether a row without an id has come, to the letter, before the page that starts at `offset`. A source that gives
    /// one page of such rows for ever is known by it.
    pub(super) fn uten_id_igjen(&mut self, nummer: u64, offset: u64, raw: &str) -> bool {
        let sett = Sett { nummer: rad(nummer), innhold: 0 };
        let forste = self.sett.entry(self.nokkel.hash_one((0_u8, raw))).or_insert(sett);
        u64::from(forste.nummer) < offset
    }

    /// Notes what a row of the present collection refers to.
    pub(super) fn viser_til(&mut self, nummer: u64, id: &str, annen: Objekttype, annens_id: &str) {
        let (Some(samling), Some(kom)) = (self.samling, &self.kom[annen as usize]) else { return };
        if kom.binary_search(&self.nokkel.hash_one(annens_id)).is_err() {
            let id = self.nokkel.hash_one((samling as u8, id, annen as u8, annens_id));
            self.lose.push(Los { samling, nummer: rad(nummer), id });
        }
    }

    /// The collection is over after so many rows: only its ids are kept.
    pub(super) fn avslutt(&mut self, samling: Objekttype, rader: u64) {
        if rader == 0 {
            self.begynn(samling, 0);
        }
        if self.samling == Some(samling) && self.fra_start && self.neste == rader {
            if REFERERT.contains(&samling) {
                let mut ider: Box<[u64]> = self.sett.keys().copied().collect();
                ider.sort_unstable();
                self.kom[samling as usize] = Some(ider);
            }
            self.sett = HashMap::new();
            self.fra_start = false;
        }
    }

    /// The reading is over: what of the rows that refer to nothing? Where the beginning of the reading is not remembered,
    /// it is not known whether there are others, and nothing is concluded.
    pub(super) fn dom(&mut self) -> Dom {
        let hel = REFERERT.iter().all(|samling| self.kom[*samling as usize].is_some());
        let mut ider: Vec<u64> = self.lose.iter().map(|los| los.id).collect();
        ider.sort_unstable();
        let mengde = (!ider.is_empty()).then(|| self.nokkel.hash_one(&ider));
        if hel
            && mengde != std::mem::replace(&mut self.forrige, mengde)
            && let Some(los) = self.lose.first()
        {
            return Dom::Revet(los.samling, ider.len() as u64);
        }
        let antall = |samling| self.lose.iter().filter(|los| los.samling == samling).count() as u64;
        Dom::Slik(
            Objekttype::ALLE.map(|samling| (samling, antall(samling))).into_iter().filter(|(_, n)| *n > 0).collect(),
        )
    }

    /// Forgets the reading: it is over. What must be the same next time is kept.
    pub(super) fn glem(&mut self) {
        let (nokkel, forrige) = (std::mem::take(&mut self.nokkel), self.forrige);
        *self = Self { nokkel, forrige, ..Self::default() };
    }

    /// A hash of this memory's own.
    pub(super) fn hasher(&self) -> impl std::hash::Hasher + use<> {
        self.nokkel.build_hasher()
    }
}

/// Rows are counted to 2^32 here; whoever has more is stopped by `maks_rader` long before memory is.
fn rad(nummer: u64) -> u32 {
    u32::try_from(nummer).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Objekttype::{AcademicSession, Class, Enrollment, Org, User};

    #[test]
    fn a_page_read_again_is_new_again() {
        let mut minne = Minne::default();
        minne.begynn(User, 0);
        assert_eq!(minne.se(0, Some("a"), Some(1)), Gjensyn::Nytt);
        for _ in 0..2 {
            minne.begynn(User, 1);
            assert_eq!(minne.se(1, Some("b"), Some(1)), Gjensyn::Nytt);
            assert_eq!(minne.se(2, Some("a"), Some(1)), Gjensyn::Likt(0));
            assert_eq!(minne.se(3, Some("a"), Some(2)), Gjensyn::Ulikt(0));
            assert_eq!(minne.se(4, Some("t"), None), Gjensyn::Nytt);
            assert_eq!(minne.se(5, Some("t"), Some(3)), Gjensyn::AnnenRolle);
            assert_eq!(minne.se(6, Some("t"), Some(4)), Gjensyn::Ulikt(4));
            assert_eq!(minne.se(7, Some("t"), None), Gjensyn::AnnenRolle);
        }
        minne.begynn(Enrollment, 0);
        assert_eq!(minne.se(0, Some("a"), Some(2)), Gjensyn::Nytt);
    }

    #[test]
    fn a_row_without_an_id_is_known_again_by_its_text() {
        let mut minne = Minne::default();
        minne.begynn(User, 0);
        assert!(!minne.uten_id_igjen(0, 0, "{}") && !minne.uten_id_igjen(1, 0, "{}"), "twice on one page");
        for _ in 0..2 {
            minne.begynn(User, 2);
            assert!(minne.uten_id_igjen(2, 2, "{}") && !minne.uten_id_igjen(3, 2, "[]"), "also when it is read again");
        }
        minne.begynn(Enrollment, 0);
        assert!(!minne.uten_id_igjen(0, 0, "{}"));
    }

    /// One class, one pupil, and memberships that refer to classes and pupils; what is thought of it.
    fn les(minne: &mut Minne, medlemskap: &[(&str, &str, &str)]) -> Dom {
        for (samling, id) in [(Org, "s"), (AcademicSession, "aar"), (Class, "k"), (User, "e")] {
            minne.begynn(samling, 0);
            minne.se(0, Some(id), None);
            minne.avslutt(samling, 1);
        }
        for _ in 0..2 {
            minne.begynn(Enrollment, 0);
            for (nummer, (id, klasse, elev)) in (0..).zip(medlemskap) {
                minne.se(nummer, Some(id), Some(1));
                minne.viser_til(nummer, id, Class, klasse);
                minne.viser_til(nummer, id, User, elev);
            }
        }
        minne.avslutt(Enrollment, medlemskap.len() as u64);
        minne.avslutt(Enrollment, medlemskap.len() as u64);
        let dom = minne.dom();
        minne.glem();
        dom
    }

    #[test]
    fn references_to_nothing_are_believed_when_they_come_again() {
        let mut minne = Minne::default();
        assert_eq!(les(&mut minne, &[("1", "k", "e")]), Dom::Slik(vec![]));
        let en = [("1", "k", "e"), ("2", "k", "borte")];
        assert_eq!(les(&mut minne, &en), Dom::Revet(Enrollment, 1));
        for _ in 0..2 {
            assert_eq!(les(&mut minne, &en), Dom::Slik(vec![(Enrollment, 1)]), "also the day after");
        }
        assert_eq!(les(&mut minne, &[("2", "k", "annen")]), Dom::Revet(Enrollment, 1), "another one");
        assert_eq!(les(&mut minne, &[]), Dom::Slik(vec![]));
        assert_eq!(les(&mut minne, &[("2", "k", "annen")]), Dom::Revet(Enrollment, 1), "it was mended meanwhile");
    }

    #[test]
    fn a_row_without_an_id_may_be_the_one_that_is_missed() {
        let mut minne = Minne::default();
        for samling in [Org, AcademicSession, Class, User] {
            minne.begynn(samling, 0);
            minne.se(0, None, None);
            minne.avslutt(samling, 1);
        }
        minne.begynn(Enrollment, 0);
        minne.viser_til(0, "1", User, "kanskje den");
        minne.avslutt(Enrollment, 1);
        assert_eq!(minne.dom(), Dom::Slik(vec![]));
    }

    #[test]
    fn a_reading_whose_beginning_is_not_remembered_concludes_nothing() {
        let mut minne = Minne::default();
        minne.begynn(User, 40);
        minne.se(40, Some("e"), Some(1));
        minne.avslutt(User, 41);
        minne.begynn(Enrollment, 0);
        minne.viser_til(0, "1", User, "var på en tidligere side");
        minne.avslutt(Enrollment, 1);
        assert_eq!(minne.dom(), Dom::Slik(vec![]));
    }
}
