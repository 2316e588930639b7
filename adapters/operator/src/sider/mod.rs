//! The pages, for people. They work without JavaScript; with it, they fetch themselves again when something has happened.
//!
//! A page is a struct with a template; a handler takes a [`besok::Besok`] or, for a form, a [`besok::Sendt`], asks its view
//! ([`runtime::adgang::Utsnitt`]) and answers with a page or a [`feil::Feilslag`]. No page reads anything itself, and what a
//! page does, `/api/v1` does by the same view.
//!
//! `ramme` is what stands around every page, `meny` the menu of each role, `levende` tells browsers when to fetch again.

mod besok;
mod brukere;
mod drift;
mod feil;
mod felles;
mod forklaring;
mod fylke;
mod innlogging;
mod innsyn;
mod kommune;
mod levende;
mod meny;
mod ramme;
mod skole;
mod tast;
mod vern;

pub(crate) use besok::ukjent;
pub(crate) use feil::{Feilslag, til_side};
pub use innlogging::Siderinnlogging;
pub(crate) use vern::hoder;

use crate::innlogging::Innlogging;
use crate::ressurser;
use crate::valgt::Delt;
use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

impl FromRef<Delt> for Innlogging {
    fn from_ref(delt: &Delt) -> Self {
        let sider = delt.sider.as_ref().expect("pages have routes only where they are configured");
        sider.innlogging.clone()
    }
}

/// The routes of the pages.
pub(crate) fn rute(innlogging: &Innlogging) -> Router<Delt> {
    let sider = Router::new()
        .route("/", get(felles::forside))
        .route("/fortsett/{id}", get(innlogging::fortsett))
        .route("/sprak", post(felles::sprak))
        .route("/tilgjengelighet", get(felles::tilgjengelighet))
        .merge(levende::rute())
        .merge(skole::rute())
        .merge(tast::rute())
        .merge(kommune::rute())
        .merge(fylke::rute())
        .merge(drift::rute())
        .merge(forklaring::rute())
        .merge(innsyn::rute())
        .merge(brukere::rute())
        .merge(innlogging.rute());
    // Events are sent as they come, never gathered by a compressor.
    let pakkes = DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream"));
    sider
        .layer(CompressionLayer::new().gzip(true).compress_when(pakkes))
        .route("/ressurser/{sum}/{navn}", get(ressurser::vis))
}
