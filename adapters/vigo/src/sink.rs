//! The delivery of a list: one request that can have an effect, and what became of it.

use crate::answer::{self, Expected, Meaning, SYSTEM};
use crate::client::{Client, Reply, Sent, below};
use crate::config::Config;
use crate::error::{BuildError, ProbeError};
use crate::kodeverk::Kodeverk;
use crate::payload::lag;
use crate::refusal::{self, SchoolCheck};
use crate::wire::JSON_LD;
use async_trait::async_trait;
use flow::{AccessToken, Avslag, Egenskaper, Forsendelse, Outcome, Sink, SinkError, TokenError, TokenSource};
use identitet::Organisasjonsnummer;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// An answer to the largest school there is stays under one megabyte.
const MAX_ANSWER: usize = 8 * 1024 * 1024;
/// Before trying again when nobody listens.
const WAIT: Duration = Duration::from_secs(60);

/// A receiver that speaks the dialect `vigoskole`.
pub struct VigoskoleSink {
    name: String,
    client: Client,
    submissions: Url,
    base: Url,
    kodeverk: Kodeverk,
    tokens: Arc<dyn TokenSource>,
}

impl fmt::Debug for VigoskoleSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VigoskoleSink")
            .field("name", &self.name)
            .field("base", &self.base.as_str())
            .finish_non_exhaustive()
    }
}

impl VigoskoleSink {
    pub(crate) fn new(config: &Config, tokens: Arc<dyn TokenSource>) -> Result<Self, BuildError> {
        Ok(Self {
            name: config.navn.clone(),
            client: Client::new(config.timeout(), MAX_ANSWER, false)?,
            submissions: below(&config.base_url, &["api", "submissions", "graduating-students"]),
            base: config.base_url.clone(),
            kodeverk: Kodeverk::new(config)?,
            tokens,
        })
    }

    /// Tries everything a delivery needs, without delivering: a token, an answer from the receiver, a row of the code
    /// base. Returns all that failed.
    pub async fn probe(&self) -> Vec<ProbeError> {
        let mut failed = Vec::new();
        if let Err(error) = self.tokens.token().await {
            failed.push(ProbeError { system: "maskinporten".into(), hint: error.to_string() });
        }
        if let Err(hint) = self.client.reach(below(&self.base, &["api-docs"])).await {
            failed.push(ProbeError { system: SYSTEM.into(), hint: format!("{hint} (base_url)") });
        }
        if let Err(error) = self.kodeverk.page(0, NonZeroU32::MIN).await {
            failed.push(ProbeError { system: "vigo-kodeverk".into(), hint: error.to_string() });
        }
        failed
    }

    async fn token(&self) -> Result<AccessToken, SinkError> {
        self.tokens.token().await.map_err(|error| match error {
            TokenError::Denied { system, hint } => SinkError::Denied { system, hint },
            TokenError::Unreachable { system, hint } => SinkError::Unreachable { system, hint },
            TokenError::Throttled { system, wait } => {
                SinkError::Unreachable { system, hint: format!("it asks us to wait {} s", wait.as_secs()) }
            }
        })
    }

    /// Sends the list, and once more with a new token if the first one is refused: a request without a valid token is
    /// not looked at, so that is still at most one that has an effect.
    async fn send(&self, body: &[u8]) -> Result<Result<Reply, Outcome>, SinkError> {
        for _ in 0..2 {
            let token = self.token().await?;
            match self.client.post(self.submissions.clone(), JSON_LD, body.to_vec(), Some(&token.value)).await {
                Sent::Never(why) => return Ok(Err(Outcome::Later { wait: WAIT, hint: why.into() })),
                Sent::Lost(why) => return Ok(Err(Outcome::Unknown { hint: why.into() })),
                Sent::Answered(reply) if reply.status == reqwest::StatusCode::UNAUTHORIZED => {
                    self.tokens.reject(&token).await
                }
                Sent::Answered(reply) => return Ok(Ok(reply)),
            }
        }
        let hint =
            "it answered 401 to a new token; check that the client's scope and organisation are the ones it expects"
                .into();
        Err(SinkError::Denied { system: SYSTEM, hint })
    }

    async fn school(&self, orgnr: Organisasjonsnummer) -> SchoolCheck {
        match self.kodeverk.is_grunnskole(orgnr).await {
            Ok(true) => SchoolCheck::Known,
            Ok(false) => SchoolCheck::Unknown,
            Err(error) => {
                tracing::warn!(sink = %self.name, %error, "cannot ask the code base why the receiver refused a list");
                SchoolCheck::NoAnswer
            }
        }
    }
}

#[async_trait]
impl Sink for VigoskoleSink {
    fn name(&self) -> &str {
        &self.name
    }

    fn egenskaper(&self) -> Egenskaper {
        Egenskaper::default()
    }

    async fn deliver(&self, forsendelse: &Forsendelse) -> Result<Outcome, SinkError> {
        let payload = match lag(forsendelse) {
            Ok(payload) => payload,
            Err(error) => {
                tracing::error!(sink = %self.name, skolenr = forsendelse.skole.skolenr, %error, "a sealed list is not complete; it was not sent");
                return Ok(Outcome::Rejected(Avslag::Ugyldig { kode: error.kode() }));
            }
        };
        let expected = Expected { orgnr: payload.org_number(), skolear: forsendelse.skolear, lines: payload.lines() };
        let reply = match self.send(&payload.to_json()).await? {
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
        match lag(forsendelse) {
            Ok(_) => Outcome::Delivered(flow::Svar { id: None, merknader: vec![], etag: None }),
            Err(error) => Outcome::Rejected(Avslag::Ugyldig { kode: error.kode() }),
        }
    }
}
