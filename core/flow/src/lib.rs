//! The contract between core and the adapters.
//!
//! A source reads and normalises; a sink delivers. Neither sees NATS, sleeps, retries, stores or decides: the runtime
//! does. Errors say what the caller does next, not what went wrong inside.

mod clock;
mod problem;
mod sink;
mod source;
mod token;

pub use clock::{Clock, ManualClock, SystemClock};
pub use hendelse::Kildeobjekt;
pub use problem::Problem;
pub use sink::{Avslag, Egenskaper, Forsendelse, Outcome, Sink, SinkError, Svar};
pub use source::{Cursor, Finding, Observed, Page, Presence, Progress, Refused, Source, SourceError};
pub use token::{AccessToken, TokenError, TokenSource};
