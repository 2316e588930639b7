//! The dependency arrows of core/ARCHITECTURE.md, checked: which room may use which, who may use the crates that
//! speak to the outside, and where no runtime may sneak in.

mod graph;
mod room;
mod rules;

use std::path::Path;
use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::process;

/// Reads the workspace's graph from cargo and prints every arrow that breaks a rule.
pub fn run(root: &Path) -> Result<ExitCode> {
    let output = process::cargo(root)
        .args(["metadata", "--format-version", "1"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata failed");
    }
    let graph = graph::Graph::from_metadata(&output.stdout)?;
    let violations = rules::violations(&graph);
    for violation in &violations {
        eprintln!("{violation}");
    }
    if violations.is_empty() {
        eprintln!("arrows: {} crates keep to the architecture", graph.crates.len());
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("arrows: {} broken; the map is core/ARCHITECTURE.md", violations.len());
    Ok(ExitCode::FAILURE)
}
