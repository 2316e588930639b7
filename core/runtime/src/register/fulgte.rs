//! Who is followed: the numbers that stand or have stood on a list, and the other numbers of the same people.
//!
//! Nobody gets in here but from a list or from an answer about somebody on one. It is what keeps the register from being
//! copied: a number that is not here is forgotten as soon as it has been read.

use folkeregister::Registerperson;
use hendelse::{K, Kildenavn, Tenantnokkel};
use identitet::Skjermet;
use liste::kan_sta_i_registeret;
use std::collections::{BTreeSet, HashMap, hash_map::Entry};

/// The object's type in subjects.
pub(super) const TYPE: &str = "registerperson";

/// A number that is asked about.
struct Spurt {
    nummer: Skjermet<String>,
    /// Fingerprint of the answer that KILDE holds.
    avtrykk: Option<u128>,
    /// The person's other numbers, by that answer.
    andre: Vec<K>,
}

/// The numbers that are followed, by their keyed hashes.
pub(super) struct Fulgte {
    navn: Kildenavn,
    nokkel: Tenantnokkel,
    spurte: HashMap<K, Spurt>,
    /// Who is asked about when an event names a number: itself, or those whose answers hold it.
    fort_til: HashMap<K, BTreeSet<K>>,
    venter: BTreeSet<K>,
}

impl Fulgte {
    pub fn ny(navn: Kildenavn, nokkel: Tenantnokkel) -> Self {
        Self { navn, nokkel, spurte: HashMap::new(), fort_til: HashMap::new(), venter: BTreeSet::new() }
    }

    fn k(&self, nummer: &str) -> K {
        self.nokkel.k(&[self.navn.as_str(), TYPE, nummer])
    }

    /// A number that stands on a list. True when it is new and must be asked about.
    pub fn pa_liste(&mut self, nummer: &Skjermet<String>) -> bool {
        if !kan_sta_i_registeret(nummer.vis()) {
            return false;
        }
        let k = self.k(nummer.vis());
        let ny = self.folg(k, nummer);
        if ny {
            self.venter.insert(k);
        }
        ny
    }

    fn folg(&mut self, k: K, nummer: &Skjermet<String>) -> bool {
        let Entry::Vacant(plass) = self.spurte.entry(k) else { return false };
        plass.insert(Spurt { nummer: nummer.clone(), avtrykk: None, andre: Vec::new() });
        self.fort_til.entry(k).or_default().insert(k);
        true
    }

    /// An answer, as KILDE holds it or is about to.
    pub fn svart(&mut self, person: &Registerperson, avtrykk: u128) {
        let k = self.k(person.nummer.vis());
        self.folg(k, &person.nummer);
        self.venter.remove(&k);
        let numre = person.identifikasjonsnummer.iter().map(|n| n.foedsels_eller_d_nummer.vis());
        let andre: Vec<K> = numre.map(|n| self.k(n)).filter(|annen| *annen != k).collect();
        let Some(spurt) = self.spurte.get_mut(&k) else { return };
        spurt.avtrykk = Some(avtrykk);
        let for_dette = std::mem::replace(&mut spurt.andre, andre.clone());
        for annen in for_dette {
            if let Entry::Occupied(mut hvem) = self.fort_til.entry(annen) {
                hvem.get_mut().remove(&k);
                if hvem.get().is_empty() {
                    hvem.remove();
                }
            }
        }
        for annen in andre {
            self.fort_til.entry(annen).or_default().insert(k);
        }
    }

    /// An answer that could not be used: what was known stays.
    pub fn ubesvart(&mut self, k: &K) {
        self.venter.remove(k);
    }

    /// An event about a number. False when it is none of ours.
    pub fn hendelse(&mut self, nummer: &Skjermet<String>) -> bool {
        let Some(hvem) = self.fort_til.get(&self.k(nummer.vis())) else { return false };
        self.venter.extend(hvem);
        true
    }

    /// Asks about one again, if it is followed.
    pub fn sporr(&mut self, k: K) {
        if self.spurte.contains_key(&k) {
            self.venter.insert(k);
        }
    }

    /// Asks about everybody.
    pub fn sporr_alle(&mut self) {
        self.venter.extend(self.spurte.keys());
    }

    /// Those to ask about next.
    pub fn neste(&self, antall: usize) -> Vec<(K, Skjermet<String>)> {
        let nummer = |k: &K| self.spurte.get(k).map(|s| (*k, s.nummer.clone()));
        self.venter.iter().filter_map(nummer).take(antall).collect()
    }

    pub fn venter(&self) -> usize {
        self.venter.len()
    }

    pub fn avtrykk(&self, k: &K) -> Option<u128> {
        self.spurte.get(k).and_then(|s| s.avtrykk)
    }

    pub fn antall(&self) -> usize {
        self.spurte.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use folkeregister::{Identifikatorstatus, Identifikatortype, Personidentifikator};
    use identitet::{Grunnlag, tenor_nummer};

    fn fulgte() -> Fulgte {
        Fulgte::ny("freg".parse().unwrap(), Tenantnokkel::fra_hex(&"0a".repeat(32)).unwrap())
    }

    fn nummer(grunnlag: Grunnlag, dag: u8) -> Skjermet<String> {
        (500..900).find_map(|i| tenor_nummer(grunnlag, 2011, 3, dag, i)).unwrap().verdi().clone()
    }

    fn person(nummer: &Skjermet<String>, andre: &[&Skjermet<String>]) -> Registerperson {
        let identifikator = |n: &&Skjermet<String>| Personidentifikator {
            foedsels_eller_d_nummer: (*n).clone(),
            identifikatortype: Identifikatortype::Foedselsnummer,
            status: Identifikatorstatus::IBruk,
        };
        let identifikasjonsnummer = andre.iter().map(identifikator).collect();
        Registerperson { funnet: true, identifikasjonsnummer, ..Registerperson::ukjent(nummer.clone()) }
    }

    fn spurte(f: &Fulgte) -> Vec<Skjermet<String>> {
        f.neste(100).into_iter().map(|(_, n)| n).collect()
    }

    #[test]
    fn a_stranger_is_nobody_and_a_number_of_no_register_is_not_asked_about() {
        let mut f = fulgte();
        assert!(!f.hendelse(&nummer(Grunnlag::Fnr, 1)));
        for annet in ["", "05420399021", "81234567890", "tull"] {
            assert!(!f.pa_liste(&annet.into()), "{annet}");
        }
        assert_eq!((f.venter(), f.antall()), (0, 0));
    }

    #[test]
    fn an_event_on_the_old_or_the_new_number_asks_about_the_one_on_the_list() {
        let (d, ny) = (nummer(Grunnlag::Dnr, 2), nummer(Grunnlag::Fnr, 2));
        let mut f = fulgte();
        assert!(f.pa_liste(&d) && !f.pa_liste(&d));
        assert_eq!(spurte(&f), std::slice::from_ref(&d));
        f.svart(&person(&d, &[&d, &ny]), 1);
        assert_eq!(f.venter(), 0);
        for hendelse in [&d, &ny] {
            assert!(f.hendelse(hendelse));
            assert_eq!(spurte(&f), std::slice::from_ref(&d));
            f.svart(&person(&d, &[&d, &ny]), 1);
        }
        // A split takes the other number away again.
        f.svart(&person(&d, &[&d]), 2);
        assert!(!f.hendelse(&ny));
        assert!(f.hendelse(&d));
    }

    #[test]
    fn a_thousand_events_about_one_are_one_question() {
        let (en, to) = (nummer(Grunnlag::Fnr, 3), nummer(Grunnlag::Fnr, 4));
        let mut f = fulgte();
        for n in [&en, &to] {
            f.pa_liste(n);
            f.svart(&person(n, &[n]), 1);
        }
        for _ in 0..1000 {
            assert!(f.hendelse(&en));
        }
        assert_eq!(f.venter(), 1);
        f.sporr_alle();
        assert_eq!(f.venter(), 2);
    }
}
