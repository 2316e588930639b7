//! Carries out orders to play something again.

use super::{Bestilling, Drift};
use crate::Stopp;
use async_trait::async_trait;
use bus::{BusError, Delivery, Record};
use hendelse::{Emne, K, Kildenavn, Tenant};
use kodeverk::Fylkesnummer;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

/// What was woken for an order.
pub(super) type Vekket = BTreeSet<Uuid>;

const KILDE: &str = "kilde";
const REGISTER: &str = "register";
const LEVERING: &str = "levering";

impl Drift {
    /// Wakes the sources that are to be read again, and lets the steps of this process read everything anew.
    pub(super) async fn utfor_bestillinger(&self, vekket: &mut Vekket) -> Result<(), Stopp> {
        let bestilte = self.bestilte().await?;
        vekket.retain(|id| bestilte.iter().any(|b| b.id == *id));
        for b in bestilte.iter() {
            if let Some(kilde) = b.kilde.as_ref().filter(|_| [KILDE, REGISTER].contains(&b.trinn.as_str())) {
                if vekket.insert(b.id) {
                    self.roller().vekk.vekk(&b.tenant, kilde);
                }
                continue;
            }
            let trinnet =
                self.roller().trinn.iter().find(|(trinn, tenant, _)| *trinn == b.trinn && *tenant == b.tenant);
            if let Some((.., nytt)) = trinnet {
                // What the step still cannot read it puts there again: the message itself stands in its stream.
                let tatt = self.ta_ut(b, &b.k).await?;
                self.lukk(b, &tatt).await?;
                nytt.notify_one();
            }
        }
        Ok(())
    }

    /// The order to play again what a register said, if there is one.
    pub(crate) async fn spilles(&self, trinn: &str, tenant: &Tenant, kilde: &Kildenavn) -> Option<Uuid> {
        let bestilte = self.bestilte().await.ok()?;
        bestilte.iter().find(|b| b.er(trinn, tenant, Some(kilde))).map(|b| b.id)
    }

    /// A source has been read whole, or a register has been asked about everybody. Of what is to be played again, whatever it no longer shows as unreadable is closed:
    /// it could be read now, or is gone from the source.
    pub(crate) async fn etter_lesning(
        &self,
        trinn: &str,
        (tenant, kilde): (&Tenant, &Kildenavn),
        avvist: &BTreeSet<K>,
    ) {
        let lukk = async {
            let bestilte = self.bestilte().await?;
            let Some(b) = bestilte.iter().find(|b| b.er(trinn, tenant, Some(kilde))) else {
                return Ok::<_, Stopp>(());
            };
            let avvist: BTreeSet<String> = avvist.iter().map(ToString::to_string).collect();
            self.lukk(b, &b.k.difference(&avvist).cloned().collect()).await?;
            self.ta_ut(b, &b.k).await.map(drop)
        };
        if let Err(error) = lukk.await {
            tracing::warn!(%tenant, %kilde, %error, "the quarantine is looked at again after the next reading");
        }
    }

    /// One reading of a source at a time: adapters remember what they have shown.
    pub(crate) async fn las_kilde(&self, tenant: &Tenant, navn: &Kildenavn) -> Option<OwnedMutexGuard<()>> {
        let las = self.roller().kilder.iter().find(|(k, _)| k.tenant == *tenant && k.navn == *navn).map(|(_, las)| las);
        match las {
            Some(las) => Some(las.clone().lock_owned().await),
            None => None,
        }
    }

    /// The approvals that are to be delivered once more, of some counties. `sett` is what was looked at before.
    pub(crate) async fn gjenopptas(
        &self,
        fylker: &[Fylkesnummer],
        sett: &mut BTreeSet<(K, Uuid)>,
    ) -> Result<Vec<Gjenopptak>, Stopp> {
        let (bestilte, mut ut) = (self.bestilte().await?, Vec::new());
        sett.retain(|(_, id)| bestilte.iter().any(|b| b.id == *id));
        for b in bestilte.iter().filter(|b| b.trinn == LEVERING) {
            for k in b.alle_k().filter(|k| !sett.contains(&(*k, b.id))).collect::<Vec<_>>() {
                let info = self.en(LEVERING, &b.tenant, k).await?;
                let record = match info.as_ref().and_then(|i| i.opphav.as_deref()) {
                    Some(opphav) => self.melding(opphav).await?,
                    None => None,
                };
                sett.insert((k, b.id));
                let vart =
                    |r: &Record| matches!(r.subject.parse(), Ok(Emne::Innsending(n)) if fylker.contains(&n.fylke));
                if let Some(record) = record.filter(vart)
                    && !self.ta_ut(b, &[k.to_string()].into()).await?.is_empty()
                {
                    ut.push(Gjenopptak { drift: self.clone(), bestilling: b.clone(), k, record });
                }
            }
        }
        Ok(ut)
    }

    /// A message of ours by stream and sequence; none when it is not kept any more.
    pub(super) async fn melding(&self, opphav: &str) -> Result<Option<Record>, Stopp> {
        let Some((stream, sekvens)) = opphav.split_once(':') else { return Ok(None) };
        let Ok(sekvens) = sekvens.parse::<u64>() else { return Ok(None) };
        let record = self.om().bus.next(stream, ">", sekvens.saturating_sub(1)).await?;
        Ok(record.filter(|r| r.sequence == sekvens))
    }
}

/// An approval that is taken once more. It leaves the quarantine when nothing more can come of it.
pub(crate) struct Gjenopptak {
    drift: Drift,
    bestilling: Bestilling,
    k: K,
    record: Record,
}

#[async_trait]
impl Delivery for Gjenopptak {
    fn record(&self) -> &Record {
        &self.record
    }

    /// There is no other worker to give it to.
    fn last(&self) -> bool {
        true
    }

    async fn ack(&self) -> Result<(), BusError> {
        let lukket = self.drift.lukk(&self.bestilling, &[self.k.to_string()].into()).await;
        if let Err(error) = lukket {
            tracing::warn!(%error, "delivered, but it still lies in quarantine; play it again to have it closed");
        }
        Ok(())
    }

    async fn nak(&self, _: Duration) -> Result<(), BusError> {
        tracing::warn!(liste = self.record.subject, "an approval played again was not handled; it lies in quarantine");
        Ok(())
    }

    /// It is put in quarantine by whoever gives it up: there it lies already.
    async fn term(&self, _: &str) -> Result<(), BusError> {
        Ok(())
    }

    async fn progress(&self) -> Result<(), BusError> {
        Ok(())
    }
}
