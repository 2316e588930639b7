//! The rounds: how they stand, their history for those whose they are, and the county's changes.

use super::{Utsyn, les, merket, sett};
use crate::config::Rett;
use crate::kropp::Kropp;
use crate::problem::Avslag;
use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use elevliste::{Innsamling, Rundenokkel};
use jiff::Timestamp;
use runtime::Rundeendring;
use runtime::utsikt::Rundebilde;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A round.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Runde {
    /// `46.2026-2027.1`
    runde: String,
    /// How often it has been changed; it is the `ETag`, too.
    sekvens: u64,
    /// When lists may be sent, who approves, whom to ask, who is reminded when.
    #[schemars(with = "serde_json::Value")]
    innsamling: Innsamling,
}

/// A new round.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nyrunde {
    #[schemars(with = "serde_json::Value")]
    innsamling: Innsamling,
    grunn: String,
}

/// A change of when lists may be sent.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rundevalg {
    hva: Hva,
    /// From when, or until when; `steng` has none, and `apne` without it means now.
    #[serde(default)]
    nar: Option<Timestamp>,
    /// Why.
    grunn: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Hva {
    Apne,
    Forleng,
    Forkort,
    Steng,
}

fn vist(runde: &Rundebilde) -> Runde {
    let innsamling = runde.sak.runde().clone();
    Runde { runde: innsamling.nokkel().to_string(), sekvens: runde.sak.sekvens, innsamling }
}

/// `GET /api/v1/runder`.
pub(crate) async fn alle(Utsyn { ut, .. }: Utsyn) -> Json<Vec<Runde>> {
    Json(ut.runder().iter().map(|runde| vist(runde)).collect())
}

/// `GET /api/v1/runder/{runde}`.
pub(crate) async fn en(Utsyn { ut, .. }: Utsyn, Path(runde): Path<String>) -> Result<Response, Avslag> {
    let runde = vist(&*ut.runde(nokkel(&runde)?).ok_or_else(Avslag::finnes_ikke)?);
    merket(&runde.sekvens.to_string(), &runde)
}

/// `POST /api/v1/runder`.
pub(crate) async fn ny(utsyn: Utsyn, Kropp(json): Kropp) -> Result<Response, Avslag> {
    utsyn.krev(Rett::Avgjore)?;
    let Nyrunde { innsamling, grunn } = les(&json, "{\"innsamling\": {…}, \"grunn\": \"…\"}")?;
    let ny = utsyn.ut.ny_runde(innsamling, &grunn).await?;
    svar(&utsyn, ny.nokkel())
}

/// `POST /api/v1/runder/{runde}`: opens, extends, shortens or closes it.
pub(crate) async fn endre(
    utsyn: Utsyn,
    Path(runde): Path<String>,
    hoder: HeaderMap,
    Kropp(json): Kropp,
) -> Result<Response, Avslag> {
    let nokkel = nokkel(&runde)?;
    utsyn.ut.runde(nokkel).ok_or_else(Avslag::finnes_ikke)?;
    utsyn.krev(Rett::Avgjore)?;
    let form = "{\"hva\": \"apne\", \"forleng\", \"forkort\" eller \"steng\", \"nar\": \"2026-11-14T00:00:00+01:00\", \"grunn\": \"…\"}";
    let valg: Rundevalg = les(&json, form)?;
    let nar = || valg.nar.ok_or_else(|| Avslag::ett_felt("nar", "si fra eller til når, som 2026-11-14T00:00:00+01:00"));
    let endring = match valg.hva {
        Hva::Apne => Rundeendring::Apne(valg.nar),
        Hva::Forleng => Rundeendring::Forleng(nar()?),
        Hva::Forkort => Rundeendring::Forkort(nar()?),
        Hva::Steng => Rundeendring::Steng,
    };
    utsyn.ut.endre_runde(nokkel, sett(&hoder)?, &valg.grunn, endring).await?;
    svar(&utsyn, nokkel)
}

pub(super) fn svar(utsyn: &Utsyn, nokkel: Rundenokkel) -> Result<Response, Avslag> {
    let runde = vist(&*utsyn.ut.runde(nokkel).ok_or_else(Avslag::finnes_ikke)?);
    merket(&runde.sekvens.to_string(), &runde)
}

pub(super) fn nokkel(tekst: &str) -> Result<Rundenokkel, Avslag> {
    tekst.parse().map_err(|_| Avslag::finnes_ikke())
}
