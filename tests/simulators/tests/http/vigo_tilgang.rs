//! VIGO: who may send.

use reqwest::StatusCode;
use serde_json::{Value, json};
use simulators::maskinporten::Feil;

use crate::vigo::{Oppsett, SCOPE, SKOLE, elev, liste, oppsett, organisasjon};

const ORGNR: &str = "974603268";

impl Oppsett {
    /// The status for a token with the usual claims and these changes. The list itself is always refused for another
    /// reason (400), so it can be sent again and again.
    async fn med_krav(&self, endringer: Value) -> u16 {
        let mut krav = json!({"scope": SCOPE, "consumer": organisasjon(ORGNR)});
        for (navn, verdi) in endringer.as_object().unwrap() {
            krav[navn] = verdi.clone();
        }
        self.med_token(&self.maskinporten.signer_token(&krav).unwrap()).await
    }

    async fn med_token(&self, token: &str) -> u16 {
        self.bygg(&liste(SKOLE, json!([]))).bearer_auth(token).send().await.unwrap().status().as_u16()
    }
}

#[tokio::test]
async fn claims_that_are_accepted() {
    let o = oppsett().await;
    let na = o.vigo.klokke().na().as_second();
    for krav in [
        json!({}),
        json!({"supplier": organisasjon("991825827"), "delegation_source": "https://tt02.altinn.no/"}),
        json!({"aud": "https://another.example"}),
        json!({"aud": null}),
        json!({"scope": format!("ks:fiks {SCOPE}")}),
        json!({"scope": [SCOPE]}),
        json!({"iat": na + 10}),
    ] {
        assert_eq!(o.med_krav(krav.clone()).await, 400, "{krav}");
    }
}

#[tokio::test]
async fn claims_that_are_refused() {
    let o = oppsett().await;
    let na = o.vigo.klokke().na().as_second();
    let utsteder = o.maskinporten.utsteder();
    for krav in [
        json!({"supplier": organisasjon("991825827")}),
        json!({"supplier": organisasjon("991825827"), "delegation_source": " "}),
        json!({"supplier": "991825827", "delegation_source": "https://tt02.altinn.no/"}),
        json!({"iss": utsteder.trim_end_matches('/')}),
        json!({"iss": "https://maskinporten.no/"}),
        json!({"iss": null}),
        json!({"exp": na - 10}),
        json!({"exp": null}),
        json!({"iat": na + 11}),
        json!({"scope": null}),
        json!({"scope": "novari:fakevigoskole.read"}),
        json!({"scope": format!("ks:fiks\t{SCOPE}")}),
        json!({"consumer": null}),
        json!({"consumer": format!("0192:{ORGNR}")}),
        json!({"consumer": {"authority": "urn:x", "ID": format!("0192:{ORGNR}")}}),
        json!({"consumer": {"authority": "iso6523-actorid-upis", "ID": format!("0007:{ORGNR}")}}),
        json!({"consumer": organisasjon("974603269")}),
        json!({"consumer": organisasjon("974603268:unit:7")}),
        json!({"client_id": null}),
        json!({"client_amr": ""}),
        json!({"jti": null}),
        json!({"token_type": "DPoP"}),
        json!({"token_type": null}),
        json!({"sub": "x"}),
        json!({"pid": "05820998865"}),
    ] {
        assert_eq!(o.med_krav(krav.clone()).await, 401, "{krav}");
    }
    assert!(o.vigo.innsendinger().is_empty());
}

#[tokio::test]
async fn tokens_that_are_not_maskinportens() {
    let o = oppsett().await;
    let annen = oppsett().await;
    let utsteder = o.maskinporten.utsteder();
    let krav = json!({"scope": SCOPE, "consumer": organisasjon(ORGNR), "iss": utsteder});
    assert_eq!(o.med_token(&annen.maskinporten.signer_token(&krav).unwrap()).await, 401, "another's key, same kid");
    let god = o.token();
    let deler: Vec<_> = god.split('.').collect();
    for token in [
        String::new(),
        "x".into(),
        format!("eyJhbGciOiJub25lIn0.{}.", deler[1]),
        format!("{}.{}.AAAA", deler[0], deler[1]),
        format!("eyJhbGciOiJIUzI1NiIsImtpZCI6InNpbS1tYXNraW5wb3J0ZW4tMSJ9.{}.{}", deler[1], deler[2]),
    ] {
        assert_eq!(o.med_token(&token).await, 401, "{token}");
    }
    let svar = o.bygg(&json!({})).send().await.unwrap();
    assert_eq!(
        (svar.status(), &svar.headers()["www-authenticate"]),
        (StatusCode::UNAUTHORIZED, &"Bearer".parse().unwrap())
    );
}

#[tokio::test]
async fn keys_are_fetched_again_for_an_unknown_id_and_kept_otherwise() {
    let o = oppsett().await;
    let gammelt = o.token();
    assert_eq!(o.med_token(&gammelt).await, 400);
    o.maskinporten.roter_nokkel(true).unwrap();
    assert_eq!(o.med_token(&o.token()).await, 400);
    assert_eq!(o.med_token(&gammelt).await, 400);
    o.maskinporten.feil(Some(Feil::JwksNede));
    assert_eq!(o.med_token(&o.token()).await, 400, "known keys need no look-up");
    o.maskinporten.roter_nokkel(true).unwrap();
    assert_eq!(o.med_token(&o.token()).await, 500);
    o.maskinporten.feil(None);
    assert_eq!(o.med_token(&o.token()).await, 400);
}

#[tokio::test]
async fn everything_else_under_api_is_denied() {
    let o = oppsett().await;
    let url = o.vigo.innsending_url();
    let annen = format!("{}/api/submissions", o.vigo.base_url());
    for forsok in [o.http.get(&url), o.http.put(&url), o.http.delete(&url), o.http.get(&annen), o.http.post(&annen)] {
        let med = forsok.try_clone().unwrap().bearer_auth(o.token()).send().await.unwrap();
        assert_eq!(med.status(), StatusCode::FORBIDDEN);
        assert_eq!(forsok.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    }
    let god = liste(SKOLE, json!([elev("05820998865")]));
    assert_eq!(o.bygg(&god).bearer_auth(o.token()).send().await.unwrap().status(), StatusCode::CREATED);
}
