//! Maskinporten: every case of a grant, and what is in a token.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};
use simulators::{
    Klokke,
    maskinporten::{
        Delegering, Feil, GRANT_TYPE, Maskinporten, MaskinportenConfig, Rsanokkel, Systembruker, TestKlient,
    },
};

const SCOPE: &str = "novari:fakevigoskole";
const LEVERANDOR: &str = "964338531";
const KONSUMENT: &str = "974603268";

struct Oppsett {
    maskinporten: Maskinporten,
    klient: TestKlient,
    http: reqwest::Client,
}

fn na() -> Timestamp {
    "2026-11-02T07:00:00Z".parse().unwrap()
}

async fn oppsett() -> Oppsett {
    let klient = TestKlient::ny("mellomlag", LEVERANDOR, "mellomlag-1", &[SCOPE, "x:y"]).unwrap();
    let mut registrert = klient.klient();
    registrert.tildelt = vec![SCOPE.into()];
    let maskinporten = Maskinporten::start(MaskinportenConfig {
        klienter: vec![registrert],
        delegeringer: vec![Delegering {
            konsument: KONSUMENT.into(),
            leverandor: LEVERANDOR.into(),
            scope: SCOPE.into(),
        }],
        systembrukere: vec![Systembruker { orgnr: KONSUMENT.into(), system_id: "s".into(), id: "u".into() }],
        klokke: Klokke::stoppet(na()),
        ..MaskinportenConfig::default()
    })
    .await
    .unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    Oppsett { maskinporten, klient, http }
}

impl Oppsett {
    fn krav(&self) -> Value {
        self.klient.krav(self.maskinporten.utsteder(), SCOPE, na())
    }

    async fn send(&self, pastand: &str) -> (u16, Value) {
        let skjema = [("grant_type", GRANT_TYPE), ("assertion", pastand)];
        let svar = self.http.post(self.maskinporten.token_url()).form(&skjema).send().await.unwrap();
        (svar.status().as_u16(), svar.json().await.unwrap())
    }

    /// Changes a grant that is in order, sends it, and gives the answer.
    async fn endret(&self, endre: impl FnOnce(&mut Value)) -> (u16, Value) {
        let mut krav = self.krav();
        endre(&mut krav);
        self.send(&self.klient.signer(&krav).unwrap()).await
    }

    async fn krav_i_token(&self, endre: impl FnOnce(&mut Value)) -> Value {
        let (status, svar) = self.endret(endre).await;
        assert_eq!(status, 200, "{svar}");
        let token = svar["access_token"].as_str().unwrap();
        let krav = token.split('.').nth(1).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(krav).unwrap()).unwrap()
    }
}

#[tokio::test]
async fn a_grant_in_order_becomes_a_token() {
    let o = oppsett().await;
    let (status, svar) = o.endret(|_| {}).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&svar["token_type"], &svar["expires_in"], &svar["scope"]),
        (&json!("Bearer"), &json!(120), &json!(SCOPE))
    );
    let krav = o.krav_i_token(|_| {}).await;
    assert_eq!(krav["iss"], o.maskinporten.utsteder());
    assert!(o.maskinporten.utsteder().ends_with('/'));
    assert_eq!(krav["aud"], "unspecified");
    assert_eq!(krav["client_amr"], "private_key_jwt");
    assert_eq!(krav["consumer"], json!({"authority": "iso6523-actorid-upis", "ID": format!("0192:{LEVERANDOR}")}));
    assert_eq!(krav["exp"].as_i64().unwrap() - krav["iat"].as_i64().unwrap(), 120);
    assert!(krav.get("supplier").is_none() && krav.get("sub").is_none());
    assert_eq!(o.maskinporten.tokens_utstedt(), 2);
}

#[tokio::test]
async fn delegation_resource_and_system_user() {
    let o = oppsett().await;
    let krav = o.krav_i_token(|k| k["consumer_org"] = json!(KONSUMENT)).await;
    assert_eq!(krav["consumer"]["ID"], format!("0192:{KONSUMENT}"));
    assert_eq!(krav["supplier"]["ID"], format!("0192:{LEVERANDOR}"));
    assert_eq!(krav["delegation_source"], "https://tt02.altinn.no/");
    let krav = o.krav_i_token(|k| k["resource"] = json!(["https://vigo.example/api"])).await;
    assert_eq!(krav["aud"], "https://vigo.example/api");
    let detaljer = |orgnr: &str| {
        json!([{"type": "urn:altinn:systemuser",
            "systemuser_org": {"authority": "iso6523-actorid-upis", "ID": format!("0192:{orgnr}")}}])
    };
    let krav = o.krav_i_token(|k| k["authorization_details"] = detaljer(KONSUMENT)).await;
    assert_eq!(krav["authorization_details"][0]["systemuser_id"], json!(["u"]));
    let (_, svar) = o.endret(|k| k["authorization_details"] = detaljer(LEVERANDOR)).await;
    assert!(svar["error_description"].as_str().unwrap().contains("MP-303"));
}

#[tokio::test]
async fn every_fault_of_a_grant_has_its_code() {
    let o = oppsett().await;
    let iat = na().as_second();
    let tilfeller: [(&str, Value, &str, &str); 15] = [
        ("aud", json!(o.maskinporten.token_url()), "invalid_grant", "MP-110"),
        ("aud", json!(o.maskinporten.base_url()), "invalid_grant", "MP-110"),
        ("iss", json!("typo"), "invalid_client", "MP-100"),
        ("scope", json!("x:z"), "invalid_scope", "MP-200"),
        ("scope", json!("x:y"), "invalid_scope", "MP-250"),
        ("scope", json!(""), "invalid_scope", "MP-011"),
        ("scope", json!(format!("{SCOPE} x:y")), "invalid_scope", "MP-250"),
        ("exp", json!(iat + 121), "invalid_grant", "120 seconds"),
        ("exp", json!(iat), "invalid_grant", "MP-130"),
        ("iat", json!(iat + 11), "invalid_grant", "10 seconds"),
        ("iat", json!(iat - 11), "invalid_grant", "10 seconds"),
        ("consumer_org", json!(LEVERANDOR), "invalid_grant", "another organisation"),
        ("consumer_org", json!("991825827"), "invalid_grant", "MP-251"),
        ("resource", json!("https://vigo.example/api"), "invalid_grant", "MP-011"),
        ("authorization_details", json!({}), "invalid_grant", "MP-301"),
    ];
    for (navn, verdi, feil, tekst) in tilfeller {
        let (status, svar) = o.endret(|k| k[navn] = verdi.clone()).await;
        assert_eq!(status, 400, "{navn} {verdi}");
        assert_eq!(svar["error"], feil, "{navn} {verdi}: {svar}");
        assert!(svar["error_description"].as_str().unwrap().contains(tekst), "{navn} {verdi}: {svar}");
        assert!(svar["error_uri"].is_string());
    }
    assert_eq!(o.maskinporten.tokens_utstedt(), 0);
    // The bounds themselves are inside.
    assert_eq!(o.endret(|k| k["exp"] = json!(iat + 120)).await.0, 200);
    assert_eq!(o.endret(|k| (k["iat"], k["exp"]) = (json!(iat + 10), json!(iat + 100))).await.0, 200);
}

#[tokio::test]
async fn a_grant_is_used_once() {
    let o = oppsett().await;
    let pastand = o.klient.signer(&o.krav()).unwrap();
    assert_eq!(o.send(&pastand).await.0, 200);
    let (status, svar) = o.send(&pastand).await;
    assert_eq!((status, svar["error"].as_str().unwrap()), (400, "invalid_grant"));
    assert!(svar["error_description"].as_str().unwrap().contains("MP-012"));
}

#[tokio::test]
async fn keys_and_signatures() {
    let o = oppsett().await;
    let falsk = Rsanokkel::lag("mellomlag-1").unwrap();
    let falsk = TestKlient::med_nokkel("mellomlag", LEVERANDOR, &[SCOPE], falsk);
    let (_, svar) = o.send(&falsk.signer(&o.krav()).unwrap()).await;
    assert!(svar["error_description"].as_str().unwrap().contains("MP-124"));

    let usignert = |hode: Value| {
        let del = |v: &Value| URL_SAFE_NO_PAD.encode(v.to_string());
        format!("{}.{}.{}", del(&hode), del(&o.krav()), URL_SAFE_NO_PAD.encode("x"))
    };
    for (hode, kode) in [
        (json!({"alg": "none"}), "MP-124"),
        (json!({"alg": "HS256", "kid": "mellomlag-1"}), "MP-124"),
        (json!({"alg": "RS256"}), "MP-124"),
        (json!({"alg": "RS256", "kid": "ukjent"}), "MP-124"),
        (json!({"alg": "RS256", "x5c": "tekst"}), "MP-123"),
        (json!({"alg": "RS256", "x5c": ["MIIB"]}), "MP-123"),
        (json!({"alg": "RS256", "x5c": []}), "MP-123"),
    ] {
        let (status, svar) = o.send(&usignert(hode.clone())).await;
        assert_eq!(status, 400);
        assert!(svar["error_description"].as_str().unwrap().contains(kode), "{hode}: {svar}");
    }

    let utlopt = TestKlient::ny("gammel", LEVERANDOR, "gammel-1", &[SCOPE]).unwrap();
    let mut registrert = utlopt.klient();
    registrert.nokler[0].utloper = Some(na());
    o.maskinporten.registrer(registrert);
    let krav = utlopt.krav(o.maskinporten.utsteder(), SCOPE, na());
    let (_, svar) = o.send(&utlopt.signer(&krav).unwrap()).await;
    assert!(svar["error_description"].as_str().unwrap().contains("MP-121"));
}

#[tokio::test]
async fn an_enterprise_certificate_can_stand_for_a_key() {
    let o = oppsett().await;
    let til = na() + jiff::SignedDuration::from_hours(24);
    let send = async |orgnr: &str, til: Timestamp| {
        let sertifikat = o.klient.sertifikat(orgnr, til).unwrap();
        o.send(&o.klient.signer_med_sertifikat(&o.krav(), &[sertifikat]).unwrap()).await
    };
    let (status, svar) = send(LEVERANDOR, til).await;
    assert_eq!(status, 200, "{svar}");
    let krav = svar["access_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let krav: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(krav).unwrap()).unwrap();
    assert_eq!(krav["client_amr"], "virksomhetssertifikat");
    let kode = |svar: &Value, kode: &str| svar["error_description"].as_str().unwrap().contains(kode);
    assert!(kode(&send(KONSUMENT, til).await.1, "MP-122"));
    assert!(kode(&send(LEVERANDOR, na()).await.1, "MP-120"));
    let annen = TestKlient::ny("mellomlag", LEVERANDOR, "annen", &[SCOPE]).unwrap();
    let sertifikat = annen.sertifikat(LEVERANDOR, til).unwrap();
    let falsk = o.klient.signer_med_sertifikat(&o.krav(), &[sertifikat]).unwrap();
    assert!(kode(&o.send(&falsk).await.1, "MP-124"));
}

#[tokio::test]
async fn the_form_is_checked_and_metadata_tells_where_things_are() {
    let o = oppsett().await;
    let url = o.maskinporten.token_url();
    let send = async |skjema: &[(&str, &str)]| {
        o.http.post(&url).form(skjema).send().await.unwrap().json::<Value>().await.unwrap()["error"].clone()
    };
    assert_eq!(send(&[("assertion", "x")]).await, "invalid_request");
    assert_eq!(send(&[("grant_type", "client_credentials")]).await, "unsupported_grant_type");
    assert_eq!(send(&[("grant_type", GRANT_TYPE)]).await, "invalid_request");
    assert_eq!(send(&[("grant_type", GRANT_TYPE), ("assertion", "ikke.en.jwt")]).await, "invalid_grant");

    let meta = format!("{}/.well-known/oauth-authorization-server", o.maskinporten.base_url());
    let meta: Value = o.http.get(meta).send().await.unwrap().json().await.unwrap();
    assert_eq!(meta["issuer"], o.maskinporten.utsteder());
    assert_eq!(meta["jwks_uri"], o.maskinporten.jwks_url());
}

#[tokio::test]
async fn keys_rotate_and_faults_strike() {
    let o = oppsett().await;
    let kider = async || {
        let sett: Value = o.http.get(o.maskinporten.jwks_url()).send().await.unwrap().json().await.unwrap();
        let nokler = sett["keys"].as_array().unwrap().clone();
        assert!(nokler.iter().all(|n| n["kty"] == "RSA" && n.get("d").is_none()));
        nokler.len()
    };
    assert_eq!(kider().await, 1);
    o.maskinporten.roter_nokkel(true).unwrap();
    assert_eq!(kider().await, 2);
    o.maskinporten.roter_nokkel(false).unwrap();
    assert_eq!(kider().await, 1);

    let skjema = [("grant_type", GRANT_TYPE)];
    let send = async || o.http.post(o.maskinporten.token_url()).form(&skjema).send().await;
    o.maskinporten.feil(Some(Feil::Status { status: 500 }));
    assert_eq!(send().await.unwrap().status(), 500);
    o.maskinporten.feil(Some(Feil::Brudd));
    assert!(send().await.is_err());
    o.maskinporten.feil(Some(Feil::Html200));
    assert!(send().await.unwrap().json::<Value>().await.is_err());
    o.maskinporten.feil(Some(Feil::JwksNede));
    assert_eq!(o.http.get(o.maskinporten.jwks_url()).send().await.unwrap().status(), 503);
    o.maskinporten.feil(None);
    assert_eq!(o.endret(|_| {}).await.0, 200);
}
