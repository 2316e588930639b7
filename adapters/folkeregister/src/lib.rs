//! Source adapter for Folkeregisteret, straight from Skatteetaten or through KS Fiks.
//!
//! It follows the feed of events and looks people up, and normalises both to the `folkeregister` model. It never copies
//! the register and never decides: who is asked about is core's choice, and what an answer leads to as well. **It asks for
//! no address**, and where one is sent all the same it is never read into anything.
//!
//! Where to look: [`Config`] is what a person writes, `adresse` the two shapes of address, `client` the HTTP conversation,
//! `wire` their spelling (the feed, the bulk answer, the person, the error bodies), `register` the contract with core.

mod adresse;
mod client;
mod config;
mod error;
mod register;
mod wire;

pub use config::{Config, Modus, Pakke, Profil};
pub use error::BuildError;
pub use flow::Problem;
pub use register::Folkeregister;

/// Entries for fuzzing: arbitrary bytes through each reader of what the other side sends.
#[doc(hidden)]
pub mod fuzz {
    pub use crate::wire::fuzz::{bulksvar, feedside, feilkropp};
}
