//! The county's pages: rounds, who has delivered, late changes, receipts.
//!
//! `oversikt` is who has delivered and who has not, `kurve` the same day by day; `runde` a round and what is done with it,
//! `rediger` what it says, `brev` its letters as they will go out; `ettermeldinger` what the office is told late;
//! `kvitteringer` and `kontroll` the receipts; `fiktive` the numbers that the office has issued; `liste` a list as it was
//! received. `tall`, `kurve`, `tid` and `historie` are pure.

mod brev;
mod ettermeldinger;
mod felles;
mod fiktive;
mod historie;
mod kontroll;
mod kurve;
mod kvitteringer;
mod liste;
mod oversikt;
mod rediger;
mod runde;
mod skjema;
mod steng;
mod tall;
mod tid;

use crate::inntak::kontroll::MAKS;
use crate::valgt::Delt;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The routes.
pub(super) fn rute() -> Router<Delt> {
    let kontroll = post(kontroll::kontroller).layer(DefaultBodyLimit::max(MAKS));
    Router::new()
        .route("/fylke", get(oversikt::vis))
        .route("/fylke/skoler.csv", get(oversikt::last_ned))
        .route("/fylke/runder", get(runde::alle))
        .route("/fylke/runder/{runde}", get(runde::vis).post(runde::gjor))
        .route("/fylke/runder/{runde}/steng", get(steng::vis).post(steng::gjor))
        .route("/fylke/runder/{runde}/rediger", get(rediger::vis).post(rediger::lagre))
        .route("/fylke/runder/{runde}/brev", get(brev::vis))
        .route("/fylke/runder/{runde}/ny", get(rediger::neste).post(rediger::lag))
        .route("/fylke/ettermeldinger", get(ettermeldinger::alle))
        .route("/fylke/ettermeldinger/{liste}", get(ettermeldinger::vis).post(ettermeldinger::svar_pa))
        .route("/fylke/kvitteringer", get(kvitteringer::vis))
        .route("/fylke/kvitteringer/kontroll", kontroll)
        .route("/fylke/kvitteringer/{fil}", get(kvitteringer::last_ned))
        .route("/fylke/fiktive", get(fiktive::alle))
        .route("/fylke/fiktive/{liste}", get(fiktive::vis).post(fiktive::nummer))
        .route("/fylke/fiktive/{liste}/skriv", post(fiktive::skriv))
        .route("/fylke/liste/{liste}", get(liste::vis))
}
