//! Stand-ins for the systems around Mellomlag: Vigilo, Folkeregisteret, Maskinporten and VIGO as real HTTP servers on
//! loopback, and a generator of synthetic municipalities to fill them with.
//!
//! Each simulator has its own transcription of the rules of the system it stands in for. It uses none of the
//! product's logic on purpose: a shared mistake would cancel itself out, and the tests would then prove nothing.
//!
//! Every simulator has the same four parts: a `Config`, a `start` that binds `127.0.0.1`, a handle that a test can
//! drive and inspect (the same things are reachable under `/_sim/` over HTTP), and a set of `Feil` (faults).
//! All people are synthetic: their identity numbers have the month moved by 80.

pub mod folkeregister;
pub mod generator;
pub mod klokke;
pub mod maskinporten;
pub mod oidc;
pub mod program;
pub mod server;
pub mod smtp;
pub mod vigilo;
pub mod vigo;

pub use klokke::Klokke;
