//! Signed claims, and whether they are what we asked for: ID tokens and logout tokens.

use super::Avvist;
use super::hjelp::like;
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};

/// How much clocks may differ, in seconds.
const SLARK: i64 = 10;
/// How old a logout token may be, in seconds.
const UTLOGGING_ALDER: i64 = 300;
/// What makes a token a logout token.
const UTLOGGING: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Signatures with a public key. None with a secret: our own could have been used by others.
const ALGORITMER: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// Claims whose signature is in order.
pub(super) type Krav = Map<String, Value>;

/// Why a token cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lesefeil {
    /// The key is not among those we have: there may be newer ones.
    UkjentNokkel,
    /// It is not in order.
    Avvist(Avvist),
}

/// Reads a token that is signed by one of the keys. Says nothing of what it claims. `slag` is what `typ` may be.
pub(super) fn les(token: &str, nokler: &JwkSet, slag: &[&str]) -> Result<Krav, Lesefeil> {
    let hode = decode_header(token).map_err(|_| Lesefeil::Avvist(Avvist::SignaturFeil))?;
    if !ALGORITMER.contains(&hode.alg) {
        return Err(Lesefeil::Avvist(Avvist::SignaturFeil));
    }
    if hode.typ.as_deref().is_some_and(|typ| !slag.iter().any(|s| s.eq_ignore_ascii_case(typ))) {
        return Err(Lesefeil::Avvist(Avvist::TokenUgyldig));
    }
    let signerer = |jwk: &&Jwk| jwk.common.public_key_use.as_ref().is_none_or(|u| *u == PublicKeyUse::Signature);
    let mut mulige = nokler.keys.iter().filter(signerer);
    let jwk = match &hode.kid {
        Some(kid) => mulige.find(|jwk| jwk.common.key_id.as_ref() == Some(kid)),
        // Without a name there must be no choice.
        None => mulige.next().filter(|_| mulige.next().is_none()),
    };
    let nokkel = DecodingKey::from_jwk(jwk.ok_or(Lesefeil::UkjentNokkel)?);
    let nokkel = nokkel.map_err(|_| Lesefeil::Avvist(Avvist::SignaturFeil))?;
    // Signature only: the claims are judged below, by our clock.
    let mut regler = Validation::new(hode.alg);
    regler.required_spec_claims.clear();
    (regler.validate_exp, regler.validate_aud) = (false, false);
    let lest = decode::<Krav>(token, &nokkel, &regler).map_err(|_| Lesefeil::Avvist(Avvist::SignaturFeil))?;
    Ok(lest.claims)
}

/// What an ID token must say.
pub(super) struct Ventet<'a> {
    pub utsteder: &'a str,
    pub klient_id: &'a str,
    pub nonce: &'a str,
    pub acr: &'a [String],
    pub amr: &'a [String],
    pub na: Timestamp,
}

impl Ventet<'_> {
    /// Whether an ID token is for us, now, and says enough of how the person is known. Returns what the service calls him.
    pub(super) fn sjekk(&self, krav: &Krav) -> Result<String, Avvist> {
        let na = self.na.as_second();
        hvem(krav, self.utsteder, self.klient_id)?;
        if krav.get("azp").is_some_and(|azp| azp != self.klient_id) {
            return Err(Avvist::PublikumFeil);
        }
        let (iat, exp) = (tall(krav, "iat")?, tall(krav, "exp")?);
        let nbf = krav.get("nbf").and_then(Value::as_i64).unwrap_or(iat);
        if na >= exp.saturating_add(SLARK) || iat.max(nbf) > na.saturating_add(SLARK) {
            return Err(Avvist::TokenUtlopt);
        }
        let nonce = tekst(krav, "nonce").ok_or(Avvist::NonceFeil)?;
        if !like(nonce.as_bytes(), self.nonce.as_bytes()) {
            return Err(Avvist::NonceFeil);
        }
        if !self.acr.is_empty() && !tekst(krav, "acr").is_some_and(|acr| self.acr.iter().any(|a| a == acr)) {
            return Err(Avvist::AcrForLav);
        }
        let brukt =
            |amr: &String| krav.get("amr").and_then(Value::as_array).is_some_and(|a| a.iter().any(|b| b == amr));
        if !self.amr.is_empty() && !self.amr.iter().any(brukt) {
            return Err(Avvist::AmrMangler);
        }
        tekst(krav, "sub").filter(|s| s.len() <= 255).map(str::to_owned).ok_or(Avvist::TokenUgyldig)
    }
}

/// Somebody whom the service has signed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Utlogging {
    pub sub: Option<String>,
    pub sid: Option<String>,
    pub jti: String,
}

/// Whether a token signs somebody out here, now (OpenID Connect Back-Channel Logout, section 2.6).
pub(super) fn utlogging(krav: &Krav, utsteder: &str, klient_id: &str, na: Timestamp) -> Result<Utlogging, Avvist> {
    let na = na.as_second();
    hvem(krav, utsteder, klient_id)?;
    let (iat, exp) = (tall(krav, "iat")?, tall(krav, "exp")?);
    if na >= exp.saturating_add(SLARK) || iat > na.saturating_add(SLARK) || iat < na - UTLOGGING_ALDER {
        return Err(Avvist::TokenUtlopt);
    }
    let hendelse = krav.get("events").and_then(|e| e.get(UTLOGGING)).is_some_and(Value::is_object);
    if !hendelse || krav.contains_key("nonce") {
        return Err(Avvist::TokenUgyldig);
    }
    let eid = |navn| tekst(krav, navn).filter(|s| s.len() <= 255).map(str::to_owned);
    let ut = Utlogging { sub: eid("sub"), sid: eid("sid"), jti: eid("jti").ok_or(Avvist::TokenUgyldig)? };
    if ut.sub.is_none() && ut.sid.is_none() { Err(Avvist::TokenUgyldig) } else { Ok(ut) }
}

/// From the service, and for us alone.
fn hvem(krav: &Krav, utsteder: &str, klient_id: &str) -> Result<(), Avvist> {
    if tekst(krav, "iss") != Some(utsteder) {
        return Err(Avvist::UtstederFeil);
    }
    match krav.get("aud") {
        Some(Value::String(aud)) if aud == klient_id => Ok(()),
        Some(Value::Array(aud)) if !aud.is_empty() && aud.iter().all(|a| a == klient_id) => Ok(()),
        _ => Err(Avvist::PublikumFeil),
    }
}

fn tekst<'a>(krav: &'a Krav, navn: &str) -> Option<&'a str> {
    krav.get(navn).and_then(Value::as_str).filter(|t| !t.is_empty())
}

fn tall(krav: &Krav, navn: &str) -> Result<i64, Avvist> {
    krav.get(navn).and_then(Value::as_i64).ok_or(Avvist::TokenUgyldig)
}

/// Who a token says that it is from, before anything is known of it.
pub(super) fn utsteder(token: &str) -> Option<String> {
    let krav = super::hjelp::dekod(token.split('.').nth(1)?)?;
    serde_json::from_slice::<Krav>(&krav).ok()?.get("iss")?.as_str().map(str::to_owned)
}
