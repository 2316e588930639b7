//! The step as it runs: lists, ledgers and rounds in a bus in memory, a clock that is set, and what was told.

use super::endring::{Stilling, endring};
use super::*;
use crate::Maalere;
use crate::melding::Avsender;
use crate::program::{Plan, Program};
use crate::{listestatus, listestatuser, runder, varsler};
use bus::Memory;
use elevliste::{
    Aktor, Avvik, Eier, Elevlinje, Elevliste, Godkjenning, Handling, Listestatus, Niva, Rundeversjon, Skolereferanse,
    Skolestatus, Varsel, Varselslag,
};
use flow::{Clock as _, ManualClock};
use hendelse::{Bibliotek, Tenantnokkel, kod};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use uuid::Uuid;

const LISTEN: &str = "46.46503.2026-2027.1";
/// A name and a number that must stand nowhere but on the list.
const NAVN: &str = "Kanarifugl";
const NUMMER: &str = "05820998865";

fn t(tekst: &str) -> Timestamp {
    tekst.parse().unwrap()
}

fn avvik(regel: &str, detalj: Option<&str>) -> Avvik {
    let (felt, detalj) = (Some("fodselsnummer".to_owned()), detalj.map(str::to_owned));
    Avvik { regel: regel.into(), niva: Niva::Feil, eier: Eier::Skole, felt, detalj }
}

fn linje(elev: u128, regler: &[&str]) -> Elevlinje {
    Elevlinje {
        elev: Uuid::from_u128(elev),
        klasse: Some("10A".into()),
        identitetsnummer: Some(NUMMER.into()),
        fornavn: NAVN.into(),
        mellomnavn: None,
        etternavn: NAVN.into(),
        avvik: regler.iter().map(|r| avvik(r, None)).collect(),
        opphav: None,
    }
}

fn nokkel() -> Tenantnokkel {
    Tenantnokkel::fra_hex(&"0a".repeat(32)).unwrap()
}

/// What everybody can read of what was told: the state that it leads to.
#[derive(Default)]
struct Lest(BTreeMap<Listenokkel, (Option<Skolestatus>, BTreeSet<Uuid>)>);

impl Lest {
    fn ta(&mut self, nokkel: &Listenokkel, slag: &Varselslag) {
        let (status, apne) = self.0.entry(nokkel.clone()).or_default();
        match slag {
            Varselslag::AvvikApnet { avvik } => assert!(apne.insert(avvik.id), "{nokkel}: opened twice"),
            Varselslag::AvvikLukket { avvik } => assert!(apne.remove(&avvik.id), "{nokkel}: closed and not open"),
            Varselslag::Listestatus { fra, til } => {
                assert_eq!(*fra, *status, "{nokkel}: every status follows the one before");
                *status = Some(*til);
            }
            Varselslag::Paminnelse { .. } | Varselslag::IkkeLevert { .. } => {}
        }
    }
}

struct Sted {
    om: Omgivelse,
    bus: Memory,
    klokke: Arc<ManualClock>,
    program: Vec<Program>,
}

impl Sted {
    async fn nytt(na: &str) -> Self {
        let bus = Memory::default();
        crate::klargjor(&bus, 1).await.unwrap();
        let klokke = Arc::new(ManualClock::new(t(na)));
        let om = Omgivelse { bus: Arc::new(bus.clone()), clock: klokke.clone(), maalere: Maalere::default() };
        Self { om, bus, klokke, program: vec![] }
    }

    fn start(&mut self) {
        let nokler = Arc::new([("voss".parse().unwrap(), nokkel())].into_iter().collect());
        let rundt = Sammenheng { nokler, ..Sammenheng::default() };
        let plan = Plan { varsling: Some(Varsling::default()), rundt, ..Plan::default() };
        self.program.push(Program::start(self.om.clone(), plan));
    }

    async fn stopp(&mut self) {
        for program in self.program.drain(..) {
            assert!(program.stopp(Duration::from_secs(10)).await);
        }
    }

    async fn liste(&self, nokkel: &str, linjer: Option<Vec<Elevlinje>>, skjermede: Vec<Uuid>) {
        let nokkel: Listenokkel = nokkel.parse().unwrap();
        let skole = Skolereferanse {
            organisasjonsnummer: None,
            skolenr: nokkel.skolenr.clone(),
            navn: "Prøveskolen".into(),
            kommunenr: None,
        };
        let liste = linjer.map(|linjer| Elevliste {
            nokkel: nokkel.clone(),
            skole,
            tenant: "voss".into(),
            linjer,
            avvik: vec![],
            skjermede,
        });
        let data = liste.map(|liste| kod(&liste).unwrap());
        let avsender = Avsender::ny("voss", "liste");
        let melding = avsender.melding(&Emne::Liste(nokkel), "liste.endret", self.om.clock.now(), data, None);
        self.om.bus.publish(vec![melding]).await.unwrap();
    }

    async fn runde(&self, endre: impl FnOnce(&mut Innsamling)) {
        let vindu = (t("2026-10-01T00:00:00+02"), t("2026-10-31T23:59:59+01"));
        let mut runde = Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), vindu, Godkjenning::Skole);
        endre(&mut runde);
        let runder = runder::runder(&self.om).await.unwrap();
        let sak = runder.get(&runde.nokkel());
        let versjon = Rundeversjon { runde, grunn: None };
        runder::skriv_runde(&self.om, sak, Aktor::person("kari"), versjon).await.unwrap();
    }

    async fn handle(&self, handling: Handling) {
        let mut sak = hovedbok::hent(&self.om, &LISTEN.parse().unwrap()).await.unwrap();
        hovedbok::skriv(&self.om, &mut sak, Aktor::person("kari"), handling, None).await.unwrap();
    }

    /// Everything that was told, in order, after seeing that it is exactly the way to the present state.
    async fn fortalt(&self) -> Vec<Varsel> {
        let side = varsler(&self.om, 0, usize::MAX, Duration::ZERO, |_| true).await.unwrap().unwrap();
        let alle: Vec<Varsel> = side.varsler.into_iter().map(|(_, varsel)| varsel).collect();
        let mut lest = Lest::default();
        let mut ider = BTreeSet::new();
        for varsel in &alle {
            assert!(ider.insert(varsel.id), "an id stands twice");
            lest.ta(&varsel.nokkel, &varsel.slag);
        }
        for (nokkel, (status, apne)) in &lest.0 {
            let na = listestatus(&self.om, nokkel).await.unwrap();
            let apne_na: BTreeSet<_> = na.iter().flat_map(|s| &s.apne).map(|a| a.id).collect();
            assert_eq!((apne, *status), (&apne_na, na.map(|s| s.status).or(Some(Skolestatus::Samles))), "{nokkel}");
        }
        alle
    }

    /// Waits until a list's status is as wished: for a state, not for a time.
    async fn til(&self, nokkel: &str, sant: impl Fn(&Option<Listestatus>) -> bool) -> Option<Listestatus> {
        let nokkel = nokkel.parse().unwrap();
        let frist = std::time::Instant::now() + Duration::from_secs(60);
        loop {
            let status = listestatus(&self.om, &nokkel).await.unwrap();
            if sant(&status) {
                return status;
            }
            assert!(std::time::Instant::now() < frist, "not there: {status:?}\n{}", self.om.maalere.tekst());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn ord(&self) -> Vec<String> {
        self.fortalt().await.iter().map(|v| ord(&v.slag)).collect()
    }
}

fn ord(slag: &Varselslag) -> String {
    match slag {
        Varselslag::AvvikApnet { avvik } => format!("+{}", avvik.avvik.regel),
        Varselslag::AvvikLukket { avvik } => format!("-{}", avvik.avvik.regel),
        Varselslag::Listestatus { til, .. } => format!("{til:?}"),
        Varselslag::Paminnelse { dager, eier, .. } => format!("T-{dager} {eier:?}"),
        Varselslag::IkkeLevert { .. } => "ikke levert".into(),
    }
}

#[test]
fn opened_minus_closed_is_open_whatever_happens() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let mut trekk = |under: u64| rng.next_u64() % under;
    let [mut hele, mut delte] = [0, 0];
    for _ in 0..300 {
        let maks = 1 + usize::try_from(trekk(12)).unwrap();
        let mut sist: Option<Listestatus> = None;
        let mut lest: Lest = Lest::default();
        for tid in 0..12 {
            let status = [Skolestatus::Samles, Skolestatus::Avvik, Skolestatus::Klar, Skolestatus::Mottatt];
            let ett = |n: u64| {
                let avvik = Avvik { eier: [Eier::Skole, Eier::Fylke][(n / 40) as usize], ..avvik("EL-001", None) };
                (Uuid::from_u128(u128::from(n % 40)), (None, avvik))
            };
            let antall = trekk(30);
            let na = Stilling {
                nokkel: LISTEN.parse().unwrap(),
                tenant: ["voss", "bergen"][trekk(2) as usize].into(),
                status: status[trekk(4) as usize],
                antall: [u32::try_from(antall).unwrap(), 0, 0, 0, 0],
                apne: (0..antall).map(|_| ett(trekk(80))).collect(),
                kvittering: None,
            };
            let tid = Timestamp::from_second(tid).unwrap();
            // Each step may be the last before a crash: the next begins with what is stored.
            for igjen in (0..1000).rev() {
                assert!(igjen > 0, "it comes to an end");
                let Some(neste) = endring(sist.as_ref(), &na, &[], tid, maks) else { break };
                for (tenant, slag) in &neste.varsler {
                    lest.ta(&na.nokkel, slag);
                    let skal = if matches!(slag, Varselslag::AvvikLukket { .. }) {
                        sist.as_ref().map(|s| &s.tenant)
                    } else {
                        None
                    };
                    assert_eq!(tenant, skal.unwrap_or(&neste.status.tenant));
                }
                let (status, apne) = &lest.0[&na.nokkel];
                assert_eq!(*status, Some(neste.status.status));
                assert_eq!(*apne, neste.status.apne.iter().map(|a| a.id).collect());
                *if neste.mer { &mut delte } else { &mut hele } += 1;
                sist = Some(neste.status);
            }
            let sist = sist.as_ref().unwrap();
            assert_eq!((sist.status, &sist.tenant, sist.kilde), (na.status, &na.tenant, na.antall[0]));
            assert_eq!(sist.apne.len(), na.apne.len());
        }
    }
    assert!(hele > 1_000 && delte > 1_000, "both must happen often: {hele} {delte}");
}

#[tokio::test]
async fn a_deviation_opens_and_closes_by_itself_and_a_decision_closes_it_too() {
    let mut sted = Sted::nytt("2026-10-05T10:00:00Z").await;
    sted.start();
    sted.liste(LISTEN, Some(vec![linje(1, &["EL-001"]), linje(2, &["EL-002"])]), vec![]).await;
    let status = sted.til(LISTEN, Option::is_some).await.unwrap();
    assert_eq!((status.status, status.kilde, status.tenant.as_str()), (Skolestatus::Avvik, 2, "voss"));
    let apnet: BTreeSet<_> = status.apne.iter().map(|a| (a.elev, a.avvik.regel.clone())).collect();
    assert!(apnet.contains(&(Some(Uuid::from_u128(1)), "EL-001".into())), "{apnet:?}");
    let sist = status.apne.iter().find(|a| a.avvik.regel == "EL-001").unwrap().clone();

    sted.klokke.set(t("2026-10-06T10:00:00Z"));
    sted.liste(LISTEN, Some(vec![linje(1, &[]), linje(2, &["EL-002"])]), vec![]).await;
    let borte = |regel: &'static str| {
        move |s: &Option<Listestatus>| s.iter().all(|s| !s.apne.iter().any(|a| a.avvik.regel == regel))
    };
    sted.til(LISTEN, borte("EL-001")).await;
    let elev = Uuid::from_u128(2);
    sted.handle(Handling::HoldtTilbake { elev, grunn: "flyttet".into() }).await;
    let status = sted.til(LISTEN, borte("EL-002")).await.unwrap();
    assert_eq!((status.status, status.holdt), (Skolestatus::Klar, 1));
    sted.handle(Handling::Frigitt { elev }).await;
    sted.til(LISTEN, |s| !borte("EL-002")(s)).await;
    // The same fault again is the same deviation, open since now.
    sted.liste(LISTEN, Some(vec![linje(1, &["EL-001"]), linje(2, &["EL-002"])]), vec![]).await;
    let status = sted.til(LISTEN, |s| !borte("EL-001")(s)).await.unwrap();
    let igjen = status.apne.iter().find(|a| a.avvik.regel == "EL-001").unwrap();
    assert_eq!((igjen.id, igjen.apnet), (sist.id, sted.klokke.now()));

    let mut elever: Vec<_> = sted.ord().await.into_iter().filter(|o| o.contains("EL-00")).collect();
    elever[..2].sort();
    assert_eq!(elever, ["+EL-001", "+EL-002", "-EL-001", "-EL-002", "+EL-002", "+EL-001"].map(str::to_owned));
    sted.stopp().await;
}

#[tokio::test]
async fn a_protected_pupil_is_a_number_and_a_list_that_is_gone_has_nothing_open() {
    let mut sted = Sted::nytt("2026-10-05T10:00:00Z").await;
    sted.start();
    sted.liste(LISTEN, Some(vec![linje(1, &["EL-001"]), linje(2, &[])]), vec![]).await;
    sted.til(LISTEN, Option::is_some).await;
    sted.liste(LISTEN, Some(vec![linje(2, &[])]), vec![Uuid::from_u128(1)]).await;
    let status = sted.til(LISTEN, |s| s.iter().any(|s| s.manuelt == 1)).await.unwrap();
    assert!(status.apne.iter().all(|a| a.elev.is_none()), "{status:?}");
    assert!(status.apne.iter().any(|a| a.avvik.regel == "EL-033"), "{status:?}");

    sted.liste(LISTEN, None, vec![]).await;
    sted.til(LISTEN, Option::is_none).await;
    assert_eq!(sted.ord().await.last().map(String::as_str), Some("Samles"));
    assert!(listestatuser(&sted.om).await.unwrap().lister.is_empty());
    // And it may come again.
    sted.liste(LISTEN, Some(vec![linje(2, &[])]), vec![]).await;
    sted.til(LISTEN, Option::is_some).await;
    sted.stopp().await;
}

#[tokio::test]
async fn reminders_come_once_each_across_restarts_and_a_silent_school_is_an_escalation() {
    let mut sted = Sted::nytt("2026-10-05T10:00:00Z").await;
    sted.liste(LISTEN, Some(vec![linje(1, &[])]), vec![]).await;
    sted.runde(|r| r.skoler = vec!["46503".into(), "46505".into()]).await;
    sted.start();
    const TAUS: &str = "46.46505.2026-2027.1";
    for nokkel in [LISTEN, TAUS] {
        sted.til(nokkel, Option::is_some).await;
    }
    let taus = sted.til(TAUS, Option::is_some).await.unwrap();
    assert_eq!((taus.status, taus.tenant.as_str()), (Skolestatus::Samles, "felles"));
    for (na, paminnet) in [
        ("2026-10-17T08:00:00+02", 1),
        ("2026-10-24T08:00:00+02", 2),
        // Down on the 29th: only the last of the two that were missed.
        ("2026-10-31T08:00:00+01", 3),
        ("2026-10-31T23:59:59+01", 4),
    ] {
        sted.stopp().await;
        sted.klokke.set(t(na));
        sted.start();
        for nokkel in [LISTEN, TAUS] {
            sted.til(nokkel, |s| s.iter().any(|s| s.paminnet.len() == paminnet)).await;
        }
    }
    let av = |nokkel: &'static str, alle: Vec<Varsel>| -> Vec<String> {
        alle.iter()
            .filter(|v| v.nokkel.to_string() == nokkel)
            .map(|v| ord(&v.slag))
            .filter(|o| !o.contains("EL-"))
            .collect()
    };
    let paminnelser = ["T-14 Skole", "T-7 Skole"];
    let siste = ["T-0 Skole", "T-0 Kommune", "T-0 Fylke"];
    let alle = sted.fortalt().await;
    let liste = av(LISTEN, alle.clone());
    let ventet = |forst: &[&str]| -> Vec<String> {
        forst
            .iter()
            .chain(&paminnelser)
            .chain(&siste)
            .chain(&["Stengt", "ikke levert"])
            .map(|o| (*o).to_owned())
            .collect()
    };
    assert_eq!(liste, ventet(&["Klar"]));
    assert_eq!(av(TAUS, alle), ventet(&["Samles"]));

    // An extended round begins anew for the new last day, and the list is open again.
    sted.runde(|r| {
        r.skoler = vec!["46503".into()];
        r.stenger = t("2026-11-06T23:59:59+01");
    })
    .await;
    sted.til(LISTEN, |s| s.iter().any(|s| s.status == Skolestatus::Klar && s.paminnet.len() == 5)).await;
    sted.til(TAUS, Option::is_none).await;
    let alle = sted.fortalt().await;
    assert_eq!(av(LISTEN, alle)[liste.len()..], ["Klar".to_owned(), "T-6 Skole".to_owned()]);
    sted.stopp().await;
}

#[tokio::test]
async fn two_processes_tell_once_and_a_large_list_comes_in_parts() {
    let mut sted = Sted::nytt("2026-10-05T10:00:00Z").await;
    let andre = |n: u128| format!("46.467{n:02}.2026-2027.1");
    sted.liste(LISTEN, Some((0..1_000).map(|n| linje(n, &["EL-001"])).collect()), vec![]).await;
    sted.start();
    sted.start();
    for dag in 0..4_u128 {
        for n in 0..20 {
            let regler: &[&str] = if (n + dag) % 2 == 0 { &["EL-001", "EL-002"] } else { &["EL-003"] };
            sted.liste(&andre(n), Some(vec![linje(n, regler), linje(100 + n, &[])]), vec![]).await;
        }
    }
    sted.til(LISTEN, |s| s.iter().any(|s| s.apne.len() > 1_000 && s.status == Skolestatus::Avvik)).await;
    for n in 0..20 {
        let regel = if (n + 3) % 2 == 0 { "EL-002" } else { "EL-003" };
        sted.til(&andre(n), |s| s.iter().any(|s| s.apne.iter().any(|a| a.avvik.regel == regel))).await;
    }
    let for_omstart = sted.fortalt().await.len();
    sted.stopp().await;
    let alt = sted.bus.log(VARSEL, ">").len();
    sted.start();
    // Something new is told, so the new process has been through everything; and nothing old was told again.
    sted.liste("46.46599.2026-2027.1", Some(vec![]), vec![]).await;
    sted.til("46.46599.2026-2027.1", Option::is_some).await;
    let nye: Vec<_> = sted.fortalt().await.split_off(for_omstart);
    assert!(nye.iter().all(|v| v.nokkel.skolenr == "46599"), "{nye:?}");
    assert_eq!(sted.bus.log(VARSEL, ">").len(), alt + nye.len() + 1);
    sted.stopp().await;
}

#[tokio::test]
async fn nothing_that_is_told_names_a_pupil() {
    let mut sted = Sted::nytt("2026-10-05T10:00:00Z").await;
    sted.runde(|r| r.skoler = vec!["46503".into()]).await;
    sted.liste(LISTEN, Some(vec![linje(1, &["EL-001"])]), vec![]).await;
    sted.start();
    sted.til(LISTEN, |s| s.iter().any(|s| s.kilde == 1)).await;
    let elev = Uuid::from_u128(1);
    sted.handle(Handling::HoldtTilbake { elev, grunn: format!("{NAVN} har flyttet") }).await;
    sted.til(LISTEN, |s| s.iter().any(|s| s.holdt == 1)).await;
    sted.klokke.set(t("2026-12-01T00:00:00Z"));
    sted.til(LISTEN, |s| s.iter().any(|s| s.status == Skolestatus::Stengt)).await;
    sted.stopp().await;
    let alt = sted.bus.log(VARSEL, ">");
    assert!(alt.len() > 5);
    for record in &alt {
        let tekst = format!("{} {:?} {}", record.subject, record.headers, String::from_utf8_lossy(&record.payload));
        assert!(!tekst.contains(NAVN) && !tekst.contains(NUMMER), "{}", record.subject);
    }
    // The canary sings where it should.
    let liste = sted.bus.log(LISTE, ">").pop().unwrap();
    assert!(String::from_utf8_lossy(&liste.payload).contains(NAVN));
    assert!(
        Bibliotek::default()
            .les::<Elevliste>(crate::melding::hode(&liste).unwrap().skjema.unwrap(), &liste.payload)
            .is_ok()
    );
}
