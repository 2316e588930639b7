//! One pupil's way from the school system to the receipt, as a timeline that anybody can read.
//!
//! `venter` says where the pupil stands and what is waited for, `tidslinje` what happened in what order, `felter` where
//! each value is from. The core says what may be told: a protected pupil is one whom nobody knows.

mod felter;
mod side;
mod tidslinje;
mod venter;

use crate::valgt::Delt;
use axum::Router;
use axum::routing::get;

/// The routes.
pub(super) fn rute() -> Router<Delt> {
    Router::new()
        .route("/skole/{liste}/elev/{elev}/forklaring", get(side::vis))
        .route("/skole/{liste}/elev/{elev}/kvittering.json", get(side::kvittering))
}
