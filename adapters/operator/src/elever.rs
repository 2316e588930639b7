//! Pupils keyed in for a school without a school system. They become the same events as from any other source.

use crate::kropp::Kropp;
use crate::problem::{Avslag, Feltfeil};
use crate::rute::{Operator, Tjeneste};
use crate::tilgang::Loggnavn;
use crate::valgt::{Delt, Elevseer, Leverer, Mottak};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use flow::{Cursor, Lesevalg, Progress, Source, Vannmerker};
use hendelse::Kildeobjekt;
use identitet::Skjermet;
use kodeverk::Skolear;
use runtime::{Hold, Levering, Stopp, les_kilde, lever};
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// A pupil on the way in.
pub struct Innlagt {
    /// What follows, as a source of changes.
    pub source: Arc<dyn Source>,
    /// What is odd and does not stand in the way, as JSON for the one who keyed it in.
    pub merknader: Vec<serde_json::Value>,
}

/// Knows how a school's pupils are written, and what objects they are.
pub trait Elevbok: Send + Sync {
    /// The school's organisation number, and VIGO's number where it has been said.
    fn skole(&self) -> (&str, Option<&str>);

    /// The pupils among what KILDE holds, as JSON. Personal.
    fn vis(&self, holdt: &[Kildeobjekt]) -> Vec<serde_json::Value>;

    /// Whether there is a pupil `id`.
    fn finnes(&self, id: Uuid, holdt: &[Kildeobjekt]) -> bool;

    /// The pupil `id`, as keyed in.
    fn lagre(&self, id: Uuid, skolear: Skolear, json: &[u8]) -> Result<Innlagt, Vec<Feltfeil>>;

    /// Takes the pupil `id` away. None when there is none.
    fn fjern(&self, id: Uuid, holdt: &[Kildeobjekt]) -> Option<Arc<dyn Source>>;
}

/// What became of a pupil.
#[derive(Serialize)]
pub(crate) struct Svar {
    id: Uuid,
    /// `lagret`, `fjernet` or `holdt`.
    pub(crate) utfall: &'static str,
    pub(crate) merknader: Vec<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hold: Option<Hold>,
}

/// `GET …/elever`. Nobody who is protected is among them.
pub(crate) async fn alle(
    valgt: Elevseer,
    State(operator): State<Delt>,
) -> Result<Json<Vec<serde_json::Value>>, Avslag> {
    let elever = tastede(&operator, &valgt, &skjulte(&operator, &valgt).await?).await?;
    runtime::vist(&operator.om, &valgt.tenant, &valgt.navn, &valgt.hvem.navn).await?;
    Ok(Json(elever))
}

/// `POST …/elever`: a new pupil, with an id of ours.
pub(crate) async fn ny(
    valgt: Leverer,
    State(operator): State<Delt>,
    Kropp(json): Kropp,
) -> Result<(StatusCode, Json<Svar>), Avslag> {
    let svar = lagre(&operator, &valgt, &valgt.hvem.loggnavn(), Uuid::new_v4(), &json).await?;
    Ok((StatusCode::CREATED, Json(svar)))
}

/// `PUT …/elever/{elev}`: the pupil as it is now.
pub(crate) async fn endre(
    valgt: Leverer,
    State(operator): State<Delt>,
    Path((_, _, elev)): Path<(String, String, String)>,
    Kropp(json): Kropp,
) -> Result<Json<Svar>, Avslag> {
    let (bok, id) = (bok(&valgt)?, id(&elev)?);
    if !bok.finnes(id, &holdt(&operator, &valgt).await?) || er_skjult(&operator, &valgt, id).await? {
        return Err(Avslag::ukjent_elev());
    }
    lagre(&operator, &valgt, &valgt.hvem.loggnavn(), id, &json).await.map(Json)
}

/// `DELETE …/elever/{elev}`.
pub(crate) async fn fjern(
    valgt: Leverer,
    State(operator): State<Delt>,
    Path((_, _, elev)): Path<(String, String, String)>,
) -> Result<Json<Svar>, Avslag> {
    bok(&valgt)?;
    let id = id(&elev)?;
    if er_skjult(&operator, &valgt, id).await? {
        return Err(Avslag::ukjent_elev());
    }
    ta_bort(&operator, &valgt, &valgt.hvem.loggnavn(), id).await.map(Json)
}

/// The pupils that are keyed in but for those who are protected, as JSON. Personal: the caller says in the audit log who is
/// shown them.
pub(crate) async fn tastede(
    operator: &Operator,
    mottak: &Mottak,
    skjulte: &BTreeSet<Skjermet<String>>,
) -> Result<Vec<serde_json::Value>, Avslag> {
    let mut alle = bok(mottak)?.vis(&holdt(operator, mottak).await?);
    alle.retain(|elev| !elev["id"].as_str().is_some_and(|id| skjulte.contains(&id.into())));
    Ok(alle)
}

/// What those are called here who are protected.
async fn skjulte(operator: &Operator, mottak: &Mottak) -> Result<BTreeSet<Skjermet<String>>, Avslag> {
    let (organisasjonsnummer, _) = bok(mottak)?.skole();
    Ok(runtime::skjermede_hos(&operator.om, &mottak.tenant, &mottak.navn, organisasjonsnummer).await?)
}

async fn er_skjult(operator: &Operator, mottak: &Mottak, id: Uuid) -> Result<bool, Avslag> {
    Ok(skjulte(operator, mottak).await?.contains(&id.to_string().into()))
}

/// Keeps the pupil `id` as it is written, by `hvem`.
pub(crate) async fn lagre(
    operator: &Operator,
    mottak: &Mottak,
    hvem: &Loggnavn,
    id: Uuid,
    json: &[u8],
) -> Result<Svar, Avslag> {
    let innlagt = bok(mottak)?.lagre(id, skolear(operator)?, json).map_err(Avslag::felt)?;
    legg_inn(operator, mottak, hvem, (id, innlagt), "lagret").await
}

/// Keeps a new pupil, whose id came with a form. Sent twice it is one pupil; where another has the id, nothing is done.
pub(crate) async fn lagre_ny(
    operator: &Operator,
    mottak: &Mottak,
    hvem: &Loggnavn,
    id: Uuid,
    json: &[u8],
) -> Result<Svar, Avslag> {
    let bok = bok(mottak)?;
    let innlagt = bok.lagre(id, skolear(operator)?, json).map_err(Avslag::felt)?;
    let holdt = holdt(operator, mottak).await?;
    if bok.finnes(id, &holdt) && !star(&*innlagt.source, &holdt).await? {
        return Err(Avslag::annen_elev());
    }
    legg_inn(operator, mottak, hvem, (id, innlagt), "lagret").await
}

/// Whether everything that a source of changes says stands already.
async fn star(source: &dyn Source, holdt: &[Kildeobjekt]) -> Result<bool, Stopp> {
    let mut etter = Cursor::default();
    loop {
        let Some(side) = source.changes(&Vannmerker::new(), &etter).await? else { return Ok(false) };
        if !side.observed.iter().all(|sett| holdt.contains(&sett.objekt)) {
            return Ok(false);
        }
        if let Progress::Complete(_) = side.progress {
            return Ok(true);
        }
        etter = side.next;
    }
}

/// Takes the pupil `id` away, by `hvem`.
pub(crate) async fn ta_bort(operator: &Operator, mottak: &Mottak, hvem: &Loggnavn, id: Uuid) -> Result<Svar, Avslag> {
    let source = bok(mottak)?.fjern(id, &holdt(operator, mottak).await?).ok_or_else(Avslag::ukjent_elev)?;
    let innlagt = Innlagt { source, merknader: Vec::new() };
    legg_inn(operator, mottak, hvem, (id, innlagt), "fjernet").await
}

async fn legg_inn(
    operator: &Operator,
    mottak: &Mottak,
    hvem: &Loggnavn,
    (id, innlagt): (Uuid, Innlagt),
    utfall: &'static str,
) -> Result<Svar, Avslag> {
    // One pupil at a time is never a mass change, however small the school is.
    let valg = Lesevalg::hver(Duration::from_secs(24 * 3600));
    mottak.noter(&operator.om, hvem, if utfall == "fjernet" { utfall } else { "elev" }, Some(id)).await?;
    let hold = lever(&operator.om, mottak.levering(innlagt.source, valg), Levering::Endringer).await?.holdt;
    let utfall = if hold.is_none() { utfall } else { "holdt" };
    tracing::info!(tenant = %mottak.tenant, kilde = %mottak.navn, av = hvem.id(), utfall, "pupil keyed in");
    Ok(Svar { id, utfall, merknader: innlagt.merknader, hold })
}

async fn holdt(operator: &Operator, mottak: &Mottak) -> Result<Vec<Kildeobjekt>, Avslag> {
    Ok(les_kilde(&operator.om, &mottak.tenant, &mottak.navn).await?)
}

fn bok(mottak: &Mottak) -> Result<&Arc<dyn Elevbok>, Avslag> {
    match &mottak.tjeneste {
        Tjeneste::Tastet(bok) => Ok(bok),
        Tjeneste::Lest | Tjeneste::Pakker { .. } => Err(Avslag::tastes_ikke()),
    }
}

/// The school year of today, Norwegian time: the one that pupils are keyed in for.
pub(crate) fn skolear(operator: &Operator) -> Result<Skolear, Avslag> {
    let oslo = jiff::tz::TimeZone::get("Europe/Oslo").expect("the time zone database is part of the program");
    let dag = operator.om.clock.now().to_zoned(oslo).date();
    Skolear::try_from(dag).map_err(|_| Avslag::klokken())
}

fn id(tekst: &str) -> Result<Uuid, Avslag> {
    Uuid::try_parse(tekst).map_err(|_| Avslag::ukjent_elev())
}
