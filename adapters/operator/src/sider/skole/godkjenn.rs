//! The frozen summary, and the approval of exactly that.
//!
//! The form carries the seal of what was shown. If the list is another by the time it is sent, nothing is approved: the
//! reader sees what has changed, and approves that or does not.

use super::forside::Lapset;
use super::hode::Hode;
use super::vis::{self, Sakvist};
use crate::sider::besok::{Besok, Sendt, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar_med, videre};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use elevliste::{Handling, Listenokkel, Skolestatus};
use runtime::adgang::{Adgangsfeil, Gjoremal, Sett};
use runtime::visning::{Alvor, Overskrift};

#[derive(Template)]
#[template(path = "skole/godkjenn.html")]
struct Godkjennside {
    ramme: Ramme,
    hode: Hode,
    antall: Overskrift,
    klasser: Vec<(String, u32)>,
    /// To be ticked, one by one.
    advarsler: Vec<Sakvist>,
    /// Which of them were not, last time.
    manglet: bool,
    /// The list changed since it was shown: how.
    endret: bool,
    /// An approval that counts no more, and what has changed since.
    lapset: Option<Lapset>,
    /// What bars it, in words, where it cannot be approved now.
    hindring: Option<String>,
    navn: String,
    segl: String,
    sekvens: u64,
}

impl Godkjennside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /skole/{liste}/godkjenn`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>) -> Svar {
    let nokkel = nokkel(&liste)?;
    side(&besok, &nokkel, Grunn::Sett).await
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Grunn {
    Sett,
    Manglet,
    Endret,
}

async fn side(besok: &Besok, nokkel: &Listenokkel, grunn: Grunn) -> Svar {
    let kort = besok.ut.sammendrag(nokkel).ok_or(Feilslag::FinnesIkke)?;
    if !besok.ut.ma(Gjoremal::Godkjenne) {
        return Err(Feilslag::MaIkke);
    }
    let s = besok.sprak;
    let vises: std::collections::BTreeSet<_> = kort
        .saker
        .iter()
        .filter(|sak| sak.alvor == Alvor::Sjekkes)
        .flat_map(|sak| sak.elever.iter().copied())
        .collect();
    let sett: Sett = besok.ut.utvalg(nokkel, |linje, _| vises.contains(&linje.elev)).await?;
    let kort = sett.sammendrag.clone();
    let linjer = vis::ved_elev(&sett.sak.liste.linjer);
    let saker = vis::saker(s, besok.sider(), &kort, &linjer);
    let hindring = match kort.status {
        Skolestatus::Avvik => Some(s.t("skole-godkjenn-hindring-avvik").to_string()),
        Skolestatus::Klar | Skolestatus::Avvist if !besok.ut.kan_godkjenne(&kort) => {
            Some(s.t("skole-godkjenn-hindring-kommune").to_string())
        }
        Skolestatus::Klar | Skolestatus::Avvist => None,
        status => Some(s.av_tekst(runtime::visning::status_tekst(status)).to_owned()),
    };
    let side = Godkjennside {
        ramme: besok.ramme(s.t("skole-godkjenn-tittel")),
        hode: Hode::ny(besok, &kort),
        antall: kort.overskrift,
        klasser: kort
            .per_klasse
            .iter()
            .map(|k| (k.klasse.clone().unwrap_or_else(|| "–".to_owned()), k.antall))
            .collect(),
        advarsler: saker.into_iter().filter(|sak| sak.alvor == Alvor::Sjekkes).collect(),
        manglet: grunn == Grunn::Manglet,
        endret: grunn == Grunn::Endret,
        lapset: super::forside::siden_godkjent(besok, &kort).await?,
        hindring,
        navn: besok.okt.navn.clone(),
        segl: kort.segl.clone(),
        sekvens: kort.sekvens,
    };
    let status = match grunn {
        Grunn::Sett => StatusCode::OK,
        Grunn::Manglet => StatusCode::UNPROCESSABLE_ENTITY,
        Grunn::Endret => StatusCode::CONFLICT,
    };
    svar_med(status, &side)
}

/// `POST /skole/{liste}/godkjenn`. Fields: `segl`, `sekvens`, and `sett-<case>` for each warning that was ticked.
pub(super) async fn send(Path(liste): Path<String>, Sendt(besok, felter): Sendt<Vec<(String, String)>>) -> Svar {
    let nokkel = nokkel(&liste)?;
    let felt = |navn: &str| felter.iter().find(|(n, _)| n == navn).map(|(_, verdi)| verdi.as_str());
    let segl = felt("segl").ok_or(Feilslag::Skjema)?.to_owned();
    let kort = besok.ut.sammendrag(&nokkel).ok_or(Feilslag::FinnesIkke)?;
    if !besok.ut.ma(Gjoremal::Godkjenne) {
        return Err(Feilslag::MaIkke);
    }
    // The round lets others approve: the page says who.
    if !besok.ut.kan_godkjenne(&kort) {
        return side(&besok, &nokkel, Grunn::Sett).await;
    }
    // Sent twice: it is approved already, and more than that there is not to say.
    let levert = matches!(kort.status, Skolestatus::Godkjent | Skolestatus::Sendes | Skolestatus::Mottatt);
    if levert && kort.godkjent && kort.segl == segl {
        return Ok(videre(&format!("/skole/{nokkel}")));
    }
    if kort.segl != segl {
        return side(&besok, &nokkel, Grunn::Endret).await;
    }
    let krysset = |anker: &str| felt(&format!("sett-{anker}")).is_some();
    if !kort.saker.iter().filter(|sak| sak.alvor == Alvor::Sjekkes).all(|sak| krysset(&sak.anker())) {
        return side(&besok, &nokkel, Grunn::Manglet).await;
    }
    let sekvens = felt("sekvens").and_then(|tall| tall.parse().ok());
    match besok.ut.utfor(&nokkel, sekvens, Handling::Godkjent { segl }).await {
        Ok(_) => Ok(videre(&format!("/skole/{nokkel}"))),
        Err(Adgangsfeil::Endret | Adgangsfeil::Lov(runtime::visning::Handlingsfeil::GammeltSegl)) => {
            side(&besok, &nokkel, Grunn::Endret).await
        }
        Err(Adgangsfeil::Lov(runtime::visning::Handlingsfeil::AlleredeGodkjent)) => {
            Ok(videre(&format!("/skole/{nokkel}")))
        }
        Err(feil) => Err(feil.into()),
    }
}
