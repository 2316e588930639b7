//! What Folkeregisteret has said, number by number, and which numbers it says are one person.
//!
//! The register has no stable key: a look-up on a number tells the numbers of the person that it finds, and which of them
//! is the person's now. Each answer is so an arrow from a number to the one in force. Numbers that are joined by arrows
//! are one person; where the arrows go in a ring, because the answers are of different age, they are so too. A number that
//! has no answer of its own goes by the newest answer that mentions it.

use crate::identifikatorer::Identifikatorer;
use crate::poster::Kildenr;
use folkeregister::{Identifikatorstatus, Personstatus, Registerperson};
use hendelse::{K, Kildenavn};
use identitet::Skjermet;
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap};

/// Which record of which source.
pub(crate) type Registernokkel = (Kildenr, K);

/// One answer.
#[derive(Debug)]
pub(crate) struct Svar {
    post: Registernokkel,
    pub(crate) kilde: Kildenavn,
    pub(crate) sett: Timestamp,
    pub(crate) person: Registerperson,
    /// The hashes of the person's numbers, in their order; none for a number of no valid kind.
    numre: Box<[Option<K>]>,
    gjeldende: Option<K>,
}

impl Svar {
    pub(crate) fn av(
        person: Registerperson,
        post: Registernokkel,
        kilde: &Kildenavn,
        sett: Timestamp,
        ider: &Identifikatorer,
    ) -> Self {
        let hash = |nummer: &Skjermet<String>| ider.nummer(nummer.vis());
        Self {
            post,
            kilde: kilde.clone(),
            sett,
            numre: person.identifikasjonsnummer.iter().map(|n| hash(&n.foedsels_eller_d_nummer)).collect(),
            gjeldende: person.gjeldende().filter(|_| person.funnet).and_then(hash),
            person,
        }
    }

    /// The person's numbers: hash, value, and whether it is in use.
    pub(crate) fn numre(&self) -> impl Iterator<Item = (K, &Skjermet<String>, Identifikatorstatus)> {
        let numre = self.numre.iter().zip(&self.person.identifikasjonsnummer);
        numre.filter_map(|(k, n)| Some(((*k)?, &n.foedsels_eller_d_nummer, n.status)))
    }

    /// Whether it says that this number is not in use any more.
    fn er_opphort(&self, nummer: K) -> bool {
        self.numre().any(|(k, _, status)| k == nummer && status == Identifikatorstatus::Opphoert)
    }

    /// The later answer counts.
    pub(crate) fn rang(&self) -> (Timestamp, &str) {
        (self.sett, self.kilde.as_str())
    }
}

/// All answers.
#[derive(Debug, Default)]
pub(crate) struct Personregister {
    /// The number that a record is about.
    poster: HashMap<Registernokkel, K>,
    /// The answers on a number: one for each source.
    svar: HashMap<K, Vec<Svar>>,
    /// The numbers whose answers mention a number.
    nevnt: HashMap<K, BTreeSet<K>>,
    /// The records that stand because what the register said later could not be used.
    i_tvil: BTreeSet<Registernokkel>,
}

impl Personregister {
    pub(crate) fn er_tomt(&self) -> bool {
        self.poster.is_empty()
    }

    /// The number that a record is about.
    pub(crate) fn nummer(&self, post: Registernokkel) -> Option<K> {
        self.poster.get(&post).copied()
    }

    /// A number, and those that any answer on it mentions: what is concerned if the answers change.
    pub(crate) fn omtalte(&self, nummer: K) -> BTreeSet<K> {
        let mut alle = self.nevnte(nummer);
        alle.insert(nummer);
        alle
    }

    /// Notes which of a source's records are in doubt. Returns the numbers that are so now and were not, or the other way.
    pub(crate) fn sett_i_tvil(&mut self, kilde: Kildenr, poster: &BTreeSet<K>) -> BTreeSet<K> {
        let for_dette: BTreeSet<_> = self.i_tvil.iter().copied().filter(|(nr, _)| *nr == kilde).collect();
        let na: BTreeSet<_> = poster.iter().map(|k| (kilde, *k)).collect();
        let ulike = for_dette.symmetric_difference(&na).filter_map(|post| self.nummer(*post)).collect();
        self.i_tvil.retain(|post| !for_dette.contains(post));
        self.i_tvil.extend(na);
        ulike
    }

    /// Whether an answer about the person that a number is of is in doubt: it may protect, and lets nobody through.
    pub(crate) fn er_i_tvil(&self, nummer: K) -> bool {
        let tviler = |k: K| self.svar.get(&k).is_some_and(|svar| svar.iter().any(|s| self.i_tvil.contains(&s.post)));
        !self.i_tvil.is_empty() && self.samme_person(nummer).into_iter().any(tviler)
    }

    /// Takes an answer out.
    pub(crate) fn ta_ut(&mut self, post: Registernokkel) {
        let Some(nummer) = self.poster.remove(&post) else { return };
        let nevnte = self.nevnte(nummer);
        if let Some(svar) = self.svar.get_mut(&nummer) {
            svar.retain(|s| s.post != post);
            if svar.is_empty() {
                self.svar.remove(&nummer);
            }
        }
        for k in nevnte.difference(&self.nevnte(nummer)) {
            if let Some(av) = self.nevnt.get_mut(k) {
                av.remove(&nummer);
                if av.is_empty() {
                    self.nevnt.remove(k);
                }
            }
        }
    }

    /// Takes an answer in. The record must have been taken out first.
    pub(crate) fn sett_inn(&mut self, nummer: K, svar: Svar) {
        self.poster.insert(svar.post, nummer);
        self.svar.entry(nummer).or_default().push(svar);
        for k in self.nevnte(nummer) {
            self.nevnt.entry(k).or_default().insert(nummer);
        }
    }

    /// The answer that counts for a number: the newest on it, else the newest that mentions it.
    pub(crate) fn svar(&self, nummer: K) -> Option<&Svar> {
        self.eget(nummer).or_else(|| self.som_nevner(nummer).max_by_key(|svar| svar.rang()))
    }

    /// All numbers that are one person with this one, itself among them.
    pub(crate) fn samme_person(&self, nummer: K) -> BTreeSet<K> {
        let mut sett = BTreeSet::new();
        let mut igjen = vec![nummer];
        while let Some(nummer) = igjen.pop() {
            if sett.insert(nummer) {
                igjen.extend(self.neste(nummer));
                // An arrow to this number starts at one whose answer mentions it, or at one that such an answer mentions.
                let om = self.nevnt.get(&nummer).into_iter().flatten();
                let mulige = om.flat_map(|om| self.nevnte(*om).into_iter().chain([*om]));
                igjen.extend(mulige.filter(|k| self.neste(*k) == Some(nummer)));
            }
        }
        sett
    }

    /// The number that is the person's now, where this one has been replaced.
    pub(crate) fn erstatning(&self, nummer: K) -> Option<(K, &Skjermet<String>)> {
        let (mut na, mut funnet, mut sett) = (nummer, None, BTreeSet::from([nummer]));
        while let Some(svar) = self.svar(na).filter(|svar| svar.er_opphort(na)) {
            let Some((ny, verdi)) = svar.gjeldende.zip(svar.person.gjeldende()) else { break };
            if !sett.insert(ny) {
                return None; // A ring: the answers contradict each other.
            }
            (na, funnet) = (ny, Some((ny, verdi)));
        }
        funnet
    }

    /// Whether a number, or the one that replaced it, has been withdrawn and nothing is known to have come instead.
    pub(crate) fn er_bortfalt(&self, nummer: K) -> bool {
        let siste = self.erstatning(nummer).map_or(nummer, |(k, _)| k);
        self.svar(siste).is_some_and(|svar| {
            let opphort = svar.person.status == Personstatus::Opphoert || svar.er_opphort(siste);
            svar.person.funnet && svar.gjeldende.is_none() && opphort
        })
    }

    /// Every answer about the person that a number is of, each of its own number.
    pub(crate) fn alle_svar(&self, nummer: K) -> Vec<&Svar> {
        let mut alle: Vec<&Svar> = self.samme_person(nummer).into_iter().filter_map(|k| self.eget(k)).collect();
        if alle.is_empty() {
            alle.extend(self.svar(nummer));
        }
        alle
    }

    /// Every answer about the person that a number is of, and every other that mentions a number of that person.
    pub(crate) fn omtaler(&self, nummer: K) -> Vec<&Svar> {
        let numre = self.samme_person(nummer);
        let nevnt = numre.iter().flat_map(|k| self.som_nevner(*k));
        numre.iter().filter_map(|k| self.eget(*k)).chain(nevnt).collect()
    }

    /// Where the arrow from a number goes.
    fn neste(&self, nummer: K) -> Option<K> {
        self.svar(nummer)?.gjeldende.filter(|gjeldende| *gjeldende != nummer)
    }

    fn eget(&self, nummer: K) -> Option<&Svar> {
        self.svar.get(&nummer)?.iter().max_by_key(|svar| svar.rang())
    }

    /// The answers in force, on any number, that mention a number.
    fn som_nevner(&self, nummer: K) -> impl Iterator<Item = &Svar> {
        let om = self.nevnt.get(&nummer).into_iter().flatten().filter_map(|om| self.eget(*om));
        om.filter(move |svar| svar.numre().any(|(k, ..)| k == nummer))
    }

    /// The numbers that the answers on a number mention.
    fn nevnte(&self, nummer: K) -> BTreeSet<K> {
        self.svar.get(&nummer).into_iter().flatten().flat_map(|svar| svar.numre().map(|(k, ..)| k)).collect()
    }
}
