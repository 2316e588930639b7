//! Steering as it is honoured: a scripted source and receiver, a bus in memory, a clock that stands still.

mod karantene;
mod levering;

use super::*;
use crate::{Maalere, Plan, Program, kildestatus, les_kilde, strommer};
use async_trait::async_trait;
use bus::{Bus as _, Memory};
use flow::{Cursor, Lesevalg, ManualClock, Observed, Page, Presence, Progress, Refused, Source, SourceError};
use hendelse::{KARANTENE, KILDE, Kildeobjekt, REVISJON, Tenantnokkel};
use oneroster::{Objekt, Role, Status, User};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Name and number of a synthetic person: they must stand nowhere but in payloads.
const NAVN: &str = "Kanarifugl";
const NUMMER: &str = "05820998865";

/// A school system with six pupils, some of whom stand there so that they cannot be read.
#[derive(Default)]
struct Manus {
    uleselige: Mutex<BTreeSet<usize>>,
    lest: AtomicUsize,
}

fn elev(nr: usize) -> Kildeobjekt {
    let bruker = User {
        sourced_id: format!("elev-{nr}").into(),
        given_name: Some(format!("{NAVN}{nr}").into()),
        middle_name: None,
        family_name: Some(NAVN.into()),
        identifier: Some(NUMMER.into()),
        grades: vec!["10".into()],
        roles: vec![Role { org: "s1".into(), primary: true, begin_date: None, end_date: None }],
    };
    Objekt::User(bruker).into()
}

#[async_trait]
impl Source for Manus {
    fn name(&self) -> &'static str {
        "manus"
    }

    async fn read(&self, _: &Cursor) -> Result<Page, SourceError> {
        self.lest.fetch_add(1, Ordering::Relaxed);
        let uleselige = las(&self.uleselige).clone();
        let vis = |objekt| Observed { status: Status::Active, modified: None, objekt };
        let avvis = |nr: &usize| Refused {
            samling: "users",
            code: "missing-sourced-id",
            field: format!("users[{nr}].sourcedId"),
            raw: format!("{{\"givenName\":\"{NAVN}{nr}\"}}").into_bytes(),
        };
        Ok(Page {
            observed: (0..6).filter(|nr| !uleselige.contains(nr)).map(|nr| vis(elev(nr))).collect(),
            refused: uleselige.iter().map(avvis).collect(),
            findings: vec![flow::Finding { code: "identfier-spelling", samling: "users" }],
            next: Cursor::default(),
            progress: Progress::Complete(vec!["user"]),
            expected: None,
        })
    }

    async fn look_up(&self, _: &Kildeobjekt) -> Result<Presence, SourceError> {
        Ok(Presence::Present)
    }
}

struct Sted {
    om: Omgivelse,
    bus: Memory,
    manus: Arc<Manus>,
}

fn tenant() -> Tenant {
    "litlevik".parse().unwrap()
}

fn kilde() -> Kildenavn {
    "manus".parse().unwrap()
}

fn kari() -> Hvem {
    Hvem { id: "k1".into(), navn: "Kari Drift".into() }
}

impl Sted {
    async fn nytt() -> Self {
        let bus = Memory::default();
        crate::klargjor(&bus, 1).await.unwrap();
        let clock = Arc::new(ManualClock::new("2026-11-21T08:00:00Z".parse().unwrap()));
        let om = Omgivelse { bus: Arc::new(bus.clone()), clock, maalere: Maalere::default() };
        Self { om, bus, manus: Arc::default() }
    }

    fn plan(&self) -> Plan {
        let source = self.manus.clone();
        let nokkel = Tenantnokkel::fra_hex(&"7a".repeat(32)).unwrap();
        // The clock stands still: it is read once at the start, and when somebody asks for it.
        let valg = Lesevalg::hver(Duration::from_secs(3600));
        Plan { kilder: vec![Kilde { tenant: tenant(), nokkel, navn: kilde(), source, valg }], ..Plan::default() }
    }

    fn start(&self) -> Program {
        Program::start(self.om.clone(), self.plan())
    }

    async fn elever(&self) -> usize {
        les_kilde(&self.om, &tenant(), &kilde()).await.unwrap().len()
    }

    fn revisjon(&self, typ: &str) -> usize {
        let er = |r: &&bus::Record| crate::melding::hode(r).unwrap().typ == typ;
        self.bus.log(REVISJON, "revisjon.>").iter().filter(er).count()
    }
}

/// Waits for a state, not for a time.
async fn til(hva: &str, sant: impl AsyncFn() -> bool) {
    let frist = std::time::Instant::now() + Duration::from_secs(60);
    while !sant().await {
        assert!(std::time::Instant::now() < frist, "never so: {hva}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn i_karantene(drift: &Drift) -> usize {
    drift.karantene(&Karantenefilter::default()).await.unwrap().len()
}

#[tokio::test]
async fn what_is_paused_is_not_read_and_goes_on_by_itself() {
    let sted = Sted::nytt().await;
    let utenfra = Drift::ny(sted.om.clone());
    for grunn in ["", "  ", &"x".repeat(501), "gjelder 05820998865"] {
        let nei = utenfra.pause(Hva::Tenant(tenant()), kari(), grunn).await;
        assert!(matches!(nei, Err(Driftfeil::Grunn)), "{grunn}");
    }
    let hva = Hva::Kilde(tenant(), kilde());
    let pause = utenfra.pause(hva.clone(), kari(), " flytter server ").await.unwrap();
    assert_eq!((pause.hvorfor.as_str(), pause.hva.to_string().as_str()), ("flytter server", "kilde.litlevik.manus"));
    let igjen = utenfra.pause(hva.clone(), kari(), "en gang til").await;
    assert!(matches!(igjen, Err(Driftfeil::AlleredePauset(har)) if *har == pause));

    let program = sted.start();
    let status = || async { kildestatus(&sted.om, &tenant(), &kilde()).await.unwrap() };
    til("the status tells who and why", async || status().await.is_some_and(|s| s.pause.as_ref() == Some(&pause)))
        .await;
    program.hent_na();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(sted.manus.lest.load(Ordering::Relaxed), 0, "not even when somebody asks");
    assert!(!status().await.unwrap().stum(jiff::Timestamp::MAX), "nothing is expected of it");

    // The tenant as a whole too, and only then the source: it is still paused.
    utenfra.pause(Hva::Tenant(tenant()), kari(), "alt").await.unwrap();
    assert_eq!(utenfra.gjenoppta(&hva, kari()).await.unwrap(), pause);
    assert!(matches!(utenfra.gjenoppta(&hva, kari()).await, Err(Driftfeil::IkkePauset(_))));
    assert!(program.drift().kilde_pauset(&tenant(), &kilde()).await.unwrap().is_some());
    utenfra.gjenoppta(&Hva::Tenant(tenant()), kari()).await.unwrap();
    til("it is read", async || sted.elever().await == 6).await;
    til("the status is told again", async || status().await.is_some_and(|s| s.pause.is_none())).await;
    assert_eq!((sted.revisjon("revisjon.drift.pauset"), sted.revisjon("revisjon.drift.gjenopptatt")), (2, 2));
    assert!(program.stopp(Duration::from_secs(10)).await);
}

#[tokio::test]
async fn a_handed_in_source_is_refused_while_it_is_paused() {
    let sted = Sted::nytt().await;
    Drift::ny(sted.om.clone()).pause(Hva::Tenant(tenant()), kari(), "opprydding").await.unwrap();
    let kilde = sted.plan().kilder.remove(0);
    let svar = crate::lever(&sted.om, kilde, crate::Levering::Helt).await;
    assert!(matches!(svar, Err(Stopp::Pauset { .. })));
    assert_eq!(sted.manus.lest.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn attempts_tell_shapes_and_never_what_was_read() {
    let sted = Sted::nytt().await;
    las(&sted.manus.uleselige).insert(5);
    let program = sted.start();
    til("it is read", async || sted.elever().await == 5).await;
    let drift = program.drift();
    til("it is noted", async || !drift.forsok_kilde(&tenant(), &kilde()).await.unwrap().is_empty()).await;
    let forsok = drift.forsok_kilde(&tenant(), &kilde()).await.unwrap().remove(0);
    assert_eq!(
        (forsok.slag, forsok.kode.as_str(), forsok.rader, forsok.resultat.nye),
        (Kildeslag::Snapshot, "ok", 6, 5)
    );
    assert_eq!(forsok.funn, [("identfier-spelling".to_owned(), 1)].into());
    let avvist = Avvisttall { kode: "missing-sourced-id".into(), felt: "users[].sourcedId".into(), antall: 1 };
    assert_eq!(forsok.avvist, [avvist]);
    let bruker = &forsok.form["user"];
    assert_eq!((bruker["givenName"].tekst, bruker["middleName"].null, bruker["roles[].primary"].bool), (5, 5, 5));
    assert_eq!((bruker["grades"].liste, bruker["grades[]"].til_stede()), (5, 5));

    let lagret = sted.bus.get(strommer::DRIFT, "forsok.kilde.litlevik.manus").await.unwrap().unwrap();
    let lagret = String::from_utf8(lagret.to_vec()).unwrap();
    for verdi in [NAVN, NUMMER, "elev-", "\"10\"", "s1"] {
        assert!(!lagret.contains(verdi), "{verdi} stands in {lagret}");
    }
    let etterslep = drift.etterslep().await.unwrap();
    assert_eq!((etterslep.kilder.len(), etterslep.kilder[0].karantene, etterslep.kilder[0].snapshot), (1, 1, Some(1)));
    assert!(sted.bus.log(KARANTENE, ">").iter().all(|r| !r.subject.contains(NAVN)));
    assert!(program.stopp(Duration::from_secs(10)).await);
}

#[tokio::test]
async fn a_ring_is_bounded_and_what_came_to_nothing_is_one_attempt() {
    let sted = Sted::nytt().await;
    let drift = Drift::ny(sted.om.clone());
    let form: Form =
        [("user".to_owned(), (0..190).map(|i| (format!("felt{i}"), Felttall::default())).collect())].into();
    let na = sted.om.clock.now();
    let ett = |kode, rader| {
        let ord = (crate::Kildetilstand::Ok, kode);
        let tomt = Kildeforsok::av((na, na), Kildeslag::Delta, ord, None);
        Kildeforsok { rader, form: if rader > 0 { form.clone() } else { Form::new() }, ..tomt }
    };
    for i in 0..150 {
        drift.noter_kilde(&tenant(), &kilde(), ett("ok", 1 + i));
    }
    for _ in 0..7 {
        drift.noter_kilde(&tenant(), &kilde(), ett("kilde-borte", 0));
        drift.skriv_forsok().await;
    }
    let lest = drift.forsok_kilde(&tenant(), &kilde()).await.unwrap();
    assert_eq!((lest.len(), lest[0].ganger, lest[1].rader, lest[99].rader), (100, 7, 150, 52));
    assert!(!lest[1].form.is_empty() && lest[99].form.is_empty(), "the newest shapes are kept");
    let lagret = sted.bus.get(strommer::DRIFT, "forsok.kilde.litlevik.manus").await.unwrap().unwrap();
    assert!(lagret.len() < 128 * 1024, "{}", lagret.len());
}
