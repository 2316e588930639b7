//! Closing a round before its time: who has not delivered is named first.

use super::felles;
use super::tall::{self, Tall};
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar_med, videre};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use runtime::Rundeendring;
use runtime::adgang::Gjoremal;
use runtime::utsikt::Rundebilde;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "fylke/steng.html")]
struct Steng {
    ramme: Ramme,
    id: String,
    tittel: String,
    setning: String,
    /// By name: who will not have delivered.
    mangler: Vec<String>,
    uavklarte: u32,
    feil: Option<String>,
    grunn: String,
    sekvens: u64,
}

impl Steng {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

#[derive(Deserialize)]
pub(super) struct Felter {
    #[serde(default)]
    grunn: String,
    #[serde(default)]
    bekreft: String,
    /// How many schools the reader was told are missing.
    #[serde(default)]
    mangler: usize,
    #[serde(default)]
    sekvens: Option<u64>,
}

/// `GET /fylke/runder/{runde}/steng`.
pub(super) async fn vis(besok: Besok, Path(navn): Path<String>) -> Svar {
    let bilde = felles::runde(&besok, &navn)?;
    side(&besok, &bilde, String::new(), None).await
}

async fn mangler(besok: &Besok, bilde: &Rundebilde) -> (Vec<String>, Tall) {
    let skoler = felles::skoler(besok, bilde.sak.runde()).await;
    let navn = |skole: &tall::Skole| skole.navn.clone().unwrap_or_else(|| skole.skolenr.clone());
    let mut ut: Vec<String> = skoler.iter().filter(|skole| !skole.levert()).map(navn).collect();
    ut.sort_by_cached_key(|navn| felles::alfabetisk(navn));
    (ut, Tall::av(&skoler))
}

async fn side(besok: &Besok, bilde: &Rundebilde, grunn: String, feil: Option<String>) -> Svar {
    if !besok.ut.ma(Gjoremal::EndreRunder) || bilde.brutt.is_some() {
        return Err(Feilslag::MaIkke);
    }
    let s = besok.sprak;
    let runde = bilde.sak.runde();
    let (mangler, tall) = mangler(besok, bilde).await;
    let status = if feil.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    svar_med(
        status,
        &Steng {
            ramme: besok.ramme(s.t("fylke-steng-tittel")),
            id: runde.nokkel().to_string(),
            tittel: felles::rundenavn(s, runde.nokkel()),
            setning: tall.setning(s),
            mangler,
            uavklarte: tall.uavklart,
            feil,
            grunn,
            sekvens: bilde.sak.sekvens,
        },
    )
}

/// `POST /fylke/runder/{runde}/steng`.
pub(super) async fn gjor(Path(navn): Path<String>, Sendt(besok, felter): Sendt<Felter>) -> Svar {
    let bilde = felles::runde(&besok, &navn)?;
    let (s, nokkel) = (besok.sprak, bilde.sak.runde().nokkel());
    // More schools than the reader was told: he looks again.
    let flere = mangler(&besok, &bilde).await.0.len() > felter.mangler;
    if flere || felter.bekreft != "ja" {
        let hva = if flere { s.t("fylke-steng-flere") } else { s.t("fylke-steng-bekreft-mangler") };
        return side(&besok, &bilde, felter.grunn, Some(hva.to_string())).await;
    }
    match besok.ut.endre_runde(nokkel, felter.sekvens, &felter.grunn, Rundeendring::Steng).await {
        Ok(_) => Ok(videre(&format!("/fylke/runder/{nokkel}"))),
        Err(feil) => {
            let feil = felles::kan_rettes(s, feil)?;
            side(&besok, &bilde, felter.grunn, Some(feil)).await
        }
    }
}
