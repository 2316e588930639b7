//! Everyone who is keyed in for a list, and the form for one more.

use super::lest::{self, Tastet};
use super::skjema::{Felt, Skjema, merknad};
use super::{Sted, hvem, sted};
use crate::elever;
use crate::problem::Feltfeil;
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::ramme::{Ramme, svar_med, videre};
use crate::sider::skole::hode::{skolear, tittel};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use runtime::visning::Skolesystem;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "tast/elever.html")]
struct Elevside {
    ramme: Ramme,
    adresse: String,
    liste: String,
    elever: Vec<Rad>,
    felter: [Felt; 5],
    /// Of the pupil that the form is for.
    id: Uuid,
    har_feil: bool,
    kan: bool,
    /// The school year that pupils are keyed in for, where the list is of another.
    annet_ar: Option<String>,
    sagt: Sagt,
}

struct Rad {
    id: Uuid,
    navn: String,
    klasse: String,
    nummer: Option<String>,
}

/// What was done before this page was shown.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Sagt {
    gjort: String,
    merknad: String,
}

impl Elevside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /skole/{liste}/tast`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>, sagt: Result<Query<Sagt>, QueryRejection>) -> Svar {
    let sted = sted(&besok, &liste, Skolesystem::Tastet)?;
    let sagt = sagt.map(|Query(sagt)| sagt).unwrap_or_default();
    side(&besok, &sted, &Skjema::default(), (&[], sagt)).await
}

/// `POST /skole/{liste}/tast`: one more.
pub(super) async fn ny(Path(liste): Path<String>, Sendt(besok, skjema): Sendt<Skjema>) -> Svar {
    let sted = sted(&besok, &liste, Skolesystem::Tastet)?;
    sted.krev_ar(&besok)?;
    let id = skjema.id.unwrap_or_else(Uuid::new_v4);
    match elever::lagre_ny(&besok.delt, &sted.mottak, &hvem(&besok), id, &skjema.json(None)).await {
        Ok(svar) => Ok(videre(&lagret(&sted, &svar))),
        Err(avslag) if avslag.feltfeil().is_empty() => Err(avslag.into()),
        Err(avslag) => side(&besok, &sted, &skjema, (avslag.feltfeil(), Sagt::default())).await,
    }
}

/// Where it goes on when a pupil is kept.
pub(super) fn lagret(sted: &Sted, svar: &elever::Svar) -> String {
    let merknad = merknad(&svar.merknader);
    format!("{}/tast?gjort={}&merknad={merknad}", sted.adresse(), svar.utfall)
}

async fn side(besok: &Besok, sted: &Sted, skjema: &Skjema, (feil, sagt): (&[Feltfeil], Sagt)) -> Svar {
    let s = besok.sprak;
    let i_ar = elever::skolear(&besok.delt)?;
    let annet_ar = (i_ar != sted.nokkel.skolear).then(|| skolear(&i_ar.to_string()));
    let side = Elevside {
        ramme: besok.ramme(s.t("tast-tittel")),
        adresse: sted.adresse(),
        liste: tittel(s, &sted.liste),
        elever: lest::elever(besok, sted).await?.iter().map(rad).collect(),
        felter: skjema.felter(s, feil, None),
        id: skjema.id.unwrap_or_else(Uuid::new_v4),
        har_feil: !feil.is_empty(),
        kan: sted.kan && annet_ar.is_none(),
        annet_ar,
        sagt,
    };
    svar_med(if feil.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &side)
}

fn rad(elev: &Tastet) -> Rad {
    Rad { id: elev.id, navn: elev.navn(), klasse: elev.klasse.clone(), nummer: elev.maskert() }
}
