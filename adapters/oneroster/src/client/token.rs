//! The access token: fetched with client credentials, kept, and renewed before it ends.

use super::svar::{hva_hendte, kropp, vent};
use crate::error::System;
use crate::profil::Klientautentisering;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flow::{AccessToken, Clock, SourceError};
use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use url::{Url, form_urlencoded};

/// No honest token answer is larger.
const MAKS_BYTES: u64 = 256 * 1024;
/// How long a token is used when the issuer does not say.
const UTEN_TALL: i64 = 300;
/// A token is renewed this long before it ends, or at three quarters of a short life.
const MARGIN: i64 = 60;
const FELT: &str = "token_url";

pub(super) struct Tokens {
    pub(super) system: System,
    pub(super) url: Url,
    pub(super) client_id: String,
    pub(super) secret: SecretString,
    pub(super) scope: Option<String>,
    pub(super) tenant_id: Option<String>,
    pub(super) klientautentisering: Klientautentisering,
    pub(super) clock: Arc<dyn Clock>,
    /// Held while a token is fetched, so that one is fetched at a time.
    pub(super) cache: tokio::sync::Mutex<Option<Kept>>,
}

pub(super) struct Kept {
    token: AccessToken,
    renew: Timestamp,
}

#[derive(Deserialize)]
struct Svar {
    access_token: String,
    /// Seconds; some issuers write it as a text.
    #[serde(default)]
    expires_in: Value,
}

impl Tokens {
    /// A token that is valid for the next request.
    pub(super) async fn token(&self, http: &reqwest::Client) -> Result<AccessToken, SourceError> {
        let mut cache = self.cache.lock().await;
        if let Some(kept) = cache.as_ref().filter(|kept| self.clock.now() < kept.renew) {
            return Ok(kept.token.clone());
        }
        let kept = cache.insert(self.hent(http).await?);
        Ok(kept.token.clone())
    }

    /// Forgets a token that was refused, unless it is already replaced.
    pub(super) async fn reject(&self, token: &AccessToken) {
        let mut cache = self.cache.lock().await;
        if cache.as_ref().is_some_and(|kept| kept.token.value.expose_secret() == token.value.expose_secret()) {
            *cache = None;
        }
    }

    async fn hent(&self, http: &reqwest::Client) -> Result<Kept, SourceError> {
        let sendt = self.clock.now();
        let svar = self.foresporsel(http).send().await;
        let svar = svar.map_err(|feil| self.system.unreachable(format!("token endpoint: {}", hva_hendte(&feil))))?;
        let status = svar.status();
        if let Some(wait) = vent(status, svar.headers(), sendt) {
            return Err(SourceError::Throttled { system: self.system.0.clone(), wait });
        }
        if status.is_server_error() {
            return Err(self.system.unreachable(format!("token endpoint: status {}", status.as_u16())));
        }
        let kropp = kropp(svar, &self.system, FELT, MAKS_BYTES).await?;
        if status != StatusCode::OK {
            return Err(self.avslag(status, &kropp));
        }
        let svar: Svar = serde_json::from_slice(&kropp).map_err(|_| {
            self.system
                .malformed(FELT, "expected json with access_token; check that it is the token endpoint's address")
        })?;
        tracing::debug!(kilde = %self.system.0, "token fetched");
        Ok(kept(svar, sendt))
    }

    fn foresporsel(&self, http: &reqwest::Client) -> reqwest::RequestBuilder {
        let mut skjema = vec![("grant_type", "client_credentials")];
        skjema.extend(self.scope.as_deref().map(|scope| ("scope", scope)));
        skjema.extend(self.tenant_id.as_deref().map(|tenant_id| ("tenant_id", tenant_id.trim())));
        let foresporsel = http.post(self.url.clone()).header(ACCEPT, "application/json");
        match self.klientautentisering {
            Klientautentisering::Basic => foresporsel.header(AUTHORIZATION, self.basic()).form(&skjema),
            Klientautentisering::Skjema => {
                skjema.push(("client_id", &self.client_id));
                skjema.push(("client_secret", self.secret.expose_secret()));
                foresporsel.form(&skjema)
            }
        }
    }

    /// RFC 6749, 2.3.1: id and secret are form-encoded before they are joined.
    fn basic(&self) -> HeaderValue {
        let kod = |tekst: &str| form_urlencoded::byte_serialize(tekst.as_bytes()).collect::<String>();
        let par = format!("{}:{}", kod(&self.client_id), kod(self.secret.expose_secret()));
        let mut header = HeaderValue::from_str(&format!("Basic {}", BASE64_STANDARD.encode(par)))
            .expect("base64 is always a legal header value");
        header.set_sensitive(true);
        header
    }

    /// Only OAuth's own codes are repeated; the description may quote what was sent.
    fn avslag(&self, status: StatusCode, kropp: &[u8]) -> SourceError {
        let svar: Value = serde_json::from_slice(kropp).unwrap_or_default();
        let hint = match svar.get("error").and_then(Value::as_str) {
            Some("invalid_client") => "invalid_client: check client_id and client_secret_file",
            Some("unauthorized_client") => {
                "unauthorized_client: ask the supplier to allow client credentials for client_id, and this customer"
            }
            Some("invalid_scope") => "invalid_scope: check scope, or ask the supplier which scope client_id has",
            Some("unsupported_grant_type" | "invalid_request" | "invalid_grant") => {
                "the request was not understood: check token_url, scope and klientautentisering"
            }
            _ if status.is_redirection() => "redirects are not followed: set token_url to the final address",
            _ if status == StatusCode::NOT_FOUND => "check token_url",
            _ => "check client_id, client_secret_file and token_url",
        };
        self.system.denied(format!("token endpoint, status {}: {hint}", status.as_u16()))
    }
}

fn kept(svar: Svar, sendt: Timestamp) -> Kept {
    let sekunder = match &svar.expires_in {
        Value::Number(tall) => tall.as_f64().map(|tall| tall as i64),
        Value::String(tekst) => tekst.trim().parse().ok(),
        _ => None,
    };
    let sekunder = sekunder.unwrap_or(UTEN_TALL).clamp(0, 30 * 24 * 3600);
    let etter = |s| sendt.saturating_add(SignedDuration::from_secs(s)).unwrap_or(sendt);
    let renew = etter(sekunder - MARGIN.min(sekunder / 4));
    Kept { token: AccessToken { value: svar.access_token.into(), expires: etter(sekunder) }, renew }
}
