//! Pauses: what is not read, or not sent, because a person says so.
//!
//! A paused tenant or source is not read. To a paused school or receiver nothing is sent, and no policy approves a paused
//! school. What became of what was sent is found out all the same.

use super::{Drift, Driftfeil, Hvem};
use crate::{Stopp, revisjon};
use elevliste::Listenokkel;
use hendelse::{Kildenavn, Tenant};
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// All of them stand under one key: they are few, and asked for all the time.
pub(super) const NOKKEL: &str = "pause.alle";
/// How often those who wait look whether somebody has resumed.
const PAUSESLAG: Duration = Duration::from_secs(1);
/// Longer is a letter, not a reason.
const LENGST: usize = 500;

pub(super) type Pausekart = BTreeMap<Hva, Pause>;

/// What is paused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Hva {
    /// Nothing of the tenant's is read.
    Tenant(Tenant),
    /// One source is not read.
    Kilde(Tenant, Kildenavn),
    /// The school's list is not sent, and no policy approves it.
    Skole(Listenokkel),
    /// Nothing is sent to the county.
    Mottaker(Fylkesnummer),
}

impl fmt::Display for Hva {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant(tenant) => write!(f, "tenant.{tenant}"),
            Self::Kilde(tenant, kilde) => write!(f, "kilde.{tenant}.{kilde}"),
            Self::Skole(nokkel) => write!(f, "skole.{nokkel}"),
            Self::Mottaker(fylke) => write!(f, "mottaker.{fylke}"),
        }
    }
}

/// It names nothing that can be paused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write tenant.<tenant>, kilde.<tenant>.<source>, skole.<list> or mottaker.<county number>")]
pub struct HvaFeil;

impl FromStr for Hva {
    type Err = HvaFeil;

    fn from_str(tekst: &str) -> Result<Self, HvaFeil> {
        let (slag, navn) = tekst.split_once('.').ok_or(HvaFeil)?;
        let hva = match slag {
            "tenant" => navn.parse().ok().map(Self::Tenant),
            "kilde" => navn.split_once('.').and_then(|(t, k)| Some(Self::Kilde(t.parse().ok()?, k.parse().ok()?))),
            "skole" => navn.parse().ok().map(Self::Skole),
            "mottaker" => navn.parse().ok().map(Self::Mottaker),
            _ => None,
        };
        hva.ok_or(HvaFeil)
    }
}

impl TryFrom<String> for Hva {
    type Error = HvaFeil;

    fn try_from(tekst: String) -> Result<Self, HvaFeil> {
        tekst.parse()
    }
}

impl From<Hva> for String {
    fn from(hva: Hva) -> Self {
        hva.to_string()
    }
}

impl Hva {
    /// Whose audit log it stands in: what is sent concerns the county.
    fn tenant(&self) -> Tenant {
        match self {
            Self::Tenant(tenant) | Self::Kilde(tenant, _) => tenant.clone(),
            Self::Skole(nokkel) => revisjon::fylkets(nokkel.fylke),
            Self::Mottaker(fylke) => revisjon::fylkets(*fylke),
        }
    }
}

/// A pause: what, by whom, why and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// What.
    pub hva: Hva,
    /// Who.
    pub hvem: Hvem,
    /// Why, in the person's own words.
    pub hvorfor: String,
    /// Since when.
    pub siden: Timestamp,
}

/// What the audit log says of it.
#[derive(Serialize)]
struct Styrt<'a> {
    hva: &'a Hva,
    hvem: &'a Hvem,
    hvorfor: &'a str,
    siden: Timestamp,
}

impl Drift {
    /// Everything that is paused.
    pub async fn pauser(&self) -> Result<Vec<Pause>, Stopp> {
        Ok(self.pausekart().await?.values().cloned().collect())
    }

    async fn pausekart(&self) -> Result<std::sync::Arc<Pausekart>, Stopp> {
        self.0.pauser.les(self.om()).await
    }

    /// Pauses until somebody resumes.
    pub async fn pause(&self, hva: Hva, hvem: Hvem, hvorfor: &str) -> Result<Pause, Driftfeil> {
        let hvorfor = hvorfor.trim();
        if hvorfor.is_empty() || hvorfor.chars().count() > LENGST || liste::holder_nummer(hvorfor) {
            return Err(Driftfeil::Grunn);
        }
        let pause = Pause { hva, hvem, hvorfor: hvorfor.to_owned(), siden: self.om().clock.now() };
        let satt = self.0.pauser.endre(self.om(), |kart| match kart.get(&pause.hva) {
            Some(har) => Err(Box::new(har.clone())),
            None => {
                kart.insert(pause.hva.clone(), pause.clone());
                Ok(())
            }
        });
        satt.await?.ok_or(Driftfeil::Samtidig)?.map_err(Driftfeil::AlleredePauset)?;
        tracing::warn!(hva = %pause.hva, "paused by a person");
        self.skriv_styrt("revisjon.drift.pauset", &pause, &pause.hvem).await?;
        Ok(pause)
    }

    /// Goes on with what is paused. The pause that is over.
    pub async fn gjenoppta(&self, hva: &Hva, hvem: Hvem) -> Result<Pause, Driftfeil> {
        let fjernet = self.0.pauser.endre(self.om(), |kart| kart.remove(hva).ok_or(()));
        let pause = fjernet.await?.ok_or(Driftfeil::Samtidig)?.map_err(|()| Driftfeil::IkkePauset(hva.clone()))?;
        tracing::info!(%hva, "resumed by a person");
        self.skriv_styrt("revisjon.drift.gjenopptatt", &pause, &hvem).await?;
        Ok(pause)
    }

    async fn skriv_styrt(&self, typ: &str, pause: &Pause, hvem: &Hvem) -> Result<(), Stopp> {
        let Pause { hva, hvorfor, siden, .. } = pause;
        let styrt = Styrt { hva, hvem, hvorfor, siden: *siden };
        revisjon::skriv(self.om(), &hva.tenant(), typ, &styrt).await
    }

    /// The pause of exactly this, if there is one.
    pub async fn er_pauset(&self, hva: &Hva) -> Result<Option<Pause>, Stopp> {
        Ok(self.pausekart().await?.get(hva).cloned())
    }

    /// Why a source is not read, if it is not.
    pub async fn kilde_pauset(&self, tenant: &Tenant, kilde: &Kildenavn) -> Result<Option<Pause>, Stopp> {
        let kart = self.pausekart().await?;
        let tenantens = kart.get(&Hva::Tenant(tenant.clone()));
        Ok(tenantens.or_else(|| kart.get(&Hva::Kilde(tenant.clone(), kilde.clone()))).cloned())
    }

    /// Why a list is not sent, if it is not.
    pub async fn liste_pauset(&self, nokkel: &Listenokkel) -> Result<Option<Pause>, Stopp> {
        let kart = self.pausekart().await?;
        let mottakerens = kart.get(&Hva::Mottaker(nokkel.fylke));
        Ok(mottakerens.or_else(|| kart.get(&Hva::Skole(nokkel.clone()))).cloned())
    }

    /// Waits while a source or register is paused.
    pub(crate) async fn vent_ut_pause(&self, tenant: &Tenant, kilde: &Kildenavn) {
        while self.kilde_star(tenant, kilde).await.is_some() {
            tokio::time::sleep(PAUSESLAG).await;
        }
    }

    /// The same for a loop that must go on. While nothing can be read, what was last read holds.
    pub(crate) async fn kilde_star(&self, tenant: &Tenant, kilde: &Kildenavn) -> Option<Pause> {
        match self.kilde_pauset(tenant, kilde).await {
            Ok(pause) => pause,
            Err(_) => self.0.pauser.sist().and_then(|kart| {
                let tenantens = kart.get(&Hva::Tenant(tenant.clone()));
                tenantens.or_else(|| kart.get(&Hva::Kilde(tenant.clone(), kilde.clone()))).cloned()
            }),
        }
    }
}
