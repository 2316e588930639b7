//! Days and moments as suppliers write them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A day, and the tolerance used. A moment where a day should be is the day it is in Norway.
pub(super) fn dato(tekst: &str) -> Option<(Date, Option<&'static str>)> {
    if tekst.len() == 10 {
        return tekst.parse().ok().map(|dato| (dato, None));
    }
    let dag = match tekst.parse::<Timestamp>() {
        Ok(tid) => norsk_dag(tid),
        Err(_) => tekst.parse::<DateTime>().ok()?.date(),
    };
    Some((dag, Some("datetime-for-date")))
}

/// A moment, and the tolerance used. Without a zone it is read as UTC, as the standard says.
pub(super) fn tidspunkt(tekst: &str) -> Option<(Timestamp, Option<&'static str>)> {
    if let Ok(tid) = tekst.parse() {
        return Some((tid, None));
    }
    let lokal: DateTime = tekst.parse().ok()?;
    let tid = TimeZone::UTC.to_timestamp(lokal).ok()?;
    Some((tid, Some("timestamp-without-zone")))
}

/// Norway's rule as text, so that no time zone database has to be on the machine.
fn norsk_dag(tid: Timestamp) -> Date {
    match TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3") {
        Ok(oslo) => oslo.to_datetime(tid).date(),
        Err(_) => TimeZone::UTC.to_datetime(tid.saturating_add(SignedDuration::from_hours(1)).unwrap_or(tid)).date(),
    }
}
