//! What is asked for of a log. A person's name stands in a form, never in an address.

use crate::sprak::Sprak;
use elevliste::oslo;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use runtime::revisjon::Loggfilter;
use serde::{Deserialize, Serialize};

/// The kinds: the word in addresses, what entries of it begin with, and what it is called.
pub(super) const SLAG: [(&str, &str, &str); 14] = [
    ("vist", "revisjon.vist", "innsyn-slag-vist"),
    ("navn", "revisjon.vist.liste", "innsyn-slag-navn"),
    ("nummer", "revisjon.vist.nummer", "innsyn-slag-nummer"),
    ("forklaring", "revisjon.vist.forklaring", "innsyn-slag-forklaring"),
    ("kvittering", "revisjon.vist.kvittering", "innsyn-slag-kvittering"),
    ("system", "revisjon.elev", "innsyn-slag-system"),
    ("nektet", "revisjon.nektet", "innsyn-slag-nektet"),
    ("innlogging", "revisjon.innlogging", "innsyn-slag-innlogging"),
    ("bruker", "revisjon.bruker", "innsyn-slag-bruker"),
    ("runde", "revisjon.runde", "innsyn-slag-runde"),
    ("kilde", "revisjon.kilde", "innsyn-slag-kilde"),
    ("levert", "revisjon.levert", "innsyn-slag-levert"),
    ("drift", "revisjon.drift", "innsyn-slag-drift"),
    ("karantene", "revisjon.karantene", "innsyn-slag-karantene"),
];

/// The fields as they are written. An empty one asks for nothing.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Felter {
    pub(super) logg: String,
    pub(super) fra: String,
    pub(super) til: String,
    #[serde(skip_serializing)]
    pub(super) hvem: String,
    pub(super) liste: String,
    pub(super) elev: String,
    pub(super) slag: String,
    pub(super) eldre_enn: String,
}

impl Felter {
    /// Names and values but for who, and but for those that are empty.
    fn uten_hvem(&self) -> Vec<(&'static str, &str)> {
        let alle = [
            ("logg", &self.logg),
            ("fra", &self.fra),
            ("til", &self.til),
            ("liste", &self.liste),
            ("elev", &self.elev),
            ("slag", &self.slag),
            ("eldre_enn", &self.eldre_enn),
        ];
        alle.into_iter().map(|(navn, verdi)| (navn, verdi.trim())).filter(|(_, verdi)| !verdi.is_empty()).collect()
    }

    /// For hidden fields of a form.
    pub(super) fn skjulte(&self) -> Vec<(&'static str, String)> {
        let hvem = Some(("hvem", self.hvem.as_str())).filter(|(_, verdi)| !verdi.trim().is_empty());
        self.uten_hvem().into_iter().chain(hvem).map(|(navn, verdi)| (navn, verdi.to_owned())).collect()
    }

    /// For an address.
    pub(super) fn sporring(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.uten_hvem()).finish()
    }

    /// What is asked for; the fields that cannot be read, by the keys of their names and of what to do.
    pub(super) fn filter(&self) -> Result<Loggfilter, Vec<(&'static str, &'static str)>> {
        let mut feil = vec![];
        let fra = dag(&self.fra, &mut feil, "innsyn-felt-fra");
        let til = dag(&self.til, &mut feil, "innsyn-felt-til").and_then(|dag| dag.tomorrow().ok());
        let elev = lest(&self.elev, &mut feil, ("innsyn-felt-elev", "innsyn-feil-elev"));
        let liste = lest(&self.liste, &mut feil, ("innsyn-felt-liste", "innsyn-feil-liste"));
        let slag = self.slag.trim();
        let typ = SLAG.iter().find(|(ord, ..)| *ord == slag).map(|(_, typ, _)| (*typ).to_owned());
        if feil.is_empty() {
            Ok(Loggfilter {
                elev,
                hvem: Some(self.hvem.trim().to_owned()).filter(|hvem| !hvem.is_empty()),
                liste,
                fra: fra.and_then(begynner),
                til: til.and_then(begynner).map(|etter| etter - SignedDuration::from_nanos(1)),
                typ,
            })
        } else {
            Err(feil)
        }
    }

    /// Entries older than this one.
    pub(super) fn eldre_enn(&self) -> Option<u64> {
        self.eldre_enn.trim().parse().ok()
    }

    /// Whether anything at all is asked for.
    pub(super) fn er_tomt(&self) -> bool {
        [&self.fra, &self.til, &self.hvem, &self.liste, &self.elev, &self.slag]
            .iter()
            .all(|felt| felt.trim().is_empty())
    }
}

/// When a day begins in Norway.
fn begynner(dag: Date) -> Option<Timestamp> {
    dag.to_zoned(oslo()).ok().map(|tid| tid.timestamp())
}

fn dag(tekst: &str, feil: &mut Vec<(&'static str, &'static str)>, felt: &'static str) -> Option<Date> {
    lest(tekst, feil, (felt, "innsyn-feil-dato"))
}

fn lest<T: std::str::FromStr>(
    tekst: &str,
    feil: &mut Vec<(&'static str, &'static str)>,
    si: (&'static str, &'static str),
) -> Option<T> {
    let tekst = tekst.trim();
    if tekst.is_empty() {
        return None;
    }
    let lest = tekst.parse().ok();
    if lest.is_none() {
        feil.push(si);
    }
    lest
}

/// A count with its thousands apart: «1 234».
pub(super) fn tall(s: Sprak, antall: u64) -> String {
    let skille = if s == Sprak::Engelsk { ',' } else { '\u{a0}' };
    let sifre = antall.to_string();
    let mut ut = String::with_capacity(sifre.len() + sifre.len() / 3);
    for (plass, siffer) in sifre.chars().enumerate() {
        if plass > 0 && (sifre.len() - plass).is_multiple_of(3) {
            ut.push(skille);
        }
        ut.push(siffer);
    }
    ut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_whole_days_by_norwegian_clocks() {
        let felter = Felter { fra: "2026-10-24".into(), til: "2026-10-25".into(), ..Felter::default() };
        let filter = felter.filter().unwrap();
        assert_eq!(filter.fra.unwrap().to_string(), "2026-10-23T22:00:00Z");
        assert_eq!(filter.til.unwrap().to_string(), "2026-10-25T22:59:59.999999999Z", "the clock is put back that day");
    }

    #[test]
    fn who_is_in_no_address() {
        let felter =
            Felter { hvem: "Kari Nordmann".into(), slag: "navn".into(), fra: "2026-11-01".into(), ..Felter::default() };
        assert_eq!(felter.sporring(), "fra=2026-11-01&slag=navn");
        assert!(felter.skjulte().contains(&("hvem", "Kari Nordmann".to_owned())));
        assert_eq!(felter.filter().unwrap().hvem.as_deref(), Some("Kari Nordmann"));
    }

    #[test]
    fn what_cannot_be_read_is_said_field_by_field() {
        let felter = Felter { fra: "i går".into(), elev: "Ola".into(), liste: "x".into(), ..Felter::default() };
        let feil: Vec<_> = felter.filter().unwrap_err().into_iter().map(|(felt, _)| felt).collect();
        assert_eq!(feil, ["innsyn-felt-fra", "innsyn-felt-elev", "innsyn-felt-liste"]);
        assert!(Felter::default().filter().is_ok() && Felter::default().er_tomt());
    }

    #[test]
    fn thousands_stand_apart() {
        let nb = |n| tall(Sprak::Bokmal, n);
        assert_eq!((nb(0), nb(999), nb(1234)), ("0".into(), "999".into(), "1\u{a0}234".into()));
        assert_eq!((nb(123_456), tall(Sprak::Engelsk, 1_234_567)), ("123\u{a0}456".into(), "1,234,567".into()));
    }
}
