//! How the sources are doing, looked at every other second: their bucket tells nobody when something is written.

use super::{Utsikt, Utsiktsvalg};
use crate::program::Vekking;
use crate::{Hold, Kildestatus, Stopp, holdt, kildestatus};
use hendelse::{Kildenavn, Tenant};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const HVER: Duration = Duration::from_secs(2);

/// How a source is doing, and what is held from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kildebilde {
    /// Whose.
    pub tenant: Tenant,
    /// Which.
    pub kilde: Kildenavn,
    /// How it is doing; that of a new one, before it was tried.
    pub status: Kildestatus,
    /// What waits for a person, or was decided and has not been carried out; none also where the person who asks may not
    /// see it.
    pub hold: Option<Hold>,
}

pub(crate) struct Kilder {
    alle: Vec<(Tenant, Kildenavn)>,
    vekking: Vekking,
    vist: RwLock<BTreeMap<(Tenant, Kildenavn), Arc<Kildebilde>>>,
}

impl Kilder {
    pub fn ny(valg: Utsiktsvalg) -> Self {
        Self { alle: valg.kilder, vekking: valg.vekking, vist: RwLock::default() }
    }

    pub fn vist(&self) -> Vec<Arc<Kildebilde>> {
        self.vist.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    pub fn har(&self, tenant: &Tenant, kilde: &Kildenavn) -> bool {
        self.alle.iter().any(|(t, k)| t == tenant && k == kilde)
    }

    pub fn vekk(&self, tenant: &Tenant, kilde: &Kildenavn) -> bool {
        self.vekking.vekk(tenant, kilde)
    }
}

impl Utsikt {
    /// Looks at a source again.
    pub(crate) async fn se_pa(&self, tenant: &Tenant, kilde: &Kildenavn) -> Result<(), Stopp> {
        let status = kildestatus(self.omgivelse(), tenant, kilde).await?.unwrap_or_default();
        let hold = holdt(self.omgivelse(), tenant, kilde).await?;
        let bilde = Kildebilde { tenant: tenant.clone(), kilde: kilde.clone(), status, hold };
        let mut vist = self.kilder().vist.write().unwrap_or_else(PoisonError::into_inner);
        vist.insert((tenant.clone(), kilde.clone()), Arc::new(bilde));
        Ok(())
    }
}

pub(super) async fn folg(utsikt: Utsikt, stopp: CancellationToken) {
    let mut borte = false;
    loop {
        for (tenant, kilde) in &utsikt.kilder().alle {
            match utsikt.se_pa(tenant, kilde).await {
                Ok(()) => borte = false,
                Err(feil) if !borte => {
                    borte = true;
                    tracing::warn!(%tenant, %kilde, error = %feil, "how sources are doing is not seen");
                }
                Err(_) => {}
            }
        }
        tokio::select! {
            () = stopp.cancelled() => return,
            () = tokio::time::sleep(HVER) => {}
        }
    }
}
