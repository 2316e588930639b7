//! Ordered reading.

use super::{Nats, header_list};
use crate::{BusError, Reader, Record, Start};
use async_nats::jetstream::message::StreamMessage;
use async_nats::jetstream::{
    self, consumer::DeliverPolicy, consumer::pull, stream::DirectGetError, stream::DirectGetErrorKind,
};
use async_trait::async_trait;
use futures_util::{FutureExt, StreamExt};
use std::time::Duration;

pub(super) struct NatsReader {
    bus: Nats,
    messages: pull::Ordered,
    pending: u64,
    last: u64,
    stream: jetstream::stream::Stream<()>,
    consumer: String,
}

/// The server forgets an idle consumer by itself, but not before half a minute, and it has a limit: whoever reads many
/// subjects one after the other would meet it.
impl Drop for NatsReader {
    fn drop(&mut self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (stream, consumer) = (self.stream.clone(), std::mem::take(&mut self.consumer));
        runtime.spawn(async move { drop(stream.delete_consumer(&consumer).await) });
    }
}

impl NatsReader {
    pub(super) async fn open(bus: &Nats, stream: &str, filters: &[String], start: Start) -> Result<Self, BusError> {
        let stream = bus.stream(stream).await?;
        let config = pull::OrderedConfig {
            filter_subjects: filters.to_vec(),
            deliver_policy: match start {
                Start::LastPerSubject => DeliverPolicy::LastPerSubject,
                Start::After(sequence) => DeliverPolicy::ByStartSequence { start_sequence: sequence + 1 },
            },
            ..pull::OrderedConfig::default()
        };
        let consumer = stream.create_consumer(config).await.map_err(|e| bus.server("opening a reader", &e))?;
        let (pending, name) = (consumer.cached_info().num_pending, consumer.cached_info().name.clone());
        let messages = consumer.messages().await.map_err(|e| bus.server("opening a reader", &e))?;
        Ok(Self { bus: bus.clone(), messages, pending, last: 0, stream, consumer: name })
    }

    /// Sequences may have gaps after erasure, but they rise; a repetition after a reconnect is passed over.
    fn take(&mut self, message: jetstream::Message, out: &mut Vec<Record>) -> Result<(), BusError> {
        let record = record(&message).ok_or_else(|| BusError::Server {
            doing: "reading",
            hint: "a message without stream information".into(),
        })?;
        if record.sequence > self.last {
            self.last = record.sequence;
            out.push(record);
        }
        Ok(())
    }
}

pub(super) fn record(message: &jetstream::Message) -> Option<Record> {
    let info = message.info().ok()?;
    Some(Record {
        subject: message.subject.to_string(),
        sequence: info.stream_sequence,
        pending: info.pending,
        headers: message.headers.as_ref().map(header_list).unwrap_or_default(),
        payload: message.payload.clone(),
    })
}

#[async_trait]
impl Reader for NatsReader {
    async fn next(&mut self, max: usize, wait: Duration) -> Result<Vec<Record>, BusError> {
        let mut out = Vec::new();
        let mut item = match tokio::time::timeout(wait, self.messages.next()).await {
            Err(_) => return Ok(out),
            Ok(item) => item,
        };
        loop {
            match item {
                Some(Ok(message)) => self.take(message, &mut out)?,
                Some(Err(error)) => return Err(self.bus.server("reading", &error)),
                None => return Err(BusError::Unreachable { url: self.bus.url.clone(), doing: "reading" }),
            }
            if out.len() >= max {
                return Ok(out);
            }
            match self.messages.next().now_or_never() {
                Some(next) => item = next,
                None => return Ok(out),
            }
        }
    }

    fn pending_at_start(&self) -> u64 {
        self.pending
    }
}

pub(super) async fn last(bus: &Nats, stream: &str, subject: &str) -> Result<Option<Record>, BusError> {
    got(bus, bus.stream(stream).await?.direct_get_last_for_subject(subject).await)
}

pub(super) async fn next(bus: &Nats, stream: &str, subject: &str, after: u64) -> Result<Option<Record>, BusError> {
    got(bus, bus.stream(stream).await?.direct_get_next_for_subject(subject, Some(after + 1)).await)
}

fn got(bus: &Nats, answer: Result<StreamMessage, DirectGetError>) -> Result<Option<Record>, BusError> {
    match answer {
        Ok(message) => Ok(Some(Record {
            subject: message.subject.to_string(),
            sequence: message.sequence,
            pending: 0,
            headers: header_list(&message.headers),
            payload: message.payload,
        })),
        Err(error) if error.kind() == DirectGetErrorKind::NotFound => Ok(None),
        Err(error) => Err(bus.server("reading one message", &error)),
    }
}
