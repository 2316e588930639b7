//! Who may sign in, by the API: seen, invited, changed and removed by those whose people they are.

use super::inntak::med_runde;
use super::mappe::*;
use super::sted::*;
use serde_json::{Value, json};

const BRUKERE: &str = "/api/v1/brukere";
const VOSSINGENE: &str = "/api/v1/brukere/tenant.voss";

fn kari() -> Value {
    json!({"navn": "Kari Kanarifugl", "epost": "Kari@Voss.example", "roller": [{"rolle": "kommune"}], "varsles": true})
}

/// Everybody but the municipality: an auditor sees and does not change; others are told that there is nobody.
async fn andre(sted: &Sted, metode: &str, sti: &str, kropp: &Value, revisor: u16) {
    for (token, status) in [(BERGEN, 404), (FYLKET, 404), (DRIFT, 404), (FJELL, 404), (KARI, 404), (REVISOR, revisor)] {
        let svar = sted.send(sted.sporr(token, metode, sti).header("if-match", "*").json(kropp)).await;
        assert_eq!(svar.status, status, "{token:.6} {metode} {sti}: {svar:?}");
        assert!(status == 200 || svar.problem() == if status == 404 { "finnes-ikke" } else { "ma-ikke" });
    }
    assert_eq!(sted.json("", metode, sti, kropp).await.status, 401);
}

#[tokio::test]
async fn a_municipality_looks_after_its_own_people_and_nobody_else_does() {
    let sted = Sted::med_sider(true).await;
    let mine = json!([{"eier": "tenant.voss", "kan_endre": true}]);
    assert_eq!(sted.hent(VOSS, BRUKERE).await.json(), mine);
    assert_eq!(sted.hent(REVISOR, BRUKERE).await.json(), json!([{"eier": "tenant.voss", "kan_endre": false}]));
    assert_eq!(sted.hent(DRIFT, BRUKERE).await.json(), json!([]));
    andre(&sted, "POST", VOSSINGENE, &kari(), 403).await;
    assert_eq!(sted.hent(VOSS, VOSSINGENE).await.json(), json!([]), "none of them has invited anybody");

    let svar = sted.json(VOSS, "POST", VOSSINGENE, &kari()).await;
    assert_eq!(svar.status, 201, "{svar:?}");
    let (bruker, kode) = (svar.json()["bruker"].clone(), svar.json()["kode"].as_str().unwrap().to_owned());
    assert_eq!((kode.len(), &bruker["valg"]["epost"]), (64, &json!("kari@voss.example")));
    assert!(!bruker["invitasjon_utloper"].is_null() && bruker["sist_inne"].is_null());
    let alle = sted.hent(REVISOR, VOSSINGENE).await;
    assert_eq!(alle.json(), json!([bruker]));
    assert!(!alle.tekst.contains(&kode), "the code is said once");
    andre(&sted, "GET", VOSSINGENE, &json!({}), 200).await;
    let invitert = sted.revidert("revisjon.bruker.invitert");
    assert_eq!((invitert.len(), &invitert[0]["hvem"]["id"]), (1, &json!("voss")));
    assert!(!invitert[0].to_string().contains("Kanarifugl") && !invitert[0].to_string().contains('@'));

    let sti = format!("{VOSSINGENE}/{}", bruker["id"].as_str().unwrap());
    andre(&sted, "PUT", &sti, &kari(), 403).await;
    andre(&sted, "DELETE", &sti, &json!({}), 403).await;
    assert_eq!(sted.send(sted.sporr(VOSS, "DELETE", &sti)).await.status, 204);
    assert_eq!(sted.send(sted.sporr(VOSS, "DELETE", &sti)).await.status, 404);
    assert_eq!((sted.hent(VOSS, VOSSINGENE).await.json(), sted.hent(VOSS, &sti).await.status), (json!([]), 404));
    assert_eq!(sted.revidert("revisjon.bruker.fjernet").len(), 1);
    let nektet = sted.revidert("revisjon.nektet");
    assert!(nektet.iter().any(|post| post["hvem"]["id"] == "bergen"), "that it was asked for is noted: {nektet:?}");
    sted.stopp().await;
}

#[tokio::test]
async fn somebody_is_changed_only_as_he_was_seen() {
    let sted = Sted::med_sider(true).await;
    let svar = sted.json(VOSS, "POST", VOSSINGENE, &kari()).await.json();
    let sti = format!("{VOSSINGENE}/{}", svar["bruker"]["id"].as_str().unwrap());
    let sett = sted.hent(VOSS, &sti).await;
    let merke = sett.hode("etag").to_owned();
    let igjen = sted.send(sted.sporr(VOSS, "GET", &sti).header("if-none-match", &merke)).await;
    assert_eq!(igjen.status, 304, "{igjen:?}");

    let endre = async |merke: &str, valg: &Value| {
        sted.send(sted.sporr(VOSS, "PUT", &sti).header("if-match", merke).json(valg)).await
    };
    let mut valg = sett.json()["valg"].clone();
    valg["roller"] = json!([{"rolle": "kommune", "bare_lese": true}, {"rolle": "revisor"}]);
    let uten = sted.json(VOSS, "PUT", &sti, &valg).await;
    assert_eq!((uten.status, uten.problem().as_str()), (428, "mangler-if-match"));
    let endret = endre(&merke, &valg).await;
    assert_eq!((endret.status, &endret.json()["kode"]), (200, &Value::Null), "{endret:?}");
    assert_eq!(endret.json()["bruker"]["valg"]["roller"][0], json!({"rolle": "kommune", "bare_lese": true}));
    let gammelt = endre(&merke, &valg).await;
    assert_eq!((gammelt.status, gammelt.problem().as_str()), (412, "endret"));

    // Another address is another person.
    let merke = sted.hent(VOSS, &sti).await.hode("etag").to_owned();
    valg["epost"] = json!("ola@voss.example");
    let en_annen = endre(&merke, &valg).await;
    assert_eq!(en_annen.json()["kode"].as_str().map(str::len), Some(64), "{en_annen:?}");

    for (felt, verdi, feil) in [
        ("roller", json!([]), "roller"),
        ("roller", json!([{"rolle": "fylke"}]), "roller"),
        ("roller", json!([{"rolle": "integrator"}]), "roller"),
        ("roller", json!([{"rolle": "skole"}]), "skoler"),
        ("navn", json!(" "), "navn"),
        ("epost", json!("ola"), "epost"),
        ("rolle", json!("skole"), "kropp"),
    ] {
        let mut galt = kari();
        galt[felt] = verdi;
        let svar = endre("*", &galt).await;
        assert_eq!((svar.status, svar.felt()), (422, vec![feil.to_owned()]), "{galt}");
    }
    assert_eq!(sted.json(VOSS, "POST", VOSSINGENE, &kari()).await.status, 201);
    let opptatt = endre("*", &kari()).await;
    assert_eq!((opptatt.status, opptatt.problem().as_str()), (409, "finnes-allerede"), "the address is hers");
    sted.stopp().await;
}

#[tokio::test]
async fn a_school_that_the_owner_has_can_be_given_and_no_other() {
    let sted = med_runde().await;
    let med = |skoler: &[&str]| json!({"navn": "Rektor", "roller": [{"rolle": "skole"}], "skoler": skoler});
    let svar = sted.json(VOSS, "POST", VOSSINGENE, &med(&["974738368"])).await;
    assert_eq!((svar.status, &svar.json()["bruker"]["valg"]["skoler"]), (201, &json!(["974738368"])), "{svar:?}");
    for skoler in [&["312701103"][..], &["974738368", "312701103"]] {
        assert_eq!(sted.json(VOSS, "POST", VOSSINGENE, &med(skoler)).await.felt(), ["skoler"]);
    }
    assert_eq!(sted.hent(VOSS, VOSSINGENE).await.json().as_array().unwrap().len(), 1);
    sted.stopp().await;
}
