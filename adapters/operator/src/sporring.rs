//! What stands after the question mark, and answers that are sent only when they are new.

use crate::problem::Avslag;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// Most items of one side.
pub(crate) const MAKS: usize = 500;
/// Items of one side, when nobody has said how many.
pub(crate) const VANLIG: usize = 100;

/// The query. One that cannot be read is a problem like any other.
pub(crate) struct Sporring<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Sporring<T> {
    type Rejection = Avslag;

    async fn from_request_parts(deler: &mut Parts, delt: &S) -> Result<Self, Avslag> {
        let lest: Result<Query<T>, _> = Query::from_request_parts(deler, delt).await;
        lest.map(|Query(verdi)| Self(verdi)).map_err(|_| {
            Avslag::ett_felt("sporring", "noe etter spørsmålstegnet er ukjent eller kan ikke leses; se openapi.json")
        })
    }
}

/// How many items were asked for, within what is given.
pub(crate) fn antall(maks: Option<usize>) -> Result<usize, Avslag> {
    match maks.unwrap_or(VANLIG) {
        n @ 1..=MAKS => Ok(n),
        _ => Err(Avslag::ett_felt("maks", format!("be om 1 til {MAKS} om gangen"))),
    }
}

/// JSON with a tag of what it says: 304 to whoever has it already.
pub(crate) fn merket<T: Serialize>(hoder: &HeaderMap, verdi: &T) -> Result<Response, Avslag> {
    let kropp = serde_json::to_vec(verdi).map_err(|_| Avslag::uventet())?;
    let merke = merke(&kropp);
    if hoder.get_all(header::IF_NONE_MATCH).iter().any(|verdi| har(verdi.to_str().unwrap_or_default(), &merke)) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, merke)]).into_response());
    }
    let hoder = [(header::ETAG, merke), (header::CONTENT_TYPE, "application/json".to_owned())];
    Ok((hoder, kropp).into_response())
}

/// The tag of a body.
pub(crate) fn merke(kropp: &[u8]) -> String {
    let sum: String = Sha256::digest(kropp)[..16].iter().map(|b| format!("{b:02x}")).collect();
    format!("\"{sum}\"")
}

/// Whether a list of tags names this one. The comparison is weak, as it is for reading (RFC 9110, section 13.1.2).
fn har(merker: &str, merke: &str) -> bool {
    merker.split(',').map(str::trim).any(|m| m == "*" || m.strip_prefix("W/").unwrap_or(m) == merke)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_among_others_and_whatever_its_strength() {
        let merke = "\"abc\"";
        for (merker, funnet) in
            [("\"abc\"", true), ("\"x\", W/\"abc\"", true), ("*", true), ("\"ab\"", false), ("", false)]
        {
            assert_eq!(har(merker, merke), funnet, "{merker}");
        }
    }
}
