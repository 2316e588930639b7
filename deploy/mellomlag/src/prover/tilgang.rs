//! Who reaches what, and what everybody is told who asks for something else.

use super::sted::*;
use serde_json::json;

const ELEV: &str = "00000000-0000-4000-8000-000000000001";

/// Every route: method, path, and whether it takes more than reading.
fn ruter() -> Vec<(&'static str, String, bool)> {
    vec![
        ("GET", FRISKOLEN.to_owned(), false),
        ("GET", format!("{FRISKOLEN}/hold"), false),
        ("POST", format!("{FRISKOLEN}/hent"), true),
        ("POST", format!("{FRISKOLEN}/hold/avgjorelse"), true),
        ("PUT", format!("{FRISKOLEN}/oneroster-csv"), true),
        ("POST", format!("{FRISKOLEN}/oneroster-csv/kontroll"), true),
        ("GET", format!("{FJELLSKOLEN}/elever"), true),
        ("POST", format!("{FJELLSKOLEN}/elever"), true),
        ("PUT", format!("{FJELLSKOLEN}/elever/{ELEV}"), true),
        ("DELETE", format!("{FJELLSKOLEN}/elever/{ELEV}"), true),
    ]
}

#[tokio::test]
async fn nobody_comes_in_without_a_token_of_their_own() {
    let sted = Sted::nytt().await;
    for (metode, sti, _) in ruter().into_iter().chain([("GET", KILDER.to_owned(), false)]) {
        for token in ["", "feil-feil-feil-feil-feil-feil-feil", "kari"] {
            let svar = sted.send(sted.sporr(token, metode, &sti)).await;
            assert_eq!((svar.status, svar.problem().as_str()), (401, "ikke-innlogget"), "{metode} {sti}");
            assert_eq!(svar.hode("www-authenticate"), "Bearer");
        }
    }
}

#[tokio::test]
async fn what_is_not_ones_own_is_not_said_to_exist() {
    let sted = Sted::nytt().await;
    let ukjent = sted.hent(LIV, "/api/v1/kilder/voss/finnesikke").await;
    assert_eq!((ukjent.status, ukjent.problem().as_str()), (404, "ukjent-kilde"));
    for (metode, sti, _) in ruter() {
        let svar = sted.send(sted.sporr(LIV, metode, &sti)).await;
        assert_eq!((svar.status, &svar.tekst), (404, &ukjent.tekst), "{metode} {sti}");
    }
    // The right tenant, but not this source.
    assert_eq!(sted.hent(OLA, VIGILO).await.tekst, ukjent.tekst);
    assert_eq!(sted.hent(OLA, "/api/v1/kilder/UGYLDIG/%00").await.tekst, ukjent.tekst);
    assert_eq!(sted.hent(OLA, FRISKOLEN).await.status, 200);
}

#[tokio::test]
async fn whoever_may_only_read_is_told_which_right_is_lacking() {
    let sted = Sted::nytt().await;
    for (metode, sti, mer) in ruter() {
        let svar = sted.send(sted.sporr(PER, metode, &sti)).await;
        if mer {
            assert_eq!((svar.status, svar.problem().as_str()), (403, "ikke-rett"), "{metode} {sti}");
        } else {
            assert!(svar.status < 300, "{metode} {sti}: {svar:?}");
        }
    }
    let valg = json!({"digest": "", "godkjent": true, "hvorfor": "x"});
    let svar = sted.json(OLA, "POST", &format!("{FRISKOLEN}/hold/avgjorelse"), &valg).await;
    assert_eq!(svar.status, 403);
    assert!(svar.json()["detail"].as_str().unwrap().contains("«avgjore»"));
    assert!(sted.revisjon().is_empty(), "nothing was shown, and nothing decided");
}

#[tokio::test]
async fn rights_are_looked_at_before_anything_is_read() {
    let sted = Sted::nytt().await;
    let for_stor = vec![b'x'; MAKS + 1];
    let svar = sted.send(sted.sporr(PER, "PUT", &format!("{FRISKOLEN}/oneroster-csv")).body(for_stor)).await;
    assert_eq!(svar.status, 403);
}

#[tokio::test]
async fn whatever_is_asked_the_answer_is_a_problem_and_never_a_fault() {
    let sted = Sted::nytt().await;
    for (metode, sti, status, kode) in [
        ("GET", "/", 404, "ukjent-sti"),
        ("GET", "/api/v1", 404, "ukjent-sti"),
        ("GET", "/api/v1/kilder/voss", 404, "ukjent-sti"),
        ("GET", "/api/v1/kilder/voss/friskolen/elever/x/y", 404, "ukjent-sti"),
        ("GET", "/%ff%fe", 404, "ukjent-sti"),
        ("GET", "/api/v1/kilder/%ff/%fe", 404, "ukjent-kilde"),
        ("GET", "/api/v1/kilder/voss/%2e%2e%2f", 404, "ukjent-kilde"),
        ("DELETE", KILDER, 405, "feil-metode"),
        ("PUT", "/api/v1/kilder/voss/friskolen/hold", 405, "feil-metode"),
        ("GET", "/api/v1/kilder/voss/friskolen/oneroster-csv", 405, "feil-metode"),
        ("BREW", "/api/v1/kilder/voss/fjellskolen/elever", 405, "feil-metode"),
    ] {
        let svar = sted.send(sted.sporr(KARI, metode, sti)).await;
        assert_eq!((svar.status, svar.problem().as_str()), (status, kode), "{metode} {sti}");
        assert_eq!(svar.hode("allow").is_empty(), status != 405, "{metode} {sti}");
    }
    let dyp = "[".repeat(50_000);
    for kropp in ["", "null", "[]", "{", "\u{0}", "{\"fornavn\": 1}", &dyp] {
        for (metode, sti) in [
            ("POST", format!("{FJELLSKOLEN}/elever")),
            ("POST", format!("{FRISKOLEN}/hold/avgjorelse")),
            ("PUT", format!("{FRISKOLEN}/oneroster-csv")),
            ("POST", format!("{FRISKOLEN}/oneroster-csv/kontroll")),
        ] {
            let svar = sted.send(sted.sporr(KARI, metode, &sti).body(kropp.to_owned())).await;
            assert_eq!((svar.status, svar.problem().as_str()), (422, "feil-i-felt"), "{metode} {sti} {kropp:.20}");
        }
    }
}
