//! The approvals that this process has taken from the queue and not answered for yet, and what each of them waits for.
//!
//! An approval lies here until nothing more can come of it: the queue counts it as being worked on all the while, and
//! gives it to another process when this one falls silent. So there is one place at a time where a list is looked at, and
//! where it is found out that a delivery was cut off.

use bus::Delivery;
use elevliste::Listenokkel;
use hendelse::Spor;
use jiff::Timestamp;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// One approval, as the queue gave it.
pub(super) struct Papir {
    /// What the queue waits to hear about.
    pub(super) arbeid: Box<dyn Delivery>,
    /// Its number in the ledger.
    pub(super) lopenr: i64,
    /// What caused it.
    pub(super) spor: Option<Spor>,
}

impl Papir {
    fn sekvens(&self) -> u64 {
        self.arbeid.record().sequence
    }
}

/// Where an approval lies.
pub(super) struct Plass {
    papir: Arc<Papir>,
    /// Looks in a row that brought the list no further.
    pub(super) forsok: u32,
    /// Whether nobody knows what became of a delivery.
    pub(super) uavklart: bool,
    /// Not to be looked at before, whatever changes: somebody asked us to wait.
    tidligst: Option<Timestamp>,
    gar: bool,
    rort: bool,
}

/// All of them, one for each list.
#[derive(Default)]
pub(super) struct Bord {
    plasser: BTreeMap<Listenokkel, Plass>,
    /// Those to look at, in the order in which they came to be so.
    klare: VecDeque<Listenokkel>,
}

impl Bord {
    /// Takes an approval. Returns the one that it makes useless: an older one of the same list.
    pub(super) fn ta(&mut self, nokkel: &Listenokkel, papir: Arc<Papir>) -> Option<Arc<Papir>> {
        let Some(plass) = self.plasser.get_mut(nokkel) else {
            let plass = Plass { papir, forsok: 0, uavklart: false, tidligst: None, gar: false, rort: false };
            self.plasser.insert(nokkel.clone(), plass);
            self.ror(nokkel);
            return None;
        };
        let (har, ny) = (plass.papir.sekvens(), papir.sekvens());
        if ny < har {
            return Some(papir);
        }
        let forrige = std::mem::replace(&mut plass.papir, papir);
        if ny > har {
            (plass.forsok, plass.tidligst) = (0, None);
            self.ror(nokkel);
            return Some(forrige);
        }
        // Given to us again: it was not heard that we are at it.
        None
    }

    /// Something about the list has changed. Returns when it may be looked at, where that is not now.
    pub(super) fn vekk(&mut self, nokkel: &Listenokkel, na: Timestamp) -> Option<Timestamp> {
        let plass = self.plasser.get_mut(nokkel)?;
        match plass.tidligst {
            Some(tid) if tid > na => return Some(tid),
            _ => plass.tidligst = None,
        }
        self.ror(nokkel);
        None
    }

    fn ror(&mut self, nokkel: &Listenokkel) {
        let Some(plass) = self.plasser.get_mut(nokkel) else { return };
        if !plass.rort && !plass.gar {
            self.klare.push_back(nokkel.clone());
        }
        plass.rort = true;
    }

    /// The next list to look at; it is being looked at from now on.
    pub(super) fn begynn(&mut self) -> Option<(Listenokkel, Arc<Papir>, u32)> {
        while let Some(nokkel) = self.klare.pop_front() {
            if let Some(plass) = self.plasser.get_mut(&nokkel) {
                (plass.gar, plass.rort) = (true, false);
                return Some((nokkel, plass.papir.clone(), plass.forsok));
            }
        }
        None
    }

    /// A look is over. The place, unless a newer approval has come to lie on it.
    pub(super) fn ferdig(&mut self, nokkel: &Listenokkel, papir: &Papir) -> Option<&mut Plass> {
        let plass = self.plasser.get_mut(nokkel)?;
        plass.gar = false;
        if std::mem::take(&mut plass.rort) {
            self.ror(nokkel);
        }
        let plass = self.plasser.get_mut(nokkel)?;
        (plass.papir.sekvens() == papir.sekvens()).then_some(plass)
    }

    /// Not before `tid`, whatever changes.
    pub(super) fn vent(&mut self, nokkel: &Listenokkel, tid: Timestamp) {
        if let Some(plass) = self.plasser.get_mut(nokkel) {
            (plass.tidligst, plass.rort) = (Some(tid), false);
            self.klare.retain(|klar| klar != nokkel);
        }
    }

    /// Looks once more at once.
    pub(super) fn igjen(&mut self, nokkel: &Listenokkel) {
        self.ror(nokkel);
    }

    /// Nothing more can come of it.
    pub(super) fn fjern(&mut self, nokkel: &Listenokkel) {
        self.plasser.remove(nokkel);
    }

    /// Everything that lies here.
    pub(super) fn papirer(&self) -> Vec<Arc<Papir>> {
        self.plasser.values().map(|plass| plass.papir.clone()).collect()
    }

    /// Of how many lists nobody knows whether they arrived.
    pub(super) fn uavklarte(&self) -> i64 {
        let antall = self.plasser.values().filter(|plass| plass.uavklart).count();
        i64::try_from(antall).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_trait::async_trait;
    use bus::{BusError, Record};

    struct Arbeid(Record);

    #[async_trait]
    impl Delivery for Arbeid {
        fn record(&self) -> &Record {
            &self.0
        }
        fn last(&self) -> bool {
            false
        }
        async fn ack(&self) -> Result<(), BusError> {
            Ok(())
        }
        async fn nak(&self, _: std::time::Duration) -> Result<(), BusError> {
            Ok(())
        }
        async fn term(&self, _: &str) -> Result<(), BusError> {
            Ok(())
        }
        async fn progress(&self) -> Result<(), BusError> {
            Ok(())
        }
    }

    fn arbeid(sequence: u64) -> Arc<Papir> {
        let (headers, payload) = (vec![], bytes::Bytes::new());
        let record = Record { subject: String::new(), sequence, pending: 0, headers, payload };
        Arc::new(Papir { arbeid: Box::new(Arbeid(record)), lopenr: 1, spor: None })
    }

    fn nokkel() -> Listenokkel {
        "46.46503.2026-2027.1".parse().unwrap()
    }

    fn sekvens(papir: Option<Arc<Papir>>) -> Option<u64> {
        papir.map(|p| p.sekvens())
    }

    #[test]
    fn the_newest_approval_lies_on_top_whatever_the_order() {
        let (mut bord, n) = (Bord::default(), nokkel());
        assert_eq!(sekvens(bord.ta(&n, arbeid(5))), None);
        assert_eq!(sekvens(bord.ta(&n, arbeid(5))), None, "the same once more");
        assert_eq!(sekvens(bord.ta(&n, arbeid(3))), Some(3));
        assert_eq!(sekvens(bord.ta(&n, arbeid(7))), Some(5));
        let (_, pa, _) = bord.begynn().unwrap();
        assert_eq!((pa.sekvens(), bord.begynn().is_none()), (7, true));
    }

    #[test]
    fn a_change_while_it_is_looked_at_is_looked_at_after() {
        let (mut bord, n) = (Bord::default(), nokkel());
        bord.ta(&n, arbeid(1));
        let (_, pa, _) = bord.begynn().unwrap();
        assert_eq!(bord.vekk(&n, Timestamp::UNIX_EPOCH), None);
        assert!(bord.begynn().is_none(), "one look at a time");
        assert!(bord.ferdig(&n, &pa).is_some());
        assert!(bord.begynn().is_some());
        // A newer approval has come in the meantime: what the look found was about the older one.
        bord.ta(&n, arbeid(2));
        assert!(bord.ferdig(&n, &pa).is_none());
        assert_eq!(bord.begynn().unwrap().1.sekvens(), 2);
    }

    #[test]
    fn who_was_asked_to_wait_waits() {
        let (mut bord, n, t) = (Bord::default(), nokkel(), |s| Timestamp::from_second(s).unwrap());
        bord.ta(&n, arbeid(1));
        let (_, pa, _) = bord.begynn().unwrap();
        bord.vekk(&n, t(1));
        bord.ferdig(&n, &pa);
        bord.vent(&n, t(10));
        assert_eq!((bord.vekk(&n, t(9)), bord.begynn().is_none()), (Some(t(10)), true));
        assert_eq!((bord.vekk(&n, t(10)), bord.begynn().is_some()), (None, true));
    }
}
