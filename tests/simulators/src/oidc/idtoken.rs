//! The ID token, and what can be wrong with it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, errors::Result};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Feil, Person,
    tilstand::{Indre, Kode},
};

/// Seconds that it lives.
const LEVETID: i64 = 120;

/// The ID token for somebody who was chosen; none when the fault says so.
pub(super) fn lag(indre: &Indre, kode: &Kode, person: &Person) -> Result<Option<String>> {
    let feil = indre.feil();
    let mut krav = krav(indre, kode, person);
    match &feil {
        Some(Feil::FeilNonce) => krav["nonce"] = json!("en-annen-nonce"),
        Some(Feil::FeilPublikum) => krav["aud"] = json!("en-annen-klient"),
        Some(Feil::ToPublikum) => krav["aud"] = json!([kode.klient, "en-annen-klient"]),
        Some(Feil::FeilUtsteder) => krav["iss"] = json!("https://en-annen.example"),
        Some(Feil::Utlopt) => {
            krav["iat"] = json!(indre.na().as_second() - 600);
            krav["exp"] = json!(indre.na().as_second() - 300);
        }
        Some(Feil::Framtid) => krav["iat"] = json!(indre.na().as_second() + 300),
        Some(Feil::LavAcr) => krav["acr"] = json!("idporten-loa-low"),
        Some(Feil::UtenIdToken) => return Ok(None),
        _ => {}
    }
    let ekte = indre.signer(&krav, "JWT")?;
    let kropp = || URL_SAFE_NO_PAD.encode(krav.to_string());
    Ok(Some(match &feil {
        Some(Feil::AlgNone) => format!("{}.{}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#), kropp()),
        Some(Feil::Hs256) => {
            let hemmelig = indre.klient(&kode.klient).and_then(|k| k.hemmelighet).unwrap_or_else(|| "kjent".into());
            jsonwebtoken::encode(&Header::new(Algorithm::HS256), &krav, &EncodingKey::from_secret(hemmelig.as_bytes()))?
        }
        Some(Feil::UkjentNokkel) => {
            let hode = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","typ":"JWT","kid":"finnes-ikke"}"#);
            let signatur = ekte.rsplit('.').next().unwrap_or_default();
            format!("{hode}.{}.{signatur}", kropp())
        }
        Some(Feil::FeilSignatur) => {
            krav["sub"] = json!("en-annen-person");
            let deler: Vec<_> = ekte.split('.').collect();
            format!("{}.{}.{}", deler[0], URL_SAFE_NO_PAD.encode(krav.to_string()), deler[2])
        }
        _ => ekte,
    }))
}

fn krav(indre: &Indre, kode: &Kode, person: &Person) -> Value {
    let na = indre.na().as_second();
    let mut krav = json!({
        "iss": indre.utsteder, "sub": person.sub, "aud": kode.klient, "iat": na, "exp": na + LEVETID,
        "auth_time": na, "nonce": kode.nonce, "acr": person.acr, "amr": person.amr, "sid": kode.sid,
        "jti": Uuid::new_v4(), "name": person.navn, "locale": "nb",
    });
    if let Some(epost) = &person.epost {
        krav["email"] = json!(epost);
        krav["email_verified"] = json!(true);
    }
    for (navn, verdi) in &person.krav {
        krav[navn] = verdi.clone();
    }
    krav
}
