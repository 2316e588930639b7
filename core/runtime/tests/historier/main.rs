//! Thousands of random histories of a school system that misbehaves, read by the source loop.
//!
//! After the last quiet snapshots KILDE is what the source shows, and nothing was ever published as gone that was there.
//! `HISTORIER` sets how many are drawn, `FROE` runs one seed alone.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

mod kilde;
mod liv;
mod saker;
mod samtidige;
mod tvil;

use bus::{Bus, Memory, Record, StreamSpec};
use flow::{Clock, Lesevalg, ManualClock, Terskler};
use hendelse::{KILDE, Tenant, Tenantnokkel};
use jiff::Timestamp;
use kilde::{Falsk, Lunefull};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;
use runtime::{Avgjorelse, Avgjort, Kilde, Kildelop, Maalere, Omgivelse, Stopp, Utfall};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// A source and everything around it, without a server.
struct Scene {
    om: Omgivelse,
    bus: Memory,
    kilde: Kilde,
    falsk: Arc<Lunefull>,
    klokke: Arc<ManualClock>,
}

impl Scene {
    async fn ny(terskler: Terskler) -> Self {
        let bus = Memory::default();
        // The whole log is kept, and not only the last versions: what was ever published is looked at.
        let alt = runtime::strommer(1).map(|strom| StreamSpec { keep_per_subject: 0, ..strom });
        bus.ensure(&alt, &runtime::botter(1)).await.unwrap();
        let klokke = Arc::new(ManualClock::new("2026-11-21T08:00:00Z".parse().unwrap()));
        let clock: Arc<dyn Clock> = klokke.clone();
        let om = Omgivelse { bus: Arc::new(bus.clone()), clock, maalere: Maalere::default() };
        let falsk = Arc::new(Lunefull::default());
        let kilde = Kilde {
            tenant: "litlevik".parse::<Tenant>().unwrap(),
            nokkel: Tenantnokkel::fra_hex(&"7a".repeat(32)).unwrap(),
            navn: "vigilo".parse().unwrap(),
            source: falsk.clone(),
            valg: Lesevalg {
                terskler,
                endringer: Some(Duration::from_secs(60)),
                ..Lesevalg::hver(Duration::from_secs(900))
            },
        };
        Self { om, bus, kilde, falsk, klokke }
    }

    async fn lop(&self) -> Kildelop {
        Kildelop::last(self.om.clone(), self.kilde.clone()).await.unwrap()
    }

    fn ga(&self, sekunder: i64) {
        let na: Timestamp = self.om.clock.now();
        self.klokke.set(na + jiff::SignedDuration::from_secs(sekunder));
    }

    /// What KILDE holds, by type and the source's own id.
    async fn innhold(&self) -> Falsk {
        let alt = runtime::les_kilde(&self.om, &self.kilde.tenant, &self.kilde.navn).await.unwrap();
        alt.into_iter().map(|o| ((o.typenavn(), o.kildeid().to_owned()), o)).collect()
    }

    /// Everything that was ever published of objects, in order.
    fn logg(&self) -> Vec<Record> {
        self.bus.log(KILDE, "kilde.litlevik.vigilo.>")
    }

    async fn avgjor(&self, godkjent: bool) -> bool {
        let (tenant, navn) = (&self.kilde.tenant, &self.kilde.navn);
        let Some(hold) = runtime::holdt(&self.om, tenant, navn).await.unwrap() else { return false };
        let avgjorelse = Avgjorelse { godkjent, hvem: "kari".into(), hvorfor: "sett".into(), nar: self.om.clock.now() };
        runtime::avgjor(&self.om, tenant, navn, &hold.digest, avgjorelse).await.is_ok()
    }
}

fn hva(record: &Record) -> &str {
    record.header("ce-type").and_then(|t| t.rsplit('.').next()).unwrap_or_default()
}

/// Reads once, as the loop does: memory is thrown away when it may be wrong.
async fn les(scene: &Scene, lop: &mut Kildelop) -> Option<Utfall> {
    match lop.snapshot().await {
        Ok(utfall) => Some(utfall),
        Err(Stopp::Kilde(_)) => None,
        Err(feil) => panic!("only the source may fail here: {feil} at {}", scene.om.clock.now()),
    }
}

/// Plays one history, and tells how often everything happened.
async fn historie(froe: u64) -> BTreeMap<String, u64> {
    let mut hendt: BTreeMap<String, u64> = BTreeMap::new();
    let mut rng = ChaCha8Rng::seed_from_u64(froe);
    let terskler = Terskler {
        minste: if froe.is_multiple_of(3) { 2 } else { 10 },
        slipp_nye: froe % 5 == 4,
        ..Terskler::default()
    };
    let scene = Scene::ny(terskler).await;
    *scene.falsk.tilstand() = liv::begynn(&mut rng);
    let mut lop = scene.lop().await;
    les(&scene, &mut lop).await;
    for _ in 0..liv::dager(&mut rng) {
        scene.ga(900);
        liv::dag(&mut rng, &scene.falsk, scene.om.clock.now());
        if liv::skjer(&mut rng, 10) {
            lop = scene.lop().await; // a new process
        }
        if liv::skjer(&mut rng, 50) {
            match lop.endringer().await {
                Ok(_) | Err(Stopp::Kilde(_)) => {}
                Err(feil) => panic!("only the source may fail here: {feil}"),
            }
        }
        let utfall = les(&scene, &mut lop).await;
        *hendt.entry(if utfall.is_some() { "lest" } else { "oppgitt" }.to_owned()).or_default() += 1;
        *hendt.entry("holdt".to_owned()).or_default() += u64::from(utfall.is_some_and(|u| u.holdt.is_some()));
        if liv::skjer(&mut rng, 20) && scene.avgjor(liv::skjer(&mut rng, 70)).await {
            let avgjort = lop.avgjort().await.unwrap();
            assert!(!matches!(avgjort, Avgjort::Venter), "it has been decided");
        }
    }
    // Quiet at last: no faults, no changes, and a person who approves what is right.
    for _ in 0..12 {
        scene.ga(900);
        if scene.forkastet().await {
            // What was discarded stays away as long as the source shows exactly it.
            liv::litt_nytt(&scene.falsk, scene.om.clock.now());
        } else {
            liv::rolig(&scene.falsk, scene.om.clock.now());
        }
        les(&scene, &mut lop).await.expect("a quiet source is read");
        if scene.avgjor(true).await {
            lop.avgjort().await.unwrap();
        }
        if scene.innhold().await == scene.falsk.sannhet() {
            break;
        }
    }
    assert_eq!(scene.innhold().await, scene.falsk.sannhet(), "KILDE is what the source shows");
    ingen_falske_sletter(&scene);
    let antall = scene.logg().len();
    les(&scene, &mut lop).await.unwrap();
    scene.lop().await.snapshot().await.unwrap();
    assert_eq!(scene.logg().len(), antall, "nothing changed, nothing published");
    for record in scene.logg() {
        *hendt.entry(hva(&record).to_owned()).or_default() += 1;
    }
    hendt
}

impl Scene {
    async fn forkastet(&self) -> bool {
        let hold = runtime::holdt(&self.om, &self.kilde.tenant, &self.kilde.navn).await.unwrap();
        hold.and_then(|h| h.avgjorelse).is_some_and(|a| !a.godkjent)
    }
}

/// Whoever was published as gone was gone from the source at that moment.
fn ingen_falske_sletter(scene: &Scene) {
    let k = |typ: &str, id: &str| scene.kilde.nokkel.k(&["vigilo", typ, id]).to_string();
    let liv: BTreeMap<String, Vec<(u64, bool)>> =
        scene.falsk.liv().into_iter().map(|((typ, id), liv)| (format!("{typ}.{}", k(typ, &id)), liv)).collect();
    for record in scene.logg().iter().filter(|r| matches!(hva(r), "fjernet" | "forsvunnet")) {
        let hale = record.subject.splitn(4, '.').last().unwrap();
        let tid: u64 = record.header("ce-time").unwrap().parse::<Timestamp>().unwrap().as_second().try_into().unwrap();
        let der = liv[hale].iter().rev().find(|(fra, _)| *fra <= tid).is_some_and(|(_, der)| *der);
        assert!(!der, "{hale} was published as {} while it was there", hva(record));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kilde_ends_as_the_source_and_nobody_is_deleted_falsely() {
    if let Ok(froe) = std::env::var("FROE") {
        println!("{:?}", historie(froe.parse().unwrap()).await);
        return;
    }
    let antall = std::env::var("HISTORIER").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000_u64);
    let mut sum: BTreeMap<String, u64> = BTreeMap::new();
    let mut oppgaver = tokio::task::JoinSet::new();
    for froe in 0..antall {
        oppgaver.spawn(async move { (froe, tokio::spawn(historie(froe)).await) });
        while oppgaver.len() >= 8 || (froe + 1 == antall && !oppgaver.is_empty()) {
            let (froe, kjort) = oppgaver.join_next().await.unwrap().unwrap();
            assert!(kjort.is_ok(), "history {froe} went wrong: run it alone with FROE={froe}");
            kjort.unwrap().into_iter().for_each(|(hva, n)| *sum.entry(hva).or_default() += n);
        }
    }
    println!("{sum:?}");
    for hva in ["ny", "endret", "flyttet", "fjernet", "forsvunnet", "holdt", "oppgitt"] {
        assert!(
            sum.get(hva).is_some_and(|n| *n > antall / 10),
            "{hva} must happen often, or nothing is shown: {sum:?}"
        );
    }
}
