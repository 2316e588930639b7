//! What happens to a session, and what cannot be done with one.

use crate::scene::{KANARI, scene};
use bus::Bus as _;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

#[tokio::test]
async fn a_session_ends_by_time_used_or_not() {
    let s = scene(false).await;
    let n = s.nettleser();
    n.logg_inn(KANARI[0], "").await;
    s.ga(29);
    assert_eq!(n.hent("/side").await.status, 200);
    s.ga(30);
    assert!(n.hent("/side").await.videre.starts_with("/logg-inn?utlopt=1"));
    let flittig = s.nettleser();
    flittig.logg_inn(KANARI[0], "").await;
    for _ in 0..23 {
        s.ga(20);
        assert_eq!(flittig.hent("/side").await.status, 200);
    }
    s.ga(20);
    assert!(flittig.hent("/side").await.videre.starts_with("/logg-inn?utlopt=1"));
}

#[tokio::test]
async fn a_page_that_asks_by_itself_keeps_nobody_signed_in() {
    let s = scene(false).await;
    let n = s.nettleser();
    n.logg_inn(KANARI[0], "").await;
    for hode in [("hx-request", "true"), ("accept", "text/event-stream")] {
        s.ga(10);
        assert_eq!(n.hent_med("/side", &[hode]).await.status, 200);
    }
    s.ga(10);
    assert!(n.hent("/side").await.videre.starts_with("/logg-inn?utlopt=1"), "half an hour without use");
}

#[tokio::test]
async fn an_id_that_somebody_else_has_chosen_is_never_a_session() {
    let s = scene(false).await;
    let n = s.nettleser();
    n.kapsler.lock().unwrap().insert("mellomlag".into(), "A".repeat(43));
    assert_eq!(n.hent("/side").await.videre, "/logg-inn?retur=%2Fside");
    n.logg_inn(KANARI[0], "").await;
    let forste = n.kapsler.lock().unwrap()["mellomlag"].clone();
    assert_ne!(forste, "A".repeat(43));
    n.logg_inn(KANARI[0], "").await;
    assert_ne!(n.kapsler.lock().unwrap()["mellomlag"], forste);
    let gammel = s.nettleser();
    gammel.kapsler.lock().unwrap().insert("mellomlag".into(), forste);
    assert_eq!(gammel.hent("/side").await.status, 303, "the first session ended with the second sign-in");
}

#[tokio::test]
async fn a_form_needs_the_token_of_its_own_session() {
    let s = scene(false).await;
    let (n, annen) = (s.nettleser(), s.nettleser());
    n.logg_inn(KANARI[0], "").await;
    annen.logg_inn(KANARI[0], "").await;
    let (mitt, andres) = (n.hent("/side").await.csrf(), annen.hent("/side").await.csrf());
    for token in ["", "x", &andres, &mitt[1..]] {
        assert_eq!(n.post("/gjor", &[("csrf", token)], &[]).await.tekst, "avvist csrf");
    }
    for hode in [("sec-fetch-site", "cross-site"), ("origin", "https://ond.example"), ("origin", "null")] {
        assert_eq!(n.post("/gjor", &[("csrf", &mitt)], &[hode]).await.tekst, "avvist fremmed-side");
    }
    let stort = "a".repeat(70_000);
    assert_eq!(n.post("/gjor", &[("csrf", &mitt), ("a", &stort)], &[]).await.tekst, "avvist for-stort");
    assert_eq!(n.post("/logg-ut", &[("csrf", &andres)], &[]).await.tekst, "avvist csrf");
    assert_eq!(s.gjort(), 0);
    assert_eq!(n.post("/gjor", &[("csrf", &mitt), ("a", "b")], &[("origin", &s.base)]).await.tekst, "gjort 1");
}

#[tokio::test]
async fn a_form_sent_too_late_waits_for_the_same_person_and_is_not_done_by_itself() {
    let s = scene(false).await;
    let n = s.nettleser();
    n.logg_inn(KANARI[0], "").await;
    let token = n.hent("/side").await.csrf();
    s.ga(31);
    let felter = [("csrf", token.as_str()), ("grunn", "<b>æøå</b>"), ("grunn", "to")];
    let svar = n.post("/gjor?liste=1", &felter, &[]).await;
    assert!(svar.videre.starts_with("/logg-inn?utlopt=1&fortsett="), "{}", svar.videre);
    let velg = n.hent(&svar.videre).await.tekst;
    assert!(velg.ends_with("utlopt=true venter=true"), "{velg}");
    let query = format!("?{}", svar.videre.split_once('?').unwrap().1);
    let tilbake = n.logg_inn(KANARI[0], &query).await.videre;
    assert!(tilbake.starts_with("/fortsett/"), "{tilbake}");
    let ventet = json!({"sti": "/gjor?liste=1", "felter": [["grunn", "<b>æøå</b>"], ["grunn", "to"]]});
    assert_eq!(serde_json::from_str::<Value>(&n.hent(&tilbake).await.tekst).unwrap(), ventet);
    // In the store it is nothing that can be read, and when it is sent it is there no longer.
    let id = tilbake.trim_start_matches("/fortsett/");
    let lagret = lagret(&s, id).await;
    assert!(lagret.len() > 50 && !String::from_utf8_lossy(&lagret).contains("grunn"));
    let annen = s.nettleser();
    let hvem = annen.logg_inn("to-roller", "").await.videre;
    let csrf = annen.hent(&hvem).await.csrf();
    annen.post("/hvem", &[("csrf", &csrf), ("nr", "0")], &[]).await;
    assert_eq!(annen.hent("/side").await.status, 200);
    assert_eq!(annen.hent(&tilbake).await.status, 404);
    let csrf = annen.hent("/side").await.csrf();
    assert_eq!(annen.post("/gjor", &[("csrf", &csrf), ("fortsett", id)], &[]).await.tekst, "gjort 0");
    assert_eq!(n.hent(&tilbake).await.status, 200, "nobody else takes it away");
    s.ga(15);
    assert_eq!(n.hent(&tilbake).await.status, 404);
    assert_eq!(s.gjort(), 1);
    // A form that did not come from a page of the session is not kept.
    s.ga(31);
    let svar = n.post("/gjor", &[("csrf", "x"), ("a", "b")], &[]).await;
    assert_eq!(svar.videre, "/logg-inn?utlopt=1");
}

/// What the store has of a form that waits.
async fn lagret(s: &crate::scene::Scene, id: &str) -> Vec<u8> {
    let mut sum = Sha256::new_with_prefix((id.len() as u64).to_be_bytes());
    sum.update(id);
    let sum: String = sum.finalize().iter().map(|b| format!("{b:02x}")).collect();
    let funnet = s.bus.get("okter", &format!("fortsett.{sum}")).await.unwrap();
    funnet.map(|verdi| verdi.to_vec()).unwrap_or_default()
}

#[tokio::test]
async fn a_form_that_has_waited_and_is_sent_waits_no_longer() {
    let s = scene(false).await;
    let n = s.nettleser();
    n.logg_inn(KANARI[0], "").await;
    let token = n.hent("/side").await.csrf();
    s.ga(31);
    let svar = n.post("/gjor", &[("csrf", &token), ("a", "b")], &[]).await;
    let query = format!("?{}", svar.videre.split_once('?').unwrap().1);
    let tilbake = n.logg_inn(KANARI[0], &query).await.videre;
    let id = tilbake.trim_start_matches("/fortsett/");
    let csrf = n.hent("/side").await.csrf();
    for token in ["x", &csrf] {
        assert_eq!(n.hent(&tilbake).await.status, 200);
        n.post("/gjor", &[("csrf", token), ("fortsett", id), ("a", "b")], &[]).await;
    }
    assert_eq!((s.gjort(), n.hent(&tilbake).await.status), (1, 404));
    assert!(lagret(&s, id).await.is_empty());
}

#[tokio::test]
async fn who_is_several_things_chooses_one_and_gets_a_new_id() {
    let s = scene(false).await;
    let n = s.nettleser();
    let svar = n.logg_inn("to-roller", "?retur=%2Fside").await;
    assert_eq!(svar.videre, "/hvem?retur=%2Fside");
    assert_eq!(n.hent("/side").await.videre, "/hvem?retur=%2Fside");
    let side = n.hent(&svar.videre).await;
    assert!(side.tekst.starts_with("hvem 2"));
    let (token, for_) = (side.csrf(), n.kapsler.lock().unwrap()["mellomlag"].clone());
    assert_eq!(n.post("/hvem", &[("csrf", "x"), ("nr", "1")], &[]).await.tekst, "avvist csrf");
    assert_eq!(n.post("/hvem", &[("csrf", &token), ("nr", "2")], &[]).await.tekst, "avvist valg-ukjent");
    let valgt = n.post("/hvem", &[("csrf", &token), ("nr", "1"), ("retur", "//ond.example")], &[]).await;
    assert_eq!((valgt.status, valgt.videre.as_str()), (303, "/"));
    assert_ne!(n.kapsler.lock().unwrap()["mellomlag"], for_);
    assert!(n.hent("/side").await.tekst.starts_with("inne revisor"));
}

#[tokio::test]
async fn logout_ends_it_here_and_at_the_provider() {
    let s = scene(false).await;
    let n = s.nettleser();
    n.logg_inn(KANARI[0], "").await;
    let (token, kapsler) = (n.hent("/side").await.csrf(), n.kapsler.lock().unwrap().clone());
    let ut = n.post("/logg-ut", &[("csrf", &token)], &[]).await;
    assert!(ut.videre.starts_with(&format!("{}/logout?id_token_hint=", s.oidc.utsteder())), "{}", ut.videre);
    assert!(n.kapsler.lock().unwrap().is_empty());
    let tilbake = n.hent(&ut.videre).await.videre;
    assert_eq!(tilbake, format!("{}/logg-ut/ferdig", s.base));
    assert_eq!(n.hent(&tilbake).await.tekst, "ute");
    assert!(s.oidc.okter(KANARI[0]).is_empty());
    *n.kapsler.lock().unwrap() = kapsler;
    assert_eq!(n.hent("/side").await.videre, "/logg-inn?retur=%2Fside");
}

#[tokio::test]
async fn the_provider_ends_sessions_by_either_channel() {
    let s = scene(false).await;
    let (a, b, c) = (s.nettleser(), s.nettleser(), s.nettleser());
    a.logg_inn(KANARI[0], "").await;
    let forste = s.oidc.front_adresser(KANARI[0]);
    b.logg_inn(KANARI[0], "").await;
    let fremmed = s.nettleser();
    for galt in
        [forste[0].replace("sid=", "sid=x"), forste[0].replace("iss=", "iss=x"), format!("{}/logg-ut/front", s.base)]
    {
        assert_eq!(fremmed.hent(&galt).await.status, 200);
        assert_eq!(a.hent("/side").await.status, 200);
    }
    assert_eq!(fremmed.hent(&forste[0]).await.status, 200);
    assert_eq!((a.hent("/side").await.status, b.hent("/side").await.status), (303, 200));
    assert_eq!(s.oidc.logg_ut_bak(KANARI[0]).await, [200, 200]);
    assert_eq!(b.hent("/side").await.status, 303);
    // By the person alone: everything that was begun before.
    c.logg_inn(KANARI[0], "").await;
    let krav = s.oidc.utloggingskrav("mellomlag", KANARI[0], None);
    let token = s.oidc.signer(&krav, "logout+jwt").unwrap();
    let kanal = &c;
    let bak = |token: String| async move { kanal.post("/logg-ut/bak", &[("logout_token", &token)], &[]).await };
    let endret = |felt: &str, verdi: Value| {
        let mut krav = s.oidc.utloggingskrav("mellomlag", KANARI[0], None);
        krav[felt] = verdi;
        s.oidc.signer(&krav, "logout+jwt").unwrap()
    };
    for (felt, verdi) in [
        ("aud", json!("annen")),
        ("iss", json!("https://annen.example")),
        ("nonce", json!("x")),
        ("events", json!({})),
        ("sub", Value::Null),
        ("jti", Value::Null),
        ("exp", json!(1)),
        ("iat", json!(1)),
    ] {
        assert_eq!(bak(endret(felt, verdi)).await.status, 400, "{felt}");
    }
    assert_eq!(bak(s.oidc.signer(&krav, "at+jwt").unwrap()).await.status, 400);
    assert_eq!(c.hent("/side").await.status, 200);
    assert_eq!(bak(token.clone()).await.status, 200);
    assert_eq!(c.hent("/side").await.status, 303);
    assert_eq!(bak(token).await.status, 400, "the same token again");
    s.ga(1);
    c.logg_inn(KANARI[0], "").await;
    assert_eq!(c.hent("/side").await.status, 200);
}
