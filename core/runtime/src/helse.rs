//! `/healthz`, `/readyz` and `/metrics`. Bind it to the machine itself or to a network of operators.

use crate::Maalere;
use axum::{Router, extract::State, http::StatusCode, http::header, response::IntoResponse, routing::get};
use bus::Bus;
use std::{net::SocketAddr, sync::Arc, sync::atomic::AtomicBool, sync::atomic::Ordering};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Whether the roles have started.
#[derive(Debug, Clone, Default)]
pub struct Klar(Arc<AtomicBool>);

impl Klar {
    /// All roles run.
    pub fn sett(&self, klar: bool) {
        self.0.store(klar, Ordering::Release);
    }
}

#[derive(Clone)]
struct Tilstand {
    bus: Arc<dyn Bus>,
    maalere: Maalere,
    klar: Klar,
}

/// Serves until `stopp`. Returns the address that was bound.
pub async fn server(
    adresse: SocketAddr,
    bus: Arc<dyn Bus>,
    maalere: Maalere,
    klar: Klar,
    stopp: CancellationToken,
) -> std::io::Result<(SocketAddr, impl Future<Output = ()>)> {
    let lytter = TcpListener::bind(adresse).await?;
    let bundet = lytter.local_addr()?;
    let app = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .with_state(Tilstand { bus, maalere, klar });
    let tjeneste = async move {
        let ferdig = async move { stopp.cancelled().await };
        if let Err(error) = axum::serve(lytter, app).with_graceful_shutdown(ferdig).await {
            tracing::error!(%error, "the health server stopped");
        }
    };
    Ok((bundet, tjeneste))
}

async fn readyz(State(t): State<Tilstand>) -> impl IntoResponse {
    match (t.bus.healthy(), t.klar.0.load(Ordering::Acquire)) {
        (true, true) => (StatusCode::OK, "ready"),
        (false, _) => (StatusCode::SERVICE_UNAVAILABLE, "no connection to NATS"),
        (true, false) => (StatusCode::SERVICE_UNAVAILABLE, "starting"),
    }
}

async fn metrics(State(t): State<Tilstand>) -> impl IntoResponse {
    let typ = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, typ)], t.maalere.tekst())
}
