//! A register that does what it is told, and remembers what it was asked.

use async_trait::async_trait;
use flow::{Feedside, Personregister, Refused, RegisterError, Registerhendelse, SourceError};
use folkeregister::{
    Graderingsnivaa, Identifikatorstatus, Identifikatortype, Personidentifikator, Personnavn, Personstatus,
    Registerperson,
};
use identitet::Skjermet;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Barrier;

/// What is wrong with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Nede {
    Borte,
    Avviser,
    Bremser(Duration),
}

#[derive(Default)]
pub struct Tilstand {
    pub hendelser: BTreeMap<i64, (String, Option<Timestamp>)>,
    pub personer: BTreeMap<String, Registerperson>,
    /// The first event that is not deleted.
    pub eldste: i64,
    /// Events on a page.
    pub side: usize,
    /// Numbers in a look-up.
    pub maks: usize,
    pub uleselige: BTreeSet<String>,
    pub nede: Option<Nede>,
    /// Pages from here on are never answered.
    pub taus_fra: Option<i64>,
    /// Look-ups are never answered.
    pub taus: bool,
    /// The next look-ups meet here.
    pub mote: Option<Arc<Barrier>>,
    /// Every question.
    pub spurt: Vec<Vec<String>>,
    pub sider: u64,
    pub tomme: u64,
    pub bedt_om_taus: u64,
}

#[derive(Clone)]
pub struct Falsk {
    feed: &'static str,
    t: Arc<Mutex<Tilstand>>,
}

impl Falsk {
    pub fn ny(feed: &'static str) -> Self {
        let t = Tilstand { side: 1000, maks: 1000, ..Tilstand::default() };
        Self { feed, t: Arc::new(Mutex::new(t)) }
    }

    /// The same register, with another feed.
    pub fn med_feed(&self, feed: &'static str) -> Self {
        Self { feed, t: self.t.clone() }
    }

    pub fn t(&self) -> MutexGuard<'_, Tilstand> {
        self.t.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The register knows a person by this number and others; `versjon` tells one answer from another.
    pub fn person(&self, nummer: &str, versjon: u32, andre: &[&str]) {
        let identifikator = |n: &&str| Personidentifikator {
            foedsels_eller_d_nummer: (*n).into(),
            identifikatortype: Identifikatortype::Foedselsnummer,
            status: if *n == nummer { Identifikatorstatus::IBruk } else { Identifikatorstatus::Opphoert },
        };
        let person = Registerperson {
            funnet: true,
            identifikasjonsnummer: [nummer].iter().chain(andre).map(identifikator).collect(),
            status: Personstatus::Bosatt,
            navn: Some(Personnavn {
                fornavn: Some("PRØVE".into()),
                mellomnavn: None,
                etternavn: Some(Skjermet::new(format!("VERSJON{versjon}"))),
            }),
            foedselsdato: None,
            graderingsnivaa: Graderingsnivaa::Ugradert,
            ..Registerperson::ukjent(nummer.into())
        };
        self.t().personer.insert(nummer.to_owned(), person);
    }

    pub fn sier(&self, nummer: &str) -> Registerperson {
        self.t().personer.get(nummer).cloned().unwrap_or_else(|| Registerperson::ukjent(nummer.into()))
    }

    /// An event; the register was updated at `tid`.
    pub fn hendelse(&self, sekvens: i64, nummer: &str, tid: Option<Timestamp>) {
        self.t().hendelser.insert(sekvens, (nummer.to_owned(), tid));
    }

    /// How often the feed has been found to be at its end.
    pub fn tomme(&self) -> u64 {
        self.t().tomme
    }

    pub fn alle_spurte(&self) -> BTreeSet<String> {
        self.t().spurt.iter().flatten().cloned().collect()
    }

    /// How often a number has been asked about.
    pub fn ganger(&self, nummer: &str) -> usize {
        self.t().spurt.iter().flatten().filter(|n| *n == nummer).count()
    }

    fn oppe(&self) -> Result<(), RegisterError> {
        let system = || self.feed.to_owned();
        Err(RegisterError::Source(match self.t().nede {
            None => return Ok(()),
            Some(Nede::Borte) => SourceError::Unreachable { system: system(), hint: "no answer".into() },
            Some(Nede::Avviser) => SourceError::Denied { system: system(), hint: "check the package".into() },
            Some(Nede::Bremser(wait)) => SourceError::Throttled { system: system(), wait },
        }))
    }

    fn side(&self, fra: i64) -> Result<Option<Feedside>, RegisterError> {
        let mut t = self.t();
        if t.taus_fra.is_some_and(|taus| fra >= taus) {
            t.bedt_om_taus += 1;
            return Ok(None);
        }
        if fra < t.eldste {
            return Err(RegisterError::ForGammelt { system: self.feed.to_owned() });
        }
        let hendelse = |(sekvens, (nummer, ajourhold)): (&i64, &(String, Option<Timestamp>))| Registerhendelse {
            sekvens: *sekvens,
            nummer: nummer.as_str().into(),
            ajourhold: *ajourhold,
        };
        let hendelser: Vec<_> = t.hendelser.range(fra..).take(t.side).map(hendelse).collect();
        let (neste, innhentet) = (hendelser.last().map_or(fra, |h| h.sekvens + 1), hendelser.is_empty());
        t.sider += 1;
        t.tomme += u64::from(innhentet);
        Ok(Some(Feedside { hendelser, refused: vec![], findings: vec![], neste, innhentet }))
    }
}

#[async_trait]
impl Personregister for Falsk {
    fn name(&self) -> &str {
        "freg"
    }

    fn feed(&self) -> &str {
        self.feed
    }

    async fn siste(&self) -> Result<i64, RegisterError> {
        self.oppe()?;
        Ok(self.t().hendelser.keys().next_back().copied().unwrap_or(0))
    }

    async fn hendelser(&self, fra: i64) -> Result<Feedside, RegisterError> {
        self.oppe()?;
        match self.side(fra)? {
            Some(side) => Ok(side),
            None => std::future::pending().await,
        }
    }

    fn maks_oppslag(&self) -> usize {
        self.t().maks
    }

    async fn personer(
        &self,
        numre: &[Skjermet<String>],
    ) -> Result<Vec<Result<Registerperson, Refused>>, RegisterError> {
        self.oppe()?;
        let (taus, mote) = {
            let mut t = self.t();
            assert!(numre.len() <= t.maks, "no more than may be asked about at once");
            t.spurt.push(numre.iter().map(|n| n.vis().clone()).collect());
            t.bedt_om_taus += u64::from(t.taus);
            (t.taus, t.mote.clone())
        };
        if taus {
            return std::future::pending().await;
        }
        if let Some(mote) = mote {
            mote.wait().await;
        }
        let svar = |nummer: &Skjermet<String>| {
            if self.t().uleselige.contains(nummer.vis()) {
                let raw = nummer.vis().as_bytes().to_vec();
                return Err(Refused { samling: "oppslag", code: "unreadable-person", field: "status".into(), raw });
            }
            Ok(self.sier(nummer.vis()))
        };
        Ok(numre.iter().map(svar).collect())
    }
}
