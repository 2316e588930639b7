//! Live pages: the browser hears that something has happened, and fetches its page again. Nothing about it is sent.
//!
//! A listener holds its connection, so there are never so many that they leave none to others. Whoever finds no place asks
//! again later, and has a page that works without.

use crate::sider::besok::{Besok, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::valgt::Delt;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use elevliste::Listenokkel;
use futures_util::{StreamExt as _, stream};
use runtime::adgang::{Endring, Endringer};
use runtime::utsikt::Sammendrag;
use serde::Deserialize;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Listeners at once: half of the connections that are taken.
const PLASSER: usize = 1024;
/// Of one session. Browsers open six connections to a server that speaks HTTP/1.1.
const PER_OKT: usize = 8;
/// However much happens, a page is fetched again no more often than this.
const HVILE: Duration = Duration::from_secs(1);

/// The routes, and the places that they share.
pub(super) fn rute() -> Router<Delt> {
    let lyttere = Lyttere::ny(PLASSER, PER_OKT);
    Router::new().route("/levende", get(alt)).route("/levende/{liste}", get(en)).layer(Extension(lyttere))
}

/// Those who listen.
#[derive(Clone)]
struct Lyttere {
    plasser: Arc<Semaphore>,
    per_okt: usize,
    okter: Arc<Mutex<HashMap<[u8; 32], usize>>>,
}

/// A listener's place, until it is dropped.
struct Plass {
    okt: [u8; 32],
    lyttere: Lyttere,
    _plass: OwnedSemaphorePermit,
}

impl Lyttere {
    fn ny(plasser: usize, per_okt: usize) -> Self {
        Self { plasser: Arc::new(Semaphore::new(plasser)), per_okt, okter: Arc::default() }
    }

    /// A place for a session. None: it has all of its own, or there are none.
    fn plass(&self, okt: [u8; 32]) -> Option<Plass> {
        let plass = self.plasser.clone().try_acquire_owned().ok()?;
        let mut okter = self.okter.lock().unwrap_or_else(PoisonError::into_inner);
        let har = okter.entry(okt).or_default();
        if *har >= self.per_okt {
            return None;
        }
        *har += 1;
        Some(Plass { okt, lyttere: self.clone(), _plass: plass })
    }
}

impl Drop for Plass {
    fn drop(&mut self) {
        let mut okter = self.lyttere.okter.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(har) = okter.get_mut(&self.okt) {
            *har -= 1;
            if *har == 0 {
                okter.remove(&self.okt);
            }
        }
    }
}

/// `GET /levende`: something that this person sees has changed. 204: there is no place to listen from.
async fn alt(Extension(lyttere): Extension<Lyttere>, besok: Besok) -> Response {
    let Some(plass) = lyttere.plass(besok.okt.merke()) else { return StatusCode::NO_CONTENT.into_response() };
    let endringer = besok.ut.endringer();
    strom(besok, plass, endringer, None, false)
}

/// What a page has seen.
#[derive(Deserialize)]
struct Sett {
    #[serde(default)]
    sett: String,
}

/// How a list stands, for [`en`] to know whether a page has seen it.
pub(crate) fn merke(liste: &Sammendrag) -> String {
    format!("{}-{}", liste.sekvens, liste.liste_sekvens)
}

/// `GET /levende/{liste}?sett=…`: this list has changed, since the page was made too.
async fn en(
    Extension(lyttere): Extension<Lyttere>,
    besok: Besok,
    Path(liste): Path<String>,
    Query(Sett { sett }): Query<Sett>,
) -> Svar {
    let liste = nokkel(&liste)?;
    // What happens from here on is heard; what has happened is seen now.
    let endringer = besok.ut.endringer();
    let na = besok.ut.sammendrag(&liste).ok_or(Feilslag::FinnesIkke)?;
    let Some(plass) = lyttere.plass(besok.okt.merke()) else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let forst = !sett.is_empty() && merke(&na) != sett;
    Ok(strom(besok, plass, endringer, Some(liste), forst))
}

fn endret() -> Event {
    // Browsers pass an event without data by.
    Event::default().event("endret").data("1")
}

fn strom(besok: Besok, plass: Plass, endringer: Endringer, liste: Option<Listenokkel>, forst: bool) -> Response {
    let stopp = besok.delt.stopp.clone();
    let utloper = besok.okt.utloper;
    let hendelser = stream::unfold(
        (besok, plass, endringer, liste, stopp),
        move |(besok, plass, mut endringer, liste, stopp)| async move {
            loop {
                let igjen = utloper.duration_since(besok.na());
                let igjen = Duration::try_from(igjen).unwrap_or(Duration::ZERO);
                let endring = tokio::select! {
                    // Nobody is kept listening by a program that is about to stop, or after the session is over.
                    () = stopp.cancelled() => return None,
                    () = tokio::time::sleep(igjen) => return None,
                    endring = endringer.neste() => endring?,
                };
                let min = match (&endring, &liste) {
                    (_, None) | (Endring::Alt | Endring::Runde(_), _) => true,
                    (Endring::Liste(nokkel), Some(liste)) => nokkel == liste,
                };
                if min {
                    tokio::time::sleep(HVILE).await;
                    return Some((Ok::<_, Infallible>(endret()), (besok, plass, endringer, liste, stopp)));
                }
            }
        },
    );
    let straks = stream::iter(forst.then(|| Ok(endret())));
    Sse::new(straks.chain(hendelser)).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_session_takes_all_places_and_a_place_is_given_back() {
        let lyttere = Lyttere::ny(3, 2);
        let (kari, ola, liv) = ([1; 32], [2; 32], [3; 32]);
        let karis = [lyttere.plass(kari).unwrap(), lyttere.plass(kari).unwrap()];
        assert!(lyttere.plass(kari).is_none(), "she has all that one may have");
        let olas = lyttere.plass(ola).unwrap();
        assert!(lyttere.plass(liv).is_none(), "there are no more");
        drop(karis);
        let livs = lyttere.plass(liv).unwrap();
        assert!(lyttere.plass(kari).is_some());
        drop((olas, livs));
        assert!(lyttere.okter.lock().unwrap().is_empty(), "nothing is remembered of who has gone");
    }
}
