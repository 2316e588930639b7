//! The receipts of a round, school by school, to be downloaded.

use super::felles;
use crate::inntak::kontroll::MAKS;
use crate::sider::besok::{Besok, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use runtime::utsikt::Sammendrag;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "fylke/kvitteringer.html")]
struct Kvitteringer {
    ramme: Ramme,
    tittel: Option<String>,
    rader: Vec<Rad>,
    runder: Vec<(String, String, bool)>,
    maks: usize,
}

struct Rad {
    skole: String,
    kommune: String,
    liste: String,
    nummer: Option<String>,
    nar: String,
    antall: u32,
    /// Where the signed receipt is.
    fil: Option<String>,
}

impl Kvitteringer {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// What is shown of a signed receipt.
#[derive(Deserialize)]
struct Bevis {
    antall: u32,
    svar: Mottakersvar,
}

#[derive(Deserialize)]
struct Mottakersvar {
    kvittering: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Sporsmal {
    #[serde(default)]
    runde: String,
}

/// `GET /fylke/kvitteringer?runde=…`
pub(super) async fn vis(besok: Besok, Query(sporsmal): Query<Sporsmal>) -> Svar {
    felles::inn(&besok)?;
    let s = besok.sprak;
    let alle = felles::runder(&besok);
    let valgt = match sporsmal.runde.as_str() {
        "" => felles::gjeldende(alle.iter().map(|runde| runde.sak.runde()), besok.na()),
        navn => Some(felles::runde(&besok, navn)?.sak.runde().nokkel()),
    };
    let lister = valgt.map(|runde| felles::lister(&besok, runde)).unwrap_or_default();
    let mut rader: Vec<Rad> = lister.iter().filter_map(|liste| rad(&besok, liste)).collect();
    rader.sort_by_cached_key(|rad| (felles::alfabetisk(&rad.kommune), felles::alfabetisk(&rad.skole)));
    let runder = alle.iter().map(|runde| {
        let nokkel = runde.sak.runde().nokkel();
        (nokkel.to_string(), felles::rundenavn(s, nokkel), Some(nokkel) == valgt)
    });
    let side = Kvitteringer {
        ramme: besok.ramme(s.t("fylke-kvitteringer-tittel")),
        tittel: valgt.map(|runde| felles::rundenavn(s, runde)),
        rader,
        runder: runder.collect(),
        maks: MAKS / 1024,
    };
    svar(&side)
}

fn rad(besok: &Besok, liste: &Sammendrag) -> Option<Rad> {
    let mottatt = liste.mottatt?;
    let fil = besok.ut.listekvittering(&liste.nokkel).ok();
    let bevis: Option<Bevis> = fil.as_ref().and_then(|fil| serde_json::from_str(fil).ok());
    Some(Rad {
        skole: felles::skolenavn(liste),
        kommune: felles::kommunenavn(besok.sprak, liste.skole.kommunenr.as_deref()),
        liste: format!("/fylke/liste/{}", liste.nokkel),
        nummer: bevis.as_ref().and_then(|bevis| bevis.svar.kvittering.clone()),
        nar: besok.sprak.tid(mottatt).to_string(),
        antall: bevis.as_ref().map_or(liste.mottatt_antall, |bevis| bevis.antall),
        fil: fil.map(|_| format!("/fylke/kvitteringer/{}.json", liste.nokkel)),
    })
}

/// `GET /fylke/kvitteringer/{liste}.json`: the signed receipt, which anybody can verify without us.
pub(super) async fn last_ned(besok: Besok, Path(fil): Path<String>) -> Svar {
    felles::inn(&besok)?;
    let nokkel = nokkel(fil.strip_suffix(".json").ok_or(Feilslag::FinnesIkke)?)?;
    if besok.ut.sammendrag(&nokkel).is_none() {
        return Err(Feilslag::FinnesIkke);
    }
    let bevis = besok.ut.listekvittering(&nokkel).map_err(|feil| match feil {
        runtime::adgang::Adgangsfeil::Kvittering(_) => Feilslag::FinnesIkke,
        feil => feil.into(),
    })?;
    let navn = format!("attachment; filename=\"kvittering-{nokkel}.json\"");
    let hoder = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, navn)];
    Ok((hoder, bevis).into_response())
}
