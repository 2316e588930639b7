//! What is remembered of a package between its rows: ids as hashes, and the roles of `roles.csv`, sixteen bytes each.
//!
//! An id is kept as a 64-bit keyed hash with a key of its own for each package. Among a million ids two share one with a
//! probability of three in a hundred million, and nobody can look for such a pair without the key.

use crate::fil::Fil;
use jiff::civil::Date;
use oneroster::{Kildeid, Role};
use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::BuildHasher;

/// A role, as a row of `roles.csv` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rolle {
    /// A pupil's.
    Elev(Role),
    /// A pupil's, and no longer.
    Oppgitt,
    /// Somebody else's.
    Andre,
}

/// What is known of a user's roles.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rolleoppslag {
    /// There is no row.
    Ingen,
    /// One of the rows could not be read.
    Usikker,
    /// The user is no pupil.
    Andre,
    /// Where the user is a pupil; nowhere, if the roles are given up.
    Elev(Vec<Role>),
}

/// Everything that is remembered.
#[derive(Default)]
pub(crate) struct Indeks {
    nokkel: RandomState,
    /// The ids of each file, sorted.
    ider: BTreeMap<Fil, Vec<u64>>,
    /// Files that should have all there is.
    hele: HashSet<Fil>,
    /// Ids that stand on several rows with different content.
    konflikter: HashMap<Fil, HashSet<u64>>,
    /// Files with rows whose id could not be read.
    uten_id: HashSet<Fil>,
    kurs: HashMap<u64, Box<[String]>>,
    pub(crate) roller: Roller,
}

impl Indeks {
    pub(crate) fn avtrykk(&self, id: &str) -> u64 {
        self.nokkel.hash_one(id)
    }

    pub(crate) fn sett_ider(&mut self, fil: Fil, mut ider: Vec<u64>, hel: bool) {
        ider.sort_unstable();
        ider.shrink_to_fit();
        self.ider.insert(fil, ider);
        if hel {
            self.hele.insert(fil);
        }
    }

    pub(crate) fn sett_konflikter(&mut self, fil: Fil, konflikter: HashSet<u64>) {
        self.konflikter.insert(fil, konflikter);
    }

    pub(crate) fn sett_uten_id(&mut self, fil: Fil) {
        self.uten_id.insert(fil);
    }

    pub(crate) fn sett_kurs(&mut self, id: u64, trinn: Vec<String>) {
        self.kurs.insert(id, trinn.into());
    }

    /// Whether a file has a row with this id, readable or not.
    pub(crate) fn kjenner(&self, fil: Fil, id: &str) -> bool {
        self.ider.get(&fil).is_some_and(|ider| ider.binary_search(&self.avtrykk(id)).is_ok())
    }

    /// Whether a file that should have everything lacks this id.
    pub(crate) fn mangler(&self, fil: Fil, id: &str) -> bool {
        self.hele.contains(&fil) && !self.kjenner(fil, id)
    }

    pub(crate) fn i_konflikt(&self, fil: Fil, id: &str) -> bool {
        self.konflikter.get(&fil).is_some_and(|k| !k.is_empty() && k.contains(&self.avtrykk(id)))
    }

    pub(crate) fn har_uten_id(&self, fil: Fil) -> bool {
        self.uten_id.contains(&fil)
    }

    /// The grades of a course.
    pub(crate) fn kurstrinn(&self, kurs: &str) -> &[String] {
        self.kurs.get(&self.avtrykk(kurs)).map(|trinn| &**trinn).unwrap_or_default()
    }
}

const ANDRE: u32 = 1 << 31;
const OPPGITT: u32 = 1 << 30;
const PRIMAR: u32 = 1 << 29;

/// One role in sixteen bytes.
#[derive(Debug, Clone, Copy)]
struct Post {
    bruker: u64,
    /// The organisation's number, and flags.
    org: u32,
    /// Numbers of days; none is 0.
    fra: u16,
    til: u16,
}

/// The roles of `roles.csv`, by user.
#[derive(Default)]
pub(crate) struct Roller {
    poster: Vec<Post>,
    orgs: Vec<Kildeid>,
    dager: Vec<Date>,
    orgnummer: HashMap<String, u32>,
    dagnummer: HashMap<Date, u16>,
    usikre: HashSet<u64>,
    nokkel: RandomState,
}

impl Roller {
    pub(crate) fn ta_imot(&mut self, bruker: &str, rolle: Rolle) {
        let nokkel = self.nokkel.hash_one(bruker);
        let post = match rolle {
            Rolle::Andre => Some(Post { bruker: nokkel, org: ANDRE, fra: 0, til: 0 }),
            Rolle::Oppgitt => Some(Post { bruker: nokkel, org: OPPGITT, fra: 0, til: 0 }),
            Rolle::Elev(rolle) => self.post(nokkel, rolle),
        };
        match post {
            Some(post) => self.poster.push(post),
            // More schools or days than there are numbers: nothing a school system could mean.
            None => self.merk_usikker(bruker),
        }
    }

    fn post(&mut self, bruker: u64, rolle: Role) -> Option<Post> {
        let org = match self.orgnummer.get(rolle.org.vis()) {
            Some(nummer) => *nummer,
            None => {
                let nummer = u32::try_from(self.orgs.len()).ok().filter(|nummer| *nummer < PRIMAR)?;
                self.orgnummer.insert(rolle.org.vis().clone(), nummer);
                self.orgs.push(rolle.org);
                nummer
            }
        };
        let (fra, til) = (self.dag(rolle.begin_date)?, self.dag(rolle.end_date)?);
        Some(Post { bruker, org: org | if rolle.primary { PRIMAR } else { 0 }, fra, til })
    }

    fn dag(&mut self, dag: Option<Date>) -> Option<u16> {
        let Some(dag) = dag else { return Some(0) };
        if let Some(nummer) = self.dagnummer.get(&dag) {
            return Some(*nummer);
        }
        self.dager.push(dag);
        let nummer = u16::try_from(self.dager.len()).ok()?;
        self.dagnummer.insert(dag, nummer);
        Some(nummer)
    }

    /// A role of this user could not be read.
    pub(crate) fn merk_usikker(&mut self, bruker: &str) {
        self.usikre.insert(self.nokkel.hash_one(bruker));
    }

    /// Ends the taking in: what is needed only for that is given back.
    pub(crate) fn ferdig(&mut self) {
        // Stable: the order of a user's roles is the file's.
        self.poster.sort_by_key(|post| post.bruker);
        self.poster.shrink_to_fit();
        (self.orgnummer, self.dagnummer) = Default::default();
    }

    pub(crate) fn finn(&self, bruker: &str) -> Rolleoppslag {
        let nokkel = self.nokkel.hash_one(bruker);
        if self.usikre.contains(&nokkel) {
            return Rolleoppslag::Usikker;
        }
        let fra = self.poster.partition_point(|post| post.bruker < nokkel);
        let poster = self.poster[fra..].iter().take_while(|post| post.bruker == nokkel);
        let (mut noen, mut elev, mut roller) = (false, false, Vec::new());
        for post in poster {
            noen = true;
            elev |= post.org & ANDRE == 0;
            if post.org & (ANDRE | OPPGITT) == 0 {
                roller.push(self.rolle(post));
            }
        }
        match (noen, elev) {
            (false, _) => Rolleoppslag::Ingen,
            (true, false) => Rolleoppslag::Andre,
            (true, true) => Rolleoppslag::Elev(roller),
        }
    }

    fn rolle(&self, post: &Post) -> Role {
        let dag = |nummer: u16| (nummer > 0).then(|| self.dager[usize::from(nummer) - 1]);
        Role {
            org: self.orgs[(post.org & !PRIMAR) as usize].clone(),
            primary: post.org & PRIMAR != 0,
            begin_date: dag(post.fra),
            end_date: dag(post.til),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_role_takes_sixteen_bytes_and_comes_out_as_it_went_in() {
        assert_eq!(size_of::<Post>(), 16);
        let rolle = |org: &str, primary, til| Role { org: org.into(), primary, begin_date: None, end_date: til };
        let mut roller = Roller::default();
        let a = rolle("s1", true, None);
        let b = rolle("s2", false, Some(date(2027, 8, 1)));
        roller.ta_imot("elev", Rolle::Elev(a.clone()));
        roller.ta_imot("larer", Rolle::Andre);
        roller.ta_imot("elev", Rolle::Elev(b.clone()));
        roller.ta_imot("sluttet", Rolle::Oppgitt);
        roller.ta_imot("rar", Rolle::Elev(a.clone()));
        roller.merk_usikker("rar");
        roller.ferdig();
        assert_eq!(roller.finn("elev"), Rolleoppslag::Elev(vec![a, b]));
        assert_eq!(roller.finn("larer"), Rolleoppslag::Andre);
        assert_eq!(roller.finn("sluttet"), Rolleoppslag::Elev(vec![]));
        assert_eq!(roller.finn("rar"), Rolleoppslag::Usikker);
        assert_eq!(roller.finn("ukjent"), Rolleoppslag::Ingen);
    }
}
