//! The token endpoint: OAuth2 client credentials as a Keycloak realm gives them.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::Engine as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Feil, Indre, imsx::Avslag};
use crate::server::json_som;

/// The path of the endpoint.
pub(super) const STI: &str = "/realms/onedhub/protocol/openid-connect/token";

/// The tokens that are valid.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    gyldige: Mutex<HashMap<String, Token>>,
    utstedt: AtomicU64,
}

#[derive(Debug)]
struct Token {
    utloper: Timestamp,
    scopes: Vec<String>,
}

/// What a token must cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Krav {
    /// The core collections: either rostering scope.
    Kjerne,
    /// Collections below an object: the core scope is not enough.
    Hjelper,
    /// Birth dates and the like: a scope of its own, and no other.
    Demografi,
}

impl Tokens {
    pub(super) fn utstedt(&self) -> u64 {
        self.utstedt.load(Ordering::Relaxed)
    }

    pub(super) fn trekk_tilbake(&self) {
        self.gyldige.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn utsted(&self, na: Timestamp, levetid: SignedDuration, scopes: Vec<String>) -> String {
        let verdi = uuid::Uuid::new_v4().to_string();
        let mut gyldige = self.gyldige.lock().unwrap_or_else(PoisonError::into_inner);
        gyldige.retain(|_, token| token.utloper > na);
        gyldige.insert(verdi.clone(), Token { utloper: na + levetid, scopes });
        self.utstedt.fetch_add(1, Ordering::Relaxed);
        verdi
    }

    /// Whether the request carries a token that is valid and covers what is asked for.
    pub(super) fn sjekk(
        &self,
        hoder: &HeaderMap,
        na: Timestamp,
        scope_prefiks: &str,
        krav: Krav,
    ) -> Result<(), Avslag> {
        let hode = hoder.get(header::AUTHORIZATION).and_then(|h| h.to_str().ok());
        let verdi = hode
            .and_then(|h| h.split_once(' '))
            .filter(|(skjema, _)| skjema.eq_ignore_ascii_case("bearer"))
            .map(|(_, verdi)| verdi.trim())
            .ok_or(Avslag::Uautorisert("no bearer token"))?;
        let gyldige = self.gyldige.lock().unwrap_or_else(PoisonError::into_inner);
        let token = gyldige.get(verdi).ok_or(Avslag::Uautorisert("the token is not known"))?;
        if token.utloper <= na {
            return Err(Avslag::Uautorisert("the token has expired"));
        }
        let dekker = |navn: &str| token.scopes.iter().any(|s| s.strip_prefix(scope_prefiks) == Some(navn));
        let (dekket, mangler) = match krav {
            Krav::Kjerne => (
                dekker("roster-core.readonly") || dekker("roster.readonly"),
                "the token lacks the scope roster-core.readonly or roster.readonly",
            ),
            Krav::Hjelper => (dekker("roster.readonly"), "the token lacks the scope roster.readonly"),
            Krav::Demografi => {
                (dekker("roster-demographics.readonly"), "the token lacks the scope roster-demographics.readonly")
            }
        };
        if dekket { Ok(()) } else { Err(Avslag::Forbudt(mangler)) }
    }
}

/// `POST …/token`
pub(super) async fn token(
    State(indre): State<Arc<Indre>>,
    hoder: HeaderMap,
    skjema: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    match indre.treff_token().first() {
        None => {}
        Some(Feil::TokenNede) => return crate::server::html(StatusCode::SERVICE_UNAVAILABLE),
        Some(_) => {
            let tekst = "Invalid client or Invalid client credentials";
            return avslag(StatusCode::UNAUTHORIZED, "invalid_client", tekst);
        }
    }
    let skjema = match skjema {
        Ok(Form(skjema)) => skjema,
        Err(feil) => return avslag(feil.status(), "invalid_request", "expected application/x-www-form-urlencoded"),
    };
    let felt = |navn: &str| skjema.iter().find(|(n, _)| n == navn).map(|(_, v)| v.as_str());
    if felt("grant_type") != Some("client_credentials") {
        return avslag(StatusCode::BAD_REQUEST, "unsupported_grant_type", "grant_type must be client_credentials");
    }
    let i_kropp = felt("client_id").zip(felt("client_secret"));
    let i_hode = basic(&hoder);
    let (id, hemmelighet) = match (&i_hode, i_kropp) {
        (Some(_), Some(_)) => {
            return avslag(StatusCode::BAD_REQUEST, "invalid_request", "credentials in both header and body");
        }
        (Some((id, hemmelighet)), None) => (id.as_str(), hemmelighet.as_str()),
        (None, Some(par)) => par,
        (None, None) => return avslag(StatusCode::UNAUTHORIZED, "invalid_client", "no client credentials"),
    };
    let config = &indre.config;
    if id != config.klient_id || hemmelighet != config.hemmelighet {
        return avslag(StatusCode::UNAUTHORIZED, "invalid_client", "Invalid client or Invalid client credentials");
    }
    let onsket = felt("scope").unwrap_or_default();
    if onsket.is_empty() {
        return avslag(StatusCode::BAD_REQUEST, "invalid_scope", "scope is required");
    }
    let prefiks = config.utgave.scope_prefiks();
    let kjent = |s: &str| s.strip_prefix(prefiks).is_some_and(|navn| config.scopes.iter().any(|k| k == navn));
    if !onsket.split(' ').all(kjent) {
        return avslag(StatusCode::BAD_REQUEST, "invalid_scope", "a scope is not known or not given to the client");
    }
    let levetid = SignedDuration::try_from(config.token_levetid).unwrap_or(SignedDuration::MAX);
    let scopes = onsket.split(' ').map(str::to_owned).collect();
    let verdi = indre.tokens.utsted(indre.na(), levetid, scopes);
    let kropp = json!({
        "access_token": verdi, "expires_in": levetid.as_secs(), "refresh_expires_in": 0, "token_type": "Bearer",
        "not-before-policy": 0, "scope": onsket,
    });
    let mut svar = json_som(StatusCode::OK, "application/json", &kropp);
    svar.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    svar
}

fn basic(hoder: &HeaderMap) -> Option<(String, String)> {
    let verdi = hoder.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let byte = base64::engine::general_purpose::STANDARD.decode(verdi).ok()?;
    let (id, hemmelighet) = std::str::from_utf8(&byte).ok()?.split_once(':')?;
    Some((id.to_owned(), hemmelighet.to_owned()))
}

fn avslag(status: StatusCode, feil: &str, tekst: &str) -> Response {
    json_som(status, "application/json", &json!({"error": feil, "error_description": tekst})).into_response()
}
