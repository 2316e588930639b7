//! What we keep of Folkeregisteret: what an elevliste can need of one person, and nothing else.
//!
//! Spelled as Folkeregisteret spells it. There is no address here, no relation and no history: what a list does not need
//! is never stored. A person is named by **the number that was asked about**; the register has no stable key of its own.

mod person;

pub use person::{
    Graderingsnivaa, Identifikatorstatus, Identifikatortype, Personidentifikator, Personnavn, Personstatus,
    Registerperson,
};
