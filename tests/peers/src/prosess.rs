//! Python programs as children: started in a clean place, and gone when the handle is dropped.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

/// A slow machine needs its time to make tables and a key at the first start.
const TALMOD: Duration = Duration::from_secs(120);

/// A program that runs until it is dropped.
#[derive(Debug)]
pub struct Program {
    /// The first line that it wrote.
    pub linje: String,
    /// Held so that the program sees its input close, and is killed at the latest, when this goes.
    _barn: Child,
}

fn kommando(python: &Path, skript: &str) -> Command {
    let mappe = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("python");
    let mut kommando = Command::new(python);
    kommando.arg(mappe.join(skript)).kill_on_drop(true).stdin(Stdio::piped()).stdout(Stdio::piped());
    kommando.stderr(Stdio::piped()).env("PYTHONDONTWRITEBYTECODE", "1").env("NO_PROXY", "127.0.0.1");
    kommando
}

/// Starts a program and waits for its first line.
pub async fn start(python: &Path, skript: &str, argumenter: &[&str]) -> Result<Program> {
    let mut barn = kommando(python, skript).args(argumenter).spawn().context("cannot start python")?;
    let ut = barn.stdout.take().context("standard output is piped")?;
    let mut linje = String::new();
    let lest = tokio::time::timeout(TALMOD, BufReader::new(ut).read_line(&mut linje)).await;
    if lest.is_err() || linje.is_empty() {
        barn.start_kill().context("cannot stop the program")?;
        let mut feil = String::new();
        if let Some(mut strom) = barn.stderr.take() {
            strom.read_to_string(&mut feil).await.context("cannot read what the program says")?;
        }
        bail!("{skript} did not start: {}", feil.lines().last().unwrap_or("it said nothing"));
    }
    Ok(Program { linje, _barn: barn })
}

/// Runs a program to its end with `inn` on its standard input; what it wrote.
pub async fn kjor(python: &Path, skript: &str, inn: &str) -> Result<String> {
    let mut barn = kommando(python, skript).spawn().context("cannot start python")?;
    let mut strom = barn.stdin.take().context("standard input is piped")?;
    strom.write_all(inn.as_bytes()).await.context("the program does not read its input")?;
    drop(strom);
    let ut = tokio::time::timeout(TALMOD, barn.wait_with_output()).await.context("the program does not end")??;
    if !ut.status.success() {
        bail!("{skript}: {}", String::from_utf8_lossy(&ut.stderr).lines().last().unwrap_or("it said nothing"));
    }
    String::from_utf8(ut.stdout).context("the program wrote something that is no text")
}
