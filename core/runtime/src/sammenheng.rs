//! What a process must know to see a list as it stands: secrets, and what each county's receiver is like.

use crate::hovedbok::{Listesak, SakFeil, Tenantnokler};
use elevliste::Egenskaper;
use hendelse::{Tenant, Tenantnokkel};
use identitet::Politikk;
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use liste::kvittering::Signerer;
use liste::{Listebilde, Mottakerregler, Omstendigheter};
use std::{collections::BTreeMap, sync::Arc};

/// What a county's receiver is like.
#[derive(Debug, Clone, Copy)]
pub struct Mottakervalg {
    /// What it can do.
    pub egenskaper: Egenskaper,
    /// Which identity numbers it takes.
    pub politikk: Politikk,
    /// What else it is particular about.
    pub regler: Mottakerregler,
}

impl Default for Mottakervalg {
    /// Of a receiver that nothing is known of: it can do nothing, and takes real numbers only.
    fn default() -> Self {
        Self { egenskaper: Egenskaper::default(), politikk: Politikk::Vigoskole, regler: Mottakerregler::VIGO }
    }
}

/// Everything around a list that is not in the streams. Cheap to clone.
#[derive(Clone, Default)]
pub struct Sammenheng {
    /// The tenants' secrets.
    pub nokler: Tenantnokler,
    /// The receivers, by county.
    pub mottakere: Arc<BTreeMap<Fylkesnummer, Mottakervalg>>,
    /// Signs receipts; without it none are issued.
    pub signerer: Option<Arc<Signerer>>,
}

impl Sammenheng {
    /// The secret of the tenant that a list belongs to.
    pub fn nokkel(&self, sak: &Listesak) -> Result<&Tenantnokkel, SakFeil> {
        let fremmed = || SakFeil::Fremmed { nokkel: sak.liste.nokkel.clone(), tenant: sak.liste.tenant.clone() };
        let tenant: Tenant = sak.liste.tenant.parse().map_err(|_| fremmed())?;
        self.nokler.get(&tenant).ok_or_else(fremmed)
    }

    /// What the receiver of a county's lists is like.
    pub fn mottaker(&self, fylke: Fylkesnummer) -> Mottakervalg {
        self.mottakere.get(&fylke).copied().unwrap_or_default()
    }

    /// The list and its ledger in one picture, at `na`.
    pub fn bilde(&self, sak: &Listesak, na: Timestamp) -> Result<Listebilde, SakFeil> {
        let mottaker = self.mottaker(sak.liste.nokkel.fylke);
        let rundt = Omstendigheter {
            na,
            endret: sak.endret,
            runde: sak.runde.as_ref(),
            runde_endret: sak.runde_endret,
            mottaker: mottaker.egenskaper,
            politikk: mottaker.politikk,
            regler: mottaker.regler,
        };
        Ok(liste::bilde(&sak.liste, &sak.poster, self.nokkel(sak)?, &rundt))
    }
}
