//! VIGO: lists, windows, faults, code base.

use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use simulators::{
    Klokke,
    generator::liten,
    maskinporten::{Maskinporten, MaskinportenConfig},
    vigo::{Feil, Identitetsregler, Status, Vigo, VigoConfig, Vindu},
};

pub(crate) const SCOPE: &str = "novari:fakevigoskole";
pub(crate) const SKOLE: &str = "974738368";
const KOMMUNE: &str = "964338531";

pub(crate) struct Oppsett {
    pub(crate) maskinporten: Maskinporten,
    pub(crate) vigo: Vigo,
    pub(crate) http: reqwest::Client,
}

pub(crate) fn organisasjon(orgnr: &str) -> Value {
    json!({"authority": "iso6523-actorid-upis", "ID": format!("0192:{orgnr}")})
}

pub(crate) async fn oppsett() -> Oppsett {
    oppsett_med(|_| {}).await
}

async fn oppsett_med(endre: impl FnOnce(&mut VigoConfig)) -> Oppsett {
    let klokke = Klokke::stoppet("2026-11-02T07:00:00Z".parse().unwrap());
    let maskinporten = Maskinporten::start(MaskinportenConfig { klokke, ..Default::default() }).await.unwrap();
    let mut config = VigoConfig::for_maskinporten(&maskinporten).med_kommune(&liten(1));
    endre(&mut config);
    let vigo = Vigo::start(config).await.unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    Oppsett { maskinporten, vigo, http }
}

pub(crate) fn liste(orgnr: &str, elever: Value) -> Value {
    json!({
        "@context": {"vigoskole": "https://novari.no/ontology/vigoskole#"},
        "@type": "vigoskole:GraduatingStudentsSubmissionRequest",
        "school": {"orgNumber": orgnr}, "students": elever,
    })
}

pub(crate) fn elev(nummer: &str) -> Value {
    json!({
        "classCode": "10A", "personalIdentityNumber": nummer,
        "name": {"firstName": "Åse", "middleName": null, "lastName": "Øvrebø"},
    })
}

impl Oppsett {
    pub(crate) fn token(&self) -> String {
        let krav = json!({"scope": SCOPE, "consumer": organisasjon(KOMMUNE)});
        self.maskinporten.signer_token(&krav).unwrap()
    }

    pub(crate) fn bygg(&self, kropp: &Value) -> reqwest::RequestBuilder {
        let post = self.http.post(self.vigo.innsending_url()).header(header::CONTENT_TYPE, "application/ld+json");
        post.body(kropp.to_string())
    }

    async fn send(&self, kropp: &Value) -> (u16, Value) {
        let svar = self.bygg(kropp).bearer_auth(self.token()).send().await.unwrap();
        assert_eq!(svar.headers()["content-type"], "application/ld+json");
        (svar.status().as_u16(), svar.json().await.unwrap())
    }
}

#[tokio::test]
async fn a_list_is_taken_once() {
    let o = oppsett().await;
    let kropp = liste(SKOLE, json!([elev("05820998865"), elev("55820995197")]));
    let (status, svar) = o.send(&kropp).await;
    assert_eq!(status, 201, "{svar}");
    assert_eq!(svar["@type"], "vigoskole:Submission");
    assert_eq!(svar["status"], "ACCEPTED_WITH_WARNINGS");
    assert_eq!(svar["schoolYear"], "2026-2027");
    assert_eq!(svar["school"]["schoolNumber"], "46505");
    assert_eq!(svar["school"]["countyNumber"], "46");
    assert_eq!(svar["supplier"], Value::Null);
    assert_eq!(svar["submittedBy"], KOMMUNE);
    let linjer = svar["validationResults"].as_array().unwrap();
    assert_eq!(linjer[0]["lineNumber"], 1);
    assert_eq!(linjer[0]["personalIdentityNumberStatus"], "F-nr");
    assert_eq!(linjer[1]["personalIdentityNumberStatus"], "Fiktivt f-nr");
    assert_eq!(linjer[1]["messages"][0]["code"], "SYNTHETIC_IDENTITY_NUMBER");
    assert!(!svar.to_string().contains("05820998865"), "numbers are never echoed");

    let (status, svar) = o.send(&kropp).await;
    assert_eq!((status, &svar["errorCode"]), (403, &json!("FORBIDDEN")));
    assert!(svar["message"].as_str().unwrap().starts_with("Det finnes allerede en godkjent innsending"));
    assert_eq!(svar["submission"], Value::Null);
    let lager = o.vigo.innsendinger();
    assert_eq!(lager.len(), 1, "a refused duplicate is not stored");
    assert_eq!(lager[0].lines[0].personal_identity_number, "05820998865");
    assert!(o.vigo.godkjent(SKOLE, "2026-2027").is_some());

    let over_http: Value =
        o.http.get(format!("{}/_sim/innsendinger", o.vigo.base_url())).send().await.unwrap().json().await.unwrap();
    assert_eq!(over_http["innsendinger"][0]["lines"][0]["personalIdentityNumber"], "05820998865");
}

#[tokio::test]
async fn one_bad_line_refuses_the_whole_list_and_a_corrected_one_is_taken() {
    let o = oppsett().await;
    let mut uten_klasse = elev("05820998865");
    uten_klasse["classCode"] = json!(" ");
    let mut uten_navn = elev("05820998865");
    uten_navn["name"]["firstName"] = json!("");
    let (status, svar) = o.send(&liste(SKOLE, json!([elev("05820998866"), uten_klasse, uten_navn]))).await;
    assert_eq!((status, &svar["errorCode"]), (400, &json!("VALIDATION_ERROR")));
    assert_eq!(svar["submission"]["status"], "REJECTED");
    let melding = |i: usize| {
        let m = &svar["submission"]["validationResults"][i]["messages"][0];
        format!("{} {} {}", m["severity"].as_str().unwrap(), m["code"].as_str().unwrap(), m["field"].as_str().unwrap())
    };
    assert_eq!(melding(0), "ERROR INVALID_IDENTITY_NUMBER personalIdentityNumber");
    assert_eq!(melding(1), "ERROR MISSING_CLASS_CODE classCode");
    assert_eq!(melding(2), "WARNING MISSING_NAME name");
    assert_eq!(svar["submission"]["validationResults"][0]["personalIdentityNumberStatus"], "Ugyldig");

    let (status, svar) = o.send(&liste(SKOLE, json!([]))).await;
    assert_eq!((status, &svar["errorCode"]), (400, &json!("VALIDATION_ERROR")));
    let (status, svar) = o.send(&liste(SKOLE, json!([elev("05820998865")]))).await;
    assert_eq!((status, &svar["status"]), (201, &json!("ACCEPTED")));
    let statuser: Vec<_> = o.vigo.innsendinger().iter().map(|i| i.status).collect();
    assert_eq!(statuser, [Status::Rejected, Status::Rejected, Status::Accepted]);
}

#[tokio::test]
async fn novaris_rules_refuse_every_synthetic_person() {
    let o = oppsett_med(|c| c.regler = Identitetsregler::SomNovari).await;
    let (status, svar) = o.send(&liste(SKOLE, json!([elev("05820998865")]))).await;
    assert_eq!((status, &svar["errorCode"]), (400, &json!("VALIDATION_ERROR")));
}

#[tokio::test]
async fn school_year_window_and_school_are_checked_in_that_order() {
    let o = oppsett().await;
    let kropp = liste(SKOLE, json!([elev("05820998865")]));
    let melding = async |kropp: &Value| {
        let (status, svar) = o.send(kropp).await;
        assert_eq!((status, &svar["errorCode"]), (403, &json!("FORBIDDEN")));
        svar["message"].as_str().unwrap().to_owned()
    };
    let ukjent = liste("974603299", json!([elev("05820998865")]));
    assert!(melding(&ukjent).await.contains("grunnskole"));
    o.vigo.sett_vindu(None, Vindu::stengt());
    assert!(melding(&ukjent).await.contains("vinduet"));
    o.vigo.slett_skolear("2026-2027");
    assert!(melding(&ukjent).await.contains("Skoleåret"));
    o.vigo.opprett_skolear("2026-2027");
    assert!(melding(&kropp).await.contains("vinduet"));
    o.vigo.sett_vindu(Some("03"), Vindu::apent());
    assert!(melding(&kropp).await.contains("vinduet"), "another county");

    let apent = json!({"fylke": "46", "fra": "2026-11-01T00:00:00Z", "til": "2026-11-15T00:00:00Z"});
    o.http.post(format!("{}/_sim/vindu", o.vigo.base_url())).json(&apent).send().await.unwrap();
    o.vigo.klokke().sett("2026-11-15T00:00:00Z".parse().unwrap());
    assert!(melding(&kropp).await.contains("vinduet"), "the end is not inside");
    o.vigo.klokke().sett("2026-11-14T23:59:59Z".parse().unwrap());
    assert_eq!(o.send(&kropp).await.0, 201);
    assert_eq!(o.vigo.innsendinger().len(), 1, "what is refused before the lines is not stored");
}

#[tokio::test]
async fn bodies_that_cannot_be_read() {
    let o = oppsett().await;
    let god = liste(SKOLE, json!([elev("05820998865")]));
    let endret = |sti: &str, verdi: Value| {
        let mut kropp = god.clone();
        *kropp.pointer_mut(sti).unwrap() = verdi;
        kropp
    };
    let mut ekstra = god.clone();
    ekstra["students"][0]["address"] = json!("Storgata 1");
    let mut heltall = god.clone();
    heltall["students"][0]["personalIdentityNumber"] = json!(5_820_998_865_u64);
    for kropp in [
        json!([]),
        endret("/@type", json!("vigo:graduatingStudentSubmission")),
        endret("/@context", json!({})),
        endret("/school", json!({})),
        endret("/school/orgNumber", json!("")),
        endret("/school", Value::Null),
        ekstra,
        heltall,
    ] {
        let (status, svar) = o.send(&kropp).await;
        assert_eq!((status, &svar["errorCode"]), (400, &json!("BAD_REQUEST")), "{kropp}");
        assert!(!svar.to_string().contains("Storgata") && !svar.to_string().contains("5820998865"));
    }
    let som_json = o.http.post(o.vigo.innsending_url()).bearer_auth(o.token()).json(&god).send().await.unwrap();
    assert_eq!(som_json.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let annet = o.bygg(&god).bearer_auth(o.token()).header(header::ACCEPT, "text/html").send().await.unwrap();
    assert_eq!(annet.status(), StatusCode::NOT_ACCEPTABLE);
    assert!(o.vigo.innsendinger().is_empty());
}

#[tokio::test]
async fn a_lost_answer_leaves_a_stored_list() {
    let o = oppsett().await;
    let kropp = liste(SKOLE, json!([elev("05820998865")]));
    o.vigo.feil(Feil::MistetForesporsel.ganger(1));
    assert!(o.bygg(&kropp).bearer_auth(o.token()).send().await.is_err());
    assert!(o.vigo.innsendinger().is_empty());
    o.vigo.feil(Feil::MistetSvar.for_skole(SKOLE).ganger(1));
    assert!(o.bygg(&kropp).bearer_auth(o.token()).send().await.is_err());
    assert!(o.vigo.innsendinger()[0].er_godkjent());
    assert_eq!(o.send(&kropp).await.0, 403);
}

#[tokio::test]
async fn other_faults() {
    let o = oppsett().await;
    let kropp = liste(SKOLE, json!([elev("05820998865")]));
    let send = async |feil: Feil| {
        o.vigo.fjern_feil();
        o.vigo.feil(feil);
        o.bygg(&kropp).bearer_auth(o.token()).send().await.unwrap()
    };
    assert_eq!(send(Feil::Status { status: 500 }).await.status(), 500);
    assert_eq!(send(Feil::Avvis401).await.status(), 401);
    let html = send(Feil::Html200).await;
    assert_eq!(
        (html.status(), html.headers()["content-type"].to_str().unwrap()),
        (StatusCode::OK, "text/html; charset=utf-8")
    );
    assert_eq!(send(Feil::LukketVindu).await.status(), 403);
    let svar: Value = send(Feil::KodeverkNede).await.json().await.unwrap();
    assert!(svar["message"].as_str().unwrap().contains("kodeverk"));
    let oppslag = format!("{}/api/schools", o.vigo.kodeverk_url());
    assert_eq!(o.http.post(oppslag).json(&json!([])).send().await.unwrap().status(), 503);
    assert!(o.vigo.innsendinger().is_empty());
    let start = std::time::Instant::now();
    assert_eq!(send(Feil::TregtSvar { millisekunder: 100 }).await.status(), 201);
    assert!(start.elapsed().as_millis() >= 100);
}

#[tokio::test]
async fn the_code_base_is_open_and_filters() {
    let o = oppsett().await;
    let sok = async |sti: &str, filter: Value| {
        let svar = o.http.post(format!("{}/api/{sti}", o.vigo.kodeverk_url())).json(&filter).send().await.unwrap();
        (svar.status().as_u16(), svar.json::<Value>().await.unwrap_or_default())
    };
    let lik = |key: &str, value: &str| json!({"key": key, "value": value, "operation": "EQUAL"});
    let (_, svar) = sok("schools?page=0&size=10", json!([lik("orgNr", SKOLE)])).await;
    assert_eq!(svar["totalElements"], 1);
    let skole = &svar["content"][0];
    assert_eq!(
        (&skole["type"], &skole["number"], &skole["municipalityNr"]),
        (&json!("G"), &json!("46505"), &json!("4601"))
    );
    let (_, svar) = sok("schools", json!([lik("orgNr", "974590786")])).await;
    assert_eq!(svar["totalElements"], 2, "one organisation number, two schools");
    let (_, svar) = sok("schools", json!([lik("orgNr", "974590786"), lik("type", "G")])).await;
    assert_eq!(svar["content"][0]["number"], "03609");
    let (_, alle) = sok("schools?size=5000", json!([])).await;
    assert_eq!(alle["size"], 2000);
    assert_eq!(alle["content"].as_array().unwrap().len(), alle["totalElements"].as_u64().unwrap() as usize);
    let (_, side) = sok("schools?page=1&size=3", json!([])).await;
    assert_eq!(side["content"][0], alle["content"][3]);
    assert_eq!(sok("counties?size=100", json!([])).await.1["totalElements"], 15);
    let (_, svar) = sok("municipalities", json!([lik("municipalityNr", "0301")])).await;
    assert_eq!(svar["content"][0]["name"], "OSLO");
    let storre = json!([{"key": "type", "value": "G", "operation": "GREATER"}]);
    assert_eq!(sok("schools", storre).await.0, 400);
    assert_eq!(sok("schools", json!([lik("shoeSize", "44")])).await.0, 400);
    let get = o.http.get(format!("{}/api/schools", o.vigo.kodeverk_url())).send().await.unwrap();
    assert_eq!(get.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn two_at_once_give_one_accepted_list() {
    let o = oppsett().await;
    let kropp = liste(SKOLE, json!([elev("05820998865")]));
    let send = || async { o.bygg(&kropp).bearer_auth(o.token()).send().await.unwrap().status().as_u16() };
    let (a, b, c, d) = tokio::join!(send(), send(), send(), send());
    let mut svar = [a, b, c, d];
    svar.sort_unstable();
    assert_eq!(svar, [201, 403, 403, 403]);
}
