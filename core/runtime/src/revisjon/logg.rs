//! Reading the log backwards, a page at a time: a page costs the same however long the log is.

use super::kjede::{KJEDE, emne};
use crate::Stopp;
use crate::melding::hode;
use crate::trinn::Omgivelse;
use bus::{Record, Start};
use elevliste::Listenokkel;
use hendelse::{REVISJON, Tenant};
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::time::Duration;
use uuid::Uuid;

/// Sequences that are looked through at once, at first. The stream is shared: a tenant's own may lie far apart.
const VINDU: u64 = 2_000;
const STORSTE_VINDU: u64 = 128_000;
/// Fewer entries than this, and the next window is a larger one.
const FA: usize = 50;
/// Windows for one page: then the reader is told how far we have come.
const VINDUER: usize = 12;

/// Which entries are wanted; all of them when it says nothing.
#[derive(Debug, Clone, Default)]
pub struct Loggfilter {
    /// About this pupil.
    pub elev: Option<Uuid>,
    /// By this person: the id, or the name as it stands.
    pub hvem: Option<String>,
    /// About this list.
    pub liste: Option<Listenokkel>,
    /// Not before.
    pub fra: Option<Timestamp>,
    /// Not after.
    pub til: Option<Timestamp>,
    /// What happened begins so: `revisjon.vist`.
    pub typ: Option<String>,
}

/// An entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Loggpost {
    /// Its place.
    pub sekvens: u64,
    /// What happened.
    pub typ: String,
    /// When.
    pub tid: Timestamp,
    /// What else it says.
    pub data: Map<String, Value>,
}

/// Some of the log, newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Loggside {
    /// The entries.
    pub poster: Vec<Loggpost>,
    /// Older ones are asked for with this; none: there are none.
    pub neste: Option<u64>,
}

impl Loggpost {
    fn av(record: &Record) -> Option<Self> {
        let hode = hode(record).ok()?;
        let mut data: Map<String, Value> = serde_json::from_slice(&record.payload).ok()?;
        data.remove(KJEDE);
        Some(Self { sekvens: record.sequence, typ: hode.typ, tid: hode.tid, data })
    }

    /// Who: id and name. Older entries have one text for both.
    pub fn hvem(&self) -> Option<(&str, &str)> {
        match self.data.get("hvem")? {
            Value::String(hvem) => Some((hvem, hvem)),
            hvem => Some((hvem.get("id")?.as_str()?, hvem.get("navn")?.as_str()?)),
        }
    }

    /// The list that it is about.
    pub fn liste(&self) -> Option<Listenokkel> {
        self.data.get("liste")?.as_str()?.parse().ok()
    }

    /// The pupils that it is about.
    pub fn elever(&self) -> Vec<Uuid> {
        let flere = self.data.get("elever").and_then(Value::as_array).into_iter().flatten();
        flere.chain(self.data.get("elev")).filter_map(|elev| elev.as_str()?.parse().ok()).collect()
    }

    fn passer(&self, filter: &Loggfilter) -> bool {
        let hvem = |navn: &String| self.hvem().is_some_and(|(id, hvem)| id == navn || hvem == navn);
        filter.elev.is_none_or(|elev| self.elever().contains(&elev))
            && filter.hvem.as_ref().is_none_or(hvem)
            && filter.liste.as_ref().is_none_or(|liste| self.liste().as_ref() == Some(liste))
            && filter.fra.is_none_or(|fra| self.tid >= fra)
            && filter.til.is_none_or(|til| self.tid <= til)
            && filter.typ.as_ref().is_none_or(|typ| self.typ.starts_with(typ))
    }
}

/// At most `maks` entries of a tenant's log that are older than `eldre_enn` (none: the newest). A page may hold fewer, or
/// none, and still say that there is more: so much was looked through.
pub async fn logg(
    om: &Omgivelse,
    tenant: &Tenant,
    filter: &Loggfilter,
    eldre_enn: Option<u64>,
    maks: usize,
) -> Result<Loggside, Stopp> {
    let mut side = Loggside::default();
    let Some(sist) = om.bus.last(REVISJON, &emne(tenant)).await? else { return Ok(side) };
    let mut slutt = eldre_enn.unwrap_or(u64::MAX).min(sist.sequence + 1);
    let mut storrelse = VINDU;
    for _ in 0..VINDUER {
        if slutt <= 1 {
            return Ok(side);
        }
        let start = slutt.saturating_sub(storrelse).max(1);
        let records = vindu(om, tenant, start, slutt).await?;
        for post in records.iter().rev().filter_map(Loggpost::av).filter(|post| post.passer(filter)) {
            if side.poster.len() == maks {
                side.neste = side.poster.last().map(|siste| siste.sekvens);
                return Ok(side);
            }
            side.poster.push(post);
        }
        // Entries stand in the order of their times, but for the clocks of machines that differ a little.
        let en_time_for = |fra: Timestamp| fra.checked_sub(jiff::SignedDuration::from_hours(1)).unwrap_or(fra);
        let eldste = records.iter().find_map(|record| hode(record).ok()).map(|hode| hode.tid);
        if filter.fra.zip(eldste).is_some_and(|(fra, eldste)| eldste < en_time_for(fra)) {
            return Ok(side);
        }
        storrelse = if records.len() < FA { (storrelse * 4).min(STORSTE_VINDU) } else { VINDU };
        slutt = start;
    }
    side.neste = (slutt > 1).then_some(slutt);
    Ok(side)
}

/// A tenant's entries from `start` to before `slutt`.
async fn vindu(om: &Omgivelse, tenant: &Tenant, start: u64, slutt: u64) -> Result<Vec<Record>, Stopp> {
    let mut reader = om.bus.read(REVISJON, &[emne(tenant)], Start::After(start - 1)).await?;
    let (mut igjen, mut ut) = (reader.pending_at_start(), Vec::new());
    while igjen > 0 {
        for record in reader.next(500, Duration::from_secs(10)).await? {
            igjen = record.pending;
            if record.sequence >= slutt {
                return Ok(ut);
            }
            ut.push(record);
        }
    }
    Ok(ut)
}
