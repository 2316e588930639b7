//! Packages handed in: read from the upload to events, never stored.

use crate::config::Rett;
use crate::problem::{Avslag, Feltfeil};
use crate::rute::{Delt, Tjeneste, Valgt};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use flow::{Lesevalg, Source};
use runtime::{Kilde, Levering, Utfall, lever as lever_til_kjernen};
use serde::Serialize;
use std::sync::Arc;

/// A package that has been opened.
pub trait Innlevert: Send + Sync {
    /// What is in it, as a source.
    fn source(&self) -> Arc<dyn Source>;

    /// How it is to be taken in, in order: as everything there is, as what has changed, or the one for some of its files
    /// and then the other.
    fn slag(&self) -> &[Levering];

    /// What a person should know and put right.
    fn rapport(&self) -> serde_json::Value;
}

/// A package that cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pakkeavslag {
    /// The file and column at fault, where there is one.
    pub felt: String,
    /// What is wrong and what to do, in words for the person who made it.
    pub hva: String,
}

/// Opens packages.
pub trait Pakkeleser: Send + Sync {
    /// Opens one. Nothing of it is kept when this fails.
    fn apne(&self, bytes: Bytes) -> Result<Box<dyn Innlevert>, Pakkeavslag>;
}

/// What became of a package.
#[derive(Serialize)]
pub(crate) struct Svar {
    /// `lagret`, `holdt`, or `kontrollert` where nothing was to be stored.
    utfall: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resultat: Vec<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hold: Option<serde_json::Value>,
    rapport: serde_json::Value,
}

/// `PUT …/oneroster-csv`: 200 when it is stored, 202 when it waits for a decision.
pub(crate) async fn lever(
    valgt: Valgt,
    State(operator): State<Delt>,
    kropp: Bytes,
) -> Result<(StatusCode, Json<Svar>), Avslag> {
    let valgt = valgt.med_rett(Rett::Levere)?;
    let (pakke, valg) = apne(valgt.tjeneste.clone(), kropp).await?;
    let mut svar = Svar { utfall: "lagret", resultat: Vec::new(), hold: None, rapport: pakke.rapport() };
    let mut status = StatusCode::OK;
    for slag in pakke.slag() {
        let kilde = kilde(&operator, &valgt, pakke.source(), valg.clone());
        let (naa, resultat, hold) = les(lever_til_kjernen(&operator.om, kilde, *slag).await?);
        svar.resultat.push(resultat);
        if hold.is_some() {
            (status, svar.utfall, svar.hold) = (naa, "holdt", hold);
            break; // what has changed builds on what is there: it waits with it
        }
    }
    tracing::info!(tenant = %valgt.tenant, kilde = %valgt.navn, av = %valgt.hvem.navn, utfall = svar.utfall, "package handed in");
    Ok((status, Json(svar)))
}

/// `POST …/oneroster-csv/kontroll`: goes through a package and stores nothing.
pub(crate) async fn kontroller(valgt: Valgt, kropp: Bytes) -> Result<Json<Svar>, Avslag> {
    let valgt = valgt.med_rett(Rett::Levere)?;
    let (pakke, _) = apne(valgt.tjeneste, kropp).await?;
    Ok(Json(Svar { utfall: "kontrollert", resultat: Vec::new(), hold: None, rapport: pakke.rapport() }))
}

/// Opening goes through the whole package, which takes its time.
async fn apne(tjeneste: Tjeneste, kropp: Bytes) -> Result<(Box<dyn Innlevert>, Lesevalg), Avslag> {
    let Tjeneste::Pakker { leser, valg } = tjeneste else {
        let detalj = "denne kilden tar ikke imot filer; GET /api/v1/kilder sier hvilke som gjør det";
        return Err(Avslag::ny(StatusCode::CONFLICT, "feil-slag", "Kilden tar ikke imot filer", detalj));
    };
    match tokio::task::spawn_blocking(move || leser.apne(kropp)).await {
        Ok(Ok(pakke)) => Ok((pakke, valg)),
        Ok(Err(Pakkeavslag { felt, hva })) => Err(Avslag::felt(vec![Feltfeil { felt, hva }])),
        Err(_) => {
            let detalj = "pakken kunne ikke åpnes; det er en feil i Mellomlag, meld fra til den som drifter det";
            Err(Avslag::ny(StatusCode::INTERNAL_SERVER_ERROR, "uventet", "Noe gikk galt", detalj))
        }
    }
}

pub(crate) fn kilde(operator: &crate::Operator, valgt: &Valgt, source: Arc<dyn Source>, valg: Lesevalg) -> Kilde {
    Kilde {
        tenant: valgt.tenant.clone(),
        nokkel: operator.nokler[&valgt.tenant].clone(),
        navn: valgt.navn.clone(),
        source,
        valg,
    }
}

/// What came of a delivery: the status to answer with, the counts, and what is held.
pub(crate) fn les(utfall: Utfall) -> (StatusCode, serde_json::Value, Option<serde_json::Value>) {
    let json = |v: Result<_, serde_json::Error>| v.expect("counts and texts always have a json form");
    let resultat = json(serde_json::to_value(utfall.resultat));
    match utfall.holdt {
        Some(hold) => (StatusCode::ACCEPTED, resultat, Some(json(serde_json::to_value(hold)))),
        None => (StatusCode::OK, resultat, None),
    }
}
