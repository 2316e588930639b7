//! Each fault: the right result, or an error that says what to do, and nothing in between.

use crate::lesing::{adapter, config, navn, oppsett};
use flow::{Personregister, RegisterError, SourceError};
use folkeregister::{Graderingsnivaa, Personstatus};
use simulators::folkeregister::{Feil, Feilform, Gradering, Handling, Ressurs};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// The kind of error, and its text.
fn sort(feil: &RegisterError) -> (&'static str, String) {
    let sort = match feil {
        RegisterError::ForGammelt { .. } => "for-gammelt",
        RegisterError::Source(SourceError::Unreachable { .. }) => "unreachable",
        RegisterError::Source(SourceError::Throttled { .. }) => "throttled",
        RegisterError::Source(SourceError::Denied { .. }) => "denied",
        RegisterError::Source(SourceError::Malformed { .. }) => "malformed",
        RegisterError::Source(SourceError::Torn { .. }) => "torn",
    };
    (sort, feil.to_string())
}

#[tokio::test]
async fn what_stops_everything_is_told_apart() {
    let status = |status, form| Feil::Status { status, form };
    let o = oppsett().await;
    let nr = o.nr(0);
    o.sim.utfor(&[Handling::Flytt { nummer: nr.clone() }]).unwrap();
    for (feil, ventet, tekst) in [
        (status(403, Feilform::Html), "denied", "firewall"),
        (status(403, Feilform::Kort), "denied", "(DELING-403); check that the maskinporten client's scope"),
        (status(503, Feilform::Html), "unreachable", "(a web page)"),
        (status(500, Feilform::Portal), "unreachable", "(FREG-500)"),
        (status(500, Feilform::Lang), "unreachable", "(MAG-500)"),
        (status(404, Feilform::Portal), "malformed", "404"),
        (status(400, Feilform::Portal), "malformed", "400 (FREG-400)"),
        (status(418, Feilform::Portal), "malformed", "418"),
        (Feil::Omdirigering { til: "http://127.0.0.1:9/".into() }, "malformed", "redirects are not followed"),
        (Feil::Html200, "malformed", "web page"),
        (Feil::UgyldigJson, "malformed", "part of it"),
        (Feil::HalvtSvar, "unreachable", "broke"),
        (Feil::Avvis401, "denied", "401"),
    ] {
        o.sim.feil(feil.clone());
        for svar in [o.register.hendelser(o.sim.siste()).await.map(drop), o.slaa_opp(&[&nr]).await.map(drop)] {
            let (sort, sagt) = sort(&svar.unwrap_err());
            assert!(sort == ventet && sagt.contains(tekst), "{feil:?}: {sort}: {sagt}");
        }
        o.sim.fjern_feil();
        assert_eq!(o.side(o.sim.siste()).await.hendelser.len(), 1, "well again");
    }
}

#[tokio::test]
async fn a_wait_is_in_milliseconds() {
    let o = oppsett().await;
    o.sim.feil(Feil::ForMange { millisekunder: 2_500 }.ganger(1));
    match o.register.siste().await.unwrap_err() {
        RegisterError::Source(SourceError::Throttled { wait, .. }) => assert_eq!(wait, Duration::from_millis(2_500)),
        andre => panic!("{andre}"),
    }
    assert_eq!(o.register.probe().await.unwrap(), o.sim.siste());
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let o = oppsett().await;
    o.sim.feil(Feil::Avvis401.ganger(1));
    assert!(o.person(&o.nr(0)).await.funnet);
    assert_eq!(o.tokens.avvist.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_two_meanings_of_406() {
    let o = oppsett().await;
    o.sim.utfor(&[Handling::Stoey { antall: 10 }]).unwrap();
    let plass = o.sim.siste();
    let mut sett = Vec::new();
    for (feil, fra) in [
        (Feil::ForGammelt { taus: false }.i(Ressurs::Feed), plass),
        // No text: the newest number is given as json, and lies after the place.
        (Feil::ForGammelt { taus: true }.i(Ressurs::Feed), plass),
        // No text, and it does not: it is not the place that is at fault.
        (Feil::ForGammelt { taus: true }.i(Ressurs::Feed), plass + 1),
        // No text, and no number either.
        (Feil::ForGammelt { taus: true }.into(), plass),
    ] {
        o.sim.feil(feil);
        sett.push(sort(&o.register.hendelser(fra).await.unwrap_err()).0);
        o.sim.fjern_feil();
    }
    assert_eq!(sett, ["for-gammelt", "for-gammelt", "malformed", "malformed"]);
}

#[tokio::test]
async fn a_feed_that_stands_still_is_caught_up_and_moves_again() {
    let o = oppsett().await;
    let fra = o.sim.siste() + 1;
    o.sim.utfor(&[Handling::Stoey { antall: 5 }]).unwrap();
    let side = o.side(fra).await;
    let staar = Feil::StaarStille { siste: o.sim.siste() };
    o.sim.feil(staar);
    o.sim.utfor(&[Handling::Flytt { nummer: o.nr(0) }]).unwrap();
    let stille = o.side(side.neste).await;
    assert_eq!((stille.innhentet, stille.neste), (true, side.neste));
    assert_eq!(o.register.siste().await.unwrap() + 1, side.neste, "and its age shows in the events");
    o.sim.fjern_feil();
    assert_eq!(o.side(side.neste).await.hendelser.len(), 1);
}

#[tokio::test]
async fn odd_pages_lose_nobody() {
    let o = oppsett().await;
    let fra = o.sim.siste() + 1;
    let flyttinger: Vec<_> = (0..20).map(|i| Handling::Flytt { nummer: o.nr(i) }).collect();
    o.sim.utfor(&flyttinger).unwrap();
    for (feil, koder) in [
        (Feil::Gjentatt, vec!["out-of-order", "repeated-sequence"]),
        (Feil::Uordnet, vec!["out-of-order"]),
        (Feil::Hendelsestype, vec!["event-type-spelling"]),
        (Feil::Treg { millisekunder: 5 }, vec![]),
    ] {
        o.sim.feil(feil.clone());
        let side = o.side(fra).await;
        assert_eq!(side.neste, o.sim.siste() + 1, "{feil:?}");
        for i in 0..20 {
            assert!(side.hendelser.iter().any(|h| h.nummer.vis() == &o.nr(i)), "{feil:?}");
        }
        let mut funnet: Vec<_> = side.findings.iter().map(|f| f.code).collect();
        funnet.sort_unstable();
        funnet.dedup();
        assert_eq!(funnet, koder, "{feil:?}");
        o.sim.fjern_feil();
    }
    o.sim.feil(Feil::DaarligInnslag);
    let side = o.side(fra).await;
    assert_eq!((side.hendelser.len(), side.refused.len(), side.neste), (19, 1, o.sim.siste() + 1));
    assert_eq!((side.refused[0].code, side.refused[0].samling), ("missing-identifier", "hendelser"));
}

#[tokio::test]
async fn bulk_answers_that_are_shuffled_doubled_or_short() {
    let o = oppsett().await;
    let numre: Vec<String> = (0..30).map(|i| o.nr(i)).collect();
    let spurt: Vec<&str> = numre.iter().map(String::as_str).collect();
    let vel = o.slaa_opp(&spurt).await.unwrap().into_iter().map(|p| navn(&p.unwrap())).collect::<Vec<_>>();
    for feil in [Feil::Stokket, Feil::DobbeltSvar, Feil::NullFelter, Feil::Unik] {
        o.sim.feil(feil.clone());
        let svar = o.slaa_opp(&spurt).await.unwrap();
        assert_eq!(svar.into_iter().map(|p| navn(&p.unwrap())).collect::<Vec<_>>(), vel, "{feil:?}");
        o.sim.fjern_feil();
    }
    let melding = |tekst: &str| Feil::Melding { tekst: tekst.into() };
    for (feil, ventet) in [
        (Feil::ManglerPerson, Err("missing-answer")),
        (melding("Identifikatoren finnes ikke"), Ok(false)),
        (melding("Tjenesten er opptatt"), Err("register-message")),
    ] {
        o.sim.feil(feil.clone());
        let mut svar = o.slaa_opp(&spurt).await.unwrap();
        let forste = svar.remove(0).map(|p| p.funnet).map_err(|r| r.code);
        assert_eq!(forste, ventet, "{feil:?}");
        assert!(svar.into_iter().all(|p| p.is_ok_and(|p| p.funnet)), "the others have theirs");
        o.sim.fjern_feil();
    }
}

#[tokio::test]
async fn a_retired_number_is_asked_about_alone() {
    let o = oppsett().await;
    let gammelt = o.dnr();
    o.sim.utfor(&[Handling::NyttNummer { nummer: gammelt.clone(), nytt: None }]).unwrap();
    o.sim.feil(Feil::UtgaattSomMelding);
    let person = o.person(&gammelt).await;
    assert_eq!(person.gjeldende().unwrap().vis(), &o.sim.gjeldende(&gammelt).unwrap());
    assert_eq!(o.sim.kall(Ressurs::Person), 1);
    o.sim.feil(Feil::Status { status: 404, form: Feilform::Portal }.i(Ressurs::Person));
    assert_eq!(o.avvist(&gammelt).await, "retired-number");
}

#[tokio::test]
async fn what_is_unknown_of_a_person_is_never_harmless() {
    let o = oppsett().await;
    let nr = o.nr(0);
    o.sim.utfor(&[Handling::Beskytt { nummer: nr.clone(), gradering: Gradering::Fortrolig }]).unwrap();
    for feil in [Feil::UtenGjeldende, Feil::UtenStatus, Feil::UkjentStatus, Feil::NullFelter, Feil::AlleDeler] {
        o.sim.feil(feil.clone());
        assert!(o.person(&nr).await.graderingsnivaa == Graderingsnivaa::Fortrolig, "{feil:?}");
        o.sim.fjern_feil();
    }
    o.sim.feil(Feil::UkjentGradering);
    assert!(o.person(&o.nr(1)).await.graderingsnivaa == Graderingsnivaa::StrengtFortrolig);
    o.sim.fjern_feil();
    o.sim.feil(Feil::UkjentStatus);
    assert_eq!(o.person(&o.nr(1)).await.status, Personstatus::Ukjent);
    o.sim.fjern_feil();
    o.sim.feil(Feil::UtenStatus);
    assert_eq!(o.avvist(&o.nr(1)).await, "missing-status");
}

#[tokio::test]
async fn lifted_protection_that_cannot_be_told_to_be_lifted_still_counts() {
    let o = oppsett().await;
    let nr = o.nr(0);
    let gradering = Gradering::StrengtFortrolig;
    o.sim
        .utfor(&[
            Handling::Beskytt { nummer: nr.clone(), gradering },
            Handling::OpphevBeskyttelse { nummer: nr.clone() },
        ])
        .unwrap();
    assert!(o.person(&nr).await.graderingsnivaa == Graderingsnivaa::Ugradert);
    o.sim.feil(Feil::UtenGjeldende);
    assert!(o.person(&nr).await.graderingsnivaa == Graderingsnivaa::StrengtFortrolig);
}

#[tokio::test]
async fn faults_by_chance_never_give_a_wrong_answer() {
    let o = oppsett().await;
    let nr = o.nr(0);
    let riktig = o.person(&nr).await;
    for feil in [
        Feil::Status { status: 503, form: Feilform::Html },
        Feil::UgyldigJson,
        Feil::HalvtSvar,
        Feil::Stokket,
        Feil::ManglerPerson,
        Feil::Avvis401,
        Feil::ForMange { millisekunder: 1_000 },
    ] {
        o.sim.feil(simulators::folkeregister::Feilplan::from(feil).promille(150));
    }
    let (mut rett, mut feilet) = (0, 0);
    for _ in 0..60 {
        match o.slaa_opp(&[&nr]).await {
            Ok(mut svar) => match svar.remove(0) {
                Ok(person) => {
                    assert!(person == riktig);
                    rett += 1;
                }
                Err(refused) => assert_eq!(refused.code, "missing-answer"),
            },
            Err(_) => feilet += 1,
        }
    }
    assert!(rett > 0 && feilet > 0, "{rett} right, {feilet} failed");
}

#[tokio::test]
async fn an_answer_larger_than_the_limit_is_not_read() {
    let o = oppsett().await;
    let (liten, _) = adapter(config(&o.sim.base_url(), "maks_bytes = 4000"));
    o.sim.utfor(&[Handling::Stoey { antall: 500 }]).unwrap();
    let (sort, tekst) = sort(&liten.hendelser(0).await.unwrap_err());
    assert!(sort == "malformed" && tekst.contains("raise maks_bytes"), "{tekst}");
}

#[tokio::test]
async fn nobody_at_home() {
    let (register, _) = adapter(config("http://127.0.0.1:9/", ""));
    let (sort, tekst) = sort(&register.probe().await.unwrap_err());
    assert!(sort == "unreachable" && tekst.contains("cannot connect"), "{tekst}");
}

#[tokio::test]
async fn synthetic_people_are_refused_in_production() {
    let o = oppsett().await;
    let mut config = config(&o.sim.base_url(), "");
    config.modus = adapter_folkeregister::Modus::Produksjon;
    let (register, _) = adapter(config);
    let svar = register.personer(&[o.nr(0).as_str().into()]).await.unwrap();
    assert_eq!(svar[0].as_ref().unwrap_err().code, "synthetic-number");
    assert_eq!(o.sim.kall(Ressurs::Bulkoppslag), 0, "and not asked about");
}
