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
use serde_json::json;

use super::{Endring, Endringsfeil, Feilplan, Indre, Kampanjesteg, Samling, http::ok, morgen};
use crate::klokke::iso;

pub(super) fn rute() -> Router<Arc<Indre>> {
    Router::new()
        .route("/_sim/tilstand", get(tilstand))
        .route("/_sim/endringer", post(endringer))
        .route("/_sim/kampanje", post(kampanje))
        .route("/_sim/feil", post(ny_feil).get(vis_feil).delete(fjern_feil))
        .route("/_sim/klokke", post(klokke))
        .route("/_sim/tokens", axum::routing::delete(trekk_tilbake))
}

/// Changes to make: a list, or a whole morning by its seed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endringsliste {
    #[serde(default)]
    endringer: Vec<Endring>,
    #[serde(default)]
    morgen: Option<u64>,
}

async fn endringer(State(indre): State<Arc<Indre>>, Json(liste): Json<Endringsliste>) -> Response {
    let mut alle = liste.endringer;
    if let Some(seed) = liste.morgen {
        alle.extend(morgen::morgen(&mut indre.tilstand(), seed));
    }
    gjort(indre.endre(&alle).map(|()| alle))
}

/// One step of a campaign.
async fn kampanje(State(indre): State<Arc<Indre>>, Json(steg): Json<Kampanjesteg>) -> Response {
    gjort(indre.spill(&steg))
}

fn gjort(svar: Result<Vec<Endring>, Endringsfeil>) -> Response {
    match svar {
        Ok(alle) => {
            let gjort: Vec<_> = alle.iter().map(|e| json!({"type": e.type_(), "elev": e.elev()})).collect();
            ok(&json!({"endringer": gjort}))
        }
        Err(feil) => (StatusCode::UNPROCESSABLE_ENTITY, feil.to_string()).into_response(),
    }
}

async fn tilstand(State(indre): State<Arc<Indre>>) -> Response {
    let tilstand = indre.tilstand();
    let antall = |samling| tilstand.ider(samling).len();
    ok(&json!({
        "oneroster": indre.oneroster_url(), "klokke": iso(indre.config.klokke.na()),
        "orgs": antall(Samling::Orgs), "classes": antall(Samling::Classes),
        "students": antall(Samling::Students), "users": antall(Samling::Users),
        "enrollments": antall(Samling::Enrollments), "tiende_per_skole": tilstand.tiende_per_skole(),
        "plantet": indre.config.kommune.plantet, "tokens_utstedt": indre.tokens.utstedt(),
    }))
}

async fn ny_feil(State(indre): State<Arc<Indre>>, Json(plan): Json<Feilplan>) -> Response {
    indre.feil().push(plan);
    StatusCode::NO_CONTENT.into_response()
}

async fn vis_feil(State(indre): State<Arc<Indre>>) -> Response {
    let planer = indre.feil().clone();
    ok(&json!(planer))
}

async fn fjern_feil(State(indre): State<Arc<Indre>>) -> Response {
    indre.feil().clear();
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

async fn trekk_tilbake(State(indre): State<Arc<Indre>>) -> Response {
    indre.tokens.trekk_tilbake();
    StatusCode::NO_CONTENT.into_response()
}
