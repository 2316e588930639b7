//! The contract between core and the adapters.
//!
//! A source reads and normalises; a sink delivers. Neither sees NATS, sleeps, retries, stores or decides: the runtime
//! does. Errors say what the caller does next, not what went wrong inside.

mod clock;
mod lesevalg;
mod problem;
mod register;
mod sink;
mod source;
mod token;

pub use clock::{Clock, ManualClock, SystemClock};
pub use hendelse::Kildeobjekt;
pub use lesevalg::{Lesevalg, Terskler, Typeterskler, Vindu};
pub use problem::Problem;
pub use register::{Feedside, Personregister, RegisterError, Registerhendelse};
pub use sink::{Avslag, Egenskaper, Forsendelse, Mottattinnhold, Oppdatering, Outcome, Sink, SinkError, Svar};
pub use source::{Cursor, Finding, Observed, Page, Presence, Progress, Refused, Source, SourceError, Vannmerker};
pub use token::{AccessToken, TokenError, TokenSource};
