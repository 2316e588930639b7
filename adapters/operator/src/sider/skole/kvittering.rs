//! The receipt, and everything that has been done with the list.

use super::hode::Hode;
use crate::sider::besok::{Besok, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use elevliste::{Handling, Innsendingspost, Utfall};
use runtime::adgang::Gjoremal;

#[derive(Template)]
#[template(path = "skole/kvittering.html")]
struct Kvitteringsside {
    ramme: Ramme,
    hode: Hode,
    mottatt: Option<Mottatt>,
    poster: Vec<Post>,
}

struct Mottatt {
    nummer: Option<String>,
    nar: String,
    antall: u32,
    hvem: Option<String>,
    bevis: bool,
}

struct Post {
    nar: String,
    hvem: String,
    hva: &'static str,
    grunn: Option<String>,
    /// An approval that counts no more.
    strok: bool,
}

impl Kvitteringsside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// What an entry says, as a key, and the reason that stands in it.
fn hva(handling: &Handling) -> (&'static str, Option<&str>) {
    match handling {
        Handling::Godkjent { .. } => ("skole-post-godkjent", None),
        Handling::HoldtTilbake { grunn, .. } => ("skole-post-holdt", Some(grunn)),
        Handling::RutetManuelt { grunn, .. } => ("skole-post-manuelt", Some(grunn)),
        Handling::Frigitt { .. } => ("skole-post-frigitt", None),
        Handling::Intensjon { .. } => ("skole-post-sendes", None),
        Handling::Svar { utfall, .. } => (utfallet(utfall), None),
        Handling::Tilbakekalt { grunn } => ("skole-post-tilbakekalt", Some(grunn)),
        Handling::FiktivtNummer { kilde, .. } => ("skole-post-fiktivt", Some(kilde)),
        Handling::Avklart { mottatt: true, grunn, .. } => ("skole-post-avklart-ja", Some(grunn)),
        Handling::Avklart { grunn, .. } => ("skole-post-avklart-nei", Some(grunn)),
        Handling::Ettermeldt { grunn, .. } => ("skole-post-ettermeldt", Some(grunn)),
        Handling::EttermeldingBehandlet { grunn, .. } => ("skole-post-behandlet", Some(grunn)),
        Handling::Eksportert { grunn, .. } => ("skole-post-eksportert", Some(grunn)),
    }
}

const fn utfallet(utfall: &Utfall) -> &'static str {
    match utfall {
        Utfall::Mottatt | Utfall::MottattMedAdvarsler => "skole-post-mottatt",
        Utfall::Avvist | Utfall::AvvistUtenGrunn | Utfall::UkjentSkole | Utfall::Stengt => "skole-post-avvist",
        Utfall::AlleredeLevert => "skole-post-allerede",
        Utfall::IkkeSendt => "skole-post-ikke-sendt",
        Utfall::Uavklart => "skole-post-uavklart",
    }
}

fn hvem(besok: &Besok, post: &Innsendingspost) -> String {
    match post.av.slag.as_str() {
        "person" => super::vis::uten_id(&post.av.id).to_owned(),
        "policy" => besok.sprak.t("skole-post-policy").to_string(),
        _ => "Mellomlag".to_owned(),
    }
}

/// `GET /skole/{liste}/kvittering`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>) -> Svar {
    let nokkel = nokkel(&liste)?;
    // Nobody is named here but those who have acted.
    let sett = besok.ut.utvalg(&nokkel, |_, _| false).await?;
    let (s, kort) = (besok.sprak, &sett.sammendrag);
    let poster = &sett.sak.poster;
    let godkjent = |post: &&Innsendingspost| matches!(post.handling, Handling::Godkjent { .. });
    let mottatt = sett.bilde.mottatt.as_ref();
    // Two approvals may count: the one of what the receiver has, and the last one, of what stands.
    let gjelder = [
        mottatt.and_then(|m| m.godkjenning),
        poster.iter().rev().find(godkjent).filter(|_| kort.godkjent).map(|post| post.lopenr),
    ];
    let godkjenner = poster.iter().find(|post| mottatt.is_some_and(|m| m.godkjenning == Some(post.lopenr)));
    let vist = poster.iter().rev().map(|post| {
        let (hva, grunn) = hva(&post.handling);
        Post {
            nar: s.tid(post.tidspunkt).to_string(),
            hvem: hvem(&besok, post),
            hva,
            grunn: grunn.map(str::to_owned),
            strok: godkjent(&post) && !gjelder.contains(&Some(post.lopenr)),
        }
    });
    let side = Kvitteringsside {
        ramme: besok.ramme(s.t("skole-kvittering-tittel")),
        hode: Hode::ny(&besok, kort),
        mottatt: mottatt.map(|m| Mottatt {
            nummer: m.kvittering.clone(),
            nar: s.tid(m.tidspunkt).to_string(),
            antall: kort.mottatt_antall,
            hvem: godkjenner.map(|post| hvem(&besok, post)),
            bevis: m.bevis.is_some() && besok.ut.ma(Gjoremal::SeKvittering),
        }),
        poster: vist.collect(),
    };
    svar(&side)
}

/// `GET /skole/{liste}/kvittering.json`: the signed receipt, which anybody can verify without us.
pub(super) async fn last_ned(besok: Besok, Path(liste): Path<String>) -> Svar {
    let nokkel = nokkel(&liste)?;
    if besok.ut.sammendrag(&nokkel).is_none() {
        return Err(Feilslag::FinnesIkke);
    }
    let bevis = besok.ut.listekvittering(&nokkel)?;
    let navn = format!("attachment; filename=\"kvittering-{nokkel}.json\"");
    Ok(([(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, navn)], bevis)
        .into_response())
}
