//! The audit log: who was shown whom, and who did what.

use super::Utsyn;
use crate::problem::Avslag;
use crate::sporring::{Sporring, antall};
use axum::Json;
use axum::extract::Path;
use elevliste::Listenokkel;
use hendelse::Tenant;
use jiff::Timestamp;
use runtime::revisjon::Loggfilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which entries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Utvalg {
    elev: Option<Uuid>,
    liste: Option<Listenokkel>,
    fra: Option<Timestamp>,
    til: Option<Timestamp>,
    typ: Option<String>,
    etter: Option<String>,
    maks: Option<usize>,
}

/// Some of a log, newest first.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Loggside {
    poster: Vec<Post>,
    /// Send it as `etter` to get what is older; null when this is all.
    neste: Option<String>,
}

/// An entry.
#[derive(Serialize, JsonSchema)]
struct Post {
    sekvens: u64,
    /// `revisjon.vist.liste`, …
    typ: String,
    tid: Timestamp,
    /// Who, which list, which pupils, and what else the type has.
    data: serde_json::Map<String, serde_json::Value>,
}

/// Whether the chain of a log is whole.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Kjede {
    poster: u64,
    /// From before there was a chain.
    gamle: u64,
    /// The first entry that does not fit.
    brutt: Option<u64>,
}

/// `GET /api/v1/logg`: the logs that the caller may read.
pub(crate) async fn alle(Utsyn { ut, .. }: Utsyn) -> Json<Vec<String>> {
    Json(ut.loggtenanter().iter().map(ToString::to_string).collect())
}

/// `GET /api/v1/logg/{logg}`.
pub(crate) async fn en(
    Utsyn { ut, .. }: Utsyn,
    Path(logg): Path<String>,
    Sporring(valg): Sporring<Utvalg>,
) -> Result<Json<Loggside>, Avslag> {
    let (tenant, maks) = (tenant(&logg)?, antall(valg.maks)?);
    let etter = valg.etter.map(|etter| etter.parse::<u64>()).transpose();
    let etter = etter.map_err(|_| Avslag::ett_felt("etter", "send «neste» fra forrige svar, slik det sto"))?;
    let Utvalg { elev, liste, fra, til, typ, .. } = valg;
    let filter = Loggfilter { elev, liste, fra, til, typ, hvem: None };
    let side = ut.logg(&tenant, &filter, etter, maks).await?;
    let poster = side.poster.into_iter().map(|p| Post { sekvens: p.sekvens, typ: p.typ, tid: p.tid, data: p.data });
    Ok(Json(Loggside { poster: poster.collect(), neste: side.neste.map(|neste| neste.to_string()) }))
}

/// `GET /api/v1/logg/{logg}/kjede`.
pub(crate) async fn kjede(Utsyn { ut, .. }: Utsyn, Path(logg): Path<String>) -> Result<Json<Kjede>, Avslag> {
    let sjekk = ut.sjekk_logg(&tenant(&logg)?).await?;
    Ok(Json(Kjede { poster: sjekk.poster, gamle: sjekk.gamle, brutt: sjekk.brutt }))
}

fn tenant(tekst: &str) -> Result<Tenant, Avslag> {
    tekst.parse().map_err(|_| Avslag::finnes_ikke())
}
