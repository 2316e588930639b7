//! The bus without a server: the same semantics in this process's memory, for simulations and tests that need thousands
//! of histories in seconds. Nothing survives the process.

mod queue;
mod reader;

use crate::{
    Batch, BucketSpec, Bus, BusError, CommitError, Committed, Entry, Expect, Message, Queue, QueueSpec, Reader, Record,
    Start, StreamSpec, StreamState,
};
use async_trait::async_trait;
use bytes::Bytes;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// A bus in memory. Clones share it.
#[derive(Clone)]
pub struct Memory {
    store: Arc<Mutex<Store>>,
    /// Told whenever something is written: readers and queues wait for it.
    written: watch::Sender<()>,
}

#[derive(Default)]
struct Store {
    streams: HashMap<&'static str, Stream>,
    buckets: HashMap<&'static str, HashMap<String, Entry>>,
    revision: u64,
}

struct Stream {
    subjects: &'static [&'static str],
    keep: usize,
    next: u64,
    log: BTreeMap<u64, Record>,
    by_subject: HashMap<String, Vec<u64>>,
    queues: HashMap<String, queue::State>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { store: Arc::default(), written: watch::Sender::new(()) }
    }
}

impl Memory {
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that a stream has ever held on subjects that fit `filter` and still holds, in order.
    pub fn log(&self, stream: &str, filter: &str) -> Vec<Record> {
        let store = self.store();
        let log = store.streams.get(stream).map(|s| s.log.values());
        log.into_iter().flatten().filter(|r| fits(filter, &r.subject)).cloned().collect()
    }
}

impl Store {
    fn stream(&mut self, name: &str) -> Result<&mut Stream, BusError> {
        self.streams
            .get_mut(name)
            .ok_or(BusError::Server { doing: "opening a stream", hint: "stream not found".into() })
    }

    fn bucket(&mut self, name: &str) -> Result<&mut HashMap<String, Entry>, BusError> {
        self.buckets
            .get_mut(name)
            .ok_or(BusError::Server { doing: "opening a bucket", hint: "bucket not found".into() })
    }
}

impl Stream {
    fn takes(&self, subject: &str) -> bool {
        self.subjects.iter().any(|filter| fits(filter, subject))
    }

    fn last(&self, subject: &str) -> Option<&Record> {
        self.log.get(self.by_subject.get(subject)?.last()?)
    }

    fn append(&mut self, message: Message) -> u64 {
        let sequence = self.next;
        self.next += 1;
        let sequences = self.by_subject.entry(message.subject.clone()).or_default();
        sequences.push(sequence);
        if self.keep > 0 && sequences.len() > self.keep {
            let oldest = sequences.remove(0);
            self.log.remove(&oldest);
        }
        let headers = message.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let record = Record { subject: message.subject, sequence, pending: 0, headers, payload: message.payload };
        self.log.insert(sequence, record);
        sequence
    }
}

/// Whether a subject fits a filter with `*` for one token and `>` for the rest.
fn fits(filter: &str, subject: &str) -> bool {
    let mut tokens = subject.split('.');
    let mut parts = filter.split('.');
    loop {
        match (parts.next(), tokens.next()) {
            (Some(">"), Some(_)) | (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(part), Some(token)) if part == token => {}
            _ => return false,
        }
    }
}

#[async_trait]
impl Bus for Memory {
    async fn ensure(&self, streams: &[StreamSpec], buckets: &[BucketSpec]) -> Result<(), BusError> {
        let mut store = self.store();
        for spec in streams {
            store.streams.entry(spec.name).or_insert_with(|| Stream {
                subjects: spec.subjects,
                keep: usize::try_from(spec.keep_per_subject).unwrap_or(0),
                next: 1,
                log: BTreeMap::new(),
                by_subject: HashMap::new(),
                queues: HashMap::new(),
            });
        }
        for spec in buckets {
            store.buckets.entry(spec.name).or_default();
        }
        Ok(())
    }

    async fn commit(&self, stream: &str, batch: Batch) -> Result<Committed, CommitError> {
        let len = batch.messages.len() + 1;
        if len > Batch::MAX {
            return Err(CommitError::TooLarge { len });
        }
        let refused = |code, description: &str| CommitError::Refused {
            stream: stream.to_owned(),
            code,
            description: description.to_owned(),
        };
        let mut store = self.store();
        let found = store.stream(stream).map_err(|_| refused(10059, "stream not found"))?;
        if !batch.messages.iter().chain([&batch.guard]).all(|m| found.takes(&m.subject)) {
            return Err(refused(10174, "a subject that the stream does not hold"));
        }
        if found.last(&batch.guard.subject).map_or(0, |r| r.sequence) != batch.expect.0 {
            return Err(CommitError::Fenced { subject: batch.guard.subject });
        }
        for message in batch.messages {
            found.append(message);
        }
        let guard = found.append(batch.guard);
        drop(store);
        self.written.send_replace(());
        Ok(Committed { guard })
    }

    async fn publish(&self, messages: Vec<Message>) -> Result<(), BusError> {
        let mut store = self.store();
        for message in messages {
            let stream = store.streams.values_mut().find(|s| s.takes(&message.subject));
            stream
                .ok_or(BusError::Server { doing: "publishing", hint: "no stream takes the subject".into() })?
                .append(message);
        }
        drop(store);
        self.written.send_replace(());
        Ok(())
    }

    async fn last(&self, stream: &str, subject: &str) -> Result<Option<Record>, BusError> {
        Ok(self.store().stream(stream)?.last(subject).cloned())
    }

    async fn state(&self, stream: &str) -> Result<StreamState, BusError> {
        let mut store = self.store();
        let stream = store.stream(stream)?;
        let first = stream.log.first_key_value().map_or(0, |(first, _)| *first);
        Ok(StreamState { first, last: stream.next - 1, count: stream.log.len() as u64 })
    }

    async fn read(&self, stream: &str, filters: &[String], start: Start) -> Result<Box<dyn Reader>, BusError> {
        Ok(Box::new(reader::MemoryReader::open(self, stream, filters, start)?))
    }

    async fn queue(&self, stream: &str, spec: &QueueSpec) -> Result<Box<dyn Queue>, BusError> {
        Ok(Box::new(queue::MemoryQueue::open(self, stream, spec)?))
    }

    async fn get(&self, bucket: &str, key: &str) -> Result<Option<Bytes>, BusError> {
        Ok(self.entry(bucket, key).await?.map(|e| e.value))
    }

    async fn entry(&self, bucket: &str, key: &str) -> Result<Option<Entry>, BusError> {
        Ok(self.store().bucket(bucket)?.get(key).cloned())
    }

    async fn put_if(&self, bucket: &str, key: &str, value: Bytes, expect: Expect) -> Result<bool, BusError> {
        let mut store = self.store();
        let revision = Expect(store.revision + 1);
        let entries = store.bucket(bucket)?;
        if entries.get(key).map_or(Expect::NOTHING, |e| e.revision) != expect {
            return Ok(false);
        }
        entries.insert(key.to_owned(), Entry { value, revision });
        store.revision = revision.0;
        Ok(true)
    }

    async fn put(&self, bucket: &str, key: &str, value: Bytes) -> Result<(), BusError> {
        let mut store = self.store();
        let revision = Expect(store.revision + 1);
        store.bucket(bucket)?.insert(key.to_owned(), Entry { value, revision });
        store.revision = revision.0;
        Ok(())
    }

    fn healthy(&self) -> bool {
        true
    }

    async fn close(&self) {}
}
