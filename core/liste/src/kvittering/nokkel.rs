//! The key that signs, and the keys that are trusted.

use super::form::{Hex, Utsteder};
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt};
use zeroize::Zeroizing;

/// Why a key cannot be used. Never quotes what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Nokkelfeil {
    /// Not an Ed25519 private key.
    #[error(
        "it is no Ed25519 private key in PEM (PKCS#8); make one with `mellomlag keygen` or `openssl genpkey -algorithm ed25519`"
    )]
    IkkePrivat,
    /// Not an Ed25519 public key.
    #[error("it holds no Ed25519 public key in PEM, and is no JSON object of kid and PEM")]
    IkkeOffentlig,
    /// A private key where a public one was asked for.
    #[error("it holds a private key; checking needs only the public one, and a private key must not leave its machine")]
    Privat,
    /// A key that anybody can sign with.
    #[error("the public key is a weak one, with which nothing can be proved")]
    Svak,
    /// A JSON file calls a key by another's name.
    #[error("a kid does not belong to the key beside it: it is the SHA-256 of the public key in DER")]
    FeilKid,
}

/// The fingerprint of a key: SHA-256 over the public key in DER (SubjectPublicKeyInfo).
fn kid(nokkel: &VerifyingKey) -> Hex<32> {
    let der = nokkel.to_public_key_der().expect("an Ed25519 key has a DER form");
    Hex(Sha256::digest(der.as_bytes()).into())
}

fn pem(nokkel: &VerifyingKey) -> String {
    nokkel.to_public_key_pem(LineEnding::LF).expect("an Ed25519 key has a PEM form")
}

/// Signs receipts on behalf of an organisation. Its key is wiped from memory when it is dropped.
pub struct Signerer {
    nokkel: SigningKey,
    kid: Hex<32>,
    utsteder: Utsteder,
}

impl fmt::Debug for Signerer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { nokkel: _, kid, utsteder } = self;
        f.debug_struct("Signerer").field("nokkel", &"***").field("kid", kid).field("utsteder", utsteder).finish()
    }
}

impl Signerer {
    /// From a private key in PEM (PKCS#8), as `openssl genpkey -algorithm ed25519` writes it. The caller wipes the text.
    pub fn fra_pem(privat: &str, utsteder: Utsteder) -> Result<Self, Nokkelfeil> {
        let nokkel = SigningKey::from_pkcs8_pem(privat.trim()).map_err(|_| Nokkelfeil::IkkePrivat)?;
        let kid = kid(&nokkel.verifying_key());
        Ok(Self { nokkel, kid, utsteder })
    }

    /// The fingerprint of its public key.
    pub fn kid(&self) -> String {
        self.kid.to_string()
    }

    /// Its public key in PEM.
    pub fn offentlig_pem(&self) -> String {
        pem(&self.nokkel.verifying_key())
    }

    pub(crate) const fn hvem(&self) -> (Hex<32>, &Utsteder) {
        (self.kid, &self.utsteder)
    }

    pub(crate) fn signer(&self, bytes: &[u8]) -> Hex<64> {
        Hex(self.nokkel.sign(bytes).to_bytes())
    }
}

/// A new pair of keys, in PEM.
pub struct Nokkelpar {
    /// The private key: only for the file that it is written to.
    pub privat: Zeroizing<String>,
    /// The public key.
    pub offentlig: String,
    /// Its fingerprint.
    pub kid: String,
}

impl Nokkelpar {
    /// The pair that follows from these bytes, which must come from a good source of randomness.
    pub fn fra(tilfeldig: &[u8; 32]) -> Self {
        let nokkel = SigningKey::from_bytes(tilfeldig);
        let privat = nokkel.to_pkcs8_pem(LineEnding::LF).expect("an Ed25519 key has a PEM form");
        let offentlig = nokkel.verifying_key();
        Self { privat, offentlig: pem(&offentlig), kid: kid(&offentlig).to_string() }
    }
}

/// The public keys that are trusted, each by its fingerprint.
#[derive(Debug, Clone, Default)]
pub struct Nokkelring(BTreeMap<Hex<32>, VerifyingKey>);

impl Nokkelring {
    /// Adds the keys of a file: public keys in PEM, or a JSON object from kid to PEM. Returns how many the file holds.
    pub fn legg_til(&mut self, fil: &str) -> Result<usize, Nokkelfeil> {
        if fil.contains("PRIVATE KEY") {
            return Err(Nokkelfeil::Privat);
        }
        let nokler = if fil.trim_start().starts_with('{') {
            let ved_kid: BTreeMap<String, String> = serde_json::from_str(fil).map_err(|_| Nokkelfeil::IkkeOffentlig)?;
            let en = |(navn, pem): (&String, &String)| {
                let nokkel = offentlig(pem)?;
                if kid(&nokkel).to_string() == *navn { Ok(nokkel) } else { Err(Nokkelfeil::FeilKid) }
            };
            ved_kid.iter().map(en).collect::<Result<Vec<_>, _>>()?
        } else {
            const SLUTT: &str = "-----END PUBLIC KEY-----";
            let blokker = fil.split_inclusive(SLUTT).filter(|blokk| blokk.ends_with(SLUTT));
            blokker.map(offentlig).collect::<Result<Vec<_>, _>>()?
        };
        if nokler.is_empty() {
            return Err(Nokkelfeil::IkkeOffentlig);
        }
        let antall = nokler.len();
        self.0.extend(nokler.into_iter().map(|nokkel| (kid(&nokkel), nokkel)));
        Ok(antall)
    }

    /// Whether the signature over these bytes is by the key with this fingerprint. None: the key is not among the trusted.
    pub(crate) fn stemmer(&self, kid: Hex<32>, bytes: &[u8], signatur: Hex<64>) -> Option<bool> {
        let nokkel = self.0.get(&kid)?;
        Some(nokkel.verify_strict(bytes, &Signature::from_bytes(&signatur.0)).is_ok())
    }
}

fn offentlig(pem: &str) -> Result<VerifyingKey, Nokkelfeil> {
    let nokkel = VerifyingKey::from_public_key_pem(pem.trim()).map_err(|_| Nokkelfeil::IkkeOffentlig)?;
    if nokkel.is_weak() { Err(Nokkelfeil::Svak) } else { Ok(nokkel) }
}
