//! Durable work queues in memory.

use super::{Memory, fits};
use crate::{BusError, Delivery, Queue, QueueSpec, Record};
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// What a durable queue remembers: how far it has come, and what it has given out without an answer.
#[derive(Default)]
pub(super) struct State {
    after: u64,
    open: BTreeMap<u64, Open>,
}

/// A message that waits for its answer.
struct Open {
    record: Record,
    tries: u32,
    due: Instant,
}

pub(super) struct MemoryQueue {
    bus: Memory,
    stream: String,
    spec: QueueSpec,
    written: watch::Receiver<()>,
}

impl MemoryQueue {
    pub(super) fn open(bus: &Memory, stream: &str, spec: &QueueSpec) -> Result<Self, BusError> {
        bus.store().stream(stream)?.queues.entry(spec.name.clone()).or_default();
        let written = bus.written.subscribe();
        Ok(Self { bus: bus.clone(), stream: stream.to_owned(), spec: spec.clone(), written })
    }

    /// The next message that is due, or when one will be.
    fn take(&self) -> Result<Result<(Record, u32), Option<Instant>>, BusError> {
        let (now, mut store) = (Instant::now(), self.bus.store());
        let stream = store.stream(&self.stream)?;
        let state = stream.queues.entry(self.spec.name.clone()).or_default();
        let wanted = |r: &&Record| self.spec.filters.iter().any(|filter| fits(filter, &r.subject));
        let due = now + self.spec.ack_wait;
        // One delivery more than the last try, as on a server: a crash during that one is not the end.
        state.open.retain(|_, open| open.tries <= self.spec.max_deliver || open.due > now);
        if let Some(open) = state.open.values_mut().find(|o| o.due <= now) {
            (open.tries, open.due) = (open.tries + 1, due);
            return Ok(Ok((open.record.clone(), open.tries)));
        }
        if let Some(record) = stream.log.range(state.after + 1..).map(|(_, r)| r).find(wanted) {
            state.after = record.sequence;
            state.open.insert(record.sequence, Open { record: record.clone(), tries: 1, due });
            return Ok(Ok((record.clone(), 1)));
        }
        Ok(Err(state.open.values().map(|o| o.due).min()))
    }
}

#[async_trait]
impl Queue for MemoryQueue {
    async fn next(&mut self, wait: Duration) -> Result<Option<Box<dyn Delivery>>, BusError> {
        let deadline = Instant::now() + wait;
        loop {
            self.written.mark_unchanged();
            let due = match self.take()? {
                Ok((record, tries)) => {
                    let (bus, stream, name) = (self.bus.clone(), self.stream.clone(), self.spec.name.clone());
                    let (last, ack_wait) = (tries >= self.spec.max_deliver, self.spec.ack_wait);
                    return Ok(Some(Box::new(MemoryDelivery { bus, stream, name, record, last, ack_wait })));
                }
                Err(due) => due.unwrap_or(deadline).min(deadline),
            };
            let changed = tokio::time::timeout_at(due, self.written.changed()).await.is_ok();
            if !changed && Instant::now() >= deadline {
                return Ok(None);
            }
        }
    }
}

struct MemoryDelivery {
    bus: Memory,
    stream: String,
    name: String,
    record: Record,
    last: bool,
    ack_wait: Duration,
}

impl MemoryDelivery {
    fn answer(&self, answer: impl FnOnce(&mut State)) -> Result<(), BusError> {
        answer(self.bus.store().stream(&self.stream)?.queues.entry(self.name.clone()).or_default());
        self.bus.written.send_replace(());
        Ok(())
    }

    fn again(&self, delay: Duration) -> Result<(), BusError> {
        self.answer(|state| {
            if let Some(open) = state.open.get_mut(&self.record.sequence) {
                open.due = Instant::now() + delay;
            }
        })
    }
}

#[async_trait]
impl Delivery for MemoryDelivery {
    fn record(&self) -> &Record {
        &self.record
    }

    fn last(&self) -> bool {
        self.last
    }

    async fn ack(&self) -> Result<(), BusError> {
        self.answer(|state| drop(state.open.remove(&self.record.sequence)))
    }

    async fn nak(&self, delay: Duration) -> Result<(), BusError> {
        self.again(delay)
    }

    async fn term(&self, _why: &str) -> Result<(), BusError> {
        self.ack().await
    }

    async fn progress(&self) -> Result<(), BusError> {
        self.again(self.ack_wait)
    }
}
