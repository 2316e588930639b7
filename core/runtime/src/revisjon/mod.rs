//! The audit stream: who was shown what, who decided what, when and why.
//!
//! One chain for each tenant, and one for each county's own affairs: every entry carries the digest of the one before. What
//! was written before there were chains stands first, and is tolerated there.

mod kjede;
mod logg;
#[cfg(test)]
mod prover;

pub use kjede::{Kjedesjekk, sjekk, skriv};
pub use logg::{Loggfilter, Loggpost, Loggside, logg};

use crate::Stopp;
use crate::adgang::{Adgang, Adgangsrolle};
use crate::kildelop::{Avgjorelse, Hold};
use crate::trinn::Omgivelse;
use hendelse::{Kildenavn, Tenant};
use kodeverk::Fylkesnummer;
use serde::Serialize;
use uuid::Uuid;

/// The log of a county's own affairs: its rounds and its people. What is shown of a school's pupils stands with whose
/// pupils they are.
pub fn fylkets(fylke: Fylkesnummer) -> Tenant {
    format!("fylke-{fylke}").parse().expect("a county's number is two digits")
}

/// The person that an entry is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hvem {
    /// Names the person for good.
    pub id: String,
    /// The employee's name then.
    pub navn: String,
    /// As what.
    pub rolle: Adgangsrolle,
    /// The one on whose behalf a supplier acted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pa_vegne_av: Option<String>,
}

impl From<&Adgang> for Hvem {
    fn from(adgang: &Adgang) -> Self {
        let (id, navn) = (adgang.hvem.id.clone(), adgang.hvem.navn.clone());
        Self { id, navn, rolle: adgang.rolle, pa_vegne_av: adgang.pa_vegne_av.clone() }
    }
}

/// A decision about a hold, as it stands in the audit stream.
#[derive(Serialize)]
struct Holdavgjorelse<'a> {
    kilde: &'a str,
    digest: &'a str,
    arsak: crate::kildelop::Arsak,
    utlost: &'a [crate::kildelop::Utlost],
    #[serde(flatten)]
    avgjorelse: &'a Avgjorelse,
}

/// Somebody was shown the pupils of a source.
#[derive(Serialize)]
struct Vist<'a> {
    kilde: &'a str,
    hvem: &'a str,
}

/// Writes that somebody was shown the pupils of a source. Call it before they are shown: what cannot be written is not
/// shown.
pub async fn vist(om: &Omgivelse, tenant: &Tenant, kilde: &Kildenavn, hvem: &str) -> Result<(), Stopp> {
    skriv(om, tenant, "revisjon.elever.vist", &Vist { kilde: kilde.as_str(), hvem }).await
}

/// Somebody was shown what is known of a pupil.
#[derive(Serialize)]
struct Elevvist<'a> {
    elev: Uuid,
    hvem: &'a str,
}

/// Writes that somebody was shown what is known of a pupil. Call it before it is shown: what cannot be written is not shown.
pub(crate) async fn elev_vist(om: &Omgivelse, tenant: &Tenant, elev: Uuid, hvem: &str) -> Result<(), Stopp> {
    skriv(om, tenant, "revisjon.elev.vist", &Elevvist { elev, hvem }).await
}

/// Writes that a person has decided about a hold.
pub(crate) async fn holdavgjorelse(
    om: &Omgivelse,
    tenant: &Tenant,
    kilde: &Kildenavn,
    hold: &Hold,
    avgjorelse: &Avgjorelse,
) -> Result<(), Stopp> {
    let data = Holdavgjorelse {
        kilde: kilde.as_str(),
        digest: &hold.digest,
        arsak: hold.arsak,
        utlost: &hold.utlost,
        avgjorelse,
    };
    let typ = format!("revisjon.kilde.{}", if avgjorelse.godkjent { "godkjent" } else { "forkastet" });
    skriv(om, tenant, &typ, &data).await
}
