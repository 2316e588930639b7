//! Back to the school system: tokens for systems, lists and deviations that are read, and events that are polled.

use super::pakke::{hel_ved, nummer};
use super::sted::*;
use jiff::ToSpan as _;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const LISTER: &str = "/api/v1/lister";
const HENDELSER: &str = "/api/v1/hendelser";
const NAVN: &str = "Kanarifugl";

pub(super) fn elev(nummer: Option<String>) -> Value {
    json!({"identitetsnummer": nummer, "fornavn": NAVN, "etternavn": NAVN, "klasse": "10A", "trinn": "10"})
}

/// Keys in a pupil without a number. Returns the path to the pupil.
pub(super) async fn uten_nummer(sted: &Sted) -> String {
    let svar = sted.json(OLA, "POST", &format!("{FJELLSKOLEN}/elever"), &elev(None)).await;
    assert_eq!(svar.status, 201, "{svar:?}");
    format!("{FJELLSKOLEN}/elever/{}", svar.json()["id"].as_str().unwrap())
}

/// Asks until the answer is as wished: for a state, not for a time.
pub(super) async fn til(sted: &Sted, token: &str, sti: &str, sant: impl Fn(&Value) -> bool) -> Value {
    let frist = Instant::now() + Duration::from_secs(60);
    loop {
        let svar = sted.hent(token, sti).await;
        assert_eq!(svar.status, 200, "{svar:?}");
        let json = svar.json();
        if sant(&json) {
            return json;
        }
        assert!(Instant::now() < frist, "not there: {json:#}\n{}", sted.om.maalere.tekst());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn skjema(sted: &Sted, felt: &[(&str, &str)]) -> RequestBuilder {
    sted.sporr("", "POST", "/oauth2/token").form(felt)
}

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

async fn token(sted: &Sted, id: &str, hemmelighet: &str) -> String {
    let svar = sted.send(skjema(sted, &[GRANT, ("scope", "lese")]).basic_auth(id, Some(hemmelighet))).await;
    assert_eq!((svar.status, &svar.json()["token_type"]), (200, &json!("Bearer")), "{svar:?}");
    assert_eq!((&svar.json()["expires_in"], &svar.json()["scope"]), (&json!(600), &json!("lese")));
    svar.json()["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_system_gets_a_token_for_its_secret_and_for_nothing_else() {
    let sted = Sted::nytt().await;
    let i_skjemaet = [GRANT, ("client_id", "vigilo"), ("client_secret", VIGILO_HEMMELIG)];
    let svar = sted.send(skjema(&sted, &i_skjemaet)).await;
    assert_eq!(svar.status, 200, "{svar:?}");

    let vigilo = |felt: &[(&str, &str)]| skjema(&sted, felt).basic_auth("vigilo", Some(VIGILO_HEMMELIG));
    let feil = [
        (skjema(&sted, &[GRANT]), 401, "invalid_client"),
        (skjema(&sted, &[GRANT]).basic_auth("vigilo", Some("feil")), 401, "invalid_client"),
        (skjema(&sted, &[GRANT]).basic_auth("ukjent", Some(VIGILO_HEMMELIG)), 401, "invalid_client"),
        (skjema(&sted, &[GRANT]).bearer_auth(VIGILO_HEMMELIG), 401, "invalid_client"),
        (skjema(&sted, &[GRANT, ("client_id", "vigilo"), ("client_secret", "x")]), 401, "invalid_client"),
        (vigilo(&[GRANT, ("client_secret", VIGILO_HEMMELIG)]), 400, "invalid_request"),
        (vigilo(&[GRANT, ("client_id", "andre")]), 400, "invalid_request"),
        (vigilo(&[GRANT, GRANT]), 400, "invalid_request"),
        (vigilo(&[]), 400, "invalid_request"),
        (vigilo(&[("grant_type", "password")]), 400, "unsupported_grant_type"),
        (vigilo(&[GRANT, ("scope", "skrive")]), 400, "invalid_scope"),
        (
            sted.sporr("", "POST", "/oauth2/token").json(&json!({"grant_type": "client_credentials"})),
            400,
            "invalid_request",
        ),
    ];
    for (i, (sporsmal, status, kode)) in feil.into_iter().enumerate() {
        let svar = sted.send(sporsmal).await;
        assert_eq!((svar.status, &svar.json()["error"]), (status, &json!(kode)), "{i}: {svar:?}");
        assert!(!svar.tekst.contains(VIGILO_HEMMELIG));
    }
    let svar = sted.send(skjema(&sted, &[GRANT]).basic_auth("vigilo", Some("feil"))).await;
    assert_eq!(svar.hode("www-authenticate"), "Basic realm=\"mellomlag\"");

    // It lives for ten minutes, and a system may only read.
    let token = token(&sted, "vigilo", VIGILO_HEMMELIG).await;
    assert_eq!(sted.hent(&token, LISTER).await.status, 200);
    assert_eq!(sted.hent(&token, FJELLSKOLEN).await.status, 200);
    assert_eq!(sted.json(&token, "POST", &format!("{FJELLSKOLEN}/elever"), &elev(None)).await.problem(), "ikke-rett");
    sted.klokke.set(sted.om.clock.now() + 11.minutes());
    for sti in [LISTER, HENDELSER, "/api/v1/avvik", "/api/v1/webhooks", "/api/v1/lister/46.46503.2026-2027.1"] {
        for token in [&token, "", "feil"] {
            assert_eq!(sted.hent(token, sti).await.problem(), "ikke-innlogget", "{sti}");
        }
    }
    assert_eq!(sted.hent(KARI, LISTER).await.status, 200, "the tokens of people work as before");
    assert_eq!(sted.hent("", "/api/v1/openapi.json").await.json()["openapi"], "3.1.0");
}

#[tokio::test]
async fn a_secret_is_not_found_by_trying() {
    let sted = Sted::nytt().await;
    let forsok = |fra: &str| {
        let felt = [GRANT, ("client_id", "vigilo"), ("client_secret", "feil-feil-feil-feil-feil-feil-feil")];
        skjema(&sted, &felt).header("x-forwarded-for", fra.to_owned())
    };
    for _ in 0..60 {
        assert_eq!(sted.send(forsok("192.0.2.1")).await.status, 401);
    }
    let svar = sted.send(forsok("192.0.2.1")).await;
    assert_eq!((svar.status, svar.problem().as_str(), svar.hode("retry-after")), (429, "for-mange", "60"));
    assert_eq!(sted.send(forsok("192.0.2.2")).await.status, 401, "others are not slowed down");
    sted.klokke.set(sted.om.clock.now() + 1.minutes());
    assert_eq!(sted.send(forsok("192.0.2.1")).await.status, 401);
}

#[tokio::test]
async fn a_deviation_is_polled_from_open_to_closed() {
    let mut sted = Sted::nytt().await;
    sted.start();
    let vigilo = token(&sted, "vigilo", VIGILO_HEMMELIG).await;
    let tom = sted.hent(&vigilo, LISTER).await.json();
    assert_eq!(tom, json!({"lister": [], "markor": "0", "neste": null}));

    let eleven = uten_nummer(&sted).await;
    let lister = til(&sted, &vigilo, LISTER, |l| l["lister"][0]["antall"]["kilde"] == 1).await;
    let liste = &lister["lister"][0];
    assert_eq!((&liste["status"], &liste["tenant"]), (&json!("Avvik"), &json!("voss")));
    assert_eq!(
        (&liste["skole"]["navn"], &liste["skole"]["organisasjonsnummer"]),
        (&json!("Fjellskolen"), &json!("974738368"))
    );
    let sti = format!("{LISTER}/{}", liste["liste"].as_str().unwrap());

    let detalj = sted.hent(&vigilo, &sti).await;
    let json = detalj.json();
    let avvik = json["avvik"].as_array().unwrap();
    assert_eq!(json["apne_avvik"], avvik.len());
    let avvik = avvik.iter().find(|a| !a["elev"].is_null()).unwrap();
    let kildeid = sted.holder("fjellskolen", "user").await[0].kildeid().to_owned();
    assert_eq!(avvik["elev"]["kildeider"], json!([{"kilde": "fjellskolen", "id": kildeid}]));
    for form in ["nb", "nn"] {
        for tekst in ["tittel", "hva", "rett", "videre"] {
            assert!(avvik["tekst"][form][tekst].as_str().unwrap().len() > 10, "{avvik:#}");
        }
    }
    // What the school's own system calls the pupil is only for those who may see that source.
    let annen = token(&sted, "annen", ANNEN_HEMMELIG).await;
    let sett = sted.hent(&annen, &sti).await.json();
    let sett = sett["avvik"].as_array().unwrap().iter().find(|a| a["id"] == avvik["id"]).unwrap().clone();
    assert_eq!((&sett["elev"]["id"], &sett["elev"]["kildeider"]), (&avvik["elev"]["id"], &json!([])));
    let [post] = &sted.revidert("revisjon.elever")[..] else { panic!("one showing of what a source calls a pupil") };
    let kjede = &post["kjede"];
    assert_eq!((&post["kilde"], &post["hvem"]), (&json!("fjellskolen"), &json!("vigilo")));
    assert_eq!((&kjede["typ"], &kjede["lopenr"]), (&json!("revisjon.elever.vist"), &json!(2)));
    assert_eq!(post.as_object().unwrap().len(), 3, "no more than that");

    let siste = sted.hent(&vigilo, &format!("{LISTER}?maks=1&etter={}", liste["liste"].as_str().unwrap())).await.json();
    assert_eq!((&siste["lister"], &siste["neste"], &lister["neste"]), (&json!([]), &json!(null), &json!(null)));

    // Who has it already is not sent it again.
    for sti in [sti.as_str(), LISTER] {
        let merke = sted.hent(&vigilo, sti).await.hode("etag").to_owned();
        let vist = sted.revisjon().len();
        let svar = sted.send(sted.sporr(&vigilo, "GET", sti).header("if-none-match", &merke)).await;
        assert_eq!((svar.status, svar.tekst.as_str(), svar.hode("etag")), (304, "", merke.as_str()));
        assert_eq!(sted.revisjon().len(), vist, "what is not sent is not shown");
        let svar = sted.send(sted.sporr(&vigilo, "GET", sti).header("if-none-match", "\"annet\"")).await;
        assert_eq!(svar.status, 200);
    }

    // One page of the deviations after the other is all of them.
    let alle = sted.hent(&vigilo, "/api/v1/avvik").await.json();
    let (mut side, mut samlet) = (sted.hent(&vigilo, "/api/v1/avvik?maks=1").await.json(), vec![]);
    loop {
        samlet.extend(side["avvik"].as_array().unwrap().clone());
        let Some(neste) = side["neste"].as_str() else { break };
        side = sted.hent(&vigilo, &format!("/api/v1/avvik?maks=1&etter={neste}")).await.json();
    }
    assert_eq!(json!(samlet), alle["avvik"]);
    assert!(samlet.len() > 1);
    let regel = avvik["regel"].as_str().unwrap();
    let en = sted.hent(&vigilo, &format!("/api/v1/avvik?tenant=voss&eier=skole&regel={regel}")).await.json();
    assert_eq!(en["avvik"], json!([avvik]));
    for ingen in ["tenant=bergen", "tenant=finnesikke", "regel=EL-999", "eier=leverandor"] {
        assert_eq!(sted.hent(&vigilo, &format!("/api/v1/avvik?{ingen}")).await.json()["avvik"], json!([]), "{ingen}");
    }

    // The number is put right, while somebody waits for it.
    let markor = til(&sted, &vigilo, HENDELSER, |h| h["mer"] == false).await["markor"].as_str().unwrap().to_owned();
    let (videre, riktig) = (format!("{HENDELSER}?etter={markor}&vent=30"), elev(Some(nummer(1))));
    let (hendt, rettet) = tokio::join!(sted.hent(&vigilo, &videre), sted.json(OLA, "PUT", &eleven, &riktig));
    assert_eq!((hendt.status, rettet.status), (200, 200));
    assert!(!hendt.json()["hendelser"].as_array().unwrap().is_empty());
    let id = avvik["id"].clone();
    let borte = |l: &Value| l["avvik"].as_array().unwrap().iter().all(|a| a["id"] != id);
    til(&sted, &vigilo, "/api/v1/avvik", borte).await;

    let alt = sted.hent(&vigilo, HENDELSER).await;
    let om_avviket: Vec<_> = alt.json()["hendelser"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|h| h["data"]["avvik"]["id"] == id)
        .map(|h| h["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(om_avviket, ["no.mellomlag.avvik.apnet", "no.mellomlag.avvik.lukket"]);
    // Page by page it is the same, and nothing comes twice.
    let (mut side, mut samlet) = (sted.hent(&vigilo, &format!("{HENDELSER}?maks=1")).await.json(), vec![]);
    loop {
        samlet.extend(side["hendelser"].as_array().unwrap().clone());
        if side["mer"] == false {
            break;
        }
        side =
            sted.hent(&vigilo, &format!("{HENDELSER}?maks=1&etter={}", side["markor"].as_str().unwrap())).await.json();
    }
    assert_eq!(json!(samlet), alt.json()["hendelser"]);

    for tekst in [&alt.tekst, &detalj.tekst, &hendt.tekst] {
        assert!(!tekst.contains(NAVN) && !tekst.contains(&nummer(1)));
    }
    assert!(!alt.tekst.contains(&kildeid), "events do not hold what the source calls a pupil");
    sted.stopp().await;
}

#[tokio::test]
async fn the_lists_of_others_do_not_exist() {
    let mut sted = Sted::nytt().await;
    sted.start();
    uten_nummer(&sted).await;
    let pakke = hel_ved("312701103", 2026, &[5]);
    let svar = sted.send(sted.sporr(LIV, "PUT", "/api/v1/kilder/bergen/csv/oneroster-csv").body(pakke)).await;
    assert_eq!(svar.status, 200, "{svar:?}");
    let voss = til(&sted, KARI, LISTER, |l| l["lister"][0]["antall"]["kilde"] == 1).await;
    let bergen = til(&sted, LIV, LISTER, |l| l["lister"][0]["antall"]["kilde"] == 1).await;
    let liste = |l: &Value| format!("{LISTER}/{}", l["lister"][0]["liste"].as_str().unwrap());
    assert_eq!((voss["lister"].as_array().unwrap().len(), bergen["lister"].as_array().unwrap().len()), (1, 1));
    assert_ne!(liste(&voss), liste(&bergen));

    let ukjent = sted.hent(LIV, &format!("{LISTER}/46.46999.2026-2027.1")).await;
    assert_eq!((ukjent.status, ukjent.problem().as_str()), (404, "ukjent-liste"));
    for (token, sti) in [(LIV, liste(&voss)), (KARI, liste(&bergen)), (LIV, format!("{LISTER}/tull"))] {
        let svar = sted.hent(token, &sti).await;
        assert_eq!((svar.status, &svar.tekst), (404, &ukjent.tekst), "{sti}");
    }
    assert_eq!(sted.hent(LIV, &format!("{LISTER}?tenant=voss")).await.json()["lister"], json!([]));
    let mine = [(KARI, "voss"), (LIV, "bergen")];
    for (token, tenant) in mine {
        let hendelser = sted.hent(token, HENDELSER).await.json();
        let alle = hendelser["hendelser"].as_array().unwrap();
        assert!(!alle.is_empty() && alle.iter().all(|h| h["data"]["tenant"] == tenant), "{hendelser:#}");
        let avvik = sted.hent(token, "/api/v1/avvik").await.json();
        let alle = avvik["avvik"].as_array().unwrap();
        assert!(!alle.is_empty() && alle.iter().all(|a| a["tenant"] == tenant), "{avvik:#}");
    }
    sted.stopp().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_a_cursor_from_elsewhere_is_gone() {
    let sted = Sted::nytt().await;
    for (sti, felt) in [
        ("/api/v1/hendelser?maks=0", "maks"),
        ("/api/v1/hendelser?maks=501", "maks"),
        ("/api/v1/hendelser?vent=31", "vent"),
        ("/api/v1/hendelser?fra=1", "sporring"),
        ("/api/v1/avvik?eier=konge", "sporring"),
        ("/api/v1/avvik?etter=tull", "etter"),
        ("/api/v1/lister?fra=1", "sporring"),
        ("/api/v1/lister?maks=0", "maks"),
        ("/api/v1/lister?etter=tull", "etter"),
    ] {
        let svar = sted.hent(KARI, sti).await;
        assert_eq!((svar.status, svar.felt()), (422, vec![felt.to_owned()]), "{sti}");
    }
    for markor in ["7", "18446744073709551615", "-1", "tull"] {
        let svar = sted.hent(KARI, &format!("{HENDELSER}?etter={markor}")).await;
        assert_eq!((svar.status, svar.problem().as_str()), (410, "ukjent-markor"), "{markor}");
    }
    let tomt = sted.hent(KARI, &format!("{HENDELSER}?etter=0")).await.json();
    assert_eq!(tomt, json!({"hendelser": [], "markor": "0", "mer": false}));
}
