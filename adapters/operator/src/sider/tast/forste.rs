//! The first pupil of a school that has no list yet: the list comes into being with the pupil.

use super::hvem;
use super::skjema::{Felt, Skjema};
use crate::elever;
use crate::problem::Feltfeil;
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar_med, videre};
use crate::valgt::Mottak;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use hendelse::{Kildenavn, Tenant};
use runtime::adgang::{Gjoremal, Omfang};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "tast/forste.html")]
struct Forsteside {
    ramme: Ramme,
    adresse: String,
    felter: [Felt; 5],
    id: Uuid,
    har_feil: bool,
}

impl Forsteside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// Where the pupils of a school that is this person's are keyed in.
fn mottak(besok: &Besok, tenant: &str, kilde: &str) -> Result<Mottak, Feilslag> {
    let tenant: Tenant = tenant.parse().map_err(|_| Feilslag::FinnesIkke)?;
    let kilde: Kildenavn = kilde.parse().map_err(|_| Feilslag::FinnesIkke)?;
    let skole = besok.sider().tastet.iter().find(|((t, _), navn)| *t == tenant && **navn == kilde);
    let (_, orgnr) = skole.map(|(skole, _)| skole).ok_or(Feilslag::FinnesIkke)?;
    let hans = match &besok.okt.adgang.omfang {
        Omfang::Skoler(mine) => mine.iter().any(|s| s.tenant == tenant && s.organisasjonsnummer == *orgnr),
        _ => besok.ut.adgang().ser_kilde(&tenant, &kilde),
    };
    if !hans || !besok.ut.ma(Gjoremal::SeListe) {
        return Err(Feilslag::FinnesIkke);
    }
    if !besok.ut.ma(Gjoremal::Levere) {
        return Err(Feilslag::MaIkke);
    }
    Mottak::av(&besok.delt, tenant, kilde).ok_or(Feilslag::FinnesIkke)
}

/// `GET /tast/{tenant}/{kilde}`.
pub(super) async fn vis(besok: Besok, Path((tenant, kilde)): Path<(String, String)>) -> Svar {
    mottak(&besok, &tenant, &kilde)?;
    side(&besok, &format!("/tast/{tenant}/{kilde}"), &Skjema::default(), &[])
}

/// `POST /tast/{tenant}/{kilde}`.
pub(super) async fn ny(Path((tenant, kilde)): Path<(String, String)>, Sendt(besok, skjema): Sendt<Skjema>) -> Svar {
    let mottak = mottak(&besok, &tenant, &kilde)?;
    let id = skjema.id.unwrap_or_else(Uuid::new_v4);
    match elever::lagre_ny(&besok.delt, &mottak, &hvem(&besok), id, &skjema.json(None)).await {
        Ok(_) => Ok(videre("/skole")),
        Err(avslag) if avslag.feltfeil().is_empty() => Err(avslag.into()),
        Err(avslag) => side(&besok, &format!("/tast/{tenant}/{kilde}"), &skjema, avslag.feltfeil()),
    }
}

fn side(besok: &Besok, adresse: &str, skjema: &Skjema, feil: &[Feltfeil]) -> Svar {
    let s = besok.sprak;
    let side = Forsteside {
        ramme: besok.ramme(s.t("tast-tittel")),
        adresse: adresse.to_owned(),
        felter: skjema.felter(s, feil, None),
        id: skjema.id.unwrap_or_else(Uuid::new_v4),
        har_feil: !feil.is_empty(),
    };
    svar_med(if feil.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &side)
}
