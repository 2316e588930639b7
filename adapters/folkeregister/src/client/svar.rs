//! What an answer means: the status code first, the body only as a hint.

use super::{Klient, Ressurs};
use crate::adresse::DELER;
use crate::config::Profil;
use crate::wire::Feilkropp;
use flow::SourceError;
use reqwest::header::{ETAG, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use std::time::Duration;

/// How long to wait where the register says wait and not how long.
const UTEN_TALL: Duration = Duration::from_secs(60);
/// The shortest wait. The register counts in milliseconds; something in front of it may count in seconds, and then a
/// wait would be a thousand times too short.
const KORTEST: Duration = Duration::from_secs(1);
/// The longest wait that is believed.
const LENGST: Duration = Duration::from_secs(600);
/// How much of an error's body is looked at.
const FEILKROPP: u64 = 64 * 1024;

/// An answer that the caller must understand.
pub(crate) enum Svar {
    /// A body, within the limit.
    Kropp {
        /// The bytes.
        kropp: Vec<u8>,
        /// What to send to learn whether it has changed.
        etag: Option<HeaderValue>,
    },
    /// 304.
    Uendret,
    /// 404.
    Mangler,
    /// 400: the request was not understood.
    Forkastet(Feilkropp),
    /// 406: the type of answer or, in the feed, a sequence number that is too old.
    IkkeGodtatt(Feilkropp),
}

/// Sorts an answer.
pub(super) async fn les(svar: Response, klient: &Klient, ressurs: Ressurs) -> Result<Svar, SourceError> {
    let (system, status, hva) = (&klient.system, svar.status(), ressurs.as_str());
    if let Some(wait) = vent(status, svar.headers()) {
        return Err(SourceError::Throttled { system: system.0.clone(), wait });
    }
    match status {
        StatusCode::OK => {
            let etag = svar.headers().get(ETAG).cloned();
            let kropp = kropp(svar, klient, hva, klient.maks_bytes).await?;
            Ok(Svar::Kropp { kropp, etag })
        }
        StatusCode::NOT_MODIFIED => Ok(Svar::Uendret),
        StatusCode::NOT_FOUND => Ok(Svar::Mangler),
        StatusCode::BAD_REQUEST => Ok(Svar::Forkastet(feilkropp(svar, klient, hva).await)),
        StatusCode::NOT_ACCEPTABLE => Ok(Svar::IkkeGodtatt(feilkropp(svar, klient, hva).await)),
        StatusCode::UNAUTHORIZED => {
            let feil = feilkropp(svar, klient, hva).await;
            let raad = match klient.profil {
                Profil::Skatteetaten => "check the environment, and that the maskinporten client asks for no resource",
                Profil::Fiks => "check integrasjon_id, integrasjon_passord_file, and that the scope is ks:fiks",
            };
            Err(system.denied(format!("status 401 for {hva} also with a new token{feil}; {raad}")))
        }
        StatusCode::FORBIDDEN => {
            let feil = feilkropp(svar, klient, hva).await;
            let raad = match (&feil, klient.profil) {
                (feil, _) if feil.html() => {
                    "a firewall stands in front; ask the register's support to let this machine's address in".to_owned()
                }
                (_, Profil::Skatteetaten) => {
                    "check that the maskinporten client's scope is the package's, and that the package is granted"
                        .into()
                }
                (_, Profil::Fiks) => {
                    format!(
                        "check that the role has the feed and the parts {}, and the integration the role",
                        DELER.join(", ")
                    )
                }
            };
            Err(system.denied(format!("status 403 for {hva}{feil}; {raad}")))
        }
        _ if status.is_redirection() => {
            let hint =
                format!("status {}: redirects are not followed; set base_url to the final address", status.as_u16());
            Err(system.malformed(hva, hint))
        }
        _ if status.is_server_error() => {
            let feil = feilkropp(svar, klient, hva).await;
            Err(system.unreachable(format!("status {} for {hva}{feil}", status.as_u16())))
        }
        _ => Err(system.malformed(hva, format!("unexpected status {}; check base_url", status.as_u16()))),
    }
}

async fn feilkropp(svar: Response, klient: &Klient, hva: &str) -> Feilkropp {
    Feilkropp::les(&kropp(svar, klient, hva, FEILKROPP).await.unwrap_or_default())
}

/// The body, read no further than the limit.
async fn kropp(mut svar: Response, klient: &Klient, field: &str, maks_bytes: u64) -> Result<Vec<u8>, SourceError> {
    let for_stor = || klient.system.malformed(field, format!("larger than {maks_bytes} bytes; raise maks_bytes"));
    if svar.content_length().is_some_and(|bytes| bytes > maks_bytes) {
        return Err(for_stor());
    }
    let mut kropp = Vec::new();
    while let Some(bit) = svar.chunk().await.map_err(|feil| klient.system.unreachable(hva_hendte(&feil)))? {
        if (kropp.len() + bit.len()) as u64 > maks_bytes {
            return Err(for_stor());
        }
        kropp.extend_from_slice(&bit);
    }
    Ok(kropp)
}

/// How long we are asked to wait, if we are: 429 always, a gateway's error only when it says how long. The number is in
/// milliseconds, unlike what HTTP says; a date is not documented and is not read.
fn vent(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let tekst = headers.get(RETRY_AFTER).and_then(|verdi| verdi.to_str().ok()).map(str::trim);
    let millisekunder = tekst.filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()));
    // Digits that do not fit are a very long wait.
    let oppgitt = millisekunder.map(|t| t.parse().map_or(LENGST, Duration::from_millis).clamp(KORTEST, LENGST));
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some(oppgitt.unwrap_or(UTEN_TALL)),
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE => oppgitt,
        _ => None,
    }
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

    fn wait(status: u16, retry_after: Option<&'static str>) -> Option<u128> {
        let headers = retry_after.map(|verdi| (RETRY_AFTER, HeaderValue::from_static(verdi))).into_iter().collect();
        vent(StatusCode::from_u16(status).unwrap(), &headers).map(|d| d.as_millis())
    }

    #[test]
    fn retry_after_is_in_milliseconds() {
        assert_eq!(wait(429, Some("2500")), Some(2_500));
        assert_eq!(wait(429, Some(" 30000 ")), Some(30_000));
        assert_eq!(wait(429, Some("30")), Some(1_000), "never shorter than a second");
        assert_eq!(wait(429, Some("86400000")), Some(600_000), "never longer than ten minutes");
        assert_eq!(wait(429, Some("99999999999999999999999")), Some(600_000));
        for unreadable in ["2.5", "-1", "soon", "", "Mon, 02 Nov 2026 08:02:00 GMT"] {
            assert_eq!(wait(429, Some(unreadable)), Some(60_000), "{unreadable}");
        }
        assert_eq!(wait(429, None), Some(60_000));
        assert_eq!((wait(503, Some("5000")), wait(503, None), wait(500, Some("5000"))), (Some(5_000), None, None));
        assert_eq!(wait(200, Some("5000")), None);
    }
}
