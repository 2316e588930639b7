//! The HTTP conversation: one request at a time, with limits on size and time.
//!
//! It follows no redirect and never retries, but for one thing: a token that is refused is renewed once. The address of
//! a single person holds a number, so no address is ever logged or put into an error.

mod svar;

pub(crate) use svar::Svar;

use crate::config::{Config, Profil};
use crate::error::{BuildError, System};
use flow::{SourceError, TokenSource};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue, IF_NONE_MATCH};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

const JSON: &str = "application/json";

/// What is asked for, for errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ressurs {
    Feed,
    Siste,
    Bulkoppslag,
    Person,
}

impl Ressurs {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Feed => "hendelser/feed",
            Self::Siste => "hendelser/siste/sekvensnummer",
            Self::Bulkoppslag => "personer/bulkoppslag",
            Self::Person => "personer",
        }
    }
}

/// A connection to the register.
pub(crate) struct Klient {
    system: System,
    profil: Profil,
    http: Client,
    tokens: Arc<dyn TokenSource>,
    integrasjon: Option<(String, SecretString)>,
    maks_bytes: u64,
}

impl Klient {
    /// Sets up the client of a checked configuration.
    pub(crate) fn new(config: &Config, system: System, tokens: Arc<dyn TokenSource>) -> Result<Self, BuildError> {
        let http = Client::builder()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .timeout(Duration::from_secs(config.tidsgrense_sekunder.get().into()))
            .connect_timeout(Duration::from_secs(10))
            .user_agent(concat!("mellomlag/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(BuildError::Http)?;
        let integrasjon = config.integrasjon()?;
        Ok(Self { system, profil: config.profil, http, tokens, integrasjon, maks_bytes: config.maks_bytes.get() })
    }

    /// Asks for something; with `etag`, only if it has changed.
    pub(crate) async fn hent(
        &self,
        ressurs: Ressurs,
        url: Url,
        etag: Option<HeaderValue>,
    ) -> Result<Svar, SourceError> {
        self.spor(ressurs, || {
            let foresporsel = self.http.get(url.clone());
            match &etag {
                Some(etag) => foresporsel.header(IF_NONE_MATCH, etag),
                None => foresporsel,
            }
        })
        .await
    }

    /// Asks with a body.
    pub(crate) async fn send(&self, ressurs: Ressurs, url: Url, kropp: &[u8]) -> Result<Svar, SourceError> {
        self.spor(ressurs, || self.http.post(url.clone()).header(CONTENT_TYPE, JSON).body(kropp.to_vec())).await
    }

    async fn spor(&self, ressurs: Ressurs, bygg: impl Fn() -> RequestBuilder) -> Result<Svar, SourceError> {
        let token = self.tokens.token().await.map_err(System::token)?;
        let svar = self.en_gang(bygg(), &token).await?;
        let svar = if svar.status() == StatusCode::UNAUTHORIZED {
            tracing::info!(register = %self.system.0, ressurs = ressurs.as_str(), "token refused; renewing it once");
            self.tokens.reject(&token).await;
            let token = self.tokens.token().await.map_err(System::token)?;
            self.en_gang(bygg(), &token).await?
        } else {
            svar
        };
        svar::les(svar, self, ressurs).await
    }

    // The type of the answer is always asked for: without it the header once said another type than the body had.
    async fn en_gang(
        &self,
        foresporsel: RequestBuilder,
        token: &flow::AccessToken,
    ) -> Result<reqwest::Response, SourceError> {
        let mut foresporsel = foresporsel.header(ACCEPT, JSON).bearer_auth(token.value.expose_secret());
        if let Some((id, passord)) = &self.integrasjon {
            // A password that is no header value was refused when the file was read.
            let mut passord = HeaderValue::from_str(passord.expose_secret()).unwrap_or(HeaderValue::from_static(""));
            passord.set_sensitive(true);
            foresporsel = foresporsel.header("IntegrasjonId", id).header("IntegrasjonPassord", passord);
        }
        foresporsel.send().await.map_err(|feil| self.system.unreachable(svar::hva_hendte(&feil)))
    }
}
