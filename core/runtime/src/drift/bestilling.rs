//! Orders to play something in quarantine again.
//!
//! An order stands in the bucket until whoever runs the stage has carried it out, so it survives a restart and can be
//! given from any process. Nothing leaves the quarantine because it was ordered: it is closed when it has gone well.

use super::{Arsak, Drift, Driftfeil, Hvem, Karanteneinfo};
use crate::{Stopp, karantene, revisjon};
use hendelse::{K, Kildenavn, Tenant};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

pub(super) const NOKKEL: &str = "spill.alle";
/// More are not ordered at once: the value has a largest size.
const FLEST: usize = 5_000;

/// What is to be played again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Utvalg {
    /// One.
    En {
        /// Where it was put there.
        trinn: String,
        /// Whose.
        tenant: Tenant,
        /// What it is called.
        k: K,
    },
    /// Everything of one cause.
    Arsak(Arsak),
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bestilling {
    pub trinn: String,
    pub tenant: Tenant,
    pub kilde: Option<Kildenavn>,
    pub k: BTreeSet<String>,
    pub hvem: Hvem,
    pub nar: Timestamp,
    /// Another one each time something is ordered.
    pub id: Uuid,
}

impl Bestilling {
    pub fn gjelder(&self, info: &Karanteneinfo) -> bool {
        self.er(&info.trinn, &info.tenant, info.kilde.as_ref()) && self.k.contains(&info.k.to_string())
    }

    pub fn er(&self, trinn: &str, tenant: &Tenant, kilde: Option<&Kildenavn>) -> bool {
        self.trinn == trinn && self.tenant == *tenant && self.kilde.as_ref() == kilde
    }

    pub fn alle_k(&self) -> impl Iterator<Item = K> {
        self.k.iter().filter_map(|k| k.parse().ok())
    }
}

/// What the audit log says of it.
#[derive(Serialize)]
struct Styrt<'a> {
    trinn: &'a str,
    kilde: Option<&'a Kildenavn>,
    hvem: &'a Hvem,
    antall: usize,
    k: &'a BTreeSet<String>,
}

impl Drift {
    /// Orders something in quarantine to be played again, and tells how much it is.
    ///
    /// A source's records: the source is read again, and what it no longer shows as unreadable is closed. A step's
    /// messages: the step reads everything anew. An approval: delivery takes it once more.
    pub async fn spill_igjen(&self, utvalg: &Utvalg, hvem: Hvem) -> Result<u64, Driftfeil> {
        let valgt = match utvalg {
            Utvalg::En { trinn, tenant, k } => self.en(trinn, tenant, *k).await?.into_iter().collect(),
            Utvalg::Arsak(arsak) => self.av_arsak(arsak).await?,
        };
        if valgt.is_empty() {
            return Err(Driftfeil::Ingen);
        }
        let nar = self.om().clock.now();
        let mut nye: BTreeMap<(String, Tenant, Option<Kildenavn>), BTreeSet<String>> = BTreeMap::new();
        for info in valgt.into_iter().take(FLEST) {
            nye.entry((info.trinn, info.tenant, info.kilde)).or_default().insert(info.k.to_string());
        }
        let bestilt = self.0.bestillinger.endre::<_, Driftfeil>(self.om(), |alle| {
            for ((trinn, tenant, kilde), k) in &nye {
                match alle.iter_mut().find(|b| b.er(trinn, tenant, kilde.as_ref())) {
                    Some(har) => {
                        har.k.extend(k.iter().cloned());
                        (har.hvem, har.nar, har.id) = (hvem.clone(), nar, Uuid::now_v7());
                    }
                    None => alle.push(Bestilling {
                        trinn: trinn.clone(),
                        tenant: tenant.clone(),
                        kilde: kilde.clone(),
                        k: k.clone(),
                        hvem: hvem.clone(),
                        nar,
                        id: Uuid::now_v7(),
                    }),
                }
            }
            Ok(())
        });
        bestilt.await?.ok_or(Driftfeil::Samtidig)??;
        for ((trinn, tenant, kilde), k) in &nye {
            let styrt = Styrt { trinn, kilde: kilde.as_ref(), hvem: &hvem, antall: k.len(), k };
            revisjon::skriv(self.om(), tenant, "revisjon.karantene.bestilt", &styrt).await?;
        }
        Ok(nye.values().map(|k| k.len() as u64).sum())
    }

    /// The orders that nobody has carried out yet.
    pub(crate) async fn bestilte(&self) -> Result<Arc<Vec<Bestilling>>, Stopp> {
        self.0.bestillinger.les(self.om()).await
    }

    /// Takes some of an order out. Those that were still in it: nobody else has taken them.
    pub(super) async fn ta_ut(&self, av: &Bestilling, ut: &BTreeSet<String>) -> Result<BTreeSet<String>, Stopp> {
        let tatt = self.0.bestillinger.endre::<_, ()>(self.om(), |alle| {
            let mut tatt = BTreeSet::new();
            if let Some(b) = alle.iter_mut().find(|b| b.er(&av.trinn, &av.tenant, av.kilde.as_ref())) {
                tatt = b.k.intersection(ut).cloned().collect();
                b.k.retain(|k| !ut.contains(k));
            }
            alle.retain(|b| !b.k.is_empty());
            if tatt.is_empty() { Err(()) } else { Ok(tatt) }
        });
        Ok(tatt.await?.and_then(Result::ok).unwrap_or_default())
    }

    /// Closes some of an order, and says so in the audit log.
    pub(super) async fn lukk(&self, av: &Bestilling, k: &BTreeSet<String>) -> Result<(), Stopp> {
        if k.is_empty() {
            return Ok(());
        }
        for k in k.iter().filter_map(|k| k.parse().ok()) {
            karantene::lukk(self.om(), &av.trinn, &av.tenant, k).await?;
        }
        tracing::info!(trinn = av.trinn, tenant = %av.tenant, antall = k.len(), "resolved in quarantine");
        let styrt = Styrt { trinn: &av.trinn, kilde: av.kilde.as_ref(), hvem: &av.hvem, antall: k.len(), k };
        revisjon::skriv(self.om(), &av.tenant, "revisjon.karantene.lukket", &styrt).await
    }
}
