//! Delivery to a VIGO that judges lists as the published service does.

#![allow(clippy::unwrap_used)] // The lint knows test functions, not their helpers.

mod support;

use adapter_vigo::VigoSink;
use elevliste::Merknad;
use flow::{Avslag, Egenskaper, Outcome, Sink, SinkError};
use simulators::klokke::skolear_ved;
use simulators::maskinporten::{Maskinporten, MaskinportenConfig};
use simulators::vigo::{Feil, Vigo, VigoConfig, Vindu, skolear_navn};
use std::sync::{Arc, atomic::Ordering};
use support::{Log, ORGNR, Tokens, assert_nothing_personal, forsendelse, good_token};

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
        let sink = support::sink(&vigo.base_url(), &vigo.kodeverk_url(), &tokens);
        let skolear = skolear_navn(skolear_ved(vigo.klokke().na()));
        Self { maskinporten, vigo, tokens, sink, skolear }
    }

    async fn deliver(&self) -> Outcome {
        self.sink.deliver(&forsendelse(&self.skolear)).await.unwrap()
    }

    fn stored(&self) -> usize {
        self.vigo.innsendinger().len()
    }
}

#[tokio::test]
async fn a_clean_list_is_delivered_once_as_it_was_sealed() {
    let world = World::new().await;
    let Outcome::Delivered(svar) = world.deliver().await else { panic!("not delivered") };
    assert_eq!(svar.merknader, []);
    let stored = world.vigo.godkjent(ORGNR, &world.skolear).unwrap();
    assert_eq!(svar.id, Some(stored.submission_id.to_string()));
    let lines: Vec<_> = stored.lines.iter().map(|l| (l.line_number, l.class_code.as_str())).collect();
    assert_eq!(lines, [(1, "10B"), (2, "10A")]);
    assert_eq!(stored.lines[0].personal_identity_number, support::SECRETS[0]);
    assert_eq!(world.deliver().await, Outcome::Rejected(Avslag::AlleredeLevert));
    assert_eq!(world.stored(), 1);
}

#[tokio::test]
async fn warnings_come_with_their_line() {
    let world = World::new().await;
    let mut list = forsendelse(&world.skolear);
    list.linjer[1].fornavn = "".into();
    let Outcome::Delivered(svar) = world.sink.deliver(&list).await.unwrap() else { panic!("not delivered") };
    let merknad = Merknad { linje: 2, felt: "name".into(), kode: "MISSING_NAME".into(), feil: false };
    assert_eq!(svar.merknader, [merknad]);
}

#[tokio::test]
async fn one_bad_line_refuses_the_list_and_is_named() {
    let world = World::new().await;
    let mut list = forsendelse(&world.skolear);
    list.linjer[1].identitetsnummer = Some("17851099981".into());
    let Outcome::Rejected(Avslag::Linjer(svar)) = world.sink.deliver(&list).await.unwrap() else {
        panic!("not refused")
    };
    let merknad =
        Merknad { linje: 2, felt: "personalIdentityNumber".into(), kode: "INVALID_IDENTITY_NUMBER".into(), feil: true };
    assert_eq!(svar.merknader, [merknad]);
    assert!(world.vigo.godkjent(ORGNR, &world.skolear).is_none());
    assert!(matches!(world.deliver().await, Outcome::Delivered(_)), "a corrected list is taken");
}

#[tokio::test]
async fn an_incomplete_list_never_leaves() {
    let world = World::new().await;
    let mut list = forsendelse(&world.skolear);
    list.linjer[1].klasse = None;
    let kode = "NOT_SENT:students[1].classCode".into();
    assert_eq!(world.sink.deliver(&list).await.unwrap(), Outcome::Rejected(Avslag::Ugyldig { kode }));
    assert_eq!((world.stored(), world.tokens.asked.load(Ordering::SeqCst)), (0, 0));
}

#[tokio::test]
async fn the_three_meanings_of_403_are_told_apart() {
    let world = World::new().await;
    world.vigo.sett_vindu(None, Vindu { fra: None, til: Some(world.vigo.klokke().na()) });
    assert_eq!(world.deliver().await, Outcome::Rejected(Avslag::Stengt));
    world.vigo.sett_vindu(None, Vindu::apent());
    world.vigo.slett_skolear(&world.skolear);
    assert_eq!(world.deliver().await, Outcome::Rejected(Avslag::UkjentSkolear));
    world.vigo.opprett_skolear(&world.skolear);

    let mut unknown = forsendelse(&world.skolear);
    unknown.skole.organisasjonsnummer = Some("991825827".into());
    assert_eq!(world.sink.deliver(&unknown).await.unwrap(), Outcome::Rejected(Avslag::UkjentSkole));
    assert_eq!(world.stored(), 0);
}

#[tokio::test]
async fn a_code_base_that_is_down_does_not_make_the_school_unknown() {
    let world = World::new().await;
    world.vigo.feil(Feil::KodeverkNede);
    assert!(matches!(world.deliver().await, Outcome::Later { hint, .. } if hint.contains("code base")));
    world.vigo.fjern_feil();
    // Up again between the refusal and our look-up: the school is there, so the refusal stays unexplained.
    world.vigo.feil(Feil::KodeverkNede.ganger(1));
    assert_eq!(world.deliver().await, Outcome::Rejected(Avslag::Uforklart { kode: "FORBIDDEN".into() }));
    world.vigo.fjern_feil();
    assert!(matches!(world.deliver().await, Outcome::Delivered(_)));
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let world = World::new().await;
    let tokens = Tokens::new(["stale".to_owned(), good_token(&world.maskinporten)]);
    let sink = support::sink(&world.vigo.base_url(), &world.vigo.kodeverk_url(), &tokens);
    assert!(matches!(sink.deliver(&forsendelse(&world.skolear)).await, Ok(Outcome::Delivered(_))));
    assert_eq!((tokens.asked.load(Ordering::SeqCst), tokens.rejected.load(Ordering::SeqCst)), (2, 1));
    assert_eq!(world.stored(), 1);
}

#[tokio::test]
async fn a_second_refused_token_stops_the_sink() {
    let world = World::new().await;
    world.vigo.feil(Feil::Avvis401);
    let error = world.sink.deliver(&forsendelse(&world.skolear)).await.unwrap_err();
    assert!(matches!(&error, SinkError::Denied { system: "vigo", hint } if hint.contains("401")), "{error}");
    assert_eq!((world.tokens.asked.load(Ordering::SeqCst), world.tokens.rejected.load(Ordering::SeqCst)), (2, 2));
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let world = World::new().await;
    let sink = support::sink(&world.vigo.base_url(), &world.vigo.kodeverk_url(), &Tokens::new([]));
    let error = sink.deliver(&forsendelse(&world.skolear)).await.unwrap_err();
    assert!(matches!(error, SinkError::Denied { system: "maskinporten", .. }));
    assert_eq!(world.stored(), 0);
}

#[tokio::test]
async fn an_answer_that_does_not_come_leaves_the_outcome_unknown() {
    let world = World::new().await;
    world.vigo.feil(Feil::MistetSvar.ganger(1));
    assert!(matches!(world.deliver().await, Outcome::Unknown { .. }));
    assert_eq!(world.stored(), 1, "it had arrived, and was not sent again");
    assert_eq!(world.deliver().await, Outcome::Rejected(Avslag::AlleredeLevert));

    let sink = support::impatient(&world.vigo.base_url(), &world.vigo.kodeverk_url(), &world.tokens);
    world.vigo.feil(Feil::TregtSvar { millisekunder: 60_000 });
    let outcome = sink.deliver(&forsendelse(&world.skolear)).await.unwrap();
    assert!(matches!(outcome, Outcome::Unknown { hint } if hint.contains("in time")));
}

#[tokio::test]
async fn whatever_may_have_stored_the_list_leaves_the_outcome_unknown() {
    let world = World::new().await;
    for feil in [
        Feil::MistetForesporsel,
        Feil::Html200,
        Feil::Status { status: 500 },
        Feil::Status { status: 502 },
        Feil::Status { status: 503 },
        Feil::Status { status: 504 },
    ] {
        world.vigo.feil(feil.clone().ganger(1));
        assert!(matches!(world.deliver().await, Outcome::Unknown { .. }), "{feil:?}");
    }
    assert_eq!(world.stored(), 0);
}

#[tokio::test]
async fn a_receiver_that_does_not_listen_gets_the_list_later() {
    let world = World::new().await;
    let World { vigo, sink, skolear, .. } = world;
    vigo.stop().await;
    assert!(
        matches!(sink.deliver(&forsendelse(&skolear)).await, Ok(Outcome::Later { hint, .. }) if hint.contains("no connection"))
    );
}

#[tokio::test]
async fn a_probe_names_everything_that_cannot_be_used() {
    let world = World::new().await;
    assert_eq!(world.sink.probe().await, []);
    let World { vigo, .. } = world;
    let sink = support::sink(&vigo.base_url(), &vigo.kodeverk_url(), &Tokens::new([]));
    vigo.stop().await;
    let failed: Vec<_> = sink.probe().await.into_iter().map(|e| e.system).collect();
    assert_eq!(failed, ["maskinporten", "vigo", "vigo-kodeverk"]);
    assert_eq!(sink.name(), "vigo");
    assert_eq!(sink.egenskaper(), Egenskaper::default());
}

#[tokio::test]
async fn nothing_of_a_pupil_is_logged_or_printed() {
    let (log, guard) = Log::capture();
    let world = World::new().await;
    let mut printed = format!("{:?} {:?}", world.sink, forsendelse(&world.skolear));
    let mut bad = forsendelse(&world.skolear);
    bad.linjer[0].klasse = None;
    printed += &format!("{:?}", world.sink.deliver(&bad).await);
    bad.linjer[0].klasse = Some(" ".into());
    printed += &format!("{:?}", world.sink.deliver(&bad).await);
    for feil in [Feil::Avvis401, Feil::LukketVindu, Feil::KodeverkNede, Feil::MistetSvar, Feil::Html200] {
        world.vigo.feil(feil);
        match world.sink.deliver(&forsendelse(&world.skolear)).await {
            Ok(outcome) => printed += &format!("{outcome:?}"),
            Err(error) => printed += &format!("{error} {error:?}"),
        }
        world.vigo.fjern_feil();
    }
    let mut refused = forsendelse(&world.skolear);
    refused.linjer[1].identitetsnummer = Some("17851099981".into());
    printed += &format!("{:?}", world.sink.deliver(&refused).await);
    drop(guard);
    assert!(log.text().contains("adapter_vigo"), "the log was captured: {}", log.text());
    assert_nothing_personal(&printed);
    assert_nothing_personal(&log.text());
    assert!(!log.text().contains("17851099981") && !printed.contains("17851099981"));
}
