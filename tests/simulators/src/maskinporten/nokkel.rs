//! RSA key pairs, made in the process.

use std::fmt;

use anyhow::Context as _;
use aws_lc_rs::{
    encoding::{AsDer as _, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use base64::Engine as _;
use jsonwebtoken::{Algorithm, EncodingKey, jwk::Jwk};

/// An RSA key pair with its id.
pub struct Rsanokkel {
    kid: String,
    pem: String,
    privat: EncodingKey,
    jwk: Jwk,
}

impl fmt::Debug for Rsanokkel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rsanokkel").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Rsanokkel {
    /// Makes a new pair of 2,048 bits.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn lag(kid: &str) -> anyhow::Result<Self> {
        let par = KeyPair::generate(KeySize::Rsa2048).context("cannot make an RSA key")?;
        let der: Pkcs8V1Der<'_> = par.as_der().context("cannot write out the RSA key")?;
        let base64 = base64::engine::general_purpose::STANDARD.encode(der.as_ref());
        let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
        for linje in base64.as_bytes().chunks(64) {
            pem.push_str(std::str::from_utf8(linje).context("base64 is ASCII")?);
            pem.push('\n');
        }
        pem.push_str("-----END PRIVATE KEY-----\n");
        Self::fra_pem(kid, &pem)
    }

    /// Reads a private key in PEM (PKCS#8 or PKCS#1).
    ///
    /// # Errors
    /// When the text is not an RSA private key.
    pub fn fra_pem(kid: &str, pem: &str) -> anyhow::Result<Self> {
        let privat = EncodingKey::from_rsa_pem(pem.as_bytes()).context("not an RSA private key in PEM")?;
        let mut jwk = Jwk::from_encoding_key(&privat, Algorithm::RS256).context("cannot derive the public key")?;
        jwk.common.key_id = Some(kid.to_owned());
        jwk.common.public_key_use = Some(jsonwebtoken::jwk::PublicKeyUse::Signature);
        Ok(Self { kid: kid.to_owned(), pem: pem.to_owned(), privat, jwk })
    }

    /// The key id.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The private key.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// The private key, for signing.
    pub fn privat(&self) -> &EncodingKey {
        &self.privat
    }

    /// The public key.
    pub fn jwk(&self) -> &Jwk {
        &self.jwk
    }
}
