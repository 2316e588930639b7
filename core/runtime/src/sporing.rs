//! Trace context across NATS: an event carries what caused it, and what it causes joins the same trace.

use hendelse::Spor;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The `traceparent` of a span; none when tracing is not exported.
pub fn spor_av(span: &Span) -> Option<Spor> {
    let context = span.context();
    let span = context.span();
    let c = span.span_context();
    if !c.is_valid() {
        return None;
    }
    Spor::les(&format!("00-{}-{}-{:02x}", c.trace_id(), c.span_id(), c.trace_flags().to_u8()))
}

/// Makes `span` a child of what `spor` names.
pub fn sett_forelder(span: &Span, spor: Option<&Spor>) {
    let Some(context) = spor.and_then(kontekst) else { return };
    let _ = span.set_parent(opentelemetry::Context::new().with_remote_span_context(context));
}

fn kontekst(spor: &Spor) -> Option<SpanContext> {
    let mut deler = spor.as_str().split('-').skip(1);
    let trace = TraceId::from_hex(deler.next()?).ok()?;
    let span = SpanId::from_hex(deler.next()?).ok()?;
    let flagg = u8::from_str_radix(deler.next()?, 16).ok()?;
    Some(SpanContext::new(trace, span, TraceFlags::new(flagg), true, TraceState::default()))
}
