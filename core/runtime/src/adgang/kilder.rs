//! Sources, and what waits for a person's decision.

use super::{Adgangsfeil, Gjoremal, Utsnitt};
use crate::utsikt::Kildebilde;
use crate::{Avgjorelse, avgjor};
use hendelse::{Kildenavn, Tenant};
use std::sync::Arc;

impl Utsnitt {
    /// The sources within reach, as they were a moment ago. What is held is shown to those who may see it.
    pub fn kilder(&self) -> Vec<Arc<Kildebilde>> {
        if !self.ma(Gjoremal::SeKilder) {
            return vec![];
        }
        let mut alle = self.utsikt.kilder().vist();
        alle.retain(|kilde| self.adgang.ser_kilde(&kilde.tenant, &kilde.kilde));
        if !self.ma(Gjoremal::SeHold) {
            for kilde in &mut alle {
                let kilde = Arc::make_mut(kilde);
                (kilde.hold, kilde.status.hold, kilde.status.sist) = (None, None, None);
            }
        }
        alle
    }

    /// Decides about exactly the hold that was looked at. Why is said in words without personal data.
    pub async fn avgjor(
        &self,
        tenant: &Tenant,
        kilde: &Kildenavn,
        digest: &str,
        godkjent: bool,
        hvorfor: &str,
    ) -> Result<(), Adgangsfeil> {
        let hva = Gjoremal::AvgjorHold;
        self.krev_kilde(tenant, kilde, hva)?;
        let hvem = self.adgang.aktor().ok_or(Adgangsfeil::MaIkke { hva })?.id;
        let avgjorelse = Avgjorelse { godkjent, hvem, hvorfor: hvorfor.to_owned(), nar: self.na() };
        avgjor(self.om(), tenant, kilde, digest, avgjorelse).await?;
        self.utsikt.vekk_kilde(tenant, kilde);
        Ok(self.utsikt.se_pa(tenant, kilde).await?)
    }

    /// Reads a source now. False: another process reads it, when its interval is over.
    pub fn hent(&self, tenant: &Tenant, kilde: &Kildenavn) -> Result<bool, Adgangsfeil> {
        self.krev_kilde(tenant, kilde, Gjoremal::Hente)?;
        Ok(self.utsikt.vekk_kilde(tenant, kilde))
    }

    fn krev_kilde(&self, tenant: &Tenant, kilde: &Kildenavn, hva: Gjoremal) -> Result<(), Adgangsfeil> {
        if !self.adgang.ser_kilde(tenant, kilde) {
            return self.krev_tenant(tenant, hva);
        }
        if !self.utsikt.kilder().har(tenant, kilde) {
            return Err(Adgangsfeil::Finnes);
        }
        self.krev(hva, Some(tenant.clone()), None)
    }
}
