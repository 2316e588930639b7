//! Webhooks: what is told about a tenant's lists, sent to those who want to be called.
//!
//! Each is a durable queue over VARSEL with its own place in it. One event is sent at a time, in order, and the place is
//! moved when it is taken: so an event comes at least once, always with the same id, and never before one that came
//! earlier. What is not taken is sent again with growing pauses; an address that says that it is gone, or fails for days,
//! is paused until a person has seen to it. CloudEvents in structured mode, signed by Standard Webhooks.

mod config;
mod lop;
mod rute;
mod sending;

pub use config::Webhookoppsett;
pub use lop::Webhooks;

pub(crate) use rute::{Webhookbilde, alle, gjenoppta};
