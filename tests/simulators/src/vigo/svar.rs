//! Answers, as the receiver words them.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Innsending, tilgang::Nektet};
use crate::{klokke::iso, server::json_som};

pub(super) const JSON_LD: &str = "application/ld+json";
/// What the prefix `vigoskole` stands for.
pub(super) const ONTOLOGI: &str = "https://novari.no/ontology/vigoskole#";

/// Why a list was not taken.
#[derive(Debug)]
pub(super) enum Avslag {
    /// 400: cannot be read.
    Ulesbar(String),
    /// 400: read, judged, stored and refused.
    Avvist(&'static str, Box<Innsending>),
    /// 403: closed, unknown school, or sent before.
    Forbudt(&'static str),
}

impl Avslag {
    pub(super) fn svar(self, na: Timestamp) -> Response {
        let (status, kode, melding, innsending) = match self {
            Self::Ulesbar(melding) => (StatusCode::BAD_REQUEST, "BAD_REQUEST", melding, Value::Null),
            Self::Avvist(melding, innsending) => {
                (StatusCode::BAD_REQUEST, "VALIDATION_ERROR", melding.to_owned(), kvittering(&innsending))
            }
            Self::Forbudt(melding) => (StatusCode::FORBIDDEN, "FORBIDDEN", melding.to_owned(), Value::Null),
        };
        let kropp = json!({"errorCode": kode, "message": melding, "timestamp": iso(na), "submission": innsending});
        json_som(status, JSON_LD, &kropp)
    }
}

/// The submission as it is answered: everything but the numbers.
pub(super) fn kvittering(innsending: &Innsending) -> Value {
    let linjer: Vec<Value> = innsending
        .lines
        .iter()
        .map(|linje| {
            json!({
                "lineNumber": linje.line_number, "classCode": linje.class_code,
                "personalIdentityNumberStatus": linje.personal_identity_number_status,
                "name": linje.name, "messages": linje.messages,
            })
        })
        .collect();
    let skole = &innsending.school;
    json!({
        "@context": {"vigoskole": ONTOLOGI},
        "@type": "vigoskole:Submission",
        "submissionId": innsending.submission_id,
        "schoolYear": innsending.school_year,
        "status": innsending.status,
        "school": {
            "orgNumber": skole.org_nr, "name": skole.name, "municipalityNumber": skole.municipality_nr,
            "countyNumber": skole.county_nr, "schoolNumber": skole.number,
        },
        "supplier": innsending.supplier.as_ref().map(|orgnr| json!({"orgNumber": orgnr, "name": null})),
        "submittedBy": innsending.submitted_by,
        "receivedDate": iso(innsending.received_date),
        "validationResults": linjer,
    })
}

impl IntoResponse for Nektet {
    fn into_response(self) -> Response {
        match self {
            Self::UtenNokler => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            Self::Token(grunn) => {
                let hode = if grunn.is_empty() {
                    "Bearer".to_owned()
                } else {
                    format!("Bearer error=\"invalid_token\", error_description=\"{grunn}\"")
                };
                let mut svar = StatusCode::UNAUTHORIZED.into_response();
                if let Ok(hode) = HeaderValue::from_str(&hode) {
                    svar.headers_mut().insert(header::WWW_AUTHENTICATE, hode);
                }
                svar
            }
        }
    }
}
