//! Delivery in the dialect that we offer, to a VIGO that speaks it.

#![allow(clippy::unwrap_used)] // The lint knows test functions, not their helpers.

mod support;

use adapter_vigo::VigoSink;
use elevliste::{Endringsslag, Merknad};
use flow::{Avslag, Egenskaper, Forsendelse, Mottattinnhold, Oppdatering, Outcome, Sink, SinkError, Svar};
use simulators::klokke::skolear_ved;
use simulators::maskinporten::{Maskinporten, MaskinportenConfig};
use simulators::vigo::{Feil, Vigo, VigoConfig, Vindu, elevliste_v1::Liste, skolear_navn};
use std::sync::{Arc, atomic::Ordering};
use std::time::Duration;
use support::{Log, ORGNR, SECRETS, Tokens, assert_nothing_personal, config_v1, good_token};
use uuid::Uuid;

struct World {
    maskinporten: Maskinporten,
    vigo: Vigo,
    tokens: Arc<Tokens>,
    sink: VigoSink,
    skolear: String,
}

impl World {
    async fn new() -> Self {
        let maskinporten = Maskinporten::start(MaskinportenConfig::default()).await.unwrap();
        let vigo = Vigo::start(VigoConfig::for_maskinporten(&maskinporten)).await.unwrap();
        let tokens = Tokens::new([good_token(&maskinporten)]);
        let sink = config_v1(&vigo).build_sink(tokens.clone()).unwrap();
        let skolear = skolear_navn(skolear_ved(vigo.klokke().na()));
        Self { maskinporten, vigo, tokens, sink, skolear }
    }

    fn list(&self) -> Forsendelse {
        support::forsendelse(&self.skolear)
    }

    async fn deliver(&self, list: &Forsendelse) -> Outcome {
        self.sink.deliver(list).await.unwrap()
    }

    /// Delivers what must be taken.
    async fn taken(&self, list: &Forsendelse) -> Svar {
        match self.deliver(list).await {
            Outcome::Delivered(svar) => svar,
            other => panic!("{other:?}"),
        }
    }

    fn stored(&self) -> Option<Liste> {
        self.vigo.elevliste(ORGNR, &self.skolear)
    }

    async fn read_back(&self) -> Option<Mottattinnhold> {
        self.sink.les(&self.list().skole, self.skolear.parse().unwrap()).await.unwrap()
    }

    /// What the receiver would give these lines.
    fn digests(&self, list: &Forsendelse) -> Vec<(Uuid, String)> {
        list.linjer.iter().map(|linje| (linje.elev, self.sink.linjeavtrykk(linje).unwrap())).collect()
    }
}

/// The same list with the second pupil in another class, the first gone, and a third one.
fn update(first: &Forsendelse, etag: &str) -> Forsendelse {
    let mut list = first.clone();
    let (gone, changed, new) = (list.linjer[0].elev, list.linjer[1].elev, Uuid::from_u128(3));
    let mut third = list.linjer.remove(0);
    third.elev = new;
    third.identitetsnummer = Some("05820998865".into());
    list.linjer[0].klasse = Some("10C".into());
    list.linjer.push(third);
    list.idempotens = "update".into();
    let endringer = vec![(new, Endringsslag::Ny), (changed, Endringsslag::Endret), (gone, Endringsslag::Borte)];
    list.oppdatering = Some(Oppdatering { etag: etag.into(), endringer });
    list
}

#[tokio::test]
async fn a_list_is_delivered_updated_and_read_back() {
    let world = World::new().await;
    assert_eq!(world.read_back().await, None);
    let list = world.list();
    let svar = world.taken(&list).await;
    assert_eq!((&svar.merknader[..], svar.id.as_ref().map(String::len)), (&[][..], Some(36)));
    let etag = svar.etag.clone().unwrap();
    assert_eq!(world.stored().unwrap().etag, etag);
    assert_eq!(world.stored().unwrap().elever[0].identitetsnummer.as_deref(), Some(SECRETS[0]));
    let read = world.read_back().await.unwrap();
    assert_eq!((&read.id, read.etag.as_ref()), (&svar.id, Some(&etag)));
    assert_eq!(read.linjer, world.digests(&list), "the receiver's digests are ours");

    let update = update(&list, &etag);
    let updated = world.taken(&update).await;
    assert_ne!(updated.etag, svar.etag);
    let read = world.read_back().await.unwrap();
    assert_eq!((read.etag, read.linjer), (updated.etag, world.digests(&update)));
    let written = world.vigo.skrivinger();
    let done: Vec<_> = written[1].endringer.iter().map(|(_, handling)| *handling).collect();
    assert_eq!((written.len(), done), (2, vec!["ny", "endre", "fjern"]));
    assert!(world.vigo.innsendinger().is_empty(), "the other dialect has a store of its own");
}

#[tokio::test]
async fn a_repetition_gets_the_first_answer_and_has_no_second_effect() {
    let world = World::new().await;
    let first = world.taken(&world.list()).await;
    assert_eq!(world.taken(&world.list()).await, first);
    assert_eq!(world.vigo.skrivinger().len(), 1);
    world.vigo.sett_vindu(None, Vindu::stengt());
    assert_eq!(world.taken(&world.list()).await, first, "even after the window has closed");

    let mut other = world.list();
    other.linjer.pop();
    let kode = "nokkel-gjenbrukt".into();
    assert_eq!(world.deliver(&other).await, Outcome::Rejected(Avslag::Ugyldig { kode }));
    assert_eq!(world.stored().unwrap().elever.len(), 2);
}

#[tokio::test]
async fn a_list_that_somebody_else_has_written_is_not_overwritten() {
    let world = World::new().await;
    let svar = world.taken(&world.list()).await;
    let mut again = world.list();
    again.idempotens = "another".into();
    assert_eq!(world.deliver(&again).await, Outcome::Rejected(Avslag::EndretHosMottaker));

    let update = update(&world.list(), &svar.etag.unwrap());
    world.vigo.feil(Feil::EndretUtenfra.ganger(1));
    assert_eq!(world.deliver(&update).await, Outcome::Rejected(Avslag::EndretHosMottaker));
    assert_eq!(world.vigo.skrivinger().len(), 1);
}

#[tokio::test]
async fn an_update_is_applied_as_a_whole_or_not_at_all() {
    let world = World::new().await;
    let list = world.list();
    let svar = world.taken(&list).await;
    let mut update = update(&list, &svar.etag.unwrap());
    update.linjer[1].identitetsnummer = Some("05820998866".into());
    let merknad = Merknad { linje: 2, felt: "identitetsnummer".into(), kode: "ugyldig-nummer".into(), feil: true };
    let refused = Svar { id: None, merknader: vec![merknad], etag: None };
    assert_eq!(world.deliver(&update).await, Outcome::Rejected(Avslag::Linjer(refused)));
    assert_eq!(world.read_back().await.unwrap().linjer, world.digests(&list));
    update.linjer[1].identitetsnummer = Some("05820998865".into());
    world.taken(&update).await;
}

#[tokio::test]
async fn remarks_come_with_line_and_field() {
    let world = World::new().await;
    let mut list = world.list();
    list.linjer[1].etternavn = " ".into();
    let merknad = |linje, felt: &str, kode: &str, feil| Merknad { linje, felt: felt.into(), kode: kode.into(), feil };
    let svar = world.taken(&list).await;
    assert_eq!(svar.merknader, [merknad(2, "navn.etternavn", "mangler-navn", false)]);

    list.idempotens = "second".into();
    list.linjer[0].identitetsnummer = list.linjer[1].identitetsnummer.clone();
    world.vigo.tom();
    let Outcome::Rejected(Avslag::Linjer(svar)) = world.deliver(&list).await else { panic!("not refused") };
    let expected = [
        merknad(1, "identitetsnummer", "duplikat-nummer", true),
        merknad(2, "identitetsnummer", "duplikat-nummer", true),
        merknad(2, "navn.etternavn", "mangler-navn", false),
    ];
    assert_eq!(svar.merknader, expected);
    assert!(world.stored().is_none());
}

#[tokio::test]
async fn an_incomplete_list_never_leaves() {
    type Change = fn(&mut Forsendelse);
    let world = World::new().await;
    let changes: [(Change, &str); 8] = [
        (|f| f.linjer[1].klasse = None, "elever[1].klassekode"),
        (|f| f.linjer[0].identitetsnummer = Some("1".into()), "elever[0].identitetsnummer"),
        (|f| f.linjer[1].elev = f.linjer[0].elev, "elever[1].elevRef"),
        (|f| f.linjer.clear(), "elever"),
        (|f| f.skole.organisasjonsnummer = None, "skole.organisasjonsnummer"),
        (|f| f.idempotens = "a b".into(), "Idempotency-Key"),
        (|f| *f = update(f, "weak"), "If-Match"),
        (
            |f| {
                *f = update(f, "\"e\"");
                f.linjer.pop();
            },
            "endringer",
        ),
    ];
    for (change, felt) in changes {
        let mut list = world.list();
        change(&mut list);
        let kode = format!("NOT_SENT:{felt}");
        assert_eq!(world.deliver(&list).await, Outcome::Rejected(Avslag::Ugyldig { kode }));
    }
    assert_eq!(world.tokens.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn every_refusal_has_its_own_meaning() {
    let world = World::new().await;
    let list = world.list();
    world.vigo.feil(Feil::LukketVindu.ganger(1));
    assert_eq!(world.deliver(&list).await, Outcome::Rejected(Avslag::Stengt));
    world.vigo.slett_skolear(&world.skolear);
    assert_eq!(world.deliver(&list).await, Outcome::Rejected(Avslag::UkjentSkolear));
    world.vigo.opprett_skolear(&world.skolear);
    let mut unknown = list.clone();
    unknown.skole.organisasjonsnummer = Some("991825827".into());
    assert_eq!(world.deliver(&unknown).await, Outcome::Rejected(Avslag::UkjentSkole));
    world.vigo.feil(Feil::KodeverkNede.ganger(1));
    let wait = |outcome| match outcome {
        Outcome::Later { wait, .. } => wait,
        other => panic!("{other:?}"),
    };
    assert_eq!(wait(world.deliver(&list).await), Duration::from_secs(300));
    world.vigo.feil(Feil::ForMangeKall { sekunder: 17 }.ganger(1));
    assert_eq!(wait(world.deliver(&list).await), Duration::from_secs(17));
    world.vigo.feil(Feil::IkkeTilgang.ganger(2));
    for error in [world.sink.deliver(&list).await.err(), read(&world).await.err()] {
        let error = error.unwrap();
        assert!(matches!(&error, SinkError::Denied { hint, .. } if hint.contains("ikke-tilgang")), "{error}");
    }
    assert!(world.stored().is_none());
    world.taken(&list).await;
}

async fn read(world: &World) -> Result<Option<Mottattinnhold>, SinkError> {
    world.sink.les(&world.list().skole, world.skolear.parse().unwrap()).await
}

#[tokio::test]
async fn tokens_are_replaced_once() {
    let world = World::new().await;
    let tokens = Tokens::new(["stale".to_owned(), good_token(&world.maskinporten)]);
    let sink = config_v1(&world.vigo).build_sink(tokens.clone()).unwrap();
    assert!(matches!(sink.deliver(&world.list()).await, Ok(Outcome::Delivered(_))));
    assert_eq!((tokens.asked.load(Ordering::SeqCst), tokens.rejected.load(Ordering::SeqCst)), (2, 1));
    world.vigo.feil(Feil::Avvis401);
    let error = world.sink.deliver(&world.list()).await.unwrap_err();
    assert!(matches!(&error, SinkError::Denied { system: "vigo", hint } if hint.contains("401")), "{error}");
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_unknown_and_can_be_found_out() {
    for fault in [Feil::MistetSvar, Feil::HalvtSvar] {
        let world = World::new().await;
        world.vigo.feil(fault.clone().ganger(1));
        assert!(matches!(world.deliver(&world.list()).await, Outcome::Unknown { .. }), "{fault:?}");
        assert_eq!(world.read_back().await.unwrap().linjer, world.digests(&world.list()), "it had arrived");
        world.taken(&world.list()).await;
        assert_eq!(world.vigo.skrivinger().len(), 1, "the repetition had no effect");
    }
    let world = World::new().await;
    world.vigo.feil(Feil::MistetForesporsel.ganger(1));
    assert!(matches!(world.deliver(&world.list()).await, Outcome::Unknown { .. }));
    assert_eq!(world.read_back().await, None, "it had not arrived");

    let mut config = config_v1(&world.vigo);
    config.tidsgrense_sekunder = std::num::NonZeroU32::MIN;
    let impatient = config.build_sink(world.tokens.clone()).unwrap();
    world.vigo.feil(Feil::TregtSvar { millisekunder: 60_000 }.ganger(1));
    let outcome = impatient.deliver(&world.list()).await.unwrap();
    assert!(matches!(outcome, Outcome::Unknown { hint } if hint.contains("in time")));
    assert!(world.read_back().await.is_some());
}

#[tokio::test]
async fn what_may_have_been_stored_is_unknown_and_what_cannot_be_read_is_no_answer() {
    let world = World::new().await;
    for fault in [500, 502, 503, 504, 408].map(|status| Feil::Status { status }).into_iter().chain([Feil::Html200]) {
        world.vigo.feil(fault.clone().ganger(2));
        assert!(matches!(world.deliver(&world.list()).await, Outcome::Unknown { .. }), "{fault:?}");
        assert!(matches!(read(&world).await, Err(SinkError::Unreachable { .. })), "{fault:?}");
    }
    world.vigo.feil(Feil::Status { status: 404 }.ganger(2));
    assert!(world.sink.deliver(&world.list()).await.is_err(), "nothing takes lists there");
    assert!(read(&world).await.is_err(), "a 404 of somebody in between does not say that there is no list");
    let World { vigo, sink, skolear, .. } = world;
    vigo.stop().await;
    assert!(matches!(sink.deliver(&support::forsendelse(&skolear)).await, Ok(Outcome::Later { .. })));
}

#[tokio::test]
async fn a_probe_asks_what_the_receiver_can_do() {
    let world = World::new().await;
    assert_eq!(world.sink.probe().await, []);
    let expected = Egenskaper { erstattbar: true, tilbakelesing: true, idempotent: true, eneste_avsender: false };
    assert_eq!(world.sink.egenskaper(), expected);
    let mut elsewhere = config_v1(&world.vigo);
    elsewhere.base_url = world.maskinporten.utsteder().parse().unwrap();
    let failed = elsewhere.build_sink(world.tokens.clone()).unwrap().probe().await;
    assert!(failed.len() == 1 && failed[0].hint.contains("elevliste_v1"), "{failed:?}");
}

#[tokio::test]
async fn nothing_of_a_pupil_is_logged_or_printed() {
    let (log, guard) = Log::capture();
    let world = World::new().await;
    let mut printed = format!("{:?} {:?}", world.sink, world.list());
    let svar = world.taken(&world.list()).await;
    let mut bad = update(&world.list(), &svar.etag.unwrap());
    bad.linjer[1].identitetsnummer = Some("05820998866".into());
    printed += &format!("{:?}", world.sink.deliver(&bad).await);
    bad.linjer[0].klasse = None;
    printed += &format!("{:?} {:?}", world.sink.deliver(&bad).await, world.sink.forutsi(&bad));
    for fault in [Feil::Avvis401, Feil::LukketVindu, Feil::MistetSvar, Feil::HalvtSvar, Feil::Html200] {
        world.vigo.feil(fault);
        printed += &format!("{:?} {:?}", world.sink.deliver(&world.list()).await, read(&world).await);
        world.vigo.fjern_feil();
    }
    printed += &format!("{:?}", world.stored());
    drop(guard);
    assert!(log.text().contains("adapter_vigo"), "the log was captured: {}", log.text());
    for text in [&printed, &log.text()] {
        assert_nothing_personal(text);
        assert!(!text.contains("0582099886"));
    }
}
