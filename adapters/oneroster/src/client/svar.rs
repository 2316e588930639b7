//! What an answer means: the status code first, the body only as a hint.

use super::feilkropp::Feilkropp;
use crate::error::System;
use flow::SourceError;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How long to wait where the source says wait and not how long.
const UTEN_TALL: Duration = Duration::from_secs(60);
/// The longest wait that is believed.
const LENGST: Duration = Duration::from_secs(24 * 3600);
/// How much of an error's body is looked at.
const FEILKROPP: u64 = 64 * 1024;

/// An answer that the caller must understand.
pub(crate) enum Hentet {
    /// A body, and the source's count of the whole collection where it gives one.
    Svar {
        /// The body, within the limit.
        kropp: Vec<u8>,
        /// `X-Total-Count`.
        antall: Option<u64>,
        /// The revision of the data, where the profile names a header for it: a digest of what it holds.
        revisjon: Option<u64>,
    },
    /// 404 or 410.
    Mangler,
    /// 400 or 422: the request was not understood.
    Forkastet {
        /// What the status and the body hint at.
        hint: String,
    },
}

/// What an answer is to.
pub(crate) struct Sporsmal<'a> {
    pub(crate) system: &'a System,
    /// The collection.
    pub(crate) samling: &'static str,
    /// The scope that the token was asked for with.
    pub(crate) scope: Option<&'a str>,
    /// The header with the data's revision.
    pub(crate) revisjonshode: Option<&'a str>,
    pub(crate) maks_bytes: u64,
    pub(crate) naa: Timestamp,
}

/// Sorts an answer.
pub(super) async fn les(svar: Response, om: &Sporsmal<'_>) -> Result<Hentet, SourceError> {
    let status = svar.status();
    if status == StatusCode::OK {
        let antall = svar.headers().get("x-total-count").and_then(|v| v.to_str().ok()?.trim().parse().ok());
        let revisjon = om.revisjonshode.and_then(|navn| svar.headers().get(navn)).map(|v| avtrykk(v.as_bytes()));
        let kropp = kropp(svar, om.system, om.samling, om.maks_bytes).await?;
        return Ok(Hentet::Svar { kropp, antall, revisjon });
    }
    let hoder = svar.headers().clone();
    let kropp = kropp(svar, om.system, om.samling, FEILKROPP).await.unwrap_or_default();
    feil(status, &hoder, &kropp, om)
}

/// What an answer with another status than 200 means. The status counts; what the body says is a hint.
pub(crate) fn feil(
    status: StatusCode,
    hoder: &HeaderMap,
    kropp: &[u8],
    om: &Sporsmal<'_>,
) -> Result<Hentet, SourceError> {
    let (system, samling, kode, sier) = (om.system, om.samling, status.as_u16(), Feilkropp::les(kropp));
    if let Some(wait) = vent(status, hoder, om.naa) {
        return Err(SourceError::Throttled { system: system.0.clone(), wait });
    }
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Ok(Hentet::Mangler),
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
            Ok(Hentet::Forkastet { hint: format!("status {kode}: {sier}") })
        }
        StatusCode::UNAUTHORIZED => Err(system.denied(
            "status 401 also with a new token; check client_id, client_secret_file, token_url and that base_url is the \
             same customer's",
        )),
        StatusCode::FORBIDDEN => {
            let scope = match om.scope {
                Some(scope) => format!("the scope asked for was {scope}"),
                None => "no scope was asked for".to_owned(),
            };
            Err(system.denied(format!(
                "status 403 for {samling} ({sier}); {scope}; check that the supplier has given client_id that scope and \
                 opened this customer's data for it"
            )))
        }
        _ if status.is_redirection() => Err(system.malformed(
            samling,
            format!("status {kode}: redirects are not followed; set base_url to the final address"),
        )),
        _ if status.is_server_error() => Err(system.unreachable(format!("status {kode} for {samling} ({sier})"))),
        _ => Err(system.malformed(samling, format!("unexpected status {kode} ({sier}); check base_url"))),
    }
}

/// A short digest: what a header holds is compared, never kept.
fn avtrykk(bytes: &[u8]) -> u64 {
    Sha256::digest(bytes).iter().take(8).fold(0, |tall, byte| tall << 8 | u64::from(*byte))
}

/// The body, read no further than the limit.
pub(super) async fn kropp(
    mut svar: Response,
    system: &System,
    field: &str,
    maks_bytes: u64,
) -> Result<Vec<u8>, SourceError> {
    let for_stor = || {
        let hint = format!("larger than {maks_bytes} bytes; lower sidestorrelse, or raise maks_bytes");
        system.malformed(field, hint)
    };
    if svar.content_length().is_some_and(|bytes| bytes > maks_bytes) {
        return Err(for_stor());
    }
    let mut kropp = Vec::new();
    while let Some(bit) = svar.chunk().await.map_err(|feil| system.unreachable(hva_hendte(&feil)))? {
        if (kropp.len() + bit.len()) as u64 > maks_bytes {
            return Err(for_stor());
        }
        kropp.extend_from_slice(&bit);
    }
    Ok(kropp)
}

/// How long the source asks us to wait, if it does: 429 always, a gateway's error only when it says how long.
pub(super) fn vent(status: StatusCode, headers: &HeaderMap, naa: Timestamp) -> Option<Duration> {
    let oppgitt = headers.get(RETRY_AFTER).and_then(|v| v.to_str().ok()).and_then(|tekst| {
        let tekst = tekst.trim();
        if let Ok(sekunder) = tekst.parse::<u64>() {
            return Some(Duration::from_secs(sekunder));
        }
        // The source's own clock, where it shows it: ours may differ.
        let dens_naa = headers.get(DATE).and_then(|v| v.to_str().ok()).and_then(http_dato).unwrap_or(naa);
        let vent = http_dato(tekst)?.duration_since(dens_naa);
        Some(Duration::try_from(vent).unwrap_or_default())
    });
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some(oppgitt.unwrap_or(UTEN_TALL).min(LENGST)),
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            oppgitt.map(|vent| vent.min(LENGST))
        }
        _ => None,
    }
}

fn http_dato(tekst: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(tekst).ok()
}

/// What went wrong on the wire, without the address.
pub(super) fn hva_hendte(feil: &reqwest::Error) -> &'static str {
    if feil.is_timeout() {
        "no answer in time"
    } else if feil.is_connect() {
        "cannot connect; check the host name, the network and the certificate"
    } else {
        "the connection broke in the middle of an answer"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(status: u16, headers: &[(&'static str, &'static str)]) -> Option<u64> {
        let mut map = HeaderMap::new();
        for (k, v) in headers {
            map.insert(*k, v.parse().unwrap());
        }
        let naa = "2026-11-02T08:00:00Z".parse().unwrap();
        vent(StatusCode::from_u16(status).unwrap(), &map, naa).map(|d| d.as_secs())
    }

    #[test]
    fn retry_after_in_seconds_and_as_a_date() {
        assert_eq!(wait(429, &[("retry-after", "31")]), Some(31));
        assert_eq!(wait(429, &[("retry-after", "Mon, 02 Nov 2026 08:02:00 GMT")]), Some(120));
        assert_eq!(wait(429, &[("retry-after", "Mon, 02 Nov 2026 07:00:00 GMT")]), Some(0));
        let skjev = [("retry-after", "Mon, 02 Nov 2026 09:00:10 GMT"), ("date", "Mon, 02 Nov 2026 09:00:00 GMT")];
        assert_eq!(wait(429, &skjev), Some(10));
        assert_eq!(wait(429, &[]), Some(60));
        assert_eq!(wait(429, &[("retry-after", "soon")]), Some(60));
        assert_eq!(wait(429, &[("retry-after", "99999999999")]), Some(86_400));
        assert_eq!(wait(503, &[("retry-after", "5")]), Some(5));
        assert_eq!(wait(503, &[]), None);
        assert_eq!(wait(504, &[("retry-after", "6")]), Some(6));
        assert_eq!(wait(200, &[("retry-after", "5")]), None);
    }
}
