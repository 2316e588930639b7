//! Who has seen whom, and who has done what: the audit log, for the municipality, the county and the auditor. Pupils are
//! our ids here; whoever may see a name follows the link to the pupil's page, where the showing is noted.
//!
//! `filter` is what is asked for, `logg` the page, `post` one entry, `csv` the download, `ord` what entries are called.

mod csv;
mod filter;
mod logg;
mod ord;
mod post;

use crate::valgt::Delt;
use axum::Router;
use axum::routing::{get, post as sendt};

/// The routes.
pub(super) fn rute() -> Router<Delt> {
    Router::new()
        .route("/innsyn", get(logg::vis).post(logg::sok))
        .route("/innsyn/sjekk", sendt(logg::sjekk))
        .route("/innsyn/logg.csv", get(csv::last_ned).post(csv::last_ned_sokt))
        .route("/innsyn/{logg}/{sekvens}", get(post::vis))
}
