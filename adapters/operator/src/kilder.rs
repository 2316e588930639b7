//! How the sources are doing, and mass changes that wait for a decision.

use crate::config::Rett;
use crate::problem::{Avslag, Feltfeil};
use crate::rute::{Delt, Tjeneste, Valgt};
use crate::tilgang::Innlogget;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use runtime::{Avgjorelse, Avgjorfeil, Hold, Kildestatus};
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
    /// Whether a mass change waits for a decision.
    holdt: bool,
}

/// `GET /api/v1/kilder`.
pub(crate) async fn alle(hvem: Innlogget, State(operator): State<Delt>) -> Result<Json<Vec<Kildebilde>>, Avslag> {
    let mut ut = Vec::new();
    for ((tenant, navn), tjeneste) in operator.kilder.iter().filter(|((t, k), _)| hvem.ser(t, k)) {
        ut.push(bilde(&operator, tenant, navn, tjeneste).await?);
    }
    Ok(Json(ut))
}

/// `GET …/{tenant}/{kilde}`.
pub(crate) async fn en(valgt: Valgt, State(operator): State<Delt>) -> Result<Json<Kildebilde>, Avslag> {
    bilde(&operator, &valgt.tenant, &valgt.navn, &valgt.tjeneste).await.map(Json)
}

async fn bilde(
    operator: &crate::Operator,
    tenant: &hendelse::Tenant,
    navn: &hendelse::Kildenavn,
    tjeneste: &Tjeneste,
) -> Result<Kildebilde, Avslag> {
    let hold = runtime::holdt(&operator.om, tenant, navn).await?;
    Ok(Kildebilde {
        tenant: tenant.to_string(),
        kilde: navn.to_string(),
        slag: match tjeneste {
            Tjeneste::Lest => "lest",
            Tjeneste::Pakker { .. } => "pakker",
            Tjeneste::Tastet(_) => "tastet",
        },
        status: runtime::kildestatus(&operator.om, tenant, navn).await?,
        holdt: hold.is_some_and(|h| h.avgjorelse.is_none()),
    })
}

/// `POST …/hent`: reads the source now instead of when its interval is over.
pub(crate) async fn hent(valgt: Valgt, State(operator): State<Delt>) -> Result<StatusCode, Avslag> {
    let valgt = valgt.med_rett(Rett::Levere)?;
    if (operator.vekk)(&valgt.tenant, &valgt.navn) {
        return Ok(StatusCode::ACCEPTED);
    }
    let detalj = "kilden leses ikke av denne prosessen; den leses når intervallet er over";
    Err(Avslag::ny(StatusCode::CONFLICT, "leses-annet-sted", "Kilden leses et annet sted", detalj))
}

/// `GET …/hold`: the report on a mass change. 204 when there is none.
pub(crate) async fn hold(valgt: Valgt, State(operator): State<Delt>) -> Result<Result<Json<Hold>, StatusCode>, Avslag> {
    let hold = runtime::holdt(&operator.om, &valgt.tenant, &valgt.navn).await?;
    Ok(hold.map(Json).ok_or(StatusCode::NO_CONTENT))
}

/// What a person decides about a mass change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Valg {
    /// The report's `digest`: the decision is for exactly what was seen.
    digest: String,
    godkjent: bool,
    hvorfor: String,
}

/// `POST …/hold/avgjorelse`.
pub(crate) async fn avgjor(
    valgt: Valgt,
    State(operator): State<Delt>,
    valg: Result<Json<Valg>, JsonRejection>,
) -> Result<StatusCode, Avslag> {
    let valgt = valgt.med_rett(Rett::Avgjore)?;
    let Json(valg) =
        valg.map_err(|_| galt("kropp", "send {\"digest\": …, \"godkjent\": true eller false, \"hvorfor\": …}"))?;
    if valg.hvorfor.trim().is_empty() {
        return Err(galt("hvorfor", "skriv hvorfor, med noen få ord uten personopplysninger"));
    }
    let avgjorelse = Avgjorelse {
        godkjent: valg.godkjent,
        hvem: valgt.hvem.navn.clone(),
        hvorfor: valg.hvorfor,
        nar: operator.om.clock.now(),
    };
    match runtime::avgjor(&operator.om, &valgt.tenant, &valgt.navn, &valg.digest, avgjorelse).await {
        Ok(()) => {
            (operator.vekk)(&valgt.tenant, &valgt.navn);
            Ok(StatusCode::NO_CONTENT)
        }
        Err(Avgjorfeil::Stopp(stopp)) => Err(stopp.into()),
        Err(feil) => {
            Err(Avslag::ny(StatusCode::CONFLICT, "kan-ikke-avgjores", "Det kan ikke avgjøres slik", feil.to_string()))
        }
    }
}

fn galt(felt: &str, hva: &str) -> Avslag {
    Avslag::felt(vec![Feltfeil { felt: felt.to_owned(), hva: hva.to_owned() }])
}
