//! The shapes a date and a moment come in.
//!
//! Java cores of FINT write every date as a moment with a zone, newer ones write a plain date and a moment without a zone.

use crate::felles::midt_pa_dagen;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use std::sync::LazyLock;

/// Norwegian time by the rule in force since 1996, so that no time zone database is needed.
static NORGE: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a constant POSIX rule is valid"));

/// A date: `2010-03-14`, or the Norwegian day of `2010-03-14T12:00:00Z`, or the day of `2010-03-14T12:00:00`.
///
/// The Norwegian day, because some senders write midnight in Norway as 22:00Z or 23:00Z of the day before.
pub(super) fn dato(tekst: &str) -> Option<Date> {
    match tekst.parse::<Timestamp>() {
        Ok(tidspunkt) => Some(tidspunkt.to_zoned(NORGE.clone()).date()),
        Err(_) => tekst.parse().ok(),
    }
}

/// A moment: with a zone as it says, without a zone as UTC, and a bare date as noon UTC.
pub(super) fn tidspunkt(tekst: &str) -> Option<Timestamp> {
    if let Ok(tidspunkt) = tekst.parse::<Timestamp>() {
        return Some(tidspunkt);
    }
    if !tekst.contains(['T', 't', ' ']) {
        return tekst.parse().ok().map(midt_pa_dagen);
    }
    Offset::UTC.to_timestamp(tekst.parse::<DateTime>().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{dato, tidspunkt};
    use jiff::civil::date;

    #[test]
    fn a_date_in_every_shape() {
        for tekst in [
            "2010-03-14",
            "2010-03-14T12:00:00Z",
            "2010-03-14T12:00:00",
            "2010-03-14T00:00:00Z",
            "2010-03-13T23:00:00Z",
            "2010-03-14T00:00:00+01:00",
            "2010-03-13T23:00:00.000+0000",
        ] {
            assert_eq!(dato(tekst), Some(date(2010, 3, 14)), "{tekst}");
        }
        assert_eq!(dato("2010-06-30T22:00:00Z"), Some(date(2010, 7, 1)), "summer time");
        for tekst in ["", "14.03.2010", "2010-13-01", "2010-02-30", "i dag"] {
            assert_eq!(dato(tekst), None, "{tekst}");
        }
    }

    #[test]
    fn a_moment_in_every_shape() {
        let middag = "2010-03-14T12:00:00Z".parse().unwrap();
        for tekst in ["2010-03-14", "2010-03-14T12:00:00Z", "2010-03-14T12:00:00", "2010-03-14T13:00:00+01:00"] {
            assert_eq!(tidspunkt(tekst), Some(middag), "{tekst}");
        }
        for tekst in ["", "12:00", "2010-03-14T25:00:00", "-999999-01-01"] {
            assert_eq!(tidspunkt(tekst), None, "{tekst}");
        }
    }
}
