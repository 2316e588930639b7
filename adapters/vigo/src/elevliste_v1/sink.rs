//! The dialect `elevliste_v1`: one write, what became of it, and a read-back.

use super::body::{self, Body};
use super::wire::answers::Egenskaper as Capabilities;
use super::wire::{CHANGES, JSON_LD};
use super::{answer, digest, prediction, readback};
use crate::client::{Request, Sent};
use crate::config::{Config, Identitetsregler};
use crate::connection::Connection;
use crate::error::{BuildError, ELEVLISTE_V1, ProbeError};
use async_trait::async_trait;
use elevliste::{Elevlinje, Skolereferanse};
use flow::{Avslag, Egenskaper, Forsendelse, Mottattinnhold, Outcome, Sink, SinkError, TokenSource};
use identitet::Organisasjonsnummer;
use kodeverk::Skolear;
use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderName, HeaderValue, IF_MATCH, IF_NONE_MATCH};
use std::sync::Arc;
use url::Url;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// A problem has a media type of its own.
const ANSWERS: HeaderValue = HeaderValue::from_static("application/ld+json, application/problem+json");
/// The version that is spoken.
const VERSION: &str = "1.0";

/// A receiver that speaks the dialect `elevliste_v1`.
#[derive(Debug)]
pub struct ElevlisteV1Sink {
    connection: Connection,
    egenskaper: Egenskaper,
    regler: Identitetsregler,
}

impl ElevlisteV1Sink {
    pub(crate) fn new(config: &Config, tokens: Arc<dyn TokenSource>) -> Result<Self, BuildError> {
        let connection = Connection::new(config, tokens)?;
        Ok(Self { connection, egenskaper: config.egenskaper(), regler: config.identitetsregler })
    }

    pub(crate) async fn probe(&self) -> Vec<ProbeError> {
        let receiver = self.capabilities().await;
        self.connection.probe(receiver).await
    }

    /// Whether the receiver says that it can do what the life of a list will ask of it.
    async fn capabilities(&self) -> Result<(), String> {
        let url = self.connection.url(&["elevliste", "v1", "egenskaper"]);
        let reply = match self.connection.client.send(Request::get(url, JSON_LD), None).await {
            Sent::Answered(reply) => reply,
            Sent::Never(why) | Sent::Lost(why) => return Err(why.into()),
        };
        let body = reply.body.unwrap_or_default();
        let Ok(can) = serde_json::from_slice::<Capabilities>(&body) else {
            return Err(format!(
                "it answered status {} instead of saying what it can do; does it speak elevliste_v1?",
                reply.status.as_u16()
            ));
        };
        if !can.versjoner.iter().any(|version| version == VERSION) {
            return Err(format!("it does not speak version {VERSION} of elevliste_v1"));
        }
        if !(can.erstattbar && can.oppdatering && can.tilbakelesing && can.idempotens) {
            return Err("it cannot replace, update, read back and repeat, which elevliste_v1 rests on".into());
        }
        Ok(())
    }

    fn address(&self, orgnr: Organisasjonsnummer, skolear: Skolear) -> Url {
        self.connection.url(&["elevliste", "v1", "elevlister", orgnr.as_str(), &skolear.to_string()])
    }

    fn request(&self, body: &Body, forsendelse: &Forsendelse) -> Request {
        let text = |text: &str| HeaderValue::from_str(text).expect("keys and tags were checked when the body was made");
        let (request, guard) = match body {
            Body::List(list) => {
                let url = self.address(list.skole.organisasjonsnummer, list.skolear);
                let request = Request::with_body(Method::PUT, url, JSON_LD, json(list));
                (request, (IF_NONE_MATCH, HeaderValue::from_static("*")))
            }
            Body::Changes(changes, etag) => {
                let url = self.address(changes.skole.organisasjonsnummer, changes.skolear);
                (Request::with_body(Method::PATCH, url, CHANGES, json(changes)), (IF_MATCH, text(etag)))
            }
        };
        let key = text(&format!("\"{}\"", forsendelse.idempotens));
        request.header(guard.0, guard.1).header(IDEMPOTENCY_KEY, key).header(ACCEPT, ANSWERS)
    }
}

fn json(body: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(body).expect("a body holds only texts and lists")
}

#[async_trait]
impl Sink for ElevlisteV1Sink {
    fn name(&self) -> &str {
        &self.connection.name
    }

    fn egenskaper(&self) -> Egenskaper {
        self.egenskaper
    }

    async fn deliver(&self, forsendelse: &Forsendelse) -> Result<Outcome, SinkError> {
        let body = match body::make(forsendelse) {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(sink = %self.connection.name, skolenr = forsendelse.skole.skolenr, %error, "a sealed list is not complete; it was not sent");
                return Ok(Outcome::Rejected(Avslag::Ugyldig { kode: error.kode(&ELEVLISTE_V1) }));
            }
        };
        match self.connection.deliver(&self.request(&body, forsendelse)).await? {
            Ok(reply) => answer::read(&reply, &body, forsendelse),
            Err(outcome) => Ok(outcome),
        }
    }

    async fn les(&self, skole: &Skolereferanse, skolear: Skolear) -> Result<Option<Mottattinnhold>, SinkError> {
        // What cannot be named at the receiver was never sent to it.
        let orgnr = skole.organisasjonsnummer.as_deref().map(str::parse::<Organisasjonsnummer>);
        let Some(Ok(orgnr)) = orgnr else { return Ok(None) };
        let request = Request::get(self.address(orgnr, skolear), JSON_LD);
        match self.connection.send(&request.header(ACCEPT, ANSWERS)).await? {
            Sent::Answered(reply) => readback::read(&reply, orgnr, skolear),
            Sent::Never(why) | Sent::Lost(why) => Err(readback::no_answer(why.into())),
        }
    }

    fn linjeavtrykk(&self, linje: &Elevlinje) -> Option<String> {
        body::pupil(linje).ok().as_ref().map(digest::of_pupil)
    }

    fn forutsi(&self, forsendelse: &Forsendelse) -> Outcome {
        prediction::predict(forsendelse, self.regler)
    }
}
