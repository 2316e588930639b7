//! OneRoster, Folkeregisteret and VIGO's code base → FINT. Pure: the same in gives the same out, there is no clock, and nothing here does
//! I/O.
//!
//! [`Kartlegger`] is a fold with touched keys: it is fed what the sources have said, says which FINT keys may have changed,
//! and tells for any key what should be there. The rules are plain functions with ids ([`REGLER`]); they return the value
//! and what was wrong with the source ([`Kartavvik`]).

pub mod forklaring;
mod identifikatorer;
mod indeks;
mod kartlegger;
mod navn;
mod oppslag;
mod personregister;
mod poster;
mod register;
mod regler;
mod tilstand;
mod vigo;

pub use identifikatorer::Identifikatorer;
pub use kartlegger::{Kartlegger, Onsket, Opphav};
pub use regler::{Kartavvik, Kartregel, REGLER, kartregel};
pub use vigo::Skolesvar;
