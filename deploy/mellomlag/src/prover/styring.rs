//! The connections by the API: quarantine and attempts, pauses, how far behind everything is.

use super::mappe::*;
use super::sted::*;
use super::tilbake::til;
use serde_json::{Value, json};

const DRIFTEN: &str = "/api/v1/drift";
const KARANTENE: &str = "/api/v1/drift/karantene";
const PAUSER: &str = "/api/v1/drift/pauser";

/// Those who may not, and what they are told: a role that does not run connections, one that only reads, nobody's role, and
/// whoever runs another owner's. `finnes` is said of what has an owner.
async fn andre(sted: &Sted, metode: &str, sti: &str, kropp: &Value, annen: u16) {
    for (token, status) in [(VOSS, 404), (FYLKET, 404), (REVISOR, 404), (FJELL, 404), (KARI, 403), (BERGENDRIFT, annen)]
    {
        let svar = sted.json(token, metode, sti, kropp).await;
        assert_eq!(svar.status, status, "{token:.6} {metode} {sti}: {svar:?}");
        assert!(status == 200 || svar.problem() == if status == 404 { "finnes-ikke" } else { "ma-ikke" });
    }
    assert_eq!(sted.json("", metode, sti, kropp).await.status, 401);
}

#[tokio::test]
async fn what_cannot_be_read_is_seen_by_cause_and_played_again() {
    let sted = Sted::med_sider(false).await;
    let arsaker = til(&sted, DRIFT, KARANTENE, |alle| alle[0]["antall"] == 2).await;
    assert_eq!((arsaker.as_array().unwrap().len(), &arsaker[0]["tenant"]), (1, &json!("voss")));
    assert_eq!((&arsaker[0]["trinn"], &arsaker[0]["felt"]), (&json!("kilde"), &json!("users[].sourcedId")));
    let en = format!("{KARANTENE}/{}", arsaker[0]["id"].as_str().unwrap());
    assert_eq!(sted.hent(BERGENDRIFT, KARANTENE).await.json(), json!([]), "others' causes are not there");
    andre(&sted, "GET", &en, &json!({}), 404).await;

    // Page by page, nothing twice, and never what is in it.
    let hele = sted.hent(DRIFTLESER, &en).await;
    let poster = hele.json()["poster"].as_array().unwrap().clone();
    assert_eq!((poster.len(), &hele.json()["neste"]), (2, &Value::Null));
    assert!(poster.iter().all(|post| post["kilde"] == "voss" || post["kilde"] == "vigilo"), "{poster:?}");
    let forste = sted.hent(DRIFTLESER, &format!("{en}?maks=1")).await.json();
    let neste = forste["neste"].as_str().unwrap();
    let andre_side = sted.hent(DRIFTLESER, &format!("{en}?maks=1&etter={neste}")).await.json();
    assert_eq!([&forste["poster"][0], &andre_side["poster"][0]], [&poster[0], &poster[1]]);
    assert_eq!(andre_side["neste"], Value::Null);
    assert_eq!(sted.hent(DRIFT, &format!("{en}?etter=tull")).await.felt(), ["etter"]);
    assert!(!hele.tekst.contains("Kanarifugl") && !hele.tekst.contains("Annen"), "{hele:?}");

    let (prov, spill) = (format!("{en}/prov"), format!("{en}/spill"));
    andre(&sted, "POST", &prov, &json!({}), 404).await;
    andre(&sted, "POST", &spill, &json!({}), 404).await;
    for sti in [&prov, &spill] {
        let svar = sted.json(DRIFTLESER, "POST", sti, &json!({})).await;
        assert_eq!((svar.status, svar.problem().as_str()), (403, "ikke-rett"), "{sti}");
    }
    let prove = sted.json(DRIFT, "POST", &prov, &json!({})).await;
    assert_eq!(prove.json(), json!({"lesbare": 0, "uleselige": 2, "ukjent": 0}), "the source still shows them");
    assert!(sted.revidert("revisjon.karantene").is_empty(), "a dry run changes nothing");

    let en_av_dem = json!({"k": poster[0]["k"]});
    let svar = sted.json(DRIFT, "POST", &spill, &en_av_dem).await;
    assert_eq!((svar.status, &svar.json()["bestilt"]), (202, &json!(1)), "{svar:?}");
    let svar = sted.json(DRIFT, "POST", &spill, &json!({})).await;
    assert_eq!((svar.status, &svar.json()["bestilt"]), (202, &json!(2)), "{svar:?}");
    let bestilt = sted.revidert("revisjon.karantene.bestilt");
    assert_eq!((bestilt.len(), &bestilt[0]["hvem"]["id"]), (2, &json!("drift")));
    for (kropp, felt) in [(json!({"k": "tull"}), "k"), (json!({"alt": true}), "kropp")] {
        assert_eq!(sted.json(DRIFT, "POST", &spill, &kropp).await.felt(), [felt]);
    }
    let ukjent = sted.json(DRIFT, "POST", &format!("{KARANTENE}/0011223344556677/spill"), &json!({})).await;
    assert_eq!((ukjent.status, ukjent.problem().as_str()), (404, "finnes-ikke"));
    sted.stopp().await;
}

#[tokio::test]
async fn attempts_and_lag_are_shapes_and_numbers_of_ones_own() {
    let sted = Sted::med_sider(false).await;
    let stand = til(&sted, DRIFT, DRIFTEN, |stand| stand["kilder"][0]["karantene"] == 2).await;
    let [kilde] = stand["kilder"].as_array().unwrap().as_slice() else { panic!("{stand:#}") };
    assert_eq!((&kilde["tenant"], &kilde["pauset"]), (&json!("voss"), &json!(false)));
    assert!(stand["trinn"].as_array().unwrap().iter().all(|trinn| trinn["tenant"] == "voss"), "{stand:#}");
    let andres = sted.hent(BERGENDRIFT, DRIFTEN).await.json();
    assert_eq!(andres["kilder"], json!([]));
    assert!(andres["trinn"].as_array().unwrap().iter().all(|trinn| trinn["tenant"] == "bergen"), "{andres:#}");
    andre(&sted, "GET", DRIFTEN, &json!({}), 200).await;

    let sti = format!("{DRIFTEN}/kilder/voss/{}/forsok", kilde["kilde"].as_str().unwrap());
    let svar = sted.hent(DRIFT, &sti).await;
    let forsok = svar.json()[0].clone();
    assert_eq!((&forsok["slag"], &forsok["resultat"]["avvist"]), (&json!("snapshot"), &json!(2)), "{forsok:#}");
    assert_eq!(
        forsok["avvist"],
        json!([{"kode": forsok["avvist"][0]["kode"], "felt": "users[].sourcedId", "antall": 2}])
    );
    assert_eq!(forsok["form"]["user"]["givenName"], json!({"tekst": 1}), "how often, and never what");
    assert!(!svar.tekst.contains("Kanarifugl"));
    andre(&sted, "GET", &sti, &json!({}), 404).await;
    let nektet = sted.revidert("revisjon.nektet");
    assert!(
        nektet.iter().any(|post| post["hvem"]["id"] == "bergendrift"),
        "that it was asked for is noted: {nektet:?}"
    );
    assert_eq!(sted.hent(DRIFT, &format!("{DRIFTEN}/kilder/voss/finnesikke/forsok")).await.status, 404);

    // A receiver is nobody's here: no list goes there.
    andre(&sted, "GET", &format!("{DRIFTEN}/mottakere/46/forsok"), &json!({}), 404).await;
    assert_eq!(sted.hent(DRIFT, &format!("{DRIFTEN}/mottakere/46/forsok")).await.status, 404);
    let svar = sted.json(OLA, "POST", &format!("{FJELLSKOLEN}/elever"), &super::tilbake::elev(None)).await;
    assert_eq!(svar.status, 201, "{svar:?}");
    til(&sted, DRIFT, "/api/v1/lister", |l| l["lister"][0]["antall"]["kilde"] == 1).await;
    let mottaker = sted.hent(DRIFT, &format!("{DRIFTEN}/mottakere/46/forsok")).await;
    assert_eq!((mottaker.status, mottaker.json()), (200, json!([])), "one's own list goes there, and nothing was sent");
    sted.stopp().await;
}

#[tokio::test]
async fn what_is_paused_stands_still_until_it_is_resumed() {
    let sted = Sted::med_sider(true).await;
    let hva = json!({"hva": "tenant.voss", "grunn": "nytt passord"});
    andre(&sted, "POST", PAUSER, &hva, 404).await;
    let leser = sted.json(DRIFTLESER, "POST", PAUSER, &hva).await;
    assert_eq!((leser.status, leser.problem().as_str()), (403, "ikke-rett"));
    assert!(sted.revidert("revisjon.drift").is_empty(), "nothing was paused by any of them");

    let svar = sted.json(DRIFT, "POST", PAUSER, &hva).await;
    assert_eq!((svar.status, &svar.json()["hva"]), (201, &json!("tenant.voss")), "{svar:?}");
    assert_eq!(svar.json()["hvem"], "drift");
    let igjen = sted.json(DRIFT, "POST", PAUSER, &hva).await;
    assert_eq!((igjen.status, igjen.problem().as_str()), (409, "allerede-pauset"));
    let alle = sted.hent(DRIFTLESER, PAUSER).await.json();
    assert_eq!((alle.as_array().unwrap().len(), &alle[0]["hvorfor"]), (1, &json!("nytt passord")));
    assert_eq!(sted.hent(BERGENDRIFT, PAUSER).await.json(), json!([]));

    for (kropp, felt) in [
        (json!({"hva": "voss", "grunn": "x"}), "hva"),
        (json!({"hva": "tenant.voss"}), "kropp"),
        (json!({"hva": "kilde.voss.vigilo", "grunn": " "}), "grunn"),
        (json!({"hva": "kilde.voss.vigilo", "grunn": "for 14851170031"}), "grunn"),
    ] {
        let svar = sted.json(DRIFT, "POST", PAUSER, &kropp).await;
        assert_eq!((svar.status, svar.felt()), (422, vec![felt.to_owned()]), "{kropp}");
    }
    // A county's receiver is the county's.
    let mottaker = json!({"hva": "mottaker.46", "grunn": "x"});
    assert_eq!(sted.json(DRIFT, "POST", PAUSER, &mottaker).await.status, 404);

    let sti = format!("{PAUSER}/tenant.voss");
    andre(&sted, "DELETE", &sti, &json!({}), 404).await;
    assert_eq!(sted.send(sted.sporr(DRIFT, "DELETE", &sti)).await.status, 204);
    assert_eq!(sted.send(sted.sporr(DRIFT, "DELETE", &sti)).await.status, 404);
    assert_eq!(sted.hent(DRIFT, PAUSER).await.json(), json!([]));
    let typer: Vec<_> = sted.revidert("revisjon.drift").iter().map(|post| post["kjede"]["typ"].clone()).collect();
    assert_eq!(typer, ["revisjon.drift.pauset", "revisjon.drift.gjenopptatt"]);
    sted.stopp().await;
}
