//! The side of a relation that is not stored.

use super::{felter, lenker};
use crate::{Lenke, Ressurs};
use std::collections::{BTreeMap, BTreeSet};

/// Back-links, derived from the resources that own the relations.
///
/// Take in every resource that links to others, then render those others with the same value. A back-link is found by
/// whichever identifier the link used. Unlike FINT's own core this also derives the one-to-one `Person.elev`, which the
/// core leaves to the sender.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baklenker {
    per_ressurs: BTreeMap<Lenke, BTreeMap<String, BTreeSet<Lenke>>>,
}

impl Baklenker {
    /// No back-links at all.
    pub fn ingen() -> Self {
        Self::default()
    }

    /// Takes in what this resource's own links say of others.
    pub fn ta_inn<T: Ressurs>(&mut self, ressurs: &T) {
        let felter = felter(ressurs);
        for relasjon in T::MODELL.relasjoner.iter().filter(|r| r.lagres()) {
            let Some(invers) = relasjon.invers else { continue };
            for mal in lenker(&felter, relasjon).into_iter().filter(|l| !l.er_ekstern()) {
                self.legg_til(mal, invers, ressurs.lenke());
            }
        }
    }

    /// Adds one back-link by hand: `mal` shows `kilde` under `relasjon`. For sources that this crate has no struct for.
    ///
    /// A relation that the class of `mal` does not have is never rendered.
    pub fn legg_til(&mut self, mal: Lenke, relasjon: &str, kilde: Lenke) {
        self.per_ressurs.entry(mal).or_default().entry(relasjon.to_owned()).or_default().insert(kilde);
    }

    /// The back-links of a resource under one relation, found by any of its identifiers.
    pub(super) fn av<'a>(&'a self, identiteter: &'a [Lenke], relasjon: &'a str) -> impl Iterator<Item = &'a Lenke> {
        identiteter.iter().filter_map(move |id| self.per_ressurs.get(id)?.get(relasjon)).flatten()
    }
}
