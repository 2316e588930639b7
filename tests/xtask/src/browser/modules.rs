//! The node modules of the browser tests, installed from their lock file.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::process;

/// Where the tests and their lock file lie.
const TESTS: &str = "tests/a11y";
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// Installs exactly what the lock file says, once. Returns the folder.
pub fn ensure(root: &Path) -> Result<PathBuf> {
    let home = root.join(".tools/a11y");
    let mut pinned = Sha256::new();
    for file in FILES {
        pinned.update(std::fs::read(root.join(TESTS).join(file)).with_context(|| format!("cannot read {file}"))?);
    }
    let pinned = pinned.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mark = home.join("installed");
    if std::fs::read_to_string(&mark).is_ok_and(|text| text == pinned) {
        return Ok(home);
    }
    eprintln!("xtask: installing .tools/a11y (once, about 15 MB)");
    std::fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
    for file in FILES {
        std::fs::copy(root.join(TESTS).join(file), home.join(file)).with_context(|| format!("cannot copy {file}"))?;
    }
    // A package's own scripts are not run: nothing here needs one.
    let status = process::command(&home, "npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .status()
        .context("cannot start npm; Node.js 20 or newer comes with it (Debian: apt-get install nodejs npm)")?;
    if !status.success() {
        bail!("npm could not install what {TESTS}/package-lock.json names; is the package registry within reach?");
    }
    std::fs::write(&mark, pinned).with_context(|| format!("cannot write {}", mark.display()))?;
    Ok(home)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_pinned_by_hash() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(TESTS).join(FILES[1]);
        let lock: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let packages = lock["packages"].as_object().unwrap().iter().filter(|(name, _)| !name.is_empty());
        let packages: Vec<_> = packages.collect();
        assert!(packages.iter().any(|(name, _)| name.ends_with("playwright-core")), "{packages:?}");
        for (name, package) in packages {
            assert!(package["integrity"].as_str().is_some_and(|hash| hash.starts_with("sha512-")), "{name}");
        }
    }
}
