//! What an answer means: the status code first, the body only as a hint.

use crate::error::System;
use flow::SourceError;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};
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
    },
    /// 404.
    Mangler,
    /// 400 or 422: the request was not understood.
    Forkastet {
        /// What the body hints at.
        hint: &'static str,
    },
}

/// Sorts an answer.
pub(super) async fn les(
    svar: Response,
    system: &System,
    samling: &'static str,
    maks_bytes: u64,
    naa: Timestamp,
) -> Result<Hentet, SourceError> {
    let status = svar.status();
    if let Some(wait) = vent(status, svar.headers(), naa) {
        return Err(SourceError::Throttled { system: system.0.clone(), wait });
    }
    match status {
        StatusCode::OK => {
            let antall = svar.headers().get("x-total-count").and_then(|v| v.to_str().ok()?.trim().parse().ok());
            let kropp = kropp(svar, system, samling, maks_bytes).await?;
            Ok(Hentet::Svar { kropp, antall })
        }
        StatusCode::NOT_FOUND => Ok(Hentet::Mangler),
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
            let kropp = kropp(svar, system, samling, FEILKROPP).await.unwrap_or_default();
            Ok(Hentet::Forkastet { hint: kjent_kode(&kropp) })
        }
        StatusCode::UNAUTHORIZED => Err(system.denied(
            "status 401 also with a new token; check client_id, client_secret_file, token_url and that base_url is the \
             same customer's",
        )),
        StatusCode::FORBIDDEN => Err(system.denied(format!(
            "status 403 for {samling}; check scope, and that the supplier has opened this customer's data for client_id"
        ))),
        _ if status.is_redirection() => Err(system.malformed(
            samling,
            format!("status {}: redirects are not followed; set base_url to the final address", status.as_u16()),
        )),
        _ if status.is_server_error() => Err(system.unreachable(format!("status {} for {samling}", status.as_u16()))),
        _ => Err(system.malformed(samling, format!("unexpected status {}; check base_url", status.as_u16()))),
    }
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
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE => oppgitt.map(|vent| vent.min(LENGST)),
        _ => None,
    }
}

fn http_dato(tekst: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(tekst).ok()
}

/// The standard's own codes; anything else in an error's body is left unsaid, since it may quote the request.
fn kjent_kode(kropp: &[u8]) -> &'static str {
    const KODER: [&str; 4] = ["invalid_filter_field", "invalid_selection_field", "invalid_sort_field", "invaliddata"];
    let kropp = String::from_utf8_lossy(kropp);
    KODER.into_iter().find(|kode| kropp.contains(kode)).unwrap_or("no code that we know")
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
        assert_eq!(wait(200, &[("retry-after", "5")]), None);
    }
}
