//! What a round says: the county's instruction, whom to ask, when schools are reminded, which schools are in and who
//! approves; and its letters as they will go out.

use super::runde::{nokkel, svar};
use super::{Utsyn, les, sett};
use crate::config::Rett;
use crate::inntak::{self, brev};
use crate::kropp::Kropp;
use crate::problem::Avslag;
use crate::rute::{Brevslag, Brevtil};
use crate::sporring::Sporring;
use crate::sprak::Sprak;
use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use elevliste::{Godkjenning, Kontakt};
use runtime::Runderedigering;
use runtime::adgang::Gjoremal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a round is to say. What is left out is taken away.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rundeinnhold {
    /// What the county asks of the schools.
    #[serde(default)]
    instruks: Option<String>,
    /// Whom to ask: `navn`, and `epost` or `telefon`. An office, not a person.
    #[serde(default)]
    #[schemars(with = "Option<serde_json::Value>")]
    kontakt: Option<Kontakt>,
    /// Days before the last day on which schools are reminded.
    #[serde(default)]
    paminnelser: Vec<u32>,
    /// VIGO's numbers of the schools that are in; none: all that have a list.
    #[serde(default)]
    skoler: Vec<String>,
    /// `skole`, `kommune` or `automatisk`.
    #[schemars(with = "String")]
    godkjenning: Godkjenning,
    /// For `automatisk`: how many hours a list must have been still.
    #[serde(default)]
    stille_timer: u32,
    /// Why.
    grunn: String,
}

/// The letters of a round.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Rundebrev {
    /// Whether e-mail is sent from here. Without it there are no letters.
    sender_epost: bool,
    brev: Vec<Brev>,
}

/// A letter.
#[derive(Serialize, JsonSchema)]
struct Brev {
    /// `instruks`, `paminnelse` or `ikke-levert`.
    slag: &'static str,
    /// Of a reminder: how many days before the last day.
    dager: Option<u32>,
    /// `skole`, `kommune` or `fylke`.
    til: &'static str,
    emne: String,
    tekst: String,
}

/// In which language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sprakvalg {
    sprak: Option<String>,
}

const FORM: &str = "{\"instruks\": \"…\", \"kontakt\": {\"navn\": \"…\"}, \"paminnelser\": [7, 1], \"skoler\": [], \
                    \"godkjenning\": \"skole\", \"grunn\": \"…\"}";

/// `PUT /api/v1/runder/{runde}`.
pub(crate) async fn rediger(
    utsyn: Utsyn,
    Path(runde): Path<String>,
    hoder: HeaderMap,
    Kropp(json): Kropp,
) -> Result<Response, Avslag> {
    let nokkel = nokkel(&runde)?;
    utsyn.ut.runde(nokkel).ok_or_else(Avslag::finnes_ikke)?;
    utsyn.krev(Rett::Avgjore)?;
    let Rundeinnhold { instruks, kontakt, paminnelser, skoler, godkjenning, stille_timer, grunn } = les(&json, FORM)?;
    let redigering = Runderedigering {
        instruks: Some(instruks),
        kontakt: Some(kontakt),
        paminnelser: Some(paminnelser),
        skoler: Some(skoler),
        godkjenning: Some((godkjenning, stille_timer)),
    };
    utsyn.ut.rediger_runde(nokkel, sett(&hoder)?, &grunn, redigering).await?;
    svar(&utsyn, nokkel)
}

/// `GET /api/v1/runder/{runde}/brev?sprak=nn`: as they will go out. The county's own people see them.
pub(crate) async fn vis_brev(
    utsyn: Utsyn,
    Path(runde): Path<String>,
    Sporring(valg): Sporring<Sprakvalg>,
) -> Result<Json<Rundebrev>, Avslag> {
    let bilde = inntak::runde(&utsyn.ut, &runde).ok_or_else(Avslag::finnes_ikke)?;
    if !utsyn.ut.ma(Gjoremal::SeRunder) {
        return Err(Avslag::ma_ikke());
    }
    let sprak = valg.sprak.map_or(Some(Sprak::default()), |kode| Sprak::av(&kode));
    let sprak = sprak.ok_or_else(|| Avslag::ett_felt("sprak", "velg nb, nn eller en"))?;
    let skriver = utsyn.delt.sider.as_ref().and_then(|sider| sider.brevskriver.as_ref());
    let alle = skriver.map(|skriver| brev::brev(&utsyn.ut, skriver, bilde.sak.runde(), sprak)).unwrap_or_default();
    Ok(Json(Rundebrev { sender_epost: skriver.is_some(), brev: alle.into_iter().map(vist).collect() }))
}

fn vist(brev: brev::Brev) -> Brev {
    let (slag, dager) = match brev.slag {
        Brevslag::Instruks => ("instruks", None),
        Brevslag::Paminnelse(dager) => ("paminnelse", Some(dager)),
        Brevslag::IkkeLevert => ("ikke-levert", None),
    };
    let til = match brev.til {
        Brevtil::Skole => "skole",
        Brevtil::Kommune => "kommune",
        Brevtil::Fylke => "fylke",
    };
    Brev { slag, dager, til, emne: brev.emne, tekst: brev.tekst }
}
