//! Receipts, and the keys to check them with.

use liste::kvittering::Nokkelring;
use std::sync::LazyLock;

/// The key of the receipts in the corpus: the example of RFC 8410.
const NOKKEL: &str = "-----BEGIN PUBLIC KEY-----\n\
    MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n\
    -----END PUBLIC KEY-----\n";

/// The only receipts that were ever signed with it.
const EKTE: [&[u8]; 2] = [include_bytes!("../corpus/kvittering/liste"), include_bytes!("../corpus/kvittering/elev")];

static RING: LazyLock<Nokkelring> = LazyLock::new(|| {
    let mut ring = Nokkelring::default();
    ring.legg_til(NOKKEL).expect("the key is well-formed");
    ring
});

/// A receipt, and a file of keys.
pub fn kvittering(data: &[u8]) {
    let ekte = |fil: &[u8]| fil.trim_ascii_end() == data.strip_suffix(b"\n").unwrap_or(data);
    assert_eq!(
        RING.verifiser(data).is_ok(),
        EKTE.into_iter().any(ekte),
        "genuine is what was issued, and nothing else"
    );
    if let Ok(tekst) = str::from_utf8(data) {
        let _ = Nokkelring::default().legg_til(tekst);
    }
}
