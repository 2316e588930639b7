//! Live pages: the browser hears that something has happened, and fetches its page again. Nothing about it is sent.

use crate::sider::besok::{Besok, Svar, nokkel};
use axum::extract::{Path, Query};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use elevliste::Listenokkel;
use futures_util::{StreamExt as _, stream};
use runtime::adgang::{Endring, Endringer};
use runtime::utsikt::Sammendrag;
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;

/// However much happens, a page is fetched again no more often than this.
const HVILE: Duration = Duration::from_secs(1);

/// `GET /levende`: something that this person sees has changed.
pub(crate) async fn alt(besok: Besok) -> Response {
    let endringer = besok.ut.endringer();
    strom(besok, endringer, None, false)
}

/// What a page has seen.
#[derive(Deserialize)]
pub(crate) struct Sett {
    #[serde(default)]
    sett: String,
}

/// How a list stands, for [`en`] to know whether a page has seen it.
pub(crate) fn merke(liste: &Sammendrag) -> String {
    format!("{}-{}", liste.sekvens, liste.liste_sekvens)
}

/// `GET /levende/{liste}?sett=…`: this list has changed, since the page was made too.
pub(crate) async fn en(besok: Besok, Path(liste): Path<String>, Query(Sett { sett }): Query<Sett>) -> Svar {
    let liste = nokkel(&liste)?;
    // What happens from here on is heard; what has happened is seen now.
    let endringer = besok.ut.endringer();
    let forst = !sett.is_empty() && besok.ut.sammendrag(&liste).is_some_and(|na| merke(&na) != sett);
    Ok(strom(besok, endringer, Some(liste), forst))
}

fn endret() -> Event {
    // Browsers pass an event without data by.
    Event::default().event("endret").data("1")
}

fn strom(besok: Besok, endringer: Endringer, liste: Option<Listenokkel>, forst: bool) -> Response {
    let stopp = besok.delt.stopp.clone();
    let utloper = besok.okt.utloper;
    let hendelser =
        stream::unfold((besok, endringer, liste, stopp), move |(besok, mut endringer, liste, stopp)| async move {
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
                    return Some((Ok::<_, Infallible>(endret()), (besok, endringer, liste, stopp)));
                }
            }
        });
    let straks = stream::iter(forst.then(|| Ok(endret())));
    Sse::new(straks.chain(hendelser)).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}
