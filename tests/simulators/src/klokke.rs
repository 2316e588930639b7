//! The simulators' clock: follows the real one until a test moves or stops it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// A clock that can be moved. Clones share the same hands.
#[derive(Clone, Debug)]
pub struct Klokke(Arc<Mutex<Gang>>);

#[derive(Debug)]
enum Gang {
    Loper { forskyvning: SignedDuration },
    Stoppet { tid: Timestamp },
}

impl Default for Klokke {
    fn default() -> Self {
        Self::ekte()
    }
}

impl Klokke {
    /// The real time.
    pub fn ekte() -> Self {
        Self(Arc::new(Mutex::new(Gang::Loper { forskyvning: SignedDuration::ZERO })))
    }

    /// Stands still at `tid` until it is moved.
    pub fn stoppet(tid: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Gang::Stoppet { tid })))
    }

    /// Runs at normal speed, and shows `tid` now.
    pub fn fra(tid: Timestamp) -> Self {
        let klokke = Self::ekte();
        klokke.sett(tid);
        klokke
    }

    /// What the clock shows.
    pub fn na(&self) -> Timestamp {
        match &*self.gang() {
            Gang::Loper { forskyvning } => Timestamp::now().saturating_add(*forskyvning).unwrap_or(Timestamp::MAX),
            Gang::Stoppet { tid } => *tid,
        }
    }

    /// Shows `tid` from now on; a running clock keeps running.
    pub fn sett(&self, tid: Timestamp) {
        match &mut *self.gang() {
            Gang::Loper { forskyvning } => *forskyvning = tid.duration_since(Timestamp::now()),
            Gang::Stoppet { tid: vist } => *vist = tid,
        }
    }

    /// Moves the clock forward (or back, for a negative `steg`).
    pub fn flytt(&self, steg: SignedDuration) {
        match &mut *self.gang() {
            Gang::Loper { forskyvning } => *forskyvning += steg,
            Gang::Stoppet { tid } => *tid = tid.saturating_add(steg).unwrap_or(*tid),
        }
    }

    fn gang(&self) -> MutexGuard<'_, Gang> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// ISO 8601 in UTC with milliseconds, as both OneRoster and VIGO write it.
pub fn iso(tid: Timestamp) -> String {
    tid.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// The first calendar year of the school year that `tid` lies in: it turns on 1 August, Norwegian time. Norway is on
/// summer time that night, so the fixed offset is exact and no time zone database is needed.
pub fn skolear_ved(tid: Timestamp) -> i16 {
    let dato = jiff::tz::offset(2).to_datetime(tid);
    if dato.month() >= 8 { dato.year() } else { dato.year() - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stands_still_until_moved() {
        let start: Timestamp = "2026-11-02T07:00:00Z".parse().unwrap();
        let klokke = Klokke::stoppet(start);
        assert_eq!(klokke.na(), start);
        klokke.clone().flytt(SignedDuration::from_mins(5));
        assert_eq!(iso(klokke.na()), "2026-11-02T07:05:00.000Z");
    }

    #[test]
    fn school_year_turns_at_midnight_in_norway() {
        let ved = |t: &str| skolear_ved(t.parse().unwrap());
        assert_eq!(ved("2026-07-31T21:59:59Z"), 2025);
        assert_eq!(ved("2026-07-31T22:00:00Z"), 2026);
        assert_eq!(ved("2027-01-15T12:00:00Z"), 2026);
    }
}
