//! Errors as RFC 9457 problems. `detail` says what to do; nothing here holds a value about a person.

use crate::config::Rett;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use runtime::Stopp;
use serde::Serialize;

/// A refusal, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Avslag {
    status: StatusCode,
    kode: &'static str,
    tittel: &'static str,
    detalj: String,
    felt: Vec<Feltfeil>,
}

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Feltfeil {
    pub(crate) felt: String,
    pub(crate) hva: String,
}

#[derive(Serialize)]
struct Kropp<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    felt: &'a [Feltfeil],
}

impl Avslag {
    pub(crate) fn ny(status: StatusCode, kode: &'static str, tittel: &'static str, detalj: impl Into<String>) -> Self {
        Self { status, kode, tittel, detalj: detalj.into(), felt: Vec::new() }
    }

    pub(crate) fn ikke_innlogget() -> Self {
        let detalj = "send hodet Authorization: Bearer med tokenet du har fått";
        Self::ny(StatusCode::UNAUTHORIZED, "ikke-innlogget", "Du er ikke logget inn", detalj)
    }

    pub(crate) fn ikke_rett(rett: Rett) -> Self {
        let hva = match rett {
            Rett::Lese => "lese",
            Rett::Levere => "levere",
            Rett::Avgjore => "avgjore",
        };
        let detalj = format!("tokenet gir ikke retten «{hva}»; be den som har satt opp Mellomlag om den");
        Self::ny(StatusCode::FORBIDDEN, "ikke-rett", "Du har ikke rett til dette", detalj)
    }

    /// The source is not there, or not for this user: the answer is the same.
    pub(crate) fn ukjent_kilde() -> Self {
        let detalj = "kilden finnes ikke, eller tokenet gjelder ikke for den; GET /api/v1/kilder viser dem du når";
        Self::ny(StatusCode::NOT_FOUND, "ukjent-kilde", "Kilden finnes ikke", detalj)
    }

    pub(crate) fn felt(felt: Vec<Feltfeil>) -> Self {
        let detalj = "rett feltene som er nevnt, og send en gang til; ingenting er lagret";
        Self { felt, ..Self::ny(StatusCode::UNPROCESSABLE_ENTITY, "feil-i-felt", "Noe må rettes", detalj) }
    }
}

/// What stopped core. The text names no person: that holds for every [`Stopp`].
impl From<Stopp> for Avslag {
    fn from(stopp: Stopp) -> Self {
        if stopp.avlost() {
            let detalj = "noen leverte til samme kilde samtidig; se hva som står der nå, og send en gang til";
            return Self::ny(StatusCode::CONFLICT, "samtidig", "Noen andre var først", detalj);
        }
        tracing::warn!(kode = stopp.kode(), error = %stopp, "the api could not do what was asked");
        let detalj = format!("prøv igjen om litt; ingenting er lagret (kode {})", stopp.kode());
        Self::ny(StatusCode::SERVICE_UNAVAILABLE, "utilgjengelig", "Mellomlag får det ikke til nå", detalj)
    }
}

impl IntoResponse for Avslag {
    fn into_response(self) -> Response {
        let kropp = Kropp {
            r#type: format!("urn:mellomlag:problem:{}", self.kode),
            title: self.tittel,
            status: self.status.as_u16(),
            detail: &self.detalj,
            felt: &self.felt,
        };
        let kropp = serde_json::to_vec(&kropp).expect("texts and numbers always have a json form");
        (self.status, [(header::CONTENT_TYPE, "application/problem+json")], kropp).into_response()
    }
}
