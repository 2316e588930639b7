//! The complex types: values inside a resource, without an address of their own.

mod adresse;
mod identifikator;
mod periode;
mod personnavn;

pub use adresse::{Adresse, Kontaktinformasjon, Matrikkelnummer};
pub use identifikator::Identifikator;
pub use periode::Periode;
pub(crate) use periode::midt_pa_dagen;
pub use personnavn::Personnavn;
