//! Whether what a reading brings is too much to believe without a person. Pure.
//!
//! Counts are judged per type. What is new never trips: it can be taken back. An empty collection where there was one
//! always trips, whatever the thresholds.

use flow::Terskler;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a reading means for one type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typetall {
    /// Objects that stood before.
    pub hadde: u64,
    /// Objects that the reading showed.
    pub vist: u64,
    /// New ones.
    pub nye: u64,
    /// Changed ones.
    pub endret: u64,
    /// Those that the source says are gone, moved pupils aside.
    pub fjernet: u64,
    /// Those that a complete reading did not show, for the first time or again, moved pupils aside.
    pub savnet: u64,
}

impl Typetall {
    /// Gone in one way or the other.
    pub const fn borte(&self) -> u64 {
        self.fjernet + self.savnet
    }
}

/// What was too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Utlosning {
    /// More gone than the threshold.
    Borte,
    /// More changed than the threshold.
    Endret,
    /// Nothing left of a collection.
    Tom,
}

impl Utlosning {
    /// Whether it is about objects that go.
    pub const fn gjelder_borte(self) -> bool {
        matches!(self, Self::Borte | Self::Tom)
    }
}

/// One threshold that was passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utlost {
    /// The type.
    pub typ: String,
    /// What was too much.
    pub hva: Utlosning,
    /// How many.
    pub antall: u64,
    /// How many would have passed.
    pub grense: u64,
}

/// Whether missing objects may be judged by thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Savn {
    /// They are looked up later, so a few may be missing.
    SlasOpp,
    /// There is nobody to ask: a person decides about each.
    AvgjoresAvEnPerson,
}

/// The thresholds that a reading passes; none: it may be published.
pub(super) fn vurder(tall: &BTreeMap<&'static str, Typetall>, terskler: &Terskler, savn: Savn) -> Vec<Utlost> {
    let mut utlost = Vec::new();
    for (typ, t) in tall {
        let mut legg = |hva, antall, grense| utlost.push(Utlost { typ: (*typ).to_owned(), hva, antall, grense });
        if t.savnet > 0 && t.vist == 0 {
            legg(Utlosning::Tom, t.borte(), 0);
        } else if savn == Savn::AvgjoresAvEnPerson && t.savnet > 0 {
            legg(Utlosning::Borte, t.borte(), 0);
        } else if !terskler.taler_fjernet(typ, t.hadde, t.borte()) {
            legg(Utlosning::Borte, t.borte(), grense(t.borte(), |n| terskler.taler_fjernet(typ, t.hadde, n)));
        }
        if !terskler.taler_endret(typ, t.hadde, t.endret) {
            legg(Utlosning::Endret, t.endret, grense(t.endret, |n| terskler.taler_endret(typ, t.hadde, n)));
        }
    }
    utlost
}

/// The largest number below `antall` that is tolerated, 0 where none is. What tolerates more tolerates less.
fn grense(antall: u64, taler: impl Fn(u64) -> bool) -> u64 {
    let (mut taalt, mut for_mye) = (0, antall);
    while for_mye - taalt > 1 {
        let midt = taalt + (for_mye - taalt) / 2;
        if taler(midt) { taalt = midt } else { for_mye = midt }
    }
    taalt
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dom(typ: &'static str, tall: Typetall) -> Vec<(Utlosning, u64, u64)> {
        let utlost = vurder(&[(typ, tall)].into(), &Terskler::default(), Savn::SlasOpp);
        utlost.into_iter().map(|u| (u.hva, u.antall, u.grense)).collect()
    }

    const STOR: Typetall = Typetall { hadde: 1000, vist: 1000, nye: 0, endret: 0, fjernet: 0, savnet: 0 };

    #[test]
    fn an_ordinary_day_passes() {
        assert_eq!(dom("user", Typetall { nye: 5000, endret: 750, fjernet: 40, savnet: 60, ..STOR }), []);
        assert_eq!(dom("user", Typetall { nye: 1000, vist: 1000, ..Typetall::default() }), [], "the first reading");
    }

    #[test]
    fn what_goes_is_counted_together_whichever_way_it_goes() {
        assert_eq!(dom("user", Typetall { fjernet: 41, savnet: 60, ..STOR }), [(Utlosning::Borte, 101, 100)]);
        assert_eq!(dom("user", Typetall { endret: 751, ..STOR }), [(Utlosning::Endret, 751, 750)]);
        let liten = Typetall { hadde: 12, vist: 1, savnet: 11, ..Typetall::default() };
        assert_eq!(dom("user", liten), [(Utlosning::Borte, 11, 10)]);
        assert_eq!(dom("user", Typetall { vist: 2, savnet: 10, ..liten }), [], "ten may always go");
    }

    #[test]
    fn an_empty_collection_is_never_small_enough() {
        let tom = Typetall { hadde: 1, vist: 0, savnet: 1, ..Typetall::default() };
        assert_eq!(dom("class", tom), [(Utlosning::Tom, 1, 0)]);
        let sagt = Typetall { hadde: 1, vist: 1, fjernet: 1, ..Typetall::default() };
        assert_eq!(dom("class", sagt), [], "the source says itself that it is gone");
    }

    #[test]
    fn a_handed_in_list_lacks_nobody_without_a_person() {
        let en = [("user", Typetall { vist: 999, savnet: 1, ..STOR })].into();
        let utlost = vurder(&en, &Terskler::default(), Savn::AvgjoresAvEnPerson);
        assert_eq!((utlost.len(), utlost[0].hva, utlost[0].grense), (1, Utlosning::Borte, 0));
        let slutter = [("user", Typetall { fjernet: 1, ..STOR })].into();
        assert_eq!(vurder(&slutter, &Terskler::default(), Savn::AvgjoresAvEnPerson), []);
    }

    #[test]
    fn a_type_may_have_thresholds_of_its_own() {
        let typer = [("user".to_owned(), flow::Typeterskler { fjernet_antall: Some(3), ..Default::default() })].into();
        let terskler = Terskler { typer, ..Terskler::default() };
        let tall = Typetall { fjernet: 4, ..STOR };
        let utlost = vurder(&[("user", tall), ("class", tall)].into(), &terskler, Savn::SlasOpp);
        assert_eq!(utlost.iter().map(|u| (u.typ.as_str(), u.grense)).collect::<Vec<_>>(), [("user", 3)]);
    }
}
