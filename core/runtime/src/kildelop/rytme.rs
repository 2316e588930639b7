//! When a source is read. Pure: time and chance are handed in.

use crate::Stopp;
use flow::{Lesevalg, SourceError, Vindu};
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use std::time::Duration;

/// The longest wait that a source may ask for; after it we ask again whether we must wait.
const LENGSTE_VENTING: Duration = Duration::from_secs(3600);
/// The longest pause after failures.
const LENGSTE_PAUSE: Duration = Duration::from_secs(300);
/// Start of one source after the other, when there are many.
const MELLOMROM: Duration = Duration::from_millis(250);
/// So few may start at once.
const FA: usize = 8;

/// The first moment not before `tid` at which a snapshot may begin by itself.
pub(super) fn apner(tid: Timestamp, vindu: Option<Vindu>) -> Timestamp {
    let Some(vindu) = vindu else { return tid };
    let tz = TimeZone::get("Europe/Oslo").expect("the time zones are bundled");
    let lokal = tid.to_zoned(tz.clone());
    if vindu.har(lokal.time()) {
        return tid;
    }
    let dager = [Some(lokal.date()), lokal.date().checked_add(1.day()).ok()];
    let apninger = dager.into_iter().flatten().filter_map(|d| tz.to_timestamp(d.to_datetime(vindu.fra)).ok());
    apninger.filter(|a| *a >= tid).min().unwrap_or(tid)
}

/// When the next snapshot begins by itself after one that began a pause ago.
pub(super) fn neste(etter: Timestamp, valg: &Lesevalg) -> Timestamp {
    apner(pluss(etter, valg.intervall), valg.vindu)
}

/// When a source that was read whole at `lest` is believed to be dead: one interval after the next should have been.
pub(super) fn frist(lest: Timestamp, valg: &Lesevalg) -> Timestamp {
    pluss(neste(lest, valg), valg.intervall)
}

/// A moment and a while after it.
pub(super) fn pluss(tid: Timestamp, pause: Duration) -> Timestamp {
    SignedDuration::try_from(pause).ok().and_then(|p| tid.checked_add(p).ok()).unwrap_or(Timestamp::MAX)
}

/// How long it is until a moment; nothing when it is past.
pub(super) fn til(na: Timestamp, tid: Timestamp) -> Duration {
    Duration::try_from(tid.duration_since(na)).unwrap_or_default()
}

/// How long to wait after a failure: the source's own wish where it has one, else doubling from two seconds to five
/// minutes, and never longer than the interval. `tilfeldig` is drawn from 0 to 1, so that many sources behind one provider
/// do not come back together.
pub(super) fn pause_etter(feil: &Stopp, pa_rad: u32, intervall: Duration, tilfeldig: f64) -> Duration {
    match feil {
        Stopp::Kilde(SourceError::Throttled { wait, .. }) => {
            let wait = (*wait).min(LENGSTE_VENTING);
            wait + wait.mul_f64(tilfeldig * 0.1)
        }
        feil if feil.avlost() && pa_rad < 3 => Duration::ZERO,
        _ => {
            let pause = Duration::from_secs(1 << pa_rad.min(8)).min(LENGSTE_PAUSE).mul_f64(0.5 + tilfeldig);
            pause.min(intervall.max(Duration::from_secs(1)))
        }
    }
}

/// How long a source waits before it is read for the first time, when so many start together.
pub(super) fn spredning(kilder: usize, intervall: Duration, tilfeldig: f64) -> Duration {
    if kilder <= FA {
        return Duration::ZERO;
    }
    let lengste = MELLOMROM.saturating_mul(u32::try_from(kilder).unwrap_or(u32::MAX)).min(intervall);
    lengste.mul_f64(tilfeldig)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(tekst: &str) -> Timestamp {
        tekst.parse().unwrap()
    }

    fn natt() -> Option<Vindu> {
        let tid = |t| jiff::civil::time(t, 0, 0, 0);
        Some(Vindu { fra: tid(2), til: tid(5) })
    }

    #[test]
    fn a_window_is_norwegian_time_summer_and_winter() {
        assert_eq!(apner(t("2026-11-21T08:00:00Z"), natt()), t("2026-11-22T01:00:00Z"));
        assert_eq!(apner(t("2026-07-01T08:00:00Z"), natt()), t("2026-07-02T00:00:00Z"));
        assert_eq!(apner(t("2026-11-21T02:30:00Z"), natt()), t("2026-11-21T02:30:00Z"), "inside");
        assert_eq!(apner(t("2026-11-20T23:30:00Z"), natt()), t("2026-11-21T01:00:00Z"), "later the same night");
        assert_eq!(apner(t("2026-11-21T08:00:00Z"), None), t("2026-11-21T08:00:00Z"));
        // On this night 02:00 does not exist: the clock goes from 01:59 to 03:00.
        assert_eq!(apner(t("2027-03-27T20:00:00Z"), natt()), t("2027-03-28T01:00:00Z"));
    }

    #[test]
    fn a_source_is_dead_one_interval_after_it_should_have_come() {
        let valg = Lesevalg { vindu: natt(), ..Lesevalg::hver(Duration::from_secs(86_400)) };
        let lest = t("2026-11-21T02:00:00Z");
        assert_eq!(neste(lest, &valg), t("2026-11-22T02:00:00Z"));
        assert_eq!(frist(lest, &valg), t("2026-11-23T02:00:00Z"));
        let ofte = Lesevalg::hver(Duration::from_secs(900));
        assert_eq!(frist(lest, &ofte), t("2026-11-21T02:30:00Z"));
    }

    #[test]
    fn a_wish_to_wait_is_kept_and_failures_double() {
        let time = Duration::from_secs(3600);
        let wait = Duration::from_secs(31);
        let brems = Stopp::Kilde(SourceError::Throttled { system: "s".into(), wait });
        assert!(pause_etter(&brems, 1, Duration::from_secs(10), 0.0) >= wait, "also when the interval is shorter");
        assert!(pause_etter(&brems, 1, time, 1.0) <= wait.mul_f64(1.11));
        let borte = Stopp::Kilde(SourceError::Unreachable { system: "s".into(), hint: String::new() });
        let pauser: Vec<_> = [1, 2, 3, 20].map(|n| pause_etter(&borte, n, time, 0.5).as_secs()).into();
        assert_eq!(pauser, [2, 4, 8, 256]);
        assert_eq!(pause_etter(&borte, 20, Duration::from_secs(60), 1.0).as_secs(), 60);
        assert!(pause_etter(&borte, 5, time, 0.0) < pause_etter(&borte, 5, time, 1.0));
    }

    #[test]
    fn many_sources_start_one_after_the_other() {
        let time = Duration::from_secs(3600);
        assert_eq!(spredning(8, time, 1.0), Duration::ZERO);
        assert_eq!(spredning(357, time, 1.0).as_secs(), 89);
        assert_eq!(spredning(357, Duration::from_secs(60), 0.5).as_secs(), 30);
    }
}
