//! FINT v4.1.0: the classes the elevliste needs and those around them, as FINT spells them.
//!
//! - One plain struct per class ([`Elev`], [`Klasse`], …). Attributes and owned relations are public fields; on the
//!   wire they carry FINT's camelCase names. No field is ever left out when serialised, so that the same structs fit a
//!   fixed Avro schema; FINT's own JSON, which omits what is empty, is a separate rendering in [`hal`].
//! - Relations are [`Lenke`]s: class, id field and id value. An address is made only when JSON is rendered. Only the
//!   side FINT calls *source* is stored; the other side is derived by [`hal::Baklenker`].
//! - The metamodel is data ([`modell`]) and tests hold every struct to it.
//! - What FINT cannot say (address protection, provenance, identifier history) stands in [`tillegg`], not in a class.
//!
//! Personal values are [`identitet::Skjermet`]: every `Debug` in this crate is safe to log. Nothing here does I/O.
//! The words are explained in `ORDLISTE.md`.

mod felles;
pub mod hal;
mod lenke;
pub mod metamodell;
mod ressurs;
pub mod tillegg;
mod utdanning;

pub use felles::{
    Adresse, Fylke, Identifikator, Kjonn, Kommune, Kontaktinformasjon, Kontaktperson, Landkode, Matrikkelnummer,
    Periode, Person, Personnavn, Sprak,
};
pub use lenke::Lenke;
pub use metamodell::{Klassemodell, modell};
pub use ressurs::{Modellert, Ressurs};
pub use utdanning::{
    Anmerkninger, Arstrinn, Elev, Elevforhold, Elevkategori, Klasse, Klassemedlemskap, Skole, Skolear, Termin,
};
