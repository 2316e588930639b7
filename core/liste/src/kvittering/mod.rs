//! Receipts: proof of what was delivered, which anybody with our public key can check, without us and without a network.
//!
//! - A *list receipt* says without personal data which list a receiver accepted: school, year, seal, how many pupils, the
//!   receiver's answer, when, who approved, and the root of a Merkle tree over the pupils. It is signed with Ed25519.
//! - A *pupil receipt* is that, and one pupil as he was sent, with the way from him to the root. Its reader learns nothing
//!   of the others: each leaf holds a salt that only the tenant's key can make.
//!
//! A receipt is a file that is byte for byte its canonical form (RFC 8785), but for one newline at the end: there is one way
//! to write a receipt, and any other is refused. The signature is over the canonical form of the list receipt without the
//! field `signatur`. The tree is that of RFC 6962; a leaf is the canonical form of `{"elev":{…},"salt":"…"}`. After an update that left some pupils as the
//! receiver had them, because they are held back or protected now, their leaves come last, as `{"avtrykk":"…","salt":"…"}`
//! with the fingerprint that was accepted: their own receipts are those of the list that they came with.
//!
//! Salts come from the tenant key, the seal and the pupil, so a pupil receipt can be made at any time from the list as it was
//! sealed and the list receipt in the ledger: nothing else is kept.
//!
//! The parts: `form` what a receipt looks like, `tre` the tree, `nokkel` the keys, `utstedelse` makes, `verifisering`
//! checks. Ed25519 is `ed25519-dalek` and not `aws-lc-rs`, which rustls brings: it is Rust only, as this crate is, reads
//! what `openssl genpkey` writes, and wipes its keys. The tree is `ct-merkle`: small, tested against Go's, and its proofs are
//! plain hashes.

mod form;
mod nokkel;
mod tre;
mod utstedelse;
mod verifisering;

pub use form::{Elev, Elevkvittering, Godkjenner, Listekvittering, Mottakersvar, Skole, Utfallsord, Utsteder};
pub use nokkel::{Nokkelfeil, Nokkelpar, Nokkelring, Signerer};
pub use utstedelse::{Elevbevisfeil, Grunnlag, Svar, Utstedelsesfeil, for_elev, utsted};
pub use verifisering::{Bevisfeil, Verifisert};
