//! Signing in: what goes well, and each thing that does not.

use crate::scene::{KANARI, scene};
use simulators::oidc::Feil;

#[tokio::test]
async fn an_invited_person_signs_in_and_comes_back_to_where_he_was() {
    for nokkel in [false, true] {
        let s = scene(nokkel).await;
        let n = s.nettleser();
        let ute = n.hent("/side?klasse=10A").await;
        assert_eq!((ute.status, ute.videre.as_str()), (303, "/logg-inn?retur=%2Fside%3Fklasse%3D10A"));
        let velg = n.hent(&ute.videre).await;
        assert!(velg.tekst.starts_with("velg /logg-inn/test?retur=%2Fside%3Fklasse%3D10A"), "{}", velg.tekst);
        let inne = n.logg_inn(KANARI[0], "?retur=%2Fside%3Fklasse%3D10A").await;
        assert_eq!((inne.status, inne.videre.as_str()), (303, "/side?klasse=10A"), "{}", inne.tekst);
        assert!(n.hent("/side").await.tekst.starts_with("inne kommune"));
        let htmx = s.nettleser().post("/gjor", &[], &[("hx-request", "true")]).await;
        assert_eq!((htmx.status, htmx.videre.as_str()), (200, "/logg-inn"));
    }
}

#[tokio::test]
async fn each_fault_of_the_provider_is_refused_with_its_code() {
    let s = scene(false).await;
    let feil = [
        (Feil::FeilNonce, "nonce-feil"),
        (Feil::FeilPublikum, "publikum-feil"),
        (Feil::ToPublikum, "publikum-feil"),
        (Feil::FeilUtsteder, "utsteder-feil"),
        (Feil::Utlopt, "token-utlopt"),
        (Feil::Framtid, "token-utlopt"),
        (Feil::AlgNone, "signatur-feil"),
        (Feil::Hs256, "signatur-feil"),
        (Feil::UkjentNokkel, "signatur-feil"),
        (Feil::FeilSignatur, "signatur-feil"),
        (Feil::LavAcr, "acr-for-lav"),
        (Feil::UtenIdToken, "token-ugyldig"),
        (Feil::FeilIss, "utsteder-feil"),
        (Feil::Treg { millisekunder: 3000 }, "tilbyder-nede"),
        (Feil::Status { status: 500 }, "tilbyder-nede"),
        (Feil::Status { status: 401 }, "tilbyder-avviste"),
        (Feil::Enormt, "tilbyder-nede"),
        (Feil::Omdirigert, "tilbyder-nede"),
    ];
    for (feil, kode) in feil {
        let n = s.nettleser();
        s.oidc.sett_feil(Some(feil.clone()));
        let svar = n.logg_inn(KANARI[0], "").await;
        assert_eq!(svar.tekst, format!("avvist {kode}"), "{feil:?}");
        assert_eq!(n.hent("/side").await.status, 303, "{feil:?}");
    }
    s.oidc.sett_feil(None);
    assert_eq!(s.nettleser().logg_inn(KANARI[0], "").await.videre, "/");
    assert_eq!(s.nettleser().logg_inn("lav", "").await.tekst, "avvist acr-for-lav");
    assert_eq!(s.nettleser().logg_inn("ukjent", "").await.tekst, "avvist ikke-invitert");
    assert_eq!(s.nettleser().logg_inn("ukjent", "?kode=feil").await.tekst, "avvist invitasjon-ugyldig");
    assert_eq!(s.nettleser().logg_inn("ingen", "").await.tekst, "avvist avbrutt");
}

#[tokio::test]
async fn a_sign_in_belongs_to_one_browser_and_is_used_once_within_ten_minutes() {
    let s = scene(false).await;
    let (n, annen) = (s.nettleser(), s.nettleser());
    let tilbake = n.velg(KANARI[0], "").await;
    assert_eq!(annen.hent(&tilbake).await.tekst, "avvist nettleser-ukjent");
    annen.velg("to-roller", "").await;
    assert_eq!(annen.hent(&tilbake).await.tekst, "avvist nettleser-ukjent");
    assert_eq!(n.hent(&tilbake.replace("state=", "state=x")).await.tekst, "avvist state-ukjent");
    let kapsel = n.kapsler.lock().unwrap().clone();
    assert_eq!(n.hent(&tilbake).await.videre, "/");
    *n.kapsler.lock().unwrap() = kapsel;
    assert_eq!(n.hent(&tilbake).await.tekst, "avvist state-ukjent", "the same answer again");
    let sen = s.nettleser();
    let tilbake = sen.velg(KANARI[0], "").await;
    s.ga(10);
    assert_eq!(sen.hent(&tilbake).await.tekst, "avvist utlopt");
    // The code of one sign-in in another: PKCE and nonce say no.
    let (a, b) = (s.nettleser(), s.nettleser());
    let (til_a, til_b) = (a.velg(KANARI[0], "").await, b.velg("to-roller", "").await);
    let del = |adresse: &str, navn: &str| adresse.split(['?', '&']).find(|d| d.starts_with(navn)).unwrap().to_owned();
    let blandet = til_a.replace(&del(&til_a, "code="), &del(&til_b, "code="));
    assert_eq!(a.hent(&blandet).await.tekst, "avvist tilbyder-avviste");
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let s = scene(false).await;
    for retur in ["https%3A%2F%2Fond.example", "%2F%2Fond.example", "%2F%5Cond.example", "%2F%09%2Fond.example", "ond"]
    {
        let svar = s.nettleser().logg_inn(KANARI[0], &format!("?retur={retur}")).await;
        assert_eq!(svar.videre, "/", "{retur}");
    }
    let svar = s.nettleser().logg_inn(KANARI[0], "?fortsett=..%2F..%2F%2Fond.example").await;
    assert_eq!(svar.videre, "/");
}

#[tokio::test]
async fn keys_that_roll_are_fetched_again_but_not_for_every_forgery() {
    let s = scene(false).await;
    s.nettleser().logg_inn(KANARI[0], "").await;
    assert_eq!(s.oidc.nokkelkall(), 1);
    s.oidc.sett_feil(Some(Feil::UkjentNokkel));
    s.ga(2);
    for _ in 0..5 {
        assert_eq!(s.nettleser().logg_inn(KANARI[0], "").await.tekst, "avvist signatur-feil");
    }
    assert_eq!(s.oidc.nokkelkall(), 2);
    s.oidc.sett_feil(None);
    s.oidc.roter_nokler().unwrap();
    s.ga(2);
    assert_eq!(s.nettleser().logg_inn(KANARI[0], "").await.videre, "/");
    assert_eq!(s.oidc.nokkelkall(), 3);
}
