//! How an adapter gets an access token without knowing who issues it.

use async_trait::async_trait;
use jiff::Timestamp;
use secrecy::SecretString;
use std::time::Duration;

/// An access token and how long it may be used.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// The token, for an `Authorization: Bearer` header.
    pub value: SecretString,
    /// When the issuer says it ends.
    pub expires: Timestamp,
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The issuer did not answer, or answered with a server error: try again later.
    #[error("{system} is out of reach: {hint}")]
    Unreachable {
        /// Which issuer.
        system: &'static str,
        /// What was seen, without secrets.
        hint: String,
    },
    /// The issuer says to wait.
    #[error("{system} asks us to wait {} s", wait.as_secs())]
    Throttled {
        /// Which issuer.
        system: &'static str,
        /// How long.
        wait: Duration,
    },
    /// The issuer refused: a person must change a registration, a key or a scope.
    #[error("{system} refused our grant: {hint}")]
    Denied {
        /// Which issuer.
        system: &'static str,
        /// The issuer's code and what to do.
        hint: String,
    },
}

/// Gives tokens, from a cache where possible.
#[async_trait]
pub trait TokenSource: Send + Sync {
    /// A token that is valid for the next request at least.
    async fn token(&self) -> Result<AccessToken, TokenError>;

    /// Called when a receiver answered 401 to `token`: the cache must not give it again.
    async fn reject(&self, token: &AccessToken);
}
