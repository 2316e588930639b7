//! What could not be read, by cause, and playing it again. Never what is in it.

use crate::api::{Utsyn, les};
use crate::config::Rett;
use crate::drift::id;
use crate::kropp::Kropp;
use crate::problem::Avslag;
use crate::sporring::{Sporring, antall};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use hendelse::K;
use jiff::Timestamp;
use runtime::drift::{Arsakstall, Karanteneinfo, Proveskudd};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Why things could not be read, and how many.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Arsak {
    /// Names the cause in addresses.
    id: String,
    /// Where they were put there: `kilde`, `register`, `fint`, `liste` or `levering`.
    trinn: String,
    tenant: String,
    /// A stable code of the cause.
    kode: String,
    /// The field, without places in lists.
    felt: String,
    antall: u64,
    eldste: Timestamp,
    nyeste: Timestamp,
}

/// A cause, and some of what has it, newest first.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Arsaksside {
    arsak: Arsak,
    /// How many are to be played again and have not been.
    bestilt: usize,
    poster: Vec<Karantenepost>,
    /// Send it as `etter` to get what is older; null when this is all.
    neste: Option<String>,
}

/// Something in quarantine. Never what is in it.
#[derive(Serialize, JsonSchema)]
struct Karantenepost {
    /// What it is called.
    k: String,
    /// The source that it came from, where it is one.
    kilde: Option<String>,
    /// When it was put there.
    nar: Timestamp,
    /// How large it is.
    bytes: usize,
    /// Where a message of ours stands: `KILDE:17`. Null for what came from outside.
    opphav: Option<String>,
    /// Whether it is to be played again.
    bestilt: bool,
}

/// What a dry run came to.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Prove {
    /// Can be read now.
    lesbare: u64,
    /// Still cannot.
    uleselige: u64,
    /// Cannot be told before it is played.
    ukjent: u64,
}

/// What is to be played again.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spilling {
    /// One of them; all of the cause without it.
    #[serde(default)]
    k: Option<String>,
}

/// How much is to be played again.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Bestilt {
    bestilt: u64,
}

/// Which of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Utvalg {
    etter: Option<String>,
    maks: Option<usize>,
}

fn vist(tall: Arsakstall) -> Arsak {
    let Arsakstall { arsak, antall, eldste, nyeste } = tall;
    let (id, tenant) = (id(&arsak), arsak.tenant.to_string());
    Arsak { id, trinn: arsak.trinn, tenant, kode: arsak.kode, felt: arsak.felt, antall, eldste, nyeste }
}

fn post(info: Karanteneinfo) -> Karantenepost {
    let Karanteneinfo { k, kilde, nar, bytes, opphav, bestilt, .. } = info;
    Karantenepost { k: k.to_string(), kilde: kilde.map(|kilde| kilde.to_string()), nar, bytes, opphav, bestilt }
}

/// `GET /api/v1/drift/karantene`: the causes, those of most first.
pub(crate) async fn alle(utsyn: Utsyn) -> Result<Json<Vec<Arsak>>, Avslag> {
    Ok(Json(utsyn.driver()?.arsaker().await?.into_iter().map(vist).collect()))
}

/// `GET /api/v1/drift/karantene/{arsak}`.
pub(crate) async fn en(
    utsyn: Utsyn,
    Path(arsak): Path<String>,
    Sporring(utvalg): Sporring<Utvalg>,
) -> Result<Json<Arsaksside>, Avslag> {
    let (driver, maks) = (utsyn.driver()?, antall(utvalg.maks)?);
    let tall = driver.arsak(&arsak).await?.ok_or_else(Avslag::finnes_ikke)?;
    let etter = utvalg.etter.as_deref().map(plass).transpose()?;
    let mut poster = driver.poster(&tall.arsak).await?;
    let bestilt = poster.iter().filter(|info| info.bestilt).count();
    // What leaves the quarantine meanwhile moves nobody to another place.
    poster.sort_by_key(sted);
    poster.retain(|info| etter.is_none_or(|etter| sted(info) > etter));
    let flere = poster.len() > maks;
    poster.truncate(maks);
    let neste = poster.last().filter(|_| flere).map(|siste| format!("{}_{}", siste.nar, siste.k));
    Ok(Json(Arsaksside { arsak: vist(tall), bestilt, poster: poster.into_iter().map(post).collect(), neste }))
}

const fn sted(info: &Karanteneinfo) -> (Reverse<Timestamp>, K) {
    (Reverse(info.nar), info.k)
}

fn plass(etter: &str) -> Result<(Reverse<Timestamp>, K), Avslag> {
    let deler = etter.split_once('_').and_then(|(nar, k)| Some((Reverse(nar.parse().ok()?), k.parse().ok()?)));
    deler.ok_or_else(|| Avslag::ett_felt("etter", "send «neste» fra forrige svar, slik det sto"))
}

/// `POST /api/v1/drift/karantene/{arsak}/prov`: what playing it again would come to. Changes nothing.
pub(crate) async fn prov(utsyn: Utsyn, Path(arsak): Path<String>) -> Result<Json<Prove>, Avslag> {
    let driver = utsyn.driver()?;
    let tall = driver.arsak(&arsak).await?.ok_or_else(Avslag::finnes_ikke)?;
    // A source may be read whole for it.
    utsyn.krev(Rett::Levere)?;
    let Proveskudd { lesbare, uleselige, ukjent } = driver.prov(&tall.arsak).await?;
    Ok(Json(Prove { lesbare, uleselige, ukjent }))
}

/// `POST /api/v1/drift/karantene/{arsak}/spill`: orders it to be played again.
pub(crate) async fn spill(
    utsyn: Utsyn,
    Path(arsak): Path<String>,
    Kropp(json): Kropp,
) -> Result<(StatusCode, Json<Bestilt>), Avslag> {
    let driver = utsyn.driver()?;
    let tall = driver.arsak(&arsak).await?.ok_or_else(Avslag::finnes_ikke)?;
    utsyn.krev(Rett::Avgjore)?;
    let Spilling { k } = les(&json, "{} for alt, eller {\"k\": \"…\"} for én av dem")?;
    let en: Option<K> = k.map(|k| k.parse()).transpose().map_err(|_| Avslag::ett_felt("k", "send «k» slik den sto"))?;
    let bestilt = driver.spill(&tall.arsak, en).await?;
    Ok((StatusCode::ACCEPTED, Json(Bestilt { bestilt })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let (nar, k): (Timestamp, K) = ("2026-11-21T08:00:00.000000001Z".parse().unwrap(), K([7; 16]));
        assert_eq!(plass(&format!("{nar}_{k}")), Ok((Reverse(nar), k)));
        for galt in ["", "_", "2026-11-21T08:00:00Z", "x_07", &format!("{k}_{nar}")] {
            assert!(plass(galt).is_err(), "{galt}");
        }
    }
}
