//! An OpenID provider with people who do not exist: discovery, a page to choose one of them, tokens, keys that roll, and
//! logout in both directions.
//!
//! It asks for what ID-porten asks for: authorization code with PKCE (S256), state, nonce, and a client that proves who it
//! is by a secret or a signed assertion. There is no password and no session of its own: whoever opens the page chooses
//! who to be. That is what it is for, and the page says so.

mod autoriser;
mod config;
mod feil;
mod http;
mod idtoken;
mod klientbevis;
mod side;
mod tilstand;
mod token;
mod utlogging;

pub use config::{Klient, OidcConfig, Person};
pub use feil::Feil;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
use serde_json::Value;

use crate::{Klokke, maskinporten::Rsanokkel, server::Server};
use tilstand::Indre;

/// A running provider. Stops when dropped.
#[derive(Debug)]
pub struct Oidc {
    server: Server,
    indre: Arc<Indre>,
}

fn laas<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Oidc {
    /// Makes two signing keys, binds loopback, and serves the people and clients of the configuration.
    ///
    /// # Errors
    /// When the port is taken, or no key can be made.
    pub async fn start(config: OidcConfig) -> anyhow::Result<Self> {
        let nokler = vec![Arc::new(Rsanokkel::lag("sim-oidc-1")?), Arc::new(Rsanokkel::lag("sim-oidc-2")?)];
        let port = config.port;
        let mut delt = None;
        let server = Server::start(port, |base_url| {
            let indre = Arc::new(Indre::ny(config, base_url, nokler));
            delt = Some(Arc::clone(&indre));
            http::rute(indre)
        })
        .await?;
        let indre = delt.expect("the router is made before the server starts");
        tracing::info!(base_url = server.base_url(), "oidc simulator listens");
        Ok(Self { server, indre })
    }

    /// The issuer, which is its address too: `http://127.0.0.1:<port>`.
    pub fn utsteder(&self) -> &str {
        &self.indre.utsteder
    }

    /// The clock.
    pub fn klokke(&self) -> &Klokke {
        &self.indre.config.klokke
    }

    /// Registers one more client; it takes the place of one with the same id.
    pub fn registrer(&self, klient: Klient) {
        let mut klienter = laas(&self.indre.klienter);
        klienter.retain(|k| k.id != klient.id);
        klienter.push(klient);
    }

    /// Misbehaves from now on; `None` makes it well again.
    pub fn sett_feil(&self, feil: Option<Feil>) {
        *laas(&self.indre.feil) = feil;
    }

    /// Makes a new key that signs from now on; the oldest is taken out.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn roter_nokler(&self) -> anyhow::Result<()> {
        let mut nokler = laas(&self.indre.nokler);
        let nummer = self.indre.neste();
        nokler.insert(0, Arc::new(Rsanokkel::lag(&format!("sim-oidc-r{nummer}"))?));
        nokler.pop();
        Ok(())
    }

    /// How often the key set has been fetched.
    pub fn nokkelkall(&self) -> u64 {
        self.indre.nokkelkall.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// The sessions of a person: what `sid` names.
    pub fn okter(&self, sub: &str) -> Vec<String> {
        laas(&self.indre.okter).iter().filter(|o| o.sub == sub).map(|o| o.sid.clone()).collect()
    }

    /// Ends a person's sessions and tells every client that wants to hear, by the back channel. The statuses they gave.
    pub async fn logg_ut_bak(&self, sub: &str) -> Vec<u16> {
        utlogging::bak(&self.indre, &self.okter(sub)).await
    }

    /// The addresses that a page of the provider would load to end a person's sessions by the front channel.
    pub fn front_adresser(&self, sub: &str) -> Vec<String> {
        utlogging::front(&self.indre, &self.okter(sub))
    }

    /// A logout token that is in order, to be changed by a test before it is signed.
    pub fn utloggingskrav(&self, klient: &str, sub: &str, sid: Option<&str>) -> Value {
        utlogging::krav(&self.indre, klient, sub, sid)
    }

    /// Signs any claims with the key that signs now.
    ///
    /// # Errors
    /// When they cannot be signed.
    pub fn signer(&self, krav: &Value, typ: &str) -> anyhow::Result<String> {
        self.indre.signer(krav, typ).context("cannot sign")
    }

    /// Closes the port.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}
