//! What a round says, edited; and next year's round, made from this one.

use super::felles;
use super::runde::les_tid;
use super::skjema::{Felter, GODKJENNERE, neste_ar};
use super::tid::Ende;
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar_med, videre};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use elevliste::{Innsamling, Rundenokkel};
use runtime::adgang::{Adgangsfeil, Gjoremal};
use runtime::utsikt::Rundebilde;

#[derive(Template)]
#[template(path = "fylke/rediger.html")]
struct Rediger {
    ramme: Ramme,
    tittel: String,
    /// The round that is edited, or that the new one is made from.
    fra: String,
    id: String,
    ny: bool,
    feil: Option<String>,
    felter: Felter,
}

impl Rediger {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }

    const fn godkjennere(&self) -> [(elevliste::Godkjenning, &'static str, &'static str); 3] {
        GODKJENNERE
    }
}

fn side(besok: &Besok, bilde: &Rundebilde, ny: Option<Rundenokkel>, felter: Felter, feil: Option<String>) -> Svar {
    if !besok.ut.ma(Gjoremal::EndreRunder) {
        return Err(Feilslag::MaIkke);
    }
    let s = besok.sprak;
    let nokkel = bilde.sak.runde().nokkel();
    let tittel = match ny {
        Some(ny) => s.t("fylke-ny-tittel").s("runde", felles::rundenavn(s, ny)),
        None => s.t("fylke-rediger-tittel").s("runde", felles::rundenavn(s, nokkel)),
    };
    let status = if feil.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    svar_med(
        status,
        &Rediger {
            ramme: besok.ramme(&tittel),
            tittel: tittel.to_string(),
            fra: felles::rundenavn(s, nokkel),
            id: nokkel.to_string(),
            ny: ny.is_some(),
            feil,
            felter,
        },
    )
}

/// `GET /fylke/runder/{runde}/rediger`.
pub(super) async fn vis(besok: Besok, Path(navn): Path<String>) -> Svar {
    let bilde = felles::runde(&besok, &navn)?;
    let felter = Felter { sekvens: Some(bilde.sak.sekvens), ..Felter::av(bilde.sak.runde()) };
    side(&besok, &bilde, None, felter, None)
}

/// `POST /fylke/runder/{runde}/rediger`.
pub(super) async fn lagre(Path(navn): Path<String>, Sendt(besok, felter): Sendt<Felter>) -> Svar {
    let bilde = felles::runde(&besok, &navn)?;
    let (s, nokkel) = (besok.sprak, bilde.sak.runde().nokkel());
    let feil = match felter.redigering(s) {
        Ok(redigering) => match besok.ut.rediger_runde(nokkel, felter.sekvens, &felter.grunn, redigering).await {
            Ok(_) => return Ok(videre(&format!("/fylke/runder/{nokkel}"))),
            Err(feil) => felles::kan_rettes(s, feil)?,
        },
        Err(feil) => feil,
    };
    side(&besok, &bilde, None, felter, Some(feil))
}

fn forslag(bilde: &Rundebilde) -> Result<Innsamling, Feilslag> {
    neste_ar(bilde.sak.runde()).ok_or(Feilslag::FinnesIkke)
}

/// `GET /fylke/runder/{runde}/ny`: next year's, as this one was.
pub(super) async fn neste(besok: Besok, Path(navn): Path<String>) -> Svar {
    let bilde = felles::runde(&besok, &navn)?;
    let forslag = forslag(&bilde)?;
    let nokkel = forslag.nokkel();
    // It was made already.
    if besok.ut.runde(nokkel).is_some() {
        return Ok(videre(&format!("/fylke/runder/{nokkel}")));
    }
    side(&besok, &bilde, Some(nokkel), Felter::av(&forslag), None)
}

/// `POST /fylke/runder/{runde}/ny`.
pub(super) async fn lag(Path(navn): Path<String>, Sendt(besok, felter): Sendt<Felter>) -> Svar {
    let bilde = felles::runde(&besok, &navn)?;
    let forslag = forslag(&bilde)?;
    let (s, nokkel) = (besok.sprak, forslag.nokkel());
    let feil = match ny(&besok, forslag, &felter) {
        Ok(runde) => match besok.ut.ny_runde(runde, &felter.grunn).await {
            Ok(_) => return Ok(videre(&format!("/fylke/runder/{nokkel}"))),
            // Sent twice.
            Err(Adgangsfeil::FinnesAllerede) if besok.ut.runde(nokkel).is_some() => {
                return Ok(videre(&format!("/fylke/runder/{nokkel}")));
            }
            Err(feil) => felles::kan_rettes(s, feil)?,
        },
        Err(feil) => feil,
    };
    side(&besok, &bilde, Some(nokkel), felter, Some(feil))
}

/// The new round as it was entered.
fn ny(besok: &Besok, forslag: Innsamling, felter: &Felter) -> Result<Innsamling, String> {
    let s = besok.sprak;
    let redigering = felter.redigering(s)?;
    let (godkjenning, stille_timer) = redigering.godkjenning.unwrap_or((forslag.godkjenning, forslag.stille_timer));
    Ok(Innsamling {
        apner: les_tid(s, &felter.apner, Ende::Fra)?,
        stenger: les_tid(s, &felter.frist, Ende::Til)?,
        instruks: redigering.instruks.flatten(),
        kontakt: redigering.kontakt.flatten(),
        paminnelser: redigering.paminnelser.unwrap_or_default(),
        skoler: redigering.skoler.unwrap_or_default(),
        godkjenning,
        stille_timer,
        ..forslag
    })
}
