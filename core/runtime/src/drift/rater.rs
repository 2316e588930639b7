//! How much flows, for a picture: messages per minute for a quarter of an hour, in memory.
//!
//! Of a whole stream its sequence tells, whoever wrote; of one tenant what this process has written.

use super::{Drift, las};
use crate::Maalere;
use hendelse::{FINT, INNSENDING, KILDE, LISTE, Tenant};
use jiff::Timestamp;
use std::collections::{BTreeMap, VecDeque};

/// Minutes that are told of.
const MINUTTER: usize = 15;
/// The stages, and the streams that they write.
const LEDD: [(&str, &str); 4] = [("kilde", KILDE), ("fint", FINT), ("liste", LISTE), ("innsending", INNSENDING)];

/// What flows out of one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// `kilde`, `fint`, `liste` or `innsending`.
    pub ledd: &'static str,
    /// Of one tenant, or of all together.
    pub tenant: Option<Tenant>,
    /// Messages in each of the last minutes, the oldest first, the one that goes on last.
    pub per_minutt: [u64; MINUTTER],
}

type Kilde = (&'static str, Option<Tenant>);

/// What has been counted.
#[derive(Default)]
pub(super) struct Rater {
    /// The last reading of each counter.
    sist: BTreeMap<Kilde, u64>,
    /// Minute, and how much came in it.
    ring: BTreeMap<Kilde, VecDeque<(i64, u64)>>,
}

fn minutt(tid: Timestamp) -> i64 {
    tid.as_second().div_euclid(60)
}

impl Rater {
    /// Takes a reading of a counter. The first one only says where it stands.
    fn mal(&mut self, kilde: &Kilde, na: Timestamp, star: u64) {
        let nytt = self.sist.insert(kilde.clone(), star).map_or(0, |sist| star.saturating_sub(sist));
        let ring = self.ring.entry(kilde.clone()).or_default();
        match ring.back_mut() {
            Some((m, antall)) if *m == minutt(na) => *antall += nytt,
            _ => ring.push_back((minutt(na), nytt)),
        }
        if ring.len() > MINUTTER {
            ring.pop_front();
        }
    }

    fn les(&self, na: Timestamp) -> Vec<Rate> {
        let siste = minutt(na);
        let rate = |((ledd, tenant), ring): (&Kilde, &VecDeque<(i64, u64)>)| {
            let mut per_minutt = [0; MINUTTER];
            for (m, antall) in ring {
                let siden = usize::try_from(siste - m).unwrap_or(MINUTTER);
                if let Some(plass) = MINUTTER.checked_sub(siden + 1).and_then(|plass| per_minutt.get_mut(plass)) {
                    *plass += antall;
                }
            }
            Rate { ledd, tenant: tenant.clone(), per_minutt }
        };
        self.ring.iter().map(rate).collect()
    }
}

impl Drift {
    /// What flows now. Empty in a process that runs nothing.
    pub fn rater(&self) -> Vec<Rate> {
        las(&self.0.rater).les(self.om().clock.now())
    }

    /// Reads the counters.
    pub(super) async fn mal_rater(&self) {
        let na = self.om().clock.now();
        for (ledd, stream) in LEDD {
            if let Ok(state) = self.om().bus.state(stream).await {
                las(&self.0.rater).mal(&(ledd, None), na, state.last);
            }
        }
        let kilder = self.roller().kilder.iter().map(|(k, _)| ("kilde", &k.tenant));
        let registre = self.roller().registre.iter().map(|(tenant, _)| ("register", tenant));
        let trinn = self.roller().trinn.iter().map(|(trinn, tenant, _)| (*trinn, tenant));
        for (del, tenant) in kilder.chain(registre).chain(trinn).collect::<std::collections::BTreeSet<_>>() {
            let skrevet = Maalere::av(&self.om().maalere.skrevet, del, tenant.as_str()).get();
            las(&self.0.rater).mal(&(del, Some(tenant.clone())), na, skrevet);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_in_a_minute_is_told_of_that_minute() {
        let t = |s| Timestamp::from_second(s).unwrap();
        let (mut rater, kilde) = (Rater::default(), ("kilde", None));
        rater.mal(&kilde, t(0), 1000);
        rater.mal(&kilde, t(59), 1003);
        rater.mal(&kilde, t(61), 1004);
        rater.mal(&kilde, t(185), 1014);
        let rate = rater.les(t(190)).remove(0);
        assert_eq!(rate.per_minutt[11..], [3, 1, 0, 10], "what stood there before we looked is not counted");
        assert_eq!(rater.les(t(190 + 60 * 14)).remove(0).per_minutt[..2], [10, 0]);
        assert_eq!(rater.les(t(99_999)).remove(0).per_minutt, [0; MINUTTER]);
    }
}
