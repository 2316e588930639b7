//! Fictitious numbers: which schools have pupils who need one, and which numbers were entered.

use super::felles;
use crate::sider::besok::{Besok, Sendt, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar, videre};
use askama::Template;
use axum::extract::Path;
use elevliste::{Handling, Listenokkel};
use identitet::Skjermet;
use runtime::adgang::Gjoremal;
use runtime::utsikt::Sammendrag;
use serde::Deserialize;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Rules about numbers that are missing, or of a kind that no register knows: the way out of each is the office's number.
/// A number that was mistyped is corrected instead.
const TRENGER: [&str; 4] = ["EL-007", "EL-047", "EL-048", "EL-049"];

#[derive(Template)]
#[template(path = "fylke/fiktive.html")]
struct Fiktive {
    ramme: Ramme,
    tittel: Option<String>,
    rader: Vec<Rad>,
    trenger: usize,
    har: u32,
}

struct Rad {
    adresse: String,
    skole: String,
    kommune: String,
    trenger: usize,
    har: u32,
}

impl Fiktive {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// How many pupils need a number from the office.
fn trenger(liste: &Sammendrag) -> usize {
    hvem_trenger(liste).len()
}

/// `GET /fylke/fiktive`: in numbers, school by school.
pub(super) async fn alle(besok: Besok) -> Svar {
    felles::inn(&besok)?;
    let s = besok.sprak;
    let runder = felles::runder(&besok);
    let valgt = felles::gjeldende(runder.iter().map(|runde| runde.sak.runde()), besok.na());
    let lister = valgt.map(|runde| felles::lister(&besok, runde)).unwrap_or_default();
    let mut rader: Vec<Rad> = lister
        .iter()
        .map(|liste| Rad {
            adresse: format!("/fylke/fiktive/{}", liste.nokkel),
            skole: felles::skolenavn(liste),
            kommune: felles::kommunenavn(s, liste.skole.kommunenr.as_deref()),
            trenger: trenger(liste),
            har: liste.fiktive,
        })
        .collect();
    rader.retain(|rad| rad.trenger > 0 || rad.har > 0);
    rader.sort_by_cached_key(|rad| {
        (std::cmp::Reverse(rad.trenger), felles::alfabetisk(&rad.kommune), felles::alfabetisk(&rad.skole))
    });
    let side = Fiktive {
        ramme: besok.ramme(s.t("fylke-fiktive-tittel")).levende("/levende"),
        tittel: valgt.map(|runde| felles::rundenavn(s, runde)),
        trenger: rader.iter().map(|rad| rad.trenger).sum(),
        har: rader.iter().map(|rad| rad.har).sum(),
        rader,
    };
    svar(&side)
}

#[derive(Template)]
#[template(path = "fylke/fiktiv.html")]
struct Skoleside {
    ramme: Ramme,
    adresse: String,
    skole: String,
    trenger: usize,
    elever: Vec<Elev>,
    /// Reported by hand, and without a number that can be used: it is entered here.
    uten: Vec<Uten>,
    kan_fore: bool,
    sekvens: u64,
}

struct Uten {
    id: Uuid,
    navn: Option<String>,
    klasse: Option<String>,
    /// What the school has said.
    grunn: String,
}

struct Elev {
    id: Uuid,
    navn: Option<String>,
    klasse: Option<String>,
    nummer: Option<String>,
    helt: bool,
    kilde: String,
    hvem: String,
    nar: String,
}

impl Skoleside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /fylke/fiktive/{liste}`: one school's, by name.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>) -> Svar {
    felles::inn(&besok)?;
    side(&besok, &nokkel(&liste)?, None).await
}

#[derive(Deserialize)]
pub(super) struct Valg {
    elev: Uuid,
}

/// `POST /fylke/fiktive/{liste}`: a number in full, noted as shown.
pub(super) async fn nummer(Path(liste): Path<String>, Sendt(besok, valg): Sendt<Valg>) -> Svar {
    felles::inn(&besok)?;
    let nokkel = nokkel(&liste)?;
    let helt = besok.ut.nummer(&nokkel, valg.elev).await?;
    side(&besok, &nokkel, helt.map(|helt| (valg.elev, helt))).await
}

/// What is entered. Personal.
#[derive(Deserialize)]
pub(super) struct Skrevet {
    elev: Uuid,
    /// Empty takes the number back.
    #[serde(default)]
    nummer: String,
    #[serde(default)]
    kilde: String,
    #[serde(default)]
    sekvens: Option<u64>,
}

/// `POST /fylke/fiktive/{liste}/skriv`: a number is entered, or taken back, for a pupil whom the office knows of.
pub(super) async fn skriv(Path(liste): Path<String>, Sendt(besok, skrevet): Sendt<Skrevet>) -> Svar {
    felles::inn(&besok)?;
    let nokkel = nokkel(&liste)?;
    let overlevert = besok.ut.overlevert(&nokkel).await?;
    let hans = overlevert.iter().find(|o| o.elev == skrevet.elev).ok_or(Feilslag::FinnesIkke)?;
    let siffer: String = skrevet.nummer.chars().filter(|c| !c.is_whitespace()).collect();
    let nummer = Some(siffer).filter(|siffer| !siffer.is_empty()).map(Skjermet::from);
    let videre = videre(&format!("/fylke/fiktive/{nokkel}"));
    // Sent twice: what is taken back already is not taken back again.
    if nummer.is_none() && hans.fiktivt.is_none() {
        return Ok(videre);
    }
    let handling = Handling::FiktivtNummer { elev: skrevet.elev, nummer, kilde: skrevet.kilde.trim().to_owned() };
    besok.ut.utfor(&nokkel, skrevet.sekvens, handling).await?;
    Ok(videre)
}

/// Pupils who need a number from the office.
fn hvem_trenger(liste: &Sammendrag) -> BTreeSet<Uuid> {
    let saker = liste.saker.iter().filter(|sak| TRENGER.contains(&sak.regel.as_str()));
    saker.flat_map(|sak| sak.elever.iter().copied()).collect()
}

async fn side(besok: &Besok, nokkel: &Listenokkel, helt: Option<(Uuid, Skjermet<String>)>) -> Svar {
    let s = besok.sprak;
    let kort = besok.ut.sammendrag(nokkel).ok_or(Feilslag::FinnesIkke)?;
    let overlevert = besok.ut.overlevert(nokkel).await?;
    let trengende = hvem_trenger(&kort);
    let uten = overlevert.iter().filter(|o| o.fiktivt.is_none() && trengende.contains(&o.elev)).filter_map(|o| {
        Some(Uten {
            id: o.elev,
            navn: o.linje.as_ref().map(felles::navn),
            klasse: o.linje.as_ref().and_then(|linje| linje.klasse.clone()),
            grunn: o.rutet.clone()?,
        })
    });
    let uten = uten.collect();
    let elever = overlevert.into_iter().filter_map(|o| {
        let fiktivt = o.fiktivt?;
        let vist = helt.as_ref().filter(|(elev, _)| *elev == o.elev).map(|(_, nummer)| nummer);
        let linje = o.linje.as_ref();
        Some(Elev {
            id: o.elev,
            navn: linje.map(felles::navn),
            klasse: linje.and_then(|linje| linje.klasse.clone()),
            nummer: vist.or_else(|| linje?.identitetsnummer.as_ref()).map(|nummer| nummer.vis().clone()),
            helt: vist.is_some(),
            kilde: fiktivt.kilde,
            hvem: felles::hvem(s, &fiktivt.av),
            nar: s.tid(fiktivt.nar).to_string(),
        })
    });
    let side = Skoleside {
        ramme: besok.ramme(s.t("fylke-fiktive-tittel")),
        adresse: format!("/fylke/fiktive/{nokkel}"),
        skole: felles::skolenavn(&kort),
        trenger: trenger(&kort),
        elever: elever.collect(),
        uten,
        kan_fore: besok.ut.ma(Gjoremal::ForeFiktivt),
        sekvens: kort.sekvens,
    };
    svar(&side)
}
