//! How far behind sources, steps and receivers are, and where each source goes on from.

use crate::api::Utsyn;
use crate::drift::{Husket, Rekkevidde, plass};
use crate::problem::Avslag;
use axum::{Extension, Json};
use jiff::Timestamp;
use runtime::drift::{Kildeetterslep, Mottakeretterslep, Trinnetterslep};
use schemars::JsonSchema;
use serde::Serialize;

/// How far behind everything is that this process runs. Up to 20 seconds old.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Driftsstand {
    kilder: Vec<Kildestand>,
    trinn: Vec<Trinnstand>,
    mottakere: Vec<Mottakerstand>,
}

/// Where a source stands.
#[derive(Serialize, JsonSchema)]
struct Kildestand {
    tenant: String,
    kilde: String,
    /// The last complete reading that is in force.
    sist_hel: Option<Timestamp>,
    /// When it is read next.
    ventet: Option<Timestamp>,
    /// When it is believed to be dead.
    frist: Option<Timestamp>,
    /// How many readings have changed anything.
    snapshot: Option<i64>,
    /// Where it is read on from: numbers and times.
    posisjon: Option<String>,
    /// The source's own newest time of change.
    merke: Option<Timestamp>,
    /// How many of its records lie in quarantine.
    karantene: u64,
    pauset: bool,
}

/// How far a step of one tenant is behind its input.
#[derive(Serialize, JsonSchema)]
struct Trinnstand {
    /// `fint` or `liste`.
    trinn: &'static str,
    tenant: String,
    /// Messages between the two; 0 is up to date.
    bak: u64,
}

/// What waits for a county's receiver.
#[derive(Serialize, JsonSchema)]
struct Mottakerstand {
    /// The county's number.
    fylke: String,
    /// Lists that are approved and not answered for.
    ventende: u64,
    /// Since when the one that has waited longest has waited.
    eldste: Option<Timestamp>,
    pauset: bool,
}

fn kilde(kilde: &Kildeetterslep) -> Kildestand {
    let Kildeetterslep { tenant, kilde, sist_hel, ventet, frist, snapshot, posisjon, merke, karantene, pause } = kilde;
    Kildestand {
        tenant: tenant.to_string(),
        kilde: kilde.to_string(),
        sist_hel: *sist_hel,
        ventet: *ventet,
        frist: *frist,
        snapshot: *snapshot,
        posisjon: posisjon.as_deref().and_then(plass),
        merke: *merke,
        karantene: *karantene,
        pauset: pause.is_some(),
    }
}

fn trinn(trinn: &Trinnetterslep) -> Trinnstand {
    Trinnstand { trinn: trinn.trinn, tenant: trinn.tenant.to_string(), bak: trinn.bak }
}

fn mottaker(mottaker: &Mottakeretterslep) -> Mottakerstand {
    let Mottakeretterslep { fylke, ventende, eldste, pause } = mottaker;
    Mottakerstand { fylke: fylke.to_string(), ventende: *ventende, eldste: *eldste, pauset: pause.is_some() }
}

/// `GET /api/v1/drift`.
pub(crate) async fn alt(utsyn: Utsyn, Extension(husket): Extension<Husket>) -> Result<Json<Driftsstand>, Avslag> {
    let etterslep = utsyn.driver()?.etterslep(&husket).await?;
    let (adgang, rekker) = (utsyn.ut.adgang(), Rekkevidde::av(&utsyn.ut));
    let kilder = etterslep.kilder.iter().filter(|k| adgang.ser_kilde(&k.tenant, &k.kilde));
    let steg = etterslep.trinn.iter().filter(|t| adgang.ser_tenant(&t.tenant));
    let mottakere = etterslep.mottakere.iter().filter(|m| rekker.ser_fylke(m.fylke));
    Ok(Json(Driftsstand {
        kilder: kilder.map(kilde).collect(),
        trinn: steg.map(trinn).collect(),
        mottakere: mottakere.map(mottaker).collect(),
    }))
}
