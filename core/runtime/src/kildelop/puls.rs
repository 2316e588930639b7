//! The heartbeat of one source: its status kept, its gauges set, and an alarm that goes by the clock, also while a reading
//! hangs.

use super::hold::Hold;
use super::status::{self, Avsluttet, Kildestatus, Kildetilstand};
use super::{Kilde, Utfall, rytme};
use crate::drift::{Drift, Pause};
use crate::maalere::{Alarmmerke, Kildemerke};
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp};
use flow::Lesevalg;
use hendelse::{Kildenavn, Tenant};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often the clock is looked at.
const SLAG: Duration = Duration::from_secs(15);
/// How often it is looked whether somebody has paused or resumed.
const PAUSESLAG: Duration = Duration::from_secs(1);

/// Not read whole in time.
const STUM: &str = "stum";
/// Our credentials are not accepted.
const AVVIST: &str = "avvist";
/// A person must decide about a hold.
const HOLDT: &str = "holdt";

/// What is known of one source's life.
pub(super) struct Puls {
    om: Omgivelse,
    tenant: Tenant,
    navn: Kildenavn,
    valg: Lesevalg,
    /// Whether it is handed in: then nothing is expected of it.
    levert: bool,
    tilstand: Mutex<(Kildestatus, BTreeSet<&'static str>)>,
}

impl Puls {
    /// Goes on from the status that is stored.
    pub async fn last(om: &Omgivelse, kilde: &Kilde, levert: bool) -> Result<Self, Stopp> {
        let (tenant, navn, valg) = (kilde.tenant.clone(), kilde.navn.clone(), kilde.valg.clone());
        // A status is no state that anything depends on: one that cannot be read is told anew.
        let mut status = match status::kildestatus(om, &tenant, &navn).await {
            Err(Stopp::Uforstaelig { nokkel }) => {
                tracing::warn!(%tenant, kilde = %navn, nokkel, "the status cannot be read; it begins anew");
                Kildestatus::default()
            }
            status => status?.unwrap_or_default(),
        };
        // While nothing read it nobody expected anything: it is given the time of one reading from now.
        status.frist = (!levert).then(|| rytme::frist(om.clock.now(), &valg));
        status.ventet = None;
        let puls = Self { om: om.clone(), tenant, navn, valg, levert, tilstand: Mutex::new((status, BTreeSet::new())) };
        puls.sjekk();
        Ok(puls)
    }

    fn tilstand(&self) -> MutexGuard<'_, (Kildestatus, BTreeSet<&'static str>)> {
        self.tilstand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the clock again and again; never ends.
    pub async fn folg(&self) {
        loop {
            tokio::time::sleep(SLAG).await;
            self.sjekk();
        }
    }

    /// Keeps the status right about pauses; never ends.
    pub async fn folg_pause(&self, drift: &Drift) {
        loop {
            self.pauset(drift.kilde_star(&self.tenant, &self.navn).await).await;
            tokio::time::sleep(PAUSESLAG).await;
        }
    }

    /// Whether it is paused now. What was not expected of it meanwhile is given the time of one reading.
    async fn pauset(&self, pause: Option<Pause>) {
        if self.tilstand().0.pause == pause {
            return;
        }
        let na = self.om.clock.now();
        self.endre(|status| {
            if pause.is_none() && !self.levert {
                status.frist = Some(rytme::frist(na, &self.valg));
            }
            status.pause = pause;
        })
        .await;
    }

    /// What the last attempt came to, in the status's words.
    pub fn ord(&self) -> (Kildetilstand, String) {
        let tilstand = self.tilstand();
        (tilstand.0.tilstand, tilstand.0.kode.clone())
    }

    /// A complete reading, of a snapshot (`helt`) or of changes.
    pub async fn lest(&self, utfall: &Utfall, helt: bool, avsluttet: Option<Hold>) {
        let na = self.om.clock.now();
        self.endre(|status| {
            status.etter_lesning(utfall, helt, na);
            if helt && !self.levert {
                status.frist = Some(rytme::frist(na, &self.valg));
                status.ventet = Some(rytme::neste(na, &self.valg));
            }
            if let Some(Hold { digest, opprettet, avgjorelse, .. }) = avsluttet {
                status.sist = Some(Avsluttet { digest, opprettet, lukket: na, avgjorelse });
            }
        })
        .await;
    }

    /// An attempt that was given up, and when the next one is, if there is one.
    pub async fn feilet(&self, feil: &Stopp, neste: Option<Timestamp>) {
        let na = self.om.clock.now();
        self.endre(|status| {
            status.etter_feil(feil, na);
            status.ventet = neste;
        })
        .await;
    }

    /// When it is read next.
    pub fn venter(&self, nar: Timestamp) {
        self.tilstand().0.ventet = Some(nar);
    }

    async fn endre(&self, endre: impl FnOnce(&mut Kildestatus)) {
        let status = {
            let mut tilstand = self.tilstand();
            endre(&mut tilstand.0);
            tilstand.0.clone()
        };
        self.sjekk();
        // A status is no state that anything depends on: without it the next one tells.
        if let Err(error) = status::skriv(&self.om, &self.tenant, &self.navn, &status).await {
            tracing::warn!(tenant = %self.tenant, kilde = %self.navn, %error, "the status could not be stored");
        }
    }

    /// Sets gauges and alarms by the clock. What trips or clears is logged once.
    pub fn sjekk(&self) {
        let na = self.om.clock.now();
        let (tenant, navn, maalere) = (&self.tenant, &self.navn, &self.om.maalere);
        let mut tilstand = self.tilstand();
        let (status, varslet) = &mut *tilstand;
        let merke = Kildemerke { tenant: tenant.to_string(), kilde: navn.to_string() };
        let sett = |familie: &crate::maalere::Kildefamilie, tid: Option<Timestamp>| {
            familie.get_or_create(&merke).set(tid.map_or(0, Timestamp::as_second));
        };
        sett(&maalere.kilde_sist_hel, status.sist_hel);
        sett(&maalere.kilde_sist_endring, status.sist_endring);
        sett(&maalere.kilde_ventet, status.ventet);
        let alarmer = [
            (STUM, status.stum(na)),
            (AVVIST, status.tilstand == Kildetilstand::Avviser),
            (HOLDT, status.tilstand == Kildetilstand::Holdt),
        ];
        for (grunn, ringer) in alarmer {
            let merke = Alarmmerke { tenant: tenant.to_string(), kilde: navn.to_string(), reason: grunn };
            maalere.kildealarm.get_or_create(&merke).set(i64::from(ringer));
            let ny = if ringer { varslet.insert(grunn) } else { varslet.remove(grunn) };
            match (ny, ringer, grunn) {
                (true, true, STUM) => tracing::error!(
                    %tenant, kilde = %navn, kode = status.kode,
                    "the source has not been read whole in time; see the code for what to do"
                ),
                (true, true, AVVIST) => {
                    tracing::error!(%tenant, kilde = %navn, "the source refuses our credentials; correct them");
                }
                (true, false, _) => tracing::info!(%tenant, kilde = %navn, grunn, "the alarm is over"),
                // A hold has told what it is about itself.
                _ => {}
            }
        }
    }
}

impl Maalere {
    /// Whether a source's alarm rings.
    pub fn alarm(&self, tenant: &Tenant, kilde: &Kildenavn, reason: &'static str) -> bool {
        let merke = Alarmmerke { tenant: tenant.to_string(), kilde: kilde.to_string(), reason };
        self.kildealarm.get_or_create(&merke).get() == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_trait::async_trait;
    use bus::Memory;
    use flow::{Cursor, Kildeobjekt, ManualClock, Page, Presence, Source, SourceError};
    use hendelse::Tenantnokkel;
    use std::sync::Arc;

    struct Taus;

    #[async_trait]
    impl Source for Taus {
        fn name(&self) -> &'static str {
            "taus"
        }

        async fn read(&self, _: &Cursor) -> Result<Page, SourceError> {
            Err(SourceError::Unreachable { system: "taus".into(), hint: "no answer".into() })
        }

        async fn look_up(&self, _: &Kildeobjekt) -> Result<Presence, SourceError> {
            Err(SourceError::Unreachable { system: "taus".into(), hint: "no answer".into() })
        }
    }

    #[tokio::test]
    async fn a_quiet_source_is_not_a_dead_one() {
        let na = |tid: &str| format!("2026-11-21T{tid}Z").parse::<Timestamp>().unwrap();
        let bus = Memory::default();
        crate::klargjor(&bus, 1).await.unwrap();
        let klokke = Arc::new(ManualClock::new(na("08:00:00")));
        let om = Omgivelse { bus: Arc::new(bus), clock: klokke.clone(), maalere: Maalere::default() };
        let kilde = Kilde {
            tenant: "litlevik".parse().unwrap(),
            nokkel: Tenantnokkel::fra_hex(&"7a".repeat(32)).unwrap(),
            navn: "taus".parse().unwrap(),
            source: Arc::new(Taus),
            valg: Lesevalg::hver(Duration::from_secs(900)),
        };
        let ringer = |grunn| om.maalere.alarm(&kilde.tenant, &kilde.navn, grunn);
        let puls = Puls::last(&om, &kilde, false).await.unwrap();
        klokke.set(na("08:29:00"));
        puls.lest(&Utfall::default(), true, None).await;
        klokke.set(na("08:58:00"));
        puls.sjekk();
        assert!(!ringer(STUM), "nothing new came, but it was read");
        klokke.set(na("08:59:01"));
        puls.sjekk();
        assert!(ringer(STUM), "also while a reading hangs");
        puls.feilet(&Stopp::Kilde(SourceError::Denied { system: "taus".into(), hint: String::new() }), None).await;
        assert!(ringer(AVVIST));
        let status = status::kildestatus(&om, &kilde.tenant, &kilde.navn).await.unwrap().unwrap();
        assert!(status.stum(om.clock.now()), "whoever reads the status can tell too");
        assert_eq!((status.tilstand, status.kode.as_str()), (Kildetilstand::Avviser, "kilde-avviser"));
        puls.lest(&Utfall::default(), true, None).await;
        assert!(!ringer(STUM) && !ringer(AVVIST));
        let siste = puls.tilstand().0.clone();
        assert_eq!((siste.sist_hel, siste.sist_endring), (Some(na("08:59:01")), None));
        assert_eq!(siste.ventet, Some(na("09:14:01")));
    }
}
