//! The identity register: which Elev a source's user is, and what has identified the Elev when.
//!
//! It is the one thing here that cannot be worked out from what the sources say now, so it is published as
//! [`Identitetshistorikk`] and fed back at start. How it is decided:
//!
//! - A user keeps the Elev it is bound to, whatever happens to its number; a user who was gone comes back to the same.
//! - Users with the same valid number, or with numbers that Folkeregisteret says are one person's, are one Elev: the
//!   oldest that any of them is bound to, or that has one of the numbers. The others become part of it
//!   (`slattSammenMed`), with their identifiers and dates.
//! - Being part of another can be undone: what an Elev was bound to and identified by stays its own, and it is itself
//!   again when the numbers part, or Folkeregisteret parts them.
//! - When users of one Elev come to have different valid numbers, one group keeps the Elev: the one with the user it was
//!   first seen as, else the one whose number is unchanged, else the one with the lowest id. The others get back the Elev
//!   of their own first user.
//! - A missing or invalid number says nothing about who somebody is: it neither joins nor splits, and ends no number.
//!
//! All changes since the last time are decided at once and in a fixed order, so the order in which they came does not
//! matter. Dates are those of the records, never a clock's.

mod avgjor;
mod deler;
mod historikk;
mod identifikator;

use crate::{identifikatorer::Identifikatorer, indeks::Indeks, tilstand::Tilstand};
use deler::Deler;
use fint::tillegg::{DatertIdentifikator, FOLKEREGISTERIDENTIFIKATOR, Identitetshistorikk, KILDE};
use hendelse::K;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// An Elev that is part of another keeps its own history, users and numbers here; what is said of an Elev to others is
/// said of it and its parts together.
#[derive(Debug, Default)]
pub(crate) struct Register {
    historikk: HashMap<Uuid, Identitetshistorikk>,
    deler: Deler,
    /// The Elev of each user, gone users among them.
    bundet: HashMap<Uuid, Binding>,
    /// The Elever that a number is in use for: one, and parts of it.
    innehaver: Indeks<K>,
    /// The Elever that a number has been in use for.
    tidligere: HashMap<K, BTreeSet<Uuid>>,
    /// The users that are bound to an Elev now.
    bundne: Indeks<Uuid>,
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
        for historikk in self.deler.del_opp(historikk) {
            let elev = historikk.elev;
            for id in &historikk.identifikatorer {
                if let Some(bruker) = identifikator::bruker(id, ider) {
                    let ny = Binding { elev, til: id.til };
                    let binding = self.bundet.entry(bruker).or_insert(ny);
                    if ny.rang() > binding.rang() {
                        *binding = ny;
                    }
                } else if let Some(nummer) = identifikator::nummer(id, ider) {
                    if id.til.is_none() {
                        self.innehaver.inn(nummer, elev);
                    } else {
                        self.tidligere.entry(nummer).or_default().insert(elev);
                    }
                }
            }
            self.historikk.insert(elev, historikk);
        }
    }

    /// Notes that a user has come or changed, or went at this moment.
    pub(crate) fn bruker_endret(&mut self, bruker: Uuid, borte: Option<Timestamp>) {
        self.endret.insert(bruker, borte);
    }

    /// Notes that something is said of this number. Returns the users that it may concern: those that have the number, or
    /// one that is the same person's, and those of an Elev that has had it.
    pub(crate) fn nummer_endret(&mut self, nummer: K, tilstand: &Tilstand) -> BTreeSet<Uuid> {
        let mut brukere = BTreeSet::new();
        for k in tilstand.personregister.samme_person(nummer) {
            brukere.extend(tilstand.brukere_med_nummer.ved(&k));
            brukere.extend(self.brukere_som_har_hatt(k));
        }
        brukere.retain(|bruker| tilstand.brukere.contains_key(bruker));
        for bruker in &brukere {
            self.endret.entry(*bruker).or_insert(None);
        }
        brukere
    }

    /// The Elev that a user is.
    pub(crate) fn elev(&self, bruker: Uuid) -> Option<Uuid> {
        self.bundet.get(&bruker).map(|b| self.deler.hel(b.elev))
    }

    /// The users that an Elev has now.
    pub(crate) fn brukere(&self, elev: Uuid) -> impl Iterator<Item = Uuid> {
        self.deler.av(elev).flat_map(|del| self.bundne.ved(&del).iter().copied())
    }

    /// What has identified an Elev; none if it is part of another.
    pub(crate) fn historikk(&self, elev: Uuid) -> Option<Identitetshistorikk> {
        historikk::hel(self.deler.av(elev).filter_map(|del| self.historikk.get(&del)))
    }

    /// Every Elev that there is or has been, without those that are part of another.
    pub(crate) fn alle(&self) -> impl Iterator<Item = Uuid> {
        self.historikk.keys().copied().filter(|elev| !self.deler.er_del(*elev))
    }

    /// The numbers that have identified an Elev, as schools gave them.
    pub(crate) fn numre(&self, elev: Uuid, ider: &Identifikatorer) -> BTreeSet<K> {
        let historikk = self.deler.av(elev).filter_map(|del| self.historikk.get(&del));
        historikk.flat_map(|h| &h.identifikatorer).filter_map(|id| identifikator::nummer(id, ider)).collect()
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
                let sist = *sist.get(id.type_.strip_prefix(KILDE)?)?;
                Some((identifikator::bruker(id, ider)?, sist))
            })
            .filter(|(bruker, _)| !tilstand.brukere.contains_key(bruker))
            .collect();
        for (bruker, sist) in savnede {
            self.endret.entry(bruker).or_insert(Some(sist));
        }
    }

    /// What decides which of two is older: the first date on which a school knew it, then the id.
    fn alder(&self, elev: Uuid) -> (Option<Timestamp>, Uuid) {
        let skolens = |id: &&DatertIdentifikator| id.type_ != FOLKEREGISTERIDENTIFIKATOR;
        (self.historikk.get(&elev).and_then(|h| h.identifikatorer.iter().find(skolens)).map(|id| id.fra), elev)
    }

    fn brukere_som_har_hatt(&self, nummer: K) -> impl Iterator<Item = Uuid> {
        let elever = self.innehaver.ved(&nummer).iter().chain(self.tidligere.get(&nummer).into_iter().flatten());
        elever.flat_map(|elev| self.brukere(self.deler.hel(*elev)))
    }

    /// All users that a decision about these touches: those with a number of the same person, and those of the same Elev.
    fn omkrets(&self, tilstand: &Tilstand) -> BTreeSet<Uuid> {
        let mut sett = BTreeSet::new();
        let mut igjen: Vec<Uuid> = self.endret.keys().copied().collect();
        while let Some(bruker) = igjen.pop() {
            if !sett.insert(bruker) {
                continue;
            }
            igjen.extend(self.elev(bruker).into_iter().flat_map(|elev| self.brukere(elev)));
            let Some(nummer) = tilstand.brukere.get(&bruker).and_then(|b| b.nummer) else { continue };
            for k in tilstand.personregister.samme_person(nummer) {
                igjen.extend(tilstand.brukere_med_nummer.ved(&k));
                let elever = self.innehaver.ved(&k).iter().map(|elev| self.deler.hel(*elev));
                igjen.extend(elever.flat_map(|elev| self.brukere(elev)));
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
