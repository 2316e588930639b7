//! Reads and checks a grant, in the order: form, client, key, signature, audience, times, single use, scopes,
//! delegation.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::Value;

use super::{Indre, Klient, feil::Avslag, laas, sertifikat::Sertifikat};

/// The only grant type there is.
pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// `exp` may lie this far after `iat`.
const MAKS_LEVETID: i64 = 120;
/// `iat` may lie this far from Maskinporten's clock.
const MAKS_SKJEVHET: i64 = 10;

/// A grant that may be turned into a token.
#[derive(Debug)]
pub(super) struct Grant {
    pub(super) klient: Klient,
    /// How it proved itself.
    pub(super) amr: &'static str,
    pub(super) scope: String,
    /// What the token's `aud` shall be.
    pub(super) ressurs: Option<Value>,
    /// The organisation that the client acts for.
    pub(super) konsument: Option<String>,
    /// What the token says about the system user.
    pub(super) systembruker: Option<Value>,
}

impl Indre {
    /// Checks the form fields of a request.
    pub(super) fn sjekk(&self, skjema: &[(String, String)]) -> Result<Grant, Avslag> {
        let felt = |navn: &str| skjema.iter().find(|(n, _)| n == navn).map(|(_, v)| v.as_str());
        match felt("grant_type") {
            Some(GRANT_TYPE) => {}
            Some(_) => return Err(Avslag::ny("unsupported_grant_type", "MP-011", "grant_type is not supported")),
            None => return Err(Avslag::ny("invalid_request", "MP-011", "grant_type is missing")),
        }
        let pastand = felt("assertion").ok_or(Avslag::ny("invalid_request", "MP-011", "assertion is missing"))?;
        let (hode, krav, signert, signatur) = del_opp(pastand)?;
        let tekst = |navn: &str| krav.get(navn).and_then(Value::as_str);

        let iss = tekst("iss").ok_or(Avslag::grant("MP-100", "iss is missing"))?;
        let klienter = laas(&self.klienter);
        let klient = klienter.iter().find(|k| k.client_id == iss).cloned();
        drop(klienter);
        let klient = klient.ok_or(Avslag::ny("invalid_client", "MP-100", "iss is not a registered client"))?;
        let na = self.config.klokke.na();
        let amr = sjekk_signatur(&hode, &klient, signert, signatur, na)?;

        if tekst("aud") != Some(self.utsteder.as_str()) {
            return Err(Avslag::grant("MP-110", "aud must be the issuer, with a slash at the end"));
        }
        let utloper = sjekk_tider(&krav, na)?;
        if let Some(jti) = krav.get("jti") {
            let jti = jti.as_str().ok_or(Avslag::grant("MP-011", "jti must be text"))?;
            self.bruk_jti(&klient.client_id, jti, utloper, na)?;
        }
        let scope = tekst("scope").filter(|s| !s.is_empty()).map(str::to_owned);
        let scope = scope.ok_or(Avslag::ny("invalid_scope", "MP-011", "scope is missing"))?;
        let konsument = self.sjekk_scopes(&krav, &klient, &scope)?;
        let systembruker = self.sjekk_systembruker(&krav)?;
        Ok(Grant { klient, amr, scope, ressurs: ressurs(&krav)?, konsument, systembruker })
    }

    fn bruk_jti(&self, klient: &str, jti: &str, utloper: Timestamp, na: Timestamp) -> Result<(), Avslag> {
        let mut brukte = laas(&self.brukte_jti);
        brukte.retain(|_, til| *til + SignedDuration::from_secs(MAKS_SKJEVHET) > na);
        match brukte.insert((klient.to_owned(), jti.to_owned()), utloper) {
            None => Ok(()),
            Some(_) => Err(Avslag::grant("MP-012", "the grant has been used before")),
        }
    }

    /// Every scope must be on the client; and granted to its owner, or delegated to it by `consumer_org`.
    fn sjekk_scopes(&self, krav: &Value, klient: &Klient, scope: &str) -> Result<Option<String>, Avslag> {
        let konsument = match krav.get("consumer_org") {
            None => None,
            Some(Value::String(orgnr)) if *orgnr == klient.orgnr => {
                return Err(Avslag::grant(None, "consumer_org must be another organisation than the client's own"));
            }
            Some(Value::String(orgnr)) => Some(orgnr.clone()),
            Some(_) => return Err(Avslag::grant("MP-011", "consumer_org must be text")),
        };
        for ett in scope.split(' ') {
            if !klient.scopes.iter().any(|s| s == ett) {
                return Err(Avslag::ny("invalid_scope", "MP-200", "the client is not set up with the scope"));
            }
            match &konsument {
                None if !klient.tildelt.iter().any(|s| s == ett) => {
                    return Err(Avslag::ny("invalid_scope", "MP-250", "the scope is not granted to the organisation"));
                }
                Some(orgnr) => {
                    let delegert = |d: &&super::Delegering| {
                        d.konsument == *orgnr && d.leverandor == klient.orgnr && d.scope == ett
                    };
                    if !self.config.delegeringer.iter().any(|d| delegert(&d)) {
                        return Err(Avslag::grant("MP-251", "consumer_org has not delegated the scope"));
                    }
                }
                None => {}
            }
        }
        Ok(konsument)
    }

    fn sjekk_systembruker(&self, krav: &Value) -> Result<Option<Value>, Avslag> {
        let Some(detaljer) = krav.get("authorization_details") else { return Ok(None) };
        let en = detaljer.as_array().and_then(|d| d.first()).filter(|d| d["type"] == "urn:altinn:systemuser");
        let en = en.ok_or(Avslag::grant("MP-301", "authorization_details must be a list of urn:altinn:systemuser"))?;
        let org = &en["systemuser_org"];
        let orgnr = org["ID"].as_str().and_then(|id| id.strip_prefix("0192:"));
        let orgnr = orgnr.filter(|_| org["authority"] == super::token::AUTORITET);
        let orgnr = orgnr.ok_or(Avslag::grant("MP-302", "systemuser_org is not an organisation number"))?;
        let bruker = self.config.systembrukere.iter().find(|s| s.orgnr == orgnr);
        let bruker = bruker.ok_or(Avslag::grant("MP-303", "the organisation has no such system user"))?;
        Ok(Some(serde_json::json!([{
            "type": "urn:altinn:systemuser", "systemuser_id": [bruker.id], "systemuser_org": org,
            "system_id": bruker.system_id,
        }])))
    }
}

/// Header, claims, what is signed, and the signature.
fn del_opp(pastand: &str) -> Result<(Value, Value, &str, &str), Avslag> {
    let feil = || Avslag::grant("MP-011", "assertion is not a signed JWT");
    let (signert, signatur) = pastand.rsplit_once('.').ok_or_else(feil)?;
    let (hode, krav) = signert.split_once('.').ok_or_else(feil)?;
    let les = |del: &str| {
        let byte = URL_SAFE_NO_PAD.decode(del).ok()?;
        serde_json::from_slice::<Value>(&byte).ok().filter(Value::is_object)
    };
    Ok((les(hode).ok_or_else(feil)?, les(krav).ok_or_else(feil)?, signert, signatur))
}

/// Checks the signature; gives how the client proved itself (`client_amr`).
fn sjekk_signatur(
    hode: &Value,
    klient: &Klient,
    signert: &str,
    signatur: &str,
    na: Timestamp,
) -> Result<&'static str, Avslag> {
    let alg = match hode["alg"].as_str() {
        Some("RS256") => Algorithm::RS256,
        Some("RS384") => Algorithm::RS384,
        Some("RS512") => Algorithm::RS512,
        _ => return Err(Avslag::grant("MP-124", "alg must be RS256, RS384 or RS512")),
    };
    let (offentlig, amr) = match (hode.get("kid"), hode.get("x5c")) {
        (Some(kid), _) => (registrert(kid, klient, na)?, "private_key_jwt"),
        (None, Some(x5c)) => (sertifisert(x5c, klient, na)?, "virksomhetssertifikat"),
        (None, None) => return Err(Avslag::grant("MP-124", "kid or x5c is missing")),
    };
    match jsonwebtoken::crypto::verify(signatur, signert.as_bytes(), &offentlig, alg) {
        Ok(true) => Ok(amr),
        Ok(false) | Err(_) => Err(Avslag::grant("MP-124", "the signature is not valid")),
    }
}

/// A key that the client has posted.
fn registrert(kid: &Value, klient: &Klient, na: Timestamp) -> Result<DecodingKey, Avslag> {
    let nokkel = klient.nokler.iter().find(|n| *kid == n.kid.as_str());
    let nokkel = nokkel.ok_or(Avslag::grant("MP-124", "kid is not among the client's keys"))?;
    if nokkel.utloper.is_some_and(|utloper| utloper <= na) {
        return Err(Avslag::grant("MP-121", "the key has expired"));
    }
    DecodingKey::from_jwk(&nokkel.jwk).map_err(|_| Avslag::grant("MP-124", "the registered key cannot be used"))
}

/// The key of the organisation's own certificate, which comes along.
fn sertifisert(x5c: &Value, klient: &Klient, na: Timestamp) -> Result<DecodingKey, Avslag> {
    let feil = || Avslag::grant("MP-123", "x5c must be a list of certificates in base64, the client's own first");
    let der = x5c.as_array().and_then(|kjede| kjede.first()?.as_str());
    let der = der.and_then(|tekst| STANDARD.decode(tekst).ok()).ok_or_else(feil)?;
    let sertifikat = Sertifikat::les(&der).ok_or_else(feil)?;
    if !sertifikat.gjelder(na) {
        return Err(Avslag::grant("MP-120", "the certificate is not valid now"));
    }
    if sertifikat.orgnr != klient.orgnr {
        return Err(Avslag::grant("MP-122", "the certificate belongs to another organisation than the client"));
    }
    Ok(sertifikat.nokkel)
}

/// The times must be in order; gives the grant's `exp`.
fn sjekk_tider(krav: &Value, na: Timestamp) -> Result<Timestamp, Avslag> {
    let tid = |navn: &str| krav[navn].as_i64().ok_or_else(|| Avslag::grant(None, format!("{navn} must be a number")));
    let (iat, exp) = (tid("iat")?, tid("exp")?);
    if exp <= na.as_second() {
        return Err(Avslag::grant("MP-130", "the grant has expired"));
    }
    if exp - iat > MAKS_LEVETID {
        return Err(Avslag::grant(None, "exp lies more than 120 seconds after iat"));
    }
    if (iat - na.as_second()).abs() > MAKS_SKJEVHET {
        return Err(Avslag::grant(None, "iat is more than 10 seconds off"));
    }
    Timestamp::from_second(exp).map_err(|_| Avslag::grant(None, "exp is out of range"))
}

fn ressurs(krav: &Value) -> Result<Option<Value>, Avslag> {
    match krav.get("resource") {
        None => Ok(None),
        Some(Value::Array(liste)) if !liste.is_empty() && liste.iter().all(Value::is_string) => {
            // One audience is written as text, as JWT allows and Maskinporten does.
            Ok(Some(if liste.len() == 1 { liste[0].clone() } else { Value::Array(liste.clone()) }))
        }
        Some(_) => Err(Avslag::grant("MP-011", "resource must be a list of text")),
    }
}
