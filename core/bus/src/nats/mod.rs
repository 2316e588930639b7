//! The bus on a real nats-server.

mod commit;
mod queue;
mod read;

use crate::server::{NEEDED, new_enough};
use crate::{
    Batch, BucketSpec, Bus, BusError, CommitError, Committed, Difference, Entry, Expect, Message, Queue, QueueSpec,
    Reader, Record, Start, StreamSpec, StreamState,
};
use async_nats::jetstream::{self, context, kv, stream};
use async_nats::{Client, ConnectOptions, Event, HeaderMap};
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::future::try_join_all;
use std::{path::PathBuf, time::Duration};

/// How to connect.
#[derive(Debug, Clone)]
pub struct NatsConfig {
    /// `nats://host:port`, or `tls://…`; several with commas.
    pub url: String,
    /// A NATS credentials file, where the server asks for one.
    pub credentials: Option<PathBuf>,
    /// A PEM file with the authority of the server's certificate, where it is not a public one.
    pub root_certificates: Option<PathBuf>,
    /// How long to wait for an answer.
    pub timeout: Duration,
}

impl NatsConfig {
    /// A server without credentials, as on this machine.
    pub fn local(url: &str) -> Self {
        Self { url: url.into(), credentials: None, root_certificates: None, timeout: Duration::from_secs(10) }
    }
}

/// The bus on a real nats-server. It reconnects by itself; what was not acknowledged meanwhile is an error.
#[derive(Debug, Clone)]
pub struct Nats {
    client: Client,
    js: jetstream::Context,
    url: String,
    timeout: Duration,
}

impl Nats {
    /// Connects, and refuses a server that is too old.
    pub async fn connect(config: &NatsConfig) -> Result<Self, BusError> {
        let mut options = ConnectOptions::new()
            .name("mellomlag")
            .connection_timeout(config.timeout)
            .request_timeout(Some(config.timeout))
            .max_reconnects(None)
            .event_callback(|event| async move {
                match event {
                    Event::Connected => tracing::info!("connected to NATS"),
                    Event::Disconnected => tracing::warn!("lost the connection to NATS; reconnecting"),
                    Event::SlowConsumer(_) => tracing::warn!("NATS dropped messages: this process reads too slowly"),
                    other => tracing::debug!(event = %other, "NATS"),
                }
            });
        if let Some(file) = &config.credentials {
            options = options
                .credentials_file(file)
                .await
                .map_err(|_| BusError::Denied { hint: format!("the file {} cannot be read", file.display()) })?;
        }
        if let Some(file) = &config.root_certificates {
            options = options.add_root_certificates(file.clone());
        }
        let client = options.connect(config.url.as_str()).await.map_err(|error| match error.kind() {
            async_nats::ConnectErrorKind::Authentication | async_nats::ConnectErrorKind::AuthorizationViolation => {
                BusError::Denied { hint: "the server does not accept them".into() }
            }
            _ => BusError::Unreachable { url: config.url.clone(), doing: "connecting" },
        })?;
        let version = client.server_info().version;
        if !new_enough(&version) {
            return Err(BusError::TooOld { found: version, needed: NEEDED });
        }
        let mut js = jetstream::new(client.clone());
        js.set_timeout(config.timeout);
        let bus = Self { client, js, url: config.url.clone(), timeout: config.timeout };
        bus.js.query_account().await.map_err(|error| BusError::NoJetStream { hint: error.to_string() })?;
        Ok(bus)
    }

    async fn stream(&self, name: &str) -> Result<stream::Stream<()>, BusError> {
        self.js.get_stream_no_info(name).await.map_err(|e| self.server("opening a stream", &e))
    }

    async fn bucket(&self, name: &str) -> Result<kv::Store, BusError> {
        self.js.get_key_value(name).await.map_err(|e| self.server("opening a bucket", &e))
    }

    /// An answer of the server that is no timeout, or no answer at all.
    fn server(&self, doing: &'static str, error: &dyn std::error::Error) -> BusError {
        let hint = error.to_string();
        let silent = hint.contains("timed out") || hint.contains("timeout") || hint.contains("no responders");
        if silent || !self.healthy() {
            return BusError::Unreachable { url: self.url.clone(), doing };
        }
        BusError::Server { doing, hint }
    }

    async fn ensure_stream(&self, spec: &StreamSpec) -> Result<Vec<Difference>, BusError> {
        match self.js.get_stream(spec.name).await {
            Ok(found) => Ok(spec.compare(&found.cached_info().config)),
            Err(error) if not_found(&error) => {
                self.js.create_stream(spec.config()).await.map_err(|e| self.server("creating a stream", &e))?;
                tracing::info!(stream = spec.name, "created stream");
                Ok(vec![])
            }
            Err(error) => Err(self.server("opening a stream", &error)),
        }
    }

    async fn ensure_bucket(&self, spec: &BucketSpec) -> Result<Vec<Difference>, BusError> {
        let max_age = spec.max_age.unwrap_or_default();
        match self.js.get_stream(format!("KV_{}", spec.name)).await {
            Ok(found) => {
                let found = &found.cached_info().config;
                let mut out = vec![];
                let mut differs = |setting, needed: String, found: String| {
                    if needed != found {
                        out.push(Difference { name: format!("bucket {}", spec.name), setting, needed, found });
                    }
                };
                differs("max_age", format!("{max_age:?}"), format!("{:?}", found.max_age));
                differs("num_replicas", spec.replicas.to_string(), found.num_replicas.to_string());
                Ok(out)
            }
            Err(error) if not_found(&error) => {
                let config = kv::Config {
                    bucket: spec.name.into(),
                    history: 1,
                    max_age,
                    num_replicas: spec.replicas,
                    ..kv::Config::default()
                };
                self.js.create_key_value(config).await.map_err(|e| self.server("creating a bucket", &e))?;
                tracing::info!(bucket = spec.name, "created bucket");
                Ok(vec![])
            }
            Err(error) => Err(self.server("opening a bucket", &error)),
        }
    }
}

fn not_found(error: &context::GetStreamError) -> bool {
    matches!(error.kind(), context::GetStreamErrorKind::JetStream(e) if e.error_code() == jetstream::ErrorCode::STREAM_NOT_FOUND)
}

fn header_map(headers: &[(&'static str, String)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.as_str());
    }
    map
}

fn header_list(map: &HeaderMap) -> Vec<(String, String)> {
    map.iter().filter_map(|(name, values)| values.first().map(|v| (name.to_string(), v.as_str().to_owned()))).collect()
}

#[async_trait]
impl Bus for Nats {
    async fn ensure(&self, streams: &[StreamSpec], buckets: &[BucketSpec]) -> Result<(), BusError> {
        let mut differences = Vec::new();
        for spec in streams {
            differences.extend(self.ensure_stream(spec).await?);
        }
        for spec in buckets {
            differences.extend(self.ensure_bucket(spec).await?);
        }
        if differences.is_empty() { Ok(()) } else { Err(BusError::Differs(differences)) }
    }

    async fn commit(&self, stream: &str, batch: Batch) -> Result<Committed, CommitError> {
        commit::commit(self, stream, batch).await
    }

    async fn publish(&self, messages: Vec<Message>) -> Result<(), BusError> {
        /// Beyond this many in flight only latency grows.
        const WINDOW: usize = 256;
        for window in messages.chunks(WINDOW) {
            let sent = window
                .iter()
                .map(|m| self.js.publish_with_headers(m.subject.clone(), header_map(&m.headers), m.payload.clone()));
            let mut acks = Vec::with_capacity(window.len());
            for publish in sent {
                acks.push(publish.await.map_err(|e| self.server("publishing", &e))?);
            }
            try_join_all(acks.into_iter().map(IntoFuture::into_future))
                .await
                .map_err(|e| self.server("waiting for an acknowledgement", &e))?;
        }
        Ok(())
    }

    async fn last(&self, stream: &str, subject: &str) -> Result<Option<Record>, BusError> {
        read::last(self, stream, subject).await
    }

    async fn next(&self, stream: &str, subject: &str, after: u64) -> Result<Option<Record>, BusError> {
        read::next(self, stream, subject, after).await
    }

    async fn state(&self, stream: &str) -> Result<StreamState, BusError> {
        let found = self.js.get_stream(stream).await.map_err(|e| self.server("asking for a stream's state", &e))?;
        let state = &found.cached_info().state;
        Ok(StreamState { first: state.first_sequence, last: state.last_sequence, count: state.messages })
    }

    async fn read(&self, stream: &str, filters: &[String], start: Start) -> Result<Box<dyn Reader>, BusError> {
        Ok(Box::new(read::NatsReader::open(self, stream, filters, start).await?))
    }

    async fn queue(&self, stream: &str, spec: &QueueSpec) -> Result<Box<dyn Queue>, BusError> {
        Ok(Box::new(queue::NatsQueue::open(self, stream, spec).await?))
    }

    async fn get(&self, bucket: &str, key: &str) -> Result<Option<Bytes>, BusError> {
        self.bucket(bucket).await?.get(key).await.map_err(|e| self.server("reading a key", &e))
    }

    async fn entry(&self, bucket: &str, key: &str) -> Result<Option<Entry>, BusError> {
        let entry = self.bucket(bucket).await?.entry(key).await.map_err(|e| self.server("reading a key", &e))?;
        let set = entry.filter(|e| e.operation == kv::Operation::Put);
        Ok(set.map(|e| Entry { value: e.value, revision: Expect(e.revision) }))
    }

    async fn put_if(&self, bucket: &str, key: &str, value: Bytes, expect: Expect) -> Result<bool, BusError> {
        match self.bucket(bucket).await?.update(key, value, expect.0).await {
            Ok(_) => Ok(true),
            Err(e) if e.kind() == kv::UpdateErrorKind::WrongLastRevision => Ok(false),
            Err(e) => Err(self.server("writing a key", &e)),
        }
    }

    async fn put(&self, bucket: &str, key: &str, value: Bytes) -> Result<(), BusError> {
        self.bucket(bucket).await?.put(key, value).await.map_err(|e| self.server("writing a key", &e)).map(drop)
    }

    fn healthy(&self) -> bool {
        self.client.connection_state() == async_nats::connection::State::Connected
    }

    async fn close(&self) {
        if self.client.drain().await.is_ok() {
            let _ = tokio::time::timeout(self.timeout, self.client.flush()).await;
        }
    }
}
