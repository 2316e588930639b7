//! `cargo xtask check`: everything that can be said about the code without running it. All steps run, so that one
//! look shows all problems, the cheap ones first.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::{arrows, process, sizes};

/// Runs every step and says at the end which ones failed.
pub fn run(root: &Path) -> Result<ExitCode> {
    for component in ["fmt", "clippy"] {
        require(root, component)?;
    }
    let mut documentation = cargo(root, &["doc", "--workspace", "--no-deps", "--document-private-items"]);
    documentation.env("RUSTDOCFLAGS", "-D warnings");

    let outcomes = [
        ("file sizes", sizes::look(root)?),
        ("formatting", passes("formatting", cargo(root, &["fmt", "--all", "--check"]))?),
        ("arrows", arrows::run(root)? == ExitCode::SUCCESS),
        ("clippy", passes("clippy", cargo(root, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?),
        ("documentation", passes("documentation", documentation)?),
    ];
    let failed: Vec<_> = outcomes.iter().filter(|(_, passed)| !passed).map(|(step, _)| *step).collect();
    if failed.is_empty() {
        eprintln!("check: {} steps passed", outcomes.len());
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("check: failed: {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}

/// A missing component must not look like a finding.
fn require(root: &Path, component: &str) -> Result<()> {
    let there = cargo(root, &[component, "--version"]).output().is_ok_and(|output| output.status.success());
    if !there {
        bail!("cargo {component} is missing; `rustup component add rustfmt clippy` installs it");
    }
    Ok(())
}

fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = process::cargo(root);
    command.args(arguments);
    command
}

fn passes(step: &str, mut command: Command) -> Result<bool> {
    eprintln!("check: {step}");
    let status = command.status().with_context(|| format!("cannot start the step {step}"))?;
    Ok(status.success())
}
