//! Days and moments as suppliers write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use oneroster::norsk_dag;

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
        return Some((tid, tekst.contains(' ').then_some("timestamp-with-space")));
    }
    if let Some(tid) = epoke(tekst) {
        return Some((tid, Some("timestamp-as-number")));
    }
    let (lokal, code) = match tekst.parse::<Date>() {
        Ok(dag) if tekst.len() == 10 => (dag.to_datetime(jiff::civil::Time::midnight()), "timestamp-without-time"),
        _ => (tekst.parse::<DateTime>().ok()?, "timestamp-without-zone"),
    };
    Some((TimeZone::UTC.to_timestamp(lokal).ok()?, Some(code)))
}

/// Seconds or milliseconds since 1970, told apart by their number of digits: both are of this century.
fn epoke(tekst: &str) -> Option<Timestamp> {
    let tall = tekst.bytes().all(|b| b.is_ascii_digit()).then(|| tekst.parse::<i64>().ok())??;
    match tekst.len() {
        10 => Timestamp::from_second(tall).ok(),
        13 => Timestamp::from_millisecond(tall).ok(),
        _ => None,
    }
}
