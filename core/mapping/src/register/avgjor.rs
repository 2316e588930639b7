//! The decision: who is which Elev, for all users that have changed and those around them.

use super::{Binding, Register, historikk, identifikator};
use crate::{identifikatorer::Identifikatorer, tilstand::Tilstand};
use fint::tillegg::Identitetshistorikk;
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

/// Users with numbers of one person, and the Elever that they could be.
struct Gruppe {
    brukere: Vec<Uuid>,
    /// The person's numbers, whether or not a user has them.
    numre: BTreeSet<K>,
    kandidater: BTreeSet<Uuid>,
    elev: Option<Uuid>,
}

/// Groups by the lowest of their numbers.
type Grupper = BTreeMap<K, Gruppe>;

/// What is needed to write a history.
#[derive(Clone, Copy)]
struct Verden<'a> {
    t: &'a Tilstand,
    ider: &'a Identifikatorer,
    kilder: &'a [Kildenavn],
}

impl Verden<'_> {
    fn sett(self, bruker: Uuid) -> Timestamp {
        self.t.brukere[&bruker].sett
    }

    /// The user that was seen first.
    fn forste(self, brukere: &[Uuid]) -> Uuid {
        *brukere.iter().min_by_key(|b| (self.sett(**b), **b)).expect("a group has users")
    }
}

impl Register {
    /// Decides about everything that has changed since the last time.
    pub(crate) fn avgjor(&mut self, t: &Tilstand, ider: &Identifikatorer, kilder: &[Kildenavn]) -> Avgjort {
        let verden = Verden { t, ider, kilder };
        let brukere = self.omkrets(t);
        let mut elever: BTreeSet<Uuid> = brukere.iter().filter_map(|b| self.elev(*b)).collect();
        self.slipp_borte(t, ider);
        let na: Vec<Uuid> = brukere.iter().copied().filter(|b| t.brukere.contains_key(b)).collect();

        let mut grupper = self.grupper(&na, t);
        let kandidater: BTreeSet<Uuid> = grupper.values().flat_map(|g| g.kandidater.iter().copied()).collect();
        elever.extend(kandidater.iter().flat_map(|elev| [*elev, self.deler.hel(*elev)]));
        // Whoever has a claim of his own is himself again, before it is decided anew. So is a part whose number no group has:
        // what made it a part is gone.
        let deler: Vec<Uuid> = elever
            .iter()
            .flat_map(|hel| self.deler.av(*hel))
            .filter(|del| self.er_del_med_nummer(*del, ider))
            .collect();
        elever.extend(deler.iter().copied());
        kandidater.iter().chain(&deler).for_each(|elev| self.deler.ta_ut(*elev));
        for (del, hel) in self.fordel(&mut grupper, kandidater, t) {
            self.deler.legg_i(del, hel);
        }
        for gruppe in grupper.values_mut() {
            let elev = gruppe.elev.unwrap_or_else(|| self.ny_elev(&gruppe.brukere, verden));
            gruppe.elev = Some(elev);
            gruppe.brukere.iter().for_each(|bruker| self.bind(*bruker, elev, verden));
        }
        for bruker in na.iter().filter(|b| t.brukere[*b].nummer.is_none()) {
            let elev = self.elev(*bruker).unwrap_or_else(|| self.ny_elev(&[*bruker], verden));
            self.bind(*bruker, elev, verden);
        }
        for gruppe in grupper.values() {
            self.gi_numre(gruppe, verden);
        }
        elever.extend(brukere.iter().filter_map(|b| self.elev(*b)));
        Avgjort { elever, brukere }
    }

    /// Whether an Elev that is part of another has a number in use that is its own.
    fn er_del_med_nummer(&self, elev: Uuid, ider: &Identifikatorer) -> bool {
        self.deler.er_del(elev) && self.historikk.get(&elev).is_some_and(|h| !apne_numre(h, ider).is_empty())
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
        self.bundne.ut(&elev, bruker);
        if let Some(historikk) = self.historikk.get_mut(&elev) {
            historikk::lukk(historikk, |id| (identifikator::bruker(id, ider) == Some(bruker)).then_some(til));
        }
    }

    fn grupper(&self, brukere: &[Uuid], t: &Tilstand) -> Grupper {
        let mut grupper = Grupper::new();
        for bruker in brukere {
            let Some(nummer) = t.brukere[bruker].nummer else { continue };
            let numre = t.personregister.samme_person(nummer);
            let gruppe = grupper.entry(numre.first().copied().unwrap_or(nummer)).or_insert_with(|| Gruppe {
                brukere: Vec::new(),
                kandidater: numre.iter().flat_map(|k| self.innehaver.ved(k)).copied().collect(),
                numre,
                elev: None,
            });
            gruppe.brukere.push(*bruker);
            gruppe.kandidater.extend(self.bundet.get(bruker).map(|b| b.elev));
        }
        grupper
    }

    /// Gives each group the oldest Elev that it can have. Returns which Elever become part of which.
    fn fordel(&self, grupper: &mut Grupper, kandidater: BTreeSet<Uuid>, t: &Tilstand) -> Vec<(Uuid, Uuid)> {
        let mut kandidater: Vec<Uuid> = kandidater.into_iter().collect();
        kandidater.sort_unstable_by_key(|elev| self.alder(*elev));
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
    fn sterkest(&self, grupper: &Grupper, elev: Uuid, t: &Tilstand, med: impl Fn(&Gruppe) -> bool) -> Option<K> {
        let krav = |(_, gruppe): &(&K, &Gruppe)| {
            let er_bundet = |b: &Uuid| self.bundet.get(b).is_some_and(|b| b.elev == elev);
            let bundne = || gruppe.brukere.iter().filter(|b| er_bundet(b));
            let forste = bundne().any(|b| *b == elev);
            let uendret = gruppe.numre.iter().any(|k| self.innehaver.ved(k).contains(&elev));
            let lavest = gruppe.brukere.iter().map(|b| (t.brukere[b].sett, *b)).min();
            (bundne().next().is_some(), forste, uendret, std::cmp::Reverse(lavest))
        };
        let sokere = grupper.iter().filter(|(_, g)| g.kandidater.contains(&elev) && med(g));
        sokere.max_by_key(krav).map(|(nummer, _)| *nummer)
    }

    /// A new Elev: the first user's own id, unless that has become somebody else.
    fn ny_elev(&self, brukere: &[Uuid], verden: Verden<'_>) -> Uuid {
        let forste = verden.forste(brukere);
        std::iter::once(forste)
            .chain((2..).map(|nr| verden.ider.ny_elev(forste, nr)))
            .find(|elev| !self.historikk.contains_key(elev))
            .expect("the numbers do not end before the pupils do")
    }

    /// Binds a user to an Elev: to the part of it that the user is bound to or that has the user's number, if any is.
    fn bind(&mut self, bruker: Uuid, elev: Uuid, Verden { t, ider, kilder }: Verden<'_>) {
        let post = &t.brukere[&bruker];
        let bundet = self.bundet.get(&bruker).map(|b| b.elev);
        let innehavere = post.nummer.iter().flat_map(|nummer| self.innehaver.ved(nummer)).copied();
        let del = bundet.into_iter().chain(innehavere).find(|del| self.deler.hel(*del) == elev).unwrap_or(elev);
        self.bundet.insert(bruker, Binding { elev: del, til: None });
        if let Some(forrige) = bundet.filter(|forrige| *forrige != del) {
            self.slipp(bruker, forrige, post.sett, ider);
            if let Some(historikk) = self.historikk.get_mut(&forrige) {
                historikk.slatt_sammen_med.retain(|e| *e != del);
            }
        }
        self.bundne.inn(del, bruker);
        let kilde = kilder[usize::from(post.kilde)].as_str();
        let historikk = self.historikk.entry(del).or_insert_with(|| Identitetshistorikk::ny(del));
        historikk::apne(historikk, historikk::kildeid(kilde, &post.user.sourced_id, post.sett));
    }

    /// Notes that each part of a group's Elev has the numbers of its users now and no others, and that no other Elev has
    /// them. A part whose users have lost their number, or are gone, keeps what it had.
    fn gi_numre(&mut self, gruppe: &Gruppe, verden: Verden<'_>) {
        let Some(elev) = gruppe.elev else { return };
        let mut brukere: BTreeMap<(Uuid, K), Vec<Uuid>> = BTreeMap::new();
        for bruker in &gruppe.brukere {
            let nummer = verden.t.brukere[bruker].nummer.expect("it is in the group by its number");
            brukere.entry((self.bundet[bruker].elev, nummer)).or_default().push(*bruker);
        }
        for ((del, nummer), brukere) in &brukere {
            self.gi_nummer(*del, *nummer, brukere, verden);
            for annen in self.innehaver.ved(nummer).to_vec() {
                if self.deler.hel(annen) != elev {
                    self.ta_nummer(annen, *nummer, brukere, verden);
                }
            }
        }
        for del in self.deler.av(elev).collect::<Vec<_>>() {
            let egne: Vec<Uuid> = gruppe.brukere.iter().copied().filter(|b| self.bundet[b].elev == del).collect();
            let beholder = |nummer: &K| egne.is_empty() || brukere.contains_key(&(del, *nummer));
            let apne = apne_numre(&self.historikk[&del], verden.ider);
            let (numre, slutt): (BTreeSet<K>, BTreeSet<K>) = apne.into_iter().partition(beholder);
            for nummer in slutt {
                self.ta_nummer(del, nummer, &egne, verden);
            }
            let svar: Vec<_> = numre.iter().filter_map(|k| verden.t.personregister.svar(*k)).collect();
            historikk::for_register(self.historikk.get_mut(&del).expect("it was found above"), &svar);
        }
    }

    /// Gives an Elev a number, from the first of the users that have it.
    fn gi_nummer(&mut self, elev: Uuid, nummer: K, brukere: &[Uuid], verden: Verden<'_>) {
        self.innehaver.inn(nummer, elev);
        let post = &verden.t.brukere[&verden.forste(brukere)];
        let kilde = verden.kilder[usize::from(post.kilde)].as_str();
        if let (Some(historikk), Some(verdi)) = (self.historikk.get_mut(&elev), &post.user.identifier) {
            historikk::apne(historikk, historikk::nummer(kilde, verdi, post.sett));
        }
    }

    /// Takes a number from an Elev, at the first sight of one of these users after it began.
    fn ta_nummer(&mut self, elev: Uuid, nummer: K, brukere: &[Uuid], verden: Verden<'_>) {
        self.innehaver.ut(&nummer, elev);
        self.tidligere.entry(nummer).or_default().insert(elev);
        let Some(historikk) = self.historikk.get_mut(&elev) else { return };
        let til = |fra: Timestamp| {
            let settene = || brukere.iter().map(|b| verden.sett(*b));
            settene().filter(|sett| *sett > fra).min().or_else(|| settene().max()).unwrap_or(fra)
        };
        historikk::lukk(historikk, |id| (identifikator::nummer(id, verden.ider) == Some(nummer)).then(|| til(id.fra)));
    }
}

/// The numbers that an Elev has now, as schools gave them.
fn apne_numre(historikk: &Identitetshistorikk, ider: &Identifikatorer) -> BTreeSet<K> {
    let apne = historikk.identifikatorer.iter().filter(|id| id.til.is_none());
    apne.filter_map(|id| identifikator::nummer(id, ider)).collect()
}
