//! FINT's domain `felles`: persons, the complex types and the common code lists.

mod kodeverk;
mod kompleks;
mod kontaktperson;
mod person;

pub(crate) use kodeverk::{BEGREP, begrep};
pub use kodeverk::{Fylke, Kjonn, Kommune, Landkode, Sprak};
pub(crate) use kompleks::midt_pa_dagen;
pub use kompleks::{Adresse, Identifikator, Kontaktinformasjon, Matrikkelnummer, Periode, Personnavn};
pub use kontaktperson::Kontaktperson;
pub use person::Person;
