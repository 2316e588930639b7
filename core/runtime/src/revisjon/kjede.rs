//! The chain: written one entry at a time, checked from its beginning.
//!
//! An entry is a JSON object with a field `kjede`: its number, the digest of the entry before, and what else stands in the
//! headers. Its own digest is a header beside it. So a changed byte shows in the entry itself, and a changed, missing or
//! slipped-in entry in the one that follows.

use crate::Stopp;
use crate::melding::hode;
use crate::trinn::Omgivelse;
use bus::{Batch, BusError, CommitError, Expect, Message, Record, Start};
use bytes::Bytes;
use hendelse::{Hode, REVISJON, Tenant, hodenavn};
use jiff::Timestamp;
use rand::RngExt as _;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;
use uuid::Uuid;

/// The field of an entry that chains it.
pub(super) const KJEDE: &str = "kjede";
/// The header that holds an entry's own digest.
const AVTRYKK: &str = "mellomlag-avtrykk";
/// How often others may be first before we give up: each time somebody's entry is written.
const FORSOK: usize = 100;

/// What chains an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Ledd {
    /// 1 for the first that is chained, then one more each time.
    lopenr: u64,
    /// Digest of the entry before; empty for the very first.
    forrige: String,
    id: Uuid,
    typ: String,
    tid: Timestamp,
}

/// What a check has found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kjedesjekk {
    /// Entries in all.
    pub poster: u64,
    /// Of these: from before there was a chain.
    pub gamle: u64,
    /// The sequence of the first entry that does not fit.
    pub brutt: Option<u64>,
}

/// Writers of one process wait for each other, so that it does not refuse itself.
fn lasen(tenant: &Tenant) -> Arc<tokio::sync::Mutex<()>> {
    static LASER: LazyLock<Mutex<HashMap<Tenant, Arc<tokio::sync::Mutex<()>>>>> = LazyLock::new(Mutex::default);
    let mut laser = LASER.lock().unwrap_or_else(PoisonError::into_inner);
    laser.entry(tenant.clone()).or_default().clone()
}

pub(super) fn emne(tenant: &Tenant) -> String {
    format!("{}.{tenant}", REVISJON.to_lowercase())
}

fn avtrykk(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |tekst, byte| tekst + &format!("{byte:02x}"))
}

fn leddet(record: &Record) -> Option<Ledd> {
    let data: Map<String, Value> = serde_json::from_slice(&record.payload).ok()?;
    serde_json::from_value(data.get(KJEDE)?.clone()).ok()
}

/// Adds an entry to a tenant's chain. `typ` is `revisjon.` and what happened; `data` is a JSON object. When this returns it
/// is stored: what must be in the log before it happens, happens then.
pub async fn skriv(om: &Omgivelse, tenant: &Tenant, typ: &str, data: &(impl Serialize + Sync)) -> Result<(), Stopp> {
    let las = lasen(tenant);
    let _alene = las.lock().await;
    skriv_uten_las(om, tenant, typ, data).await
}

/// The same beside others: the guard alone keeps the chain.
pub(super) async fn skriv_uten_las(
    om: &Omgivelse,
    tenant: &Tenant,
    typ: &str,
    data: &(impl Serialize + Sync),
) -> Result<(), Stopp> {
    let data = match serde_json::to_value(data).expect("texts and numbers always have a json form") {
        Value::Object(felter) => felter,
        annet => [("data".to_owned(), annet)].into_iter().collect(),
    };
    let emne = emne(tenant);
    let (id, tid) = (Uuid::now_v7(), om.clock.now());
    for forsok in 0..FORSOK {
        if forsok > 0 {
            let vent = rand::rng().random_range(1..=5 * forsok.min(20) as u64);
            tokio::time::sleep(Duration::from_millis(vent)).await;
        }
        let sist = om.bus.last(REVISJON, &emne).await?;
        if sist.as_ref().and_then(|record| hode(record).ok()).is_some_and(|hode| hode.id == id) {
            return Ok(());
        }
        let ledd = Ledd {
            lopenr: sist.as_ref().and_then(leddet).map_or(1, |ledd| ledd.lopenr + 1),
            forrige: sist.as_ref().map(|record| avtrykk(&record.payload)).unwrap_or_default(),
            id,
            typ: typ.to_owned(),
            tid,
        };
        let sekvens = sist.map_or(0, |record| record.sequence);
        let guard = melding(tenant, &emne, ledd, data.clone());
        match om.bus.commit(REVISJON, Batch { guard, expect: Expect(sekvens), messages: vec![] }).await {
            Ok(_) => return Ok(()),
            Err(CommitError::Fenced { .. }) => {}
            // It may be stored: then it is what follows the one that we wrote after.
            Err(CommitError::Unknown { .. }) => {
                if neste_er(om, &emne, sekvens, id).await? {
                    return Ok(());
                }
            }
            Err(feil) => return Err(feil.into()),
        }
    }
    Err(CommitError::Fenced { subject: emne }.into())
}

fn melding(tenant: &Tenant, emne: &str, ledd: Ledd, mut data: Map<String, Value>) -> Message {
    let hode = Hode {
        id: ledd.id,
        kilde: format!("{tenant}:revisjon"),
        typ: ledd.typ.clone(),
        tid: ledd.tid,
        skjema: None,
        spor: None,
    };
    let ledd = serde_json::to_value(ledd).expect("texts and numbers always have a json form");
    data.insert(KJEDE.to_owned(), ledd);
    let payload = Bytes::from(serde_json::to_vec(&data).expect("a map of texts always has a json form"));
    let mut headers = hode.hoder();
    headers.push((hodenavn::CONTENT_TYPE, "application/json".to_owned()));
    headers.push((AVTRYKK, avtrykk(&payload)));
    Message { subject: emne.to_owned(), headers, payload }
}

async fn neste_er(om: &Omgivelse, emne: &str, etter: u64, id: Uuid) -> Result<bool, BusError> {
    let neste = om.bus.next(REVISJON, emne, etter).await?;
    Ok(neste.and_then(|record| hode(&record).ok()).is_some_and(|hode| hode.id == id))
}

/// Checks a tenant's chain from its beginning. It tells of changed, missing and slipped-in entries; that the newest ones
/// were cut off is told by whoever has seen them.
pub async fn sjekk(om: &Omgivelse, tenant: &Tenant) -> Result<Kjedesjekk, Stopp> {
    let mut reader = om.bus.read(REVISJON, &[emne(tenant)], Start::After(0)).await?;
    let (mut igjen, mut ut) = (reader.pending_at_start(), Kjedesjekk::default());
    let mut sist: Option<(String, u64)> = None;
    while igjen > 0 {
        for record in reader.next(500, Duration::from_secs(10)).await? {
            igjen = record.pending;
            ut.poster += 1;
            let lopenr = sist.as_ref().map_or(0, |(_, lopenr)| *lopenr);
            let forrige = sist.as_ref().map(|(avtrykk, _)| avtrykk.as_str()).unwrap_or_default();
            let naa = match leddet(&record) {
                // The chain has not begun.
                None if lopenr == 0 && record.header(AVTRYKK).is_none() => {
                    ut.gamle += 1;
                    0
                }
                Some(ledd) if passer(&ledd, &record, lopenr + 1, forrige) => ledd.lopenr,
                _ => {
                    ut.brutt = Some(record.sequence);
                    return Ok(ut);
                }
            };
            sist = Some((avtrykk(&record.payload), naa));
        }
    }
    Ok(ut)
}

fn passer(ledd: &Ledd, record: &Record, lopenr: u64, forrige: &str) -> bool {
    let som_hodet = hode(record).is_ok_and(|h| h.id == ledd.id && h.typ == ledd.typ && h.tid == ledd.tid);
    som_hodet
        && ledd.lopenr == lopenr
        && ledd.forrige == forrige
        && record.header(AVTRYKK) == Some(avtrykk(&record.payload).as_str())
}
