//! Notices by e-mail, as they go out: the real step and the real loop over a bus in memory, a mail server on loopback,
//! and a clock that is set.

#![expect(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

mod feil;
mod frister;
mod kilder;
mod samlebrev;
mod sted;
