//! Wakes lists: which must be looked at again, because something about them has changed or because a moment has come.
//!
//! A list's step depends on the list, its ledger, its round and the time, and on nothing else. Whoever looks again at
//! every list that this names, and says when a step is to be looked at later, misses nothing.

use crate::Stopp;
use crate::trinn::Omgivelse;
use bus::{Reader, Record, Start};
use elevliste::{Listenokkel, Rundenokkel};
use hendelse::{Emne, INNSAMLING, INNSENDING, LISTE};
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How many records are taken from a reader at once.
const PORSJON: usize = 500;
/// How long a reader waits for something new before it is asked again.
const LENGE: Duration = Duration::from_secs(30);
/// The clock may be set while we sleep: it is looked at again at least so often.
const LENGSTE_SOVN: Duration = Duration::from_millis(250);

/// The lists of some counties, and when each is to be looked at again.
pub(crate) struct Vekker {
    om: Omgivelse,
    lister: Box<dyn Reader>,
    poster: Box<dyn Reader>,
    runder: Box<dyn Reader>,
    kjente: BTreeSet<Listenokkel>,
    tider: Tider,
}

impl Vekker {
    /// Begins with every list that there is. Without counties it is for all of them.
    pub(crate) async fn ny(om: &Omgivelse, fylker: Option<&[Fylkesnummer]>) -> Result<Self, Stopp> {
        let filtre = |ord: &str| match fylker {
            Some(fylker) => fylker.iter().map(|f| format!("{ord}.{f}.>")).collect(),
            None => vec![format!("{ord}.>")],
        };
        let les = async |stream, ord| om.bus.read(stream, &filtre(ord), Start::LastPerSubject).await;
        Ok(Self {
            lister: les(LISTE, "liste").await?,
            poster: les(INNSENDING, "innsending").await?,
            runder: les(INNSAMLING, "innsamling").await?,
            om: om.clone(),
            kjente: BTreeSet::new(),
            tider: Tider::default(),
        })
    }

    /// Waits until there is a list to look at. Nothing is lost when the future is dropped.
    pub(crate) async fn neste(&mut self) -> Result<BTreeSet<Listenokkel>, Stopp> {
        loop {
            let na = self.om.clock.now();
            let forfalt = self.tider.forfalt(na);
            if !forfalt.is_empty() {
                return Ok(forfalt);
            }
            let igjen = self.tider.neste().map(|tid| Duration::try_from(tid.duration_since(na)).unwrap_or_default());
            let records = tokio::select! {
                l = self.lister.next(PORSJON, LENGE) => l?,
                p = self.poster.next(PORSJON, LENGE) => p?,
                r = self.runder.next(PORSJON, LENGE) => r?,
                () = tokio::time::sleep(igjen.unwrap_or(LENGE).min(LENGSTE_SOVN)), if igjen.is_some() => continue,
            };
            let rort: BTreeSet<Listenokkel> = records.iter().flat_map(|record| self.rort(record)).collect();
            if !rort.is_empty() {
                return Ok(rort);
            }
        }
    }

    /// Looks at a list again at `tid`, whatever was said of it before.
    pub(crate) fn ved(&mut self, nokkel: &Listenokkel, tid: Timestamp) {
        self.tider.sett(nokkel, tid);
    }

    /// The lists whose step may be another because of a record.
    fn rort(&mut self, record: &Record) -> Vec<Listenokkel> {
        match record.subject.parse() {
            Ok(Emne::Liste(nokkel) | Emne::Innsending(nokkel)) => {
                self.kjente.insert(nokkel.clone());
                vec![nokkel]
            }
            Ok(Emne::Innsamling(runde)) => self.i_runde(runde),
            _ => vec![],
        }
    }

    fn i_runde(&self, runde: Rundenokkel) -> Vec<Listenokkel> {
        self.kjente.iter().filter(|nokkel| nokkel.runde() == runde).cloned().collect()
    }
}

/// Moments, one for each list at most.
#[derive(Debug, Default)]
struct Tider {
    ved: BTreeMap<Listenokkel, Timestamp>,
    ko: BTreeSet<(Timestamp, Listenokkel)>,
}

impl Tider {
    fn sett(&mut self, nokkel: &Listenokkel, tid: Timestamp) {
        if let Some(forrige) = self.ved.insert(nokkel.clone(), tid) {
            self.ko.remove(&(forrige, nokkel.clone()));
        }
        self.ko.insert((tid, nokkel.clone()));
    }

    fn neste(&self) -> Option<Timestamp> {
        self.ko.first().map(|(tid, _)| *tid)
    }

    /// Takes out those whose moment has come.
    fn forfalt(&mut self, na: Timestamp) -> BTreeSet<Listenokkel> {
        let mut ut = BTreeSet::new();
        while self.neste().is_some_and(|tid| tid <= na)
            && let Some((_, nokkel)) = self.ko.pop_first()
        {
            self.ved.remove(&nokkel);
            ut.insert(nokkel);
        }
        ut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_woken_at_its_last_moment_only() {
        let [a, b]: [Listenokkel; 2] = ["46.46503", "46.46505"].map(|s| format!("{s}.2026-2027.1").parse().unwrap());
        let t = |s: i64| Timestamp::from_second(s).unwrap();
        let mut tider = Tider::default();
        tider.sett(&a, t(10));
        tider.sett(&b, t(20));
        tider.sett(&a, t(30));
        assert_eq!((tider.neste(), tider.forfalt(t(19))), (Some(t(20)), BTreeSet::new()));
        assert_eq!(tider.forfalt(t(20)), [b.clone()].into());
        tider.sett(&b, t(25));
        assert_eq!(tider.forfalt(t(30)), [a, b].into());
        assert_eq!(tider.neste(), None);
    }
}
