//! All roles of one process, started and stopped together.

use crate::drift::{Drift, Roller};
use crate::kart::Kartfold;
use crate::listetrinn::Listefold;
use crate::sammenheng::Sammenheng;
use crate::trinn::{self, Fold, Omgivelse};
use crate::{Kart, Kilde, Lister, Mottaker, Register, Varsling, godkjenning, kildelop, levering, register, varsel};
use elevliste::Innsamling;
use hendelse::{Kildenavn, Tenant};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What this process is to do. An empty list is a role that runs elsewhere.
#[derive(Clone, Default)]
pub struct Plan {
    /// Sources to read.
    pub kilder: Vec<Kilde>,
    /// Person registers to follow.
    pub registre: Vec<Register>,
    /// How many sources are in the middle of a snapshot at once; 0 is the ordinary number, 8.
    pub samtidige_kilder: usize,
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
    /// Organisation numbers of schools whose lists a person approves, whatever the policy: of what is keyed in pupil by
    /// pupil only a person knows when it is all there.
    pub bare_mennesker: BTreeSet<String>,
    /// Whether this process tells where lists stand, and reminds; none when another does.
    pub varsling: Option<Varsling>,
    /// Secrets and receivers.
    pub rundt: Sammenheng,
}

/// Running roles.
pub struct Program {
    stopp: CancellationToken,
    oppgaver: TaskTracker,
    vekk: Vekking,
    drift: Drift,
    om: Omgivelse,
}

/// Wakes the sources of this process. Cheap to clone.
#[derive(Clone, Default)]
pub struct Vekking(Arc<[(Tenant, Kildenavn, Arc<Notify>)]>);

impl Vekking {
    fn varsler(&self) -> impl Iterator<Item = Arc<Notify>> {
        self.0.iter().map(|(.., varsel)| varsel.clone())
    }

    /// Reads a source now instead of when its interval is over. False when it is not read by this process.
    pub fn vekk(&self, tenant: &Tenant, navn: &Kildenavn) -> bool {
        let funnet = self.0.iter().find(|(t, n, _)| t == tenant && n == navn);
        funnet.inspect(|(_, _, varsel)| varsel.notify_one()).is_some()
    }
}

/// What of the plan can be steered: every part with what wakes it, in the plan's order.
fn roller(plan: &Plan) -> Roller {
    let varsel = |tenant: &Tenant, navn: &Kildenavn| (tenant.clone(), navn.clone(), Arc::new(Notify::new()));
    let kilder = plan.kilder.iter().map(|k| varsel(&k.tenant, &k.navn));
    let vekk: Vec<_> = kilder.chain(plan.registre.iter().map(|r| varsel(&r.tenant, &r.navn))).collect();
    let nytt = |del: &'static str, tenant: &Tenant| (del, tenant.clone(), Arc::new(Notify::new()));
    let kart = plan.kart.iter().map(|k| nytt(Kartfold::DEL, &k.tenant));
    Roller {
        kilder: plan.kilder.iter().map(|k| (k.clone(), Arc::default())).collect(),
        registre: plan.registre.iter().map(|r| (r.tenant.clone(), r.navn.clone())).collect(),
        trinn: kart.chain(plan.lister.iter().map(|l| nytt(Listefold::DEL, &l.tenant))).collect(),
        fylker: plan.mottakere.iter().flat_map(|m| m.fylker.iter().copied()).collect(),
        vekk: Vekking(vekk.into()),
        rundt: Some(plan.rundt.clone()),
    }
}

impl Program {
    /// Starts every role of the plan. Streams must be there: see [`crate::klargjor`].
    pub fn start(om: Omgivelse, plan: Plan) -> Self {
        let stopp = CancellationToken::new();
        let oppgaver = TaskTracker::new();
        let drift = Drift::med(om.clone(), roller(&plan));
        let Roller { vekk, trinn, .. } = drift.roller();
        oppgaver.spawn(drift.clone().folg(stopp.clone()));
        let runder: Arc<[Innsamling]> = plan.runder.into();
        let rom = kildelop::Rom::ny(plan.samtidige_kilder);
        let kilder = plan.kilder.len();
        for (kilde, varsel) in plan.kilder.into_iter().zip(vekk.varsler()) {
            let om = (om.clone(), drift.clone());
            oppgaver.spawn(kildelop::kjor(om, kilde, (rom.clone(), kilder), varsel, stopp.clone()));
        }
        for (registeret, varsel) in plan.registre.into_iter().zip(vekk.varsler().skip(kilder)) {
            oppgaver.spawn(register::kjor((om.clone(), drift.clone()), registeret, varsel, stopp.clone()));
        }
        let mut nytt = trinn.iter().map(|(.., nytt)| nytt.clone());
        for (kart, nytt) in plan.kart.into_iter().zip(&mut nytt) {
            let (om, stopp) = (om.clone(), stopp.clone());
            oppgaver.spawn(async move { trinn::kjor(om, || Kartfold::ny(&kart), nytt, stopp).await });
        }
        for (lister, nytt) in plan.lister.into_iter().zip(&mut nytt) {
            let (om, stopp) = (om.clone(), stopp.clone());
            oppgaver.spawn(async move { trinn::kjor(om, || Listefold::ny(&lister), nytt, stopp).await });
        }
        if plan.godkjenn {
            let policy = godkjenning::Policy {
                runder: runder.clone(),
                rundt: plan.rundt.clone(),
                bare_mennesker: plan.bare_mennesker,
                drift: drift.clone(),
            };
            oppgaver.spawn(godkjenning::kjor(om.clone(), policy, stopp.clone()));
        }
        if let Some(varsling) = plan.varsling {
            let oppdrag = varsel::Oppdrag { runder: runder.clone(), rundt: plan.rundt.clone(), varsling };
            oppgaver.spawn(varsel::kjor(om.clone(), oppdrag, stopp.clone()));
        }
        for mottaker in plan.mottakere {
            let om = (om.clone(), drift.clone());
            oppgaver.spawn(levering::kjor(om, mottaker, runder.clone(), plan.rundt.clone(), stopp.clone()));
        }
        oppgaver.close();
        Self { stopp, oppgaver, vekk: vekk.clone(), drift, om }
    }

    /// What steers and looks into what this process runs.
    pub fn drift(&self) -> Drift {
        self.drift.clone()
    }

    /// Reads all sources now instead of when their interval is over.
    pub fn hent_na(&self) {
        self.vekk.0.iter().for_each(|(_, _, varsel)| varsel.notify_one());
    }

    /// What wakes single sources.
    pub fn vekking(&self) -> Vekking {
        self.vekk.clone()
    }

    /// Stops: nothing new is begun, what is under way is finished within `frist`. False when something was cut off.
    pub async fn stopp(self, frist: Duration) -> bool {
        self.stopp.cancel();
        let ferdig = tokio::time::timeout(frist, self.oppgaver.wait()).await.is_ok();
        if !ferdig {
            tracing::error!("some roles did not stop in time; what they were doing is found again at the next start");
        }
        self.drift.skriv_forsok().await;
        self.om.bus.close().await;
        ferdig
    }
}
