//! What has changed on a list: since the last check, or since any day.

use super::hode::Hode;
use super::vis::{self, Elevvist};
use crate::sider::besok::{Besok, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use axum::extract::{Path, Query};
use elevliste::{Endringsslag, oslo};
use jiff::Timestamp;
use jiff::civil::Date;
use runtime::adgang::Siden;
use runtime::visning::Linjefelt;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "skole/endringer.html")]
struct Endringsside {
    ramme: Ramme,
    hode: Hode,
    fra: Option<String>,
    siden: String,
    rader: Vec<Rad>,
    dager: Vec<Dag>,
}

struct Rad {
    elev: Option<Elevvist>,
    borte: Option<String>,
    hva: &'static str,
    felter: String,
}

struct Dag {
    nar: String,
    antall: Option<usize>,
}

impl Endringsside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// The key of what happened to a pupil's line.
pub(crate) const fn slag(slag: Endringsslag) -> &'static str {
    match slag {
        Endringsslag::Ny => "skole-slag-ny",
        Endringsslag::Endret => "skole-slag-endret",
        Endringsslag::Borte => "skole-slag-borte",
    }
}

/// What a field of a line is called, in the reader's language.
fn felt(besok: &Besok, felt: Linjefelt) -> String {
    let navn = match felt {
        Linjefelt::Klasse => "skole-felt-klasse",
        Linjefelt::Identitetsnummer => "skole-felt-nummer",
        Linjefelt::Fornavn => "skole-felt-fornavn",
        Linjefelt::Mellomnavn => "skole-felt-mellomnavn",
        Linjefelt::Etternavn => "skole-felt-etternavn",
    };
    besok.sprak.t(navn).to_string().to_lowercase()
}

/// Which fields are others, in the reader's language.
pub(super) fn felter(besok: &Besok, felter: &[Linjefelt]) -> String {
    felter.iter().map(|navn| felt(besok, *navn)).collect::<Vec<_>>().join(", ")
}

#[derive(Deserialize)]
pub(super) struct Valg {
    #[serde(default)]
    siden: String,
}

/// `GET /skole/{liste}/endringer?siden=2026-11-01`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>, Query(valg): Query<Valg>) -> Svar {
    let nokkel = nokkel(&liste)?;
    let kort = besok.ut.sammendrag(&nokkel).ok_or(Feilslag::FinnesIkke)?;
    let s = besok.sprak;
    let fra: Option<Timestamp> =
        valg.siden.parse::<Date>().ok().and_then(|dag| dag.to_zoned(oslo()).ok()).map(|dag| dag.timestamp());
    let endret = besok.ut.endret(&nokkel, fra.map_or(Siden::Forrige, Siden::Ved)).await?;
    let linjer = vis::ved_elev(&endret.na);
    let mut rader: Vec<Rad> = endret
        .elever
        .iter()
        .filter(|e| e.slag != Endringsslag::Borte)
        .map(|e| Rad {
            elev: linjer.get(&e.elev).map(|linje| Elevvist::av(linje)),
            borte: None,
            hva: slag(e.slag),
            felter: felter(&besok, &e.felter),
        })
        .collect();
    rader.extend(endret.borte.iter().map(|linje| Rad {
        elev: None,
        borte: Some(vis::navn(linje)),
        hva: slag(Endringsslag::Borte),
        felter: String::new(),
    }));
    let mut dager: Vec<Dag> = besok
        .ut
        .versjoner(&nokkel)
        .await?
        .into_iter()
        .rev()
        .take(20)
        .map(|v| Dag { nar: s.tid(v.tid).to_string(), antall: v.antall })
        .collect();
    dager.truncate(20);
    let side = Endringsside {
        ramme: besok.ramme(s.t("skole-endringer-tittel")),
        hode: Hode::ny(&besok, &kort),
        fra: endret.fra.map(|fra| s.tid(fra).to_string()),
        siden: fra.map(|_| valg.siden.clone()).unwrap_or_default(),
        rader,
        dager,
    };
    svar(&side)
}
