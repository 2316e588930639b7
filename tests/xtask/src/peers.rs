//! `cargo xtask peers`: OneRoster programs that others wrote, installed from hashes into `.tools/peers`, against ours.
//!
//! They are Python packages. Where there is no Python that they run on, they are skipped, and that is said.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::process;
use crate::python::Environment;

/// What builds a package that comes as source, then each package; `requirements.in` beside it says which were asked for.
const PEERS: Environment = Environment {
    name: "peers",
    lists: &["tests/peers/python/bygg.txt", "tests/peers/python/requirements.txt"],
    size: 40,
};

/// Installs the peers, and hands over to the program that tries them.
pub fn run(root: &Path) -> Result<ExitCode> {
    let Some(python) = PEERS.python(root)? else { return Ok(ExitCode::SUCCESS) };
    let mut cargo = process::cargo(root);
    cargo.args(["run", "--quiet", "-p", "peers", "--", "alle", "--python"]).arg(python);
    process::hand_over(cargo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_pinned_by_hash() {
        let peers = ["strongmind-oneroster-client==2.0.5", "timeback-oneroster==0.4.0"];
        crate::python::assert_pinned(PEERS.lists[1], &peers);
    }
}
