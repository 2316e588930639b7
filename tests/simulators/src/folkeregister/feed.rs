//! The feed: what has happened, by sequence number, with gaps. A day of noise is one entry that makes its events when
//! they are asked for.

use std::sync::LazyLock;

use crate::generator::Nummerserie;

/// Events in a page.
const SIDE: usize = 1_000;
/// One number in so many is left out of the noise.
const HULL: i64 = 50;

/// What noise is made of: nothing that a list of pupils needs to know.
const STOEY: [&str; 6] = [
    "endringISivilstand",
    "endringIBostedsadresse",
    "endringIStatsborgerskap",
    "endringIFamilierelasjon",
    "endringIOppholdsadresse",
    "personErOppdatert",
];

/// Numbers of people who are on nobody's list.
static FREMMEDE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut serie = Nummerserie::ny(0x57_0E, 0);
    (0..997).map(|_| serie.fodselsnummer(2003)).collect()
});

/// All that has happened.
#[derive(Debug)]
pub(super) struct Feed {
    forste: i64,
    neste: i64,
    slettet_foer: i64,
    /// How often it has begun anew.
    pub(super) runde: u32,
    innslag: Vec<Innslag>,
}

#[derive(Debug)]
enum Innslag {
    En { sekvens: i64, nummer: String, type_: String, tid: String },
    Stoey { fra: i64, antall: i64, tid: String },
}

impl Innslag {
    fn siste(&self) -> i64 {
        match self {
            Self::En { sekvens, .. } => *sekvens,
            Self::Stoey { fra, antall, .. } => plass(*fra, antall - 1),
        }
    }

    /// The rows from `fra` on, as JSON.
    fn rader(&self, fra: i64) -> Box<dyn Iterator<Item = (i64, String)> + '_> {
        match self {
            Self::En { sekvens, nummer, type_, tid } => {
                Box::new(std::iter::once((*sekvens, rad(*sekvens, nummer, type_, tid))))
            }
            Self::Stoey { fra: start, antall, tid } => {
                let forbi = (fra - start).max(0);
                let forste = forbi / (HULL + 1) * HULL + (forbi % (HULL + 1)).min(HULL);
                Box::new((forste..*antall).map(move |i| {
                    let (sekvens, valg) = (plass(*start, i), i.unsigned_abs() as usize);
                    (sekvens, rad(sekvens, &FREMMEDE[valg % FREMMEDE.len()], STOEY[valg % STOEY.len()], tid))
                }))
            }
        }
    }
}

/// The sequence number of the `i`th event of noise.
fn plass(fra: i64, i: i64) -> i64 {
    fra + i + i / HULL
}

fn rad(sekvens: i64, nummer: &str, type_: &str, tid: &str) -> String {
    let dokument = |navn: &str, har: bool| if har { format!(r#""{navn}":"{sekvens:032x}","#) } else { String::new() };
    let hendelse = dokument("hendelsesdokument", type_ != "personErOppdatert");
    let person = dokument("persondokument", type_ != "personErOpphoertSomDublett");
    format!(
        r#"{{"sekvensnummer":{sekvens},"hendelse":{{"folkeregisteridentifikator":"{nummer}","hendelsetype":"{type_}",{hendelse}{person}"ajourholdstidspunkt":"{tid}"}}}}"#
    )
}

impl Feed {
    pub(super) fn ny(forste: i64) -> Self {
        Self { forste, neste: forste, slettet_foer: 0, runde: 0, innslag: Vec::new() }
    }

    /// The newest number, or the one before the first if nothing has happened.
    pub(super) fn siste(&self) -> i64 {
        self.innslag.last().map_or(self.forste - 1, Innslag::siste)
    }

    pub(super) fn legg_til(&mut self, nummer: &str, type_: &str, tid: &str) {
        let sekvens = self.neste;
        self.innslag.push(Innslag::En { sekvens, nummer: nummer.into(), type_: type_.into(), tid: tid.into() });
        self.neste += 1;
    }

    pub(super) fn stoey(&mut self, antall: u32, tid: &str) {
        if antall > 0 {
            let stoey = Innslag::Stoey { fra: self.neste, antall: antall.into(), tid: tid.into() };
            self.neste = stoey.siste() + 1;
            self.innslag.push(stoey);
        }
    }

    pub(super) fn hull(&mut self, antall: u32) {
        self.neste += i64::from(antall);
    }

    /// Events before `foer` are deleted.
    pub(super) fn slett(&mut self, foer: i64) {
        self.slettet_foer = self.slettet_foer.max(foer);
        self.forste = self.neste;
        self.innslag.retain(|innslag| innslag.siste() >= foer);
    }

    /// The feed begins anew with this number.
    pub(super) fn begynn_paa_nytt(&mut self, forste: i64) {
        *self = Self { runde: self.runde + 1, ..Self::ny(forste) };
    }

    /// Whether events at this place have been deleted.
    pub(super) fn er_for_gammelt(&self, fra: i64) -> bool {
        fra < self.slettet_foer
    }

    /// A page from `fra`, and no further than `til`: the rows as JSON, and the last number.
    pub(super) fn side(&self, fra: i64, til: i64) -> (Vec<String>, Option<i64>) {
        let forste = self.innslag.partition_point(|innslag| innslag.siste() < fra);
        let rader = self.innslag[forste..].iter().flat_map(|innslag| innslag.rader(fra));
        let (numre, rader): (Vec<_>, Vec<_>) = rader.take_while(|(n, _)| *n <= til).take(SIDE).unzip();
        (rader, numre.last().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numre(feed: &Feed, fra: i64) -> Vec<i64> {
        let (rader, siste) = feed.side(fra, i64::MAX);
        let numre: Vec<i64> = rader
            .iter()
            .map(|rad| serde_json::from_str::<serde_json::Value>(rad).unwrap()["sekvensnummer"].as_i64().unwrap())
            .collect();
        assert_eq!(numre.last().copied(), siste);
        numre
    }

    #[test]
    fn pages_of_noise_join_wherever_one_begins() {
        let mut feed = Feed::ny(100);
        feed.legg_til("05821099880", "endringINavn", "2026-01-01T00:00:00.000000000+01:00");
        feed.stoey(2_500, "t");
        feed.hull(10);
        feed.legg_til("05821099880", "endringINavn", "t");
        let mut alle = Vec::new();
        let mut fra = 100;
        loop {
            let side = numre(&feed, fra);
            let Some(siste) = side.last() else { break };
            fra = siste + 1;
            alle.extend(side);
        }
        assert_eq!((alle.len(), alle.is_sorted(), alle[0], *alle.last().unwrap()), (2_502, true, 100, feed.siste()));
        for (i, n) in alle.iter().enumerate().step_by(49) {
            assert_eq!(numre(&feed, *n)[0], *n);
            let etter = numre(&feed, n + 1).first().copied();
            assert_eq!(etter, alle.get(i + 1).copied(), "after {n}");
        }
    }
}
