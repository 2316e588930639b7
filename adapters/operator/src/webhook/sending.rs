//! One request, and what became of it.

use super::config::Hemmelighet;
use crate::hendelser::Hendelse;
use elevliste::Varsel;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, StatusCode, redirect};
use std::time::Duration;
use url::Url;

/// How long an answer is waited for.
const TIDSGRENSE: Duration = Duration::from_secs(15);
/// Pauses after failures, in seconds; the last is used again and again.
const PAUSER: [i64; 8] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400];

/// What became of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Utfall {
    /// Taken.
    Levert,
    /// The address is gone, and will not come back.
    Borte,
    /// Not taken: a stable word for why, and how long the receiver wants to be left alone.
    Feilet(String, Option<SignedDuration>),
}

/// A client that goes where it is told and nowhere else.
pub(super) fn klient() -> Result<Client, reqwest::Error> {
    Client::builder()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .timeout(TIDSGRENSE)
        .connect_timeout(Duration::from_secs(5))
        .user_agent(concat!("mellomlag/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// Sends one event.
pub(super) async fn send(http: &Client, url: &Url, nokkel: &Hemmelighet, varsel: Varsel, na: Timestamp) -> Utfall {
    let (id, tid) = (varsel.id.to_string(), na.as_second());
    let kropp = serde_json::to_vec(&Hendelse::from(varsel)).expect("texts and numbers always have a json form");
    let signatur = nokkel.signer(&id, tid, &kropp);
    let sporsmal = http
        .post(url.clone())
        .header(CONTENT_TYPE, "application/cloudevents+json; charset=utf-8")
        .header("webhook-id", id)
        .header("webhook-timestamp", tid.to_string())
        .header("webhook-signature", signatur)
        .body(kropp);
    // What the receiver says besides its status is of no interest, and not read.
    match sporsmal.send().await {
        Ok(svar) => utfall(svar.status(), svar.headers()),
        Err(feil) if feil.is_timeout() => Utfall::Feilet("tidsavbrudd".into(), None),
        Err(feil) if feil.is_connect() => Utfall::Feilet("ingen-forbindelse".into(), None),
        Err(_) => Utfall::Feilet("brutt".into(), None),
    }
}

fn utfall(status: StatusCode, hoder: &HeaderMap) -> Utfall {
    match status {
        s if s.is_success() => Utfall::Levert,
        StatusCode::GONE => Utfall::Borte,
        s if s.is_redirection() => Utfall::Feilet("omdirigert".into(), None),
        s => {
            let vent = hoder.get(RETRY_AFTER).and_then(|v| v.to_str().ok()?.trim().parse().ok());
            Utfall::Feilet(format!("status-{}", s.as_u16()), vent.map(SignedDuration::from_secs))
        }
    }
}

/// How long to wait after so many failures in a row; never shorter than the receiver asks for, as far as that is sensible.
pub(super) fn pause(forsok: u32, bedt_om: Option<SignedDuration>) -> SignedDuration {
    let plass = usize::try_from(forsok.saturating_sub(1)).unwrap_or(usize::MAX).min(PAUSER.len() - 1);
    let lengst = SignedDuration::from_secs(PAUSER[PAUSER.len() - 1]);
    SignedDuration::from_secs(PAUSER[plass]).max(bedt_om.unwrap_or_default().min(lengst))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_a_wish_is_kept_within_reason() {
        let sekunder: Vec<_> = [0, 1, 2, 3, 8, 9, u32::MAX].map(|n| pause(n, None).as_secs()).into();
        assert_eq!(sekunder, [5, 5, 30, 120, 14_400, 14_400, 14_400]);
        let bedt = |s| pause(1, Some(SignedDuration::from_secs(s))).as_secs();
        assert_eq!([bedt(90), bedt(1), bedt(-9), bedt(i64::MAX)], [90, 5, 5, 14_400]);
    }

    #[test]
    fn only_a_success_is_a_delivery() {
        let av = |status: u16| utfall(StatusCode::from_u16(status).unwrap(), &HeaderMap::new());
        assert_eq!([av(200), av(202), av(204)], [Utfall::Levert, Utfall::Levert, Utfall::Levert]);
        assert_eq!(av(410), Utfall::Borte);
        assert_eq!(av(302), Utfall::Feilet("omdirigert".into(), None));
        for status in [400, 401, 404, 429, 500, 503] {
            assert_eq!(av(status), Utfall::Feilet(format!("status-{status}"), None));
        }
        let hoder = HeaderMap::from_iter([(RETRY_AFTER, "120".parse().unwrap())]);
        let ventet = Utfall::Feilet("status-503".into(), Some(SignedDuration::from_secs(120)));
        assert_eq!(utfall(StatusCode::SERVICE_UNAVAILABLE, &hoder), ventet);
    }
}
