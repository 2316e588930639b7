//! The event: what it is called, what it carries, and how any version of it is read.
//!
//! An event is a CloudEvents 1.0 event in binary mode: context attributes as headers ([`Hode`]), data in Avro with the
//! writer's schema named by fingerprint ([`kod`], [`les`]), on a subject without personal data ([`Emne`]). The schemas
//! are the files under `schemas/`; they are the contract, the Rust types follow them.

mod bibliotek;
mod emne;
mod fintobjekt;
mod hode;
mod kilde;
mod nokkel;
#[cfg(test)]
mod prover;
mod skjema;

pub use bibliotek::Bibliotek;
pub use emne::{Emne, EmneFeil, Fintklasse, KARANTENE, KILDE, Kildenavn, LISTE, REVISJON, Tenant};
pub use emne::{FINT, INNSAMLING, INNSENDING, VARSEL};
pub use fintobjekt::{Fintnokkel, Fintobjekt};
pub use hode::{Hode, HodeFeil, Spor, hodenavn};
pub use kilde::{Karantenepost, Kildemarkor, Kildeobjekt, Posisjon, Savnet};
pub use nokkel::{K, NokkelFeil, Tenantnokkel};
pub use skjema::{Data, Fingeravtrykk, SkjemaFeil, kod, les, les_med, publiserte};
