//! The dialect `elevliste_v1`: the contract that we would rather have, offered as a specification.
//!
//! A list that may be replaced and updated until the window closes, with a key that makes a repetition harmless, a tag
//! that makes an overwritten change impossible, and a read-back. The specification is `openapi/elevliste_v1.yaml`; its
//! schemas and shapes are made from the types of `wire`, and a test fails when they are not up to date.

mod answer;
mod body;
mod digest;
#[cfg(test)]
pub(crate) mod examples;
mod prediction;
mod readback;
mod sink;
pub(crate) mod wire;

pub use sink::ElevlisteV1Sink;
