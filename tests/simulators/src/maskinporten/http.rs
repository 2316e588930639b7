//! The routes.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    Form, Json, Router,
    extract::{ConnectInfo, State, rejection::FormRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::json;

use super::{Feil, GRANT_TYPE, Indre, feil::Avslag, laas};
use crate::server::{Forbindelse, html, json_som, venter};

pub(super) fn rute(indre: Arc<Indre>, base_url: &str) -> Router {
    let metadata = json!({
        "issuer": indre.utsteder,
        "token_endpoint": format!("{base_url}/token"),
        "jwks_uri": format!("{base_url}/jwks"),
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "grant_types_supported": [GRANT_TYPE],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS384", "RS512"],
        "authorization_details_types_supported": ["urn:altinn:systemuser"],
    });
    let vis = get(async move || json_som(StatusCode::OK, "application/json", &metadata));
    Router::new()
        .route("/token", post(token))
        .route("/jwks", get(jwks))
        .route("/.well-known/oauth-authorization-server", vis)
        .route("/_sim/tilstand", get(tilstand))
        .route("/_sim/feil", post(ny_feil).delete(fjern_feil))
        .with_state(indre)
}

async fn token(
    State(indre): State<Arc<Indre>>,
    ConnectInfo(forbindelse): ConnectInfo<Forbindelse>,
    skjema: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    indre.kall.fetch_add(1, Ordering::Relaxed);
    let feil = laas(&indre.feil).clone();
    match feil {
        Some(Feil::Status { status }) => {
            return html(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        }
        Some(Feil::Html200) => return html(StatusCode::OK),
        Some(Feil::AvvisAlt) => return Avslag::grant("MP-121", "the key has expired").into_response(),
        Some(Feil::Brudd) => {
            forbindelse.kutt();
            return StatusCode::OK.into_response();
        }
        Some(Feil::Treg { millisekunder }) => venter(millisekunder).await,
        Some(Feil::JwksNede) | None => {}
    }
    let Ok(Form(skjema)) = skjema else {
        return Avslag::ny("invalid_request", "MP-011", "expected application/x-www-form-urlencoded").into_response();
    };
    let grant = match indre.sjekk(&skjema) {
        Ok(grant) => grant,
        Err(avslag) => return avslag.into_response(),
    };
    match indre.utsted(&grant) {
        Ok(token) => {
            let kropp = json!({
                "access_token": token, "token_type": "Bearer", "expires_in": indre.config.levetid.as_secs(),
                "scope": grant.scope,
            });
            let mut svar = json_som(StatusCode::OK, "application/json", &kropp);
            svar.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            svar
        }
        Err(feil) => {
            tracing::error!(%feil, "cannot sign a token");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn jwks(State(indre): State<Arc<Indre>>) -> Response {
    if *laas(&indre.feil) == Some(Feil::JwksNede) {
        return html(StatusCode::SERVICE_UNAVAILABLE);
    }
    let nokler: Vec<_> = laas(&indre.nokler).iter().map(|n| n.jwk().clone()).collect();
    Json(json!({"keys": nokler})).into_response()
}

async fn tilstand(State(indre): State<Arc<Indre>>) -> Response {
    let nokler: Vec<String> = laas(&indre.nokler).iter().map(|n| n.kid().to_owned()).collect();
    Json(json!({
        "utsteder": indre.utsteder, "tokens_utstedt": indre.utstedt.load(Ordering::Relaxed),
        "kall": indre.kall.load(Ordering::Relaxed), "nokler": nokler,
    }))
    .into_response()
}

async fn ny_feil(State(indre): State<Arc<Indre>>, Json(feil): Json<Feil>) -> StatusCode {
    *laas(&indre.feil) = Some(feil);
    StatusCode::NO_CONTENT
}

async fn fjern_feil(State(indre): State<Arc<Indre>>) -> StatusCode {
    *laas(&indre.feil) = None;
    StatusCode::NO_CONTENT
}
