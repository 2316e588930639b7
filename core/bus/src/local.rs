//! A nats-server of our own on this machine: for the demo, the tests and the benchmark.

use crate::server::{NEEDED, ServerConfig, new_enough};
use std::{
    io,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::process::{Child, Command};

/// The environment variable that names the nats-server to use.
pub const SERVER_VARIABLE: &str = "MELLOMLAG_NATS_SERVER";

/// Where `cargo xtask nats` puts the one it fetches, from the root of the project.
const TOOLS: &str = ".tools/nats/bin/nats-server";

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// None was found, or it is too old.
    #[error(
        "no nats-server {NEEDED} or newer was found in {SERVER_VARIABLE}, .tools or PATH{}; `cargo xtask nats` fetches one",
        .found.as_ref().map(|v| format!(" (found {v})")).unwrap_or_default()
    )]
    Missing {
        /// The version of the one that is too old.
        found: Option<String>,
    },
    /// It did not start.
    #[error("nats-server did not start: {hint}")]
    Start {
        /// What was seen.
        hint: String,
    },
    /// Files could not be written.
    #[error("the server's folder cannot be used")]
    Io(#[from] io::Error),
}

/// A running server. It is stopped when this is dropped.
#[derive(Debug)]
pub struct LocalServer {
    child: Child,
    dir: PathBuf,
    port: u16,
    binary: PathBuf,
}

impl LocalServer {
    /// Finds a nats-server that is new enough: [`SERVER_VARIABLE`], then `.tools/nats/bin`, then PATH.
    pub async fn find() -> Result<PathBuf, LocalError> {
        let named = std::env::var_os(SERVER_VARIABLE).map(PathBuf::from);
        let candidates = named.into_iter().chain([PathBuf::from(TOOLS), PathBuf::from("nats-server")]);
        let mut found = None;
        for candidate in candidates {
            let Ok(output) = Command::new(&candidate).arg("--version").stdin(Stdio::null()).output().await else {
                continue;
            };
            let version = String::from_utf8_lossy(&output.stdout);
            let version = version.trim().rsplit(' ').next().unwrap_or_default();
            if new_enough(version) {
                return Ok(candidate);
            }
            found.get_or_insert(version.to_owned());
        }
        Err(LocalError::Missing { found })
    }

    /// Starts a server with its store in `dir`, on a free port.
    pub async fn start(binary: &Path, dir: &Path) -> Result<Self, LocalError> {
        Self::start_on(binary, dir, -1).await
    }

    async fn start_on(binary: &Path, dir: &Path, port: i32) -> Result<Self, LocalError> {
        for old in ports_files(dir)? {
            std::fs::remove_file(old)?;
        }
        let config =
            ServerConfig { port, store_dir: &dir.join("store"), ports_file_dir: Some(dir), max_file_store: 20 << 30 };
        let file = dir.join("nats.conf");
        std::fs::write(&file, config.render())?;
        let log = std::fs::File::create(dir.join("nats.log"))?;
        let mut child = Command::new(binary)
            .arg("--config")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        let port =
            tokio::time::timeout(Duration::from_secs(30), wait_for_port(dir, &mut child)).await.map_err(|_| {
                LocalError::Start { hint: format!("no port after 30 s; see {}", dir.join("nats.log").display()) }
            })??;
        Ok(Self { child, dir: dir.to_owned(), port, binary: binary.to_owned() })
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Its process id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Kills it as a power cut would, without a word, and starts it again on the same port and store.
    pub async fn kill_and_restart(&mut self) -> Result<(), LocalError> {
        self.kill().await?;
        *self = Self::start_on(&self.binary, &self.dir, i32::from(self.port)).await?;
        Ok(())
    }

    /// Kills it without a word.
    pub async fn kill(&mut self) -> Result<(), LocalError> {
        Ok(self.child.kill().await?)
    }
}

fn ports_files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(std::fs::read_dir(dir)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "ports"))
        .collect())
}

/// The server writes a JSON file with the addresses it listens on once it is ready for clients.
async fn wait_for_port(dir: &Path, child: &mut Child) -> Result<u16, LocalError> {
    loop {
        for file in ports_files(dir)? {
            let text = std::fs::read_to_string(file)?;
            let ports: Option<serde_json::Value> = serde_json::from_str(&text).ok();
            let port =
                ports.as_ref().and_then(|p| p["nats"][0].as_str()).and_then(|a| a.rsplit(':').next()?.parse().ok());
            if let Some(port) = port {
                return Ok(port);
            }
        }
        if let Some(status) = child.try_wait()? {
            let log = std::fs::read_to_string(dir.join("nats.log")).unwrap_or_default();
            let last = log.lines().last().unwrap_or_default();
            return Err(LocalError::Start { hint: format!("it ended with {status}: {last}") });
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
