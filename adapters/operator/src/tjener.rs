//! The server: HTTP/1.1 with bounds on how slow a caller may be and how much may come at once.

use crate::problem::Avslag;
use crate::sider::Feilslag;
use crate::valgt::Delt;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// What stands around a file in a form, at most, in bytes.
pub(crate) const RUNDT: usize = 16 * 1024;

/// How long a caller is waited for, and how many are served at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grenser {
    /// For the whole head of a request, and for the next request on a connection.
    pub(crate) hode: Duration,
    /// For more of a body.
    pub(crate) kropp: Duration,
    /// Connections. Who comes after them waits.
    pub(crate) samtidige: usize,
}

impl Default for Grenser {
    fn default() -> Self {
        Self { hode: Duration::from_secs(10), kropp: Duration::from_secs(30), samtidige: 2048 }
    }
}

/// Serves until `ferdig`, and then until everybody has been answered.
pub(crate) async fn kjor(lytter: TcpListener, app: Router, grenser: Grenser, ferdig: impl Future<Output = ()>) {
    let app = app.layer(RequestBodyTimeoutLayer::new(grenser.kropp));
    let (apne, plasser) = (GracefulShutdown::new(), Arc::new(Semaphore::new(grenser.samtidige)));
    tokio::pin!(ferdig);
    loop {
        let plass = tokio::select! {
            () = &mut ferdig => break,
            plass = plasser.clone().acquire_owned() => plass.expect("nobody closes the semaphore"),
        };
        let strom = tokio::select! {
            () = &mut ferdig => break,
            strom = ny(&lytter) => strom,
        };
        let tjeneste = TowerToHyperService::new(app.clone());
        let samtale = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(grenser.hode)
            .serve_connection(TokioIo::new(strom), tjeneste);
        let samtale = apne.watch(samtale);
        tokio::spawn(async move {
            if let Err(error) = samtale.await {
                tracing::trace!(%error, "a connection ended early");
            }
            drop(plass);
        });
    }
    drop(lytter);
    apne.shutdown().await;
}

/// The next connection. What goes wrong before there is one is the caller's, or passes.
async fn ny(lytter: &TcpListener) -> TcpStream {
    loop {
        match lytter.accept().await {
            Ok((strom, _)) => {
                // Answers are written whole; waiting for more of them helps nobody.
                let _ = strom.set_nodelay(true);
                return strom;
            }
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Refuses what says of itself that it is larger than anything that is taken, before any of it is read.
pub(crate) async fn ikke_for_stor(State(operator): State<Delt>, req: Request, neste: Next) -> Response {
    let maks = operator.maks_opplasting;
    if lengde(req.headers()).is_none_or(|lengde| lengde <= maks.saturating_add(RUNDT)) {
        return neste.run(req).await;
    }
    let mut svar = match req.uri().path().starts_with("/api/") || operator.sider.is_none() {
        true => Avslag::for_stor().into_response(),
        false => Feilslag::ForStor(mib(maks)).into_response(),
    };
    svar.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
    svar
}

fn lengde(hoder: &HeaderMap) -> Option<usize> {
    hoder.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// For people: in mebibytes, upwards.
pub(crate) fn mib(bytes: usize) -> u64 {
    u64::try_from(bytes.div_ceil(1024 * 1024)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod prover;
