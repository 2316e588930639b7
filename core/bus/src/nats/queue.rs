//! Work queues: durable pull consumers with acknowledgement.

use super::{Nats, read::record};
use crate::{BusError, Delivery, Queue, QueueSpec, Record};
use async_nats::jetstream::{self, AckKind, consumer::AckPolicy, consumer::DeliverPolicy, consumer::pull};
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt;
use std::time::Duration;

pub(super) struct NatsQueue {
    bus: Nats,
    messages: pull::Stream,
    max_deliver: u32,
}

impl NatsQueue {
    pub(super) async fn open(bus: &Nats, stream: &str, spec: &QueueSpec) -> Result<Self, BusError> {
        let config = pull::Config {
            durable_name: Some(spec.name.clone()),
            filter_subjects: spec.filters.clone(),
            deliver_policy: DeliverPolicy::All,
            ack_policy: AckPolicy::Explicit,
            ack_wait: spec.ack_wait,
            // One delivery more than what the worker sees as its last try: a crash during that one is not the end.
            max_deliver: i64::from(spec.max_deliver) + 1,
            // Messages that wait for a window to open must not hinder the others.
            max_ack_pending: 100_000,
            ..pull::Config::default()
        };
        let consumer: jetstream::consumer::PullConsumer = bus
            .stream(stream)
            .await?
            .get_or_create_consumer(&spec.name, config)
            .await
            .map_err(|e| bus.server("opening a work queue", &e))?;
        let messages = consumer
            .stream()
            .max_messages_per_batch(1)
            .messages()
            .await
            .map_err(|e| bus.server("opening a work queue", &e))?;
        Ok(Self { bus: bus.clone(), messages, max_deliver: spec.max_deliver })
    }
}

#[async_trait]
impl Queue for NatsQueue {
    async fn next(&mut self, wait: Duration) -> Result<Option<Box<dyn Delivery>>, BusError> {
        let item = match tokio::time::timeout(wait, self.messages.next()).await {
            Err(_) => return Ok(None),
            Ok(item) => item,
        };
        let message = match item {
            Some(Ok(message)) => message,
            Some(Err(error)) => return Err(self.bus.server("reading a work queue", &error)),
            None => return Err(BusError::Unreachable { url: self.bus.url.clone(), doing: "reading a work queue" }),
        };
        let delivered = message.info().map(|i| i.delivered).unwrap_or(1);
        let record = record(&message).ok_or_else(|| BusError::Server {
            doing: "reading a work queue",
            hint: "a message without stream information".into(),
        })?;
        let last = delivered >= i64::from(self.max_deliver);
        Ok(Some(Box::new(NatsDelivery { bus: self.bus.clone(), message, record, last })))
    }
}

struct NatsDelivery {
    bus: Nats,
    message: jetstream::Message,
    record: Record,
    last: bool,
}

impl NatsDelivery {
    async fn answer(&self, kind: AckKind) -> Result<(), BusError> {
        self.message.ack_with(kind).await.map_err(|e| self.bus.server("acknowledging", e.as_ref()))
    }
}

#[async_trait]
impl Delivery for NatsDelivery {
    fn record(&self) -> &Record {
        &self.record
    }

    fn last(&self) -> bool {
        self.last
    }

    async fn ack(&self) -> Result<(), BusError> {
        self.message.double_ack().await.map_err(|e| self.bus.server("acknowledging", e.as_ref()))
    }

    async fn nak(&self, delay: Duration) -> Result<(), BusError> {
        self.answer(AckKind::Nak(Some(delay))).await
    }

    async fn term(&self, why: &str) -> Result<(), BusError> {
        // AckKind::Term carries no reason, so the reply is written by hand.
        let Some(reply) = self.message.reply.clone() else { return self.answer(AckKind::Term).await };
        let payload = Bytes::from(format!("+TERM {why}"));
        self.bus.client.publish(reply, payload).await.map_err(|e| self.bus.server("terminating", &e))
    }

    async fn progress(&self) -> Result<(), BusError> {
        self.answer(AckKind::Progress).await
    }
}
