//! One list seen: where it stands, its pupils, what is known of one of them, receipts, versions, changes.

use super::{Elever, Liste, merket};
use crate::problem::Avslag;
use crate::sporring::Sporring;
use axum::Json;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use elevliste::{Elevlinje, Endringsslag, Ettermelding, Skolestatus};
use identitet::Skjermet;
use jiff::Timestamp;
use runtime::adgang::{Overlevert, Sett, Siden};
use runtime::utsikt::Sammendrag;
use runtime::visning::Plassering;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a list stands, for whoever is about to act on it. The `ETag` is what an act must name.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Stand {
    /// `46.46503.2026-2027.1`
    liste: String,
    #[schemars(with = "String")]
    status: Skolestatus,
    /// Names exactly this content: what is approved.
    segl: String,
    /// How much has happened to the list.
    sekvens: u64,
    /// Whether exactly this is approved.
    godkjent: bool,
    /// Whether the round lets you approve it. Whether it can be approved now is in `status`.
    kan_godkjenne: bool,
    /// Pupils with something that must be put right.
    ma_rettes: u32,
    /// Changes after acceptance that the intake office has not taken.
    ettermeldinger: u32,
    /// The first moment at which it is too late.
    stenger: Option<Timestamp>,
}

/// The pupils of a list. Personal.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Elevliste {
    liste: String,
    segl: String,
    sekvens: u64,
    elever: Vec<Elev>,
}

/// A pupil of a list.
#[derive(Serialize, JsonSchema)]
struct Elev {
    id: Uuid,
    #[schemars(with = "String")]
    fornavn: Skjermet<String>,
    #[schemars(with = "Option<String>")]
    mellomnavn: Option<Skjermet<String>>,
    #[schemars(with = "String")]
    etternavn: Skjermet<String>,
    klasse: Option<String>,
    /// The day of birth, and stars. The whole number is asked for by itself.
    #[schemars(with = "Option<String>")]
    identitetsnummer: Option<Skjermet<String>>,
    /// `sendt`, `klar`, `avvik`, `holdt` or `manuelt`.
    plassering: &'static str,
    /// Why the pupil is held back or routed by hand.
    grunn: Option<String>,
    /// The rules that have something to say.
    regler: Vec<String>,
}

/// A pupil's whole number. Personal.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Nummer {
    #[schemars(with = "Option<String>")]
    identitetsnummer: Option<Skjermet<String>>,
}

/// When a list came to stand as it did.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Versjon {
    tid: Timestamp,
    /// Pupils; null where there was no list any more.
    elever: Option<usize>,
}

/// What has changed.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Endringer {
    /// When the version came to stand that it is compared with; null where there was none.
    fra: Option<Timestamp>,
    elever: Vec<Endring>,
}

/// One pupil's part in it.
#[derive(Serialize, JsonSchema)]
struct Endring {
    id: Uuid,
    #[schemars(with = "String")]
    slag: Endringsslag,
}

/// A pupil who was handed to the intake office. Personal.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Overleverte {
    id: Uuid,
    #[schemars(with = "Option<String>")]
    fornavn: Option<Skjermet<String>>,
    #[schemars(with = "Option<String>")]
    etternavn: Option<Skjermet<String>>,
    klasse: Option<String>,
    /// Why the pupil was routed by hand.
    rutet: Option<String>,
    /// A change that the office must be told, was told, or has dealt with.
    #[schemars(with = "Option<serde_json::Value>")]
    ettermelding: Option<Ettermelding>,
    /// Where a fictitious number is known from.
    fiktivt: Option<String>,
}

/// What a change is compared with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sammenlignet {
    siden: Option<Timestamp>,
}

pub(crate) fn merke(liste: &Sammendrag) -> String {
    format!("{}-{}", liste.sekvens, liste.liste_sekvens)
}

/// `GET /api/v1/lister/{liste}/stand`.
pub(crate) async fn stand(Liste { ut, nokkel }: Liste) -> Result<Response, Avslag> {
    let liste = ut.sammendrag(&nokkel).ok_or_else(Avslag::ukjent_liste)?;
    let stand = Stand {
        liste: nokkel.to_string(),
        status: liste.status,
        segl: liste.segl.clone(),
        sekvens: liste.sekvens,
        godkjent: liste.godkjent,
        kan_godkjenne: ut.kan_godkjenne(&liste),
        ma_rettes: liste.ma_rettes,
        ettermeldinger: liste.ettermeldinger,
        stenger: liste.stenger,
    };
    merket(&merke(&liste), &stand)
}

/// `GET /api/v1/lister/{liste}/elever`.
pub(crate) async fn elever(Elever(Liste { ut, nokkel }): Elever) -> Result<Response, Avslag> {
    vist(&ut.liste(&nokkel).await?)
}

/// `GET /api/v1/lister/{liste}/mottatt`: as the receiver has accepted it.
pub(crate) async fn mottatt(Elever(Liste { ut, nokkel }): Elever) -> Result<Response, Avslag> {
    vist(&ut.mottatt(&nokkel).await?)
}

fn vist(sett: &Sett) -> Result<Response, Avslag> {
    let liste = &sett.sammendrag;
    let elever = sett.linjer().map(|(linje, plassert)| elev(linje, &plassert.plassering, &plassert.avvik)).collect();
    let ut = Elevliste { liste: liste.nokkel.to_string(), segl: liste.segl.clone(), sekvens: liste.sekvens, elever };
    merket(&merke(liste), &ut)
}

fn elev(linje: &Elevlinje, plassering: &Plassering, avvik: &[elevliste::Avvik]) -> Elev {
    let (plassering, grunn) = match plassering {
        Plassering::Sendt => ("sendt", None),
        Plassering::Klar => ("klar", None),
        Plassering::Avvik => ("avvik", None),
        Plassering::Holdt { grunn } => ("holdt", Some(grunn.clone())),
        Plassering::Manuelt { grunn } => ("manuelt", Some(grunn.clone())),
    };
    Elev {
        id: linje.elev,
        fornavn: linje.fornavn.clone(),
        mellomnavn: linje.mellomnavn.clone(),
        etternavn: linje.etternavn.clone(),
        klasse: linje.klasse.clone(),
        identitetsnummer: linje.identitetsnummer.clone(),
        plassering,
        grunn,
        regler: avvik.iter().map(|avvik| avvik.regel.clone()).collect(),
    }
}

/// `GET /api/v1/lister/{liste}/elever/{elev}/nummer`.
pub(crate) async fn nummer(
    Elever(Liste { ut, nokkel }): Elever,
    Path((_, elev)): Path<(String, String)>,
) -> Result<Json<Nummer>, Avslag> {
    Ok(Json(Nummer { identitetsnummer: ut.nummer(&nokkel, id(&elev)?).await? }))
}

/// `GET /api/v1/lister/{liste}/elever/{elev}/forklaring`. With values for those who may see names, else without.
pub(crate) async fn forklaring(
    Elever(Liste { ut, nokkel }): Elever,
    Path((_, elev)): Path<(String, String)>,
) -> Result<Response, Avslag> {
    Ok(Json(ut.forklar(&nokkel, id(&elev)?).await?).into_response())
}

/// `GET /api/v1/lister/{liste}/kvittering`.
pub(crate) async fn kvittering(Liste { ut, nokkel }: Liste) -> Result<Response, Avslag> {
    Ok(fil(ut.listekvittering(&nokkel)?))
}

/// `GET /api/v1/lister/{liste}/elever/{elev}/kvittering`.
pub(crate) async fn elevkvittering(
    Elever(Liste { ut, nokkel }): Elever,
    Path((_, elev)): Path<(String, String)>,
) -> Result<Response, Avslag> {
    Ok(fil(ut.elevkvittering(&nokkel, id(&elev)?).await?))
}

/// A signed receipt, byte by byte.
fn fil(kvittering: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], kvittering).into_response()
}

/// `GET /api/v1/lister/{liste}/versjoner`.
pub(crate) async fn versjoner(Liste { ut, nokkel }: Liste) -> Result<Json<Vec<Versjon>>, Avslag> {
    let versjoner = ut.versjoner(&nokkel).await?;
    Ok(Json(versjoner.into_iter().map(|v| Versjon { tid: v.tid, elever: v.antall }).collect()))
}

/// `GET /api/v1/lister/{liste}/endringer`: since the version before, or since a moment.
pub(crate) async fn endringer(
    Elever(Liste { ut, nokkel }): Elever,
    Sporring(mot): Sporring<Sammenlignet>,
) -> Result<Json<Endringer>, Avslag> {
    let endret = ut.endret(&nokkel, mot.siden.map_or(Siden::Forrige, Siden::Ved)).await?;
    let elever = endret.elever.into_iter().map(|e| Endring { id: e.elev, slag: e.slag }).collect();
    Ok(Json(Endringer { fra: endret.fra, elever }))
}

/// `GET /api/v1/lister/{liste}/ettermeldinger`: those who were handed to the intake office one by one.
pub(crate) async fn ettermeldinger(Elever(Liste { ut, nokkel }): Elever) -> Result<Response, Avslag> {
    let alle = ut.overlevert(&nokkel).await?;
    let liste = ut.sammendrag(&nokkel).ok_or_else(Avslag::ukjent_liste)?;
    merket(&merke(&liste), &alle.into_iter().map(overlevert).collect::<Vec<_>>())
}

fn overlevert(elev: Overlevert) -> Overleverte {
    let linje = elev.linje;
    Overleverte {
        id: elev.elev,
        fornavn: linje.as_ref().map(|linje| linje.fornavn.clone()),
        etternavn: linje.as_ref().map(|linje| linje.etternavn.clone()),
        klasse: linje.and_then(|linje| linje.klasse),
        rutet: elev.rutet,
        ettermelding: elev.ettermelding,
        fiktivt: elev.fiktivt.map(|fiktivt| fiktivt.kilde),
    }
}

pub(super) fn id(tekst: &str) -> Result<Uuid, Avslag> {
    Uuid::try_parse(tekst).map_err(|_| Avslag::finnes_ikke())
}
