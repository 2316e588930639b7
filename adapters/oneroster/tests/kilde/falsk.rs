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
    /// The filter that was asked with.
    pub fn filter(&self) -> Option<&str> {
        self.sporring.get("filter").map(String::as_str)
    }

    pub fn tall(&self, navn: &str) -> usize {
        self.sporring[navn].parse().unwrap()
    }

    pub fn samling(&self) -> &str {
        self.sti.split('/').nth(2).unwrap()
    }
}

/// A running server.
pub struct Falsk {
    pub url: String,
    kall: Arc<Mutex<Vec<Kall>>>,
    tokenkall: Arc<Mutex<Vec<String>>>,
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
        let (kall, tokenkall) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
        let (svar, logg, tokenlogg) = (Arc::new(svar), Arc::clone(&kall), Arc::clone(&tokenkall));
        let rute = Router::new().fallback(async move |req: Request| {
            if req.uri().path() == "/token" {
                let basic = if req.headers().contains_key("authorization") { "basic " } else { "" };
                let kropp = axum::body::to_bytes(req.into_body(), 10_000).await.unwrap();
                tokenlogg.lock().unwrap().push(format!("{basic}{}", String::from_utf8(kropp.to_vec()).unwrap()));
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
        Self { url, kall, tokenkall, oppgave }
    }

    pub fn kall(&self) -> Vec<Kall> {
        self.kall.lock().unwrap().clone()
    }

    /// The token requests: `basic` where the secret was in the header, and the form.
    pub fn tokenkall(&self) -> Vec<String> {
        self.tokenkall.lock().unwrap().clone()
    }

    /// A source that reads from this server, in the version of its profile.
    pub fn kilde(&self, resten: &str) -> adapter_oneroster::OneRosterSource {
        let versjon = if resten.contains("fint_bridge") { "v1p1" } else { "v1p2" };
        let (base_url, token_url) = (format!("{}/{versjon}", self.url), format!("{}/token", self.url));
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

/// A reference.
pub fn til(id: &str, type_: &str) -> Value {
    json!({"href": "https://example.no/x", "sourcedId": id, "type": type_})
}

/// One school, one school year, one class, these pupils and their memberships, as an obedient server gives them.
pub fn skolen(kall: &Kall, elever: &[Value]) -> Response {
    let rader = match kall.samling() {
        "orgs" => vec![json!({"sourcedId": "s1", "status": "active", "name": "Åsen", "type": "school"})],
        "academicSessions" => vec![json!({"sourcedId": "a1", "status": "active", "title": "2026/2027",
            "type": "schoolYear", "schoolYear": "2027", "startDate": "2026-08-01", "endDate": "2027-08-01"})],
        "classes" => vec![klasse()],
        "users" => elever.to_vec(),
        "enrollments" => elever.iter().map(|e| medlemskap(e["sourcedId"].as_str().unwrap(), "k1")).collect(),
        _ => return status(404),
    };
    json_side(kall.samling(), &side(kall, &rader))
}

/// The class of the school above.
pub fn klasse() -> Value {
    json!({"sourcedId": "k1", "status": "active", "title": "10A", "classType": "homeroom", "grades": ["10"],
        "metadata": {"onedhub.groupType": "Class"}, "course": til("kurs1", "course"), "school": til("s1", "org"),
        "terms": [til("a1", "academicSession")]})
}

/// A pupil's membership of a class.
pub fn medlemskap(elev: &str, klasse: &str) -> Value {
    json!({"sourcedId": format!("m-{elev}-{klasse}"), "status": "active", "role": "student",
        "user": til(elev, "user"), "class": til(klasse, "class"), "school": til("s1", "org")})
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
