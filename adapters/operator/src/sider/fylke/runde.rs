//! The rounds, and one round: how it stands, what is done with it, and how it came to be so.

use super::felles;
use super::historie;
use super::tall::Tall;
use super::tid::{self, Ende, Tidsfeil};
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar, svar_med, videre};
use crate::sprak::Sprak;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use jiff::Timestamp;
use runtime::Rundeendring;
use runtime::adgang::Gjoremal;
use runtime::utsikt::Rundebilde;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "fylke/runder.html")]
struct Runder {
    ramme: Ramme,
    runder: Vec<Rundelinje>,
}

struct Rundelinje {
    id: String,
    navn: String,
    tilstand: String,
    setning: String,
}

impl Runder {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /fylke/runder`.
pub(super) async fn alle(besok: Besok) -> Svar {
    felles::inn(&besok)?;
    let (s, na) = (besok.sprak, besok.na());
    let mut runder = vec![];
    for bilde in felles::runder(&besok) {
        let runde = bilde.sak.runde();
        runder.push(Rundelinje {
            id: runde.nokkel().to_string(),
            navn: felles::rundenavn(s, runde.nokkel()),
            tilstand: felles::tilstand(s, runde, na),
            setning: Tall::av(&felles::skoler(&besok, runde).await).setning(s),
        });
    }
    svar(&Runder { ramme: besok.ramme(s.t("fylke-runder-tittel")).levende("/levende"), runder })
}

#[derive(Template)]
#[template(path = "fylke/runde.html")]
struct Runde {
    ramme: Ramme,
    id: String,
    tittel: String,
    tilstand: String,
    setning: String,
    /// What was wrong with what was asked for, and what was entered.
    feil: Option<String>,
    inn: Endring,
    apner: String,
    frist: String,
    godkjenning: String,
    skoler: String,
    paminnelser: String,
    kontakt: Option<String>,
    instruks: Option<String>,
    brutt: bool,
    kan_endre: bool,
    kan_apnes: bool,
    kan_stenges: bool,
    over: bool,
    sekvens: u64,
    versjoner: Vec<Versjon>,
}

struct Versjon {
    nar: String,
    hvem: String,
    grunn: Option<String>,
    hva: Vec<String>,
}

impl Runde {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }

    /// What was entered for an act that could not be done; else what the field begins with.
    fn tid<'a>(&'a self, hva: Hva, ellers: &'a str) -> &'a str {
        if self.inn.hva == Some(hva) { &self.inn.tid } else { ellers }
    }

    fn grunn(&self, hva: Hva) -> &str {
        if self.inn.hva == Some(hva) { &self.inn.grunn } else { "" }
    }
}

/// What is done with a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Hva {
    Apne,
    Forleng,
    Forkort,
}

#[derive(Deserialize, Default)]
pub(super) struct Endring {
    #[serde(default)]
    hva: Option<Hva>,
    #[serde(default)]
    tid: String,
    #[serde(default)]
    grunn: String,
    #[serde(default)]
    sekvens: Option<u64>,
}

/// `GET /fylke/runder/{runde}`.
pub(super) async fn vis(besok: Besok, Path(navn): Path<String>) -> Svar {
    let runde = felles::runde(&besok, &navn)?;
    svar(&side(&besok, &runde, Endring::default(), None).await)
}

async fn side(besok: &Besok, bilde: &Rundebilde, inn: Endring, feil: Option<String>) -> Runde {
    let (s, na) = (besok.sprak, besok.na());
    let runde = bilde.sak.runde();
    let skoler = felles::skoler(besok, runde).await;
    let brutt = bilde.brutt.is_some();
    let over = runde.stenger <= na;
    let ramme = besok.ramme(felles::rundenavn(s, runde.nokkel()));
    Runde {
        ramme,
        id: runde.nokkel().to_string(),
        tittel: felles::rundenavn(s, runde.nokkel()),
        tilstand: felles::tilstand(s, runde, na),
        setning: Tall::av(&skoler).setning(s),
        feil,
        inn,
        apner: s.tid(runde.apner).to_string(),
        frist: tid::skriv(runde.stenger, Ende::Til),
        godkjenning: historie::godkjenning(s, runde),
        skoler: historie::skoler(s, runde),
        paminnelser: historie::paminnelser(s, &runde.paminnelser),
        kontakt: runde.kontakt.as_ref().map(historie::kontakt),
        instruks: runde.instruks.clone(),
        brutt,
        kan_endre: !brutt && besok.ut.ma(Gjoremal::EndreRunder),
        kan_apnes: na < runde.apner,
        kan_stenges: runde.apner < na && !over,
        over,
        sekvens: bilde.sak.sekvens,
        versjoner: versjoner(s, bilde),
    }
}

fn versjoner(s: Sprak, bilde: &Rundebilde) -> Vec<Versjon> {
    let poster = &bilde.sak.poster;
    let forrige = std::iter::once(None).chain(poster.iter().map(Some));
    let mut ut: Vec<Versjon> = poster
        .iter()
        .zip(forrige)
        .map(|(post, forrige)| Versjon {
            nar: s.tid(post.tidspunkt).to_string(),
            hvem: felles::hvem(s, &post.av),
            grunn: post.handling.grunn.clone(),
            hva: historie::endringer(s, forrige.map(|da| &da.handling.runde), &post.handling.runde),
        })
        .collect();
    ut.reverse();
    ut
}

/// The moment that was entered, or what is wrong with it.
pub(super) fn les_tid(s: Sprak, tekst: &str, ende: Ende) -> Result<Timestamp, String> {
    tid::les(tekst, ende).map_err(|feil| match feil {
        Tidsfeil::Ugyldig => s.t("fylke-tid-ugyldig").to_string(),
        Tidsfeil::FinnesIkke => s.t("fylke-tid-finnes-ikke").to_string(),
    })
}

/// `POST /fylke/runder/{runde}`: opens, extends or shortens.
pub(super) async fn gjor(Path(navn): Path<String>, Sendt(besok, inn): Sendt<Endring>) -> Svar {
    let bilde = felles::runde(&besok, &navn)?;
    let s = besok.sprak;
    let tid = |ende| les_tid(s, &inn.tid, ende);
    let endring = match inn.hva.ok_or(Feilslag::Skjema)? {
        Hva::Apne if inn.tid.trim().is_empty() => Ok(Rundeendring::Apne(None)),
        Hva::Apne => tid(Ende::Fra).map(|fra| Rundeendring::Apne(Some(fra))),
        Hva::Forleng => tid(Ende::Til).map(Rundeendring::Forleng),
        Hva::Forkort => tid(Ende::Til).map(Rundeendring::Forkort),
    };
    let nokkel = bilde.sak.runde().nokkel();
    let gjort = match endring {
        Ok(endring) => match besok.ut.endre_runde(nokkel, inn.sekvens, &inn.grunn, endring).await {
            Ok(_) => return Ok(videre(&format!("/fylke/runder/{nokkel}"))),
            Err(feil) => felles::kan_rettes(s, feil)?,
        },
        Err(feil) => feil,
    };
    if !besok.ut.ma(Gjoremal::EndreRunder) {
        return Err(Feilslag::MaIkke);
    }
    svar_med(StatusCode::UNPROCESSABLE_ENTITY, &side(&besok, &bilde, inn, Some(gjort)).await)
}
