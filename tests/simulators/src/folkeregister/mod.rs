//! Folkeregisteret as an integrator meets it: the feed of events, look-ups and bulk look-ups, in Skatteetaten's shape of
//! address (one per package) and in KS Fiks' (a role), on one port.
//!
//! The people have addresses, so that an address that leaks can be seen. The simulator can be driven in two ways:
//! something happens to the people ([`Handling`]), and the service misbehaves ([`Feil`]).

mod admin;
mod config;
mod element;
mod feed;
mod feil;
mod handling;
mod http;
mod oppslag;
mod person;
mod register;
mod svar;
mod tilgang;
mod tilstand;

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

pub use config::{Fiksrolle, FolkeregisterConfig, Utsteder};
pub use feil::{Feil, Feilform, Feilplan, Ressurs};
pub use handling::{Gradering, Handling, Handlingsfeil};
use tilstand::Tilstand;

use crate::{Klokke, server::Server};

/// A running Folkeregister. Stops when dropped.
#[derive(Debug)]
pub struct Folkeregister {
    server: Server,
    indre: Arc<Indre>,
}

/// What handlers and the handle share.
#[derive(Debug)]
pub(crate) struct Indre {
    config: FolkeregisterConfig,
    tilgang: tilgang::Tilgang,
    tilstand: Mutex<Tilstand>,
    feil: Mutex<feil::Feilliste>,
    kall: [AtomicU64; Ressurs::ALLE.len()],
}

fn laas<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Folkeregister {
    /// Binds loopback and serves the people of the configuration.
    ///
    /// # Errors
    /// When the port is taken, or no HTTP client can be made to fetch keys with.
    pub async fn start(config: FolkeregisterConfig) -> anyhow::Result<Self> {
        let port = config.port;
        let indre = Arc::new(Indre {
            tilgang: tilgang::Tilgang::ny()?,
            tilstand: Mutex::new(Tilstand::ny(&config)),
            feil: Mutex::new(feil::Feilliste::ny(config.seed)),
            kall: Default::default(),
            config,
        });
        let server = Server::start(port, |_| http::rute(Arc::clone(&indre))).await?;
        tracing::info!(base_url = server.base_url(), "folkeregister simulator listens");
        Ok(Self { server, indre })
    }

    /// `http://127.0.0.1:<port>`: the environment's address, for both shapes.
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }

    /// The clock behind the events' times and the lifetime of tokens.
    pub fn klokke(&self) -> &Klokke {
        &self.indre.config.klokke
    }

    /// Lets things happen, in order; all that came before a faulty one remain.
    ///
    /// # Errors
    /// At the first one that names a number that is not there, or that makes no sense for the person.
    pub fn utfor(&self, handlinger: &[Handling]) -> Result<(), Handlingsfeil> {
        let na = self.klokke().na();
        let mut tilstand = laas(&self.indre.tilstand);
        handlinger.iter().try_for_each(|handling| tilstand.utfor(handling, na))
    }

    /// The newest sequence number, whatever the faults say.
    pub fn siste(&self) -> i64 {
        laas(&self.indre.tilstand).feed.siste()
    }

    /// The number that the person with this number has now.
    pub fn gjeldende(&self, nummer: &str) -> Option<String> {
        laas(&self.indre.tilstand).register.finn(nummer)?.gjeldende().map(str::to_owned)
    }

    /// Every number the register knows, old ones included, in no particular order.
    pub fn numre(&self) -> Vec<String> {
        laas(&self.indre.tilstand).register.numre()
    }

    /// Adds a fault.
    pub fn feil(&self, plan: impl Into<Feilplan>) {
        laas(&self.indre.feil).legg_til(plan.into());
    }

    /// Removes every fault.
    pub fn fjern_feil(&self) {
        laas(&self.indre.feil).tom();
    }

    /// How many requests a resource has had, refused ones included.
    pub fn kall(&self, ressurs: Ressurs) -> u64 {
        self.indre.kall[ressurs as usize].load(Ordering::Relaxed)
    }

    /// Closes the port and every connection.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}
