//! The integrator's pages: connections, attempts, quarantine, pauses, flow. No pupil is named on any of them.
//!
//! [`crate::drift`] lets in, and says what is within reach; `oversikt` is every connection at a glance, `kilde` and `mottaker` one of
//! them with its last attempts (`forsok`, `form`); `karantene` and `arsak` what could not be read; `pauser` what stands
//! still; `topologi` the flow, drawn by `bilde`. `ord` has the words.

mod arsak;
mod bilde;
pub(super) mod forsok;
mod karantene;
mod kilde;
mod mottaker;
mod ord;
mod oversikt;
mod pauser;
mod topologi;

use crate::valgt::Delt;
use axum::Router;
use axum::routing::{get, post};

/// The routes.
pub(super) fn rute() -> Router<Delt> {
    Router::new()
        .route("/drift", get(oversikt::vis))
        .route("/drift/kilde/{tenant}/{kilde}", get(kilde::vis))
        .route("/drift/mottaker/{fylke}", get(mottaker::vis))
        .route("/drift/karantene", get(karantene::vis))
        .route("/drift/karantene/{arsak}", get(arsak::vis))
        .route("/drift/karantene/{arsak}/prov", post(arsak::prov))
        .route("/drift/karantene/{arsak}/spill", post(arsak::spill))
        .route("/drift/pauser", get(pauser::vis).post(pauser::pause))
        .route("/drift/pauser/gjenoppta", post(pauser::gjenoppta))
        .route("/drift/topologi", get(topologi::vis))
}
