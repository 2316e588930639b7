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

use super::{Feilplan, Indre, Skoleoppforing, Vindu, elevliste_v1, laas, lager::Lager};

pub(super) fn rute() -> Router<Arc<Indre>> {
    Router::new()
        .route("/_sim/innsendinger", get(innsendinger).delete(tom))
        .route("/_sim/elevlister", get(elevlister).delete(tom))
        .route("/_sim/vindu", post(vindu))
        .route("/_sim/skolear", post(skolear).delete(slett_skolear))
        .route("/_sim/skoler", post(skoler))
        .route("/_sim/klokke", post(klokke))
        .route("/_sim/feil", post(ny_feil).get(vis_feil).delete(fjern_feil))
}

async fn innsendinger(State(indre): State<Arc<Indre>>) -> Response {
    let lager = laas(&indre.lager);
    Json(json!({"innsendinger": lager.alle()})).into_response()
}

async fn elevlister(State(indre): State<Arc<Indre>>) -> Response {
    let lager = laas(&indre.elevlister);
    let lister: Vec<_> = lager.alle().collect();
    Json(json!({"elevlister": lister, "skrivinger": lager.skrivinger()})).into_response()
}

async fn tom(State(indre): State<Arc<Indre>>) -> StatusCode {
    *laas(&indre.lager) = Lager::default();
    *laas(&indre.elevlister) = elevliste_v1::Lager::default();
    StatusCode::NO_CONTENT
}

/// A window: of one county, or of all without their own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NyttVindu {
    #[serde(default)]
    fylke: Option<String>,
    #[serde(default)]
    fra: Option<Timestamp>,
    #[serde(default)]
    til: Option<Timestamp>,
}

async fn vindu(State(indre): State<Arc<Indre>>, Json(nytt): Json<NyttVindu>) -> StatusCode {
    laas(&indre.vinduer).sett(nytt.fylke.as_deref(), Vindu { fra: nytt.fra, til: nytt.til });
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Skolear {
    skolear: String,
}

async fn skolear(State(indre): State<Arc<Indre>>, Json(valg): Json<Skolear>) -> StatusCode {
    laas(&indre.vinduer).opprett(&valg.skolear);
    StatusCode::NO_CONTENT
}

async fn slett_skolear(State(indre): State<Arc<Indre>>, Json(valg): Json<Skolear>) -> StatusCode {
    laas(&indre.vinduer).slett(&valg.skolear);
    StatusCode::NO_CONTENT
}

async fn skoler(State(indre): State<Arc<Indre>>, Json(nye): Json<Vec<Skoleoppforing>>) -> StatusCode {
    laas(&indre.kodeverk).registrer(nye);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NyTid {
    tid: Timestamp,
}

async fn klokke(State(indre): State<Arc<Indre>>, Json(ny): Json<NyTid>) -> StatusCode {
    indre.config.klokke.sett(ny.tid);
    StatusCode::NO_CONTENT
}

async fn ny_feil(State(indre): State<Arc<Indre>>, Json(plan): Json<Feilplan>) -> StatusCode {
    laas(&indre.feil).push(plan);
    StatusCode::NO_CONTENT
}

async fn vis_feil(State(indre): State<Arc<Indre>>) -> Response {
    let planer = laas(&indre.feil).clone();
    Json(planer).into_response()
}

async fn fjern_feil(State(indre): State<Arc<Indre>>) -> StatusCode {
    laas(&indre.feil).clear();
    StatusCode::NO_CONTENT
}
