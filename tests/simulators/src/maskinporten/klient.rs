//! A client for tests and demos: a key pair, and the grants it signs.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, Header};
use serde_json::{Value, json};

use super::{Klient, Klientnokkel, Rsanokkel, sertifikat};

/// A client with its private key.
#[derive(Debug)]
pub struct TestKlient {
    client_id: String,
    orgnr: String,
    scopes: Vec<String>,
    nokkel: Rsanokkel,
}

impl TestKlient {
    /// Makes a key pair for a new client.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn ny(client_id: &str, orgnr: &str, kid: &str, scopes: &[&str]) -> anyhow::Result<Self> {
        Ok(Self::med_nokkel(client_id, orgnr, scopes, Rsanokkel::lag(kid)?))
    }

    /// A client with a key that exists already.
    pub fn med_nokkel(client_id: &str, orgnr: &str, scopes: &[&str], nokkel: Rsanokkel) -> Self {
        let scopes = scopes.iter().map(|s| (*s).to_owned()).collect();
        Self { client_id: client_id.to_owned(), orgnr: orgnr.to_owned(), scopes, nokkel }
    }

    /// The registration that belongs in [`super::MaskinportenConfig::klienter`].
    pub fn klient(&self) -> Klient {
        Klient {
            client_id: self.client_id.clone(),
            orgnr: self.orgnr.clone(),
            nokler: vec![Klientnokkel {
                kid: self.nokkel.kid().to_owned(),
                jwk: self.nokkel.jwk().clone(),
                utloper: None,
            }],
            scopes: self.scopes.clone(),
            tildelt: self.scopes.clone(),
        }
    }

    /// `iss` in its grants.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The key id.
    pub fn kid(&self) -> &str {
        self.nokkel.kid()
    }

    /// The private key (PKCS#8).
    pub fn privat_pem(&self) -> &str {
        self.nokkel.pem()
    }

    /// The claims of a grant that is in order, for one scope.
    pub fn krav(&self, utsteder: &str, scope: &str, na: Timestamp) -> Value {
        json!({
            "aud": utsteder, "iss": self.client_id, "scope": scope, "iat": na.as_second(),
            "exp": na.as_second() + 100, "jti": uuid::Uuid::new_v4(),
        })
    }

    /// Signs any claims with the client's key and key id.
    ///
    /// # Errors
    /// When they cannot be signed.
    pub fn signer(&self, krav: &Value) -> anyhow::Result<String> {
        let mut hode = Header::new(Algorithm::RS256);
        hode.kid = Some(self.nokkel.kid().to_owned());
        Ok(jsonwebtoken::encode(&hode, krav, self.nokkel.privat())?)
    }

    /// A self-signed certificate (DER) of the client's key, for `orgnr`, that is valid until `til`.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn sertifikat(&self, orgnr: &str, til: Timestamp) -> anyhow::Result<Vec<u8>> {
        sertifikat::lag(&self.nokkel, orgnr, Timestamp::UNIX_EPOCH, til)
    }

    /// Signs any claims, with certificates instead of a key id.
    ///
    /// # Errors
    /// When they cannot be signed.
    pub fn signer_med_sertifikat(&self, krav: &Value, kjede: &[Vec<u8>]) -> anyhow::Result<String> {
        let mut hode = Header::new(Algorithm::RS256);
        hode.x5c = Some(kjede.iter().map(|der| STANDARD.encode(der)).collect());
        Ok(jsonwebtoken::encode(&hode, krav, self.nokkel.privat())?)
    }
}
