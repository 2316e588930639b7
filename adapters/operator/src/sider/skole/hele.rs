//! The whole list: everybody, by class, with what is decided about each; searched by name or class.
//!
//! A search is a form that is posted: names stand in no address.

use super::hode::Hode;
use super::vis;
use crate::sider::besok::{Besok, Sendt, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use axum::extract::{Path, Query};
use elevliste::{Elevlinje, Listenokkel};
use runtime::adgang::Gjoremal;
use runtime::visning::{Plassering, plassering_tekst};
use serde::Deserialize;
use std::collections::BTreeSet;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "skole/hele.html")]
struct Heleside {
    ramme: Ramme,
    hode: Hode,
    klasser: Vec<Klasse>,
    klasse: Option<String>,
    sok: String,
    rader: Vec<Rad>,
    alle: usize,
    /// The same school's list a year ago, where there is one: class, then, now.
    fjor: Option<Fjor>,
}

struct Klasse {
    navn: String,
    antall: u32,
    valgt: bool,
}

struct Rad {
    id: Uuid,
    navn: String,
    klasse: Option<String>,
    nummer: Option<String>,
    plassering: &'static str,
    farge: &'static str,
    ny: bool,
}

struct Fjor {
    da: u32,
    na: u32,
    klasser: Vec<(String, Option<u32>, Option<u32>)>,
}

impl Heleside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

#[derive(Deserialize, Default)]
pub(super) struct Filter {
    klasse: Option<String>,
}

/// `GET /skole/{liste}/elever`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>, Query(filter): Query<Filter>) -> Svar {
    side(&besok, &nokkel(&liste)?, filter.klasse, String::new()).await
}

#[derive(Deserialize)]
pub(super) struct Sok {
    #[serde(default)]
    sok: String,
    #[serde(default)]
    klasse: Option<String>,
}

/// `POST /skole/{liste}/elever`: a search.
pub(super) async fn sok(Path(liste): Path<String>, Sendt(besok, sok): Sendt<Sok>) -> Svar {
    side(&besok, &nokkel(&liste)?, sok.klasse, sok.sok.trim().chars().take(100).collect()).await
}

fn passer(linje: &Elevlinje, klasse: Option<&str>, ord: &[String]) -> bool {
    if klasse.is_some_and(|klasse| linje.klasse.as_deref() != Some(klasse)) {
        return false;
    }
    let tekst = format!("{} {}", vis::navn(linje), linje.klasse.as_deref().unwrap_or_default()).to_lowercase();
    ord.iter().all(|ord| tekst.contains(ord.as_str()))
}

async fn side(besok: &Besok, nokkel: &Listenokkel, klasse: Option<String>, sok: String) -> Svar {
    let klasse = klasse.filter(|k| !k.is_empty());
    let kort = besok.ut.sammendrag(nokkel).ok_or(Feilslag::FinnesIkke)?;
    let ord: Vec<String> = sok.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let sett = besok.ut.utvalg(nokkel, |linje, _| passer(linje, klasse.as_deref(), &ord)).await?;
    let s = besok.sprak;
    let nye: BTreeSet<Uuid> = sett.bilde.etter.nye.iter().copied().collect();
    let rader = sett.bilde.plasseringer.iter().filter_map(|plassert| {
        let linje = sett.sak.liste.linjer.get(plassert.linje)?;
        Some(Rad {
            id: linje.elev,
            navn: vis::navn(linje),
            klasse: linje.klasse.clone(),
            nummer: linje.identitetsnummer.as_ref().map(|n| n.vis().clone()),
            plassering: s.av_tekst(plassering_tekst(&plassert.plassering)),
            farge: match plassert.plassering {
                Plassering::Sendt => "success",
                Plassering::Avvik => "danger",
                Plassering::Holdt { .. } | Plassering::Manuelt { .. } => "warning",
                Plassering::Klar => "info",
            },
            ny: nye.contains(&linje.elev),
        })
    });
    let mut rader: Vec<Rad> = rader.collect();
    rader.sort_by(|a, b| (&a.klasse, &a.navn).cmp(&(&b.klasse, &b.navn)));
    let klasser = kort.per_klasse.iter().filter_map(|k| {
        let navn = k.klasse.clone()?;
        Some(Klasse { valgt: klasse.as_ref() == Some(&navn), antall: k.antall, navn })
    });
    let side = Heleside {
        ramme: besok.ramme(s.t("skole-hele-tittel")),
        hode: Hode::ny(besok, &kort),
        klasser: klasser.collect(),
        alle: kort.overskrift.elever,
        fjor: besok.ut.ma(Gjoremal::SeHistorikk).then(|| besok.ut.fjoraret(nokkel)).flatten().map(|f| Fjor {
            da: f.antall.0,
            na: f.antall.1,
            klasser: f.klasser,
        }),
        klasse,
        sok,
        rader,
    };
    svar(&side)
}
