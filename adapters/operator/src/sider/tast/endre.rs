//! One keyed-in pupil changed, or taken away.

use super::elever::lagret;
use super::lest::{self, Tastet};
use super::skjema::{Felt, Skjema};
use super::{Sted, hvem, sted};
use crate::elever;
use crate::problem::Feltfeil;
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar_med, videre};
use crate::sider::skole::hode::tittel;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use runtime::visning::Skolesystem;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "tast/endre.html")]
struct Endreside {
    ramme: Ramme,
    adresse: String,
    liste: String,
    navn: String,
    felter: [Felt; 5],
    id: Uuid,
    har_feil: bool,
}

impl Endreside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// The pupil, for somebody who may change it.
async fn en(besok: &Besok, liste: &str, elev: Uuid) -> Result<(Sted, Tastet), Feilslag> {
    let sted = sted(besok, liste, Skolesystem::Tastet)?;
    sted.krev_ar(besok)?;
    let elev = lest::elev(besok, &sted, elev).await?;
    Ok((sted, elev))
}

/// `GET /skole/{liste}/tast/{elev}`.
pub(super) async fn vis(besok: Besok, Path((liste, elev)): Path<(String, Uuid)>) -> Svar {
    let (sted, elev) = en(&besok, &liste, elev).await?;
    side(&besok, &sted, &elev, &Skjema::av(&elev), &[])
}

/// `POST /skole/{liste}/tast/{elev}`.
pub(super) async fn lagre(Path((liste, elev)): Path<(String, Uuid)>, Sendt(besok, skjema): Sendt<Skjema>) -> Svar {
    let (sted, elev) = en(&besok, &liste, elev).await?;
    match elever::lagre(&besok.delt, &sted.mottak, &hvem(&besok), elev.id, &skjema.json(Some(&elev))).await {
        Ok(svar) => Ok(videre(&lagret(&sted, &svar))),
        Err(avslag) if avslag.feltfeil().is_empty() => Err(avslag.into()),
        Err(avslag) => side(&besok, &sted, &elev, &skjema, avslag.feltfeil()),
    }
}

#[derive(Deserialize)]
pub(super) struct Tomt {}

/// `POST /skole/{liste}/tast/{elev}/fjern`. Sent twice, the pupil is gone already.
pub(super) async fn fjern(Path((liste, elev)): Path<(String, Uuid)>, Sendt(besok, Tomt {}): Sendt<Tomt>) -> Svar {
    let sted = sted(&besok, &liste, Skolesystem::Tastet)?;
    sted.krev_ar(&besok)?;
    match lest::elev(&besok, &sted, elev).await {
        Ok(elev) => {
            let svar = elever::ta_bort(&besok.delt, &sted.mottak, &hvem(&besok), elev.id).await?;
            Ok(videre(&lagret(&sted, &svar)))
        }
        Err(Feilslag::FinnesIkke) => Ok(videre(&format!("{}/tast", sted.adresse()))),
        Err(feil) => Err(feil),
    }
}

fn side(besok: &Besok, sted: &Sted, elev: &Tastet, skjema: &Skjema, feil: &[Feltfeil]) -> Svar {
    let s = besok.sprak;
    let side = Endreside {
        ramme: besok.ramme(s.t("tast-endre-tittel")),
        adresse: sted.adresse(),
        liste: tittel(s, &sted.liste),
        navn: elev.navn(),
        felter: skjema.felter(s, feil, elev.maskert().as_deref()),
        id: elev.id,
        har_feil: !feil.is_empty(),
    };
    svar_med(if feil.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &side)
}
