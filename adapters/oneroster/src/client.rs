//! The HTTP conversation: one token, one page at a time, with limits on size and time.
//!
//! It follows no redirect and no `Link`: an address that the other side names could lead anywhere. It never retries, but
//! for one thing: a token that is refused in the middle of a reading is renewed once. It asks no faster than agreed, and
//! one thing at a time of each provider. Addresses of single objects hold the source's ids, so no address is ever logged
//! or put into an error.

mod feilkropp;
mod sluse;
mod svar;
mod token;

pub(crate) use svar::{Hentet, Sporsmal, feil};

use crate::config::Config;
use crate::error::{BuildError, System};
use crate::profil::Versjon;
use flow::{Clock, SourceError};
use oneroster::Objekttype;
use reqwest::StatusCode;
use reqwest::header::ACCEPT;
use reqwest::redirect::Policy;
use secrecy::ExposeSecret;
use sluse::Sluse;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use token::Tokens;
use url::Url;

/// Which part of a collection to ask for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Utsnitt<'a> {
    pub(crate) offset: u64,
    pub(crate) limit: u32,
    pub(crate) filter: Option<&'a str>,
}

/// A connection to one provider.
pub(crate) struct Klient {
    system: System,
    http: reqwest::Client,
    rot: Url,
    tokens: Tokens,
    clock: Arc<dyn Clock>,
    maks_bytes: u64,
    revisjonshode: Option<String>,
    sluse: Arc<Sluse>,
    maks_per_sekund: NonZeroU32,
}

impl Klient {
    /// Sets up the client of a checked configuration. `None` where the configuration names no API.
    pub(crate) fn new(config: &Config, clock: Arc<dyn Clock>) -> Result<Option<Self>, BuildError> {
        let (Some(base), Some(token_url), Some(client_id), Some(secret_file)) =
            (&config.base_url, &config.token_url, &config.client_id, &config.client_secret_file)
        else {
            return Ok(None);
        };
        let profil = config.profil();
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_secs(config.tidsgrense_sekunder.get().into()))
            .connect_timeout(Duration::from_secs(10))
            .user_agent(concat!("mellomlag/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(BuildError::Http)?;
        let system = System(config.navn.clone());
        let tokens = Tokens {
            system: system.clone(),
            url: token_url.clone(),
            client_id: client_id.clone(),
            secret: Config::secret(secret_file)?,
            scope: config.scope(),
            tenant_id: config.tenant_id.clone(),
            klientautentisering: profil.klientautentisering,
            clock: Arc::clone(&clock),
            cache: tokio::sync::Mutex::default(),
        };
        Ok(Some(Self {
            system,
            http,
            rot: rot(base, profil.versjon),
            tokens,
            clock,
            maks_bytes: config.maks_bytes.get(),
            revisjonshode: profil.revisjonshode,
            sluse: Sluse::til(base, client_id),
            maks_per_sekund: config.maks_per_sekund,
        }))
    }

    /// Asks for one page of a collection, always in the order of `sourcedId` so that pages do not overlap by chance.
    pub(crate) async fn side(&self, samling: &'static str, utsnitt: Utsnitt<'_>) -> Result<Hentet, SourceError> {
        let mut url = self.adresse(&[samling]);
        url.query_pairs_mut()
            .append_pair("limit", &utsnitt.limit.to_string())
            .append_pair("offset", &utsnitt.offset.to_string())
            .append_pair("sort", "sourcedId")
            .append_pair("orderBy", "asc");
        if let Some(filter) = utsnitt.filter {
            url.query_pairs_mut().append_pair("filter", filter);
        }
        self.hent(url, samling).await
    }

    /// Asks for one object by the source's own id.
    pub(crate) async fn enkelt(&self, objekttype: Objekttype, id: &str) -> Result<Hentet, SourceError> {
        let samling = objekttype.samling();
        if matches!(id, "." | "..") {
            return Err(self.system.malformed(samling, "an id that cannot stand in an address; look it up by hand"));
        }
        self.hent(self.adresse(&[samling, id]), samling).await
    }

    fn adresse(&self, ledd: &[&str]) -> Url {
        let mut url = self.rot.clone();
        if let Ok(mut sti) = url.path_segments_mut() {
            sti.pop_if_empty().extend(ledd);
        }
        url
    }

    async fn hent(&self, url: Url, samling: &'static str) -> Result<Hentet, SourceError> {
        let mut adgang = self.sluse.adgang(self.maks_per_sekund, &self.system.0).await;
        let token = self.tokens.token(&self.http).await?;
        let svar = self.send(url.clone(), &token).await?;
        let svar = if svar.status() == StatusCode::UNAUTHORIZED {
            tracing::info!(kilde = %self.system.0, samling, "token refused; renewing it once");
            self.tokens.reject(&token).await;
            let token = self.tokens.token(&self.http).await?;
            adgang.igjen(self.maks_per_sekund, &self.system.0).await;
            self.send(url, &token).await?
        } else {
            svar
        };
        let om = Sporsmal {
            system: &self.system,
            samling,
            scope: self.tokens.scope.as_deref(),
            revisjonshode: self.revisjonshode.as_deref(),
            maks_bytes: self.maks_bytes,
            naa: self.clock.now(),
        };
        svar::les(svar, &om).await
    }

    async fn send(&self, url: Url, token: &flow::AccessToken) -> Result<reqwest::Response, SourceError> {
        let foresporsel = self.http.get(url).header(ACCEPT, "application/json");
        let svar = foresporsel.bearer_auth(token.value.expose_secret()).send().await;
        svar.map_err(|feil| self.system.unreachable(svar::hva_hendte(&feil)))
    }
}

/// The root of the rostering service: the address as configured, with the standard's path if it lacks it.
fn rot(base: &Url, versjon: Versjon) -> Url {
    let mut url = base.clone();
    if !url.path().trim_end_matches('/').ends_with(versjon.sti())
        && let Ok(mut sti) = url.path_segments_mut()
    {
        sti.pop_if_empty().extend(versjon.full_sti());
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_path_is_added_once() {
        let full = "https://example.no/org/ims/oneroster/rostering/v1p2";
        for base in ["https://example.no/org", "https://example.no/org/", full] {
            assert_eq!(rot(&base.parse().unwrap(), Versjon::V1p2).as_str(), full);
        }
        let v1p1 = rot(&"https://example.no".parse().unwrap(), Versjon::V1p1);
        assert_eq!(v1p1.as_str(), "https://example.no/ims/oneroster/v1p1");
    }
}
