//! Answers: JSON whole or spoiled, and the shapes of errors.

use axum::{
    body::{Body, Bytes},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, stream};
use serde_json::json;

use super::{Feil, Feilform};
use crate::server::{html, json_som};

const JSON: &str = "application/json";

/// The text for a place that has been deleted.
pub(super) const FOR_GAMMELT: &str =
    "Det er oppgitt ulovlig sekvensnummer. Hendelsen som sekvensnummeret peker på er mer enn 36 måneder gammelt.";

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Avslag(pub(super) u16, pub(super) &'static str);

impl IntoResponse for Avslag {
    fn into_response(self) -> Response {
        feil(self.0, Feilform::Portal, self.1)
    }
}

/// An error in one of its shapes.
pub(super) fn feil(status: u16, form: Feilform, tekst: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let tall = status.as_u16();
    let kropp = match form {
        Feilform::Html => return html(status),
        Feilform::Portal => json!({"kode": format!("FREG-{tall}"), "melding": tekst}),
        Feilform::Kort => json!({"code": format!("DELING-{tall}"), "message": tekst,
            "feilreferanse": "a1b2c3", "httpStatus": tall}),
        Feilform::Lang => json!({"feilkode": format!("MAG-{tall}"), "feilmelding": tekst, "httpStatus": tall,
            "alvorlighetsgrad": "FEIL", "tilleggsinformasjon": {}}),
    };
    json_som(status, JSON, &kropp)
}

/// The body, whole or spoiled.
pub(super) fn kropp(tekst: String, feil: &[Feil]) -> Response {
    let halv = || Bytes::copy_from_slice(&tekst.as_bytes()[..tekst.len() / 2]);
    if feil.contains(&Feil::HalvtSvar) {
        // The pause makes the server send what it has before it meets the error.
        let brudd = async {
            tokio::task::yield_now().await;
            Err(std::io::Error::new(std::io::ErrorKind::ConnectionAborted, "cut by the simulator"))
        };
        let deler = stream::iter([Ok::<Bytes, _>(halv())]).chain(stream::once(brudd));
        let hoder = [(header::CONTENT_TYPE, JSON.to_owned()), (header::CONTENT_LENGTH, tekst.len().to_string())];
        return (hoder, Body::from_stream(deler)).into_response();
    }
    if feil.contains(&Feil::UgyldigJson) {
        return ([(header::CONTENT_TYPE, JSON)], halv()).into_response();
    }
    ([(header::CONTENT_TYPE, JSON)], tekst).into_response()
}
