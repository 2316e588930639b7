//! The life of a list after it has come to stand: approved, sent, answered or not, changed, found out.
//!
//! The parts are the real ones: the loops of the runtime over a bus in memory, both dialects' sinks, and the simulator of
//! VIGO as an HTTP server. The clock stands still until a test moves it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

mod avbrudd;
mod bevis;
mod mottak;
mod oppdatering;
mod runder;
mod samtidige;
mod sted;
mod tapt_svar;
mod tvil;
mod vurdering;
