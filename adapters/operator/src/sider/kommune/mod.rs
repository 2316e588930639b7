//! The municipality's pages: schools by risk, school systems, mass changes. An auditor sees the schools, in numbers.
//!
//! `oversikt` is the one screen: who has delivered, and who must be followed up; `skole` one school in numbers; `kilder`
//! the school systems, `kilde` one of them with what waits for a decision. `risiko` says in which order schools need
//! somebody, `ord` what things are called.

mod kilde;
mod kilder;
pub(crate) mod ord;
mod oversikt;
mod risiko;
mod skole;

use crate::valgt::Delt;
use axum::Router;
use axum::routing::{get, post};

/// The routes.
pub(super) fn rute() -> Router<Delt> {
    Router::new()
        .route("/kommune", get(oversikt::vis))
        .route("/kommune/skole/{liste}", get(skole::vis))
        .route("/kommune/kilder", get(kilder::vis))
        .route("/kommune/kilder/{tenant}/{kilde}", get(kilde::vis))
        .route("/kommune/kilder/{tenant}/{kilde}/hent", post(kilder::hent))
        .route("/kommune/kilder/{tenant}/{kilde}/avgjor", post(kilde::avgjor))
}
