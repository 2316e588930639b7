//! Acts upon a list, and upon one pupil of it.

use super::liste::id;
use super::{Handler, Liste, les, merket, sett};
use crate::kropp::Kropp;
use crate::problem::Avslag;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use elevliste::{Avklaring, Ettermelding, Handling};
use identitet::Skjermet;
use runtime::adgang::Utsnitt;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An act was done.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Gjort {
    liste: String,
    /// How much has happened to the list now; it is the `ETag`, too.
    sekvens: u64,
}

/// What is approved.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Godkjenning {
    /// Of exactly the list that was looked at.
    segl: String,
}

/// Why.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grunn {
    /// In words without personal data, 1 to 500 characters.
    grunn: String,
}

/// What became of an attempt whose outcome was not known.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Avklart {
    segl: String,
    /// Whether the receiver has the list. If not, it may be sent again.
    mottatt: bool,
    /// How it is known.
    grunn: String,
    /// The receiver's id of it.
    #[serde(default)]
    kvittering: Option<String>,
}

/// A fictitious number that the intake office has issued.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fiktivt {
    /// Null takes it back.
    #[schemars(with = "Option<String>")]
    nummer: Option<Skjermet<String>>,
    /// Where it is known from, such as the office's letter and its date.
    kilde: String,
}

/// A change that the intake office was told of.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ettermeldt {
    /// The change.
    id: Uuid,
    /// How it was reported.
    grunn: String,
}

/// What the office made of it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Behandlet {
    godtatt: bool,
    /// What it says.
    grunn: String,
}

const GRUNN: &str = "{\"grunn\": \"…\"}";

async fn utfor(liste: &Liste, hoder: &HeaderMap, handling: Handling) -> Result<Response, Avslag> {
    let Liste { ut, nokkel } = liste;
    let sekvens = ut.utfor(nokkel, sett(hoder)?, handling).await?;
    merket(&sekvens.to_string(), &Gjort { liste: nokkel.to_string(), sekvens })
}

fn grunn(json: &[u8]) -> Result<String, Avslag> {
    les(json, GRUNN).map(|Grunn { grunn }| grunn.trim().to_owned())
}

/// `POST …/godkjenn`.
pub(crate) async fn godkjenn(
    Handler(liste): Handler,
    hoder: HeaderMap,
    Kropp(json): Kropp,
) -> Result<Response, Avslag> {
    let Godkjenning { segl } = les(&json, "{\"segl\": \"…\"}")?;
    utfor(&liste, &hoder, Handling::Godkjent { segl }).await
}

/// `POST …/tilbakekall`.
pub(crate) async fn tilbakekall(
    Handler(liste): Handler,
    hoder: HeaderMap,
    Kropp(json): Kropp,
) -> Result<Response, Avslag> {
    utfor(&liste, &hoder, Handling::Tilbakekalt { grunn: grunn(&json)? }).await
}

/// `POST …/avklar`.
pub(crate) async fn avklar(Handler(liste): Handler, hoder: HeaderMap, Kropp(json): Kropp) -> Result<Response, Avslag> {
    let form = "{\"segl\": \"…\", \"mottatt\": true eller false, \"grunn\": \"…\", \"kvittering\": \"…\" eller null}";
    let Avklart { segl, mottatt, grunn, kvittering } = les(&json, form)?;
    let (hvordan, etag, bevis) = (Avklaring::Person, None, None);
    let grunn = grunn.trim().to_owned();
    utfor(&liste, &hoder, Handling::Avklart { segl, mottatt, hvordan, grunn, kvittering, etag, bevis }).await
}

/// `POST …/elever/{elev}/{hva}`: `hold`, `manuelt`, `frigi`, `fiktivt` or `ettermeld`.
pub(crate) async fn elev(
    Handler(liste): Handler,
    Path((_, elev, hva)): Path<(String, String, String)>,
    hoder: HeaderMap,
    Kropp(json): Kropp,
) -> Result<Response, Avslag> {
    let elev = id(&elev)?;
    let handling = match hva.as_str() {
        "hold" => Handling::HoldtTilbake { elev, grunn: grunn(&json)? },
        "manuelt" => Handling::RutetManuelt { elev, grunn: grunn(&json)? },
        "frigi" => Handling::Frigitt { elev },
        "fiktivt" => {
            let Fiktivt { nummer, kilde } = les(&json, "{\"nummer\": \"…\" eller null, \"kilde\": \"…\"}")?;
            Handling::FiktivtNummer { elev, nummer, kilde: kilde.trim().to_owned() }
        }
        "ettermeld" => {
            let Ettermeldt { id, grunn } = les(&json, "{\"id\": \"…\", \"grunn\": \"…\"}")?;
            let melding = melding(&liste.ut, &liste, elev).await?.filter(|melding| melding.id == id);
            let Ettermelding { id, slag, .. } = melding.ok_or_else(Avslag::endret)?;
            Handling::Ettermeldt { id, elev, slag, grunn: grunn.trim().to_owned() }
        }
        _ => return Err(Avslag::ukjent_sti()),
    };
    utfor(&liste, &hoder, handling).await
}

/// The change of a pupil as it stands.
async fn melding(ut: &Utsnitt, liste: &Liste, elev: Uuid) -> Result<Option<Ettermelding>, Avslag> {
    let sett = ut.utvalg(&liste.nokkel, move |linje, _| linje.elev == elev).await?;
    Ok(sett.bilde.ettermeldinger.into_iter().find(|melding| melding.elev == elev))
}

/// `POST …/ettermeldinger/{id}`: what the intake office made of it.
pub(crate) async fn behandle(
    Handler(liste): Handler,
    Path((_, melding)): Path<(String, String)>,
    hoder: HeaderMap,
    Kropp(json): Kropp,
) -> Result<Response, Avslag> {
    let id = id(&melding)?;
    let Behandlet { godtatt, grunn } = les(&json, "{\"godtatt\": true eller false, \"grunn\": \"…\"}")?;
    utfor(&liste, &hoder, Handling::EttermeldingBehandlet { id, godtatt, grunn: grunn.trim().to_owned() }).await
}
