//! The dialect `elevliste_v1`: a receiver as we would rather have it, by the specification that the adapter offers.
//!
//! A list may be replaced and changed until the window closes. A write needs a key, so that a repetition is harmless, and
//! a condition, so that nobody's change is overwritten unseen; and whoever has a right to a list can read back which
//! pupils it has, as digests.

mod behandling;
mod http;
mod inn;
mod lager;
mod problem;
mod regler;

pub(super) use http::rute;
pub(super) use lager::Lager;
pub use lager::{Elev, Liste, Navn, Skriving};
pub use regler::Merknad;
