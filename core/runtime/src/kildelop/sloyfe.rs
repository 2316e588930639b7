//! The loop of one source: waits, reads, tells how it went, and waits again.

use super::puls::Puls;
use super::{Avgjort, DEL, Delta, FORKASTET, HOLDT, Kilde, Kildelop, Rom, Utfall, rytme};
use crate::drift::{Drift, Kildeforsok, Kildeslag};
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp};
use jiff::Timestamp;
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// How often it is looked whether somebody has decided about what is held.
const SE_ETTER_AVGJORELSE: Duration = Duration::from_secs(5);
/// The clock may be set while we sleep: it is looked at again at least so often.
const LENGSTE_SOVN: Duration = Duration::from_secs(30);

/// Reads a source again and again until `stopp`. `vekk` asks for a snapshot now. `kilder` is how many loops start together.
pub(crate) async fn kjor(
    (om, drift): (Omgivelse, Drift),
    kilde: Kilde,
    (rom, kilder): (Rom, usize),
    vekk: std::sync::Arc<Notify>,
    stopp: CancellationToken,
) {
    let gang = async {
        let puls = loop {
            match Puls::last(&om, &kilde, false).await {
                Ok(puls) => break puls,
                Err(feil) => {
                    let (tenant, navn) = (&kilde.tenant, &kilde.navn);
                    tracing::warn!(%tenant, kilde = %navn, error = %feil, "the source cannot be read yet");
                    Maalere::tell(&om.maalere.stopp, DEL, tenant.as_str(), feil.kode());
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        };
        let sloyfe =
            Sloyfe { om, drift: &drift, kilde, rom, puls: &puls, lop: None, feil_pa_rad: 0, holdt: false, delta: None };
        tokio::select! {
            () = puls.folg() => {}
            () = puls.folg_pause(&drift) => {}
            () = sloyfe.ga(kilder, &vekk) => {}
        }
    };
    tokio::select! {
        () = stopp.cancelled() => {}
        () = gang => {}
    }
}

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gjoremal {
    Snapshot,
    Endringer,
    Avgjorelse,
}

struct Sloyfe<'a> {
    om: Omgivelse,
    drift: &'a Drift,
    kilde: Kilde,
    rom: Rom,
    puls: &'a Puls,
    lop: Option<Kildelop>,
    feil_pa_rad: u32,
    /// Whether a hold waits for a person.
    holdt: bool,
    /// Pause between two deltas, while the source can be asked for them.
    delta: Option<Duration>,
}

impl Sloyfe<'_> {
    async fn ga(mut self, kilder: usize, vekk: &Notify) {
        let spredning = rytme::spredning(kilder, self.kilde.valg.intervall, rand::random());
        let mut snapshot = rytme::apner(rytme::pluss(self.om.clock.now(), spredning), self.kilde.valg.vindu);
        let mut mellom = snapshot;
        self.delta = self.kilde.valg.endringer;
        loop {
            let (mut hva, nar) = match (self.holdt, self.delta) {
                (true, _) if mellom < snapshot => (Gjoremal::Avgjorelse, mellom),
                (false, Some(_)) if self.feil_pa_rad == 0 && mellom < snapshot => (Gjoremal::Endringer, mellom),
                _ => (Gjoremal::Snapshot, snapshot),
            };
            self.puls.venter(snapshot);
            if self.bedt_om(nar, vekk).await {
                hva = Gjoremal::Snapshot;
            }
            // Also when somebody has asked for it.
            self.drift.vent_ut_pause(&self.kilde.tenant, &self.kilde.navn).await;
            let begynt = self.om.clock.now();
            let alene = self.drift.las_kilde(&self.kilde.tenant, &self.kilde.navn).await;
            let resultat = match hva {
                Gjoremal::Snapshot => self.snapshot().await.map(|()| None),
                Gjoremal::Endringer => self.endringer().await,
                Gjoremal::Avgjorelse => self.avgjorelse().await,
            };
            drop(alene);
            let na = self.om.clock.now();
            match resultat {
                Ok(Some(snapshot_nar)) => snapshot = snapshot_nar,
                Ok(None) if hva == Gjoremal::Snapshot => {
                    self.feil_pa_rad = 0;
                    snapshot = rytme::neste(na, &self.kilde.valg);
                }
                Ok(None) => {}
                Err(feil) => {
                    snapshot = self.feilet(&feil, na).await;
                    match hva {
                        Gjoremal::Snapshot => self.noter(begynt, Kildeslag::Snapshot, None),
                        Gjoremal::Endringer => self.noter(begynt, Kildeslag::Delta, None),
                        Gjoremal::Avgjorelse => {}
                    }
                }
            }
            let pause = if self.holdt { SE_ETTER_AVGJORELSE } else { self.delta.unwrap_or(Duration::MAX) };
            mellom = rytme::pluss(na, pause);
        }
    }

    fn noter(&self, begynt: Timestamp, slag: Kildeslag, utfall: Option<&Utfall>) {
        let (tilstand, kode) = self.puls.ord();
        let forsok = Kildeforsok::av((begynt, self.om.clock.now()), slag, (tilstand, &kode), utfall);
        self.drift.noter_kilde(&self.kilde.tenant, &self.kilde.navn, forsok);
    }

    /// Waits until a moment. True when somebody asked for a snapshot before it.
    async fn bedt_om(&self, nar: Timestamp, vekk: &Notify) -> bool {
        loop {
            let igjen = rytme::til(self.om.clock.now(), nar);
            if igjen.is_zero() {
                return false;
            }
            tokio::select! {
                () = vekk.notified() => return true,
                () = tokio::time::sleep(igjen.min(LENGSTE_SOVN)) => {}
            }
        }
    }

    async fn feilet(&mut self, feil: &Stopp, na: Timestamp) -> Timestamp {
        let (tenant, navn) = (&self.kilde.tenant, &self.kilde.navn);
        Maalere::tell(&self.om.maalere.stopp, DEL, tenant.as_str(), feil.kode());
        if feil.avlost() {
            tracing::info!(%tenant, kilde = %navn, "another worker reads this source");
        } else {
            tracing::warn!(%tenant, kilde = %navn, error = %feil, "the snapshot was given up; the last complete one stays in force");
        }
        self.feil_pa_rad += 1;
        let pause = rytme::pause_etter(feil, self.feil_pa_rad, self.kilde.valg.intervall, rand::random());
        let neste = rytme::apner(rytme::pluss(na, pause), self.kilde.valg.vindu);
        self.puls.feilet(feil, Some(neste)).await;
        neste
    }

    /// Does something with the memory, which is kept only while it surely is what KILDE holds.
    async fn med_minne<T>(&mut self, gjor: impl AsyncFnOnce(&mut Kildelop) -> Result<T, Stopp>) -> Result<T, Stopp> {
        let mut lop = match self.lop.take() {
            Some(lop) => lop,
            None => Kildelop::last_i(self.om.clone(), self.kilde.clone(), self.rom.clone()).await?,
        };
        let resultat = gjor(&mut lop).await;
        if resultat.as_ref().err().is_none_or(|feil| matches!(feil, Stopp::Kilde(_))) {
            self.lop = Some(lop);
        }
        resultat
    }

    async fn snapshot(&mut self) -> Result<(), Stopp> {
        let tur = loop {
            let tur = self.rom.tur().await;
            // There may have been many before us, and somebody may have paused meanwhile.
            if self.drift.kilde_star(&self.kilde.tenant, &self.kilde.navn).await.is_none() {
                break tur;
            }
            drop(tur);
            self.drift.vent_ut_pause(&self.kilde.tenant, &self.kilde.navn).await;
        };
        let begynt = self.om.clock.now();
        let utfall = self.med_minne(Kildelop::snapshot).await?;
        drop(tur);
        self.lest(&utfall).await;
        self.noter(begynt, Kildeslag::Snapshot, Some(&utfall));
        self.drift.etter_lesning(DEL, (&self.kilde.tenant, &self.kilde.navn), &utfall.karantene).await;
        Ok(())
    }

    async fn lest(&mut self, utfall: &Utfall) {
        let (tenant, navn, r) = (&self.kilde.tenant, &self.kilde.navn, &utfall.resultat);
        let kode = utfall.holdt.as_ref().map(|h| if h.avgjorelse.is_some() { FORKASTET } else { HOLDT });
        tracing::info!(
            %tenant, kilde = %navn, nye = r.nye, endret = r.endret, flyttet = r.flyttet, fjernet = r.fjernet,
            forsvunnet = r.forsvunnet, savnet = r.savnet, avvist = r.avvist, holdt = kode.is_some(), "complete snapshot"
        );
        if let Some(kode) = kode {
            Maalere::tell(&self.om.maalere.stopp, DEL, tenant.as_str(), kode);
        }
        self.holdt = kode == Some(HOLDT);
        let avsluttet = self.lop.as_mut().and_then(|l| l.sist_hold.take());
        self.puls.lest(utfall, true, avsluttet).await;
    }

    /// Looks at what has changed. A moment, when a snapshot is needed instead.
    async fn endringer(&mut self) -> Result<Option<Timestamp>, Stopp> {
        let (tenant, navn) = (self.kilde.tenant.clone(), self.kilde.navn.clone());
        let begynt = self.om.clock.now();
        match self.med_minne(Kildelop::endringer).await? {
            Delta::Lest(utfall) => {
                let r = &utfall.resultat;
                if r.endret_noe() {
                    tracing::info!(%tenant, kilde = %navn, nye = r.nye, endret = r.endret, flyttet = r.flyttet, fjernet = r.fjernet, "changes read");
                }
                self.puls.lest(&utfall, false, None).await;
                self.noter(begynt, Kildeslag::Delta, Some(&utfall));
            }
            Delta::Ikke => {}
            Delta::KanIkke => {
                tracing::info!(%tenant, kilde = %navn, "the source cannot be asked for changes; only snapshots are read");
                self.delta = None;
            }
            Delta::ForMye => {
                tracing::info!(%tenant, kilde = %navn, "more has changed than is believed without a complete snapshot");
                return Ok(Some(rytme::apner(self.om.clock.now(), self.kilde.valg.vindu)));
            }
        }
        Ok(None)
    }

    /// Looks whether somebody has decided. A moment, when the source must be read again for it.
    async fn avgjorelse(&mut self) -> Result<Option<Timestamp>, Stopp> {
        match self.med_minne(Kildelop::avgjort).await? {
            Avgjort::Venter => Ok(None),
            // A person has asked for it, so the window does not count.
            Avgjort::LesIgjen => {
                self.holdt = false;
                Ok(Some(self.om.clock.now()))
            }
            Avgjort::Publisert(utfall) => {
                self.lest(&utfall).await;
                Ok(Some(rytme::neste(self.om.clock.now(), &self.kilde.valg)))
            }
        }
    }
}
