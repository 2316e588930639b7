//! The routes. Under `/api` everything but the one submission and the open code base is denied.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{any, post},
};
use serde_json::Value;

use super::{
    Feil, Indre, admin, elevliste_v1, forstyrr,
    innsending::Foresporsel,
    kodeverk,
    svar::{Avslag, JSON_LD, ONTOLOGI, kvittering},
    tilgang::Innsender,
    vurdering::Forstyrrelse,
};
use crate::server::{Forbindelse, godtar, json_som, mediatype};

pub(super) const INNSENDING: &str = "/api/submissions/graduating-students";
/// Both spellings have been published.
const TYPER: [&str; 2] = ["vigoskole:GraduatingStudentsSubmissionRequest", "vigoskole:GraduatingStudentsSubmission"];

pub(super) fn rute(indre: Arc<Indre>) -> Router {
    Router::new()
        .route(INNSENDING, post(send_inn).fallback(nektes))
        .route("/api/{*resten}", any(nektes))
        .merge(elevliste_v1::rute())
        .merge(kodeverk::rute())
        .merge(admin::rute())
        .layer(DefaultBodyLimit::max(8 * 1024 * 1024))
        .with_state(indre)
}

/// Denied: 401 for those who have not said who they are, 403 for the others.
async fn nektes(State(indre): State<Arc<Indre>>, hoder: HeaderMap) -> Response {
    match indre.tilgang.sjekk(&hoder, &indre.config, &indre.config.scope).await {
        Ok(_) => StatusCode::FORBIDDEN.into_response(),
        Err(nektet) => nektet.into_response(),
    }
}

async fn send_inn(
    State(indre): State<Arc<Indre>>,
    ConnectInfo(forbindelse): ConnectInfo<Forbindelse>,
    hoder: HeaderMap,
    kropp: Bytes,
) -> Response {
    let skole = skole_i(&kropp);
    let feil = match forstyrr::foran(&indre, &forbindelse, skole.as_deref()) {
        Ok(feil) => feil,
        Err(svar) => return *svar,
    };
    for feil in &feil {
        match feil {
            Feil::ForMangeKall { sekunder } => {
                return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, sekunder.to_string())]).into_response();
            }
            Feil::IkkeTilgang => return StatusCode::FORBIDDEN.into_response(),
            _ => {}
        }
    }
    let innsender = match indre.tilgang.sjekk(&hoder, &indre.config, &indre.config.scope).await {
        Ok(innsender) => innsender,
        Err(nektet) => return nektet.into_response(),
    };
    if mediatype(&hoder).as_deref() != Some(JSON_LD) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    if !godtar(&hoder, JSON_LD) {
        return StatusCode::NOT_ACCEPTABLE.into_response();
    }
    let forstyrrelse = Forstyrrelse {
        lukket_vindu: feil.contains(&Feil::LukketVindu),
        kodeverk_nede: feil.contains(&Feil::KodeverkNede),
    };
    let svar = match behandle(&indre, &kropp, &innsender, forstyrrelse) {
        Ok(svar) => svar,
        Err(avslag) => avslag.svar(indre.config.klokke.na()),
    };
    forstyrr::bak(&feil, &forbindelse, svar).await
}

fn behandle(
    indre: &Indre,
    kropp: &[u8],
    innsender: &Innsender,
    forstyrrelse: Forstyrrelse,
) -> Result<Response, Avslag> {
    // The parser's own text may quote values, so only the place is passed on.
    let foresporsel: Foresporsel = serde_json::from_slice(kropp)
        .map_err(|f| Avslag::Ulesbar(format!("Ugyldig innhold, linje {} kolonne {}", f.line(), f.column())))?;
    if foresporsel.kontekst["vigoskole"] != ONTOLOGI {
        return Err(Avslag::Ulesbar("@context mangler prefikset vigoskole".into()));
    }
    if !TYPER.contains(&foresporsel.type_.as_str()) {
        return Err(Avslag::Ulesbar("@type er ukjent".into()));
    }
    let orgnr = foresporsel.school.and_then(|s| s.orgnr).filter(|o| !o.trim().is_empty());
    let orgnr = orgnr.ok_or_else(|| Avslag::Ulesbar("school.orgNumber mangler".into()))?;
    let elever = foresporsel.students.unwrap_or_default();
    let innsending = indre.ta_imot(&orgnr, elever, innsender, forstyrrelse)?;
    Ok(json_som(StatusCode::CREATED, JSON_LD, &kvittering(&innsending)))
}

/// The school that a body is about, for faults that strike one school only.
fn skole_i(kropp: &[u8]) -> Option<String> {
    let verdi: Value = serde_json::from_slice(kropp).ok()?;
    Some(verdi["school"]["orgNumber"].as_str()?.to_owned())
}
