//! Keyed hashes: the only form in which a source's own ids appear outside payloads.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Why a key or a hash cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NokkelFeil {
    /// The tenant key is too short to protect anything.
    #[error("a tenant key must hold at least 32 bytes (64 hexadecimal digits); make one with `openssl rand -hex 32`")]
    ForKort,
    /// Something is not hexadecimal.
    #[error("a tenant key and a key hash are written in hexadecimal digits only")]
    IkkeHex,
}

/// A tenant's secret. Prints as `***`.
#[derive(Clone)]
pub struct Tenantnokkel(Hmac<Sha256>);

impl fmt::Debug for Tenantnokkel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tenantnokkel(***)")
    }
}

impl Tenantnokkel {
    /// A key from its hexadecimal text, at least 32 bytes. White space around it is ignored.
    pub fn fra_hex(tekst: &str) -> Result<Self, NokkelFeil> {
        let bytes = hex(tekst.trim())?;
        if bytes.len() < 32 {
            return Err(NokkelFeil::ForKort);
        }
        Ok(Self(Hmac::new_from_slice(&bytes).expect("HMAC takes a key of any length")))
    }

    /// The key of [`crate::Tenant::felles`]. What everyone shares is public, so it protects nothing: it makes subjects
    /// alike.
    pub fn felles() -> Self {
        Self::fra_hex(&"0".repeat(64)).expect("64 hexadecimal digits are a key")
    }

    /// Keyed hash of the parts, 128 bits. Each part's length is hashed with it, so `("a", "bc")` differs from `("ab", "c")`.
    pub fn k(&self, deler: &[&str]) -> K {
        let mut mac = self.0.clone();
        for del in deler {
            mac.update(&(del.len() as u64).to_be_bytes());
            mac.update(del.as_bytes());
        }
        let mut k = [0; 16];
        k.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        K(k)
    }

    /// The keyed hash as a UUID (version 8): our own id of what the parts name.
    pub fn uuid(&self, deler: &[&str]) -> Uuid {
        Uuid::new_v8(self.k(deler).0)
    }
}

/// A keyed hash, 128 bits; as text 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct K(pub [u8; 16]);

impl fmt::Display for K {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl FromStr for K {
    type Err = NokkelFeil;

    fn from_str(s: &str) -> Result<Self, NokkelFeil> {
        hex(s)?.try_into().map(K).map_err(|_| NokkelFeil::IkkeHex)
    }
}

fn hex(tekst: &str) -> Result<Vec<u8>, NokkelFeil> {
    let siffer: Option<Vec<u8>> = tekst.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect();
    let siffer = siffer.filter(|s| s.len() % 2 == 0).ok_or(NokkelFeil::IkkeHex)?;
    Ok(siffer.chunks_exact(2).map(|par| par[0] << 4 | par[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_by_tenant_and_by_how_parts_are_cut() {
        let a = Tenantnokkel::fra_hex(&"0a".repeat(32)).unwrap();
        let b = Tenantnokkel::fra_hex(&"0b".repeat(32)).unwrap();
        assert_eq!(a.k(&["x", "yz"]), a.k(&["x", "yz"]));
        assert_ne!(a.k(&["x", "yz"]), a.k(&["xy", "z"]));
        assert_ne!(a.k(&["x"]), b.k(&["x"]));
        assert_eq!(a.k(&["x"]).to_string().parse(), Ok(a.k(&["x"])));
        assert_eq!(Tenantnokkel::fra_hex("0a0b").unwrap_err(), NokkelFeil::ForKort);
        assert_eq!(Tenantnokkel::fra_hex("æøå").unwrap_err(), NokkelFeil::IkkeHex);
    }
}
