//! Delivery: several lists at a time and one request for each, intent before the request, outcome after it, and never
//! blindly again.
//!
//! An approval comes by the queue over the ledger and lies on the table (`bord`) until nothing more can come of it. The
//! list is looked at (`arbeid`) when the approval comes, and again whenever list, ledger or round has changed or a moment
//! has come (`vekker`): `core/liste` says what is to be done. Nothing here decides whether a list may be sent.

mod arbeid;
mod bevis;
mod bord;
mod forsok;
mod styring;
mod svar;
mod tilbakelesing;

pub use bevis::med_bevis;

use crate::drift::Drift;
use crate::hovedbok::{SakFeil, les};
use crate::karantene::Karantene;
use crate::melding::hode;
use crate::sammenheng::Sammenheng;
use crate::trinn::Omgivelse;
use crate::vekker::Vekker;
use crate::{Maalere, Stopp, runder};
use arbeid::{Arbeider, Videre};
use bord::{Bord, Papir};
use bus::{Delivery, Queue, QueueSpec};
use elevliste::{Handling, Innsamling, Innsendingspost, Listenokkel};
use flow::Sink;
use hendelse::{Emne, INNSENDING, K, Tenant};
use kodeverk::Fylkesnummer;
use std::{collections::BTreeSet, num::NonZeroUsize, sync::Arc, time::Duration};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Interval, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const DEL: &str = "levering";
/// How often it is looked what people have paused and resumed.
const STYRING: Duration = Duration::from_secs(1);
/// Before an approval of a list whose tenant is handled elsewhere is given to somebody else.
const FREMMED: Duration = Duration::from_secs(60);
/// So often may it be given to those who cannot handle it: two weeks. Then it goes to quarantine.
const FORSOK: u32 = 20_000;

/// A receiver and the counties that it serves.
#[derive(Clone)]
pub struct Mottaker {
    /// The adapter.
    pub sink: Arc<dyn Sink>,
    /// The counties.
    pub fylker: Vec<Fylkesnummer>,
    /// How many lists are on their way at once.
    pub samtidige: NonZeroUsize,
    /// After so long without a sign of life a process's work is given to another.
    pub taushet: Duration,
}

impl Mottaker {
    /// Lists on their way at once, unless something else is said.
    pub const SAMTIDIGE: NonZeroUsize = NonZeroUsize::new(4).expect("4 is not zero");
    /// Silence of a process, unless something else is said.
    pub const TAUSHET: Duration = Duration::from_secs(60);

    /// A receiver with what is usual.
    pub fn ny(sink: Arc<dyn Sink>, fylker: Vec<Fylkesnummer>) -> Self {
        Self { sink, fylker, samtidige: Self::SAMTIDIGE, taushet: Self::TAUSHET }
    }
}

/// Delivers until `stopp`. What is under way is finished first.
pub(crate) async fn kjor(
    (om, drift): (Omgivelse, Drift),
    mottaker: Mottaker,
    runder: Arc<[Innsamling]>,
    rundt: Sammenheng,
    stopp: CancellationToken,
) {
    let levering =
        Levering { arbeider: Arc::new(Arbeider { om, drift, mottaker, rundt, stopp: stopp.clone() }), runder };
    while !stopp.is_cancelled() {
        let Err(feil) = levering.folg(&stopp).await else { return };
        let Arbeider { om, mottaker, .. } = &*levering.arbeider;
        Maalere::tell(&om.maalere.stopp, DEL, "", feil.kode());
        tracing::warn!(mottaker = mottaker.sink.name(), error = %feil, "delivery starts again");
        tokio::select! {
            () = stopp.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

/// A look that is over.
type Ferdig = (Listenokkel, Arc<Papir>, Result<(Videre, bool), SakFeil>);

struct Levering {
    arbeider: Arc<Arbeider>,
    runder: Arc<[Innsamling]>,
}

impl Levering {
    async fn folg(&self, stopp: &CancellationToken) -> Result<(), Stopp> {
        let Arbeider { om, mottaker, .. } = &*self.arbeider;
        let ko = QueueSpec {
            name: format!("levering-{}", mottaker.sink.name()),
            filters: mottaker.fylker.iter().map(|f| format!("innsending.{f}.>")).collect(),
            ack_wait: mottaker.taushet,
            max_deliver: FORSOK,
        };
        runder::overfor_runder(om, &self.runder).await.map_err(runder::stopp)?;
        let ko = om.bus.queue(INNSENDING, &ko).await?;
        let vekker = Vekker::ny(om, Some(&mottaker.fylker)).await?;
        let mut puls = interval(mottaker.taushet / 3);
        puls.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut styring = interval(STYRING);
        styring.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut disk = Disk {
            levering: self,
            ko,
            vekker,
            bord: Bord::default(),
            under_arbeid: JoinSet::new(),
            puls,
            styring,
            pauset: BTreeSet::new(),
            sett: BTreeSet::new(),
        };
        let resultat = disk.ga(stopp).await;
        disk.rydd().await;
        resultat
    }

    /// Quarantine, and never again by itself.
    async fn gi_opp(&self, arbeid: &dyn Delivery, kode: &str) -> Result<(), Stopp> {
        Karantene::ny(&self.arbeider.om, DEL, &Tenant::felles()).melding(INNSENDING, arbeid.record(), kode).await?;
        Ok(arbeid.term(kode).await?)
    }
}

/// Everything that goes on, as long as the bus does.
struct Disk<'a> {
    levering: &'a Levering,
    ko: Box<dyn Queue>,
    vekker: Vekker,
    bord: Bord,
    under_arbeid: JoinSet<Ferdig>,
    puls: Interval,
    /// When it is looked what people have paused, resumed and asked to have delivered once more.
    styring: Interval,
    /// Lists that wait for somebody to resume.
    pauset: BTreeSet<Listenokkel>,
    /// What was asked for and has been looked at.
    sett: BTreeSet<(K, Uuid)>,
}

impl Disk<'_> {
    async fn ga(&mut self, stopp: &CancellationToken) -> Result<(), Stopp> {
        loop {
            self.begynn();
            tokio::select! {
                () = stopp.cancelled() => return Ok(()),
                arbeid = self.ko.next(Duration::from_secs(30)) => {
                    if let Some(arbeid) = arbeid? {
                        self.ta(arbeid).await?;
                    }
                }
                rort = self.vekker.neste() => {
                    let na = self.levering.arbeider.om.clock.now();
                    for nokkel in rort? {
                        if let Some(tid) = self.bord.vekk(&nokkel, na) {
                            self.vekker.ved(&nokkel, tid);
                        }
                    }
                }
                Some(ferdig) = self.under_arbeid.join_next() => self.ferdig(ferdig).await?,
                _ = self.puls.tick() => self.lev().await,
                _ = self.styring.tick() => self.styr().await?,
            }
        }
    }

    /// Begins as many looks as there may be at once.
    fn begynn(&mut self) {
        while self.under_arbeid.len() < self.levering.arbeider.mottaker.samtidige.get() {
            let Some((nokkel, papir, forsok)) = self.bord.begynn() else { return };
            let arbeider = self.levering.arbeider.clone();
            self.under_arbeid.spawn(async move {
                let sett = arbeider.se(&nokkel, &papir, forsok).await;
                (nokkel, papir, sett)
            });
        }
    }

    /// Takes a message of the queue: approvals are put on the table, the rest is none of our business.
    async fn ta(&mut self, arbeid: Box<dyn Delivery>) -> Result<(), Stopp> {
        let record = arbeid.record();
        let om = &self.levering.arbeider.om;
        let (Ok(Emne::Innsending(nokkel)), post) =
            (record.subject.parse(), les::<Innsendingspost>(om, INNSENDING, record).await)
        else {
            return Ok(arbeid.ack().await?);
        };
        match post {
            Ok(Some(Innsendingspost { lopenr, handling: Handling::Godkjent { .. }, .. })) => {
                let spor = hode(record).ok().and_then(|h| h.spor);
                if let Some(utdatert) = self.bord.ta(&nokkel, Arc::new(Papir { arbeid, lopenr, spor })) {
                    utdatert.arbeid.ack().await?;
                }
                Ok(())
            }
            Ok(_) => Ok(arbeid.ack().await?),
            Err(feil) if feil.er_en_posts() => {
                tracing::error!(liste = %nokkel, error = %feil, "not delivered");
                self.levering.gi_opp(&*arbeid, "uleselig").await
            }
            Err(feil) => Err(feil),
        }
    }

    async fn ferdig(&mut self, ferdig: Result<Ferdig, JoinError>) -> Result<(), Stopp> {
        let (nokkel, papir, sett) = match ferdig {
            Ok(ferdig) => ferdig,
            Err(feil) => std::panic::resume_unwind(feil.into_panic()),
        };
        let Some(plass) = self.bord.ferdig(&nokkel, &papir) else { return Ok(()) };
        match sett {
            Ok((videre, uavklart)) => {
                plass.uavklart = uavklart;
                plass.forsok = if matches!(videre, Videre::Tidligst(_)) { plass.forsok.saturating_add(1) } else { 0 };
                match videre {
                    Videre::Ferdig => {
                        self.bord.fjern(&nokkel);
                        papir.arbeid.ack().await?;
                    }
                    Videre::Hvil => {}
                    Videre::Pauset => drop(self.pauset.insert(nokkel)),
                    Videre::Ved(tid) => self.vekker.ved(&nokkel, tid),
                    Videre::Tidligst(tid) => {
                        self.bord.vent(&nokkel, tid);
                        self.vekker.ved(&nokkel, tid);
                    }
                }
            }
            // Somebody was first: what they did is looked at.
            Err(SakFeil::Endret(_)) => self.bord.igjen(&nokkel),
            // There is no list any more. It may come again.
            Err(SakFeil::Finnes(_)) => {}
            Err(SakFeil::Fremmed { .. }) => {
                self.bord.fjern(&nokkel);
                match papir.arbeid.last() {
                    true => self.levering.gi_opp(&*papir.arbeid, "fremmed").await?,
                    false => papir.arbeid.nak(FREMMED).await?,
                }
            }
            Err(feil @ (SakFeil::Brutt { .. } | SakFeil::Runde(_))) => {
                tracing::error!(error = %feil, "not delivered");
                self.bord.fjern(&nokkel);
                self.levering.gi_opp(&*papir.arbeid, "brutt-hovedbok").await?;
            }
            Err(SakFeil::Stopp(feil)) if feil.er_en_posts() => {
                tracing::error!(liste = %nokkel, error = %feil, "not delivered");
                self.bord.fjern(&nokkel);
                self.levering.gi_opp(&*papir.arbeid, "uleselig").await?;
            }
            Err(SakFeil::Stopp(feil)) => return Err(feil),
        }
        self.tell();
        Ok(())
    }

    fn tell(&self) {
        let Arbeider { om, mottaker, .. } = &*self.levering.arbeider;
        om.maalere.uavklarte(mottaker.sink.name()).set(self.bord.uavklarte());
    }

    /// Lets the queue know that we are still here: what lies on the table is given to nobody else.
    async fn lev(&mut self) {
        for papir in self.bord.papirer() {
            if let Err(feil) = papir.arbeid.progress().await {
                tracing::debug!(error = %feil, "the queue was not told that an approval is being worked on");
            }
        }
    }

    /// Finishes what is under way, whatever stopped us, and lets go of the rest.
    async fn rydd(&mut self) {
        while !self.under_arbeid.is_empty() {
            tokio::select! {
                Some(ferdig) = self.under_arbeid.join_next() => {
                    if let Err(feil) = self.ferdig(ferdig).await {
                        tracing::warn!(error = %feil, "what a delivery came to is looked at again at the next start");
                    }
                }
                _ = self.puls.tick() => self.lev().await,
            }
        }
        for papir in self.bord.papirer() {
            if let Err(feil) = papir.arbeid.nak(Duration::ZERO).await {
                tracing::debug!(error = %feil, "the queue finds out by itself that we are gone");
            }
        }
    }
}
