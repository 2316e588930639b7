//! Who has delivered and who has not: in one line, by municipality and school, day by day, and as a file.
//!
//! Everything here is counts from memory.

use super::felles;
use super::kurve::{BREDDE, BUNN, HOYDE, HOYRE, Kurve, Levert, TOPP, VENSTRE};
use super::tall::{self, Skole, Tall, Utvalg};
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use crate::sprak::Sprak;
use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::IntoResponse;
use elevliste::{Innsamling, Rundenokkel, oslo};
use jiff::Timestamp;
use jiff::civil::Date;
use runtime::adgang::Gjoremal;
use runtime::visning::{oppgave_tekst, status_tekst};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "fylke/oversikt.html")]
struct Oversikt {
    ramme: Ramme,
    /// None where there is no round at all.
    runde: Option<Rundevist>,
    runder: Vec<Valg>,
    kan_endre: bool,
}

impl Oversikt {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

struct Rundevist {
    id: String,
    tittel: String,
    setning: String,
    frist: String,
    tall: Tall,
    /// Lists of schools that the round does not name.
    utenfor: usize,
    /// Who must be helped first: nobody knows whether they arrived, or their ledger is broken.
    haster: Vec<Haster>,
    kommuner: Vec<Kommune>,
    viste: usize,
    utvalg: Vec<Valg>,
    kommunevalg: Vec<Valg>,
    sortering: Vec<Valg>,
    apne: bool,
    bilde: Option<Bilde>,
}

/// A choice in a field.
struct Valg {
    verdi: String,
    tekst: String,
    valgt: bool,
}

struct Haster {
    skole: String,
    adresse: String,
    hva: String,
}

struct Kommune {
    nr: String,
    navn: String,
    tall: Tall,
    skoler: Vec<Rad>,
}

struct Rad {
    navn: String,
    adresse: Option<String>,
    status: String,
    farge: &'static str,
    elever: u32,
    ma_rettes: u32,
    endret: bool,
    forst: Option<String>,
}

/// The picture, and what it says in words.
struct Bilde {
    kurve: Kurve,
    tekst: String,
    fra: String,
    til: String,
    frist: String,
    rader: Vec<Dagrad>,
}

struct Dagrad {
    dag: String,
    nye: u32,
    til_na: u32,
    i_fjor: Option<u32>,
}

/// What is asked for.
#[derive(Deserialize, Default)]
pub(super) struct Sporsmal {
    #[serde(default)]
    runde: String,
    #[serde(default)]
    utvalg: Utvalg,
    #[serde(default)]
    kommune: String,
    #[serde(default)]
    sorter: Sortering,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sortering {
    #[default]
    Navn,
    Mangler,
    Status,
}

/// `GET /fylke?runde=…&utvalg=…&kommune=…&sorter=…`
pub(super) async fn vis(besok: Besok, Query(sporsmal): Query<Sporsmal>) -> Svar {
    felles::inn(&besok)?;
    let s = besok.sprak;
    let alle = felles::runder(&besok);
    let valgt = valgt(&besok, &sporsmal)?;
    let runde = alle.iter().find(|runde| Some(runde.sak.runde().nokkel()) == valgt);
    let runder = alle.iter().map(|runde| {
        let nokkel = runde.sak.runde().nokkel();
        Valg { verdi: nokkel.to_string(), tekst: felles::rundenavn(s, nokkel), valgt: Some(nokkel) == valgt }
    });
    let side = Oversikt {
        ramme: besok.ramme(s.t("fylke-oversikt-tittel")).levende("/levende"),
        runder: runder.collect(),
        runde: match runde {
            Some(runde) => Some(vist(&besok, runde.sak.runde(), &sporsmal).await),
            None => None,
        },
        kan_endre: besok.ut.ma(Gjoremal::EndreRunder),
    };
    svar(&side)
}

fn valgt(besok: &Besok, sporsmal: &Sporsmal) -> Result<Option<Rundenokkel>, Feilslag> {
    if !sporsmal.runde.is_empty() {
        return Ok(Some(felles::runde(besok, &sporsmal.runde)?.sak.runde().nokkel()));
    }
    let alle = felles::runder(besok);
    Ok(felles::gjeldende(alle.iter().map(|runde| runde.sak.runde()), besok.na()))
}

async fn vist(besok: &Besok, runde: &Innsamling, sporsmal: &Sporsmal) -> Rundevist {
    let (s, na) = (besok.sprak, besok.na());
    let lister = felles::lister(besok, runde.nokkel());
    let skoler = felles::skoler(besok, runde).await;
    let alt = Tall::av(&skoler);
    let haster = lister.iter().filter(|liste| runde.gjelder(&liste.nokkel)).filter_map(|liste| {
        let skole = Skole::av(liste);
        let hva = match liste.oppgave {
            _ if skole.brutt => s.t("fylke-brutt").to_string(),
            Some(oppgave) => s.av_tekst(oppgave_tekst(oppgave)).to_owned(),
            None if skole.uavklart() => s.t("fylke-uavklart-vi").to_string(),
            None => return None,
        };
        Some(Haster { skole: felles::skolenavn(liste), adresse: format!("/fylke/liste/{}", liste.nokkel), hva })
    });
    let kommuner = kommuner(s, &skoler, sporsmal);
    let valg = |verdi: &str, tekst: String, valgt: bool| Valg { verdi: verdi.to_owned(), tekst, valgt };
    let mut kommunevalg: BTreeMap<&str, String> = BTreeMap::new();
    for skole in &skoler {
        let nr = skole.kommunenr.as_deref();
        kommunevalg.entry(nr.unwrap_or(UKJENT)).or_insert_with(|| felles::kommunenavn(s, nr));
    }
    let mut kommunevalg: Vec<Valg> =
        kommunevalg.into_iter().map(|(nr, navn)| valg(nr, navn, sporsmal.kommune == nr)).collect();
    kommunevalg.sort_by_key(|valg| felles::alfabetisk(&valg.tekst));
    let sorteringer = [
        (Sortering::Navn, "navn", "fylke-sorter-navn"),
        (Sortering::Mangler, "mangler", "fylke-sorter-mangler"),
        (Sortering::Status, "status", "fylke-sorter-status"),
    ];
    Rundevist {
        id: runde.nokkel().to_string(),
        tittel: felles::rundenavn(s, runde.nokkel()),
        setning: alt.setning(s),
        frist: felles::frist(s, runde, na),
        tall: alt,
        utenfor: lister.iter().filter(|liste| !runde.gjelder(&liste.nokkel) && !liste.mangler).count(),
        haster: haster.collect(),
        viste: kommuner.iter().map(|kommune| kommune.skoler.len()).sum(),
        // A choice that leaves few shows them at once.
        apne: sporsmal.utvalg != Utvalg::Alle || !sporsmal.kommune.is_empty(),
        kommuner,
        utvalg: Utvalg::ALLE.map(|(u, v, n)| valg(v, s.t(n).to_string(), u == sporsmal.utvalg)).into(),
        kommunevalg,
        sortering: sorteringer.map(|(u, v, n)| valg(v, s.t(n).to_string(), u == sporsmal.sorter)).into(),
        bilde: bilde(besok, runde, &skoler),
    }
}

/// What stands for a municipality that is not known, in addresses.
const UKJENT: &str = "ukjent";

fn kommuner(s: Sprak, skoler: &[Skole], sporsmal: &Sporsmal) -> Vec<Kommune> {
    let mut ved: BTreeMap<Option<&str>, Vec<&Skole>> = BTreeMap::new();
    for skole in skoler {
        let nr = skole.kommunenr.as_deref();
        if sporsmal.kommune.is_empty() || sporsmal.kommune == nr.unwrap_or(UKJENT) {
            ved.entry(nr).or_default().push(skole);
        }
    }
    let kommune = |(nr, mut skoler): (Option<&str>, Vec<&Skole>)| {
        let tall = Tall::av(skoler.iter().copied());
        skoler.retain(|skole| sporsmal.utvalg.har(skole));
        skoler.sort_by_cached_key(|skole| {
            let status = if sporsmal.sorter == Sortering::Navn { None } else { Some((skole.levert(), skole.status)) };
            (status, felles::alfabetisk(skole.navn.as_deref().unwrap_or(&skole.skolenr)))
        });
        let skoler: Vec<Rad> = skoler.into_iter().map(|skole| rad(s, skole)).collect();
        let nr_tekst = nr.unwrap_or(UKJENT).to_owned();
        (!skoler.is_empty()).then(|| Kommune { nr: nr_tekst, navn: felles::kommunenavn(s, nr), tall, skoler })
    };
    let mut ut: Vec<Kommune> = ved.into_iter().filter_map(kommune).collect();
    ut.sort_by_cached_key(|kommune| {
        let mangler = match sporsmal.sorter {
            Sortering::Navn => 0,
            Sortering::Mangler | Sortering::Status => kommune.tall.mangler(),
        };
        (std::cmp::Reverse(mangler), felles::alfabetisk(&kommune.navn))
    });
    ut
}

/// Where a school stands, in words.
fn status(s: Sprak, skole: &Skole) -> String {
    if skole.ikke_koblet {
        return s.t("fylke-ikke-koblet").to_string();
    }
    s.av_tekst(status_tekst(skole.status)).to_owned()
}

fn rad(s: Sprak, skole: &Skole) -> Rad {
    let navn = skole.navn.clone().unwrap_or_else(|| s.t("fylke-skole-ukjent").s("nr", &skole.skolenr).to_string());
    Rad {
        navn,
        adresse: skole.nokkel.as_ref().map(|nokkel| format!("/fylke/liste/{nokkel}")),
        status: status(s, skole),
        farge: if skole.ikke_koblet { "neutral" } else { felles::farge(skole.status) },
        elever: if skole.levert() { skole.mottatt } else { skole.elever },
        ma_rettes: skole.ma_rettes,
        endret: skole.endret(),
        forst: skole.forst.map(|tid| kort(dag(tid))),
    }
}

/// «13.11.»
fn kort(dag: Date) -> String {
    format!("{}.{}.", dag.day(), dag.month())
}

fn dag(tid: Timestamp) -> Date {
    tid.to_zoned(oslo()).date()
}

fn bilde(besok: &Besok, runde: &Innsamling, skoler: &[Skole]) -> Option<Bilde> {
    let s = besok.sprak;
    let dager = |skoler: &[Skole]| skoler.iter().filter_map(|skole| skole.forst).map(dag).collect::<Vec<_>>();
    let i_ar = dager(skoler);
    let fjor = runde.skolear.forrige().and_then(|skolear| {
        let nokkel = Rundenokkel { skolear, ..runde.nokkel() };
        let runde = besok.ut.runde(nokkel)?;
        let runde = runde.sak.runde();
        // Who delivered, and nobody else, is in the picture of last year.
        let skoler = tall::skoler(&felles::lister(besok, nokkel), runde, &[], besok.na());
        Some((runde.siste_dag(), dager(&skoler)))
    });
    let fjor = fjor.as_ref().filter(|(_, dager)| !dager.is_empty());
    let fjor = fjor.map(|(siste_dag, dager)| Levert { siste_dag: *siste_dag, dager });
    let i_ar = Levert { siste_dag: runde.siste_dag(), dager: &i_ar };
    let alle = u32::try_from(skoler.len()).unwrap_or(u32::MAX);
    let kurve = Kurve::ny(dag(runde.apner), &i_ar, fjor.as_ref(), alle, dag(besok.na()))?;
    Some(bildet(s, kurve, alle))
}

/// The picture with what it says in words.
fn bildet(s: Sprak, kurve: Kurve, alle: u32) -> Bilde {
    let rader = kurve.dager().into_iter().map(|d| Dagrad {
        dag: s.dag(d.dato).to_string(),
        nye: d.nye,
        til_na: d.til_na,
        i_fjor: d.i_fjor,
    });
    let rader: Vec<Dagrad> = rader.collect();
    let til_na = rader.last().map_or(0, |rad| rad.til_na);
    let na = s.t("fylke-kurve-tekst").n("levert", til_na).n("alle", alle).s("frist", s.dag(kurve.frist)).to_string();
    let tekst = match kurve.fjor_ved_frist() {
        Some(n) => format!("{na} {}", s.t("fylke-kurve-fjor").n("antall", n)),
        None => na,
    };
    Bilde { tekst, fra: kort(kurve.fra), til: kort(kurve.til), frist: kort(kurve.frist), rader, kurve }
}

/// `GET /fylke/skoler.csv?runde=…`: the same as a file, in counts.
pub(super) async fn last_ned(besok: Besok, Query(sporsmal): Query<Sporsmal>) -> Svar {
    felles::inn(&besok)?;
    let runde = valgt(&besok, &sporsmal)?.and_then(|nokkel| besok.ut.runde(nokkel)).ok_or(Feilslag::FinnesIkke)?;
    let runde = runde.sak.runde();
    let skoler = felles::skoler(&besok, runde).await;
    let navn = format!("attachment; filename=\"skoler-{}.csv\"", runde.nokkel());
    let hoder = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, navn)];
    Ok((hoder, csv(besok.sprak, &skoler)).into_response())
}

/// One line for each school, as Norwegian spreadsheets read it.
fn csv(s: Sprak, skoler: &[Skole]) -> String {
    let hode = [
        s.t("fylke-csv-kommunenr"),
        s.t("fylke-csv-kommune"),
        s.t("fylke-csv-skolenr"),
        s.t("fylke-csv-skole"),
        s.t("fylke-csv-levert"),
        s.t("fylke-csv-status"),
        s.t("fylke-csv-forst"),
        s.t("fylke-csv-elever"),
        s.t("fylke-csv-mottatt"),
        s.t("fylke-csv-rettes"),
    ];
    let mut ut = String::from('\u{feff}');
    linje(&mut ut, &hode.map(|felt| felt.to_string()));
    for skole in skoler {
        let ja_nei = if skole.levert() { s.t("felles-ja") } else { s.t("felles-nei") };
        linje(
            &mut ut,
            &[
                skole.kommunenr.clone().unwrap_or_default(),
                felles::kommunenavn(s, skole.kommunenr.as_deref()),
                skole.skolenr.clone(),
                skole.navn.clone().unwrap_or_default(),
                ja_nei.to_string(),
                status(s, skole),
                skole.forst.map(|tid| tid.to_zoned(oslo()).strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
                skole.elever.to_string(),
                skole.mottatt.to_string(),
                skole.ma_rettes.to_string(),
            ],
        );
    }
    ut
}

fn linje(ut: &mut String, felter: &[String]) {
    let felter: Vec<String> = felter.iter().map(|felt| celle(felt)).collect();
    ut.push_str(&felter.join(";"));
    ut.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula.
fn celle(felt: &str) -> String {
    let tekst = felt.replace('"', "\"\"");
    let formel = felt
        .trim_start_matches([' ', '\u{a0}', '\u{feff}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formel { format!("\"'{tekst}\"") } else { format!("\"{tekst}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::Skolestatus;

    #[test]
    fn no_name_of_a_school_becomes_a_formula() {
        for (navn, ventet) in [
            ("Voss \"nye\" skule", "\"Voss \"\"nye\"\" skule\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("@SUM(1)", "\"'@SUM(1)\""),
            (" +1", "\"' +1\""),
            ("-2", "\"'-2\""),
            ("\t=1", "\"'\t=1\""),
            ("a;b\nc", "\"a;b\nc\""),
        ] {
            assert_eq!(celle(navn), ventet);
        }
        let skole = Skole {
            navn: Some("=1+1".into()),
            ..tall::eksempel("46503", Skolestatus::Mottatt, Some("2026-11-05T12:00:00Z"))
        };
        let fil = csv(Sprak::Bokmal, &[skole]);
        assert!(fil.ends_with("\"4601\";\"Bergen\";\"46503\";\"'=1+1\";\"Ja\";\"Mottatt\";\"2026-11-05 13:00\";\"20\";\"20\";\"0\"\r\n"), "{fil}");
    }

    #[test]
    fn municipalities_are_filtered_and_sorted_and_keep_their_counts() {
        let mut skoler = vec![
            tall::eksempel("46503", Skolestatus::Mottatt, Some("2026-11-05T12:00:00Z")),
            tall::eksempel("46505", Skolestatus::Avvik, None),
        ];
        skoler.push(Skole { kommunenr: Some("4621".into()), ..tall::eksempel("46700", Skolestatus::Samles, None) });
        skoler.push(Skole { kommunenr: Some("4621".into()), ..tall::eksempel("46701", Skolestatus::Samles, None) });
        let vis = |sporsmal: Sporsmal| -> Vec<(String, u32, u32, usize)> {
            let kommuner = kommuner(Sprak::Bokmal, &skoler, &sporsmal);
            kommuner.into_iter().map(|k| (k.navn, k.tall.levert, k.tall.alle, k.skoler.len())).collect()
        };
        let (bergen, voss) = ("Bergen".to_owned(), "Voss".to_owned());
        assert_eq!(vis(Sporsmal::default()), [(bergen.clone(), 1, 2, 2), (voss.clone(), 0, 2, 2)]);
        let mangler = Sporsmal { utvalg: Utvalg::Mangler, sorter: Sortering::Mangler, ..Sporsmal::default() };
        assert_eq!(vis(mangler), [(voss, 0, 2, 2), (bergen.clone(), 1, 2, 1)]);
        let en = Sporsmal { kommune: "4601".into(), utvalg: Utvalg::Levert, ..Sporsmal::default() };
        assert_eq!(vis(en), [(bergen, 1, 2, 1)]);
    }

    /// So many bytes of a page of so many schools, as they go over the wire; and the page.
    fn side(antall: usize) -> (usize, String) {
        let s = Sprak::Bokmal;
        let skole = |n: usize| {
            let forst = n.is_multiple_of(3).then(|| format!("2026-11-{:02}T{:02}:00:00Z", 1 + n % 12, n % 24));
            let status = if forst.is_some() { Skolestatus::Mottatt } else { Skolestatus::Avvik };
            let kommune = format!("46{:02}", 1 + n % 43);
            let navn = format!("<b>Skole</b> nummer {n} i {kommune}");
            let skole = tall::eksempel(&format!("{n:05}"), status, forst.as_deref());
            Skole { navn: Some(navn), kommunenr: Some(kommune), ma_rettes: 3, ..skole }
        };
        let skoler: Vec<Skole> = (0..antall).map(skole).collect();
        let dager: Vec<Date> = skoler.iter().filter_map(|skole| skole.forst).map(dag).collect();
        let siste_dag = jiff::civil::date(2026, 11, 13);
        let apner = jiff::civil::date(2026, 10, 20);
        let i_ar = Levert { siste_dag, dager: &dager };
        let fjor = Levert { siste_dag: jiff::civil::date(2025, 11, 14), dager: &[jiff::civil::date(2025, 11, 1)] };
        let kurve = Kurve::ny(apner, &i_ar, Some(&fjor), skoler.len().try_into().unwrap(), siste_dag).unwrap();
        let tall = Tall::av(&skoler);
        let kommuner = kommuner(s, &skoler, &Sporsmal::default());
        let runde = Rundevist {
            id: "46.2026-2027.1".into(),
            tittel: "Prøve".into(),
            setning: tall.setning(s),
            frist: String::new(),
            tall,
            utenfor: 2,
            haster: vec![Haster { skole: "A".into(), adresse: "/fylke/liste/x".into(), hva: "Ring".into() }],
            viste: antall,
            kommuner,
            utvalg: vec![],
            kommunevalg: vec![],
            sortering: vec![],
            apne: true,
            bilde: Some(bildet(s, kurve, tall.alle)),
        };
        let ramme = Ramme::utenfor(s, "", "/fylke", false);
        let side = Oversikt { ramme, runde: Some(runde), runder: vec![], kan_endre: true }.render().unwrap();
        let mut pakker = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut pakker, side.as_bytes()).unwrap();
        (pakker.finish().unwrap().len(), side)
    }

    #[test]
    fn a_page_of_every_school_is_small_and_says_in_words_what_the_picture_shows() {
        for antall in [330, 1050] {
            let (bytes, side) = side(antall);
            assert!(bytes < 100_000, "{bytes} bytes for {antall} schools");
            assert_eq!(side.matches("/fylke/liste/46.").count(), antall);
            assert!(side.contains("1 skole trenger hjelp nå") && side.contains("2 skoler har lister"));
        }
        let (_, side) = side(330);
        assert!(side.contains("110 av 330 skoler har levert til nå. Fristen er fredag 13. november."), "{side}");
        assert!(side.contains("I fjor hadde 1 skole levert") && side.contains("class=\"fjor\""));
        assert!(!side.contains("<b>Skole"), "a name is text");
    }
}
