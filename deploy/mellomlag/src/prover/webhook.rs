//! Webhooks to a receiver that is there: what it is sent, that it can know who sent it, and what happens when it fails.

use super::pakke::nummer;
use super::sted::*;
use super::tilbake::{elev, til, uten_nummer};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, ToSpan as _};
use serde_json::{Value, json};
use sha2::Sha256;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

const WEBHOOKS: &str = "/api/v1/webhooks";

/// Something that was sent: the headers, the body, and what it was answered.
#[derive(Clone)]
struct Sendt {
    hoder: HeaderMap,
    kropp: Bytes,
    svart: u16,
}

impl Sendt {
    fn hode(&self, navn: &str) -> &str {
        self.hoder[navn].to_str().unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.kropp).unwrap()
    }
}

#[derive(Default)]
struct Tilstand {
    svar: u16,
    sendt: Vec<Sendt>,
    fulgt: usize,
}

/// Answers what it is told to answer, and keeps what it is sent.
#[derive(Clone)]
struct Mottaker(Arc<Mutex<Tilstand>>, SocketAddr);

async fn motta(State(t): State<Arc<Mutex<Tilstand>>>, hoder: HeaderMap, kropp: Bytes) -> Response {
    let mut t = t.lock().unwrap();
    let svart = t.svar;
    t.sendt.push(Sendt { hoder, kropp, svart });
    (StatusCode::from_u16(svart).unwrap(), [(header::LOCATION, "/annet")]).into_response()
}

impl Mottaker {
    async fn start() -> Self {
        let tilstand = Arc::new(Mutex::new(Tilstand { svar: 204, ..Tilstand::default() }));
        let annet = any(|State(t): State<Arc<Mutex<Tilstand>>>| async move { t.lock().unwrap().fulgt += 1 });
        let app = Router::new().route("/hook", post(motta)).route("/annet", annet).with_state(tilstand.clone());
        let lytter = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let adresse = lytter.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(lytter, app).await });
        Self(tilstand, adresse)
    }

    fn url(&self) -> String {
        format!("http://{}/hook", self.1)
    }

    fn svar(&self, status: u16) {
        self.0.lock().unwrap().svar = status;
    }

    fn sendt(&self) -> Vec<Sendt> {
        self.0.lock().unwrap().sendt.clone()
    }

    /// What it has taken, in order, one of each.
    fn tatt(&self) -> Vec<Value> {
        let mut sett = BTreeSet::new();
        let tatt = self.sendt().into_iter().filter(|s| s.svart < 300).map(|s| s.json());
        tatt.filter(|json| sett.insert(json["id"].as_str().unwrap().to_owned())).collect()
    }

    async fn til(&self, hva: &str, sant: impl Fn(&[Sendt]) -> bool) {
        let frist = Instant::now() + Duration::from_secs(60);
        while !sant(&self.sendt()) {
            assert!(Instant::now() < frist, "{hva} did not happen; {} were sent", self.sendt().len());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Mottaker {
    /// Waits until it has taken every event of this kind that there is: each of them, in order, and nothing else.
    async fn har_tatt(&self, sted: &Sted, slag: &str) {
        let frist = Instant::now() + Duration::from_secs(60);
        loop {
            let mut ventet = sted.hendelser().await;
            ventet.retain(|h| h["type"].as_str().unwrap().contains(slag));
            let tatt = self.tatt();
            if tatt == ventet {
                return;
            }
            assert!(tatt.len() <= ventet.len() && Instant::now() < frist, "{tatt:#?} instead of {ventet:#?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// As a receiver checks it, written from the specification and not from our code.
fn ekte(sendt: &Sendt) -> bool {
    let nokkel = STANDARD.decode(WEBHOOK_HEMMELIG.trim_start_matches("whsec_")).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&nokkel).unwrap();
    mac.update(format!("{}.{}.", sendt.hode("webhook-id"), sendt.hode("webhook-timestamp")).as_bytes());
    mac.update(&sendt.kropp);
    let vist = STANDARD.decode(sendt.hode("webhook-signature").strip_prefix("v1,").unwrap()).unwrap();
    mac.verify_slice(&vist).is_ok()
}

impl Sted {
    /// Sends webhooks as one process does. Stops with the answer.
    fn webhooks(&self) -> CancellationToken {
        let stopp = CancellationToken::new();
        tokio::spawn(self.oppsett.webhooks.clone().kjor(self.om.clone(), stopp.clone()));
        stopp
    }

    fn ga(&self, sekunder: i64) {
        self.klokke.set(self.om.clock.now() + SignedDuration::from_secs(sekunder));
    }

    async fn webhook(&self, sant: impl Fn(&Value) -> bool) -> Value {
        til(self, KARI, WEBHOOKS, |w| sant(&w[0])).await[0].clone()
    }

    async fn hendelser(&self) -> Vec<Value> {
        self.hent(KARI, "/api/v1/hendelser?maks=500").await.json()["hendelser"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn everything_comes_signed_and_in_order_also_to_a_receiver_that_fails_for_a_while() {
    let mottaker = Mottaker::start().await;
    let mut sted = Sted::med_webhooks(&[("vigilo", &mottaker.url(), "")]).await;
    assert_eq!(sted.hent(KARI, WEBHOOKS).await.json()[0]["tilstand"], "ny");
    sted.start();
    let stopp = sted.webhooks();
    sted.webhook(|w| w["tilstand"] == "ok").await;

    let eleven = uten_nummer(&sted).await;
    til(&sted, KARI, "/api/v1/lister", |l| l["lister"][0]["antall"]["kilde"] == 1).await;
    let forst = sted.hendelser().await.len();
    mottaker.til("the first events", |s| s.len() >= forst).await;

    // It fails, is sent to another place that is not followed, and comes back.
    mottaker.svar(500);
    assert_eq!(sted.json(OLA, "PUT", &eleven, &elev(Some(nummer(1)))).await.status, 200);
    let feiler = sted.webhook(|w| w["forsok"] == 1).await;
    assert_eq!((&feiler["tilstand"], &feiler["feil"]), (&json!("feiler"), &json!("status-500")));
    mottaker.svar(302);
    sted.ga(6);
    let feiler = sted.webhook(|w| w["forsok"] == 2).await;
    assert_eq!(feiler["feil"], "omdirigert");
    assert!(sted.om.maalere.tekst().contains("mellomlag_webhook_failures{tenant=\"voss\",webhook=\"vigilo\"} 2"));
    mottaker.svar(204);
    sted.ga(31);
    let ok = sted.webhook(|w| w["tilstand"] == "ok").await;
    assert_eq!((&ok["forsok"], &ok["feil"], &ok["feilet_siden"]), (&json!(0), &Value::Null, &Value::Null));
    til(&sted, KARI, "/api/v1/hendelser", |h| h["hendelser"].as_array().unwrap().len() > forst).await;
    mottaker.har_tatt(&sted, "").await;
    assert_eq!(mottaker.0.lock().unwrap().fulgt, 0, "nobody goes where a redirect leads");

    let sendt = mottaker.sendt();
    let [en, to] = [500, 302].map(|status| sendt.iter().find(|s| s.svart == status).unwrap());
    assert_eq!((en.hode("webhook-id"), &en.kropp), (to.hode("webhook-id"), &to.kropp), "the same, sent again");
    assert_ne!(en.hode("webhook-timestamp"), to.hode("webhook-timestamp"));
    for ett in &sendt {
        assert!(ekte(ett));
        let json = ett.json();
        assert_eq!((json["id"].as_str().unwrap(), &json["specversion"]), (ett.hode("webhook-id"), &json!("1.0")));
        assert!(ett.hode("content-type").starts_with("application/cloudevents+json"));
        let tekst = String::from_utf8_lossy(&ett.kropp);
        assert!(!tekst.contains("Kanarifugl") && !tekst.contains(&nummer(1)));
    }
    let mut forfalsket = sendt[0].clone();
    forfalsket.kropp = Bytes::from(String::from_utf8_lossy(&forfalsket.kropp).replace("voss", "vøss"));
    assert!(!ekte(&forfalsket));
    stopp.cancel();
    sted.stopp().await;
}

#[tokio::test]
async fn an_address_that_is_gone_or_fails_for_days_waits_for_a_person() {
    let mottaker = Mottaker::start().await;
    let hendelser = "hendelser = [\"avvik.apnet\", \"avvik.lukket\"]";
    let mut sted = Sted::med_webhooks(&[("vigilo", &mottaker.url(), hendelser)]).await;
    sted.start();
    let stopp = sted.webhooks();
    sted.webhook(|w| w["tilstand"] == "ok").await;
    mottaker.svar(410);
    uten_nummer(&sted).await;
    let pauset = sted.webhook(|w| w["tilstand"] == "pauset").await;
    assert_eq!((&pauset["feil"], &pauset["neste"]), (&json!("status-410"), &Value::Null));
    assert!(!pauset.to_string().contains("hook\""), "what stands after the host may be secret");
    let alarm = "mellomlag_webhook_paused{tenant=\"voss\",webhook=\"vigilo\"} 1";
    assert!(sted.om.maalere.tekst().contains(alarm));
    let antall = mottaker.sendt().len();

    let gjenoppta = format!("{WEBHOOKS}/vigilo/gjenoppta");
    for (token, status, kode) in [(PER, 403, "ikke-rett"), (LIV, 404, "ukjent-webhook")] {
        let svar = sted.send(sted.sporr(token, "POST", &gjenoppta)).await;
        assert_eq!((svar.status, svar.problem().as_str()), (status, kode));
    }
    assert_eq!(sted.hent(LIV, WEBHOOKS).await.json(), json!([]));
    sted.klokke.set(sted.om.clock.now() + 1.hour());
    assert_eq!(mottaker.sendt().len(), antall, "a paused one is left alone");
    mottaker.svar(503);
    assert_eq!(sted.send(sted.sporr(KARI, "POST", &gjenoppta)).await.status, 202);
    sted.webhook(|w| w["forsok"] == 1 && w["tilstand"] == "feiler").await;
    sted.ga(5 * 24 * 3600 + 1);
    sted.webhook(|w| w["tilstand"] == "pauset" && w["forsok"] == 2).await;
    mottaker.svar(200);
    assert_eq!(sted.send(sted.sporr(KARI, "POST", &gjenoppta)).await.status, 202);
    til(&sted, KARI, "/api/v1/lister", |l| l["lister"][0]["antall"]["kilde"] == 1).await;
    mottaker.har_tatt(&sted, ".avvik.").await;
    let alle = sted.hendelser().await;
    assert!(alle.iter().any(|h| h["type"] == "no.mellomlag.liste.status"), "only the kinds that were asked for");
    stopp.cancel();
    sted.stopp().await;
}

#[tokio::test]
async fn of_two_processes_one_sends_and_the_other_takes_over() {
    let mottaker = Mottaker::start().await;
    let mut sted = Sted::med_webhooks(&[("vigilo", &mottaker.url(), "")]).await;
    sted.start();
    let forste = sted.webhooks();
    sted.webhook(|w| w["tilstand"] == "ok").await;
    let andre = sted.webhooks();
    let eleven = uten_nummer(&sted).await;
    til(&sted, KARI, "/api/v1/lister", |l| l["lister"][0]["antall"]["kilde"] == 1).await;
    let forst = sted.hendelser().await;
    mottaker.til("the first events", |s| s.len() >= forst.len()).await;
    assert_eq!(mottaker.sendt().len(), forst.len(), "each was sent once");

    forste.cancel();
    assert_eq!(sted.json(OLA, "PUT", &eleven, &elev(Some(nummer(1)))).await.status, 200);
    til(&sted, KARI, "/api/v1/hendelser", |h| h["hendelser"].as_array().unwrap().len() > forst.len()).await;
    sted.ga(61);
    mottaker.har_tatt(&sted, "").await;
    andre.cancel();
    sted.stopp().await;
}
