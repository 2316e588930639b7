//! The routes.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::json;

use super::{Feil, autoriser, laas, tilstand::Indre, token, utlogging};

pub(super) fn rute(indre: Arc<Indre>) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(metadata))
        .route("/jwks", get(jwks))
        .route("/authorize", get(autoriser::vis).post(autoriser::valgt))
        .route("/token", post(token::token))
        .route("/logout", get(utlogging::endsession).post(utlogging::endsession))
        .route("/_sim/feil", post(ny_feil).delete(fjern_feil))
        .with_state(indre)
}

async fn metadata(State(indre): State<Arc<Indre>>) -> Response {
    let base = &indre.utsteder;
    Json(json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "jwks_uri": format!("{base}/jwks"),
        "end_session_endpoint": format!("{base}/logout"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"],
        "authorization_response_iss_parameter_supported": true,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "frontchannel_logout_supported": true,
        "frontchannel_logout_session_supported": true,
    }))
    .into_response()
}

async fn jwks(State(indre): State<Arc<Indre>>) -> Response {
    indre.nokkelkall.fetch_add(1, Ordering::Relaxed);
    let nokler: Vec<_> = laas(&indre.nokler).iter().map(|n| n.jwk().clone()).collect();
    Json(json!({"keys": nokler})).into_response()
}

async fn ny_feil(State(indre): State<Arc<Indre>>, Json(feil): Json<Feil>) -> StatusCode {
    *laas(&indre.feil) = Some(feil);
    StatusCode::NO_CONTENT
}

async fn fjern_feil(State(indre): State<Arc<Indre>>) -> StatusCode {
    *laas(&indre.feil) = None;
    StatusCode::NO_CONTENT
}
