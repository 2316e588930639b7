//! Vigilo as an integrator meets it: OneRoster 1.2 with the Norwegian Profile, read-only, behind OAuth2 client
//! credentials; or, with [`Utgave::V1p1`], the same people in the older shapes.
//!
//! The simulator checks queries as a strict provider does, and can be driven in two ways: the people change
//! ([`Endring`]), and the service misbehaves ([`Feil`]). Other servers are Vigilo with standing faults ([`Dialekt`]), and
//! a [`Kampanje`] is a random history of both.

mod admin;
mod config;
mod dialekt;
mod elevkort;
mod endring;
mod feil;
mod feilplan;
mod filter;
mod forstyrr;
mod forvansk;
mod hjelper;
mod hoder;
mod http;
mod imsx;
mod innlesing;
mod kampanje;
mod kropp;
mod morgen;
mod pilotfil;
mod rullering;
mod samling;
mod side;
mod sporring;
mod tilstand;
mod token;
mod underveis;
mod uro;
mod utfor;
mod virkning;
mod vis;
mod vis_bruker;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::Ordering},
};

pub use config::{Metadataform, Utgave, VigiloConfig};
pub use dialekt::Dialekt;
pub use endring::{Endring, Endringsfeil};
pub use feil::{Feil, Feilform, Filtersvar, Tidsform, Underveis};
pub use feilplan::Feilplan;
pub use kampanje::{Hendelse, Kampanje, Kampanjesteg};
pub use pilotfil::{Skrivemate, pilotfil};
pub use samling::Samling;
use tilstand::Tilstand;
pub use virkning::Virkning;

use crate::{Klokke, generator::Kommune, server::Server};

/// A running Vigilo for one tenant. Stops when dropped.
#[derive(Debug)]
pub struct Vigilo {
    server: Server,
    indre: Arc<Indre>,
}

/// What handlers and the handle share.
#[derive(Debug)]
pub(crate) struct Indre {
    config: VigiloConfig,
    base_url: String,
    tilstand: Mutex<Tilstand>,
    feil: Mutex<Vec<Feilplan>>,
    tokens: token::Tokens,
    utvalg: side::Utvalg,
    trafikk: forstyrr::Trafikk,
    kall: std::sync::atomic::AtomicU64,
}

impl Indre {
    fn tilstand(&self) -> MutexGuard<'_, Tilstand> {
        self.tilstand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn feil(&self) -> MutexGuard<'_, Vec<Feilplan>> {
        self.feil.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn visning(&self, tidsform: Tidsform) -> vis::Visning {
        let VigiloConfig { utgave, metadataform, .. } = self.config;
        vis::Visning { url: self.oneroster_url(), utgave, metadataform, tidsform }
    }

    fn oneroster_url(&self) -> String {
        format!("{}/{}{}", self.base_url, self.config.kommune.domene, self.config.utgave.sti())
    }
}

impl Vigilo {
    /// Binds loopback and serves the municipality of the configuration.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn start(config: VigiloConfig) -> anyhow::Result<Self> {
        let port = config.port;
        let mut delt = None;
        let server = Server::start(port, |base_url| {
            let indre = Arc::new(Indre::ny(config, base_url));
            delt = Some(Arc::clone(&indre));
            http::rute(indre)
        })
        .await?;
        let indre = delt.expect("the router is made before the server starts");
        tracing::info!(base_url = server.base_url(), "vigilo simulator listens");
        Ok(Self { server, indre })
    }

    /// `http://127.0.0.1:<port>`.
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }

    /// Where the collections lie: base URL, tenant and OneRoster's path, without a slash at the end.
    pub fn oneroster_url(&self) -> String {
        self.indre.oneroster_url()
    }

    /// The token endpoint.
    pub fn token_url(&self) -> String {
        format!("{}{}", self.base_url(), token::STI)
    }

    /// The clock behind `dateLastModified` and the lifetime of tokens.
    pub fn klokke(&self) -> &Klokke {
        &self.indre.config.klokke
    }

    /// Carries out changes in order; all that came before a faulty one remain.
    ///
    /// # Errors
    /// At the first change that names a pupil, class or school that is not there.
    pub fn endre(&self, endringer: &[Endring]) -> Result<(), Endringsfeil> {
        self.indre.endre(endringer)
    }

    /// A morning of changes among the tenth-graders, the same for the same seed and state. Nothing is changed yet.
    pub fn morgen(&self, seed: u64) -> Vec<Endring> {
        morgen::morgen(&mut self.indre.tilstand(), seed)
    }

    /// Adds a fault.
    pub fn feil(&self, plan: impl Into<Feilplan>) {
        self.indre.feil().push(plan.into());
    }

    /// Removes every fault.
    pub fn fjern_feil(&self) {
        self.indre.feil().clear();
    }

    /// Makes every token that has been issued invalid.
    pub fn trekk_tilbake_tokens(&self) {
        self.indre.tokens.trekk_tilbake();
    }

    /// How many tokens have been issued.
    pub fn tokens_utstedt(&self) -> u64 {
        self.indre.tokens.utstedt()
    }

    /// How many requests the collections have had, refused ones included.
    pub fn kall(&self) -> u64 {
        self.indre.kall.load(Ordering::Relaxed)
    }

    /// Rows in a collection, rows marked `tobedeleted` included.
    pub fn antall(&self, samling: Samling) -> usize {
        self.indre.tilstand().ider(samling).len()
    }

    /// The rows of a collection as they are served when nothing is wrong, in order of sourcedId: what a client's copy is
    /// to be compared with.
    pub fn rader(&self, samling: Samling) -> Vec<serde_json::Value> {
        let v = self.indre.visning(Tidsform::default());
        let tilstand = self.indre.tilstand();
        tilstand.ider(samling).into_iter().filter_map(|id| tilstand.vis(samling, id, &v)).collect()
    }

    /// Active pupil objects in tenth grade per organisation number: what the reconciliation must add up to.
    pub fn tiende_per_skole(&self) -> BTreeMap<String, usize> {
        self.indre.tilstand().tiende_per_skole()
    }

    /// The municipality as it was when the simulator started: schools, classes, planted flaws.
    pub fn kommune(&self) -> &Kommune {
        &self.indre.config.kommune
    }

    /// Closes the port and every connection.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}
