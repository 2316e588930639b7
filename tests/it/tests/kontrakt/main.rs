//! What every source keeps, without opting out: it resumes, repeats itself, is read in any order, misbehaves and recovers.
//!
//! The sources stand in [`prover`], the checks beside it. Real adapters over real HTTP where there is any, the loop as the
//! program runs it, and a bus in memory so that there is time for all of it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

mod feil;
mod kampanje;
mod kontrakten;
mod levert;
mod omveier;
mod pakke;
mod prover;
mod register;
mod sannhet;
mod sted;
mod stopp;
