//! The routes: three shapes of address, the same resources behind.

use std::{
    collections::HashMap,
    sync::{Arc, atomic::Ordering},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Feil, Feilform, Indre, Ressurs, admin,
    feil::forvansk_feed,
    laas,
    oppslag::{self, Visning},
    svar::{Avslag, FOR_GAMMELT, feil, kropp},
    tilgang,
};
use crate::server::{godtar, html, venter};

/// Everything the simulator answers.
pub(super) fn rute(indre: Arc<Indre>) -> Router {
    Router::new().merge(admin::rute()).fallback(alt).with_state(indre)
}

/// Who asks, by the address.
enum Inngang<'a> {
    Pakke { scope: &'static str, med_hjemmel: bool },
    Rolle(&'a str),
}

/// The entrance, the resource, and a number where the address has one.
fn les_sti<'a>(metode: &Method, sti: &'a str) -> Option<(Inngang<'a>, Ressurs, &'a str)> {
    let ledd: Vec<&str> = sti.trim_matches('/').split('/').collect();
    let (inngang, resten) = match ledd.as_slice() {
        ["folkeregisteret", "offentlig-med-hjemmel", "api", "v1", resten @ ..] => {
            let scope = "folkeregister:deling/offentligmedhjemmel";
            (Inngang::Pakke { scope, med_hjemmel: true }, resten)
        }
        ["folkeregisteret", "api", "offentligutenhjemmel", "v1", resten @ ..] => {
            let scope = "folkeregister:deling/offentligutenhjemmel";
            (Inngang::Pakke { scope, med_hjemmel: false }, resten)
        }
        ["folkeregister", "api", "v1", rolle, "v1", resten @ ..] => (Inngang::Rolle(rolle), resten),
        _ => return None,
    };
    let (ressurs, nummer) = match (metode, resten) {
        (&Method::GET, ["hendelser", "feed"]) => (Ressurs::Feed, ""),
        (&Method::GET, ["hendelser", "siste", "sekvensnummer"]) => (Ressurs::Siste, ""),
        (&Method::POST, ["personer", "bulkoppslag"]) => (Ressurs::Bulkoppslag, ""),
        (&Method::GET, ["personer", nummer]) => (Ressurs::Person, *nummer),
        _ => return None,
    };
    Some((inngang, ressurs, nummer))
}

async fn alt(State(indre): State<Arc<Indre>>, metode: Method, uri: Uri, hoder: HeaderMap, innhold: Bytes) -> Response {
    let Some((inngang, ressurs, nummer)) = les_sti(&metode, uri.path()) else {
        return Avslag(404, "Ukjent adresse").into_response();
    };
    indre.kall[ressurs as usize].fetch_add(1, Ordering::Relaxed);
    let treff = laas(&indre.feil).treff(ressurs);
    if let Some(svar) = forstyrr(&treff).await {
        return svar;
    }
    let foresporsel = Foresporsel { nummer, uri: &uri, hoder: &hoder, innhold: &innhold, feil: &treff };
    match indre.svar(&inngang, ressurs, &foresporsel).await {
        Ok(svar) => svar,
        Err(avslag) => avslag.into_response(),
    }
}

/// The faults that come instead of an answer, or before it.
async fn forstyrr(treff: &[Feil]) -> Option<Response> {
    for ett in treff {
        match ett {
            Feil::Treg { millisekunder } => venter(*millisekunder).await,
            Feil::Avvis401 => return Some(feil(401, Feilform::Kort, "Token er ikke gyldig")),
            Feil::ForMange { millisekunder } => {
                let mut svar = feil(429, Feilform::Portal, "For mange kall");
                svar.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*millisekunder));
                return Some(svar);
            }
            Feil::Status { status, form } => return Some(feil(*status, *form, "Feil i tjenesten")),
            Feil::Omdirigering { til } => {
                return Some((StatusCode::FOUND, [(header::LOCATION, til.clone())]).into_response());
            }
            Feil::ForGammelt { taus } => {
                return Some(feil(406, Feilform::Portal, if *taus { "Ugyldig forespørsel" } else { FOR_GAMMELT }));
            }
            Feil::Html200 => return Some(html(StatusCode::OK)),
            _ => {}
        }
    }
    None
}

struct Foresporsel<'a> {
    nummer: &'a str,
    uri: &'a Uri,
    hoder: &'a HeaderMap,
    innhold: &'a [u8],
    feil: &'a [Feil],
}

impl Foresporsel<'_> {
    /// The values of a query parameter.
    fn verdier(&self, navn: &str) -> Vec<String> {
        let par = self.uri.query().unwrap_or_default().split('&').filter_map(|par| par.split_once('='));
        par.filter(|(n, _)| *n == navn).map(|(_, verdi)| verdi.to_owned()).collect()
    }

    fn visning(&self, indre: &Indre, inngang: &Inngang<'_>) -> Result<Visning, Avslag> {
        match inngang {
            Inngang::Rolle(_) => Visning::ny(self.verdier("part"), true, Some(&indre.config.rolle)),
            Inngang::Pakke { med_hjemmel, .. } => Visning::ny(self.verdier("part"), *med_hjemmel, None),
        }
    }
}

impl Indre {
    async fn svar(&self, inngang: &Inngang<'_>, ressurs: Ressurs, f: &Foresporsel<'_>) -> Result<Response, Avslag> {
        match inngang {
            Inngang::Pakke { scope, .. } => self.tilgang.sjekk(f.hoder, &self.config, scope).await?,
            Inngang::Rolle(rolle) => {
                self.tilgang.sjekk(f.hoder, &self.config, "ks:fiks").await?;
                tilgang::integrasjon(f.hoder, &self.config.rolle)?;
                if *rolle != self.config.rolle.id {
                    return Err(Avslag(403, "Integrasjonen har ikke rollen"));
                }
            }
        }
        if !godtar(f.hoder, "application/json") {
            return Err(Avslag(406, "Accept: mediatypen støttes ikke"));
        }
        match ressurs {
            Ressurs::Feed => self.feed(f),
            Ressurs::Siste => {
                let siste = laas(&self.tilstand).feed.siste().min(synlig(f.feil));
                Ok(kropp(siste.to_string(), f.feil))
            }
            Ressurs::Person => {
                let visning = f.visning(self, inngang)?;
                let tilstand = laas(&self.tilstand);
                let person = tilstand.register.finn(f.nummer).ok_or(Avslag(404, "Personen finnes ikke"))?;
                Ok(kropp(visning.vis(person, f.feil).to_string(), f.feil))
            }
            Ressurs::Bulkoppslag => self.bulk(f, &f.visning(self, inngang)?),
        }
    }

    fn feed(&self, f: &Foresporsel<'_>) -> Result<Response, Avslag> {
        let fra = f.verdier("seq").first().and_then(|seq| seq.parse::<i64>().ok());
        let fra = fra.filter(|fra| *fra >= 0).ok_or(Avslag(400, "seq mangler eller er ikke et tall"))?;
        let (rader, siste, runde) = {
            let tilstand = laas(&self.tilstand);
            if tilstand.feed.er_for_gammelt(fra) {
                return Err(Avslag(406, FOR_GAMMELT));
            }
            let (rader, siste) = tilstand.feed.side(fra, synlig(f.feil));
            (rader, siste, tilstand.feed.runde)
        };
        let etag = format!("\"{runde}-{fra}-{}-{}\"", rader.len(), siste.unwrap_or_default());
        if f.hoder.get(header::IF_NONE_MATCH).is_some_and(|verdi| verdi.as_bytes() == etag.as_bytes()) {
            return Ok(StatusCode::NOT_MODIFIED.into_response());
        }
        let mut tekst = format!("[{}]", rader.join(","));
        if !f.feil.is_empty() {
            let mut rader: Vec<Value> = rader.iter().filter_map(|rad| serde_json::from_str(rad).ok()).collect();
            forvansk_feed(&mut rader, f.feil, &mut laas(&self.feil));
            tekst = json!(rader).to_string();
        }
        let mut svar = kropp(tekst, f.feil);
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            svar.headers_mut().insert(header::ETAG, etag);
        }
        Ok(svar)
    }

    fn bulk(&self, f: &Foresporsel<'_>, visning: &Visning) -> Result<Response, Avslag> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Bestilling {
            foedsels_eller_d_nummer: Vec<String>,
        }
        let uleselig = Avslag(400, "Forespørselen kan ikke leses");
        let Bestilling { foedsels_eller_d_nummer: numre } = serde_json::from_slice(f.innhold).map_err(|_| uleselig)?;
        let elleve = |nummer: &String| nummer.len() == 11 && nummer.bytes().all(|b| b.is_ascii_digit());
        if numre.len() > oppslag::FLEST || !numre.iter().all(elleve) {
            return Err(Avslag(400, "Høyst 1000 numre, hvert på elleve siffer"));
        }
        let som_bestilt = f.verdier("somBestilt").first().is_some_and(|verdi| verdi == "true");
        let mut svar = oppslag::bulk(&laas(&self.tilstand).register, &numre, som_bestilt, visning, f.feil);
        if !som_bestilt || f.feil.contains(&Feil::Stokket) {
            laas(&self.feil).stokk(&mut svar);
        }
        Ok(kropp(json!({ "oppslag": svar }).to_string(), f.feil))
    }
}

/// The last number that is shown.
fn synlig(feil: &[Feil]) -> i64 {
    let grenser = feil.iter().filter_map(|feil| match feil {
        Feil::StaarStille { siste } => Some(*siste),
        _ => None,
    });
    grenser.min().unwrap_or(i64::MAX)
}

/// For the counts of the admin endpoint.
pub(super) fn kall(indre: &Indre) -> HashMap<&'static str, u64> {
    let navn = ["feed", "siste", "person", "bulkoppslag"];
    navn.into_iter().zip(&indre.kall).map(|(navn, antall)| (navn, antall.load(Ordering::Relaxed))).collect()
}
