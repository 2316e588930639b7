//! What has happened, as CloudEvents: to be read on and on from a cursor, and the form in which webhooks get it.

use crate::problem::Avslag;
use crate::rekkevidde::Rekkevidde;
use crate::sporring::{Sporring, antall};
use crate::tilgang::Innlogget;
use crate::valgt::Delt;
use axum::Json;
use axum::extract::State;
use elevliste::{ApentAvvik, Eier, Niva, Skolestatus, Varsel, Varselslag};
use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// The longest that a caller may wait for something to happen, in seconds.
const LENGSTE_VENTING: u64 = 30;

/// A CloudEvents 1.0 event in JSON. Without names, numbers and the sources' own ids.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Hendelse {
    /// `1.0`.
    specversion: &'static str,
    /// Names the event: the same for every time that it is told.
    id: Uuid,
    /// `urn:mellomlag:<tenant>:varsel`.
    source: String,
    /// `no.mellomlag.avvik.apnet`, `…avvik.lukket`, `…liste.status`, `…innsamling.paminnelse` or `…innsamling.ikke-levert`.
    r#type: String,
    /// When.
    time: Timestamp,
    /// The list.
    subject: String,
    /// `application/json`.
    datacontenttype: &'static str,
    data: Data,
}

/// What happened.
#[derive(Debug, Serialize, JsonSchema)]
struct Data {
    /// The list: `46.46503.2026-2027.1`.
    liste: String,
    tenant: String,
    #[serde(flatten)]
    slag: Slag,
}

/// What happened, by the event's type.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum Slag {
    /// `avvik.apnet` and `avvik.lukket`.
    Avvik {
        /// The deviation.
        avvik: Avvik,
    },
    /// `liste.status`.
    Status {
        /// Null for a list that is new.
        #[schemars(with = "Option<String>")]
        fra: Option<Skolestatus>,
        /// Where it stands now.
        #[schemars(with = "String")]
        til: Skolestatus,
    },
    /// `innsamling.paminnelse`: one for each who must act.
    Paminnelse {
        /// The last day.
        siste_dag: Date,
        /// Days left.
        dager: u32,
        /// Who must act now.
        #[schemars(with = "String")]
        eier: Eier,
    },
    /// `innsamling.ikke-levert`.
    IkkeLevert {
        /// The last day that was.
        siste_dag: Date,
    },
}

/// A deviation.
#[derive(Debug, Serialize, JsonSchema)]
struct Avvik {
    id: Uuid,
    elev: Option<Uuid>,
    regel: String,
    #[schemars(with = "String")]
    niva: Niva,
    #[schemars(with = "String")]
    eier: Eier,
    felt: Option<String>,
    detalj: Option<String>,
    apnet: Timestamp,
}

impl From<ApentAvvik> for Avvik {
    fn from(ApentAvvik { id, elev, avvik, apnet }: ApentAvvik) -> Self {
        let elevliste::Avvik { regel, niva, eier, felt, detalj } = avvik;
        Self { id, elev, regel, niva, eier, felt, detalj, apnet }
    }
}

impl From<Varsel> for Hendelse {
    fn from(varsel: Varsel) -> Self {
        let liste = varsel.nokkel.to_string();
        Self {
            specversion: "1.0",
            id: varsel.id,
            source: format!("urn:mellomlag:{}:varsel", varsel.tenant),
            r#type: format!("no.mellomlag.{}", varsel.slag.navn()),
            time: varsel.tidspunkt,
            subject: liste.clone(),
            datacontenttype: "application/json",
            data: Data {
                liste,
                tenant: varsel.tenant,
                slag: match varsel.slag {
                    Varselslag::AvvikApnet { avvik } | Varselslag::AvvikLukket { avvik } => {
                        Slag::Avvik { avvik: avvik.into() }
                    }
                    Varselslag::Listestatus { fra, til } => Slag::Status { fra, til },
                    Varselslag::Paminnelse { frist, dager, eier } => Slag::Paminnelse { siste_dag: frist, dager, eier },
                    Varselslag::IkkeLevert { frist } => Slag::IkkeLevert { siste_dag: frist },
                },
            },
        }
    }
}

/// From where, how many, and how long to wait.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Utvalg {
    etter: Option<String>,
    maks: Option<usize>,
    vent: Option<u64>,
}

/// What has happened, oldest first.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Hendelsesside {
    hendelser: Vec<Hendelse>,
    /// Send it as `etter` next time, also when nothing has happened.
    markor: String,
    /// Whether there is more to read at once.
    mer: bool,
}

/// `GET /api/v1/hendelser`.
pub(crate) async fn alle(
    hvem: Innlogget,
    State(operator): State<Delt>,
    Sporring(utvalg): Sporring<Utvalg>,
) -> Result<Json<Hendelsesside>, Avslag> {
    let maks = antall(utvalg.maks)?;
    let vent = utvalg.vent.unwrap_or(0);
    if vent > LENGSTE_VENTING {
        return Err(Avslag::ett_felt("vent", format!("vent i høyst {LENGSTE_VENTING} sekunder, og spør på nytt")));
    }
    let etter = match utvalg.etter.as_deref() {
        None => 0,
        Some(markor) => markor.parse().map_err(|_| Avslag::ukjent_markor())?,
    };
    let om_elev =
        |varsel: &Varsel| matches!(varsel.slag, Varselslag::AvvikApnet { .. } | Varselslag::AvvikLukket { .. });
    let mine = |varsel: &Varsel| hvem.kan_se(&varsel.nokkel, &varsel.tenant) && (hvem.ser_avvik() || !om_elev(varsel));
    let lest = tokio::select! {
        lest = runtime::varsler(&operator.om, etter, maks, Duration::from_secs(vent), mine) => lest?,
        // Nobody is kept waiting by a program that is about to stop.
        () = operator.stopp.cancelled() => runtime::varsler(&operator.om, etter, maks, Duration::ZERO, mine).await?,
    };
    let side = lest.ok_or_else(Avslag::ukjent_markor)?;
    let (mut rekkevidde, mut hendelser) = (Rekkevidde::ny(&operator.om, &hvem), Vec::new());
    for (_, varsel) in side.varsler {
        if rekkevidde.ser(&varsel.nokkel, &varsel.tenant).await? {
            hendelser.push(varsel.into());
        }
    }
    Ok(Json(Hendelsesside { hendelser, markor: side.neste.to_string(), mer: side.mer }))
}
