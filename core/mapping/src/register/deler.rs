//! Which Elev has turned out to be which.

use crate::indeks::Indeks;
use fint::tillegg::Identitetshistorikk;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Parts and wholes, one level deep: a part has no parts.
#[derive(Debug, Default)]
pub(super) struct Deler {
    hele: HashMap<Uuid, Uuid>,
    deler: Indeks<Uuid>,
}

impl Deler {
    /// The Elev that this one is part of, or itself.
    pub(super) fn hel(&self, elev: Uuid) -> Uuid {
        self.hele.get(&elev).copied().unwrap_or(elev)
    }

    pub(super) fn er_del(&self, elev: Uuid) -> bool {
        self.hele.contains_key(&elev)
    }

    /// An Elev and its parts; nothing if it is a part itself.
    pub(super) fn av(&self, elev: Uuid) -> impl Iterator<Item = Uuid> {
        let selv = (!self.er_del(elev)).then_some(elev);
        selv.into_iter().chain(self.deler.ved(&elev).iter().copied())
    }

    /// Makes an Elev itself again.
    pub(super) fn ta_ut(&mut self, elev: Uuid) {
        if let Some(hel) = self.hele.remove(&elev) {
            self.deler.ut(&hel, elev);
        }
    }

    /// Makes an Elev, and with it its parts, part of another.
    pub(super) fn legg_i(&mut self, elev: Uuid, hel: Uuid) {
        for del in self.deler.ved(&elev).to_vec().into_iter().chain([elev]) {
            self.ta_ut(del);
            self.hele.insert(del, hel);
            self.deler.inn(hel, del);
        }
    }

    /// Takes a published history apart into that of the Elev itself and those of its parts.
    pub(super) fn del_opp(&mut self, mut hel: Identitetshistorikk) -> Vec<Identitetshistorikk> {
        let mut deler: BTreeMap<Uuid, Identitetshistorikk> = BTreeMap::new();
        for mut id in std::mem::take(&mut hel.identifikatorer) {
            let elev = id.opprinnelig.take().unwrap_or(hel.elev);
            let historikk = if elev == hel.elev {
                &mut hel
            } else {
                deler.entry(elev).or_insert_with(|| Identitetshistorikk::ny(elev))
            };
            historikk.identifikatorer.push(id);
        }
        deler.keys().for_each(|del| self.legg_i(*del, hel.elev));
        // What is left was merged by a version that kept no way back.
        hel.slatt_sammen_med.retain(|elev| !deler.contains_key(elev));
        deler.into_values().chain([hel]).collect()
    }
}
