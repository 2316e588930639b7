//! When and how carefully a source is read: what a person may choose, the same for every adapter.

use jiff::civil::Time;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// How a source is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesevalg {
    /// Pause between two complete snapshots.
    pub intervall: Duration,
    /// Pause between two looks at what has changed, between snapshots. None asks for snapshots only.
    pub endringer: Option<Duration>,
    /// The only hours, Norwegian time, in which a snapshot may begin by itself. A person who asks for one gets it anyway.
    pub vindu: Option<Vindu>,
    /// What is too much at once.
    pub terskler: Terskler,
}

impl Lesevalg {
    /// Snapshots with this pause between them, at any hour, with the ordinary thresholds.
    pub fn hver(intervall: Duration) -> Self {
        Self { intervall, endringer: None, vindu: None, terskler: Terskler::default() }
    }
}

/// A part of the day. `fra` may be later than `til`: then it goes over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vindu {
    /// The first minute.
    pub fra: Time,
    /// The first minute after it.
    pub til: Time,
}

impl Vindu {
    /// Whether a time of day lies in it.
    pub fn har(&self, tid: Time) -> bool {
        if self.fra <= self.til { self.fra <= tid && tid < self.til } else { self.fra <= tid || tid < self.til }
    }
}

/// How much may change at once before a person is asked. The shares are Clever's: more than 10 % removed or 75 % changed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Terskler {
    /// Largest share of a type that may go at once, from 0 to 1.
    pub fjernet_andel: f64,
    /// Largest share of a type that may change at once, from 0 to 1.
    pub endret_andel: f64,
    /// Largest number that may go at once, whatever the share.
    pub fjernet_antall: Option<u64>,
    /// Largest number that may change at once, whatever the share.
    pub endret_antall: Option<u64>,
    /// As many may always go or change, whatever the share: in a small school one pupil is a large one.
    pub minste: u64,
    /// Whether what is new passes while the rest is held.
    pub slipp_nye: bool,
    /// What is otherwise for one type, by its name in subjects (`user`, `enrollment`, …).
    pub typer: BTreeMap<String, Typeterskler>,
}

/// What is otherwise for one type.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Typeterskler {
    /// See [`Terskler::fjernet_andel`].
    pub fjernet_andel: Option<f64>,
    /// See [`Terskler::endret_andel`].
    pub endret_andel: Option<f64>,
    /// See [`Terskler::fjernet_antall`].
    pub fjernet_antall: Option<u64>,
    /// See [`Terskler::endret_antall`].
    pub endret_antall: Option<u64>,
    /// See [`Terskler::minste`].
    pub minste: Option<u64>,
}

impl Default for Terskler {
    fn default() -> Self {
        Self {
            fjernet_andel: 0.10,
            endret_andel: 0.75,
            fjernet_antall: None,
            endret_antall: None,
            minste: 10,
            slipp_nye: false,
            typer: BTreeMap::new(),
        }
    }
}

impl Terskler {
    /// Whether so many of `hadde` objects of a type may go at once.
    pub fn taler_fjernet(&self, typ: &str, hadde: u64, fjernet: u64) -> bool {
        let t = self.typer.get(typ);
        let andel = t.and_then(|t| t.fjernet_andel).unwrap_or(self.fjernet_andel);
        let antall = t.and_then(|t| t.fjernet_antall).or(self.fjernet_antall);
        self.taler(t, hadde, fjernet, andel, antall)
    }

    /// Whether so many of `hadde` objects of a type may change at once.
    pub fn taler_endret(&self, typ: &str, hadde: u64, endret: u64) -> bool {
        let t = self.typer.get(typ);
        let andel = t.and_then(|t| t.endret_andel).unwrap_or(self.endret_andel);
        let antall = t.and_then(|t| t.endret_antall).or(self.endret_antall);
        self.taler(t, hadde, endret, andel, antall)
    }

    fn taler(&self, t: Option<&Typeterskler>, hadde: u64, naa: u64, andel: f64, antall: Option<u64>) -> bool {
        if antall.is_some_and(|antall| naa > antall) {
            return false;
        }
        #[expect(clippy::cast_precision_loss, reason = "no source has 2^52 pupils")]
        let innenfor = naa as f64 <= hadde as f64 * andel;
        innenfor || naa <= t.and_then(|t| t.minste).unwrap_or(self.minste)
    }

    /// Everything that is wrong with them, as field and way out. `typer` must name one of `kjente`.
    pub fn check(&self, felt: &str, kjente: &[&str], problems: &mut Vec<crate::Problem>) {
        let mut andel = |navn: String, verdi: Option<f64>| {
            if verdi.is_some_and(|v| !(0.0..=1.0).contains(&v)) {
                problems.push(crate::Problem::new(navn, "write a share from 0 to 1, for example 0.10 for a tenth"));
            }
        };
        andel(format!("{felt}.fjernet_andel"), Some(self.fjernet_andel));
        andel(format!("{felt}.endret_andel"), Some(self.endret_andel));
        for (typ, t) in &self.typer {
            andel(format!("{felt}.typer.{typ}.fjernet_andel"), t.fjernet_andel);
            andel(format!("{felt}.typer.{typ}.endret_andel"), t.endret_andel);
        }
        for typ in self.typer.keys().filter(|typ| !kjente.contains(&typ.as_str())) {
            let hva = format!("no such type; write one of {}", kjente.join(", "));
            problems.push(crate::Problem::new(format!("{felt}.typer.{typ}"), hva));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_may_go_and_a_handful_always() {
        let t = Terskler::default();
        assert!(t.taler_fjernet("user", 1000, 100) && !t.taler_fjernet("user", 1000, 101));
        assert!(t.taler_fjernet("user", 12, 10) && !t.taler_fjernet("user", 12, 11));
        assert!(t.taler_endret("user", 1000, 750) && !t.taler_endret("user", 1000, 751));
        let typer = [("user".to_owned(), Typeterskler { fjernet_antall: Some(3), ..Typeterskler::default() })].into();
        let t = Terskler { typer, ..t };
        assert!(!t.taler_fjernet("user", 1000, 4) && t.taler_fjernet("class", 1000, 4));
    }

    #[test]
    fn a_window_may_go_over_midnight() {
        let tid = |t| jiff::civil::time(t, 0, 0, 0);
        let natt = Vindu { fra: tid(22), til: tid(5) };
        assert!(natt.har(tid(23)) && natt.har(tid(4)) && !natt.har(tid(5)) && !natt.har(tid(12)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let t = Terskler {
            fjernet_andel: 10.0,
            typer: [("elev".to_owned(), Typeterskler::default())].into(),
            ..Terskler::default()
        };
        let mut problems = Vec::new();
        t.check("masseendring", &["user"], &mut problems);
        let felt: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(felt, ["masseendring.fjernet_andel", "masseendring.typer.elev"]);
    }
}
