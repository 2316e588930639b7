//! `POST /oauth2/token`.

use super::utsteder::LEVETID;
use crate::kropp::Kropp;
use crate::problem::Avslag;
use crate::rute::Operator;
use crate::valgt::Delt;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a token gives the right to.
const OMFANG: &str = "lese";

/// A token.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Token {
    access_token: String,
    /// `Bearer`.
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
    scope: &'static str,
}

/// A refusal, as RFC 6749 section 5.2 writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Avslatt(&'static str, &'static str, bool);

const UGYLDIG: &str = "invalid_request";

impl IntoResponse for Avslatt {
    fn into_response(self) -> Response {
        let Self(error, hvorfor, basic) = self;
        let status = if error == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
        let kropp = serde_json::json!({"error": error, "error_description": hvorfor});
        let mut svar = (status, Json(kropp)).into_response();
        if basic {
            let hode = HeaderValue::from_static("Basic realm=\"mellomlag\"");
            svar.headers_mut().insert(header::WWW_AUTHENTICATE, hode);
        }
        svar
    }
}

/// Issues a token to a client that shows its secret.
pub(crate) async fn token(State(operator): State<Delt>, hoder: HeaderMap, Kropp(kropp): Kropp) -> Response {
    if !operator.klienter.er_innenfor(&hoder, operator.om.clock.now()) {
        return Avslag::for_mange().into_response();
    }
    utsted(&operator, &hoder, &kropp).into_response()
}

fn utsted(operator: &Operator, hoder: &HeaderMap, kropp: &[u8]) -> Result<Json<Token>, Avslatt> {
    let skjema = skjema(hoder, kropp)?;
    let basic = hoder.contains_key(header::AUTHORIZATION);
    let (id, hemmelighet) = klient(hoder, &skjema)?;
    match skjema.get("grant_type").map(String::as_str) {
        Some("client_credentials") => {}
        Some(_) => return Err(Avslatt("unsupported_grant_type", "grant_type must be client_credentials", false)),
        None => return Err(Avslatt(UGYLDIG, "grant_type is missing", false)),
    }
    if skjema.get("scope").is_some_and(|scope| scope.split_whitespace().any(|s| s != OMFANG)) {
        return Err(Avslatt("invalid_scope", "the only scope is lese; leave it out to get it", false));
    }
    let Some(access_token) = operator.klienter.utsted(&id, &hemmelighet, operator.om.clock.now()) else {
        tracing::warn!("a client was refused a token");
        return Err(Avslatt("invalid_client", "the client is unknown, or its secret is another", basic));
    };
    Ok(Json(Token { access_token, token_type: "Bearer", expires_in: LEVETID.as_secs(), scope: OMFANG }))
}

/// The form. A parameter that stands twice is an error, one without a value is not there (RFC 6749, section 3.2).
fn skjema(hoder: &HeaderMap, kropp: &[u8]) -> Result<BTreeMap<String, String>, Avslatt> {
    let slag = hoder.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !slag.split(';').next().is_some_and(|s| s.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")) {
        return Err(Avslatt(UGYLDIG, "send a form: application/x-www-form-urlencoded", false));
    }
    let mut skjema = BTreeMap::new();
    for (navn, verdi) in url::form_urlencoded::parse(kropp).filter(|(_, verdi)| !verdi.is_empty()) {
        if skjema.insert(navn.into_owned(), verdi.into_owned()).is_some() {
            return Err(Avslatt(UGYLDIG, "a parameter stands twice", false));
        }
    }
    Ok(skjema)
}

/// Who asks: by `client_secret_basic` or by `client_secret_post`, and not by both.
fn klient(hoder: &HeaderMap, skjema: &BTreeMap<String, String>) -> Result<(String, String), Avslatt> {
    let (id, hemmelighet) = (skjema.get("client_id"), skjema.get("client_secret"));
    let Some(hode) = hoder.get(header::AUTHORIZATION) else {
        return match (id, hemmelighet) {
            (Some(id), Some(hemmelighet)) => Ok((id.clone(), hemmelighet.clone())),
            _ => Err(Avslatt("invalid_client", "send client_id and client_secret, in the form or by Basic", true)),
        };
    };
    let (i_hodet, hemmelig) =
        basic(hode).ok_or(Avslatt("invalid_client", "the Authorization header cannot be read as Basic", true))?;
    if hemmelighet.is_some() || id.is_some_and(|id| *id != i_hodet) {
        return Err(Avslatt(UGYLDIG, "authenticate in one way only", false));
    }
    Ok((i_hodet, hemmelig))
}

/// Both halves are form-encoded before they are joined (RFC 6749, section 2.3.1).
fn basic(hode: &HeaderValue) -> Option<(String, String)> {
    let (slag, kodet) = hode.to_str().ok()?.split_once(' ')?;
    let par = slag.eq_ignore_ascii_case("basic").then(|| STANDARD.decode(kodet.trim()).ok())??;
    let (id, hemmelighet) = std::str::from_utf8(&par).ok()?.split_once(':')?;
    let ut = |del: &str| url::form_urlencoded::parse(format!("v={del}").as_bytes()).next().map(|(_, v)| v.into_owned());
    Some((ut(id)?, ut(hemmelighet)?))
}
