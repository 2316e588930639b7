//! A server that answers whatever a test says, for what the simulator is too well-behaved to do.

use crate::lesing::{adapter, config};
use adapter_folkeregister::Folkeregister;
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use std::sync::Arc;

/// A running server.
pub struct Falsk {
    url: String,
    oppgave: tokio::task::JoinHandle<()>,
}

impl Drop for Falsk {
    fn drop(&mut self) {
        self.oppgave.abort();
    }
}

impl Falsk {
    /// Starts a server that answers by the path.
    pub async fn start(svar: impl Fn(&str) -> Response + Send + Sync + 'static) -> Self {
        let svar = Arc::new(svar);
        let rute = Router::new().fallback(async move |req: Request| svar(req.uri().path()));
        let lytter = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", lytter.local_addr().unwrap());
        let oppgave = tokio::spawn(async move { axum::serve(lytter, rute).await.unwrap() });
        Self { url, oppgave }
    }

    /// An adapter that reads from this server.
    pub fn register(&self) -> Folkeregister {
        adapter(config(&self.url, "")).0
    }
}
