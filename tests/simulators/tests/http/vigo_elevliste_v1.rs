//! VIGO, dialect `elevliste_v1`: keys, conditions, changes, problems, read-back.

use reqwest::{Method, header};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use simulators::vigo::{Feil, Vindu};

use crate::vigo::{Oppsett, SKOLE, oppsett, organisasjon};

const AR: &str = "2026-2027";
const VOKABULAR: &str = "https://novari.no/ontology/elevliste/v1#";
const A: &str = "00000000-0000-4000-8000-00000000000a";
const B: &str = "00000000-0000-4000-8000-00000000000b";

fn elev(elev_ref: &str, nummer: &str) -> Value {
    json!({
        "elevRef": elev_ref, "klassekode": "10A", "identitetsnummer": nummer,
        "navn": {"fornavn": "Åse", "etternavn": "Øvrebø"},
    })
}

fn ramme(type_: &str, felt: &str, innhold: Value) -> Value {
    json!({
        "@context": {"@vocab": VOKABULAR}, "@type": type_,
        "skole": {"organisasjonsnummer": SKOLE}, "skolear": AR, felt: innhold,
    })
}

fn liste(elever: Value) -> Value {
    ramme("Elevliste", "elever", elever)
}

fn to() -> Value {
    liste(json!([elev(A, "05820998865"), elev(B, "55820995197")]))
}

/// A write as it is built up; what is left out is not sent.
#[derive(Clone, Copy)]
struct Skriv<'a> {
    nokkel: Option<&'a str>,
    vilkar: Option<(&'a str, &'a str)>,
    endringer: bool,
}

const FORSTE: Skriv<'_> = Skriv { nokkel: Some("\"k1\""), vilkar: Some(("If-None-Match", "*")), endringer: false };

struct Svar {
    status: u16,
    etag: Option<String>,
    retry_after: Option<String>,
    slag: String,
    kropp: Value,
}

impl Svar {
    /// The problem's word, which must have its own media type and the status that it says.
    fn problem(&self) -> (u16, &str) {
        assert_eq!(self.slag, "application/problem+json");
        assert_eq!(self.kropp["status"], self.status);
        let ord = self.kropp["type"].as_str().unwrap().strip_prefix("https://novari.no/problem/elevliste/v1/");
        (self.status, ord.unwrap())
    }
}

impl Oppsett {
    fn v1_token(&self) -> String {
        let krav = json!({"scope": "novari:elevliste", "consumer": organisasjon("964338531")});
        self.maskinporten.signer_token(&krav).unwrap()
    }

    async fn v1(&self, kall: reqwest::RequestBuilder) -> Svar {
        let svar = kall.bearer_auth(self.v1_token()).send().await.unwrap();
        let hode = |navn: header::HeaderName| svar.headers().get(navn).map(|v| v.to_str().unwrap().to_owned());
        let (etag, retry_after) = (hode(header::ETAG), hode(header::RETRY_AFTER));
        let slag = hode(header::CONTENT_TYPE).unwrap_or_default();
        Svar { status: svar.status().as_u16(), etag, retry_after, slag, kropp: svar.json().await.unwrap_or_default() }
    }

    fn kall(&self, skriv: Skriv<'_>, kropp: &Value) -> reqwest::RequestBuilder {
        let (metode, slag) = match skriv.endringer {
            false => (Method::PUT, "application/ld+json"),
            true => (Method::PATCH, "application/vnd.elevliste.endringer+json"),
        };
        let url = self.vigo.elevliste_url(SKOLE, AR);
        let mut kall = self.http.request(metode, url).header(header::CONTENT_TYPE, slag).body(kropp.to_string());
        if let Some(nokkel) = skriv.nokkel {
            kall = kall.header("Idempotency-Key", nokkel);
        }
        if let Some((navn, verdi)) = skriv.vilkar {
            kall = kall.header(navn, verdi);
        }
        kall
    }

    async fn skriv(&self, skriv: Skriv<'_>, kropp: &Value) -> Svar {
        self.v1(self.kall(skriv, kropp)).await
    }

    async fn les(&self) -> Svar {
        self.v1(self.http.get(self.vigo.elevliste_url(SKOLE, AR))).await
    }
}

fn sha256(tekst: &str) -> String {
    Sha256::digest(tekst).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_list_is_taken_replaced_and_read_back() {
    let o = oppsett().await;
    assert_eq!(o.les().await.problem(), (404, "ingen-liste"));
    let svar = o.skriv(FORSTE, &to()).await;
    assert_eq!((svar.status, &svar.kropp["antall"]), (201, &json!(2)), "{}", svar.kropp);
    assert_eq!(svar.kropp["status"], "mottatt-med-advarsler");
    assert_eq!(
        svar.kropp["merknader"],
        json!([{"elevRef": B, "felt": "identitetsnummer", "kode": "fiktivt-nummer", "alvor": "advarsel"}])
    );
    let forste = svar.etag.unwrap();

    let erstatt = Skriv { nokkel: Some("\"k2\""), vilkar: Some(("If-Match", &forste)), endringer: false };
    let svar = o.skriv(erstatt, &liste(json!([elev(A, "05820998865")]))).await;
    assert_eq!((svar.status, &svar.kropp["antall"]), (200, &json!(1)));
    assert_ne!(svar.etag.as_ref(), Some(&forste));

    let lest = o.les().await;
    assert_eq!((lest.status, &lest.etag), (200, &svar.etag));
    let kanonisk = format!(
        r#"{{"elevRef":"{A}","identitetsnummer":"05820998865","klassekode":"10A","navn":{{"etternavn":"Øvrebø","fornavn":"Åse"}}}}"#
    );
    let avtrykk = sha256(&kanonisk);
    assert_eq!(lest.kropp["elever"], json!([{"elevRef": A, "avtrykk": avtrykk}]));
    assert_eq!(lest.kropp["listeavtrykk"], sha256(&format!(r#"[{{"avtrykk":"{avtrykk}","elevRef":"{A}"}}]"#)));
    assert_eq!(lest.kropp["listeavtrykk"], svar.kropp["listeavtrykk"]);
    assert_eq!(lest.kropp["kvitteringId"], svar.kropp["kvitteringId"]);
    assert_eq!((&lest.kropp["idempotensnokkel"], &lest.kropp["antall"]), (&json!("k2"), &json!(1)));
    for svar in [&svar.kropp, &lest.kropp] {
        assert!(!svar.to_string().contains("05820998865") && !svar.to_string().contains("Øvrebø"));
    }
    let over_http: Value =
        o.http.get(format!("{}/_sim/elevlister", o.vigo.base_url())).send().await.unwrap().json().await.unwrap();
    assert_eq!(over_http["elevlister"][0]["elever"][0]["identitetsnummer"], "05820998865");
}

#[tokio::test]
async fn a_key_answers_once_and_for_all() {
    let o = oppsett().await;
    let forste = o.skriv(FORSTE, &to()).await;
    o.vigo.sett_vindu(None, Vindu::stengt());
    let igjen = o.skriv(FORSTE, &to()).await;
    assert_eq!((igjen.status, &igjen.etag, &igjen.kropp), (201, &forste.etag, &forste.kropp));
    assert_eq!(o.vigo.skrivinger().len(), 1);
    let annet = liste(json!([elev(A, "05820998865")]));
    assert_eq!(o.skriv(FORSTE, &annet).await.problem(), (422, "nokkel-gjenbrukt"));
    let ny = Skriv { nokkel: Some("\"k2\""), ..FORSTE };
    assert_eq!(o.skriv(ny, &to()).await.problem(), (403, "utenfor-vindu"));
    o.vigo.sett_vindu(None, Vindu::apent());
    let sen = o.skriv(ny, &to()).await;
    assert_eq!(sen.problem(), (412, "etag-stemmer-ikke"), "a refusal is judged anew");
    assert_eq!(sen.etag, forste.etag, "and says which version there is");
}

#[tokio::test]
async fn changes_are_applied_as_a_whole_or_not_at_all() {
    let o = oppsett().await;
    let etag = o.skriv(FORSTE, &to()).await.etag.unwrap();
    let c = "00000000-0000-4000-8000-00000000000c";
    let endre = |nokkel, etag| Skriv { nokkel: Some(nokkel), vilkar: Some(("If-Match", etag)), endringer: true };
    let endringer = |endringer: Value| ramme("Elevlisteendringer", "endringer", endringer);
    let ny = json!({"handling": "ny", "elev": elev(c, "41819077302")});
    let fjern = json!({"handling": "fjern", "elevRef": A});
    for (feil, kode) in [
        (json!({"handling": "endre", "elev": elev(c, "05820998865")}), "ukjent-elev"),
        (json!({"handling": "ny", "elev": elev(B, "41819077302")}), "finnes-allerede"),
        (json!({"handling": "endre", "elev": elev(B, "05820998866")}), "ugyldig-nummer"),
        (json!({"handling": "fjern", "elevRef": A}), "duplikat-elev"),
        (json!({"handling": "fjern", "elevRef": B}), "tom-liste"),
    ] {
        let svar = o.skriv(endre("\"k2\"", &etag), &endringer(json!([fjern, feil]))).await;
        assert_eq!(svar.problem(), (422, "ugyldig-liste"));
        assert!(svar.kropp["merknader"].as_array().unwrap().iter().any(|m| m["kode"] == kode), "{}", svar.kropp);
    }
    assert_eq!(o.vigo.elevliste(SKOLE, AR).unwrap().etag, etag, "nothing was changed");

    let svar = o.skriv(endre("\"k2\"", &etag), &endringer(json!([fjern, ny]))).await;
    assert_eq!((svar.status, &svar.kropp["antall"]), (200, &json!(2)));
    let gjort = svar.kropp["endringer"].as_array().unwrap();
    assert_eq!((&gjort[0]["handling"], &gjort[0]["elevRef"]), (&json!("fjern"), &json!(A)));
    assert!(gjort[0].get("avtrykk").is_none() && gjort[1]["avtrykk"].as_str().unwrap().len() == 64);
    assert_ne!(gjort[0]["kvitteringId"], gjort[1]["kvitteringId"]);
    let gammel = o.skriv(endre("\"k3\"", &etag), &endringer(json!([ny]))).await;
    assert_eq!(gammel.problem(), (412, "etag-stemmer-ikke"));
    o.vigo.tom();
    assert_eq!(o.skriv(endre("\"k4\"", &etag), &endringer(json!([ny]))).await.problem(), (412, "etag-stemmer-ikke"));
}

#[tokio::test]
async fn what_is_missing_or_does_not_belong_is_named() {
    let o = oppsett().await;
    let uten_vilkar = Skriv { vilkar: None, ..FORSTE };
    assert_eq!(o.skriv(uten_vilkar, &to()).await.problem(), (428, "mangler-forutsetning"));
    for skriv in [
        Skriv { nokkel: None, ..FORSTE },
        Skriv { nokkel: Some("k1"), ..FORSTE },
        Skriv { vilkar: Some(("If-None-Match", "\"x\"")), ..FORSTE },
        Skriv { vilkar: Some(("If-Match", "W/\"x\"")), ..FORSTE },
    ] {
        assert_eq!(o.skriv(skriv, &to()).await.problem(), (400, "ugyldig-foresporsel"));
    }
    type Endring = fn(&mut Value);
    let endringer: [Endring; 8] = [
        |l| l["@context"] = json!({}),
        |l| l["@type"] = json!("Elevlisteendringer"),
        |l| l["skole"]["organisasjonsnummer"] = json!("991825827"),
        |l| l["skolear"] = json!("2025-2026"),
        |l| l["elever"][0]["adresse"] = json!("Syntetisk vei 1"),
        |l| l["elever"][0]["elevRef"] = json!("1"),
        |l| l["elever"][0]["navn"]["kallenavn"] = json!("Å"),
        |l| drop(l.as_object_mut().unwrap().remove("skole")),
    ];
    for (nr, endring) in endringer.iter().enumerate() {
        let mut kropp = to();
        endring(&mut kropp);
        assert_eq!(o.skriv(FORSTE, &kropp).await.problem(), (400, "ugyldig-foresporsel"), "change {nr}");
    }
    let feil_slag = o.http.put(o.vigo.elevliste_url(SKOLE, AR)).header(header::CONTENT_TYPE, "application/json");
    assert_eq!(o.v1(feil_slag.body(to().to_string())).await.status, 415);
    assert!(o.vigo.skrivinger().is_empty());
}

#[tokio::test]
async fn remarks_name_pupil_and_field() {
    let o = oppsett().await;
    let mut uten = elev(B, "05820998865");
    uten["klassekode"] = json!(" ");
    uten["navn"] = json!({"fornavn": "x".repeat(101)});
    let svar = o.skriv(FORSTE, &liste(json!([elev(A, "05820998865"), uten]))).await;
    assert_eq!(svar.problem(), (422, "ugyldig-liste"));
    let sett: Vec<_> = svar.kropp["merknader"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| ["elevRef", "felt", "kode", "alvor"].map(|felt| m[felt].as_str().unwrap()))
        .collect();
    let ventet = [
        [A, "identitetsnummer", "duplikat-nummer", "feil"],
        [B, "identitetsnummer", "duplikat-nummer", "feil"],
        [B, "klassekode", "mangler-klassekode", "feil"],
        [B, "navn.fornavn", "for-langt-navn", "feil"],
        [B, "navn.etternavn", "mangler-navn", "advarsel"],
    ];
    assert_eq!(sett, ventet);
    let tom = o.skriv(FORSTE, &liste(json!([]))).await;
    assert_eq!(tom.kropp["merknader"], json!([{"felt": "elever", "kode": "tom-liste", "alvor": "feil"}]));
}

#[tokio::test]
async fn every_fault_has_its_problem() {
    let o = oppsett().await;
    let feil = async |feil: Feil| {
        o.vigo.feil(feil.ganger(1));
        o.skriv(FORSTE, &to()).await
    };
    assert_eq!(feil(Feil::LukketVindu).await.problem(), (403, "utenfor-vindu"));
    assert_eq!(feil(Feil::IkkeTilgang).await.problem(), (403, "ikke-tilgang"));
    let mange = feil(Feil::ForMangeKall { sekunder: 9 }).await;
    assert_eq!((mange.problem(), mange.retry_after.as_deref()), ((429, "for-mange-kall"), Some("9")));
    let nede = feil(Feil::KodeverkNede).await;
    assert_eq!((nede.problem(), nede.retry_after.is_some()), ((503, "kan-ikke-verifisere-skole"), true));
    assert_eq!((feil(Feil::Status { status: 502 }).await.status, feil(Feil::Avvis401).await.status), (502, 401));
    assert!(feil(Feil::Html200).await.slag.starts_with("text/html"));
    o.vigo.slett_skolear(AR);
    assert_eq!(o.skriv(FORSTE, &to()).await.problem(), (404, "ukjent-skolear"));
    o.vigo.opprett_skolear(AR);
    let mut ukjent = to();
    ukjent["skole"]["organisasjonsnummer"] = json!("991825827");
    let url = o.vigo.elevliste_url("991825827", AR);
    let kall = o.http.put(url).header("Content-Type", "application/ld+json").header("If-None-Match", "*");
    let svar = o.v1(kall.header("Idempotency-Key", "\"k1\"").body(ukjent.to_string())).await;
    assert_eq!(svar.problem(), (404, "ukjent-skole"));
    assert!(o.vigo.skrivinger().is_empty());

    for tapt in [Feil::MistetForesporsel, Feil::MistetSvar] {
        o.vigo.feil(tapt.ganger(1));
        assert!(o.kall(FORSTE, &to()).bearer_auth(o.v1_token()).send().await.is_err());
    }
    assert_eq!(o.vigo.skrivinger().len(), 1, "the second had arrived");
    o.vigo.feil(Feil::HalvtSvar.ganger(1));
    let halvt = o.kall(FORSTE, &to()).bearer_auth(o.v1_token()).send().await.unwrap();
    assert_eq!(halvt.status(), 201);
    assert!(halvt.bytes().await.is_err(), "half of the answer is no answer");
    let etag = o.vigo.elevliste(SKOLE, AR).unwrap().etag;
    o.vigo.feil(Feil::EndretUtenfra.ganger(1));
    let skriv = Skriv { nokkel: Some("\"k2\""), vilkar: Some(("If-Match", &etag)), endringer: false };
    assert_eq!(o.skriv(skriv, &to()).await.problem(), (412, "etag-stemmer-ikke"));
}

#[tokio::test]
async fn the_dialects_have_a_scope_each() {
    let o = oppsett().await;
    let svar = o.kall(FORSTE, &to()).bearer_auth(o.token()).send().await.unwrap();
    assert_eq!(svar.status(), 401);
    let kan: Value = o
        .http
        .get(format!("{}/elevliste/v1/egenskaper", o.vigo.base_url()))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!((&kan["scopes"], &kan["versjoner"]), (&json!(["novari:elevliste"]), &json!(["1.0"])));
}

#[tokio::test]
async fn two_at_once_give_one_first_list() {
    let o = oppsett().await;
    let send = async |nokkel: &str| {
        let nokkel = format!("\"{nokkel}\"");
        o.skriv(Skriv { nokkel: Some(&nokkel), ..FORSTE }, &to()).await.status
    };
    let (a, b, c) = tokio::join!(send("a"), send("b"), send("c"));
    let mut svar = [a, b, c];
    svar.sort_unstable();
    assert_eq!(svar, [201, 412, 412]);
}
