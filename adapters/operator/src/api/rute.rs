//! The routes of what people do on the pages.

use super::{brukere, drift, handling, kontroll, liste, logg, runde, rundeinnhold};
use crate::inntak::kontroll::MAKS;
use crate::valgt::Delt;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post};

/// The routes.
pub(crate) fn rute() -> Router<Delt> {
    let kvittering = DefaultBodyLimit::max(MAKS);
    Router::new()
        .route("/api/v1/lister/{liste}/stand", get(liste::stand))
        .route("/api/v1/lister/{liste}/elever", get(liste::elever))
        .route("/api/v1/lister/{liste}/mottatt", get(liste::mottatt))
        .route("/api/v1/lister/{liste}/kvittering", get(liste::kvittering))
        .route("/api/v1/lister/{liste}/versjoner", get(liste::versjoner))
        .route("/api/v1/lister/{liste}/endringer", get(liste::endringer))
        .route("/api/v1/lister/{liste}/ettermeldinger", get(liste::ettermeldinger))
        .route("/api/v1/lister/{liste}/ettermeldinger/{id}", post(handling::behandle))
        .route("/api/v1/lister/{liste}/godkjenn", post(handling::godkjenn))
        .route("/api/v1/lister/{liste}/tilbakekall", post(handling::tilbakekall))
        .route("/api/v1/lister/{liste}/avklar", post(handling::avklar))
        .route("/api/v1/lister/{liste}/elever/{elev}/nummer", get(liste::nummer))
        .route("/api/v1/lister/{liste}/elever/{elev}/forklaring", get(liste::forklaring))
        .route("/api/v1/lister/{liste}/elever/{elev}/kvittering", get(liste::elevkvittering))
        .route("/api/v1/lister/{liste}/elever/{elev}/{hva}", post(handling::elev))
        .route("/api/v1/runder", get(runde::alle).post(runde::ny))
        .route("/api/v1/runder/{runde}", get(runde::en).post(runde::endre).put(rundeinnhold::rediger))
        .route("/api/v1/runder/{runde}/brev", get(rundeinnhold::vis_brev))
        .route("/api/v1/kvitteringer/kontroll", post(kontroll::kontroller).layer(kvittering))
        .route("/api/v1/logg", get(logg::alle))
        .route("/api/v1/logg/{logg}", get(logg::en))
        .route("/api/v1/logg/{logg}/kjede", get(logg::kjede))
        .route("/api/v1/brukere", get(brukere::eiere))
        .route("/api/v1/brukere/{eier}", get(brukere::alle).post(brukere::inviter))
        .route("/api/v1/brukere/{eier}/{id}", get(brukere::en).put(brukere::endre).delete(brukere::fjern))
        .route("/api/v1/drift", get(drift::stand::alt))
        .route("/api/v1/drift/kilder/{tenant}/{kilde}/forsok", get(drift::forsok::kilde))
        .route("/api/v1/drift/mottakere/{fylke}/forsok", get(drift::forsok::mottaker))
        .route("/api/v1/drift/karantene", get(drift::karantene::alle))
        .route("/api/v1/drift/karantene/{arsak}", get(drift::karantene::en))
        .route("/api/v1/drift/karantene/{arsak}/prov", post(drift::karantene::prov))
        .route("/api/v1/drift/karantene/{arsak}/spill", post(drift::karantene::spill))
        .route("/api/v1/drift/pauser", get(drift::pauser::alle).post(drift::pauser::ny))
        .route("/api/v1/drift/pauser/{hva}", delete(drift::pauser::gjenoppta))
}
