//! Small answers that more than one simulator gives.

use std::time::Duration;

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;

/// A JSON answer with the media type given.
pub fn json_som(status: StatusCode, mediatype: &'static str, kropp: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, mediatype)], kropp.to_string()).into_response()
}

/// The page a proxy or a login wall puts in the way.
pub fn html(status: StatusCode) -> Response {
    let kropp = "<!DOCTYPE html><html lang=\"nb\"><head><title>Vedlikehold</title></head>\
                 <body><h1>Tjenesten er midlertidig utilgjengelig</h1></body></html>";
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], kropp).into_response()
}

/// The media type of a request body in lower case, without parameters.
pub fn mediatype(hoder: &HeaderMap) -> Option<String> {
    let verdi = hoder.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(verdi.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

/// Whether the client takes `type/undertype` as the answer: no `Accept`, or one that covers it.
pub fn godtar(hoder: &HeaderMap, onsket: &str) -> bool {
    let Some(verdi) = hoder.get(header::ACCEPT) else { return true };
    let Ok(verdi) = verdi.to_str() else { return false };
    let familie = format!("{}/*", onsket.split('/').next().unwrap_or_default());
    verdi
        .split(',')
        .map(|del| del.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
        .any(|del| del == onsket || del == "*/*" || del == familie)
}

/// Waits the number of milliseconds that a slow fault asks for.
pub async fn venter(millisekunder: u64) {
    tokio::time::sleep(Duration::from_millis(millisekunder)).await;
}
