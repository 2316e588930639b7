//! The private key, and how it names itself in a grant.

use crate::config::Config;
use crate::error::BuildError;
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use std::fmt;
use std::path::Path;
use zeroize::Zeroizing;

/// A key that can sign, with the header that goes with it. Its memory is wiped when it is dropped.
pub(crate) struct Key {
    key: EncodingKey,
    header: Header,
    fingerprint: String,
}

/// Prints nothing of the key.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("kid", &self.header.kid).finish_non_exhaustive()
    }
}

impl Key {
    /// Reads the files that the configuration names, and signs once: a key that cannot be used is found at start.
    pub(crate) fn load(config: &Config) -> Result<Self, BuildError> {
        let path = &config.key_file;
        let unusable = || BuildError::Key { path: path.clone() };
        warn_if_open(path);
        let pem = Zeroizing::new(read("key_file", path)?);
        let key = EncodingKey::from_rsa_pem(&pem).map_err(|_| unusable())?;
        let fingerprint = Jwk::from_encoding_key(&key, Algorithm::RS256)
            .and_then(|public| public.thumbprint(ThumbprintHash::SHA256))
            .map_err(|_| unusable())?;
        let mut header = Header::new(Algorithm::RS256);
        header.kid = config.kid.clone();
        if let Some(path) = &config.x5c_file {
            header.x5c = Some(chain(&read("x5c_file", path)?).ok_or_else(|| BuildError::Chain { path: path.clone() })?);
        }
        let key = Self { key, header, fingerprint };
        key.sign(&()).map_err(|_| unusable())?;
        Ok(key)
    }

    /// SHA-256 thumbprint of the public half (RFC 7638). Not secret.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    pub(crate) fn sign(&self, claims: &impl Serialize) -> Result<Zeroizing<String>, jsonwebtoken::errors::Error> {
        jsonwebtoken::encode(&self.header, claims, &self.key).map(Zeroizing::new)
    }
}

fn read(field: &'static str, path: &Path) -> Result<Vec<u8>, BuildError> {
    std::fs::read(path).map_err(|cause| BuildError::File { field, path: path.to_owned(), cause })
}

/// The certificates of a PEM file as the `x5c` header wants them: base64 DER, leaf first. `None` when there is none, or
/// when one cannot be read.
fn chain(pem: &[u8]) -> Option<Vec<String>> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    const END: &str = "-----END CERTIFICATE-----";
    let text = std::str::from_utf8(pem).ok()?;
    if text.contains("PRIVATE KEY") {
        return None;
    }
    let mut certificates = Vec::new();
    for part in text.split(BEGIN).skip(1) {
        let (body, _) = part.split_once(END)?;
        certificates.push(body.split_whitespace().collect::<String>());
    }
    let header = Header { x5c: Some(certificates), ..Header::new(Algorithm::RS256) };
    // Every DER certificate is a SEQUENCE.
    let readable = header.x5c_der().ok()??.iter().all(|der| der.first() == Some(&0x30));
    header.x5c.filter(|chain| readable && !chain.is_empty())
}

#[cfg(unix)]
fn warn_if_open(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    if std::fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o007 != 0) {
        tracing::warn!(path = %path.display(), "the private key may be read by every user of this machine; take that right away");
    }
}

#[cfg(not(unix))]
fn warn_if_open(_: &Path) {}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn fixture(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
    }

    /// The example's configuration with the test key.
    pub(crate) fn config() -> Config {
        let mut config = Config::parse(include_str!("../fixtures/maskinporten.toml")).unwrap();
        config.key_file = fixture("throwaway-key.pem");
        config
    }

    #[test]
    fn debug_shows_nothing_of_the_key() {
        let key = Key::load(&config()).unwrap();
        assert_eq!(format!("{key:?}"), r#"Key { kid: Some("mellomlag-2026"), .. }"#);
    }

    #[test]
    fn the_fingerprint_is_of_the_public_key() {
        // openssl rsa -in throwaway-key.pem -pubout, thumbprint by RFC 7638
        assert_eq!(
            Key::load(&config()).unwrap().fingerprint(),
            include_str!("../fixtures/throwaway-key.thumbprint").trim()
        );
    }

    #[test]
    fn both_pem_forms_give_the_same_key() {
        let mut pkcs1 = config();
        pkcs1.key_file = fixture("throwaway-key-pkcs1.pem");
        assert_eq!(Key::load(&pkcs1).unwrap().fingerprint(), Key::load(&config()).unwrap().fingerprint());
    }

    #[test]
    fn a_chain_becomes_an_array_leaf_first() {
        let pem = std::fs::read(fixture("throwaway-chain.pem")).unwrap();
        let chain = chain(&pem).unwrap();
        assert_eq!(chain.len(), 2);
        assert!(chain.iter().all(|c| c.starts_with("MII") && !c.contains('\n')));
        assert_ne!(chain[0], chain[1]);
    }

    #[test]
    fn a_file_that_is_no_chain_is_refused() {
        let key = std::fs::read(fixture("throwaway-key.pem")).unwrap();
        let broken = b"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n";
        let half = b"-----BEGIN CERTIFICATE-----\nMIIB\n";
        for text in [key.as_slice(), broken, half, b"", b"\xff"] {
            assert_eq!(chain(text), None);
        }
    }

    #[test]
    fn a_missing_or_foreign_key_is_named_with_its_field() {
        let mut missing = config();
        missing.key_file = fixture("none.pem");
        let error = Key::load(&missing).unwrap_err();
        assert!(matches!(error, BuildError::File { field: "key_file", .. }), "{error}");
        let mut foreign = config();
        foreign.key_file = fixture("throwaway-chain.pem");
        let error = Key::load(&foreign).unwrap_err();
        assert!(matches!(error, BuildError::Key { .. }), "{error}");
    }
}
