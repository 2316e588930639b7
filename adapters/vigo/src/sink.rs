//! The dialect `vigoskole`: one request that can have an effect, and what became of it.

use crate::answer::{self, Expected, Meaning};
use crate::client::Request;
use crate::config::{Config, Identitetsregler};
use crate::connection::Connection;
use crate::error::{BuildError, ProbeError, VIGOSKOLE};
use crate::payload::lag;
use crate::prediction;
use crate::refusal::{self, SchoolCheck};
use crate::wire::JSON_LD;
use async_trait::async_trait;
use flow::{Avslag, Egenskaper, Forsendelse, Outcome, Sink, SinkError, TokenSource};
use identitet::Organisasjonsnummer;
use reqwest::Method;
use std::sync::Arc;
use url::Url;

/// A receiver that speaks the dialect `vigoskole`.
#[derive(Debug)]
pub struct VigoskoleSink {
    connection: Connection,
    submissions: Url,
    egenskaper: Egenskaper,
    regler: Identitetsregler,
}

impl VigoskoleSink {
    pub(crate) fn new(config: &Config, tokens: Arc<dyn TokenSource>) -> Result<Self, BuildError> {
        let connection = Connection::new(config, tokens)?;
        let submissions = connection.url(&["api", "submissions", "graduating-students"]);
        Ok(Self { connection, submissions, egenskaper: config.egenskaper(), regler: config.identitetsregler })
    }

    pub(crate) async fn probe(&self) -> Vec<ProbeError> {
        let receiver = self.connection.client.reach(self.connection.url(&["api-docs"])).await;
        self.connection.probe(receiver.map_err(Into::into)).await
    }

    async fn school(&self, orgnr: Organisasjonsnummer) -> SchoolCheck {
        match self.connection.kodeverk.is_grunnskole(orgnr).await {
            Ok(true) => SchoolCheck::Known,
            Ok(false) => SchoolCheck::Unknown,
            Err(error) => {
                tracing::warn!(sink = %self.connection.name, %error, "cannot ask the code base why the receiver refused a list");
                SchoolCheck::NoAnswer
            }
        }
    }
}

#[async_trait]
impl Sink for VigoskoleSink {
    fn name(&self) -> &str {
        &self.connection.name
    }

    fn egenskaper(&self) -> Egenskaper {
        self.egenskaper
    }

    async fn deliver(&self, forsendelse: &Forsendelse) -> Result<Outcome, SinkError> {
        let payload = match lag(forsendelse) {
            Ok(payload) => payload,
            Err(error) => {
                tracing::error!(sink = %self.connection.name, skolenr = forsendelse.skole.skolenr, %error, "a sealed list is not complete; it was not sent");
                return Ok(Outcome::Rejected(Avslag::Ugyldig { kode: error.kode(&VIGOSKOLE) }));
            }
        };
        let expected = Expected { orgnr: payload.org_number(), skolear: forsendelse.skolear, lines: payload.lines() };
        let request = Request::with_body(Method::POST, self.submissions.clone(), JSON_LD, payload.to_json());
        let reply = match self.connection.deliver(&request).await? {
            Ok(reply) => reply,
            Err(outcome) => return Ok(outcome),
        };
        match answer::read(&reply, &expected) {
            Meaning::Outcome(outcome) => Ok(outcome),
            Meaning::Refused(phrase, code) => Ok(refusal::judge(phrase, self.school(expected.orgnr).await, &code)),
            Meaning::Unusable(error) => Err(error),
        }
    }

    fn forutsi(&self, forsendelse: &Forsendelse) -> Outcome {
        prediction::predict(forsendelse, self.regler)
    }
}
