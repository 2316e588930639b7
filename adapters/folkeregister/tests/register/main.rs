//! The adapter against the simulator, and against a server that says whatever a test wants.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod falsk;
mod feil;
mod hendelser;
mod lesing;
mod personvern;
mod tilgang;
mod vilkarlig;
