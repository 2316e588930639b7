//! The routes.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures_util::{StreamExt as _, stream};
use serde_json::json;

use super::{Feil, Indre, Samling, admin, feil, imsx::Avslag, side, sporring::Sporring, token, vis::Visning};
use crate::server::{html, json_som, venter};

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// Everything the simulator answers.
pub(super) fn rute(indre: Arc<Indre>) -> Router {
    let sti = indre.config.utgave.sti();
    Router::new()
        .route(token::STI, post(token::token))
        .route(&format!("/{{org}}{sti}/{{samling}}"), get(liste))
        .route(&format!("/{{org}}{sti}/{{samling}}/{{id}}"), get(enkelt))
        .merge(admin::rute())
        .fallback(async || Avslag::Ukjent("no such path; the base path is /<orgId>/ims/oneroster/…").into_response())
        .with_state(indre)
}

impl Indre {
    fn visning(&self) -> Visning {
        Visning { url: self.oneroster_url(), utgave: self.config.utgave, metadataform: self.config.metadataform }
    }

    fn sjekk(&self, org: &str, samling: &str, hoder: &HeaderMap) -> Result<Samling, Avslag> {
        self.tokens.sjekk(hoder, self.config.klokke.na(), self.config.utgave.scope_prefiks())?;
        if org != self.config.kommune.domene {
            return Err(Avslag::Forbudt("the token is for another tenant"));
        }
        Samling::fra_sti(samling).ok_or(Avslag::Ukjent("no such collection"))
    }
}

async fn liste(
    State(indre): State<Arc<Indre>>,
    Path((org, sti)): Path<(String, String)>,
    hoder: HeaderMap,
    uri: Uri,
) -> Response {
    indre.kall.fetch_add(1, Ordering::Relaxed);
    let mut feil = Vec::new();
    if let Some(samling) = Samling::fra_sti(&sti) {
        let side = Sporring::les(&uri, samling, &indre.config).map_or(1, |s| s.offset / s.limit + 1);
        feil = feil::treff(&mut indre.feil(), samling, Some(side));
    }
    if let Some(svar) = forstyrr(&indre, &feil).await {
        return svar;
    }
    match side_svar(&indre, &org, &sti, &hoder, &uri, &feil) {
        Ok(svar) => svar,
        Err(avslag) => avslag.into_response(),
    }
}

async fn enkelt(
    State(indre): State<Arc<Indre>>,
    Path((org, sti, id)): Path<(String, String, String)>,
    hoder: HeaderMap,
    uri: Uri,
) -> Response {
    indre.kall.fetch_add(1, Ordering::Relaxed);
    let feil = Samling::fra_sti(&sti).map(|s| feil::treff(&mut indre.feil(), s, None)).unwrap_or_default();
    if let Some(svar) = forstyrr(&indre, &feil).await {
        return svar;
    }
    match enkelt_svar(&indre, (&org, &sti, &id), &hoder, &uri, &feil) {
        Ok(svar) => svar,
        Err(avslag) => avslag.into_response(),
    }
}

/// The faults that come instead of an answer, or before it.
async fn forstyrr(indre: &Indre, feil: &[Feil]) -> Option<Response> {
    for feil in feil {
        match feil {
            Feil::Treg { millisekunder } => venter(*millisekunder).await,
            Feil::Omdirigering { til } => {
                return Some((StatusCode::FOUND, [(header::LOCATION, til.clone())]).into_response());
            }
            Feil::Avvis401 => return Some(Avslag::Uautorisert("the token is not known").into_response()),
            Feil::TokenUtloper => indre.tokens.trekk_tilbake(),
            Feil::ForMange { vent_sekunder, html: true } => {
                let mut svar = html(StatusCode::TOO_MANY_REQUESTS);
                svar.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*vent_sekunder));
                return Some(svar);
            }
            Feil::ForMange { vent_sekunder, html: false } => {
                return Some(Avslag::ForMange { vent_sekunder: *vent_sekunder }.into_response());
            }
            Feil::Status { status } => {
                let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let fra_mellomledd = matches!(status.as_u16(), 502..=504);
                return Some(if fra_mellomledd { html(status) } else { Avslag::Serverfeil(status).into_response() });
            }
            Feil::Html200 => return Some(html(StatusCode::OK)),
            _ => {}
        }
    }
    None
}

fn side_svar(
    indre: &Indre,
    org: &str,
    sti: &str,
    hoder: &HeaderMap,
    uri: &Uri,
    feil: &[Feil],
) -> Result<Response, Avslag> {
    let samling = indre.sjekk(org, sti, hoder)?;
    let sporring = Sporring::les(uri, samling, &indre.config)?;
    let v = indre.visning();
    let tilstand = indre.tilstand();
    let ider = indre.utvalg.velg(&tilstand, samling, &sporring, &v);
    let total = if feil.contains(&Feil::TotalForFilter) { tilstand.ider(samling).len() } else { ider.len() };
    let side = ider.iter().skip(sporring.offset as usize).take(sporring.limit as usize);
    let mut rader: Vec<_> = side.filter_map(|id| tilstand.vis(samling, *id, &v)).collect();
    drop(tilstand);
    for rad in &mut rader {
        side::behold(rad, sporring.felter.as_ref());
    }
    feil::forvansk(&mut rader, feil);
    let konvolutt = if feil.contains(&Feil::StiSomKonvolutt) { samling.sti() } else { samling.konvolutt() };
    let mut svar = kropp(&json!({konvolutt: rader}).to_string(), feil);
    if !feil.contains(&Feil::UtenHoder) {
        if indre.config.med_total {
            svar.headers_mut().insert(TOTAL, HeaderValue::from(total));
        }
        let lenker = side::lenker(&format!("{}/{}", v.url, samling.sti()), &sporring, total);
        if indre.config.med_link
            && let Ok(lenker) = HeaderValue::from_str(&lenker)
        {
            svar.headers_mut().insert(header::LINK, lenker);
        }
    }
    Ok(svar)
}

fn enkelt_svar(
    indre: &Indre,
    (org, sti, id): (&str, &str, &str),
    hoder: &HeaderMap,
    uri: &Uri,
    feil: &[Feil],
) -> Result<Response, Avslag> {
    let samling = indre.sjekk(org, sti, hoder)?;
    let felter = Sporring::les_felter(uri, samling, &indre.config)?;
    let ukjent = Avslag::Ukjent("no such object");
    let Ok(id) = id.parse() else { return Err(ukjent) };
    let tilstand = indre.tilstand();
    if !tilstand.finnes(samling, id) {
        return Err(ukjent);
    }
    let Some(rad) = tilstand.vis(samling, id, &indre.visning()) else { return Err(ukjent) };
    let mut rader = vec![rad];
    side::behold(&mut rader[0], felter.as_ref());
    feil::forvansk(&mut rader, feil);
    let Some(rad) = rader.pop() else { return Err(ukjent) };
    Ok(kropp(&json!({samling.entall(): rad}).to_string(), feil))
}

/// The body, whole or spoiled.
fn kropp(tekst: &str, feil: &[Feil]) -> Response {
    if feil.contains(&Feil::HalvtSvar) {
        let halv = feil::halvdel(tekst);
        // The pause makes the server send what it has before it meets the error.
        let brudd = async {
            tokio::task::yield_now().await;
            Err(std::io::Error::new(std::io::ErrorKind::ConnectionAborted, "cut by the simulator"))
        };
        let deler = stream::iter([Ok::<Bytes, _>(halv)]).chain(stream::once(brudd));
        let hoder =
            [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_LENGTH, tekst.len().to_string())];
        return (hoder, Body::from_stream(deler)).into_response();
    }
    if feil.contains(&Feil::UgyldigJson) {
        return ([(header::CONTENT_TYPE, "application/json")], feil::halvdel(tekst)).into_response();
    }
    ([(header::CONTENT_TYPE, "application/json")], tekst.to_owned()).into_response()
}

/// A JSON answer of the admin endpoints.
pub(super) fn ok(kropp: &serde_json::Value) -> Response {
    json_som(StatusCode::OK, "application/json", kropp)
}
