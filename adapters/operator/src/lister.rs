//! Where lists stand.

use crate::avvik::{self, Avviksbilde, Vist};
use crate::problem::Avslag;
use crate::rekkevidde::Rekkevidde;
use crate::sporring::{Sporring, antall, merket};
use crate::tilgang::Innlogget;
use crate::valgt::{Delt, nekt};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use elevliste::{Innsamling, Listenokkel, Listestatus, Skolestatus};
use jiff::{Timestamp, civil::Date};
use runtime::Omgivelse;
use runtime::adgang::Gjoremal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A list.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Listebilde {
    /// What names it: `46.46503.2026-2027.1`.
    liste: String,
    tenant: String,
    /// The county's number.
    fylke: String,
    /// VIGO's number of the school.
    skolenr: String,
    skolear: String,
    /// 1: who is in tenth grade.
    overforing: u8,
    /// The school; null when it has no list.
    skole: Option<Skolebilde>,
    /// `Samles`, `Avvik`, `Klar`, `Godkjent`, `Sendes`, `Mottatt`, `Avvist`, `Uavklart` or `Stengt`.
    #[schemars(with = "String")]
    status: Skolestatus,
    /// Since when.
    siden: Timestamp,
    antall: Antall,
    /// How many deviations are open, warnings among them.
    apne_avvik: usize,
    /// The last day; null without a round.
    siste_dag: Option<Date>,
    /// The first moment at which it is too late; null without a round.
    stenger: Option<Timestamp>,
    /// The receiver's id of the last accepted submission.
    kvittering: Option<String>,
}

/// The school of a list.
#[derive(Serialize, JsonSchema)]
struct Skolebilde {
    navn: String,
    organisasjonsnummer: Option<String>,
    kommunenr: Option<String>,
}

/// Pupils, each in exactly one place: `kilde` is the sum of the others.
#[derive(Serialize, JsonSchema)]
struct Antall {
    /// In the source.
    kilde: u32,
    /// Accepted by the receiver as they are now.
    sendt: u32,
    /// Held back by a named person.
    holdt: u32,
    /// To be reported by hand, protected pupils among them.
    manuelt: u32,
    /// Not accepted yet, for whatever reason.
    avvik: u32,
}

/// Lists, by their keys.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Lister {
    lister: Vec<Listebilde>,
    /// What has happened up to here is in the lists: send it as `etter` to `/api/v1/hendelser` for what comes later. Of
    /// several answers the first one's holds for all.
    markor: String,
    /// Send it as `etter` to get the rest; null when this is all.
    neste: Option<String>,
}

/// A list, and everything that is open on it, for those who see what is wrong with pupils.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Listedetalj {
    #[serde(flatten)]
    bilde: Listebilde,
    avvik: Vec<Avviksbilde>,
}

/// Which lists.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Utvalg {
    tenant: Option<String>,
    etter: Option<String>,
    maks: Option<usize>,
}

/// `GET /api/v1/lister`.
pub(crate) async fn alle(
    hvem: Innlogget,
    State(operator): State<Delt>,
    hoder: HeaderMap,
    Sporring(utvalg): Sporring<Utvalg>,
) -> Result<Response, Avslag> {
    let maks = antall(utvalg.maks)?;
    let send_neste = || Avslag::ett_felt("etter", "send «neste» fra forrige svar, slik det sto");
    let etter: Option<Listenokkel> = utvalg.etter.as_deref().map(str::parse).transpose().map_err(|_| send_neste())?;
    let statuser = runtime::listestatuser(&operator.om).await?;
    let mut ut = Lister { lister: vec![], markor: statuser.markor.to_string(), neste: None };
    let mut rekkevidde = Rekkevidde::ny(&operator.om, &hvem);
    for mut status in statuser.lister {
        let valgt = utvalg.tenant.as_ref().is_none_or(|t| *t == status.tenant)
            && etter.as_ref().is_none_or(|etter| status.nokkel > *etter);
        if valgt && rekkevidde.ser(&status.nokkel, &status.tenant).await? {
            if ut.lister.len() == maks {
                ut.neste = ut.lister.last().map(|siste| siste.liste.clone());
                break;
            }
            ut.lister.push(bilde(&operator.om, &mut status).await?);
        }
    }
    merket(&hoder, &ut)
}

/// `GET /api/v1/lister/{liste}`.
pub(crate) async fn en(
    hvem: Innlogget,
    State(operator): State<Delt>,
    Path(liste): Path<String>,
    hoder: HeaderMap,
) -> Result<Response, Avslag> {
    let nokkel: Listenokkel = liste.parse().map_err(|_| Avslag::ukjent_liste())?;
    let status = runtime::listestatus(&operator.om, &nokkel).await?;
    let mut status = status.ok_or_else(Avslag::ukjent_liste)?;
    if !Rekkevidde::ny(&operator.om, &hvem).ser(&status.nokkel, &status.tenant).await? {
        if let Ok(tenant) = status.tenant.parse() {
            nekt(&hvem, &operator, &tenant, Gjoremal::SeStatus);
        }
        return Err(Avslag::ukjent_liste());
    }
    let bilde = bilde(&operator.om, &mut status).await?;
    let (mut avvik, mut vist) = (Vec::with_capacity(status.apne.len()), Vist::default());
    for apent in status.apne.iter().filter(|_| hvem.ser_avvik()) {
        avvik.push(avvik::bilde(&operator.om, &hvem, &status, apent, &mut vist).await?);
    }
    let svar = merket(&hoder, &Listedetalj { bilde, avvik })?;
    if svar.status() != StatusCode::NOT_MODIFIED {
        vist.bokfor(&operator.om, &hvem).await?;
    }
    Ok(svar)
}

async fn bilde(om: &Omgivelse, status: &mut Listestatus) -> Result<Listebilde, Avslag> {
    let skole = runtime::uten_skjermede(om, status).await?;
    let runde: Option<Innsamling> = runtime::runde(om, &status.nokkel).await?.map(|(runde, _)| runde);
    let Listestatus { nokkel, tenant, kilde, sendt, holdt, manuelt, avvik, .. } = &*status;
    Ok(Listebilde {
        liste: nokkel.to_string(),
        tenant: tenant.clone(),
        fylke: nokkel.fylke.to_string(),
        skolenr: nokkel.skolenr.clone(),
        skolear: nokkel.skolear.to_string(),
        overforing: nokkel.overforing.nummer(),
        skole: skole.map(|skole| Skolebilde {
            navn: skole.navn,
            organisasjonsnummer: skole.organisasjonsnummer,
            kommunenr: skole.kommunenr,
        }),
        status: status.status,
        siden: status.siden,
        antall: Antall { kilde: *kilde, sendt: *sendt, holdt: *holdt, manuelt: *manuelt, avvik: *avvik },
        apne_avvik: status.apne.len(),
        siste_dag: runde.as_ref().map(Innsamling::siste_dag),
        stenger: runde.map(|runde| runde.stenger),
        kvittering: status.kvittering.clone(),
    })
}
