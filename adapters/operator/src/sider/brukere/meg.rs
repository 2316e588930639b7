//! A person's own choices, and what the role that is in use may do. For everybody who is signed in.

use super::endre::feilslag;
use super::ord::{self, Oppdragvist, Rolleforklaring};
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar, videre};
use crate::sprak::{KAKE, Sprak};
use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderValue, header};
use runtime::brukere::Oppdrag;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "brukere/meg.html")]
struct Megside {
    ramme: Ramme,
    navn: String,
    oppdrag: Oppdragvist,
    forklaring: Rolleforklaring,
    /// Whether the person is told by e-mail; none where there is no e-mail to choose for.
    varsles: Option<bool>,
    lagret: bool,
}

impl Megside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

#[derive(Deserialize)]
pub(super) struct Lagret {
    lagret: Option<String>,
}

/// `GET /brukere/meg`.
pub(super) async fn vis(besok: Besok, Query(Lagret { lagret }): Query<Lagret>) -> Svar {
    let adgang = besok.ut.adgang().clone();
    let bruker = match &besok.okt.bruker {
        Some((eier, id)) => besok.sider().brukere.en(eier, *id).await.map_err(|feil| feilslag(&besok, feil))?,
        None => None,
    };
    let (rolle, bare_lese) = (adgang.rolle, adgang.bare_lese);
    let oppdrag = Oppdrag { rolle, omfang: adgang.omfang, pa_vegne_av: adgang.pa_vegne_av, bare_lese };
    let side = Megside {
        ramme: besok.ramme(besok.sprak.t("bruker-meg")),
        navn: besok.okt.navn.clone(),
        oppdrag: ord::oppdrag(&besok, &oppdrag),
        forklaring: ord::rolleforklaring(rolle),
        varsles: bruker.filter(|bruker| bruker.epost.is_some()).map(|bruker| bruker.varsles),
        lagret: lagret.is_some(),
    };
    svar(&side)
}

#[derive(Deserialize)]
pub(super) struct Valg {
    sprak: String,
    /// Whether there was anything to choose about e-mail.
    valgbar: Option<String>,
    varsles: Option<String>,
}

/// `POST /brukere/meg`.
pub(super) async fn lagre(Sendt(besok, valg): Sendt<Valg>) -> Svar {
    let sprak = Sprak::av(&valg.sprak).ok_or(Feilslag::Skjema)?;
    if let Some((eier, id)) = &besok.okt.bruker {
        let bok = &besok.sider().brukere;
        bok.sett_sprak(eier, *id, sprak.kode()).await.map_err(|feil| feilslag(&besok, feil))?;
        if valg.valgbar.is_some() {
            bok.sett_varsles(eier, *id, valg.varsles.is_some()).await.map_err(|feil| feilslag(&besok, feil))?;
        }
    }
    let mut svar = videre("/brukere/meg?lagret=1");
    let kake = format!("{KAKE}={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", sprak.kode());
    svar.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_str(&kake).expect("a tag of two letters"));
    Ok(svar)
}
