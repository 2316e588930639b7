//! How a client proves who it is: a secret by Basic or in the form, or an assertion signed with its key (RFC 7523).

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, DecodingKey, jwk::Jwk};
use serde_json::Value;

use super::{Klient, laas, tilstand::Indre, token::par};

const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The client, if it has proved that it is.
pub(super) fn klient(indre: &Indre, hoder: &HeaderMap, skjema: &BTreeMap<String, String>) -> Option<Klient> {
    if let Some(assertion) = skjema.get("client_assertion") {
        let rett_slag = skjema.get("client_assertion_type").is_some_and(|t| t == ASSERTION);
        let id = krav(assertion)?["sub"].as_str()?.to_owned();
        let klient = indre.klient(&id)?;
        let godtatt = rett_slag && signert(indre, assertion, klient.jwk.as_ref()?, &id);
        return godtatt.then_some(klient);
    }
    let (id, hemmelig) = match hoder.get(header::AUTHORIZATION) {
        Some(hode) => {
            let par64 = hode.to_str().ok()?.strip_prefix("Basic ")?;
            let tekst = String::from_utf8(STANDARD.decode(par64).ok()?).ok()?;
            let (id, hemmelig) = tekst.split_once(':')?;
            let ut = |v: &str| par(format!("v={v}").as_bytes()).remove("v");
            (ut(id)?, ut(hemmelig)?)
        }
        None => (skjema.get("client_id")?.clone(), skjema.get("client_secret")?.clone()),
    };
    indre.klient(&id).filter(|k| k.hemmelighet.as_ref() == Some(&hemmelig))
}

fn krav(jwt: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1)?).ok()?).ok()
}

fn signert(indre: &Indre, jwt: &str, jwk: &Jwk, id: &str) -> bool {
    let (Some((tekst, signatur)), Ok(nokkel)) = (jwt.rsplit_once('.'), DecodingKey::from_jwk(jwk)) else {
        return false;
    };
    if !jsonwebtoken::crypto::verify(signatur, tekst.as_bytes(), &nokkel, Algorithm::RS256).unwrap_or(false) {
        return false;
    }
    let Some(krav) = krav(jwt) else { return false };
    let (na, tokenadresse) = (indre.na().as_second(), format!("{}/token", indre.utsteder));
    let aud = krav["aud"].as_str().unwrap_or_default();
    let tid = krav["exp"].as_i64().is_some_and(|exp| exp > na && exp <= na + 130)
        && krav["iat"].as_i64().is_some_and(|iat| (iat - na).abs() <= 10);
    let ny = krav["jti"].as_str().is_some_and(|jti| laas(&indre.brukte_jti).insert(jti.to_owned()));
    krav["iss"] == id && krav["sub"] == id && (aud == indre.utsteder || aud == tokenadresse) && tid && ny
}
