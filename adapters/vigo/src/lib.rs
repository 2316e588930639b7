//! Sink adapter for VIGO's receiving service (dialects `vigoskole` and `elevliste_v1`), and source adapter for VIGO's code
//! base.
//!
//! The sink delivers one list of tenth-graders per school and year, and tells what became of it. It never decides what is
//! sent and never sends again by itself: where it cannot know whether a list arrived, it says so.
//!
//! Where to look: [`Config`] is what a person writes, `client` the HTTP conversation, `connection` the right to have it,
//! `dialect` the two dialects as one. Of `vigoskole`, `wire` is the spelling, `payload` what is sent, `answer` and
//! `refusal` what an answer means, `prediction` what it will be, `sink` the delivery; `elevliste_v1` has the same rooms.
//! `number` is how the receiver judges identity numbers, `kodeverk` and `source` the code base.

mod answer;
mod client;
mod config;
mod connection;
mod dialect;
mod elevliste_v1;
mod error;
pub mod fil;
mod kodeverk;
mod number;
mod payload;
mod prediction;
mod refusal;
mod sink;
mod source;
#[cfg(test)]
mod spec;
mod wire;

pub use config::{Config, Dialekt, Identitetsregler};
pub use dialect::VigoSink;
pub use elevliste_v1::ElevlisteV1Sink;
pub use error::{BuildError, LagFeil, ProbeError};
pub use flow::Problem;
pub use payload::lag;
pub use sink::VigoskoleSink;
pub use source::Kodeverkskilde;
pub use wire::Payload;
