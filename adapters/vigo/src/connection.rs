//! What both dialects have in common: a receiver's address, the right to use it, and the code base beside it.

use crate::answer::SYSTEM;
use crate::client::{Client, Reply, Request, Sent, below};
use crate::config::Config;
use crate::error::{BuildError, ProbeError};
use crate::kodeverk::Kodeverk;
use flow::{AccessToken, Outcome, SinkError, TokenError, TokenSource};
use reqwest::StatusCode;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// An answer to the largest school there is stays under one megabyte.
const MAX_ANSWER: usize = 8 * 1024 * 1024;
/// Before trying again when nobody listens.
const WAIT: Duration = Duration::from_secs(60);

/// A receiver that can be spoken to.
pub(crate) struct Connection {
    pub(crate) name: String,
    pub(crate) client: Client,
    pub(crate) kodeverk: Kodeverk,
    base: Url,
    tokens: Arc<dyn TokenSource>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("name", &self.name)
            .field("base", &self.base.as_str())
            .finish_non_exhaustive()
    }
}

impl Connection {
    pub(crate) fn new(config: &Config, tokens: Arc<dyn TokenSource>) -> Result<Self, BuildError> {
        Ok(Self {
            name: config.navn.clone(),
            client: Client::new(config.timeout(), MAX_ANSWER, false)?,
            base: config.base_url.clone(),
            kodeverk: Kodeverk::new(config)?,
            tokens,
        })
    }

    /// The address of a path at the receiver.
    pub(crate) fn url(&self, path: &[&str]) -> Url {
        below(&self.base, path)
    }

    /// Tries what surrounds a delivery: a token, and a row of the code base. `receiver` says what is wrong with the
    /// receiver itself.
    pub(crate) async fn probe(&self, receiver: Result<(), String>) -> Vec<ProbeError> {
        let mut failed = Vec::new();
        if let Err(error) = self.tokens.token().await {
            failed.push(ProbeError { system: "maskinporten".into(), hint: error.to_string() });
        }
        if let Err(hint) = receiver {
            failed.push(ProbeError { system: SYSTEM.into(), hint: format!("{hint} (base_url)") });
        }
        if let Err(error) = self.kodeverk.page(0, NonZeroU32::MIN).await {
            failed.push(ProbeError { system: "vigo-kodeverk".into(), hint: error.to_string() });
        }
        failed
    }

    /// Sends the request, and once more with a new token if the first one is refused: a request without a valid token is
    /// not looked at, so that is still at most one that has an effect.
    pub(crate) async fn send(&self, request: &Request) -> Result<Sent, SinkError> {
        for _ in 0..2 {
            let token = self.token().await?;
            match self.client.send(request.clone(), Some(&token.value)).await {
                Sent::Answered(reply) if reply.status == StatusCode::UNAUTHORIZED => self.tokens.reject(&token).await,
                sent => return Ok(sent),
            }
        }
        let hint =
            "it answered 401 to a new token; check that the client's scope and organisation are the ones it expects"
                .into();
        Err(SinkError::Denied { system: SYSTEM, hint })
    }

    /// Sends a request that has an effect: its answer, or what it means that there is none.
    pub(crate) async fn deliver(&self, request: &Request) -> Result<Result<Reply, Outcome>, SinkError> {
        Ok(match self.send(request).await? {
            Sent::Never(why) => Err(Outcome::Later { wait: WAIT, hint: why.into() }),
            Sent::Lost(why) => Err(Outcome::Unknown { hint: why.into() }),
            Sent::Answered(reply) => Ok(reply),
        })
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
}
