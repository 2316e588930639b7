//! The routes.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use super::{
    behandling::{Skriv, Vilkar},
    problem::Problem,
};
use crate::{
    klokke::iso,
    server::{Forbindelse, json_som, mediatype},
    vigo::{Feil, Indre, forstyrr, laas},
};

const JSON_LD: &str = "application/ld+json";
const ENDRINGER: &str = "application/vnd.elevliste.endringer+json";
const NOKKEL: HeaderName = HeaderName::from_static("idempotency-key");

pub(in crate::vigo) fn rute() -> Router<Arc<Indre>> {
    Router::new()
        .route("/elevliste/v1/egenskaper", get(egenskaper))
        .route("/elevliste/v1/elevlister/{orgnr}/{skolear}", get(les).put(hel).patch(endre))
}

async fn egenskaper(State(indre): State<Arc<Indre>>) -> Response {
    let kropp = json!({
        "versjoner": ["1.0"], "erstattbar": true, "oppdatering": true, "tilbakelesing": true, "idempotens": true,
        "grenser": {"maksElever": 2000, "maksBytes": 8 * 1024 * 1024, "nokkelDager": 400},
        "scopes": [indre.config.scope_elevliste],
    });
    json_som(StatusCode::OK, JSON_LD, &kropp)
}

type Kall = (State<Arc<Indre>>, ConnectInfo<Forbindelse>, Path<(String, String)>, HeaderMap);

async fn les(kall: Kall) -> Response {
    utfor(kall, |indre, orgnr, skolear, _, _| {
        let lager = laas(&indre.elevlister);
        let liste = lager.finn(orgnr, skolear).ok_or(Problem::IngenListe)?;
        let kropp = json!({
            "@context": {"@vocab": "https://novari.no/ontology/elevliste/v1#"},
            "@type": "Mottattliste",
            "organisasjonsnummer": liste.orgnr,
            "skolear": liste.skolear,
            "etag": liste.etag,
            "status": liste.status,
            "mottatt": iso(liste.mottatt),
            "kvitteringId": liste.kvittering_id,
            "idempotensnokkel": liste.idempotensnokkel,
            "antall": liste.elever.len(),
            "listeavtrykk": liste.listeavtrykk(),
            "elever": liste.elevavtrykk(),
        });
        Ok(med_etag(StatusCode::OK, &liste.etag, &kropp))
    })
    .await
}

async fn hel(kall: Kall, kropp: Bytes) -> Response {
    skriv(kall, true, &kropp).await
}

async fn endre(kall: Kall, kropp: Bytes) -> Response {
    skriv(kall, false, &kropp).await
}

async fn skriv(kall: Kall, liste: bool, kropp: &[u8]) -> Response {
    let slag = if liste { JSON_LD } else { ENDRINGER };
    if mediatype(&kall.3).as_deref() != Some(slag) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    utfor(kall, |indre, orgnr, skolear, hoder, feil| {
        let ulesbar = |hva: &str| Problem::UgyldigForesporsel(hva.to_owned());
        let kropp: Value = serde_json::from_slice(kropp).map_err(|_| ulesbar("innholdet er ikke JSON"))?;
        let nokkel = nokkel(hoder).ok_or_else(|| ulesbar("Idempotency-Key mangler eller er ikke i hermetegn"))?;
        let vilkar = vilkar(hoder)?;
        let svar = indre.skriv(&Skriv { orgnr, skolear, liste, nokkel, vilkar, kropp, feil })?;
        Ok(med_etag(StatusCode::from_u16(svar.status).unwrap_or_default(), &svar.etag, &svar.kropp))
    })
    .await
}

/// Faults, access, and then what is asked for.
async fn utfor(
    kall: Kall,
    gjor: impl FnOnce(&Indre, &str, &str, &HeaderMap, &[Feil]) -> Result<Response, Problem>,
) -> Response {
    let (State(indre), ConnectInfo(forbindelse), Path((orgnr, skolear)), hoder) = kall;
    let feil = match forstyrr::foran(&indre, &forbindelse, Some(&orgnr)) {
        Ok(feil) => feil,
        Err(svar) => return *svar,
    };
    if let Err(nektet) = indre.tilgang.sjekk(&hoder, &indre.config, &indre.config.scope_elevliste).await {
        return nektet.into_response();
    }
    let stopp = feil.iter().find_map(|feil| match feil {
        Feil::ForMangeKall { sekunder } => Some(Problem::ForMangeKall(*sekunder)),
        Feil::IkkeTilgang => Some(Problem::IkkeTilgang),
        _ => None,
    });
    let svar = match stopp {
        Some(problem) => Err(problem),
        None => gjor(&indre, &orgnr, &skolear, &hoder, &feil),
    };
    let svar = svar.unwrap_or_else(IntoResponse::into_response);
    forstyrr::bak(&feil, &forbindelse, svar).await
}

fn med_etag(status: StatusCode, etag: &str, kropp: &Value) -> Response {
    let mut svar = json_som(status, JSON_LD, kropp);
    if let Ok(etag) = HeaderValue::from_str(etag) {
        svar.headers_mut().insert(header::ETAG, etag);
    }
    svar
}

/// The key without its quotes.
fn nokkel(hoder: &HeaderMap) -> Option<String> {
    let nokkel = hoder.get(NOKKEL)?.to_str().ok()?.strip_prefix('"')?.strip_suffix('"')?;
    let god =
        (1..=255).contains(&nokkel.len()) && nokkel.bytes().all(|b| b.is_ascii_graphic() && !b"\"\\".contains(&b));
    god.then(|| nokkel.to_owned())
}

/// The one condition, if there is one that can be read.
fn vilkar(hoder: &HeaderMap) -> Result<Option<Vilkar>, Problem> {
    let tekst = |navn| hoder.get(navn).map(|verdi: &HeaderValue| verdi.to_str().unwrap_or_default().to_owned());
    match (tekst(header::IF_NONE_MATCH), tekst(header::IF_MATCH)) {
        (None, None) => Ok(None),
        (Some(alt), None) if alt == "*" => Ok(Some(Vilkar::IngenFraFor)),
        (None, Some(etag)) if etag.starts_with('"') && etag.ends_with('"') && etag.len() > 2 => {
            Ok(Some(Vilkar::Etag(etag)))
        }
        _ => Err(Problem::UgyldigForesporsel("én av If-None-Match: * og If-Match med én sterk etag".into())),
    }
}
