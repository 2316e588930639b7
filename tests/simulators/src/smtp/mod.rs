//! A mail server that delivers to nobody and remembers everything: SMTP (RFC 5321) on loopback.
//!
//! It speaks EHLO, HELO, MAIL, RCPT, DATA with dot-stuffing, RSET, NOOP, VRFY, QUIT, SIZE (RFC 1870) and AUTH PLAIN
//! (RFC 4954), and says no in that order of things. It has no TLS: what is on loopback needs none. A letter counts as
//! remembered when it has come whole, whether or not the sender was told.

mod brev;
mod feil;
mod samtale;

pub use brev::Mottatt;
pub use feil::Feil;

use anyhow::Context as _;
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// What the server is like.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    /// Port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// The largest letter that it takes, in bytes.
    pub maks: usize,
    /// Who must sign in before he may send: user and password. None: anybody may.
    pub innlogging: Option<(String, String)>,
}

impl Default for SmtpConfig {
    fn default() -> Self {
        Self { port: 0, maks: 1024 * 1024, innlogging: None }
    }
}

/// What all conversations share.
#[derive(Debug, Default)]
struct Minne {
    brev: Vec<Mottatt>,
    feil: Vec<(Feil, u32)>,
    samtaler: u64,
}

#[derive(Debug)]
struct Delt {
    config: SmtpConfig,
    minne: Mutex<Minne>,
}

impl Delt {
    fn minne(&self) -> MutexGuard<'_, Minne> {
        self.minne.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Uses up one fault that fits.
    fn feil(&self, passer: impl Fn(&Feil) -> bool) -> Option<Feil> {
        let mut minne = self.minne();
        let plass = minne.feil.iter().position(|(feil, igjen)| *igjen > 0 && passer(feil))?;
        minne.feil[plass].1 -= 1;
        Some(minne.feil[plass].0.clone())
    }
}

/// A running mail server. Stops when dropped.
#[derive(Debug)]
pub struct Smtp {
    adresse: SocketAddr,
    delt: Arc<Delt>,
    stopp: CancellationToken,
}

impl Smtp {
    /// Binds `127.0.0.1` and listens.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn start(config: SmtpConfig) -> anyhow::Result<Self> {
        let port = config.port;
        let lytter = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .with_context(|| format!("cannot listen on 127.0.0.1:{port}; choose another port, or 0 for a free one"))?;
        let adresse = lytter.local_addr().context("cannot read the address that was bound")?;
        let delt = Arc::new(Delt { config, minne: Mutex::default() });
        let stopp = CancellationToken::new();
        tokio::spawn(lytt(lytter, delt.clone(), stopp.clone()));
        Ok(Self { adresse, delt, stopp })
    }

    /// Where it listens.
    pub const fn adresse(&self) -> SocketAddr {
        self.adresse
    }

    /// Every letter so far, the first first.
    pub fn brev(&self) -> Vec<Mottatt> {
        self.delt.minne().brev.clone()
    }

    /// How many conversations have begun.
    pub fn samtaler(&self) -> u64 {
        self.delt.minne().samtaler
    }

    /// Forgets every letter.
    pub fn glem(&self) {
        self.delt.minne().brev.clear();
    }

    /// Lets it fail so the next `ganger` times that it can.
    pub fn feil(&self, feil: Feil, ganger: u32) {
        self.delt.minne().feil.push((feil, ganger));
    }

    /// Makes it well again.
    pub fn frisk(&self) {
        self.delt.minne().feil.clear();
    }

    /// What a test drives it with over HTTP: `GET /_sim/brev` shows every letter, `POST /_sim/glem` forgets them,
    /// `POST /_sim/feil` takes `{"feil": {"type": "avvis", "adresse": "…"}, "ganger": 1}`, and `POST /_sim/frisk` ends
    /// every fault. To be served beside it, or as part of another simulator.
    pub fn rute(&self) -> Router {
        Router::new()
            .route("/_sim/brev", get(|State(delt): State<Arc<Delt>>| async move { Json(delt.minne().brev.clone()) }))
            .route("/_sim/glem", post(|State(delt): State<Arc<Delt>>| async move { delt.minne().brev.clear() }))
            .route("/_sim/frisk", post(|State(delt): State<Arc<Delt>>| async move { delt.minne().feil.clear() }))
            .route("/_sim/feil", post(sett_feil))
            .with_state(self.delt.clone())
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.stopp.cancel();
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Onske {
    feil: Feil,
    ganger: u32,
}

async fn sett_feil(State(delt): State<Arc<Delt>>, Json(onske): Json<Onske>) {
    delt.minne().feil.push((onske.feil, onske.ganger));
}

async fn lytt(lytter: TcpListener, delt: Arc<Delt>, stopp: CancellationToken) {
    loop {
        let strom = tokio::select! {
            () = stopp.cancelled() => return,
            strom = lytter.accept() => strom,
        };
        let Ok((strom, _)) = strom else { continue };
        delt.minne().samtaler += 1;
        let (delt, stopp) = (delt.clone(), stopp.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = stopp.cancelled() => {}
                // Whoever hangs up in the middle has said what he wanted.
                _ = samtale::samtale(strom, &delt) => {}
            }
        });
    }
}
