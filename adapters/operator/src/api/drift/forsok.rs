//! The last attempts at sources and receivers: when, how long, what came of it, and the shape of what was read or sent.

use crate::api::Utsyn;
use crate::drift::Rekkevidde;
use crate::problem::Avslag;
use axum::Json;
use axum::extract::Path;
use jiff::Timestamp;
use runtime::drift::{Form, Kildeslag, Mottakerslag};
use runtime::{Kildetilstand, Snapshotresultat};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// An attempt to read a source, or several that came to the same nothing.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Kildeforsok {
    start: Timestamp,
    /// When the last of them ended.
    sist: Timestamp,
    /// How many attempts in a row this is.
    ganger: u32,
    /// How long the last one took.
    varighet_ms: u64,
    /// `snapshot`, `delta` or `levert`.
    #[schemars(with = "String")]
    slag: Kildeslag,
    /// `ok`, `revet`, `borte`, `brems`, `avviser`, `uleselig`, `holdt`, `forkastet` or `feil`.
    #[schemars(with = "String")]
    tilstand: Kildetilstand,
    /// A stable code of it.
    kode: String,
    rader: u64,
    /// What it brought, in numbers.
    #[schemars(with = "BTreeMap<String, u64>")]
    resultat: Snapshotresultat,
    /// Tolerances used, by code.
    funn: BTreeMap<String, u64>,
    /// What could not be read.
    avvist: Vec<Avvist>,
    /// The shape of what was read: for each type and field, how often it held what kind of thing.
    #[schemars(with = "BTreeMap<String, BTreeMap<String, BTreeMap<String, u64>>>")]
    form: Form,
}

/// Records that could not be read, of one cause.
#[derive(Serialize, JsonSchema)]
struct Avvist {
    kode: String,
    felt: String,
    antall: u64,
}

/// A request to a receiver.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Mottakerforsok {
    start: Timestamp,
    varighet_ms: u64,
    /// About which list.
    liste: String,
    /// `liste`, `oppdatering` or `tilbakelesing`.
    #[schemars(with = "String")]
    slag: Mottakerslag,
    /// What came of it: a stable word.
    utfall: String,
    /// The class of the answer's HTTP status, where the outcome tells it.
    http: Option<String>,
    /// Lines sent, or found.
    linjer: u64,
    /// The receiver's remarks, by code.
    merknader: BTreeMap<String, u64>,
    /// The shape of what was sent.
    #[schemars(with = "BTreeMap<String, BTreeMap<String, BTreeMap<String, u64>>>")]
    form: Form,
}

fn lesning(forsok: runtime::drift::Kildeforsok) -> Kildeforsok {
    let avvist = forsok.avvist.into_iter().map(|a| Avvist { kode: a.kode, felt: a.felt, antall: a.antall });
    Kildeforsok {
        start: forsok.start,
        sist: forsok.sist,
        ganger: forsok.ganger,
        varighet_ms: forsok.varighet_ms,
        slag: forsok.slag,
        tilstand: forsok.tilstand,
        kode: forsok.kode,
        rader: forsok.rader,
        resultat: forsok.resultat,
        funn: forsok.funn,
        avvist: avvist.collect(),
        form: forsok.form,
    }
}

fn sending(forsok: runtime::drift::Mottakerforsok) -> Mottakerforsok {
    Mottakerforsok {
        start: forsok.start,
        varighet_ms: forsok.varighet_ms,
        liste: forsok.liste.to_string(),
        slag: forsok.slag,
        utfall: forsok.utfall,
        http: forsok.http,
        linjer: forsok.linjer,
        merknader: forsok.merknader,
        form: forsok.form,
    }
}

/// `GET /api/v1/drift/kilder/{tenant}/{kilde}/forsok`: newest first.
pub(crate) async fn kilde(
    utsyn: Utsyn,
    Path((tenant, kilde)): Path<(String, String)>,
) -> Result<Json<Vec<Kildeforsok>>, Avslag> {
    let driver = utsyn.driver()?;
    let (tenant, kilde) = driver.kilde(&tenant, &kilde).await?;
    if !utsyn.ut.kilder().iter().any(|k| k.tenant == tenant && k.kilde == kilde) {
        return Err(Avslag::finnes_ikke());
    }
    Ok(Json(driver.forsok_kilde(&tenant, &kilde).await?.into_iter().map(lesning).collect()))
}

/// `GET /api/v1/drift/mottakere/{fylke}/forsok`: newest first, of the lists within reach.
pub(crate) async fn mottaker(utsyn: Utsyn, Path(fylke): Path<String>) -> Result<Json<Vec<Mottakerforsok>>, Avslag> {
    let driver = utsyn.driver()?;
    let fylke = driver.fylke(&fylke)?;
    let alle = driver.forsok_mottaker(fylke, &Rekkevidde::av(&utsyn.ut)).await?;
    Ok(Json(alle.into_iter().map(sending).collect()))
}
