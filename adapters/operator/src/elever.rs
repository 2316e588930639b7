//! Pupils keyed in for a school without a school system. They become the same events as from any other source.

use crate::config::Rett;
use crate::pakker::{kilde, les};
use crate::problem::{Avslag, Feltfeil};
use crate::rute::{Delt, Tjeneste, Valgt};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use flow::{Lesevalg, Source};
use hendelse::Kildeobjekt;
use kodeverk::Skolear;
use runtime::{Levering, les_kilde, lever};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// A field at fault, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feltproblem {
    /// The field, as JSON spells it.
    pub felt: String,
    /// What is wrong and what to do. Never the value.
    pub hva: String,
}

/// A pupil on the way in.
pub struct Innlagt {
    /// What follows, as a source of changes.
    pub source: Arc<dyn Source>,
    /// What is odd and does not stand in the way, as JSON for the one who keyed it in.
    pub merknader: serde_json::Value,
}

/// Knows how a school's pupils are written, and what objects they are.
pub trait Elevbok: Send + Sync {
    /// The pupils among what KILDE holds, as JSON. Personal.
    fn vis(&self, holdt: &[Kildeobjekt]) -> Vec<serde_json::Value>;

    /// The pupil `id`, as keyed in.
    fn lagre(&self, id: Uuid, skolear: Skolear, json: &[u8]) -> Result<Innlagt, Vec<Feltproblem>>;

    /// Takes the pupil `id` away. None when there is none.
    fn fjern(&self, id: Uuid, holdt: &[Kildeobjekt]) -> Option<Arc<dyn Source>>;
}

/// What became of a pupil.
#[derive(Serialize)]
pub(crate) struct Svar {
    id: Uuid,
    /// `lagret` or `holdt`.
    utfall: &'static str,
    merknader: serde_json::Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    hold: Option<serde_json::Value>,
}

/// `GET …/elever`.
pub(crate) async fn alle(valgt: Valgt, State(operator): State<Delt>) -> Result<Json<Vec<serde_json::Value>>, Avslag> {
    let valgt = valgt.med_rett(Rett::Levere)?;
    let bok = bok(&valgt.tjeneste)?;
    let holdt = les_kilde(&operator.om, &valgt.tenant, &valgt.navn).await?;
    runtime::vist(&operator.om, &valgt.tenant, &valgt.navn, &valgt.hvem.navn).await?;
    Ok(Json(bok.vis(&holdt)))
}

/// `POST …/elever`: a new pupil, with an id of ours.
pub(crate) async fn ny(valgt: Valgt, operator: State<Delt>, kropp: Bytes) -> Result<(StatusCode, Json<Svar>), Avslag> {
    lagre(valgt, operator, Uuid::new_v4(), &kropp, StatusCode::CREATED).await
}

/// `PUT …/elever/{elev}`: the pupil as it is now.
pub(crate) async fn endre(
    valgt: Valgt,
    operator: State<Delt>,
    Path((_, _, elev)): Path<(String, String, String)>,
    kropp: Bytes,
) -> Result<(StatusCode, Json<Svar>), Avslag> {
    lagre(valgt, operator, id(&elev)?, &kropp, StatusCode::OK).await
}

/// `DELETE …/elever/{elev}`.
pub(crate) async fn fjern(
    valgt: Valgt,
    State(operator): State<Delt>,
    Path((_, _, elev)): Path<(String, String, String)>,
) -> Result<(StatusCode, Json<Svar>), Avslag> {
    let valgt = valgt.med_rett(Rett::Levere)?;
    let (bok, id) = (bok(&valgt.tjeneste)?, id(&elev)?);
    let holdt = les_kilde(&operator.om, &valgt.tenant, &valgt.navn).await?;
    let source = bok.fjern(id, &holdt).ok_or_else(ukjent_elev)?;
    legg_inn(&valgt, &operator, id, Innlagt { source, merknader: serde_json::json!([]) }, StatusCode::OK).await
}

async fn lagre(
    valgt: Valgt,
    State(operator): State<Delt>,
    id: Uuid,
    kropp: &[u8],
    ok: StatusCode,
) -> Result<(StatusCode, Json<Svar>), Avslag> {
    let valgt = valgt.med_rett(Rett::Levere)?;
    let felt = |p: Feltproblem| Feltfeil { felt: p.felt, hva: p.hva };
    let innlagt = bok(&valgt.tjeneste)?
        .lagre(id, skolear(&operator)?, kropp)
        .map_err(|problemer| Avslag::felt(problemer.into_iter().map(felt).collect()))?;
    legg_inn(&valgt, &operator, id, innlagt, ok).await
}

async fn legg_inn(
    valgt: &Valgt,
    operator: &crate::Operator,
    id: Uuid,
    innlagt: Innlagt,
    ok: StatusCode,
) -> Result<(StatusCode, Json<Svar>), Avslag> {
    // One pupil at a time is never a mass change, however small the school is.
    let valg = Lesevalg::hver(Duration::from_secs(24 * 3600));
    let utfall = lever(&operator.om, kilde(operator, valgt, innlagt.source, valg), Levering::Endringer).await?;
    tracing::info!(tenant = %valgt.tenant, kilde = %valgt.navn, av = %valgt.hvem.navn, "pupil keyed in");
    let (status, _, hold) = les(utfall);
    let (status, utfall) = if hold.is_none() { (ok, "lagret") } else { (status, "holdt") };
    Ok((status, Json(Svar { id, utfall, merknader: innlagt.merknader, hold })))
}

fn bok(tjeneste: &Tjeneste) -> Result<&Arc<dyn Elevbok>, Avslag> {
    let Tjeneste::Tastet(bok) = tjeneste else {
        let detalj = "elevene i denne kilden rettes i skolesystemet; GET /api/v1/kilder sier hvilke som tastes inn";
        return Err(Avslag::ny(StatusCode::CONFLICT, "feil-slag", "Elevene tastes ikke inn her", detalj));
    };
    Ok(bok)
}

/// The school year of today, Norwegian time.
fn skolear(operator: &crate::Operator) -> Result<Skolear, Avslag> {
    let oslo = jiff::tz::TimeZone::get("Europe/Oslo").expect("the time zone database is part of the program");
    let dag = operator.om.clock.now().to_zoned(oslo).date();
    Skolear::try_from(dag).map_err(|_| {
        Avslag::ny(StatusCode::SERVICE_UNAVAILABLE, "klokken", "Klokken er feil", "still klokken på maskinen riktig")
    })
}

fn id(tekst: &str) -> Result<Uuid, Avslag> {
    Uuid::try_parse(tekst).map_err(|_| ukjent_elev())
}

fn ukjent_elev() -> Avslag {
    let detalj = "ingen elev her har denne id-en; GET …/elever viser dem som er tastet inn";
    Avslag::ny(StatusCode::NOT_FOUND, "ukjent-elev", "Eleven finnes ikke", detalj)
}
