//! The intake office by the API: what a round says, its letters, and receipts that somebody has.

use super::mappe::*;
use super::sted::*;
use super::tilbake::{til, uten_nummer};
use serde_json::{Value, json};

const RUNDER: &str = "/api/v1/runder";
const RUNDE: &str = "/api/v1/runder/46.2026-2027.1";
const KONTROLL: &str = "/api/v1/kvitteringer/kontroll";
const LISTE: &str = include_str!("../../../../core/liste/tests/kvittering/liste.json");
const ELEV: &str = include_str!("../../../../core/liste/tests/kvittering/elev.json");
const OFFENTLIG: &str = include_str!("../../../../core/liste/tests/kvittering/offentlig.pem");

/// A county's round, and a list of Voss in it.
pub(super) async fn med_runde() -> Sted {
    let sted = Sted::med_sider(true).await;
    let innsamling = json!({
        "fylke": "46", "skolear": "2026-2027", "overforing": "Elevliste", "apner": "2026-11-01T00:00:00Z",
        "stenger": "2026-12-01T23:00:00Z", "godkjenning": "skole", "stille_timer": 0, "instruks": null,
        "kontakt": null, "skoler": [], "paminnelser": [7]
    });
    let ny = json!({"innsamling": innsamling, "grunn": "ny runde"});
    let svar = sted.json(FYLKET, "POST", RUNDER, &ny).await;
    assert_eq!(svar.status, 200, "{svar:?}");
    uten_nummer(&sted).await;
    til(&sted, VOSS, RUNDER, |runder| runder[0]["runde"] == "46.2026-2027.1").await;
    sted
}

fn innhold() -> Value {
    json!({
        "instruks": "Kjære skole.\nSe over klassene.", "kontakt": {"navn": "Inntakskontoret", "telefon": "55 00 00 00"},
        "paminnelser": [7, 1], "godkjenning": "kommune", "grunn": "klarere beskjed"
    })
}

#[tokio::test]
async fn a_county_says_what_it_asks_of_the_schools_and_nobody_else_does() {
    let sted = med_runde().await;
    let rediger = async |token: &str, merke: &str, kropp: &Value| {
        sted.send(sted.sporr(token, "PUT", RUNDE).header("if-match", merke).json(kropp)).await
    };
    // Whoever has a list of the round sees it; others are told that there is none.
    for (token, status, kode) in [
        (VOSS, 403, "ma-ikke"),
        (FJELL, 403, "ma-ikke"),
        (DRIFT, 403, "ma-ikke"),
        (DRIFTLESER, 403, "ikke-rett"),
        (BERGEN, 404, "finnes-ikke"),
        (ROGALAND, 404, "finnes-ikke"),
    ] {
        let svar = rediger(token, "*", &innhold()).await;
        assert_eq!((svar.status, svar.problem().as_str()), (status, kode), "{token:.6}");
    }
    let sett = sted.hent(FYLKET, RUNDE).await;
    let merke = sett.hode("etag").to_owned();
    assert_eq!(sett.json()["innsamling"]["instruks"], Value::Null, "none of them has changed it");
    let uten = sted.json(FYLKET, "PUT", RUNDE, &innhold()).await;
    assert_eq!((uten.status, uten.problem().as_str()), (428, "mangler-if-match"));

    let endret = rediger(FYLKET, &merke, &innhold()).await;
    let json = endret.json();
    let runde = &json["innsamling"];
    assert_eq!((endret.status, &runde["instruks"]), (200, &innhold()["instruks"]), "{endret:?}");
    assert_eq!((&runde["paminnelser"], &runde["godkjenning"]), (&json!([7, 1]), &json!("kommune")));
    assert_eq!(runde["kontakt"]["navn"], "Inntakskontoret");
    assert_eq!(sted.hent(VOSS, RUNDE).await.json()["innsamling"], *runde);
    let gammelt = rediger(FYLKET, &merke, &innhold()).await;
    assert_eq!((gammelt.status, gammelt.problem().as_str()), (412, "endret"));
    let uendret = rediger(FYLKET, "*", &innhold()).await;
    assert_eq!((uendret.status, uendret.problem().as_str()), (409, "runde"));
    let revidert = sted.revidert("revisjon.runde.endret");
    assert_eq!((revidert.len(), &revidert[1]["grunn"]), (2, &json!("klarere beskjed")));

    for (felt, verdi, feil) in
        [("godkjenning", json!("alle"), "kropp"), ("grunn", json!(" "), "grunn"), ("frist", json!(1), "kropp")]
    {
        let mut galt = innhold();
        (galt["instruks"], galt[felt]) = (json!("Annet."), verdi);
        assert_eq!(rediger(FYLKET, "*", &galt).await.felt(), [feil], "{galt}");
    }
    // What is left out is taken away.
    let tomt = rediger(FYLKET, "*", &json!({"godkjenning": "skole", "grunn": "rydder"})).await.json();
    assert_eq!((&tomt["innsamling"]["instruks"], &tomt["innsamling"]["kontakt"]), (&Value::Null, &Value::Null));
    sted.stopp().await;
}

#[tokio::test]
async fn letters_are_seen_as_they_will_go_out_by_the_county_alone() {
    let sted = med_runde().await;
    let svar = sted.send(sted.sporr(FYLKET, "PUT", RUNDE).header("if-match", "*").json(&innhold())).await;
    assert_eq!(svar.status, 200, "{svar:?}");
    let sti = format!("{RUNDE}/brev");
    let svar = sted.hent(FYLKET, &sti).await.json();
    let brev = svar["brev"].as_array().unwrap();
    assert_eq!((&svar["sender_epost"], brev.len()), (&json!(true), 2 + 2 * 2 + 3));
    assert_eq!(
        (&brev[0]["slag"], &brev[0]["til"], &brev[0]["dager"]),
        (&json!("instruks"), &json!("skole"), &Value::Null)
    );
    assert!(brev[0]["tekst"].as_str().unwrap().contains("Se over klassene."), "{svar:#}");
    let dager: Vec<_> = brev.iter().filter(|brev| brev["til"] == "skole").map(|brev| brev["dager"].clone()).collect();
    assert_eq!(dager, [Value::Null, json!(7), json!(1), Value::Null]);
    let engelsk = sted.hent(FYLKET, &format!("{sti}?sprak=en")).await.json();
    assert_ne!(engelsk["brev"][0]["emne"], brev[0]["emne"]);
    assert_eq!(sted.hent(FYLKET, &format!("{sti}?sprak=tysk")).await.felt(), ["sprak"]);
    for token in [VOSS, FJELL, DRIFT, REVISOR, BERGEN, ROGALAND, KARI] {
        let svar = sted.hent(token, &sti).await;
        assert_eq!((svar.status, svar.problem().as_str()), (404, "finnes-ikke"), "{token:.6}");
    }
    sted.stopp().await;
}

#[tokio::test]
async fn a_receipt_is_checked_and_kept_nowhere() {
    let sted = Sted::med_sider(true).await;
    let sjekk = async |token: &str, fil: &str, nokkel: Option<&str>| {
        sted.json(token, "POST", KONTROLL, &json!({"kvittering": fil, "nokkel": nokkel})).await
    };
    let ekte = sjekk(FYLKET, LISTE, Some(OFFENTLIG)).await.json();
    let bevis = &ekte["bevis"];
    assert_eq!(
        (&ekte["ekte"], &bevis["slag"], &bevis["antall"]),
        (&json!(true), &json!("liste"), &json!(3)),
        "{ekte:#}"
    );
    assert_eq!((&bevis["var_nokkel"], &bevis["siste"]), (&json!(false), &Value::Null));
    let elev = sjekk(ROGALAND, ELEV, Some(OFFENTLIG)).await;
    assert_eq!((&elev.json()["ekte"], &elev.json()["bevis"]["slag"]), (&json!(true), &json!("elev")));
    assert!(!elev.tekst.contains("Runa") && !elev.tekst.contains("14851170031"), "nobody is named: {elev:?}");

    let endret = LISTE.replace("\"antall\":3", "\"antall\":2");
    for (fil, nokkel, hvorfor) in [
        (endret.as_str(), Some(OFFENTLIG), "signatur"),
        (LISTE, None, "ukjent-nokkel"),
        (LISTE, Some("hei"), "nokkel"),
        ("{}", Some(OFFENTLIG), "ukjent"),
        ("", Some(OFFENTLIG), "tom"),
    ] {
        let svar = sjekk(FYLKET, fil, nokkel).await;
        assert_eq!(svar.json(), json!({"ekte": false, "hvorfor": hvorfor, "bevis": null}), "{svar:?}");
    }
    for token in [VOSS, FJELL, DRIFT, REVISOR, KARI] {
        let svar = sjekk(token, LISTE, Some(OFFENTLIG)).await;
        assert_eq!((svar.status, svar.problem().as_str()), (404, "finnes-ikke"), "{token:.6}");
    }
    assert_eq!(sjekk("", LISTE, None).await.status, 401);
    assert_eq!(sted.json(FYLKET, "POST", KONTROLL, &json!({"fil": LISTE})).await.felt(), ["kropp"]);
    sted.stopp().await;
}
