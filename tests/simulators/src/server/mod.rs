//! What the three servers have in common: bind loopback, serve, cut connections on demand, stop.

mod brudd;
mod svar;

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Context as _;
use axum::Router;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

pub use brudd::Forbindelse;
pub use svar::{godtar, html, json_som, mediatype, venter};

/// A running HTTP server on loopback. Stops when dropped.
#[derive(Debug)]
pub struct Server {
    adresse: SocketAddr,
    stopp: CancellationToken,
    oppgave: Option<JoinHandle<()>>,
}

impl Server {
    /// Binds `127.0.0.1:port` (0 picks a free one), and serves what `rute` makes once the base URL is known.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn start(port: u16, rute: impl FnOnce(&str) -> Router) -> anyhow::Result<Self> {
        let lytter = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .with_context(|| format!("cannot listen on 127.0.0.1:{port}; choose another port, or 0 for a free one"))?;
        let adresse = lytter.local_addr().context("cannot read the address that was bound")?;
        let stopp = CancellationToken::new();
        let tjeneste = rute(&format!("http://{adresse}")).into_make_service_with_connect_info::<Forbindelse>();
        let slutt = stopp.clone();
        let oppgave = tokio::spawn(async move {
            let lytter = brudd::Lytter::new(lytter, slutt.clone());
            // The server only ends by the token: accept errors are retried inside the listener.
            let tjener = axum::serve(lytter, tjeneste).with_graceful_shutdown(async move { slutt.cancelled().await });
            if let Err(feil) = tjener.await {
                tracing::error!(%feil, "simulator server ended");
            }
        });
        Ok(Self { adresse, stopp, oppgave: Some(oppgave) })
    }

    /// `http://127.0.0.1:<port>`, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.adresse)
    }

    /// Closes the port and every open connection, and waits until it is done.
    pub async fn stop(mut self) {
        self.stopp.cancel();
        if let Some(oppgave) = self.oppgave.take() {
            // A panic in the server task has been reported by the runtime already.
            let _ = oppgave.await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopp.cancel();
    }
}
