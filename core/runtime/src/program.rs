//! All roles of one process, started and stopped together.

use crate::hovedbok::Tenantnokler;
use crate::kart::Kartfold;
use crate::listetrinn::Listefold;
use crate::trinn::{self, Omgivelse};
use crate::{Kart, Kilde, Lister, Mottaker, godkjenning, kildelop, levering};
use elevliste::Innsamling;
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What this process is to do. An empty list is a role that runs elsewhere.
#[derive(Clone, Default)]
pub struct Plan {
    /// Sources to read.
    pub kilder: Vec<Kilde>,
    /// Tenants to map.
    pub kart: Vec<Kart>,
    /// Tenants whose lists are kept.
    pub lister: Vec<Lister>,
    /// Receivers to deliver to.
    pub mottakere: Vec<Mottaker>,
    /// The rounds.
    pub runder: Vec<Innsamling>,
    /// Whether this process approves where the policy says so.
    pub godkjenn: bool,
    /// The tenants' secrets.
    pub nokler: Tenantnokler,
}

/// Running roles.
pub struct Program {
    stopp: CancellationToken,
    oppgaver: TaskTracker,
    vekk: Vec<Arc<Notify>>,
    om: Omgivelse,
}

impl Program {
    /// Starts every role of the plan. Streams must be there: see [`crate::klargjor`].
    pub fn start(om: Omgivelse, plan: Plan) -> Self {
        let stopp = CancellationToken::new();
        let oppgaver = TaskTracker::new();
        let mut vekk = Vec::new();
        let runder: Arc<[Innsamling]> = plan.runder.into();
        for kilde in plan.kilder {
            let varsel = Arc::new(Notify::new());
            vekk.push(varsel.clone());
            oppgaver.spawn(kildelop::kjor(om.clone(), kilde, varsel, stopp.clone()));
        }
        for kart in plan.kart {
            let (om, stopp) = (om.clone(), stopp.clone());
            oppgaver.spawn(async move { trinn::kjor(om, || Kartfold::ny(&kart), stopp).await });
        }
        for lister in plan.lister {
            let (om, stopp) = (om.clone(), stopp.clone());
            oppgaver.spawn(async move { trinn::kjor(om, || Listefold::ny(&lister), stopp).await });
        }
        if plan.godkjenn {
            oppgaver.spawn(godkjenning::kjor(om.clone(), runder.clone(), plan.nokler.clone(), stopp.clone()));
        }
        for mottaker in plan.mottakere {
            oppgaver.spawn(levering::kjor(om.clone(), mottaker, runder.clone(), plan.nokler.clone(), stopp.clone()));
        }
        oppgaver.close();
        Self { stopp, oppgaver, vekk, om }
    }

    /// Reads all sources now instead of when their interval is over.
    pub fn hent_na(&self) {
        self.vekk.iter().for_each(|v| v.notify_one());
    }

    /// Stops: nothing new is begun, what is under way is finished within `frist`. False when something was cut off.
    pub async fn stopp(self, frist: Duration) -> bool {
        self.stopp.cancel();
        let ferdig = tokio::time::timeout(frist, self.oppgaver.wait()).await.is_ok();
        if !ferdig {
            tracing::error!("some roles did not stop in time; what they were doing is found again at the next start");
        }
        self.om.bus.close().await;
        ferdig
    }
}
