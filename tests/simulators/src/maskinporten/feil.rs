//! Refusals with Maskinporten's codes, and faults.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::server::json_som;

/// A fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Feil {
    /// This status from the token endpoint.
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// The token endpoint answers late.
    Treg {
        /// How late.
        millisekunder: u64,
    },
    /// A web page with status 200 from the token endpoint.
    Html200,
    /// Every grant is refused, as when a key has expired.
    AvvisAlt,
    /// The connection closes without an answer.
    Brudd,
    /// The key set answers 503.
    JwksNede,
}

/// Why a grant was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Avslag {
    feil: &'static str,
    /// The code, where Digdir documents one.
    kode: Option<&'static str>,
    tekst: String,
}

impl Avslag {
    pub(super) fn ny(feil: &'static str, kode: impl Into<Option<&'static str>>, tekst: impl Into<String>) -> Self {
        Self { feil, kode: kode.into(), tekst: tekst.into() }
    }

    pub(super) fn grant(kode: impl Into<Option<&'static str>>, tekst: impl Into<String>) -> Self {
        Self::ny("invalid_grant", kode, tekst)
    }
}

impl IntoResponse for Avslag {
    fn into_response(self) -> Response {
        let tekst = match self.kode {
            Some(kode) => format!("{} ({kode})", self.tekst),
            None => self.tekst,
        };
        let kropp = json!({
            "error": self.feil,
            "error_description": tekst,
            "error_uri": "https://docs.digdir.no/docs/Maskinporten/maskinporten_feilmeldinger",
        });
        json_som(StatusCode::BAD_REQUEST, "application/json", &kropp)
    }
}
