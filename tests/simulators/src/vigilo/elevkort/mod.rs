//! `/_sim/elevkort`: what a person at the school would do in Vigilo itself. It finds a pupil by name, and changes name,
//! number and class, so that a story that needs the school system can be told in a browser.
//!
//! Plain HTML, no script, and nobody could take it for Vigilo.

mod side;

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Endring, Indre,
    tilstand::{Bruker, Tilstand},
};
use crate::generator::{Elev, Gruppetype, Klasse};

const STI: &str = "/_sim/elevkort";
/// No search shows more.
const MANGE: usize = 60;

pub(super) fn rute() -> Router<Arc<Indre>> {
    Router::new().route(STI, get(finn)).route("/_sim/elevkort/{elev}", get(kort).post(lagre))
}

#[derive(Default, Deserialize)]
struct Sok {
    #[serde(default)]
    skole: String,
    #[serde(default)]
    navn: String,
    #[serde(default)]
    mangler: Option<String>,
}

#[derive(Default, Deserialize)]
struct Lagret {
    #[serde(default)]
    lagret: Option<String>,
}

/// What is filled in; what is left empty is missing.
#[derive(Deserialize)]
struct Skjema {
    fornavn: String,
    mellomnavn: String,
    etternavn: String,
    nummer: String,
    klasse: String,
}

impl Tilstand {
    fn elever(&self) -> impl Iterator<Item = &Elev> {
        self.brukere.values().filter(|rad| !rad.slettet).filter_map(|rad| match &rad.data {
            Bruker::Elev(elev) => Some(elev),
            _ => None,
        })
    }

    /// The classes that a pupil can be in, by name.
    fn klasser_for(&self, elev: &Elev) -> Vec<&Klasse> {
        let passer = |k: &&Klasse| k.skole == elev.skole && k.trinn == elev.trinn && k.gruppetype == Gruppetype::Klasse;
        let mut ut: Vec<&Klasse> =
            self.klasser.values().filter(|rad| !rad.slettet).map(|rad| &rad.data).filter(passer).collect();
        ut.sort_by(|a, b| a.kode.cmp(&b.kode));
        ut
    }
}

fn navn(elev: &Elev) -> String {
    let deler = [Some(&*elev.fornavn), elev.mellomnavn.as_deref(), Some(&*elev.etternavn)];
    deler.into_iter().flatten().filter(|del| !del.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether something that a list needs is missing, or known to be wrong.
fn mangler(indre: &Indre, elev: &Elev) -> bool {
    let feil_nummer = indre.config.fasit.get(&elev.id).is_some_and(|riktig| elev.nummer.as_ref() != Some(riktig));
    feil_nummer || elev.nummer.is_none() || elev.klasse.is_none() || elev.fornavn.is_empty()
}

async fn finn(State(indre): State<Arc<Indre>>, Query(sok): Query<Sok>) -> Response {
    let tilstand = indre.tilstand();
    let leter = sok.navn.trim().to_lowercase();
    let skole: Option<Uuid> = sok.skole.parse().ok();
    let bare_mangler = sok.mangler.is_some();
    let mut funnet: Vec<&Elev> = tilstand
        .elever()
        .filter(|e| e.trinn == 10 && skole.is_none_or(|s| s == e.skole))
        .filter(|e| leter.is_empty() || navn(e).to_lowercase().contains(&leter))
        .filter(|e| !bare_mangler || mangler(&indre, e))
        .collect();
    funnet.sort_by_cached_key(|e| (e.etternavn.to_lowercase(), e.fornavn.to_lowercase(), e.id));
    let har_sokt = skole.is_some() || !leter.is_empty() || bare_mangler;
    let antall = har_sokt.then_some(funnet.len());
    funnet.truncate(if har_sokt { MANGE } else { 0 });
    side::finn(&tilstand, &sok, &funnet, antall)
}

async fn kort(State(indre): State<Arc<Indre>>, Path(id): Path<Uuid>, Query(q): Query<Lagret>) -> Response {
    let tilstand = indre.tilstand();
    match tilstand.elever().find(|e| e.id == id) {
        Some(elev) => side::kort(&tilstand, elev, indre.config.fasit.get(&id).map(String::as_str), q.lagret.is_some()),
        None => side::feil(StatusCode::NOT_FOUND, "Eleven finnes ikke"),
    }
}

async fn lagre(
    State(indre): State<Arc<Indre>>,
    Path(id): Path<Uuid>,
    hoder: HeaderMap,
    Form(skjema): Form<Skjema>,
) -> Response {
    // Another site's page that happens to be open may not change anything here.
    let fremmed = hoder.get("sec-fetch-site").and_then(|h| h.to_str().ok()).is_some_and(|h| h == "cross-site");
    if fremmed {
        return side::feil(StatusCode::FORBIDDEN, "Skjemaet kom fra et annet nettsted");
    }
    let elev = indre.tilstand().elever().find(|e| e.id == id).cloned();
    let Some(elev) = elev else { return side::feil(StatusCode::NOT_FOUND, "Eleven finnes ikke") };
    match endringer(&elev, skjema).map(|alle| indre.endre(&alle)) {
        Ok(Ok(())) => {
            let sted = format!("{STI}/{id}?lagret=ja");
            (StatusCode::SEE_OTHER, [(header::LOCATION, sted)]).into_response()
        }
        Ok(Err(_)) | Err(()) => side::feil(StatusCode::UNPROCESSABLE_ENTITY, "Klassen finnes ikke på skolen"),
    }
}

/// What has been changed in the form.
fn endringer(elev: &Elev, skjema: Skjema) -> Result<Vec<Endring>, ()> {
    let renset = |tekst: &str| tekst.split_whitespace().collect::<Vec<_>>().join(" ");
    let (fornavn, etternavn) = (renset(&skjema.fornavn), renset(&skjema.etternavn));
    let mellomnavn = Some(renset(&skjema.mellomnavn)).filter(|n| !n.is_empty());
    let nummer = Some(skjema.nummer.replace(char::is_whitespace, "")).filter(|n| !n.is_empty());
    let mut ut = Vec::new();
    if (&*elev.fornavn, elev.mellomnavn.as_deref(), &*elev.etternavn) != (&*fornavn, mellomnavn.as_deref(), &*etternavn)
    {
        ut.push(Endring::BytterNavn { elev: elev.id, fornavn, mellomnavn, etternavn });
    }
    match nummer {
        Some(nummer) if elev.nummer.as_ref() != Some(&nummer) => {
            ut.push(Endring::RettetNummer { elev: elev.id, nummer });
        }
        None if elev.nummer.is_some() => ut.push(Endring::MisterNummer { elev: elev.id }),
        _ => {}
    }
    let klasse = match skjema.klasse.as_str() {
        "" => None,
        id => Some(id.parse::<Uuid>().map_err(|_| ())?),
    };
    match (elev.klasse, klasse) {
        (for_, Some(klasse)) if for_ != Some(klasse) => {
            let endring = match for_ {
                Some(_) => Endring::BytterKlasse { elev: elev.id, klasse },
                None => Endring::FaarKlasse { elev: elev.id, klasse },
            };
            ut.push(endring);
        }
        _ => {}
    }
    Ok(ut)
}
