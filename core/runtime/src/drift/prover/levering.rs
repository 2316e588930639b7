//! Delivery and policy: a paused school or receiver is not sent to and not approved, loses nothing, and what was sent is
//! asked about all the same. An approval in quarantine is delivered when it is played again.

use super::*;
use crate::karantene::Karantene;
use crate::melding::Avsender;
use crate::{Mottaker, Mottakervalg, hovedbok, runder};
use bus::QueueSpec;
use elevliste::{
    Aktor, Egenskaper, Elevlinje, Elevliste, Godkjenning, Handling, Innsamling, Listenokkel, Rundeversjon,
    Skolereferanse,
};
use flow::{Clock as _, Forsendelse, Mottattinnhold, Outcome, Sink, SinkError, Svar};
use hendelse::{Emne, INNSENDING, kod};
use identitet::Politikk;
use kodeverk::Skolear;
use uuid::Uuid;

/// A receiver that counts, and that may be silent about what it did.
#[derive(Default)]
struct Postkasse {
    sendt: AtomicUsize,
    spurt: AtomicUsize,
    taus: std::sync::atomic::AtomicBool,
}

#[async_trait]
impl Sink for Postkasse {
    fn name(&self) -> &'static str {
        "postkasse"
    }

    fn egenskaper(&self) -> Egenskaper {
        Egenskaper { tilbakelesing: true, ..Egenskaper::default() }
    }

    async fn deliver(&self, _: &Forsendelse) -> Result<Outcome, SinkError> {
        self.sendt.fetch_add(1, Ordering::Relaxed);
        if self.taus.load(Ordering::Relaxed) {
            return Ok(Outcome::Unknown { hint: "it answered status 504".into() });
        }
        Ok(Outcome::Delivered(Svar { id: None, merknader: vec![], etag: None }))
    }

    async fn les(&self, _: &Skolereferanse, _: Skolear) -> Result<Option<Mottattinnhold>, SinkError> {
        self.spurt.fetch_add(1, Ordering::Relaxed);
        Err(SinkError::Unreachable { system: "postkasse", hint: "closed".into() })
    }

    fn forutsi(&self, _: &Forsendelse) -> Outcome {
        Outcome::Delivered(Svar { id: None, merknader: vec![], etag: None })
    }
}

fn listen() -> Listenokkel {
    "46.46503.2026-2027.1".parse().unwrap()
}

struct Kontor {
    sted: Sted,
    post: Arc<Postkasse>,
    klokke: Arc<ManualClock>,
}

impl Kontor {
    async fn nytt(godkjenning: Godkjenning) -> Self {
        let mut sted = Sted::nytt().await;
        let klokke = Arc::new(ManualClock::new("2026-10-10T08:00:00Z".parse().unwrap()));
        sted.om.clock = klokke.clone();
        let vindu = ["2026-10-01T00:00:00+02", "2026-10-31T23:59:59+01"].map(|t| t.parse().unwrap());
        let mut runde = Innsamling::ny(listen().fylke, listen().skolear, (vindu[0], vindu[1]), godkjenning);
        runde.stille_timer = 0;
        let versjon = Rundeversjon { runde, grunn: None };
        runder::skriv_runde(&sted.om, None, Aktor::person("fylket"), versjon).await.unwrap();
        let skole = Skolereferanse {
            organisasjonsnummer: Some("999999999".into()),
            skolenr: "46503".into(),
            navn: "Prøveskolen".into(),
            kommunenr: None,
        };
        let linje = Elevlinje {
            elev: Uuid::from_u128(1),
            klasse: Some("10A".into()),
            identitetsnummer: Some(NUMMER.into()),
            fornavn: NAVN.into(),
            mellomnavn: None,
            etternavn: NAVN.into(),
            avvik: vec![],
            opphav: None,
        };
        let (nokkel, linjer) = (listen(), vec![linje]);
        let liste = Elevliste { nokkel, skole, tenant: "litlevik".into(), linjer, avvik: vec![], skjermede: vec![] };
        let avsender = Avsender::ny("litlevik", "liste");
        let na = sted.om.clock.now();
        let melding = avsender.melding(&Emne::Liste(listen()), "liste.ny", na, Some(kod(&liste).unwrap()), None);
        sted.bus.publish(vec![melding]).await.unwrap();
        Self { sted, post: Arc::default(), klokke }
    }

    fn rundt(&self) -> Sammenheng {
        let egenskaper = self.post.egenskaper();
        let valg = Mottakervalg { egenskaper, politikk: Politikk::VigoskoleSyntetisk, ..Mottakervalg::default() };
        let nokkel = Tenantnokkel::fra_hex(&"7a".repeat(32)).unwrap();
        Sammenheng {
            nokler: Arc::new([(tenant(), nokkel)].into_iter().collect()),
            mottakere: Arc::new([(listen().fylke, valg)].into_iter().collect()),
            ..Sammenheng::default()
        }
    }

    fn start(&self) -> Program {
        let mottakere = vec![Mottaker::ny(self.post.clone(), vec![listen().fylke])];
        let plan = Plan { mottakere, rundt: self.rundt(), godkjenn: true, ..Plan::default() };
        Program::start(self.sted.om.clone(), plan)
    }

    async fn godkjenn(&self) {
        let mut sak = hovedbok::hent(&self.sted.om, &listen()).await.unwrap();
        let segl = self.rundt().bilde(&sak, self.sted.om.clock.now()).unwrap().segl;
        let av = Aktor::person("kari");
        hovedbok::skriv(&self.sted.om, &mut sak, av, Handling::Godkjent { segl }, None).await.unwrap();
    }

    async fn bok(&self) -> Vec<&'static str> {
        let sak = hovedbok::hent(&self.sted.om, &listen()).await.unwrap();
        sak.poster.iter().map(|p| p.handling.navn()).collect()
    }

    fn sendt(&self) -> usize {
        self.post.sendt.load(Ordering::Relaxed)
    }
}

#[tokio::test]
async fn a_paused_receiver_is_not_sent_to_and_nothing_is_lost() {
    for hva in [Hva::Mottaker(listen().fylke), Hva::Skole(listen())] {
        let kontor = Kontor::nytt(Godkjenning::Skole).await;
        let drift = Drift::ny(kontor.sted.om.clone());
        drift.pause(hva.clone(), kari(), "mottaket er nede").await.unwrap();
        kontor.godkjenn().await;
        let program = kontor.start();
        til("it waits", async || program.drift().etterslep().await.unwrap().mottakere[0].ventende == 1).await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        assert_eq!((kontor.sendt(), kontor.bok().await), (0, vec!["godkjent"]), "nothing is written as an attempt");
        // A new process finds the same.
        assert!(program.stopp(Duration::from_secs(10)).await);
        let program = kontor.start();
        tokio::time::sleep(Duration::from_millis(1500)).await;
        assert_eq!(kontor.sendt(), 0);
        drift.gjenoppta(&hva, kari()).await.unwrap();
        til("it is delivered by itself", async || kontor.bok().await.last() == Some(&"svar")).await;
        assert_eq!(kontor.sendt(), 1);
        let drift = program.drift();
        til("it is noted", async || !drift.forsok_mottaker(listen().fylke).await.unwrap().is_empty()).await;
        let forsok = drift.forsok_mottaker(listen().fylke).await.unwrap().remove(0);
        assert_eq!((forsok.slag, forsok.utfall.as_str(), forsok.linjer), (Mottakerslag::Liste, "mottatt", 1));
        assert_eq!((forsok.form["elev"]["fornavn"].tekst, forsok.form["elev"].get("avvik")), (1, None));
        let lagret = kontor.sted.bus.get(strommer::DRIFT, "forsok.mottaker.46").await.unwrap().unwrap();
        let lagret = String::from_utf8(lagret.to_vec()).unwrap();
        assert!(!lagret.contains(NAVN) && !lagret.contains(NUMMER) && !lagret.contains("10A"), "{lagret}");
        assert_eq!(drift.etterslep().await.unwrap().mottakere[0].ventende, 0);
        assert!(program.stopp(Duration::from_secs(10)).await);
    }
}

#[tokio::test]
async fn what_was_sent_is_asked_about_also_while_it_is_paused() {
    let kontor = Kontor::nytt(Godkjenning::Skole).await;
    kontor.post.taus.store(true, Ordering::Relaxed);
    kontor.godkjenn().await;
    let program = kontor.start();
    til("nobody knows", async || kontor.bok().await.last() == Some(&"svar")).await;
    program.drift().pause(Hva::Mottaker(listen().fylke), kari(), "vi venter").await.unwrap();
    let spurt = kontor.post.spurt.load(Ordering::Relaxed);
    til("it is asked", async || {
        kontor.klokke.set(kontor.klokke.now() + jiff::SignedDuration::from_secs(30));
        kontor.post.spurt.load(Ordering::Relaxed) > spurt + 1
    })
    .await;
    let drift = program.drift();
    let forsok = drift.forsok_mottaker(listen().fylke).await.unwrap();
    assert!(forsok.iter().any(|f| f.slag == Mottakerslag::Tilbakelesing && f.utfall == "borte"));
    assert!(forsok.iter().any(|f| f.utfall == "uavklart" && f.http.as_deref() == Some("5xx")));
    assert_eq!(kontor.sendt(), 1);
    assert!(program.stopp(Duration::from_secs(10)).await);
}

#[tokio::test]
async fn no_policy_approves_a_paused_school() {
    let kontor = Kontor::nytt(Godkjenning::Automatisk).await;
    let drift = Drift::ny(kontor.sted.om.clone());
    drift.pause(Hva::Skole(listen()), kari(), "rektor har bedt om det").await.unwrap();
    let program = kontor.start();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(kontor.bok().await, Vec::<&str>::new());
    drift.gjenoppta(&Hva::Skole(listen()), kari()).await.unwrap();
    til("it is approved and delivered", async || {
        kontor.klokke.set(kontor.klokke.now() + jiff::SignedDuration::from_secs(5));
        kontor.bok().await.last() == Some(&"svar")
    })
    .await;
    assert!(program.stopp(Duration::from_secs(10)).await);
}

#[tokio::test]
async fn an_approval_in_quarantine_is_delivered_when_it_is_played_again() {
    let kontor = Kontor::nytt(Godkjenning::Skole).await;
    kontor.godkjenn().await;
    // Somebody without the tenant's key has given it up, and the queue gives it to nobody any more.
    let ko = QueueSpec {
        name: "levering-postkasse".into(),
        filters: vec!["innsending.46.>".into()],
        ack_wait: Duration::from_secs(60),
        max_deliver: 20_000,
    };
    let mut ko = kontor.sted.bus.queue(INNSENDING, &ko).await.unwrap();
    let gitt = ko.next(Duration::from_secs(10)).await.unwrap().unwrap();
    let felles = Tenant::felles();
    let karantene = Karantene::ny(&kontor.sted.om, "levering", &felles);
    karantene.melding(INNSENDING, gitt.record(), "fremmed").await.unwrap();
    gitt.term("fremmed").await.unwrap();

    let program = kontor.start();
    let drift = program.drift();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!((kontor.sendt(), i_karantene(&drift).await), (0, 1));
    let arsak = drift.arsaker().await.unwrap().remove(0).arsak;
    assert_eq!(drift.proveskudd(&arsak).await.unwrap(), Proveskudd { lesbare: 1, uleselige: 0, ukjent: 0 });
    drift.spill_igjen(&Utvalg::Arsak(arsak), kari()).await.unwrap();
    til("it is delivered", async || kontor.bok().await.last() == Some(&"svar")).await;
    til("it is resolved", async || i_karantene(&drift).await == 0).await;
    assert_eq!(kontor.sendt(), 1);
    assert!(program.stopp(Duration::from_secs(10)).await);
}
