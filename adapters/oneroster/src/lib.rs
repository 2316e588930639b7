//! Source adapter for OneRoster: reads schools, school years, classes, pupils and memberships from a school system.
//!
//! It speaks OneRoster 1.1 and 1.2 over HTTP (Vigilo's OnEdHub and others), and reads the JSON file that the pilot got
//! from Vigilo. It normalises dialects to the `oneroster` model and says which tolerances it used. It never decides: what
//! is new, changed or gone is found by core, and a record that cannot be read is handed over as refused, with its bytes.
//!
//! Where to look: [`Config`] is what a person writes, `profil` what we know about each supplier, `client` the HTTP
//! conversation, `wire` their spelling, `source` the paging, `fil` the file.

mod client;
mod config;
mod error;
mod fil;
#[doc(hidden)]
pub mod fuzz;
mod profil;
mod source;
mod wire;

pub use config::{Config, Skole};
pub use error::BuildError;
pub use flow::Problem;
pub use profil::{Klassefilter, Klientautentisering, Nummersted, Profil, Profilnavn, Versjon};
pub use source::OneRosterSource;
