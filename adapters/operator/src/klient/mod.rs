//! Systems that use the API: OAuth2 client credentials (RFC 6749, section 4.4), short-lived tokens, and nothing kept.
//!
//! A token says who the client is and until when, signed with a secret that every process with the same configuration
//! has. What the client may see stands in the configuration, and is looked up each time: a client that is taken out there
//! is out at once.

mod config;
mod rute;
mod utsteder;

pub use config::Klient;
pub use utsteder::Klienter;

pub(crate) use rute::{Token, token};
