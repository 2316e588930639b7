//! What is kept for somebody who comes back with the name of it, and is nobody else's to read: not in the store either, where
//! it may lie a while after its time. The name is random and not stored, only a hash of it; the key is made of the name.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use sha2::{Digest, Sha256};

/// The key that a name gives, for what it names only.
fn nokkel(rom: &str, navn: &str) -> Option<RandomizedNonceKey> {
    let sum = Sha256::new().chain_update("mellomlag segl\0").chain_update(rom).chain_update([0]).chain_update(navn);
    RandomizedNonceKey::new(&AES_256_GCM, &sum.finalize()).ok()
}

/// Closes it.
pub(super) fn lukk(rom: &str, navn: &str, mut innhold: Vec<u8>) -> Option<Vec<u8>> {
    let nonce = nokkel(rom, navn)?.seal_in_place_append_tag(Aad::from(rom), &mut innhold).ok()?;
    Some([nonce.as_ref().as_slice(), &innhold].concat())
}

/// Opens it, for whoever has the name. None: it is another's, or has been changed.
pub(super) fn apne(rom: &str, navn: &str, lukket: &[u8]) -> Option<Vec<u8>> {
    let (nonce, rest) = lukket.split_at_checked(NONCE_LEN)?;
    let (nonce, mut rest) = (Nonce::try_assume_unique_for_key(nonce).ok()?, rest.to_vec());
    let apnet = nokkel(rom, navn)?.open_in_place(nonce, Aad::from(rom), &mut rest).ok()?;
    Some(apnet.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_opens_it() {
        let lukket = lukk("fortsett", "navn", b"05911099839".to_vec()).unwrap();
        assert!(!lukket.windows(11).any(|del| del == b"05911099839"));
        assert_ne!(lukket, lukk("fortsett", "navn", b"05911099839".to_vec()).unwrap());
        assert_eq!(apne("fortsett", "navn", &lukket).unwrap(), b"05911099839");
        let mut endret = lukket.clone();
        endret[15] ^= 1;
        for (rom, navn, lukket) in
            [("fortsett", "annet", &lukket), ("forsok", "navn", &lukket), ("fortsett", "navn", &endret)]
        {
            assert!(apne(rom, navn, lukket).is_none(), "{rom} {navn}");
        }
        assert!(apne("fortsett", "navn", b"kort").is_none());
    }
}
