//! Delivered schools day by day, as numbers and as lines to be drawn. Pure.
//!
//! Last year's curve is laid with its deadline on this year's: what is compared is how many had delivered so many days
//! before.

use jiff::civil::Date;
use jiff::{ToSpan as _, Unit};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The picture's size, and the room for what stands around the lines.
pub(super) const BREDDE: i32 = 720;
pub(super) const HOYDE: i32 = 260;
pub(super) const VENSTRE: i32 = 48;
pub(super) const HOYRE: i32 = 704;
pub(super) const TOPP: i32 = 28;
pub(super) const BUNN: i32 = 224;
/// A curve is not drawn over more days: a round that is open for years is none of a school year.
const LENGST: i32 = 400;

/// What happened on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dag {
    pub(super) dato: Date,
    /// Schools that delivered for the first time.
    pub(super) nye: u32,
    /// Schools that have delivered at the end of the day.
    pub(super) til_na: u32,
    /// How many had, as many days before last year's deadline.
    pub(super) i_fjor: Option<u32>,
}

/// The curve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kurve {
    pub(super) fra: Date,
    pub(super) til: Date,
    pub(super) frist: Date,
    /// The last day that is over or under way.
    sist: Date,
    /// All schools.
    pub(super) alle: u32,
    topp: u32,
    levert: BTreeMap<Date, u32>,
    /// Last year's, moved; empty where there is none.
    fjor: BTreeMap<Date, u32>,
}

/// The days on which schools first delivered, and the last day of the round.
pub(super) struct Levert<'a> {
    pub(super) siste_dag: Date,
    pub(super) dager: &'a [Date],
}

impl Kurve {
    /// None before the round has opened, and where there is nothing to draw.
    pub(super) fn ny(
        apner: Date,
        i_ar: &Levert<'_>,
        fjor: Option<&Levert<'_>>,
        alle: u32,
        i_dag: Date,
    ) -> Option<Self> {
        let frist = i_ar.siste_dag;
        let fra = i_ar.dager.iter().copied().chain([apner]).min()?;
        let til = i_ar.dager.iter().copied().chain([frist]).max()?;
        let dager = avstand(fra, til);
        if i_dag < fra || !(1..=LENGST).contains(&dager) || alle == 0 {
            return None;
        }
        let flyttet = |fjor: &Levert<'_>| {
            let flytt = avstand(fjor.siste_dag, frist);
            fjor.dager.iter().filter_map(|dag| dag.checked_add(flytt.days()).ok()).collect::<Vec<_>>()
        };
        let mut fjoraret = samlet(&fjor.map(flyttet).unwrap_or_default());
        // What was delivered before the picture begins stands at its edge.
        let for_ = fjoraret.range(..fra).next_back().map(|(_, n)| *n);
        fjoraret.retain(|dag, _| (fra..=til).contains(dag));
        if let Some(n) = for_ {
            fjoraret.entry(fra).or_insert(n);
        }
        let levert = samlet(i_ar.dager);
        let topp = fjoraret.values().copied().max().unwrap_or_default().max(alle);
        Some(Self { fra, til, frist, sist: i_dag.min(til), alle, topp, levert, fjor: fjoraret })
    }

    pub(super) fn har_fjor(&self) -> bool {
        !self.fjor.is_empty()
    }

    /// The days on which somebody delivered, and the deadline.
    pub(super) fn dager(&self) -> Vec<Dag> {
        let datoer = self.levert.keys().copied().chain([self.frist.min(self.sist)]);
        let datoer: std::collections::BTreeSet<Date> = datoer.collect();
        let mut sist = 0;
        let dag = |dato: Date| {
            let til_na = ved(&self.levert, dato);
            let nye = til_na - sist;
            sist = til_na;
            Dag { dato, nye, til_na, i_fjor: self.har_fjor().then(|| ved(&self.fjor, dato)) }
        };
        datoer.into_iter().map(dag).collect()
    }

    /// How many had delivered at last year's deadline.
    pub(super) fn fjor_ved_frist(&self) -> Option<u32> {
        self.har_fjor().then(|| ved(&self.fjor, self.frist))
    }

    fn x(&self, dag: Date) -> i32 {
        VENSTRE + avstand(self.fra, dag) * (HOYRE - VENSTRE) / avstand(self.fra, self.til)
    }

    fn y(&self, antall: u32) -> i32 {
        let hoyde = u64::from((BUNN - TOPP).unsigned_abs());
        let over = u64::from(antall) * hoyde / u64::from(self.topp.max(1));
        BUNN - i32::try_from(over).unwrap_or(BUNN - TOPP)
    }

    /// Where all schools, half of them, and the deadline are.
    pub(super) fn merker(&self) -> (i32, i32, i32) {
        (self.y(self.alle), self.y(self.alle / 2), self.x(self.frist))
    }

    /// The line of this year, until today.
    pub(super) fn strek(&self) -> String {
        self.vei(&self.levert, self.sist)
    }

    /// The line of last year.
    pub(super) fn fjorstrek(&self) -> String {
        self.vei(&self.fjor, self.til)
    }

    fn vei(&self, levert: &BTreeMap<Date, u32>, til: Date) -> String {
        let mut vei = format!("M{} {}", VENSTRE, BUNN);
        for (dag, antall) in levert.range(..=til) {
            // Writing to a text never fails.
            _ = write!(vei, "H{}V{}", self.x(*dag), self.y(*antall));
        }
        _ = write!(vei, "H{}", self.x(til));
        vei
    }
}

fn avstand(fra: Date, til: Date) -> i32 {
    fra.until((Unit::Day, til)).map_or(0, |s| s.get_days())
}

/// How many there were in all on each day on which it became more.
fn samlet(dager: &[Date]) -> BTreeMap<Date, u32> {
    let mut ut: BTreeMap<Date, u32> = BTreeMap::new();
    for dag in dager {
        *ut.entry(*dag).or_default() += 1;
    }
    let mut sum = 0;
    for antall in ut.values_mut() {
        sum += *antall;
        *antall = sum;
    }
    ut
}

fn ved(samlet: &BTreeMap<Date, u32>, dag: Date) -> u32 {
    samlet.range(..=dag).next_back().map_or(0, |(_, n)| *n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn november(dager: &[i8]) -> Vec<Date> {
        dager.iter().map(|dag| date(2026, 11, *dag)).collect()
    }

    fn kurve(dager: &[Date], fjor: Option<&Levert<'_>>, i_dag: Date) -> Option<Kurve> {
        let i_ar = Levert { siste_dag: date(2026, 11, 13), dager };
        Kurve::ny(date(2026, 11, 1), &i_ar, fjor, 4, i_dag)
    }

    #[test]
    fn days_add_up_and_last_year_is_laid_by_its_deadline() {
        let fjoraret = [date(2025, 10, 20), date(2025, 11, 12), date(2025, 11, 14)];
        let fjor = Levert { siste_dag: date(2025, 11, 14), dager: &fjoraret };
        let k = kurve(&november(&[3, 3, 10]), Some(&fjor), date(2026, 11, 11)).unwrap();
        let dager: Vec<_> = k.dager().iter().map(|d| (d.dato.day(), d.nye, d.til_na, d.i_fjor)).collect();
        assert_eq!(dager, [(3, 2, 2, Some(1)), (10, 1, 3, Some(1)), (11, 0, 3, Some(2))]);
        assert_eq!(k.fjor_ved_frist(), Some(3));
        let uten = kurve(&november(&[3]), None, date(2026, 11, 13)).unwrap();
        assert_eq!((uten.har_fjor(), uten.fjor_ved_frist(), uten.dager().last().unwrap().i_fjor), (false, None, None));
    }

    #[test]
    fn lines_stay_within_the_picture_and_end_today() {
        let k = kurve(&november(&[1, 7, 13]), None, date(2026, 11, 7)).unwrap();
        assert_eq!((k.x(k.fra), k.x(k.til)), (VENSTRE, HOYRE));
        assert_eq!((k.y(0), k.y(4)), (BUNN, TOPP));
        assert_eq!(k.strek(), format!("M48 224H48V175H{midt}V126H{midt}", midt = k.x(date(2026, 11, 7))));
        let etter = kurve(&november(&[20]), None, date(2026, 12, 1)).unwrap();
        assert_eq!((etter.til, etter.frist), (date(2026, 11, 20), date(2026, 11, 13)));
    }

    #[test]
    fn there_is_no_picture_of_nothing() {
        assert_eq!(kurve(&[], None, date(2026, 10, 31)), None);
        let i_ar = Levert { siste_dag: date(2029, 11, 13), dager: &[] };
        assert_eq!(Kurve::ny(date(2026, 11, 1), &i_ar, None, 4, date(2026, 11, 5)), None);
        assert!(kurve(&[], None, date(2026, 11, 5)).is_some_and(|k| k.strek().starts_with("M48 224H")));
    }
}
