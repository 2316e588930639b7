//! The decision: who is which Elev, for all users that have changed and those around them.

use super::{Binding, Register, historikk};
use crate::{identifikatorer::Identifikatorer, tilstand::Tilstand};
use fint::tillegg::{DatertIdentifikator, FODSELSNUMMER, Identitetshistorikk, KILDE};
use hendelse::{K, Kildenavn};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a decision touched.
#[derive(Debug, Default)]
pub(crate) struct Avgjort {
    /// Every Elev that may have another history or other users, those that are no more among them.
    pub(crate) elever: BTreeSet<Uuid>,
    /// Every user that may be another Elev.
    pub(crate) brukere: BTreeSet<Uuid>,
}

/// Users with one number, and the Elever that they could be.
struct Gruppe {
    brukere: Vec<Uuid>,
    kandidater: BTreeSet<Uuid>,
    elev: Option<Uuid>,
}

impl Register {
    /// Decides about everything that has changed since the last time.
    pub(crate) fn avgjor(&mut self, t: &Tilstand, ider: &Identifikatorer, kilder: &[Kildenavn]) -> Avgjort {
        let brukere = self.omkrets(t);
        let for_: BTreeSet<Uuid> = brukere.iter().filter_map(|b| self.elev(*b)).collect();
        self.slipp_borte(t, ider);
        let na: Vec<Uuid> = brukere.iter().copied().filter(|b| t.brukere.contains_key(b)).collect();

        let mut grupper = self.grupper(&na, t);
        let slatt_sammen = self.fordel(&mut grupper, t);
        for (fra, til) in slatt_sammen {
            self.sla_sammen(fra, til, ider);
        }
        for gruppe in grupper.values_mut() {
            let elev = gruppe.elev.unwrap_or_else(|| self.ny_elev(&gruppe.brukere, t, ider));
            gruppe.elev = Some(elev);
            gruppe.brukere.iter().for_each(|bruker| self.bind(*bruker, elev, t, ider, kilder));
        }
        for bruker in na.iter().filter(|b| t.brukere[*b].nummer.is_none()) {
            let elev = self.elev(*bruker).unwrap_or_else(|| self.ny_elev(&[*bruker], t, ider));
            self.bind(*bruker, elev, t, ider, kilder);
        }
        for (nummer, gruppe) in &grupper {
            self.gi_nummer(*nummer, gruppe, t, ider, kilder);
        }

        let elever = for_.into_iter().chain(brukere.iter().filter_map(|b| self.elev(*b)));
        let elever = elever.chain(grupper.values().flat_map(|g| g.kandidater.iter().copied())).collect();
        Avgjort { elever, brukere }
    }

    /// Ends the identifiers of users that went.
    fn slipp_borte(&mut self, t: &Tilstand, ider: &Identifikatorer) {
        for (bruker, borte) in std::mem::take(&mut self.endret) {
            let (false, Some(til)) = (t.brukere.contains_key(&bruker), borte) else { continue };
            let Some(binding) = self.bundet.get_mut(&bruker) else { continue };
            binding.til.get_or_insert(til);
            let elev = binding.elev;
            self.slipp(bruker, elev, til, ider);
        }
    }

    /// Takes a user from an Elev.
    fn slipp(&mut self, bruker: Uuid, elev: Uuid, til: Timestamp, ider: &Identifikatorer) {
        self.brukere.ut(&elev, bruker);
        if let Some(historikk) = self.historikk.get_mut(&elev) {
            historikk::lukk(historikk, |id| (bruker_av(id, ider) == Some(bruker)).then_some(til));
        }
    }

    fn grupper(&self, brukere: &[Uuid], t: &Tilstand) -> BTreeMap<K, Gruppe> {
        let mut grupper: BTreeMap<K, Gruppe> = BTreeMap::new();
        for bruker in brukere {
            let Some(nummer) = t.brukere[bruker].nummer else { continue };
            let gruppe = grupper.entry(nummer).or_insert_with(|| Gruppe {
                brukere: Vec::new(),
                kandidater: self.innehaver.get(&nummer).copied().into_iter().collect(),
                elev: None,
            });
            gruppe.brukere.push(*bruker);
            gruppe.kandidater.extend(self.elev(*bruker));
        }
        grupper
    }

    /// Gives each group the oldest Elev that it can have. Returns which Elever become part of which.
    fn fordel(&self, grupper: &mut BTreeMap<K, Gruppe>, t: &Tilstand) -> Vec<(Uuid, Uuid)> {
        let mut kandidater: Vec<Uuid> = grupper.values().flat_map(|g| g.kandidater.iter().copied()).collect();
        kandidater.sort_unstable_by_key(|elev| self.alder(*elev));
        kandidater.dedup();
        let mut uten = Vec::new();
        for elev in kandidater {
            match self.sterkest(grupper, elev, t, |g| g.elev.is_none()) {
                Some(nummer) => grupper.get_mut(&nummer).expect("it was found there").elev = Some(elev),
                None => uten.push(elev),
            }
        }
        // Whoever was left over was wanted by groups that got an older one: the strongest claim decides where it goes.
        uten.into_iter()
            .filter_map(|elev| Some((elev, grupper[&self.sterkest(grupper, elev, t, |_| true)?].elev?)))
            .collect()
    }

    /// The group with the best claim to an Elev.
    fn sterkest(
        &self,
        grupper: &BTreeMap<K, Gruppe>,
        elev: Uuid,
        t: &Tilstand,
        med: impl Fn(&Gruppe) -> bool,
    ) -> Option<K> {
        let krav = |(nummer, gruppe): &(&K, &Gruppe)| {
            let bundne = || gruppe.brukere.iter().filter(|b| self.elev(**b) == Some(elev));
            let forste = bundne().any(|b| *b == elev);
            let uendret = self.innehaver.get(*nummer) == Some(&elev);
            let lavest = gruppe.brukere.iter().map(|b| (t.brukere[b].sett, *b)).min();
            (bundne().next().is_some(), forste, uendret, std::cmp::Reverse(lavest))
        };
        let sokere = grupper.iter().filter(|(_, g)| g.kandidater.contains(&elev) && med(g));
        sokere.max_by_key(krav).map(|(nummer, _)| *nummer)
    }

    /// A new Elev: the first user's own id, unless that has become somebody else.
    fn ny_elev(&self, brukere: &[Uuid], t: &Tilstand, ider: &Identifikatorer) -> Uuid {
        let forste = brukere.iter().min_by_key(|b| (t.brukere[*b].sett, **b)).expect("a group has users");
        std::iter::once(*forste)
            .chain((2..).map(|nr| ider.ny_elev(*forste, nr)))
            .find(|elev| !self.historikk.contains_key(elev))
            .expect("the numbers do not end before the pupils do")
    }

    fn sla_sammen(&mut self, fra: Uuid, til: Uuid, ider: &Identifikatorer) {
        let Some(borte) = self.historikk.remove(&fra) else { return };
        for id in &borte.identifikatorer {
            if let Some(binding) = bruker_av(id, ider).and_then(|b| self.bundet.get_mut(&b)).filter(|b| b.elev == fra) {
                binding.elev = til;
            }
            if let Some(elev) = nummer_av(id, ider).and_then(|nr| self.innehaver.get_mut(&nr)).filter(|e| **e == fra) {
                *elev = til;
            }
        }
        for bruker in self.brukere.ved(&fra).to_vec() {
            self.brukere.ut(&fra, bruker);
            self.brukere.inn(til, bruker);
        }
        if let Some(historikk) = self.historikk.get_mut(&til) {
            historikk::sla_sammen(historikk, borte);
        }
    }

    fn bind(&mut self, bruker: Uuid, elev: Uuid, t: &Tilstand, ider: &Identifikatorer, kilder: &[Kildenavn]) {
        let post = &t.brukere[&bruker];
        let forrige = self.bundet.insert(bruker, Binding { elev, til: None });
        if let Some(forrige) = forrige.filter(|b| b.elev != elev) {
            self.slipp(bruker, forrige.elev, post.sett, ider);
            if let Some(historikk) = self.historikk.get_mut(&forrige.elev) {
                historikk.slatt_sammen_med.retain(|e| *e != elev);
            }
        }
        self.brukere.inn(elev, bruker);
        let kilde = kilder[usize::from(post.kilde)].as_str();
        let historikk = self.historikk.entry(elev).or_insert_with(|| Identitetshistorikk::ny(elev));
        historikk::apne(historikk, historikk::kildeid(kilde, &post.user.sourced_id, post.sett));
    }

    /// Notes that an Elev has this number now, and that it and nobody else has it.
    fn gi_nummer(&mut self, nummer: K, gruppe: &Gruppe, t: &Tilstand, ider: &Identifikatorer, kilder: &[Kildenavn]) {
        let (Some(elev), Some(forste)) = (gruppe.elev, gruppe.brukere.iter().min_by_key(|b| (t.brukere[*b].sett, **b)))
        else {
            return;
        };
        let post = &t.brukere[forste];
        let til = |fra: Timestamp| {
            let settene = || gruppe.brukere.iter().map(|b| t.brukere[b].sett);
            settene().filter(|sett| *sett > fra).min().or_else(|| settene().max()).unwrap_or(fra)
        };
        if let Some(forrige) = self.innehaver.insert(nummer, elev).filter(|forrige| *forrige != elev)
            && let Some(historikk) = self.historikk.get_mut(&forrige)
        {
            historikk::lukk(historikk, |id| (nummer_av(id, ider) == Some(nummer)).then(|| til(id.fra)));
        }
        let (Some(historikk), Some(verdi)) = (self.historikk.get_mut(&elev), &post.user.identifier) else { return };
        let andre: Vec<K> = apne_numre(historikk, ider).filter(|nr| *nr != nummer).collect();
        historikk::lukk(historikk, |id| nummer_av(id, ider).filter(|nr| *nr != nummer).map(|_| til(id.fra)));
        historikk::apne(historikk, historikk::nummer(kilder[usize::from(post.kilde)].as_str(), verdi, post.sett));
        for nr in andre.iter().filter(|nr| self.innehaver.get(nr) == Some(&elev)).copied().collect::<Vec<_>>() {
            self.innehaver.remove(&nr);
        }
    }
}

/// The user that an identifier of a source names.
fn bruker_av(id: &DatertIdentifikator, ider: &Identifikatorer) -> Option<Uuid> {
    Some(ider.bruker(id.type_.strip_prefix(KILDE)?, id.verdi.vis()))
}

/// The hash of an identifier that is a number.
fn nummer_av(id: &DatertIdentifikator, ider: &Identifikatorer) -> Option<K> {
    (id.type_ == FODSELSNUMMER).then(|| ider.nummer(id.verdi.vis()))?
}

fn apne_numre(historikk: &Identitetshistorikk, ider: &Identifikatorer) -> impl Iterator<Item = K> {
    historikk.identifikatorer.iter().filter(|id| id.til.is_none()).filter_map(|id| nummer_av(id, ider))
}
