//! `/_sim/…`: what a test in another process, or a person with curl, does through the handle otherwise.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Feilplan, Handling, Indre, http, laas};
use crate::{klokke::iso, server::json_som};

pub(super) fn rute() -> Router<Arc<Indre>> {
    Router::new()
        .route("/_sim/tilstand", get(tilstand))
        .route("/_sim/handlinger", post(handlinger))
        .route("/_sim/feil", post(ny_feil).get(vis_feil).delete(fjern_feil))
        .route("/_sim/klokke", post(klokke))
}

fn ok(kropp: &Value) -> Response {
    json_som(StatusCode::OK, "application/json", kropp)
}

async fn tilstand(State(indre): State<Arc<Indre>>) -> Response {
    let kall = http::kall(&indre);
    let tilstand = laas(&indre.tilstand);
    ok(&json!({
        "numre": tilstand.register.numre().len(), "siste": tilstand.feed.siste(),
        "klokke": iso(indre.config.klokke.na()), "kall": kall,
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Handlingsliste {
    handlinger: Vec<Handling>,
}

async fn handlinger(State(indre): State<Arc<Indre>>, Json(liste): Json<Handlingsliste>) -> Response {
    let na = indre.config.klokke.na();
    let mut tilstand = laas(&indre.tilstand);
    match liste.handlinger.iter().try_for_each(|handling| tilstand.utfor(handling, na)) {
        Ok(()) => ok(&json!({"siste": tilstand.feed.siste()})),
        Err(feil) => (StatusCode::UNPROCESSABLE_ENTITY, feil.to_string()).into_response(),
    }
}

async fn ny_feil(State(indre): State<Arc<Indre>>, Json(plan): Json<Feilplan>) -> Response {
    laas(&indre.feil).legg_til(plan);
    StatusCode::NO_CONTENT.into_response()
}

async fn vis_feil(State(indre): State<Arc<Indre>>) -> Response {
    ok(&json!(laas(&indre.feil).planer()))
}

async fn fjern_feil(State(indre): State<Arc<Indre>>) -> Response {
    laas(&indre.feil).tom();
    StatusCode::NO_CONTENT.into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NyTid {
    tid: Timestamp,
}

async fn klokke(State(indre): State<Arc<Indre>>, Json(ny): Json<NyTid>) -> Response {
    indre.config.klokke.sett(ny.tid);
    StatusCode::NO_CONTENT.into_response()
}
