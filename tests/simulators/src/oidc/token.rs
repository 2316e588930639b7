//! `POST /token`: a code for an ID token.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    Feil, idtoken, klientbevis, laas,
    tilstand::{Indre, Kode},
};
use crate::server::{json_som, venter};

/// How long a code lives.
const LEVETID: SignedDuration = SignedDuration::from_secs(60);

/// Form-encoded pairs; the last of a name counts.
pub(super) fn par(tekst: &[u8]) -> BTreeMap<String, String> {
    let uri = format!("/?{}", String::from_utf8_lossy(tekst)).parse::<Uri>().unwrap_or_default();
    Query::<Vec<(String, String)>>::try_from_uri(&uri).map_or_else(|_| BTreeMap::new(), |q| q.0.into_iter().collect())
}

pub(super) async fn token(State(indre): State<Arc<Indre>>, hoder: HeaderMap, kropp: Bytes) -> Response {
    match indre.feil() {
        Some(Feil::Treg { millisekunder }) => venter(millisekunder).await,
        Some(Feil::Status { status }) => {
            return StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
        }
        Some(Feil::Enormt) => return " ".repeat(8 << 20).into_response(),
        Some(Feil::Omdirigert) => {
            let hvor = format!("{}/jwks", indre.utsteder);
            return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, hvor)]).into_response();
        }
        _ => {}
    }
    let skjema = par(&kropp);
    let Some(klient) = klientbevis::klient(&indre, &hoder, &skjema) else {
        return nei(StatusCode::UNAUTHORIZED, "invalid_client");
    };
    if skjema.get("grant_type").is_none_or(|g| g != "authorization_code") {
        return nei(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    // A code is gone when it has been shown, whoever showed it.
    let kode = skjema.get("code").and_then(|k| laas(&indre.koder).remove(k));
    let Some(kode) = kode.filter(|k| k.klient == klient.id && gyldig(&indre, k, &skjema)) else {
        return nei(StatusCode::BAD_REQUEST, "invalid_grant");
    };
    let Some(person) = indre.person(&kode.sub) else { return nei(StatusCode::BAD_REQUEST, "invalid_grant") };
    match idtoken::lag(&indre, &kode, person) {
        Ok(id_token) => {
            let kropp = json!({
                "access_token": Uuid::new_v4().simple().to_string(), "token_type": "Bearer", "expires_in": 120,
                "scope": "openid profile", "id_token": id_token,
            });
            json_som(StatusCode::OK, "application/json", &kropp)
        }
        Err(feil) => {
            tracing::error!(%feil, "cannot sign an id token");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn gyldig(indre: &Indre, kode: &Kode, skjema: &BTreeMap<String, String>) -> bool {
    let bevis = skjema.get("code_verifier").filter(|b| (43..=128).contains(&b.len()));
    let utfordring = bevis.map(|b| URL_SAFE_NO_PAD.encode(Sha256::digest(b.as_bytes())));
    utfordring.as_ref() == Some(&kode.utfordring)
        && skjema.get("redirect_uri") == Some(&kode.retur)
        && indre.na().duration_since(kode.utstedt) <= LEVETID
}

fn nei(status: StatusCode, kode: &str) -> Response {
    json_som(status, "application/json", &json!({"error": kode}))
}
