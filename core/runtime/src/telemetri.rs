//! Logs and traces: set up once, by the program.

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use serde::Deserialize;
use std::io;
use tracing::{Level, Subscriber, level_filters::LevelFilter};
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::{Filter, SubscriberExt};
use tracing_subscriber::{EnvFilter, Layer, fmt::writer::BoxMakeWriter, registry::LookupSpan, util::SubscriberInitExt};

/// How logs look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// For people.
    #[default]
    Pretty,
    /// One JSON object a line.
    Json,
}

/// Logs and traces.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Telemetri {
    /// `pretty` or `json`.
    pub format: Format,
    /// What is logged, as in `info,bus=debug`; the variable `RUST_LOG` goes before it.
    pub filter: Option<String>,
    /// OTLP over HTTP, for example `http://127.0.0.1:4318/v1/traces`; without it no traces are exported.
    pub otlp: Option<String>,
}

/// Why telemetry could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetriFeil {
    /// The filter cannot be read.
    #[error("[telemetri] filter cannot be read; write it as `info,bus=debug`")]
    Filter,
    /// The exporter cannot be made.
    #[error("[telemetri] otlp cannot be used: {0}")]
    Otlp(String),
}

/// Sends what is left when dropped or shut down.
#[derive(Debug)]
pub struct Vakt(Option<SdkTracerProvider>);

impl Vakt {
    /// Sends what is left. Blocks: call it from a blocking task.
    pub fn avslutt(self) {
        if let Some(provider) = self.0 {
            let _ = provider.shutdown();
        }
    }
}

impl Telemetri {
    /// Starts logging to standard error, and traces where an endpoint is given.
    pub fn start(&self, versjon: &'static str) -> Result<Vakt, TelemetriFeil> {
        let tekst = std::env::var("RUST_LOG").ok().or_else(|| self.filter.clone()).unwrap_or_else(|| "info".into());
        let skriver = BoxMakeWriter::new(io::stderr);
        let logg = match self.format {
            Format::Pretty => tracing_subscriber::fmt::layer().with_writer(skriver).with_target(false).boxed(),
            Format::Json => tracing_subscriber::fmt::layer().with_writer(skriver).json().boxed(),
        };
        let provider = self.otlp.as_deref().map(|url| eksport(url, versjon)).transpose()?;
        let spor = provider
            .as_ref()
            .map(|p| tracing_opentelemetry::layer().with_tracer(p.tracer("mellomlag")).with_filter(LevelFilter::INFO));
        tracing_subscriber::registry()
            .with(logg.with_filter(loggfilter(&tekst)?))
            .with(spor)
            .try_init()
            .map_err(|_| TelemetriFeil::Filter)?;
        Ok(Vakt(provider))
    }
}

/// What a log may hold: what `tekst` asks for, as in `info,bus=debug`, and never the messages that the NATS client prints
/// on its lowest level, whatever is asked for. They are people's data.
pub fn loggfilter<S>(tekst: &str) -> Result<impl Filter<S> + Send + Sync + 'static, TelemetriFeil>
where
    S: Subscriber + for<'a> LookupSpan<'a> + 'static,
{
    let onsket = EnvFilter::try_new(tekst).map_err(|_| TelemetriFeil::Filter)?;
    Ok(onsket.and(filter_fn(|m| *m.level() != Level::TRACE || !m.target().starts_with("async_nats"))))
}

/// A provider that exports to `url`, in batches, from a thread of its own.
pub fn eksport(url: &str, versjon: &'static str) -> Result<SdkTracerProvider, TelemetriFeil> {
    let eksportor = SpanExporter::builder()
        .with_http()
        .with_endpoint(url)
        .build()
        .map_err(|e| TelemetriFeil::Otlp(e.to_string()))?;
    let ressurs = Resource::builder()
        .with_service_name("mellomlag")
        .with_attribute(opentelemetry::KeyValue::new("service.version", versjon))
        .build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(eksportor).with_resource(ressurs).build())
}
