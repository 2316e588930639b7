//! Moments as people enter them, by Norwegian clocks. Pure.
//!
//! A deadline is entered as its last minute: «13. november kl. 23.59» is until midnight.

use elevliste::{oslo, siste_minutt};
use jiff::civil::DateTime;
use jiff::tz::AmbiguousOffset;
use jiff::{Timestamp, ToSpan as _};

/// The forms that are read: what a browser sends, and what people write where it has no calendar.
const FORMER: [&str; 6] =
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M", "%d.%m.%Y kl. %H.%M"];

/// Which end of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ende {
    /// Its first moment.
    Fra,
    /// Its last minute.
    Til,
}

/// Why a moment cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tidsfeil {
    /// It is no date and time of day.
    Ugyldig,
    /// Clocks are put forward then: there is no such time of day.
    FinnesIkke,
}

/// The moment that a round opens or closes. A time of day that comes twice, when clocks are put back, is the one that
/// leaves schools the more time.
pub(super) fn les(tekst: &str, ende: Ende) -> Result<Timestamp, Tidsfeil> {
    let tekst = tekst.trim();
    let lest = FORMER.iter().find_map(|form| DateTime::strptime(form, tekst).ok()).ok_or(Tidsfeil::Ugyldig)?;
    if !(2000..=2100).contains(&lest.year()) {
        return Err(Tidsfeil::Ugyldig);
    }
    let minutt = lest.with().second(0).build().map_err(|_| Tidsfeil::Ugyldig)?;
    let mulige = oslo().into_ambiguous_zoned(minutt);
    if matches!(mulige.offset(), AmbiguousOffset::Gap { .. }) {
        return Err(Tidsfeil::FinnesIkke);
    }
    match ende {
        Ende::Fra => mulige.earlier().map(|t| t.timestamp()),
        Ende::Til => mulige.later().and_then(|t| t.timestamp().checked_add(1.minute())),
    }
    .map_err(|_| Tidsfeil::Ugyldig)
}

/// The same moment as a field holds it.
pub(super) fn skriv(tid: Timestamp, ende: Ende) -> String {
    let vist = match ende {
        Ende::Fra => tid.to_zoned(oslo()),
        Ende::Til => siste_minutt(tid),
    };
    vist.strftime("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_its_last_minute_and_a_field_holds_what_was_entered() {
        for (skrevet, ende, ventet) in [
            ("2026-11-01T08:00", Ende::Fra, "2026-11-01T07:00:00Z"),
            ("2026-11-13T23:59", Ende::Til, "2026-11-13T23:00:00Z"),
            ("2026-11-13T23:59:30", Ende::Til, "2026-11-13T23:00:00Z"),
            (" 13.11.2026 23.59 ", Ende::Til, "2026-11-13T23:00:00Z"),
            ("13.11.2026 kl. 23.59", Ende::Til, "2026-11-13T23:00:00Z"),
            ("2027-06-30T23:59", Ende::Til, "2027-06-30T22:00:00Z"),
        ] {
            let lest = les(skrevet, ende).unwrap();
            assert_eq!(lest.to_string(), ventet, "{skrevet}");
            assert_eq!(les(&skriv(lest, ende), ende), Ok(lest), "{skrevet}");
        }
        let i_oppsettet: Timestamp = "2026-11-13T23:59:59+01".parse().unwrap();
        assert_eq!(skriv(i_oppsettet, Ende::Til), "2026-11-13T23:59");
    }

    #[test]
    fn the_hour_that_comes_twice_leaves_more_time_and_the_one_that_never_comes_is_refused() {
        for (ende, ventet) in [(Ende::Fra, "2026-10-25T00:30:00Z"), (Ende::Til, "2026-10-25T01:31:00Z")] {
            assert_eq!(les("2026-10-25T02:30", ende).unwrap().to_string(), ventet);
        }
        assert_eq!(les("2027-03-28T02:30", Ende::Til), Err(Tidsfeil::FinnesIkke));
        for tull in ["", "i morgen", "2026-11-13", "2026-13-01T00:00", "2026-02-30T10:00", "1926-11-13T23:59"] {
            assert_eq!(les(tull, Ende::Fra), Err(Tidsfeil::Ugyldig), "{tull}");
        }
    }
}
