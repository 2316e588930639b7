//! Refusals, in the shape of OneRoster 1.2's `imsx_StatusInfo` or in one of those that are met instead of it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::Feilform;
use crate::server::{html, json_som};

/// Why a request was refused. The text never carries values from the request's filter.
#[derive(Debug)]
pub(super) enum Avslag {
    /// 400: a query that cannot be read.
    UgyldigSporring(String),
    /// 400: a field that cannot be filtered or sorted on.
    UkjentFilterfelt(String),
    /// 400: a field that cannot be selected.
    UkjentUtvalgsfelt(String),
    /// 401
    Uautorisert(&'static str),
    /// 403
    Forbudt(&'static str),
    /// 404
    Ukjent(&'static str),
    /// 429, with what `Retry-After` says.
    ForMange { vent: String },
    /// 500 and up
    Serverfeil(StatusCode),
}

impl Avslag {
    /// The refusal as an answer.
    pub(super) fn svar(&self, form: Feilform) -> Response {
        let (status, kode, tekst) = match self {
            Self::UgyldigSporring(tekst) => (StatusCode::BAD_REQUEST, "invaliddata", tekst.as_str()),
            Self::UkjentFilterfelt(tekst) => (StatusCode::BAD_REQUEST, "invalid_filter_field", tekst.as_str()),
            Self::UkjentUtvalgsfelt(tekst) => (StatusCode::BAD_REQUEST, "invalid_selection_field", tekst.as_str()),
            Self::Uautorisert(tekst) => (StatusCode::UNAUTHORIZED, "unauthorisedrequest", *tekst),
            Self::Forbudt(tekst) => (StatusCode::FORBIDDEN, "forbidden", *tekst),
            Self::Ukjent(tekst) => (StatusCode::NOT_FOUND, "unknownobject", *tekst),
            Self::ForMange { .. } => (StatusCode::TOO_MANY_REQUESTS, "server_busy", "too many requests"),
            Self::Serverfeil(status) => (*status, "internal_server_error", "internal error"),
        };
        let som_json = |kropp: &Value| json_som(status, "application/json", kropp);
        let mut svar = match form {
            Feilform::Flat => som_json(&statusinfo(kode, tekst)),
            Feilform::Pakket => som_json(&json!({"imsx_StatusInfo": statusinfo(kode, tekst)})),
            Feilform::CodeMinor => som_json(&json!({
                "imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": tekst, "imsx_codeMinor": kode,
            })),
            Feilform::StatusInfoSet => som_json(&json!({"statusInfoSet": [{
                "imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": tekst,
                "imsx_operationRefIdentifier": "0", "imsx_codeMinor": kode,
            }]})),
            Feilform::Enkel => som_json(&json!({"error": tekst})),
            Feilform::Tekst => (status, tekst.to_owned()).into_response(),
            Feilform::Html => html(status),
        };
        if status == StatusCode::UNAUTHORIZED {
            svar.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Self::ForMange { vent } = self
            && let Ok(vent) = HeaderValue::from_str(vent)
        {
            svar.headers_mut().insert(header::RETRY_AFTER, vent);
        }
        svar
    }
}

fn statusinfo(kode: &str, tekst: &str) -> Value {
    json!({
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": tekst,
        "imsx_CodeMinor": {"imsx_codeMinorField": [
            {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": kode}
        ]},
    })
}
