//! Who may sign in, and as what. A municipality and a county look after their own people, and the municipality after its
//! schools'; an auditor sees who they are.
//!
//! `oversikt` is who has access to what, `endre` inviting, changing and removing, `meg` a person's own choices, `ord` what roles are called and may do.

mod endre;
mod meg;
pub(crate) mod ord;
mod oversikt;

use crate::valgt::Delt;
use axum::Router;
use axum::routing::{get, post};

/// The routes.
pub(super) fn rute() -> Router<Delt> {
    Router::new()
        .route("/brukere", get(oversikt::vis))
        .route("/brukere/meg", get(meg::vis).post(meg::lagre))
        .route("/brukere/ny", get(endre::ny).post(endre::inviter))
        .route("/brukere/{eier}/{id}", get(endre::vis).post(endre::lagre))
        .route("/brukere/{eier}/{id}/fjern", post(endre::fjern))
}
