//! How webhooks are doing, and setting one going again.

use super::lop::Webhook;
use crate::config::Rett;
use crate::problem::Avslag;
use crate::tilgang::Innlogget;
use crate::valgt::Delt;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::Timestamp;
use runtime::{Abonnement, Abonnementsstand};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// A webhook.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Webhookbilde {
    navn: String,
    tenant: String,
    /// Scheme, host and port of its address; what stands after may be secret.
    mottaker: String,
    /// The kinds of events that it is sent; null for all.
    hendelser: Option<BTreeSet<String>>,
    /// `ny`: nothing has been sent. `ok`. `feiler`: it is tried again. `pauset`: a person must see to it.
    tilstand: &'static str,
    /// How many events it has taken.
    levert: u64,
    sist_levert: Option<Timestamp>,
    /// Tries in a row that have failed.
    forsok: u32,
    /// When the first of them failed.
    feilet_siden: Option<Timestamp>,
    /// When it is tried again.
    neste: Option<Timestamp>,
    /// What went wrong the last time: `status-500`, `omdirigert`, `tidsavbrudd`, `ingen-forbindelse` or `brutt`.
    feil: Option<String>,
}

impl Webhookbilde {
    fn av(webhook: &Webhook, stand: Option<Abonnementsstand>) -> Self {
        let ny = stand.is_none();
        let stand = stand.unwrap_or_default();
        Self {
            navn: webhook.navn.clone(),
            tenant: webhook.tenant.clone(),
            mottaker: webhook.url.origin().ascii_serialization(),
            hendelser: webhook.hendelser.clone(),
            tilstand: match stand {
                _ if ny => "ny",
                Abonnementsstand { pauset: true, .. } => "pauset",
                Abonnementsstand { forsok: 0, .. } => "ok",
                _ => "feiler",
            },
            levert: stand.levert,
            sist_levert: stand.sist_levert,
            forsok: stand.forsok,
            feilet_siden: stand.feilet_siden,
            neste: stand.neste.filter(|_| !stand.pauset),
            feil: stand.feil,
        }
    }
}

/// `GET /api/v1/webhooks`.
pub(crate) async fn alle(hvem: Innlogget, State(operator): State<Delt>) -> Result<Json<Vec<Webhookbilde>>, Avslag> {
    let mut ut = Vec::new();
    for webhook in operator.webhooks.alle().filter(|w| hvem.driver(&w.tenant)) {
        let stand = Abonnement::stand(&operator.om, &webhook.navn).await?;
        ut.push(Webhookbilde::av(webhook, stand));
    }
    Ok(Json(ut))
}

/// `POST /api/v1/webhooks/{navn}/gjenoppta`: a person has seen to it.
pub(crate) async fn gjenoppta(
    hvem: Innlogget,
    State(operator): State<Delt>,
    Path(navn): Path<String>,
) -> Result<StatusCode, Avslag> {
    let mut mine = operator.webhooks.alle().filter(|w| hvem.driver(&w.tenant));
    let webhook = mine.find(|w| w.navn == navn).ok_or_else(Avslag::ukjent_webhook)?;
    hvem.krev(Rett::Avgjore)?;
    // One that has not sent anything yet is going already, and so is one that somebody else sets going.
    Abonnement::gjenoppta(&operator.om, &webhook.navn).await?;
    tracing::info!(webhook = webhook.navn, av = %hvem.navn, "the webhook is set going again");
    Ok(StatusCode::ACCEPTED)
}
