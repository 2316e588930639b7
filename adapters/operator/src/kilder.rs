//! How the sources are doing, and mass changes that wait for a decision.

use crate::kropp::Kropp;
use crate::problem::Avslag;
use crate::rute::{Operator, Tjeneste};
use crate::tilgang::Innlogget;
use crate::valgt::{Avgjorer, Delt, Henter, Holdseer, Valgt};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hendelse::{Kildenavn, Tenant};
use runtime::adgang::{Gjoremal, Tillatelse};
use runtime::{Avgjorelse, Hold, Kildestatus};
use serde::{Deserialize, Serialize};

/// A source and how it is doing.
#[derive(Serialize)]
pub(crate) struct Kildebilde {
    tenant: String,
    kilde: String,
    /// `lest`, `pakker` or `tastet`.
    slag: &'static str,
    /// None while nothing has been read yet.
    status: Option<Kildestatus>,
    /// Whether a mass change waits for a decision; only for those who may see it.
    holdt: bool,
}

/// `GET /api/v1/kilder`.
pub(crate) async fn alle(hvem: Innlogget, State(operator): State<Delt>) -> Result<Json<Vec<Kildebilde>>, Avslag> {
    let mut ut = Vec::new();
    for ((tenant, navn), tjeneste) in operator.kilder.iter().filter(|((t, k), slag)| hvem.ser_kilde(t, k, slag)) {
        ut.push(bilde(&operator, &hvem, (tenant, navn), tjeneste).await?);
    }
    Ok(Json(ut))
}

/// `GET …/{tenant}/{kilde}`.
pub(crate) async fn en(valgt: Valgt, State(operator): State<Delt>) -> Result<Json<Kildebilde>, Avslag> {
    bilde(&operator, &valgt.hvem, (&valgt.tenant, &valgt.navn), &valgt.tjeneste).await.map(Json)
}

async fn bilde(
    operator: &Operator,
    hvem: &Innlogget,
    (tenant, navn): (&Tenant, &Kildenavn),
    tjeneste: &Tjeneste,
) -> Result<Kildebilde, Avslag> {
    let ser_hold = hvem.lov(Gjoremal::SeHold) == Tillatelse::Ja;
    let hold = runtime::holdt(&operator.om, tenant, navn).await?.filter(|_| ser_hold);
    let mut status = runtime::kildestatus(&operator.om, tenant, navn).await?;
    if let Some(status) = status.as_mut().filter(|_| !ser_hold) {
        (status.hold, status.sist) = (None, None);
    }
    Ok(Kildebilde {
        tenant: tenant.to_string(),
        kilde: navn.to_string(),
        slag: match tjeneste {
            Tjeneste::Lest => "lest",
            Tjeneste::Pakker { .. } => "pakker",
            Tjeneste::Tastet(_) => "tastet",
        },
        status,
        holdt: hold.is_some_and(|h| h.avgjorelse.is_none()),
    })
}

/// `POST …/hent`: reads the source now instead of when its interval is over.
pub(crate) async fn hent(valgt: Henter, State(operator): State<Delt>) -> Result<StatusCode, Avslag> {
    if (operator.vekk)(&valgt.tenant, &valgt.navn) {
        Ok(StatusCode::ACCEPTED)
    } else if matches!(valgt.tjeneste, Tjeneste::Lest) {
        Err(Avslag::leses_annet_sted())
    } else {
        Err(Avslag::leses_ikke())
    }
}

/// `GET …/hold`: the report on a mass change. 204 when there is none.
pub(crate) async fn hold(
    valgt: Holdseer,
    State(operator): State<Delt>,
) -> Result<Result<Json<Hold>, StatusCode>, Avslag> {
    let hold = runtime::holdt(&operator.om, &valgt.tenant, &valgt.navn).await?;
    Ok(hold.map(Json).ok_or(StatusCode::NO_CONTENT))
}

/// What a person decides about a mass change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Valg {
    /// The report's `digest`: the decision is for exactly what was seen.
    digest: String,
    godkjent: bool,
    hvorfor: String,
}

/// `POST …/hold/avgjorelse`.
pub(crate) async fn avgjor(
    valgt: Avgjorer,
    State(operator): State<Delt>,
    Kropp(json): Kropp,
) -> Result<StatusCode, Avslag> {
    let form = "send {\"digest\": \"…\", \"godkjent\": true eller false, \"hvorfor\": \"…\"}";
    let valg: Valg = serde_json::from_slice(&json).map_err(|_| Avslag::ett_felt("kropp", form))?;
    let avgjorelse = Avgjorelse {
        godkjent: valg.godkjent,
        hvem: valgt.hvem.navn.clone(),
        hvorfor: valg.hvorfor,
        nar: operator.om.clock.now(),
    };
    runtime::avgjor(&operator.om, &valgt.tenant, &valgt.navn, &valg.digest, avgjorelse).await?;
    (operator.vekk)(&valgt.tenant, &valgt.navn);
    Ok(StatusCode::NO_CONTENT)
}
