//! `cargo xtask shacl`: the specification of the contract that we offer, judged by programs that others wrote (pyshacl and
//! an OpenAPI validator), installed from hashes into `.tools/shacl`.
//!
//! That the specification and its examples are what the adapter's types say is a test of the adapter; here it is seen
//! that our payloads conform to the shapes, and that broken ones are refused by the shape that should.
//!
//! Where there is no Python that they run on, they are skipped, and that is said.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::process;
use crate::python::Environment;

const JUDGES: Environment = Environment { name: "shacl", lists: &["tests/xtask/shacl/requirements.txt"], size: 20 };

/// Installs the judges, and lets them judge.
pub fn run(root: &Path) -> Result<ExitCode> {
    let Some(python) = JUDGES.python(root)? else { return Ok(ExitCode::SUCCESS) };
    let mut judge = process::command(root, python);
    judge.arg("tests/xtask/shacl/sjekk.py").arg("adapters/vigo/openapi");
    process::hand_over(judge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_pinned_by_hash() {
        crate::python::assert_pinned(JUDGES.lists[0], &["pyshacl==0.40.1", "openapi-spec-validator==0.9.0"]);
    }
}
