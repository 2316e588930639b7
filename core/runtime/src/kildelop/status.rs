//! How a source is doing, for people and programs elsewhere: bucket `kilde`, key `status.<tenant>.<source>`.
//!
//! A quiet source differs from a dead one: the quiet one is read whole and has nothing new ([`Kildestatus::sist_endring`]
//! is long ago), the dead one is not read whole in time ([`Kildestatus::stum`]). The deadline stands in the status, so the
//! question can be answered also when the process that reads is gone.

use super::hold::Avgjorelse;
use super::{Snapshotresultat, Utfall};
use crate::drift::Pause;
use crate::trinn::Omgivelse;
use crate::{Stopp, strommer};
use bytes::Bytes;
use flow::SourceError;
use hendelse::{Kildenavn, Tenant};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What came of the last attempt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kildetilstand {
    /// It has not been read yet.
    #[default]
    Ny,
    /// It was read whole.
    Ok,
    /// It contradicted itself three times; the last good snapshot stays in force.
    Revet,
    /// It does not answer.
    Borte,
    /// It asks us to wait.
    Brems,
    /// It does not accept our credentials: a person must act.
    Avviser,
    /// It answers something that cannot be read.
    Uleselig,
    /// It was read whole, and changes too much at once: a person must decide.
    Holdt,
    /// It was read whole, and still shows what a person has discarded.
    Forkastet,
    /// Something on our own side: see the code.
    Feil,
}

impl Kildetilstand {
    pub(super) const fn etter(feil: &Stopp) -> Self {
        match feil {
            Stopp::Kilde(SourceError::Torn { .. }) => Self::Revet,
            Stopp::Kilde(SourceError::Unreachable { .. }) => Self::Borte,
            Stopp::Kilde(SourceError::Throttled { .. }) => Self::Brems,
            Stopp::Kilde(SourceError::Denied { .. }) => Self::Avviser,
            Stopp::Kilde(SourceError::Malformed { .. }) => Self::Uleselig,
            _ => Self::Feil,
        }
    }
}

/// A hold that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Avsluttet {
    /// Which.
    pub digest: String,
    /// When it was first seen.
    pub opprettet: Timestamp,
    /// When it ended.
    pub lukket: Timestamp,
    /// What was decided; none when the source showed something else before anybody had.
    pub avgjorelse: Option<Avgjorelse>,
}

/// How a source is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kildestatus {
    /// What came of the last attempt.
    pub tilstand: Kildetilstand,
    /// A stable code for it: `ok`, or as in metrics.
    pub kode: String,
    /// The last attempt.
    pub sist_forsok: Option<Timestamp>,
    /// The last time the source was read whole, whether it could be published or not.
    pub sist_lest: Option<Timestamp>,
    /// The last complete snapshot that is in force.
    pub sist_hel: Option<Timestamp>,
    /// The last time something new came of it.
    pub sist_endring: Option<Timestamp>,
    /// When it is to be read next; none for what is handed in.
    pub ventet: Option<Timestamp>,
    /// If it has not been read whole by then, it is dead.
    pub frist: Option<Timestamp>,
    /// Rows of the last complete reading.
    pub rader: u64,
    /// What the last complete reading brought.
    pub resultat: Snapshotresultat,
    /// Tolerances that the last complete reading used, by code.
    pub toleranser: BTreeMap<String, u64>,
    /// The source's newest time of change.
    pub merke: Option<Timestamp>,
    /// What is held now.
    pub hold: Option<String>,
    /// The last hold that is over.
    pub sist: Option<Avsluttet>,
    /// Why it is not read, where a person has paused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<Pause>,
}

impl Kildestatus {
    /// Whether the source should have been read whole by now, and was not. Of what is paused nothing is expected.
    pub fn stum(&self, na: Timestamp) -> bool {
        self.pause.is_none() && self.frist.is_some_and(|frist| na > frist)
    }

    /// Takes what a complete reading brought, of a snapshot (`helt`) or of changes.
    pub(super) fn etter_lesning(&mut self, utfall: &Utfall, helt: bool, na: Timestamp) {
        self.sist_forsok = Some(na);
        self.merke = utfall.merke.max(self.merke);
        if utfall.resultat.endret_noe() {
            self.sist_endring = Some(na);
        }
        self.hold = utfall.holdt.as_ref().map(|h| h.digest.clone());
        self.tilstand = match &utfall.holdt {
            None => Kildetilstand::Ok,
            Some(hold) if hold.avgjorelse.as_ref().is_some_and(|a| !a.godkjent) => Kildetilstand::Forkastet,
            Some(_) => Kildetilstand::Holdt,
        };
        self.kode = match self.tilstand {
            Kildetilstand::Holdt => super::HOLDT.to_owned(),
            Kildetilstand::Forkastet => super::FORKASTET.to_owned(),
            _ => "ok".to_owned(),
        };
        if helt {
            self.sist_lest = Some(na);
            if utfall.holdt.is_none() {
                self.sist_hel = Some(na);
            }
            self.rader = utfall.rader;
            self.resultat = utfall.resultat;
            self.toleranser = utfall.funn.iter().map(|(kode, n)| ((*kode).to_owned(), *n)).collect();
        }
    }

    /// Takes an attempt that was given up.
    pub(super) fn etter_feil(&mut self, feil: &Stopp, na: Timestamp) {
        self.sist_forsok = Some(na);
        self.tilstand = Kildetilstand::etter(feil);
        feil.kode().clone_into(&mut self.kode);
    }
}

fn nokkel(tenant: &Tenant, kilde: &Kildenavn) -> String {
    format!("status.{tenant}.{kilde}")
}

/// How a source is doing; none before it was tried.
pub async fn kildestatus(om: &Omgivelse, tenant: &Tenant, kilde: &Kildenavn) -> Result<Option<Kildestatus>, Stopp> {
    let nokkel = nokkel(tenant, kilde);
    let Some(verdi) = om.bus.get(strommer::KILDER, &nokkel).await? else { return Ok(None) };
    serde_json::from_slice(&verdi).map(Some).map_err(|_| Stopp::Uforstaelig { nokkel })
}

/// How each of the sources is doing; those that were never tried have the status of a new one.
pub async fn alle_kildestatus(
    om: &Omgivelse,
    kilder: impl IntoIterator<Item = (Tenant, Kildenavn)>,
) -> Result<BTreeMap<(Tenant, Kildenavn), Kildestatus>, Stopp> {
    let mut ut = BTreeMap::new();
    for (tenant, kilde) in kilder {
        let status = kildestatus(om, &tenant, &kilde).await?.unwrap_or_default();
        ut.insert((tenant, kilde), status);
    }
    Ok(ut)
}

pub(super) async fn skriv(
    om: &Omgivelse,
    tenant: &Tenant,
    kilde: &Kildenavn,
    status: &Kildestatus,
) -> Result<(), Stopp> {
    let verdi = serde_json::to_vec(status).expect("texts and numbers always have a json form");
    Ok(om.bus.put(strommer::KILDER, &nokkel(tenant, kilde), Bytes::from(verdi)).await?)
}
