//! A server that answers whatever a test says, for what the simulator is too well-behaved to do.

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// One request, as the server saw it.
#[derive(Debug, Clone)]
pub struct Kall {
    pub sti: String,
    pub sporring: HashMap<String, String>,
}

impl Kall {
    pub fn tall(&self, navn: &str) -> usize {
        self.sporring[navn].parse().unwrap()
    }

    pub fn samling(&self) -> &str {
        self.sti.trim_start_matches("/v1p2/").split('/').next().unwrap()
    }
}

/// A running server.
pub struct Falsk {
    pub url: String,
    kall: Arc<Mutex<Vec<Kall>>>,
    oppgave: tokio::task::JoinHandle<()>,
}

impl Drop for Falsk {
    fn drop(&mut self) {
        self.oppgave.abort();
    }
}

impl Falsk {
    /// Starts a server that answers with `svar`; tokens are given to everyone.
    pub async fn start(svar: impl Fn(&Kall) -> Response + Send + Sync + 'static) -> Self {
        let kall = Arc::new(Mutex::new(Vec::new()));
        let (svar, logg) = (Arc::new(svar), Arc::clone(&kall));
        let rute = Router::new().fallback(async move |req: Request| {
            if req.uri().path() == "/token" {
                return json!({"access_token": "t", "expires_in": 300}).to_string().into_response();
            }
            let sporring = url_par(req.uri().query().unwrap_or_default());
            let dette = Kall { sti: req.uri().path().to_owned(), sporring };
            logg.lock().unwrap().push(dette.clone());
            svar(&dette)
        });
        let lytter = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", lytter.local_addr().unwrap());
        let oppgave = tokio::spawn(async move { axum::serve(lytter, rute).await.unwrap() });
        Self { url, kall, oppgave }
    }

    pub fn kall(&self) -> Vec<Kall> {
        self.kall.lock().unwrap().clone()
    }

    /// A source that reads from this server.
    pub fn kilde(&self, resten: &str) -> adapter_oneroster::OneRosterSource {
        let (base_url, token_url) = (format!("{}/v1p2", self.url), format!("{}/token", self.url));
        let mot = super::lesing::Mot { base_url: &base_url, token_url: &token_url, hemmelighet: "h", resten };
        super::lesing::kilde(&mot, super::lesing::ekte())
    }
}

fn url_par(tekst: &str) -> HashMap<String, String> {
    let par = reqwest::Url::parse(&format!("http://x/?{tekst}")).unwrap();
    par.query_pairs().map(|(k, v)| (k.into_owned(), v.into_owned())).collect()
}

/// A page of a collection that has these rows, as an obedient server gives it.
pub fn side(kall: &Kall, rader: &[Value]) -> Vec<Value> {
    rader.iter().skip(kall.tall("offset")).take(kall.tall("limit")).cloned().collect()
}

/// The JSON of a page.
pub fn json_side(samling: &str, rader: &[Value]) -> Response {
    json!({samling: rader}).to_string().into_response()
}

/// The same with the source's count.
pub fn med_antall(samling: &str, rader: &[Value], antall: usize) -> Response {
    ([("x-total-count", antall.to_string())], json!({samling: rader}).to_string()).into_response()
}

/// Only a status.
pub fn status(kode: u16) -> Response {
    StatusCode::from_u16(kode).unwrap().into_response()
}

/// A pupil.
pub fn elev(nr: usize) -> Value {
    json!({"sourcedId": format!("elev-{nr:03}"), "status": "active", "dateLastModified": "2026-09-01T00:00:00Z",
        "givenName": "Åse", "familyName": format!("Prøve{nr}"), "grades": ["10"], "identifier": "14821150036",
        "roles": [{"roleType": "primary", "role": "student", "org": {"href": "x", "sourcedId": "s1", "type": "org"}}]})
}

/// So many pupils.
pub fn elever(antall: usize) -> Vec<Value> {
    (0..antall).map(elev).collect()
}
