//! Who is sending: the rules for Maskinporten tokens.

use std::{
    collections::{HashMap, HashSet},
    sync::Mutex,
    time::Duration,
};

use axum::http::{HeaderMap, header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, jwk::JwkSet};
use serde_json::Value;

use super::{VigoConfig, laas};

/// How far clocks may differ.
const SKJEVHET: i64 = 10;
/// How long keys are kept without asking again.
const NOKLENE_HOLDER: SignedDuration = SignedDuration::from_hours(24);
/// Unknown key ids that are remembered, so that a stream of them does not become a stream of look-ups.
const MAKS_UKJENTE: usize = 100;

/// Who is sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Innsender {
    /// Organisation number of the consumer.
    pub(super) konsument: String,
    /// Organisation number of the supplier, when the consumer has delegated.
    pub(super) leverandor: Option<String>,
}

/// Why there is no access.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Nektet {
    /// 401, with the reason for `WWW-Authenticate`.
    Token(&'static str),
    /// 500: the issuer's keys cannot be fetched.
    UtenNokler,
}

/// Verifies tokens against the issuer's keys.
#[derive(Debug)]
pub(super) struct Tilgang {
    http: reqwest::Client,
    nokler: Mutex<Nokler>,
}

#[derive(Debug, Default)]
struct Nokler {
    kjente: HashMap<String, jsonwebtoken::jwk::Jwk>,
    ukjente: HashSet<String>,
    hentet: Option<Timestamp>,
}

impl Tilgang {
    pub(super) fn ny() -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).no_proxy().build()?;
        Ok(Self { http, nokler: Mutex::default() })
    }

    pub(super) async fn sjekk(&self, hoder: &HeaderMap, config: &VigoConfig, scope: &str) -> Result<Innsender, Nektet> {
        let token = hoder
            .get(header::AUTHORIZATION)
            .and_then(|h| h.to_str().ok())
            .and_then(|h| h.split_once(' '))
            .filter(|(skjema, _)| skjema.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or(Nektet::Token(""))?;
        let ugyldig = Nektet::Token("not a signed JWT");
        let Some((signert, signatur)) = token.rsplit_once('.') else { return Err(ugyldig) };
        let Some((hode, krav)) = signert.split_once('.') else { return Err(ugyldig) };
        let (Some(hode), Some(krav)) = (les(hode), les(krav)) else { return Err(ugyldig) };
        if hode["alg"] != "RS256" {
            return Err(Nektet::Token("alg must be RS256"));
        }
        if ["jku", "x5u", "jwk"].iter().any(|felt| hode.get(felt).is_some()) {
            return Err(Nektet::Token("keys are never taken from a token"));
        }
        let na = config.klokke.na();
        let kid = hode["kid"].as_str().ok_or(Nektet::Token("kid is missing"))?;
        let nokkel = self.nokkel(kid, &config.jwks_url, na).await?;
        let ok = jsonwebtoken::crypto::verify(signatur, signert.as_bytes(), &nokkel, Algorithm::RS256);
        if !matches!(ok, Ok(true)) {
            return Err(Nektet::Token("the signature is not valid"));
        }
        sjekk_krav(&krav, config, scope, na).map_err(Nektet::Token)
    }

    /// The key with this id; unknown ids cost one look-up.
    async fn nokkel(&self, kid: &str, url: &str, na: Timestamp) -> Result<DecodingKey, Nektet> {
        if let Some(nokkel) = self.husket(kid, na)? {
            return Ok(nokkel);
        }
        let svar = self.http.get(url).send().await.and_then(reqwest::Response::error_for_status);
        let sett = match svar {
            Ok(svar) => svar.json::<JwkSet>().await.map_err(|_| Nektet::UtenNokler)?,
            Err(_) => return Err(Nektet::UtenNokler),
        };
        let mut nokler = laas(&self.nokler);
        nokler.kjente = sett.keys.into_iter().filter_map(|k| Some((k.common.key_id.clone()?, k))).collect();
        nokler.hentet = Some(na);
        let Some(jwk) = nokler.kjente.get(kid) else {
            if nokler.ukjente.len() >= MAKS_UKJENTE {
                nokler.ukjente.clear();
            }
            nokler.ukjente.insert(kid.to_owned());
            return Err(Nektet::Token("kid is not among the issuer's keys"));
        };
        DecodingKey::from_jwk(jwk).map_err(|_| Nektet::Token("the issuer's key cannot be used"))
    }

    fn husket(&self, kid: &str, na: Timestamp) -> Result<Option<DecodingKey>, Nektet> {
        let mut nokler = laas(&self.nokler);
        if nokler.hentet.is_none_or(|hentet| na.duration_since(hentet) > NOKLENE_HOLDER) {
            nokler.ukjente.clear();
            return Ok(None);
        }
        if nokler.ukjente.contains(kid) {
            return Err(Nektet::Token("kid is not among the issuer's keys"));
        }
        let nokkel = nokler.kjente.get(kid).map(DecodingKey::from_jwk).transpose();
        nokkel.map_err(|_| Nektet::Token("the issuer's key cannot be used"))
    }
}

fn les(del: &str) -> Option<Value> {
    serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(del).ok()?).ok().filter(Value::is_object)
}

fn sjekk_krav(krav: &Value, config: &VigoConfig, scope: &str, na: Timestamp) -> Result<Innsender, &'static str> {
    let tekst = |navn: &str| krav[navn].as_str().filter(|t| !t.trim().is_empty());
    if krav["iss"] != config.utsteder.as_str() {
        return Err("iss is not the issuer");
    }
    if krav["exp"].as_i64().ok_or("exp is missing")? + SKJEVHET <= na.as_second() {
        return Err("the token has expired");
    }
    if krav["iat"].as_i64().is_some_and(|iat| iat > na.as_second() + SKJEVHET) {
        return Err("iat lies in the future");
    }
    if krav.get("sub").is_some() || krav.get("pid").is_some() {
        return Err("sub and pid are not accepted");
    }
    for navn in ["client_id", "client_amr", "jti"] {
        if tekst(navn).is_none() {
            return Err("client_id, client_amr and jti are needed");
        }
    }
    if krav["token_type"] != "Bearer" {
        return Err("token_type must be Bearer");
    }
    // A list is not documented by the issuer, but the published receiver takes it.
    let har_scope = match &krav["scope"] {
        Value::String(s) => s.split(' ').any(|s| s == scope),
        Value::Array(liste) => liste.iter().any(|s| *s == scope),
        _ => false,
    };
    if !har_scope {
        return Err("the scope is missing");
    }
    if let Some(ventet) = &config.publikum {
        let treffer = match &krav["aud"] {
            Value::String(aud) => aud == ventet,
            Value::Array(liste) => liste.iter().any(|aud| *aud == ventet.as_str()),
            _ => false,
        };
        if !treffer {
            return Err("the token is for another audience");
        }
    }
    let konsument = orgnr(&krav["consumer"]).ok_or("consumer must be an organisation number under 0192")?;
    let leverandor = match krav.get("supplier") {
        None => None,
        Some(supplier) => {
            if tekst("delegation_source").is_none() {
                return Err("supplier without delegation_source");
            }
            Some(orgnr(supplier).ok_or("supplier must be an organisation number under 0192")?)
        }
    };
    Ok(Innsender { konsument, leverandor })
}

/// The organisation number in `{authority, ID: "0192:…"}`.
fn orgnr(verdi: &Value) -> Option<String> {
    if verdi["authority"] != "iso6523-actorid-upis" {
        return None;
    }
    let orgnr = verdi["ID"].as_str()?.strip_prefix("0192:")?;
    let sifre: Vec<u32> = orgnr.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    let sum: u32 = sifre.iter().zip([3, 2, 7, 6, 5, 4, 3, 2, 1]).map(|(s, v)| s * v).sum();
    (sifre.len() == 9 && sum.is_multiple_of(11)).then(|| orgnr.to_owned())
}
