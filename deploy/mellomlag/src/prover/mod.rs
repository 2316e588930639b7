//! The API as a caller meets it: an ordinary configuration folder, the program's own wiring, the real runtime over a bus
//! in memory, and HTTP.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

mod brukere;
mod elever;
mod flyt;
mod inntak;
mod kilder;
mod mappe;
mod pakke;
mod pakker;
mod samtidig;
mod sted;
mod styring;
mod tilbake;
mod tilgang;
mod webhook;
