//! Packages handed in: read from the upload to events, never stored.

use crate::kropp::Kropp;
use crate::problem::Avslag;
use crate::rute::{Operator, Tjeneste};
use crate::tilgang::Loggnavn;
use crate::valgt::{Delt, Leverer, Mottak};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use flow::{Cursor, Lesevalg, Progress, Source, Vannmerker};
use hendelse::Kildeobjekt;
use oneroster::Objekt;
use runtime::adgang::{Adgang, Omfang};
use runtime::{Hold, Levering, Omgivelse, Snapshotresultat, Stopp, lever as lever_til_kjernen};
use serde::Serialize;
use std::collections::BTreeSet;
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
    /// What is at fault, as a stable word.
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
    pub(crate) utfall: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resultat: Vec<Snapshotresultat>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hold: Option<Hold>,
    rapport: serde_json::Value,
}

/// A package that has been opened, and how much may change at once.
pub(crate) struct Apnet {
    pub(crate) pakke: Box<dyn Innlevert>,
    valg: Lesevalg,
}

/// `PUT …/oneroster-csv`: 200 when it is stored, 202 when it waits for a decision.
pub(crate) async fn lever(
    valgt: Leverer,
    State(operator): State<Delt>,
    Kropp(bytes): Kropp,
) -> Result<(StatusCode, Json<Svar>), Avslag> {
    let apnet = apne(&valgt.tjeneste, bytes).await?;
    if let Some(adgang) = valgt.hvem.rolle()
        && !bare_egne(&operator.om, &valgt, adgang, &apnet).await?
    {
        return Err(Avslag::andres());
    }
    let svar = ta_inn(&operator, &valgt, &valgt.hvem.loggnavn(), apnet).await?;
    let status = if svar.hold.is_some() { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok((status, Json(svar)))
}

/// `POST …/oneroster-csv/kontroll`: goes through a package and stores nothing.
pub(crate) async fn kontroller(valgt: Leverer, Kropp(bytes): Kropp) -> Result<Json<Svar>, Avslag> {
    let Apnet { pakke, .. } = apne(&valgt.tjeneste, bytes).await?;
    Ok(Json(Svar { utfall: "kontrollert", resultat: Vec::new(), hold: None, rapport: pakke.rapport() }))
}

/// Takes a package in, handed in by `hvem`. One that shows what a person has discarded is refused.
pub(crate) async fn ta_inn(
    operator: &Operator,
    mottak: &Mottak,
    hvem: &Loggnavn,
    apnet: Apnet,
) -> Result<Svar, Avslag> {
    let Apnet { pakke, valg } = apnet;
    mottak.noter(&operator.om, hvem, "pakke", None).await?;
    let mut svar = Svar { utfall: "lagret", resultat: Vec::new(), hold: None, rapport: pakke.rapport() };
    for slag in pakke.slag() {
        let kilde = mottak.levering(pakke.source(), valg.clone());
        let utfall = lever_til_kjernen(&operator.om, kilde, *slag).await?;
        svar.resultat.push(utfall.resultat);
        svar.hold = utfall.holdt;
        if svar.hold.is_some() {
            break; // what has changed builds on what is there: it waits with it
        }
    }
    match &svar.hold {
        None => {}
        Some(hold) if hold.avgjorelse.is_some() => return Err(Avslag::forkastet()),
        Some(_) => svar.utfall = "holdt",
    }
    tracing::info!(tenant = %mottak.tenant, kilde = %mottak.navn, av = hvem.id(), utfall = svar.utfall, "package handed in");
    Ok(svar)
}

/// Whether a school gives us only what is its own: a source may hold several, and whoever sees to one of them changes no
/// other. A municipality has all of the source.
pub(crate) async fn bare_egne(om: &Omgivelse, mottak: &Mottak, adgang: &Adgang, apnet: &Apnet) -> Result<bool, Avslag> {
    let Omfang::Skoler(mine) = &adgang.omfang else { return Ok(true) };
    let hans = mine.iter().filter(|skole| skole.tenant == mottak.tenant && !skole.organisasjonsnummer.is_empty());
    let egne: BTreeSet<&String> = hans.map(|skole| &skole.organisasjonsnummer).collect();
    let holdt = runtime::les_kilde(om, &mottak.tenant, &mottak.navn).await?;
    let sendt = alt(&*apnet.pakke.source()).await?;
    Ok(skoler(holdt.iter().chain(&sendt)).all(|orgnr| orgnr.is_some_and(|orgnr| egne.contains(orgnr))))
}

/// What is in a package, as everything there is and as changes.
async fn alt(source: &dyn Source) -> Result<Vec<Kildeobjekt>, Stopp> {
    let (mut ut, mut etter) = (Vec::new(), Cursor::default());
    for endringer in [false, true] {
        loop {
            let side = match endringer {
                false => Some(source.read(&etter).await?),
                true => source.changes(&Vannmerker::new(), &etter).await?,
            };
            let Some(side) = side else { break };
            ut.extend(side.observed.into_iter().map(|sett| sett.objekt));
            etter = side.next;
            if let Progress::Complete(_) = side.progress {
                break;
            }
        }
        etter = Cursor::default();
    }
    Ok(ut)
}

/// The schools' organisation numbers; none of one that has none.
fn skoler<'a>(objekter: impl Iterator<Item = &'a Kildeobjekt>) -> impl Iterator<Item = Option<&'a String>> {
    objekter.filter_map(|objekt| match objekt {
        Kildeobjekt::Roster(Objekt::Org(org)) if org.r#type == "school" => Some(org.identifier.as_ref()),
        _ => None,
    })
}

/// Opening goes through the whole package, which takes its time.
pub(crate) async fn apne(tjeneste: &Tjeneste, bytes: Bytes) -> Result<Apnet, Avslag> {
    let Tjeneste::Pakker { leser, valg } = tjeneste else { return Err(Avslag::tar_ikke_filer()) };
    let leser = leser.clone();
    match tokio::task::spawn_blocking(move || leser.apne(bytes)).await {
        Ok(Ok(pakke)) => Ok(Apnet { pakke, valg: valg.clone() }),
        Ok(Err(Pakkeavslag { felt, hva })) => Err(Avslag::ett_felt(felt, hva)),
        Err(_) => {
            tracing::error!("a package could not be opened because of a fault in the program");
            Err(Avslag::uventet())
        }
    }
}
