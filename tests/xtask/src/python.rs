//! A Python of our own with exactly the packages that are pinned by hash, for programs that others wrote.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::process;

/// The oldest that every package runs on.
const OLDEST: (u32, u32) = (3, 12);

/// What is installed, and where.
#[derive(Debug)]
pub struct Environment {
    /// The folder in `.tools`, and the name in what is said.
    pub name: &'static str,
    /// Lists of packages with hashes, from the workspace's root, in the order that they are installed.
    pub lists: &'static [&'static str],
    /// Megabytes to fetch.
    pub size: u32,
}

impl Environment {
    /// The path of its Python. `None` where there is no Python that could make one, which is said.
    pub fn python(&self, root: &Path) -> Result<Option<PathBuf>> {
        let Some(python) = python() else {
            println!("skip  {}: no python3 of {}.{} or newer was found", self.name, OLDEST.0, OLDEST.1);
            return Ok(None);
        };
        let installed = self.install(root, python)?;
        if installed.is_none() {
            println!("skip  {}: python3 has no venv (Debian and Ubuntu: apt-get install python3-venv)", self.name);
        }
        Ok(installed)
    }

    /// An environment with exactly the packages that are pinned. None where Python cannot make one.
    fn install(&self, root: &Path, mut python: Command) -> Result<Option<PathBuf>> {
        let mut pinned = Sha256::new();
        for list in self.lists {
            pinned.update(std::fs::read(root.join(list)).with_context(|| format!("cannot read {list}"))?);
        }
        let pinned = pinned.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let home = root.join(".tools").join(self.name);
        let (own, mark) = (home.join("bin/python"), home.join("installed"));
        if own.is_file() && std::fs::read_to_string(&mark).is_ok_and(|text| text == pinned) {
            return Ok(Some(own));
        }
        eprintln!("xtask: installing .tools/{} (once, about {} MB)", self.name, self.size);
        if !python.args(["-m", "venv", "--clear"]).arg(&home).status().context("cannot start python3")?.success() {
            return Ok(None);
        }
        for list in self.lists {
            let status = process::command(root, &own)
                .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"])
                .args(["--no-deps", "--no-build-isolation", "--require-hashes", "-r", list])
                .status()
                .context("cannot start pip")?;
            if !status.success() {
                bail!("pip could not install {list}; is the package index within reach?");
            }
        }
        std::fs::write(&mark, pinned).with_context(|| format!("cannot write {}", mark.display()))?;
        Ok(Some(own))
    }
}

/// The first Python that is new enough: on PATH under the usual names, or one that pyenv holds.
fn python() -> Option<Command> {
    let on_path = ["python3", "python3.14", "python3.13", "python3.12"].map(|name| (name.to_owned(), None));
    let pyenv = Command::new("pyenv").args(["versions", "--bare"]).output().map(|output| output.stdout);
    let pyenv = String::from_utf8(pyenv.unwrap_or_default()).unwrap_or_default();
    let pyenv = pyenv.lines().rev().map(|version| ("python3".to_owned(), Some(version.trim().to_owned())));
    on_path.into_iter().chain(pyenv).find_map(|(name, version)| {
        let command = || {
            let mut command = Command::new(&name);
            command.envs(version.iter().map(|version| ("PYENV_VERSION", version)));
            command
        };
        let output = command().arg("--version").output().ok().filter(|output| output.status.success())?;
        (parse(&String::from_utf8_lossy(&output.stdout))? >= OLDEST).then(command)
    })
}

/// Reads `Python 3.12.1`.
fn parse(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix("Python ")?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Whether a list pins every package by hash, those of these names and versions among them.
#[cfg(test)]
pub fn assert_pinned(list: &str, expected: &[&str]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(list);
    let text = std::fs::read_to_string(file).expect("the list is in the tree");
    let packages: Vec<_> = text.split('\n').filter(|line| line.contains("==")).collect();
    assert!(packages.iter().all(|line| line.ends_with('\\')), "a hash follows each package: {packages:?}");
    for name in expected {
        assert!(packages.iter().any(|line| line.starts_with(name)), "{name}");
    }
    assert!(text.lines().filter(|line| line.contains("--hash=sha256:")).count() >= packages.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_compared_as_numbers() {
        assert_eq!(parse("Python 3.12.1\n"), Some((3, 12)));
        assert!(parse("Python 3.9.18").unwrap() < OLDEST && parse("Python 3.14.0rc2").unwrap() >= OLDEST);
        assert_eq!(parse("pyenv: python3.12: command not found"), None);
    }
}
