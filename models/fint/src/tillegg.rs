//! What FINT cannot say, beside it and not in it. **Nothing here is FINT.**
//!
//! FINT has no marker for address protection, no provenance, no source timestamp and no history of identifiers. These
//! structs carry them under the ids of the FINT resources they belong to.

mod adressebeskyttelse;
mod elevtillegg;
mod identitetshistorikk;
mod registermerknad;
mod skoletillegg;
mod uuid_tekst;

pub use adressebeskyttelse::Adressebeskyttelse;
pub use elevtillegg::Elevtillegg;
pub use identitetshistorikk::{
    DatertIdentifikator, FODSELSNUMMER, FOLKEREGISTERIDENTIFIKATOR, Identitetshistorikk, KILDE,
};
pub use registermerknad::Registermerknad;
pub use skoletillegg::{Skolemerknad, Skoletillegg};
