//! How sources are shown, and decisions about mass changes.

use super::pakke::hel;
use super::sted::*;
use serde_json::{Value, json};

fn avgjorelse() -> String {
    format!("{FRISKOLEN}/hold/avgjorelse")
}

#[tokio::test]
async fn each_caller_sees_the_sources_that_the_token_is_for() {
    let sted = Sted::nytt().await;
    let navn = |json: Value| -> Vec<String> {
        let alle = json.as_array().unwrap();
        alle.iter().map(|k| format!("{}/{} {}", k["tenant"], k["kilde"], k["slag"]).replace('"', "")).collect()
    };
    let alle = ["voss/fjellskolen tastet", "voss/friskolen pakker", "voss/vigilo lest"];
    assert_eq!(navn(sted.hent(KARI, KILDER).await.json()), alle);
    assert_eq!(navn(sted.hent(OLA, KILDER).await.json()), alle[..2]);
    assert_eq!(navn(sted.hent(LIV, KILDER).await.json()), ["bergen/csv pakker"]);

    assert_eq!(sted.hent(PER, FRISKOLEN).await.json()["status"], Value::Null);
    assert_eq!(sted.lever(hel(&[1, 2])).await.status, 200);
    let bilde = sted.hent(PER, FRISKOLEN).await.json();
    assert_eq!((&bilde["status"]["tilstand"], &bilde["holdt"]), (&json!("ok"), &json!(false)));
    assert_eq!(bilde["status"]["rader"], 7);
}

#[tokio::test]
async fn only_what_is_read_here_can_be_read_now() {
    let sted = Sted::nytt().await;
    for (sti, kode) in [(VIGILO, "leses-annet-sted"), (FRISKOLEN, "feil-slag"), (FJELLSKOLEN, "feil-slag")] {
        let svar = sted.send(sted.sporr(KARI, "POST", &format!("{sti}/hent"))).await;
        assert_eq!((svar.status, svar.problem().as_str()), (409, kode), "{sti}");
    }
}

#[tokio::test]
async fn a_decision_is_taken_once_for_exactly_what_was_seen() {
    let sted = Sted::nytt().await;
    let hold = format!("{FRISKOLEN}/hold");
    assert_eq!(sted.hent(PER, &hold).await.status, 204);
    let intet = json!({"digest": "0", "godkjent": true, "hvorfor": "flyttet"});
    assert_eq!(sted.json(KARI, "POST", &avgjorelse(), &intet).await.problem(), "ingenting-holdt");

    sted.lever(hel(&[1, 2, 3])).await;
    assert_eq!(sted.lever(hel(&[1, 2])).await.status, 202);
    let svar = sted.hent(PER, &hold).await;
    assert_eq!(svar.status, 200);
    let digest = svar.json()["digest"].as_str().unwrap().to_owned();
    assert_eq!(sted.hent(PER, FRISKOLEN).await.json()["holdt"], true);
    assert!(svar.json()["forklaring"].as_str().unwrap().len() > 20);

    let feil = json!({"digest": "0".repeat(64), "godkjent": true, "hvorfor": "flyttet"});
    let svar = sted.json(KARI, "POST", &avgjorelse(), &feil).await;
    assert_eq!((svar.status, svar.problem().as_str()), (409, "annet-holdt"));
    for (hvorfor, felt) in [
        (json!(" "), "hvorfor"),
        (json!("x".repeat(501)), "hvorfor"),
        (json!("gjelder 05911099839"), "hvorfor"),
        (json!(null), "kropp"),
    ] {
        let valg = json!({"digest": digest, "godkjent": true, "hvorfor": hvorfor});
        let svar = sted.json(KARI, "POST", &avgjorelse(), &valg).await;
        assert_eq!((svar.status, svar.felt()), (422, vec![felt.to_owned()]));
    }
    assert!(sted.revidert("revisjon.kilde").is_empty());

    let nei = json!({"digest": digest, "godkjent": false, "hvorfor": "feil i eksporten"});
    assert_eq!(sted.json(KARI, "POST", &avgjorelse(), &nei).await.status, 204);
    let svar = sted.json(KARI, "POST", &avgjorelse(), &nei).await;
    assert_eq!((svar.status, svar.problem().as_str()), (409, "avgjort"));
    let [post] = &sted.revidert("revisjon.kilde")[..] else { panic!("one decision in the audit stream") };
    assert_eq!(
        (&post["hvem"], &post["godkjent"], &post["hvorfor"]),
        (&json!("kari"), &json!(false), &json!("feil i eksporten"))
    );

    // What is discarded stays discarded for as long as it is handed in, and is over when it is not.
    let svar = sted.lever(hel(&[1, 2])).await;
    assert_eq!((svar.status, svar.problem().as_str()), (409, "forkastet"));
    assert_eq!(sted.hent(PER, FRISKOLEN).await.json()["holdt"], false);
    assert_eq!(sted.lever(hel(&[1, 2, 3])).await.status, 200);
    assert_eq!(sted.hent(PER, &hold).await.status, 204);
    assert_eq!(sted.holder("friskolen", "user").await.len(), 3);
}
