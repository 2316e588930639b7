//! The same server, store and client with messages of the flow's mean size, and nothing to think about.
//!
//! The streams are of the same kind as KILDE and FINT, the connection is the product's own, and the server syncs every
//! write to disk as it does for the flow.

use crate::pipeline::Shape;
use crate::scene::Scene;
use anyhow::{Result, bail};
use bus::{Batch, Bus, Expect, Message, QueueSpec, Start, StreamSpec};
use bytes::Bytes;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const PUBLISHED: StreamSpec =
    StreamSpec { name: "RAW_PUBLISHED", subjects: &["raw.published.>"], keep_per_subject: 8, replicas: 1 };
const BATCHED: StreamSpec =
    StreamSpec { name: "RAW_BATCHED", subjects: &["raw.batched.>"], keep_per_subject: 8, replicas: 1 };
/// Workers that share a queue, where one would mostly wait for its own acknowledgement.
pub const WORKERS: usize = 16;
/// Headers of filler: as many are used as the flow's mean message has, so parsing costs the same.
const NAMES: [&str; 12] =
    ["raw-a", "raw-b", "raw-c", "raw-d", "raw-e", "raw-f", "raw-g", "raw-h", "raw-i", "raw-j", "raw-k", "raw-l"];

/// Messages per second.
pub struct Raw {
    /// How many messages each rate is measured with.
    pub messages: u64,
    /// Pipelined, every acknowledgement awaited.
    pub publish: f64,
    /// In atomic batches as full as the server allows, one after the other.
    pub batch: f64,
    /// A queue with one worker: take, acknowledge, and wait until the server has it.
    pub queue_one: f64,
    /// A queue with [`WORKERS`] of them.
    pub queue_many: f64,
    /// Ordered reading, without acknowledgement.
    pub read: f64,
}

impl Raw {
    /// The better of the two queues.
    pub fn queue(&self) -> f64 {
        self.queue_one.max(self.queue_many)
    }
}

/// Measures every rate with `count` messages, one after the other.
pub async fn measure(scene: &Scene, shape: &Shape, count: u64) -> Result<Raw> {
    let bus = scene.connect().await?;
    bus.ensure(&[PUBLISHED, BATCHED], &[]).await?;
    let raw = Raw {
        messages: count,
        publish: publish(&*bus, shape, count).await?,
        batch: batch(&*bus, shape, count).await?,
        queue_one: queue(&bus, "one", count, 1).await?,
        queue_many: queue(&bus, "many", count, WORKERS).await?,
        read: read(&*bus, count).await?,
    };
    bus.close().await;
    Ok(raw)
}

fn rate(count: u64, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

/// A message of the flow's mean size on a subject of its own.
fn message(prefix: &str, number: u64, shape: &Shape) -> Message {
    let digits = shape.subject.saturating_sub(prefix.len() + 1).max(10);
    let names = &NAMES[..shape.headers.clamp(1, NAMES.len())];
    let name_bytes: usize = names.iter().map(|n| n.len()).sum();
    let value = "x".repeat(shape.header_bytes.saturating_sub(name_bytes).max(names.len()) / names.len());
    Message {
        subject: format!("{prefix}.{number:0digits$}"),
        headers: names.iter().map(|name| (*name, value.clone())).collect(),
        payload: Bytes::from(vec![b'x'; shape.payload]),
    }
}

async fn publish(bus: &dyn Bus, shape: &Shape, count: u64) -> Result<f64> {
    let messages = (0..count).map(|i| message("raw.published", i, shape)).collect();
    let start = Instant::now();
    bus.publish(messages).await?;
    Ok(rate(count, start.elapsed()))
}

async fn batch(bus: &dyn Bus, shape: &Shape, count: u64) -> Result<f64> {
    let messages: Vec<Message> = (0..count).map(|i| message("raw.batched", i, shape)).collect();
    let mut guard = Expect::NOTHING;
    let start = Instant::now();
    for part in messages.chunks(Batch::MAX - 1) {
        let batch = Batch { guard: message("raw.batched.guard", 0, shape), expect: guard, messages: part.to_vec() };
        guard = Expect(bus.commit(BATCHED.name, batch).await?.guard);
    }
    Ok(rate(count, start.elapsed()))
}

async fn queue(bus: &Arc<dyn Bus>, name: &str, count: u64, workers: usize) -> Result<f64> {
    let spec = QueueSpec {
        name: format!("raw-{name}"),
        filters: vec!["raw.published.>".to_owned()],
        ack_wait: Duration::from_secs(60),
        max_deliver: 3,
    };
    let done = Arc::new(AtomicU64::new(0));
    let mut queues = Vec::new();
    for _ in 0..workers {
        queues.push(bus.queue(PUBLISHED.name, &spec).await?);
    }
    let mut running = JoinSet::new();
    let start = Instant::now();
    for mut queue in queues {
        let done = done.clone();
        running.spawn(async move {
            let mut last = start;
            let mut idle = 0;
            while done.load(Ordering::Relaxed) < count {
                let Some(delivery) = queue.next(Duration::from_millis(100)).await? else {
                    idle += 1;
                    if idle > 300 {
                        bail!("a worker got nothing for 30 s although messages are left");
                    }
                    continue;
                };
                delivery.ack().await?;
                last = Instant::now();
                idle = 0;
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok(last)
        });
    }
    let mut end = start;
    while let Some(worker) = running.join_next().await {
        end = end.max(worker??);
    }
    Ok(rate(done.load(Ordering::Relaxed), end - start))
}

async fn read(bus: &dyn Bus, count: u64) -> Result<f64> {
    let start = Instant::now();
    let mut reader = bus.read(PUBLISHED.name, &["raw.published.>".to_owned()], Start::After(0)).await?;
    let mut got = 0;
    while got < count {
        let records = reader.next(1_000, Duration::from_secs(10)).await?;
        if records.is_empty() {
            bail!("the stream gave nothing for 10 s after {got} of {count} messages");
        }
        got += records.len() as u64;
    }
    Ok(rate(got, start.elapsed()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_the_size_that_is_asked_for() {
        let shape = Shape { subject: 64, headers: 8, header_bytes: 320, payload: 500 };
        let message = message("raw.published", 7, &shape);
        assert_eq!(message.subject.len(), 64);
        assert_eq!(message.headers.len(), 8);
        assert_eq!(message.headers.iter().map(|(n, v)| n.len() + v.len()).sum::<usize>(), 320);
        assert_eq!(message.payload.len(), 500);
    }
}
