//! Access tokens from Maskinporten: a signed JWT grant (RFC 7523) in exchange for a token.
//!
//! It gives tokens and nothing else: what a token is used for, it does not know. A token is kept until shortly before
//! it ends, under a key of everything that made it, and many callers at once cost one request.
//!
//! Where to look: [`Config`] is what a person writes, `key` the private key, `grant` what is signed, `client` the HTTP
//! conversation, `wire` their spelling, `cache` when a token is reused, `source` how it hangs together.

mod cache;
mod client;
mod config;
mod error;
mod grant;
mod key;
mod refusal;
mod source;
mod wire;

pub use config::{Config, TokenRequest};
pub use error::BuildError;
pub use flow::Problem;
pub use source::Maskinporten;
