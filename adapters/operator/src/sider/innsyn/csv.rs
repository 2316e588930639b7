//! The log as a file for a spreadsheet. No cell of it can become a formula.

use super::filter::Felter;
use super::logg::{filter, loggen};
use super::ord::{self, LASTET, Rad};
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use axum::extract::Query;
use axum::http::header;
use axum::response::IntoResponse;
use elevliste::oslo;
use runtime::adgang::Gjoremal;
use runtime::revisjon::Loggpost;
use std::fmt::Write as _;

/// Entries of one file. What is older is asked for by another period, and the last line says so.
const MAKS: usize = 5_000;
/// Entries that are read at once.
const OM_GANGEN: usize = 500;

/// `GET /innsyn/logg.csv`.
pub(super) async fn last_ned(besok: Besok, Query(felter): Query<Felter>) -> Svar {
    fil(&besok, Felter { hvem: String::new(), ..felter }).await
}

/// `POST /innsyn/logg.csv`: the same where a person is asked for.
pub(super) async fn last_ned_sokt(Sendt(besok, felter): Sendt<Felter>) -> Svar {
    fil(&besok, felter).await
}

async fn fil(besok: &Besok, felter: Felter) -> Svar {
    if !besok.ut.ma(Gjoremal::SeRevisjon) {
        return Err(Feilslag::FinnesIkke);
    }
    let s = besok.sprak;
    let logg = loggen(besok, &felter.logg)?;
    let filter = filter(besok, &felter)?;
    let lister = ord::lister(besok);
    let navn = [
        "innsyn-csv-tid",
        "innsyn-csv-hvem",
        "innsyn-csv-id",
        "innsyn-csv-rolle",
        "innsyn-csv-for",
        "innsyn-csv-hva",
        "innsyn-csv-nektet",
        "innsyn-csv-liste",
        "innsyn-csv-skole",
        "innsyn-csv-antall",
        "innsyn-csv-elever",
    ];
    // The mark tells spreadsheets that it is UTF-8.
    let mut ut = format!("\u{feff}{}", linje(navn.map(|nokkel| s.t(nokkel).to_string())));
    let (mut eldre_enn, mut antall) = (None, 0);
    loop {
        let side = besok.ut.logg(&logg, &filter, eldre_enn, OM_GANGEN.min(MAKS - antall)).await?;
        antall += side.poster.len();
        for post in &side.poster {
            ut.push_str(&rad(besok, &ord::rad(besok, &logg, &lister, post), post));
        }
        eldre_enn = side.neste;
        if eldre_enn.is_none() {
            break;
        }
        if antall == MAKS {
            ut.push_str(&linje([s.t("innsyn-csv-flere").n("antall", MAKS).to_string()]));
            break;
        }
    }
    // A copy of the log leaves the house: that stands in it.
    besok.ut.skriv_revisjon(&logg, LASTET, &felter).await?;
    let hoder = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"innsyn-{logg}.csv\"")),
    ];
    Ok((hoder, ut).into_response())
}

fn rad(besok: &Besok, rad: &Rad, post: &Loggpost) -> String {
    let s = besok.sprak;
    let elever: Vec<String> = post.elever().iter().map(ToString::to_string).collect();
    let ja_nei = if rad.nektet { "felles-ja" } else { "felles-nei" };
    linje([
        post.tid.to_zoned(oslo()).strftime("%Y-%m-%d %H:%M:%S").to_string(),
        rad.hvem.clone(),
        post.hvem().map(|(id, _)| id.to_owned()).unwrap_or_default(),
        rad.rolle.map(|rolle| s.t(rolle).to_string()).unwrap_or_default(),
        rad.pa_vegne_av.clone().unwrap_or_default(),
        rad.hva.clone(),
        s.t(ja_nei).to_string(),
        post.liste().map(|nokkel| nokkel.to_string()).unwrap_or_default(),
        rad.liste.clone().unwrap_or_default(),
        elever.len().to_string(),
        elever.join(" "),
    ])
}

/// One line, with semicolons between as Norwegian spreadsheets have it.
fn linje<const N: usize>(celler: [String; N]) -> String {
    let mut ut = celler.map(|tekst| celle(&tekst)).join(";");
    ut.push_str("\r\n");
    ut
}

/// A cell in quotes. What a spreadsheet would take for a formula gets an apostrophe before it, and is text.
fn celle(tekst: &str) -> String {
    let formel = tekst.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let mut ut = String::with_capacity(tekst.len() + 3);
    let vern = if formel { "'" } else { "" };
    write!(ut, "\"{vern}{}\"", tekst.replace('"', "\"\"")).expect("a String takes everything");
    ut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for farlig in ["=1+1", "+4712345678", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "=cmd|' /C calc'!A0"]
        {
            let celle = celle(farlig);
            assert!(celle.starts_with("\"'"), "{farlig:?} became {celle}");
        }
        for trygg in ["Kari Nordmann", "a=b", "2026-11-09", "", "Ås ungdomsskole"] {
            assert_eq!(celle(trygg), format!("\"{trygg}\""));
        }
    }

    #[test]
    fn nothing_breaks_out_of_its_cell() {
        assert_eq!(celle("a\";=1+1;\""), "\"a\"\";=1+1;\"\"\"");
        assert_eq!(linje(["a;b".into(), "linje\nto".into()]), "\"a;b\";\"linje\nto\"\r\n");
    }
}
