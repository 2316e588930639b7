//! Who asks: the rules for Maskinporten tokens, and for the role at Fiks.

use std::{sync::Mutex, time::Duration};

use axum::http::{HeaderMap, header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, jwk::JwkSet};
use serde_json::Value;

use super::{Fiksrolle, FolkeregisterConfig, Utsteder, laas, svar::Avslag};

/// How far clocks may differ.
const SKJEVHET: i64 = 10;

/// Verifies tokens against the issuer's keys.
#[derive(Debug)]
pub(super) struct Tilgang {
    http: reqwest::Client,
    nokler: Mutex<Option<JwkSet>>,
}

impl Tilgang {
    pub(super) fn ny() -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).no_proxy().build()?;
        Ok(Self { http, nokler: Mutex::default() })
    }

    /// Whether the request carries a token that gives `scope`.
    pub(super) async fn sjekk(
        &self,
        hoder: &HeaderMap,
        config: &FolkeregisterConfig,
        scope: &str,
    ) -> Result<(), Avslag> {
        let mangler = Avslag(401, "Mangler gyldig token");
        let token = hoder
            .get(header::AUTHORIZATION)
            .and_then(|hode| hode.to_str().ok()?.strip_prefix("Bearer "))
            .filter(|token| !token.trim().is_empty())
            .ok_or(mangler)?;
        let Some(utsteder) = &config.utsteder else { return Ok(()) };
        let (signert, signatur) = token.rsplit_once('.').ok_or(mangler)?;
        let (hode, krav) = signert.split_once('.').ok_or(mangler)?;
        let (hode, krav) = (les(hode).ok_or(mangler)?, les(krav).ok_or(mangler)?);
        let nokkel = self.nokkel(hode["kid"].as_str().ok_or(mangler)?, utsteder).await.ok_or(mangler)?;
        let ok = jsonwebtoken::crypto::verify(signatur, signert.as_bytes(), &nokkel, Algorithm::RS256);
        let gyldig = hode["alg"] == "RS256" && matches!(ok, Ok(true)) && gjelder(&krav, utsteder, config.klokke.na());
        if !gyldig {
            return Err(mangler);
        }
        let har_scope = krav["scope"].as_str().is_some_and(|s| s.split(' ').any(|s| s == scope));
        if har_scope { Ok(()) } else { Err(Avslag(403, "Tokenet gir ikke tilgang til rettighetspakken")) }
    }

    /// The key with this id; a key that is not known is looked for once more.
    async fn nokkel(&self, kid: &str, utsteder: &Utsteder) -> Option<DecodingKey> {
        let kjent = laas(&self.nokler).as_ref().and_then(|sett| DecodingKey::from_jwk(sett.find(kid)?).ok());
        if kjent.is_some() {
            return kjent;
        }
        let sett: JwkSet = self.http.get(&utsteder.jwks_url).send().await.ok()?.json().await.ok()?;
        let nokkel = sett.find(kid).and_then(|jwk| DecodingKey::from_jwk(jwk).ok());
        *laas(&self.nokler) = Some(sett);
        nokkel
    }
}

/// The audience is the literal `unspecified`: whoever asks for a resource is sent away.
fn gjelder(krav: &Value, utsteder: &Utsteder, na: Timestamp) -> bool {
    krav["iss"] == utsteder.utsteder.as_str()
        && krav["exp"].as_i64().is_some_and(|exp| exp + SKJEVHET > na.as_second())
        && (krav["aud"] == "unspecified" || krav["aud"].is_null())
}

fn les(del: &str) -> Option<Value> {
    serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(del).ok()?).ok().filter(Value::is_object)
}

/// Whether the request carries the integration's headers.
pub(super) fn integrasjon(hoder: &HeaderMap, rolle: &Fiksrolle) -> Result<(), Avslag> {
    let er = |navn: &str, ventet: &str| hoder.get(navn).is_some_and(|verdi| verdi.as_bytes() == ventet.as_bytes());
    if er("IntegrasjonId", &rolle.integrasjon_id) && er("IntegrasjonPassord", &rolle.passord) {
        Ok(())
    } else {
        Err(Avslag(401, "Ugyldig integrasjon"))
    }
}
