//! Refusals in the shape of OneRoster 1.2's `imsx_StatusInfo`.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::server::json_som;

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
    /// 429
    ForMange { vent_sekunder: u32 },
    /// 500 and up
    Serverfeil(StatusCode),
}

impl IntoResponse for Avslag {
    fn into_response(self) -> Response {
        let (status, kode, tekst) = match &self {
            Self::UgyldigSporring(tekst) => (StatusCode::BAD_REQUEST, "invaliddata", tekst.clone()),
            Self::UkjentFilterfelt(tekst) => (StatusCode::BAD_REQUEST, "invalid_filter_field", tekst.clone()),
            Self::UkjentUtvalgsfelt(tekst) => (StatusCode::BAD_REQUEST, "invalid_selection_field", tekst.clone()),
            Self::Uautorisert(tekst) => (StatusCode::UNAUTHORIZED, "unauthorisedrequest", (*tekst).to_owned()),
            Self::Forbudt(tekst) => (StatusCode::FORBIDDEN, "forbidden", (*tekst).to_owned()),
            Self::Ukjent(tekst) => (StatusCode::NOT_FOUND, "unknownobject", (*tekst).to_owned()),
            Self::ForMange { .. } => (StatusCode::TOO_MANY_REQUESTS, "server_busy", "too many requests".to_owned()),
            Self::Serverfeil(status) => (*status, "internal_server_error", "internal error".to_owned()),
        };
        let kropp = json!({
            "imsx_codeMajor": "failure",
            "imsx_severity": "error",
            "imsx_description": tekst,
            "imsx_CodeMinor": {"imsx_codeMinorField": [
                {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": kode}
            ]},
        });
        let mut svar = json_som(status, "application/json", &kropp);
        if status == StatusCode::UNAUTHORIZED {
            svar.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Self::ForMange { vent_sekunder } = self {
            svar.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(vent_sekunder));
        }
        svar
    }
}
