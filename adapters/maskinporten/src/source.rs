//! The client as the rest of Mellomlag sees it: a source of tokens.

use crate::cache::{Cache, CacheKey, Slot};
use crate::client::Client;
use crate::config::{Config, TokenRequest};
use crate::error::{BuildError, Failure};
use crate::grant::Grant;
use crate::key::Key;
use async_trait::async_trait;
use flow::{AccessToken, Clock, TokenError, TokenSource};
use jiff::Timestamp;
use std::fmt;
use std::sync::Arc;

/// One client of Maskinporten: one issuer, one client id, one key. As a [`TokenSource`] it gives the token that its
/// configuration asks for; [`Maskinporten::for_request`] gives others with the same client.
pub struct Maskinporten {
    config: Config,
    request: TokenRequest,
    key: Key,
    client: Client,
    clock: Arc<dyn Clock>,
    cache: Cache,
}

impl fmt::Debug for Maskinporten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Config { issuer, client_id, .. } = &self.config;
        f.debug_struct("Maskinporten")
            .field("issuer", &issuer.as_str())
            .field("client_id", client_id)
            .finish_non_exhaustive()
    }
}

impl Maskinporten {
    /// Checks the configuration and reads the key's file. Sends nothing.
    pub fn new(config: Config, clock: Arc<dyn Clock>) -> Result<Self, BuildError> {
        let problems = config.check();
        if !problems.is_empty() {
            return Err(BuildError::Config(problems));
        }
        let key = Key::load(&config)?;
        let client = Client::new(config.token_url.clone(), config.timeout())?;
        let request = config.request().normalised();
        Ok(Self { config, request, key, client, clock, cache: Cache::default() })
    }

    /// Tokens for another request with the same client and the same cache.
    pub fn for_request(self: &Arc<Self>, request: TokenRequest) -> Arc<dyn TokenSource> {
        Arc::new(ForRequest { client: self.clone(), request: request.normalised() })
    }

    async fn token_for(&self, request: &TokenRequest) -> Result<AccessToken, TokenError> {
        let got = self.slot(request).get(self.clock.as_ref(), |now| self.fetch(request, now)).await;
        got.map_err(TokenError::from)
    }

    async fn fetch(&self, request: &TokenRequest, now: Timestamp) -> Result<AccessToken, Failure> {
        let grant = Grant::new(&self.config, request, now);
        let signed = self
            .key
            .sign(&grant)
            .map_err(|_| Failure::Denied("the private key no longer signs; check key_file and restart".into()))?;
        let token = self.client.exchange(&signed, now).await?;
        let seconds = token.expires.duration_since(now).as_secs();
        tracing::debug!(client_id = %self.config.client_id, scopes = ?request.scopes, seconds, "got an access token");
        Ok(token)
    }

    fn slot(&self, request: &TokenRequest) -> Arc<Slot> {
        self.cache.slot(CacheKey {
            issuer: self.config.issuer.as_str().to_owned(),
            client_id: self.config.client_id.clone(),
            key_fingerprint: self.key.fingerprint().to_owned(),
            kid: self.config.kid.clone(),
            request: request.clone(),
        })
    }
}

#[async_trait]
impl TokenSource for Maskinporten {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        self.token_for(&self.request).await
    }

    async fn reject(&self, token: &AccessToken) {
        self.slot(&self.request).reject(token);
    }
}

struct ForRequest {
    client: Arc<Maskinporten>,
    request: TokenRequest,
}

#[async_trait]
impl TokenSource for ForRequest {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        self.client.token_for(&self.request).await
    }

    async fn reject(&self, token: &AccessToken) {
        self.client.slot(&self.request).reject(token);
    }
}
