//! Sink adapter for VIGO's receiving service (dialect `vigoskole`), and source adapter for VIGO's code base.
//!
//! The sink delivers one list of tenth-graders per school and year, once, and tells what became of it. It never decides
//! what is sent and never sends again by itself: where it cannot know whether a list arrived, it says so.
//!
//! Where to look: [`Config`] is what a person writes, `client` the HTTP conversation, `wire` their spelling, `payload`
//! what is sent, `answer` and `refusal` what an answer means, `sink` the delivery, `kodeverk` and `source` the code base.

mod answer;
mod client;
mod config;
mod error;
mod kodeverk;
mod payload;
mod refusal;
mod sink;
mod source;
mod wire;

pub use config::{Config, Dialekt, Identitetsregler};
pub use error::{BuildError, LagFeil, ProbeError};
pub use flow::Problem;
pub use payload::lag;
pub use sink::VigoskoleSink;
pub use source::Kodeverkskilde;
pub use wire::Payload;
