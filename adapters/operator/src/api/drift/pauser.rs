//! What stands still because a person says so.

use crate::api::{Utsyn, les};
use crate::config::Rett;
use crate::drift::Rekkevidde;
use crate::kropp::Kropp;
use crate::problem::Avslag;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use jiff::Timestamp;
use runtime::drift::Hva;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that is paused.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Pause {
    /// `tenant.voss`, `kilde.voss.vigilo`, `skole.46.46503.2026-2027.1` or `mottaker.46`.
    hva: String,
    /// Who paused it.
    hvem: String,
    hvorfor: String,
    siden: Timestamp,
    /// Whether you may resume it. A receiver is stopped and resumed by the county's own people only.
    kan_gjenoppta: bool,
}

/// What is to be paused.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nypause {
    /// As in a pause.
    hva: String,
    /// Why, in words without personal data, 1 to 500 characters.
    grunn: String,
}

fn vist(pause: runtime::drift::Pause, kan_gjenoppta: bool) -> Pause {
    let runtime::drift::Pause { hva, hvem, hvorfor, siden } = pause;
    Pause { hva: hva.to_string(), hvem: hvem.navn, hvorfor, siden, kan_gjenoppta }
}

/// `GET /api/v1/drift/pauser`.
pub(crate) async fn alle(utsyn: Utsyn) -> Result<Json<Vec<Pause>>, Avslag> {
    let rekker = Rekkevidde::av(&utsyn.ut);
    let pauser = utsyn.driver()?.pauser(&rekker).await?.into_iter();
    let pauser = pauser.map(|pause| {
        let kan = rekker.styrer(&pause.hva);
        vist(pause, kan)
    });
    Ok(Json(pauser.collect()))
}

/// `POST /api/v1/drift/pauser`.
pub(crate) async fn ny(utsyn: Utsyn, Kropp(json): Kropp) -> Result<(StatusCode, Json<Pause>), Avslag> {
    let driver = utsyn.driver()?;
    utsyn.krev(Rett::Avgjore)?;
    let Nypause { hva, grunn } = les(&json, "{\"hva\": \"kilde.voss.vigilo\", \"grunn\": \"…\"}")?;
    let hva: Hva = hva.parse().map_err(|_| {
        Avslag::ett_felt("hva", "skriv tenant.<tenant>, kilde.<tenant>.<kilde>, skole.<liste> eller mottaker.<fylke>")
    })?;
    Ok((StatusCode::CREATED, Json(vist(driver.pause(hva, &grunn).await?, true))))
}

/// `DELETE /api/v1/drift/pauser/{hva}`.
pub(crate) async fn gjenoppta(utsyn: Utsyn, Path(hva): Path<String>) -> Result<StatusCode, Avslag> {
    let driver = utsyn.driver()?;
    let hva: Hva = hva.parse().map_err(|_| Avslag::finnes_ikke())?;
    utsyn.krev(Rett::Avgjore)?;
    driver.gjenoppta(&hva).await?;
    Ok(StatusCode::NO_CONTENT)
}
