//! The only crate that knows async-nats.
//!
//! [`Bus`] is small on purpose: a log with atomic, guarded commits, ordered reading, one work queue, and a little
//! key-value. Everything that Mellomlag promises rests on [`Bus::commit`]: results and position are stored together or
//! not at all, and a second writer is refused. [`Memory`] is its twin without a server, for simulations and tests.

mod kind;
pub mod local;
mod memory;
mod nats;
pub mod server;
mod spec;

pub use kind::{
    Batch, Bus, BusError, CommitError, Committed, Delivery, Entry, Expect, Message, Queue, QueueSpec, Reader, Record,
    Start, StreamState,
};
pub use memory::Memory;
pub use nats::{Nats, NatsConfig};
pub use spec::{BucketSpec, Difference, StreamSpec};
