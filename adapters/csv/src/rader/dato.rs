//! Days and moments, as standards, suppliers and spreadsheets write them.

use crate::rapport::Kode;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use oneroster::norsk_dag;

/// A day, and the tolerance used. Days come before months, as they do in Norway: a date that is none that way is refused
/// and not turned around.
pub(super) fn dato(tekst: &str) -> Option<(Date, Option<Kode>)> {
    if tekst.len() == 10
        && let Ok(dato) = tekst.parse()
    {
        return Some((dato, None));
    }
    if let Some(dato) = dag_maned_ar(tekst, '.') {
        return Some((dato, Some(Kode::Datoform)));
    }
    if let Some(dato) = dag_maned_ar(tekst, '/') {
        return Some((dato, Some(Kode::DatoMedSkrastrek)));
    }
    let dag = match tekst.parse::<Timestamp>() {
        Ok(tid) => norsk_dag(tid),
        Err(_) if tekst.len() > 10 => tekst.parse::<DateTime>().ok()?.date(),
        Err(_) => return None,
    };
    Some((dag, Some(Kode::DatoMedTid)))
}

/// `01.08.2026`, `1/05/2023`.
fn dag_maned_ar(tekst: &str, skille: char) -> Option<Date> {
    let mut deler = tekst.split(skille);
    let (dag, maned, ar) = (deler.next()?, deler.next()?, deler.next()?);
    let sifre = |del: &str, antall| (1..=antall).contains(&del.len()) && del.bytes().all(|b| b.is_ascii_digit());
    if deler.next().is_some() || !sifre(dag, 2) || !sifre(maned, 2) || ar.len() != 4 || !sifre(ar, 4) {
        return None;
    }
    Date::new(ar.parse().ok()?, maned.parse().ok()?, dag.parse().ok()?).ok()
}

/// A moment, and the tolerance used. Without a zone it is read as UTC, as the standard says.
pub(super) fn tidspunkt(tekst: &str) -> Option<(Timestamp, Option<Kode>)> {
    if let Ok(tid) = tekst.parse() {
        return Some((tid, None));
    }
    let lokal = tekst.parse::<DateTime>().ok().or_else(|| Some(dato(tekst)?.0.at(0, 0, 0, 0)))?;
    Some((TimeZone::UTC.to_timestamp(lokal).ok()?, Some(Kode::TidUtenSone)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_order_of_the_country() {
        for (tekst, dag, kode) in [
            ("2026-08-01", "2026-08-01", None),
            ("01.08.2026", "2026-08-01", Some("date-format")),
            ("1.8.2026", "2026-08-01", Some("date-format")),
            ("1/05/2023", "2023-05-01", Some("date-with-slashes")),
            ("2026-07-31T22:30:00Z", "2026-08-01", Some("datetime-for-date")),
            ("2026-08-01T00:00:00", "2026-08-01", Some("datetime-for-date")),
        ] {
            let (lest, merknad) = dato(tekst).unwrap();
            assert_eq!((lest.to_string().as_str(), merknad.map(Kode::as_str)), (dag, kode), "{tekst}");
        }
        for tekst in
            ["", "46235", "13/25/2026", "1/13/2023", "31.02.2026", "2026-13-01", "1.8.26", "i morgen", "1.8.2026.1"]
        {
            assert_eq!(dato(tekst), None, "{tekst}");
        }
    }

    #[test]
    fn moments_need_no_zone() {
        for (tekst, tid) in [
            ("2026-01-15T08:30:00.000Z", "2026-01-15T08:30:00Z"),
            ("2026-01-15T09:30:00+01:00", "2026-01-15T08:30:00Z"),
            ("2026-01-15T08:30:00", "2026-01-15T08:30:00Z"),
            ("2026-01-15", "2026-01-15T00:00:00Z"),
            ("15.01.2026", "2026-01-15T00:00:00Z"),
        ] {
            assert_eq!(tidspunkt(tekst).unwrap().0.to_string(), tid, "{tekst}");
        }
        assert_eq!(tidspunkt("i går"), None);
    }
}
