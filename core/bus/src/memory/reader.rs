//! Ordered reading from memory.

use super::{Memory, fits};
use crate::{BusError, Reader, Record, Start};
use async_trait::async_trait;
use std::time::Duration;
use tokio::sync::watch;

pub(super) struct MemoryReader {
    bus: Memory,
    stream: String,
    filters: Vec<String>,
    /// The last messages of all subjects that are still to be given, newest first; then the log follows.
    first: Vec<Record>,
    after: u64,
    pending: u64,
    written: watch::Receiver<()>,
}

impl MemoryReader {
    pub(super) fn open(bus: &Memory, stream: &str, filters: &[String], start: Start) -> Result<Self, BusError> {
        let written = bus.written.subscribe();
        let mut store = bus.store();
        let found = store.stream(stream)?;
        let wanted = |subject: &str| filters.iter().any(|filter| fits(filter, subject));
        let (mut first, after) = match start {
            Start::LastPerSubject => {
                let subjects = found.by_subject.keys().filter(|s| wanted(s));
                (subjects.filter_map(|s| found.last(s)).cloned().collect(), found.next - 1)
            }
            Start::After(sequence) => (Vec::new(), sequence),
        };
        let behind = found.log.range(after + 1..).filter(|(_, r)| wanted(&r.subject)).count();
        let pending = (first.len() + behind) as u64;
        drop(store);
        first.sort_by_key(|r: &Record| std::cmp::Reverse(r.sequence));
        let (stream, filters) = (stream.to_owned(), filters.to_vec());
        Ok(Self { bus: bus.clone(), stream, filters, first, after, pending, written })
    }

    fn take(&mut self, max: usize) -> Result<Vec<Record>, BusError> {
        let mut out: Vec<Record> = Vec::new();
        while out.len() < max
            && let Some(record) = self.first.pop()
        {
            out.push(record);
        }
        let bus = self.bus.clone();
        let mut store = bus.store();
        let log = &store.stream(&self.stream)?.log;
        let wanted = |r: &&Record| self.filters.iter().any(|filter| fits(filter, &r.subject));
        let fresh: Vec<_> = log.range(self.after + 1..).map(|(_, r)| r).filter(wanted).take(max - out.len()).collect();
        self.after = fresh.last().map_or(self.after, |r| r.sequence);
        out.extend(fresh.into_iter().cloned());
        let behind = self.first.len() + log.range(self.after + 1..).map(|(_, r)| r).filter(wanted).count();
        let len = out.len();
        for (index, record) in out.iter_mut().enumerate() {
            record.pending = (behind + len - 1 - index) as u64;
        }
        Ok(out)
    }
}

#[async_trait]
impl Reader for MemoryReader {
    async fn next(&mut self, max: usize, wait: Duration) -> Result<Vec<Record>, BusError> {
        let deadline = tokio::time::Instant::now() + wait;
        loop {
            self.written.mark_unchanged();
            let out = self.take(max)?;
            if !out.is_empty() || tokio::time::timeout_at(deadline, self.written.changed()).await.is_err() {
                return Ok(out);
            }
        }
    }

    fn pending_at_start(&self) -> u64 {
        self.pending
    }
}
