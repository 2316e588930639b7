//! Why a request is not carried out, as RFC 9457 has it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::regler::Merknad;
use crate::server::json_som;

const PROBLEMER: &str = "https://novari.no/problem/elevliste/v1/";

/// A problem. Nothing was stored.
#[derive(Debug)]
pub(super) enum Problem {
    UgyldigForesporsel(String),
    IkkeTilgang,
    UtenforVindu,
    UkjentSkole,
    UkjentSkolear,
    IngenListe,
    EtagStemmerIkke(Option<String>),
    UgyldigListe(Vec<Merknad>),
    NokkelGjenbrukt,
    ManglerForutsetning,
    ForMangeKall(u32),
    KanIkkeVerifisereSkole,
}

impl Problem {
    fn ord(&self) -> (u16, &'static str, &'static str) {
        match self {
            Self::UgyldigForesporsel(_) => (400, "ugyldig-foresporsel", "Forespørselen kan ikke leses"),
            Self::IkkeTilgang => (403, "ikke-tilgang", "Ikke tilgang til skolens liste"),
            Self::UtenforVindu => (403, "utenfor-vindu", "Innsamlingen er ikke åpen"),
            Self::UkjentSkole => (404, "ukjent-skole", "Skolen finnes ikke som grunnskole"),
            Self::UkjentSkolear => (404, "ukjent-skolear", "Skoleåret er ikke opprettet"),
            Self::IngenListe => (404, "ingen-liste", "Det er ikke tatt imot noen liste"),
            Self::EtagStemmerIkke(_) => (412, "etag-stemmer-ikke", "Listen er en annen enn den som skulle endres"),
            Self::UgyldigListe(_) => (422, "ugyldig-liste", "Innholdet har feil"),
            Self::NokkelGjenbrukt => (422, "nokkel-gjenbrukt", "Nøkkelen er brukt om noe annet"),
            Self::ManglerForutsetning => (428, "mangler-forutsetning", "If-Match eller If-None-Match mangler"),
            Self::ForMangeKall(_) => (429, "for-mange-kall", "For mange kall"),
            Self::KanIkkeVerifisereSkole => (503, "kan-ikke-verifisere-skole", "Skolen kan ikke kontrolleres nå"),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, ord, tittel) = self.ord();
        let mut kropp = json!({"type": format!("{PROBLEMER}{ord}"), "title": tittel, "status": status});
        let mut hode = None;
        match self {
            Self::UgyldigForesporsel(detalj) => kropp["detail"] = detalj.into(),
            Self::UgyldigListe(merknader) => kropp["merknader"] = json!(merknader),
            Self::EtagStemmerIkke(Some(etag)) => hode = HeaderValue::from_str(&etag).ok().map(|v| (header::ETAG, v)),
            Self::ForMangeKall(sekunder) => hode = Some((header::RETRY_AFTER, sekunder.into())),
            Self::KanIkkeVerifisereSkole => hode = Some((header::RETRY_AFTER, HeaderValue::from_static("300"))),
            _ => {}
        }
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut svar = json_som(status, "application/problem+json", &kropp);
        svar.headers_mut().extend(hode);
        svar
    }
}
