//! The page, and the signed receipt.

use super::felter::{self, Felt, Forskjell};
use super::tidslinje::{self, Steg};
use super::venter;
use crate::sider::besok::{Besok, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use crate::sprak::Sprak;
use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use elevliste::Listenokkel;
use runtime::adgang::Gjoremal;
use runtime::visning::forklaring::{Forklaring, Gjelder, Listedel, Regelspor};
use runtime::visning::status_tekst;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "forklaring/elev.html")]
struct Forklaringsside {
    ramme: Ramme,
    /// The list that was asked about.
    adresse: String,
    skole: String,
    elev: Uuid,
    /// The pupil's name, for those who may see it.
    navn: Option<String>,
    /// The pupil has turned out to be another.
    del_av: Option<Uuid>,
    deler: Vec<Del>,
    steg: Vec<Steg>,
    kan_kvittering: bool,
    kan_innsyn: bool,
    ser_elev: bool,
    ser_verdier: bool,
}

impl Forklaringsside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// The pupil on one list.
struct Del {
    anker: String,
    skole: String,
    /// «Klar, ikke sendt»
    star: String,
    grunn: Option<String>,
    /// «Venter på: skolens godkjenning.»
    venter: Option<String>,
    status: &'static str,
    /// When it was sent, if the fields are those that were sent.
    sendt: Option<String>,
    forskjeller: Vec<Forskjell>,
    regler: Vec<Regel>,
    felter: Vec<Felt>,
}

struct Regel {
    tittel: &'static str,
    hva: &'static str,
    id: String,
}

/// `GET /skole/{liste}/elev/{elev}/forklaring`.
pub(super) async fn vis(besok: Besok, Path((liste, elev)): Path<(String, Uuid)>) -> Svar {
    let nokkel = nokkel(&liste)?;
    let mut forklart = besok.ut.forklar(&nokkel, elev).await?;
    // The list that was asked about stands first.
    forklart.lister.sort_by_key(|del| del.liste != nokkel);
    let kort = besok.ut.sammendrag(&nokkel).ok_or(Feilslag::FinnesIkke)?;
    let (s, ut) = (besok.sprak, &besok.ut);
    let ser_verdier = ut.ma(Gjoremal::Forklar);
    let mut deler = Vec::with_capacity(forklart.lister.len());
    for del in &forklart.lister {
        deler.push(delen(&besok, del, elev).await?);
    }
    let kvittert = forklart.lister.iter().any(|del| del.liste == nokkel && har_kvittering(del));
    let side = Forklaringsside {
        ramme: besok.ramme(s.t("forklaring-tittel")),
        adresse: format!("/skole/{nokkel}"),
        skole: kort.skole.navn.clone(),
        navn: felter::navn(&forklart),
        del_av: forklart.del_av,
        steg: tidslinje::steg(s, &forklart, besok.na()),
        kan_kvittering: kvittert && ut.ma(Gjoremal::SeElevkvittering),
        kan_innsyn: ut.ma(Gjoremal::SeRevisjon),
        ser_elev: ut.ma(Gjoremal::SeListe) && forklart_na(&forklart, &nokkel),
        ser_verdier,
        deler,
        elev,
    };
    svar(&side)
}

/// Whether the receiver has had the pupil in a list for which we have issued a receipt.
fn har_kvittering(del: &Listedel) -> bool {
    matches!(del.gjelder, Gjelder::Sendt { .. }) && del.handlinger.iter().any(|h| h.bevis)
}

/// Whether the pupil stands on the list now.
fn forklart_na(forklart: &Forklaring, nokkel: &Listenokkel) -> bool {
    forklart.lister.iter().any(|del| del.liste == *nokkel && del.plassering.is_some())
}

async fn delen(besok: &Besok, del: &Listedel, elev: Uuid) -> Result<Del, Feilslag> {
    let s = besok.sprak;
    let kort = besok.ut.sammendrag(&del.liste).ok_or(Feilslag::FinnesIkke)?;
    let endret = del.felter.iter().any(|felt| felt.endret_etter);
    // What stands there now is shown beside what was sent, to those who see the list.
    let na = match endret && besok.ut.ma(Gjoremal::SeListe) {
        true => {
            let sett = besok.ut.utvalg(&del.liste, move |linje, _| linje.elev == elev).await?;
            sett.sak.liste.linjer.into_iter().find(|linje| linje.elev == elev)
        }
        false => None,
    };
    let plass = del.plassering.as_ref();
    let star = plass.map_or_else(
        || s.t("forklaring-ikke-pa-listen").to_string(),
        |p| s.av_tekst(runtime::visning::plassering_tekst(&p.plassering)).to_owned(),
    );
    let venter = venter::pa(del, kort.runde.as_deref(), besok.na());
    Ok(Del {
        anker: del.liste.to_string().replace('.', "-"),
        skole: del.skole.clone(),
        star,
        grunn: plass.and_then(|p| p.grunn.clone()),
        venter: venter.map(|venter| venter.tekst(s).to_string()),
        status: s.av_tekst(status_tekst(del.status)),
        sendt: match &del.gjelder {
            Gjelder::Sendt { nar, .. } => Some(s.tid(*nar).to_string()),
            Gjelder::Na | Gjelder::Ingen => None,
        },
        forskjeller: felter::forskjeller(&del.felter, na.as_ref()),
        regler: del.regler.iter().map(|regel| vist(s, regel)).collect(),
        felter: del.felter.iter().map(|felt| Felt::av(s, felt)).collect(),
    })
}

fn vist(s: Sprak, regel: &Regelspor) -> Regel {
    let [tittel, hva] = s.av_tekst(runtime::visning::Tekst { nb: regel.nb, nn: regel.nn, en: regel.en });
    Regel { tittel, hva, id: regel.id.clone() }
}

/// `GET /skole/{liste}/elev/{elev}/kvittering.json`: the pupil's signed receipt, which anybody can verify without us.
pub(super) async fn kvittering(besok: Besok, Path((liste, elev)): Path<(String, Uuid)>) -> Svar {
    let nokkel = nokkel(&liste)?;
    let bevis = besok.ut.elevkvittering(&nokkel, elev).await?;
    let navn = format!("attachment; filename=\"kvittering-{nokkel}-{elev}.json\"");
    Ok(([(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, navn)], bevis)
        .into_response())
}
