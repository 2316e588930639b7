//! The school's page: one list, what must be corrected, approval and receipt.
//!
//! `forside` is the one screen a secretary needs, `neste` what it asks of the reader, and `etter` what came too late to be
//! sent; `hele` the whole list; `elev` what is decided about one pupil; `godkjenn` the frozen summary that is approved;
//! `kvittering` what the receiver has said; `endringer` what has changed.

mod elev;
mod endringer;
mod etter;
mod forside;
mod godkjenn;
mod handling;
mod hele;
pub(crate) mod hode;
mod kvittering;
mod neste;
pub(crate) mod vis;

use crate::valgt::Delt;
use axum::Router;
use axum::routing::{get, post};

/// The routes.
pub(super) fn rute() -> Router<Delt> {
    Router::new()
        .route("/skole", get(forside::velg))
        .route("/skole/{liste}", get(forside::vis))
        .route("/skole/{liste}/hent", post(forside::hent))
        .route("/skole/{liste}/elever", get(hele::vis).post(hele::sok))
        .route("/skole/{liste}/endringer", get(endringer::vis))
        .route("/skole/{liste}/elev/{elev}", get(elev::vis).post(elev::gjor))
        .route("/skole/{liste}/elev/{elev}/nummer", post(elev::nummer))
        .route("/skole/{liste}/elev/{elev}/tast", get(elev::tast))
        .route("/skole/{liste}/godkjenn", get(godkjenn::vis).post(godkjenn::send))
        .route("/skole/{liste}/tilbakekall", post(handling::tilbakekall))
        .route("/skole/{liste}/avklar", post(handling::avklar))
        .route("/skole/{liste}/kvittering", get(kvittering::vis))
        .route("/skole/{liste}/kvittering.json", get(kvittering::last_ned))
}
