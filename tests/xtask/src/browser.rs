//! `cargo xtask browser`: the pages in a real browser. Starts the scene (`mellomlag demo --sider`), lets the tests in
//! `tests/a11y` loose on it with Chromium, and stops what it started.
//!
//! Playwright and axe are installed into `.tools/a11y` from the lock file, which pins them by hash. Chromium is the
//! system's: what `MELLOMLAG_CHROMIUM` names, or Debian's.

mod modules;
mod scene;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{nats, process};
use scene::Scene;

/// Names a Chromium to use; the tests read it too.
const VARIABLE: &str = "MELLOMLAG_CHROMIUM";
/// Where Debian has it.
const DEBIAN: &str = "/usr/bin/chromium";

#[derive(clap::Args)]
pub struct Browser {
    /// Only tests with this in their names
    #[arg(value_name = "NAME")]
    only: Option<String>,
    /// Make the pictures in deploy/handbook/src/bilder anew
    #[arg(long)]
    pictures: bool,
}

/// Installs, builds, starts the scene, and runs the tests on it.
pub fn run(root: &Path, options: &Browser) -> Result<ExitCode> {
    let chromium = chromium()?;
    let home = modules::ensure(root)?;
    let server = nats::ensure(root)?;
    if !process::cargo(root).args(["build", "-p", "mellomlag"]).status()?.success() {
        bail!("mellomlag does not build");
    }
    let scene = Scene::start(root, &server, &home.join("scene.json"))?;
    let mut node = process::command(root, "node");
    node.args(["--test", "--test-reporter=spec"]);
    node.args(options.only.iter().map(|name| format!("--test-name-pattern={name}")));
    node.arg("tests/a11y/alle.test.mjs").env("MELLOMLAG_SCENE", scene.file()).env(VARIABLE, chromium);
    if options.pictures {
        node.env("MELLOMLAG_BILDER", "1");
    }
    let passed = node.status()?.success();
    let stopped = scene.stop()?;
    if !stopped {
        eprintln!("xtask: the scene did not end well");
    }
    Ok(if passed && stopped { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn chromium() -> Result<PathBuf> {
    let named = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
    let path = named.unwrap_or_else(|| DEBIAN.into());
    if !path.is_file() {
        bail!("{} is no Chromium; 'apt-get install chromium' installs it, or {VARIABLE} names another", path.display());
    }
    Ok(path)
}
