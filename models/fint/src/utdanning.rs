//! FINT's domain `utdanning`: pupils, their enrolments and classes, schools and the code lists around them.

mod anmerkninger;
mod arstrinn;
mod elev;
mod elevforhold;
mod klasse;
mod klassemedlemskap;
mod kodeverk;
mod skole;

pub use anmerkninger::Anmerkninger;
pub use arstrinn::Arstrinn;
pub use elev::Elev;
pub use elevforhold::Elevforhold;
pub use klasse::Klasse;
pub use klassemedlemskap::Klassemedlemskap;
pub use kodeverk::{Elevkategori, Skolear, Termin};
pub use skole::Skole;
