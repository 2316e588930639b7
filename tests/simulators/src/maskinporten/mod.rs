//! Maskinporten as Digdir documents it: `POST /token` turns a signed JWT grant into an access token, and the keys that
//! sign those tokens are at `/jwks`.
//!
//! Everything a grant can do wrong is refused with Maskinporten's own code (`MP-nnn`).

mod config;
mod feil;
mod grant;
mod http;
mod klient;
mod nokkel;
mod sertifikat;
mod token;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Timestamp;

pub use config::{Delegering, Klient, Klientnokkel, MaskinportenConfig, Systembruker};
pub use feil::Feil;
pub use grant::GRANT_TYPE;
pub use klient::TestKlient;
pub use nokkel::Rsanokkel;

use crate::{Klokke, server::Server};

/// A running Maskinporten. Stops when dropped.
#[derive(Debug)]
pub struct Maskinporten {
    server: Server,
    indre: Arc<Indre>,
}

/// What handlers and the handle share.
#[derive(Debug)]
pub(crate) struct Indre {
    config: MaskinportenConfig,
    utsteder: String,
    klienter: Mutex<Vec<Klient>>,
    /// The first one signs; the others are still published.
    nokler: Mutex<Vec<Arc<Rsanokkel>>>,
    /// Used jti values, by client, until the grant would have expired.
    brukte_jti: Mutex<HashMap<(String, String), Timestamp>>,
    feil: Mutex<Option<Feil>>,
    utstedt: AtomicU64,
    kall: AtomicU64,
    nokkelnr: AtomicU64,
}

pub(crate) fn laas<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Maskinporten {
    /// Makes a signing key, binds loopback, and serves the clients of the configuration.
    ///
    /// # Errors
    /// When the port is taken, or no key can be made.
    pub async fn start(config: MaskinportenConfig) -> anyhow::Result<Self> {
        let forste = Arc::new(Rsanokkel::lag("sim-maskinporten-1")?);
        let port = config.port;
        let mut delt = None;
        let server = Server::start(port, |base_url| {
            let indre = Arc::new(Indre {
                utsteder: config.utsteder.clone().unwrap_or_else(|| format!("{base_url}/")),
                klienter: Mutex::new(config.klienter.clone()),
                nokler: Mutex::new(vec![forste]),
                brukte_jti: Mutex::default(),
                feil: Mutex::default(),
                utstedt: AtomicU64::new(0),
                kall: AtomicU64::new(0),
                nokkelnr: AtomicU64::new(1),
                config,
            });
            delt = Some(Arc::clone(&indre));
            http::rute(indre, base_url)
        })
        .await?;
        let indre = delt.expect("the router is made before the server starts");
        tracing::info!(base_url = server.base_url(), "maskinporten simulator listens");
        Ok(Self { server, indre })
    }

    /// `http://127.0.0.1:<port>`.
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }

    /// The issuer: what a grant's `aud` and a token's `iss` must be, slash at the end.
    pub fn utsteder(&self) -> &str {
        &self.indre.utsteder
    }

    /// The token endpoint.
    pub fn token_url(&self) -> String {
        format!("{}/token", self.base_url())
    }

    /// The key set.
    pub fn jwks_url(&self) -> String {
        format!("{}/jwks", self.base_url())
    }

    /// The clock.
    pub fn klokke(&self) -> &Klokke {
        &self.indre.config.klokke
    }

    /// Registers one more client.
    pub fn registrer(&self, klient: Klient) {
        laas(&self.indre.klienter).push(klient);
    }

    /// How many access tokens have been issued.
    pub fn tokens_utstedt(&self) -> u64 {
        self.indre.utstedt.load(Ordering::Relaxed)
    }

    /// How many times the token endpoint has been called.
    pub fn kall(&self) -> u64 {
        self.indre.kall.load(Ordering::Relaxed)
    }

    /// Signs with a new key from now on. The old keys stay published unless `behold_gamle` is false, as after a leak.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn roter_nokkel(&self, behold_gamle: bool) -> anyhow::Result<()> {
        let nr = self.indre.nokkelnr.fetch_add(1, Ordering::Relaxed) + 1;
        let ny = Arc::new(Rsanokkel::lag(&format!("sim-maskinporten-{nr}"))?);
        let mut nokler = laas(&self.indre.nokler);
        if !behold_gamle {
            nokler.clear();
        }
        nokler.insert(0, ny);
        Ok(())
    }

    /// Sets or removes a fault.
    pub fn feil(&self, feil: Option<Feil>) {
        *laas(&self.indre.feil) = feil;
    }

    /// An access token with any claims at all, signed with the current key: what a receiver must be able to refuse.
    /// A claim given here replaces the usual one; `null` removes it.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn signer_token(&self, krav: &serde_json::Value) -> anyhow::Result<String> {
        self.indre.fritt_token(krav)
    }

    /// Closes the port and every connection.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}
