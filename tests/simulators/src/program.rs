//! What the three small programs share: logging to stderr, and running until told to stop.

use anyhow::Context as _;

/// Log lines on stderr at the level in `RUST_LOG` (default: info). Nothing personal is ever logged, only counts.
pub fn logg() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
}

/// Waits for Ctrl-C or SIGTERM.
///
/// # Errors
/// When the signal handlers cannot be set up.
pub async fn vent_paa_stopp() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    tokio::select! {
        svar = tokio::signal::ctrl_c() => svar.context("cannot listen for Ctrl-C"),
        _ = term.recv() => Ok(()),
    }
}
