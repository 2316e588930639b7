//! What is signed: the grant that is exchanged for a token.

use crate::config::{Config, TokenRequest};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// Seconds a grant is valid. Maskinporten refuses more than 120; the rest is room for clocks that differ.
const LIFETIME: i64 = 100;

/// The claims of one grant. Never used twice: the issuer refuses a `jti` it has seen.
#[derive(Debug, Serialize)]
pub(crate) struct Grant<'a> {
    aud: &'a str,
    iss: &'a str,
    scope: String,
    iat: i64,
    exp: i64,
    jti: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumer_org: Option<&'a str>,
    // Always an array: Maskinporten takes nothing else.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    resource: &'a [String],
}

impl<'a> Grant<'a> {
    pub(crate) fn new(config: &'a Config, request: &'a TokenRequest, now: Timestamp) -> Self {
        let iat = now.as_second();
        Self {
            aud: config.issuer.as_str(),
            iss: &config.client_id,
            scope: request.scopes.join(" "),
            iat,
            exp: iat + LIFETIME,
            jti: Uuid::new_v4(),
            consumer_org: request.consumer_org.as_deref(),
            resource: &request.resource,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Key, tests::config};
    use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::Jwk};
    use serde_json::{Value, json};

    const NOW: i64 = 1_793_600_000;

    fn claims(request: &TokenRequest) -> Value {
        let config = config();
        serde_json::to_value(Grant::new(&config, request, Timestamp::from_second(NOW).unwrap())).unwrap()
    }

    #[test]
    fn a_plain_grant_has_these_claims_and_no_others() {
        let mut claims = claims(&TokenRequest::scope("novari:fakevigoskole"));
        let jti = claims.as_object_mut().unwrap().remove("jti").unwrap();
        assert!(jti.as_str().unwrap().parse::<Uuid>().is_ok());
        assert_eq!(
            claims,
            json!({
                "aud": "https://test.maskinporten.no/", "iss": "11111111-2222-3333-4444-555555555555",
                "scope": "novari:fakevigoskole", "iat": NOW, "exp": NOW + 100,
            })
        );
    }

    #[test]
    fn delegation_and_resource_stand_in_the_body() {
        let claims = claims(&TokenRequest {
            scopes: vec!["a:b".into(), "c:d".into()],
            consumer_org: Some("974603268".into()),
            resource: vec!["https://vigo.example/api".into()],
        });
        assert_eq!(claims["scope"], "a:b c:d");
        assert_eq!(claims["consumer_org"], "974603268");
        assert_eq!(claims["resource"], json!(["https://vigo.example/api"]));
    }

    #[test]
    fn no_two_grants_have_the_same_id() {
        let request = TokenRequest::scope("a:b");
        assert_ne!(claims(&request)["jti"], claims(&request)["jti"]);
    }

    #[test]
    fn a_signed_grant_verifies_with_the_public_key() {
        let config = config();
        let key = Key::load(&config).unwrap();
        let request = config.request();
        let jwt = key.sign(&Grant::new(&config, &request, Timestamp::now())).unwrap();

        let pem = std::fs::read(&config.key_file).unwrap();
        let private = jsonwebtoken::EncodingKey::from_rsa_pem(&pem).unwrap();
        let public = Jwk::from_encoding_key(&private, Algorithm::RS256).unwrap();
        let mut rules = Validation::new(Algorithm::RS256);
        rules.leeway = 10;
        rules.set_required_spec_claims(&["exp", "iss", "aud"]);
        rules.set_audience(&["https://test.maskinporten.no/"]);
        rules.set_issuer(&[&config.client_id]);
        let verified =
            jsonwebtoken::decode::<Value>(jwt.as_str(), &DecodingKey::from_jwk(&public).unwrap(), &rules).unwrap();
        assert_eq!(verified.header.kid.as_deref(), Some("mellomlag-2026"));
        assert_eq!(verified.header.x5c, None);
    }

    #[test]
    fn with_a_certificate_the_chain_is_in_the_header() {
        let mut config = config();
        config.kid = None;
        config.x5c_file = Some(crate::key::tests::fixture("throwaway-chain.pem"));
        let jwt = Key::load(&config).unwrap().sign(&json!({})).unwrap();
        let header = jsonwebtoken::decode_header(jwt.as_str()).unwrap();
        assert_eq!((header.alg, header.kid), (Algorithm::RS256, None));
        assert_eq!(header.x5c.unwrap().len(), 2);
    }
}
