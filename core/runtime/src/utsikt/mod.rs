//! Every list as it stands now, in memory, for those who show it.
//!
//! [`Utsikt`] follows LISTE, INNSENDING and INNSAMLING, and the clock, and keeps each list with its ledger and a small
//! [`Sammendrag`] of it. No page reads a stream: an entry in a ledger costs that one list's picture, once. What is here can
//! be thrown away and read again; nothing is decided by it. Acts read afresh.
//!
//! It knows nothing of who may see what. That is [`crate::adgang`], through which alone anything of it reaches a person.

mod folg;
mod kilder;
mod minne;
#[cfg(test)]
pub(crate) mod prover;
mod rettelser;
mod sammendrag;
mod skjermede;

pub use kilder::Kildebilde;
pub use minne::Rundebilde;
pub use sammendrag::{Bokstand, Klassetall, Rettet, Sammendrag, Sistgodkjent};

pub(crate) use minne::{Oppslag, siste_skole};
pub(crate) use skjermede::siste_ord;

use crate::adgang::Nylig;
use crate::program::Vekking;
use crate::sammenheng::Sammenheng;
use crate::trinn::Omgivelse;
use elevliste::{Listenokkel, Rundenokkel};
use hendelse::{Kildenavn, Tenant};
use kilder::Kilder;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Changes that a slow listener may be behind before it is told to look at everything.
const ETTERSLEP: usize = 1024;

/// What an [`Utsikt`] must know that is not in the streams.
#[derive(Clone, Default)]
pub struct Utsiktsvalg {
    /// The sources that there are.
    pub kilder: Vec<(Tenant, Kildenavn)>,
    /// What wakes those of this process.
    pub vekking: Vekking,
}

/// Something that has changed.
#[derive(Clone)]
pub(crate) enum Hending {
    /// A list: as it was shown before and is now.
    Liste(Listenokkel, [Option<Arc<Sammendrag>>; 2]),
    /// A round.
    Runde(Rundenokkel),
    /// Possibly anything.
    Alt,
}

/// What is shown now.
#[derive(Default)]
struct Vist {
    lister: BTreeMap<Listenokkel, Oppslag>,
    runder: BTreeMap<Rundenokkel, Arc<Rundebilde>>,
}

struct Indre {
    om: Omgivelse,
    rundt: Sammenheng,
    vist: RwLock<Vist>,
    /// Whether everything has been read once; told again at each change.
    klar: watch::Sender<bool>,
    hendinger: broadcast::Sender<Hending>,
    kilder: Kilder,
    nylig: Nylig,
    skjermede: skjermede::Husket,
}

/// The lists in memory. Cheap to clone.
#[derive(Clone)]
pub struct Utsikt(Arc<Indre>);

impl Utsikt {
    /// Begins to read, and follows until `stopp`.
    pub fn start(om: Omgivelse, rundt: Sammenheng, valg: Utsiktsvalg, stopp: CancellationToken) -> Self {
        let utsikt = Self(Arc::new(Indre {
            om,
            rundt,
            vist: RwLock::default(),
            klar: watch::Sender::new(false),
            hendinger: broadcast::Sender::new(ETTERSLEP),
            kilder: Kilder::ny(valg),
            nylig: Nylig::default(),
            skjermede: skjermede::Husket::default(),
        }));
        tokio::spawn(kilder::folg(utsikt.clone(), stopp.clone()));
        tokio::spawn(folg::kjor(utsikt.clone(), stopp));
        utsikt
    }

    /// Whether everything that was there at the start has been read.
    pub fn klar(&self) -> bool {
        *self.0.klar.borrow()
    }

    /// Waits until it has.
    pub async fn til_klar(&self) {
        let mut klar = self.0.klar.subscribe();
        klar.wait_for(|klar| *klar).await.expect("the sender is in the same value");
    }

    /// Waits, at most so long, until a ledger has been read up to this sequence. False when it has not been.
    pub async fn vent_til(&self, nokkel: &Listenokkel, sekvens: u64, hoyst: Duration) -> bool {
        self.vent(hoyst, |vist| vist.lister.get(nokkel).is_some_and(|o| o.sammendrag.sekvens >= sekvens)).await
    }

    /// The same of a round.
    pub(crate) async fn vent_til_runde(&self, nokkel: Rundenokkel, sekvens: u64, hoyst: Duration) -> bool {
        self.vent(hoyst, |vist| vist.runder.get(&nokkel).is_some_and(|r| r.sak.sekvens >= sekvens)).await
    }

    async fn vent(&self, hoyst: Duration, sant: impl Fn(&Vist) -> bool + Send) -> bool {
        let mut endret = self.0.klar.subscribe();
        let venter = async {
            while !sant(&self.vist()) {
                endret.changed().await.expect("the sender is in the same value");
            }
        };
        tokio::time::timeout(hoyst, venter).await.is_ok()
    }

    /// The log and the clock.
    pub fn omgivelse(&self) -> &Omgivelse {
        &self.0.om
    }

    /// What is known around lists.
    pub fn sammenheng(&self) -> &Sammenheng {
        &self.0.rundt
    }

    /// Every list in numbers, whoever's: for the program's own loops, never for a person.
    pub fn alle(&self) -> Vec<Arc<Sammendrag>> {
        self.vist().lister.values().map(|o| o.sammendrag.clone()).collect()
    }

    pub(crate) fn oppslag(&self, nokkel: &Listenokkel) -> Option<Oppslag> {
        self.vist().lister.get(nokkel).cloned()
    }

    pub(crate) fn runder(&self) -> Vec<(Rundenokkel, Arc<Rundebilde>)> {
        self.vist().runder.iter().map(|(nokkel, runde)| (*nokkel, runde.clone())).collect()
    }

    pub(crate) fn hendinger(&self) -> broadcast::Receiver<Hending> {
        self.0.hendinger.subscribe()
    }

    /// Everybody who is protected on any list now.
    pub(crate) fn skjermede(&self) -> BTreeSet<Uuid> {
        self.vist().lister.values().flat_map(|o| o.sak.liste.skjermede.iter().copied()).collect()
    }

    /// What was shown to whom lately.
    pub(crate) fn nylig(&self) -> &Nylig {
        &self.0.nylig
    }

    pub(crate) fn vekk_kilde(&self, tenant: &Tenant, kilde: &Kildenavn) -> bool {
        self.0.kilder.vekk(tenant, kilde)
    }

    pub(crate) fn kilder(&self) -> &Kilder {
        &self.0.kilder
    }

    fn vist(&self) -> RwLockReadGuard<'_, Vist> {
        self.0.vist.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn skriv(&self) -> RwLockWriteGuard<'_, Vist> {
        self.0.vist.write().unwrap_or_else(PoisonError::into_inner)
    }
}
