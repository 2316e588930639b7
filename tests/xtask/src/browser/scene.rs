//! The running scene, and its end.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{nats, process};

/// Minutes that a session of the scene may stay unused, so that one can run out while the tests go on.
const SESSION: &str = "2";
/// How long it may take to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A scene that runs. It ends when this is dropped.
pub struct Scene {
    program: Option<Child>,
    file: PathBuf,
}

impl Scene {
    /// Starts it, and waits until it has said in `file` where everything is.
    pub fn start(root: &Path, server: &Path, file: &Path) -> Result<Self> {
        let mut cargo = process::cargo(root);
        cargo.args(["run", "--quiet", "-p", "mellomlag", "--", "demo", "--sider", "--json"]);
        cargo.args(["--okt-minutter", SESSION]);
        let mut program = cargo
            .env(nats::VARIABLE, server)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the scene")?;
        let mut said = BufReader::new(program.stdout.take().context("the scene has a standard output")?);
        let scene = Self { program: Some(program), file: file.to_path_buf() };
        let mut line = String::new();
        said.read_line(&mut line).context("cannot read what the scene says")?;
        if line.trim().is_empty() {
            bail!("the scene ended before it was ready");
        }
        std::fs::write(file, &line).with_context(|| format!("cannot write {}", file.display()))?;
        // What it says later is read, so that it is never kept waiting by us.
        std::thread::spawn(move || said.read_to_end(&mut Vec::new()));
        Ok(scene)
    }

    /// The file that says where everything is.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Asks it to end. Whether it ended as it should.
    pub fn stop(mut self) -> Result<bool> {
        let Some(mut program) = self.program.take() else { return Ok(true) };
        end(&mut program)
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if let Some(program) = &mut self.program
            && let Err(error) = end(program)
        {
            eprintln!("xtask: the scene could not be stopped: {error:#}");
        }
    }
}

fn end(program: &mut Child) -> Result<bool> {
    // Asked with a signal, so that it can stop what it has started itself.
    let asked = std::process::Command::new("kill").args(["-TERM", &program.id().to_string()]).status();
    let begun = Instant::now();
    while asked.as_ref().is_ok_and(std::process::ExitStatus::success) && begun.elapsed() < PATIENCE {
        if let Some(status) = program.try_wait()? {
            return Ok(status.success());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    program.kill()?;
    program.wait()?;
    Ok(false)
}
