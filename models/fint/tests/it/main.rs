//! The tests of the FINT model, in one program.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod gylne;
mod klasser;
mod lesing;
mod metamodell;
mod stotte;
mod tillegg;
mod utfylling;
