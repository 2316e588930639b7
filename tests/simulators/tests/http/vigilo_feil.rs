//! Vigilo: every fault, as a client sees it.

use std::time::Instant;

use reqwest::StatusCode;
use serde_json::{Value, json};
use simulators::vigilo::{Feil, Samling, Skrivemate, pilotfil};

use crate::vigilo::{Leser, start};

#[tokio::test]
async fn faults_strike_where_they_should_and_nowhere_else() {
    let (vigilo, leser) = start(20).await;
    vigilo.feil(Feil::Html200.i(Samling::Users).paa_side(2).ganger(1));
    assert!(er_json(&leser, "users?limit=10").await);
    assert!(er_json(&leser, "classes?limit=1&offset=1").await);
    assert!(!er_json(&leser, "users?limit=10&offset=10").await);
    assert!(er_json(&leser, "users?limit=10&offset=10").await, "only once");
    vigilo.feil(Feil::Html200.i(Samling::Users));
    assert!(!er_json(&leser, "students").await, "users covers students");
    vigilo.fjern_feil();
    assert!(er_json(&leser, "students").await);
}

async fn er_json(leser: &Leser, sti: &str) -> bool {
    let svar = leser.hent(sti).await;
    assert_eq!(svar.status(), StatusCode::OK);
    svar.json::<Value>().await.is_ok()
}

#[tokio::test]
async fn statuses_and_waiting() {
    let (vigilo, leser) = start(21).await;
    for (feil, status, type_) in [
        (Feil::Avvis401, 401, "application/json"),
        (Feil::Status { status: 500 }, 500, "application/json"),
        (Feil::Status { status: 502 }, 502, "text/html; charset=utf-8"),
        (Feil::ForMange { vent_sekunder: 7, html: false }, 429, "application/json"),
        (Feil::ForMange { vent_sekunder: 7, html: true }, 429, "text/html; charset=utf-8"),
    ] {
        vigilo.feil(feil.clone().ganger(1));
        let svar = leser.hent("users").await;
        assert_eq!(svar.status().as_u16(), status, "{feil:?}");
        assert_eq!(svar.headers()["content-type"], type_, "{feil:?}");
        assert_eq!(svar.headers().get("retry-after").is_some(), status == 429);
    }
    vigilo.feil(Feil::Omdirigering { til: "https://example.invalid/".into() }.ganger(1));
    let svar = leser.hent("users").await;
    assert_eq!(
        (svar.status(), &svar.headers()["location"]),
        (StatusCode::FOUND, &"https://example.invalid/".parse().unwrap())
    );
    vigilo.feil(Feil::Treg { millisekunder: 120 }.ganger(1));
    let start = Instant::now();
    leser.json("orgs").await;
    assert!(start.elapsed().as_millis() >= 120);
    vigilo.feil(Feil::TokenUtloper.paa_side(2).ganger(1));
    assert_eq!(leser.hent("users?limit=5").await.status(), StatusCode::OK);
    assert_eq!(leser.hent("users?limit=5&offset=5").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(Leser::ny(&vigilo).await.hent("users?limit=5&offset=5").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn bodies_that_are_cut() {
    let (vigilo, leser) = start(22).await;
    vigilo.feil(Feil::UgyldigJson.ganger(1));
    let tekst = leser.hent("users").await.text().await.unwrap();
    assert!(serde_json::from_str::<Value>(&tekst).is_err());
    vigilo.feil(Feil::HalvtSvar.ganger(1));
    assert!(leser.hent("users").await.bytes().await.is_err());
    assert!(leser.json("users").await["users"].is_array());
}

#[tokio::test]
async fn rows_that_are_wrong() {
    let (vigilo, leser) = start(23).await;
    let en = async |feil: Feil| {
        vigilo.fjern_feil();
        vigilo.feil(feil);
        leser.json("users?limit=3&sort=sourcedId&orderBy=asc").await["users"].clone()
    };
    assert_eq!(en(Feil::TomSamling).await, json!([]));
    assert!(en(Feil::UtenSourcedId).await[0].get("sourcedId").is_none());
    let dobbel = en(Feil::DobbelSourcedId).await;
    assert_eq!(dobbel[0]["sourcedId"], dobbel[1]["sourcedId"]);
    assert_ne!(dobbel[0]["username"], dobbel[1]["username"]);
    assert_eq!(en(Feil::UkjentEnum).await[0]["status"], "paused");
    assert_eq!(en(Feil::NullNavn).await[0]["givenName"], Value::Null);
    assert_eq!(en(Feil::NullFelter).await[1]["metadata"], Value::Null);
    assert_eq!(en(Feil::BoolskEnabledUser).await[0]["enabledUser"], true);

    vigilo.fjern_feil();
    vigilo.feil(Feil::StiSomKonvolutt);
    assert!(leser.json("schools").await["schools"].is_array());
    vigilo.fjern_feil();
    vigilo.feil(Feil::TotalForFilter);
    let svar = leser.hent("users?filter=roles.role%3D'teacher'").await;
    assert_eq!(svar.headers()["x-total-count"], vigilo.antall(Samling::Users).to_string());
    vigilo.fjern_feil();
    vigilo.feil(Feil::UtenHoder);
    assert!(leser.hent("users").await.headers().get("x-total-count").is_none());
}

#[tokio::test]
async fn the_token_endpoint_can_fail_and_faults_can_be_set_over_http() {
    let (vigilo, leser) = start(24).await;
    let be_om_token = async || {
        let skjema = [("grant_type", "client_credentials")];
        leser.http.post(vigilo.token_url()).form(&skjema).send().await.unwrap().status()
    };
    let admin = format!("{}/_sim/feil", vigilo.base_url());
    let nede = json!({"feil": {"type": "token_nede"}, "ganger": 1});
    let svar = leser.http.post(&admin).json(&nede).send().await.unwrap();
    assert_eq!(svar.status(), StatusCode::NO_CONTENT);
    assert_eq!(be_om_token().await, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(be_om_token().await, StatusCode::UNAUTHORIZED);
    let ukjent = json!({"feil": {"type": "jordskjelv"}});
    assert!(leser.http.post(&admin).json(&ukjent).send().await.unwrap().status().is_client_error());
    leser.http.post(&admin).json(&json!({"feil": {"type": "avvis401"}})).send().await.unwrap();
    assert_eq!(leser.hent("orgs").await.status(), StatusCode::UNAUTHORIZED);
    leser.http.delete(&admin).send().await.unwrap();
    assert_eq!(leser.hent("orgs").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn stops_and_frees_the_port() {
    let (vigilo, leser) = start(25).await;
    leser.json("orgs").await;
    vigilo.stop().await;
    assert!(leser.http.get(format!("{}/orgs", leser.url)).send().await.is_err());
}

#[test]
fn the_pilot_file_has_its_own_shape() {
    let kommune = simulators::generator::liten(26);
    let fil = pilotfil(&kommune, Skrivemate::Identfier);
    let brukere = fil["users"].as_array().unwrap();
    assert_eq!(brukere.len(), kommune.elever.len());
    let bruker = &brukere[0];
    assert_eq!(bruker["role"], "student");
    assert_eq!(bruker["identfier"].as_str().unwrap().len(), 11);
    assert_eq!(bruker["orgs"], json!([{"sourcedId": kommune.elever[0].skole, "type": "school"}]));
    assert!(pilotfil(&kommune, Skrivemate::Identifier)["users"][0]["identifier"].is_string());
}
