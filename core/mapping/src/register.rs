//! The identity register: which Elev a source's user is, and what has identified the Elev when.
//!
//! It is the one thing here that cannot be worked out from what the sources say now, so it is published as
//! [`Identitetshistorikk`] and fed back at start. How it is decided:
//!
//! - A user keeps the Elev it is bound to, whatever happens to its number; a user who was gone comes back to the same.
//! - Users with the same valid number are one Elev: the oldest that any of them is bound to, or that has the number.
//!   The others become part of it (`slattSammenMed`), with their identifiers and dates.
//! - When users of one Elev come to have different valid numbers, one group keeps the Elev: the one with the user it was
//!   first seen as, else the one whose number is unchanged, else the one with the lowest id. The others get back the Elev
//!   of their own first user. History stays where it was; only the identifiers in use move.
//! - A missing or invalid number says nothing about who somebody is: it neither joins nor splits, and ends no number.
//!
//! All changes since the last time are decided at once and in a fixed order, so the order in which they came does not
//! matter. Dates are those of the records, never a clock's.

mod avgjor;
mod historikk;

use crate::{identifikatorer::Identifikatorer, indeks::Indeks, tilstand::Tilstand};
use fint::tillegg::{FODSELSNUMMER, Identitetshistorikk, KILDE};
use hendelse::K;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

#[derive(Debug, Default)]
pub(crate) struct Register {
    historikk: HashMap<Uuid, Identitetshistorikk>,
    /// The Elev of each user, gone users among them.
    bundet: HashMap<Uuid, Binding>,
    /// The Elev that a number is in use for.
    innehaver: HashMap<K, Uuid>,
    /// The users that an Elev has now.
    brukere: Indeks<Uuid>,
    /// Users that have changed since the last decision, and when those that are gone went.
    endret: BTreeMap<Uuid, Option<Timestamp>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Binding {
    elev: Uuid,
    /// When the user went; none while the identifier is in use.
    til: Option<Timestamp>,
}

impl Register {
    /// Takes in what was published. Called before any user is; the order does not matter.
    pub(crate) fn gjenopprett(&mut self, historikk: Identitetshistorikk, ider: &Identifikatorer) {
        let elev = historikk.elev;
        for id in &historikk.identifikatorer {
            if let Some(kilde) = id.type_.strip_prefix(KILDE) {
                let ny = Binding { elev, til: id.til };
                let bruker = ider.bruker(kilde, id.verdi.vis());
                let binding = self.bundet.entry(bruker).or_insert(ny);
                if ny.rang() > binding.rang() {
                    *binding = ny;
                }
            } else if id.type_ == FODSELSNUMMER
                && id.til.is_none()
                && let Some(nummer) = ider.nummer(id.verdi.vis())
            {
                self.innehaver.entry(nummer).and_modify(|e| *e = elev.min(*e)).or_insert(elev);
            }
        }
        self.historikk.insert(elev, historikk);
    }

    /// Notes that a user has come or changed, or went at this moment.
    pub(crate) fn bruker_endret(&mut self, bruker: Uuid, borte: Option<Timestamp>) {
        self.endret.insert(bruker, borte);
    }

    /// The Elev that a user is.
    pub(crate) fn elev(&self, bruker: Uuid) -> Option<Uuid> {
        self.bundet.get(&bruker).map(|b| b.elev)
    }

    /// The users that an Elev has now.
    pub(crate) fn brukere(&self, elev: Uuid) -> &[Uuid] {
        self.brukere.ved(&elev)
    }

    pub(crate) fn historikk(&self, elev: Uuid) -> Option<&Identitetshistorikk> {
        self.historikk.get(&elev)
    }

    pub(crate) fn alle(&self) -> impl Iterator<Item = Uuid> {
        self.historikk.keys().copied()
    }

    /// Ends the identifiers of users that are no longer there, though nobody said so while we watched. `sist` is when a
    /// source was last heard of; users of a source that was never heard of are left alone.
    pub(crate) fn merk_savnede(
        &mut self,
        tilstand: &Tilstand,
        ider: &Identifikatorer,
        sist: &BTreeMap<&str, Timestamp>,
    ) {
        let savnede: Vec<_> = self
            .historikk
            .values()
            .flat_map(|h| &h.identifikatorer)
            .filter(|id| id.til.is_none())
            .filter_map(|id| {
                let kilde = id.type_.strip_prefix(KILDE)?;
                Some((ider.bruker(kilde, id.verdi.vis()), *sist.get(kilde)?))
            })
            .filter(|(bruker, _)| !tilstand.brukere.contains_key(bruker))
            .collect();
        for (bruker, sist) in savnede {
            self.endret.entry(bruker).or_insert(Some(sist));
        }
    }

    /// What decides which of two is older: the first date, then the id.
    fn alder(&self, elev: Uuid) -> (Option<Timestamp>, Uuid) {
        (self.historikk.get(&elev).and_then(|h| h.identifikatorer.first()).map(|id| id.fra), elev)
    }

    /// All users that a decision about these touches: those with the same number, and those of the same Elev.
    fn omkrets(&self, tilstand: &Tilstand) -> BTreeSet<Uuid> {
        let mut sett = BTreeSet::new();
        let mut igjen: Vec<Uuid> = self.endret.keys().copied().collect();
        while let Some(bruker) = igjen.pop() {
            if !sett.insert(bruker) {
                continue;
            }
            igjen.extend(self.elev(bruker).into_iter().flat_map(|elev| self.brukere(elev)));
            if let Some(nummer) = tilstand.brukere.get(&bruker).and_then(|b| b.nummer) {
                igjen.extend(tilstand.brukere_med_nummer.ved(&nummer));
                igjen.extend(self.innehaver.get(&nummer).into_iter().flat_map(|elev| self.brukere(*elev)));
            }
        }
        sett
    }
}

impl Binding {
    /// A binding in use goes before an ended one, a later end before an earlier.
    fn rang(&self) -> (bool, Option<Timestamp>, std::cmp::Reverse<Uuid>) {
        (self.til.is_none(), self.til, std::cmp::Reverse(self.elev))
    }
}
