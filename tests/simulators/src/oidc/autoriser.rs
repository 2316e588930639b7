//! The page where somebody is chosen, and the code that the browser carries back.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Form,
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::{
    Feil, side,
    tilstand::{Indre, Kode},
};

/// A request that is in order.
struct Foresporsel {
    klient: String,
    retur: String,
    state: String,
    nonce: String,
    utfordring: String,
}

/// Shows the people. A request that is not in order goes back with its error, where it is known where back is.
pub(super) async fn vis(State(indre): State<Arc<Indre>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    match les(&indre, &query) {
        Ok(_) => side::velg(&indre, &query),
        Err(svar) => *svar,
    }
}

/// Somebody has been chosen: back to the client.
pub(super) async fn valgt(State(indre): State<Arc<Indre>>, Form(skjema): Form<BTreeMap<String, String>>) -> Response {
    let tom = String::new();
    let hent = |navn: &str| skjema.get(navn).unwrap_or(&tom).as_str();
    let spurt = match les(&indre, hent("foresporsel")) {
        Ok(spurt) => spurt,
        Err(svar) => return *svar,
    };
    let Some(person) = indre.person(hent("person")) else {
        return feil(&indre, &spurt.retur, &spurt.state, "access_denied");
    };
    let kode = indre.ny_kode(Kode {
        klient: spurt.klient,
        retur: spurt.retur.clone(),
        utfordring: spurt.utfordring,
        nonce: spurt.nonce,
        sub: person.sub.clone(),
        sid: Uuid::new_v4().simple().to_string(),
        utstedt: indre.na(),
    });
    tilbake(&indre, &spurt.retur, &[("code", &kode), ("state", &spurt.state)])
}

fn les(indre: &Indre, query: &str) -> Result<Foresporsel, Box<Response>> {
    let par = super::token::par(query.as_bytes());
    let hent = |navn: &str| par.get(navn).filter(|v| !v.is_empty()).cloned();
    let side = |hva: &str| Box::new(side::feil(StatusCode::BAD_REQUEST, hva));
    let klient = hent("client_id").and_then(|id| indre.klient(&id)).ok_or_else(|| side("client_id er ukjent"))?;
    let retur = hent("redirect_uri").filter(|r| klient.retur_urler.contains(r));
    let retur = retur.ok_or_else(|| side("redirect_uri er ikke registrert for klienten"))?;
    let state = hent("state").unwrap_or_default();
    let nei = |kode: &str| Box::new(feil(indre, &retur, &state, kode));
    if hent("response_type").as_deref() != Some("code") {
        return Err(nei("unsupported_response_type"));
    }
    if !hent("scope").is_some_and(|s| s.split(' ').any(|s| s == "openid")) {
        return Err(nei("invalid_scope"));
    }
    let utfordring = hent("code_challenge").filter(|u| u.len() == 43);
    let s256 = hent("code_challenge_method").as_deref() == Some("S256");
    match (hent("nonce"), utfordring) {
        (Some(nonce), Some(utfordring)) if s256 && !state.is_empty() => {
            Ok(Foresporsel { klient: klient.id, retur, state, nonce, utfordring })
        }
        _ => Err(nei("invalid_request")),
    }
}

fn feil(indre: &Indre, retur: &str, state: &str, kode: &str) -> Response {
    tilbake(indre, retur, &[("error", kode), ("state", state)])
}

fn tilbake(indre: &Indre, retur: &str, par: &[(&str, &str)]) -> Response {
    let iss = match indre.feil() {
        Some(Feil::FeilIss) => "https://en-annen.example",
        _ => &indre.utsteder,
    };
    let query: Vec<String> =
        par.iter().chain([&("iss", iss)]).map(|(navn, verdi)| format!("{navn}={}", side::prosent(verdi))).collect();
    let skille = if retur.contains('?') { '&' } else { '?' };
    let hvor = format!("{retur}{skille}{}", query.join("&"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, hvor)]).into_response()
}
