//! The source against the simulated Vigilo, against a server that can answer anything, and against files.
#![allow(clippy::unwrap_used, reason = "tests; the helpers are outside #[test] functions")]

mod endringer;
mod falsk;
mod fil;
mod grenser;
mod konfig;
mod lesing;
mod leverandorer;
mod mot_falsk;
mod mot_vigilo;
mod personvern;
mod revet;
