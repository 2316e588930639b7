//! `cargo xtask peers`: OneRoster programs that others wrote, installed from hashes into `.tools/peers`, against ours.
//!
//! They are Python packages. Where there is no Python that they run on, they are skipped, and that is said.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::process;

/// The oldest that every peer runs on.
const OLDEST: (u32, u32) = (3, 12);

/// Each package and its hash; `requirements.in` beside it says which of them were asked for.
const REQUIREMENTS: &str = "tests/peers/python/requirements.txt";

/// What builds a package that comes as source.
const BUILD: &str = "tests/peers/python/bygg.txt";

/// Installs the peers, and hands over to the program that tries them.
pub fn run(root: &Path) -> Result<ExitCode> {
    let Some(python) = python() else {
        println!("skip  peers: no python3 of {}.{} or newer was found", OLDEST.0, OLDEST.1);
        return Ok(ExitCode::SUCCESS);
    };
    let Some(python) = install(root, python)? else {
        println!("skip  peers: python3 has no venv (Debian and Ubuntu: apt-get install python3-venv)");
        return Ok(ExitCode::SUCCESS);
    };
    let mut cargo = process::cargo(root);
    cargo.args(["run", "--quiet", "-p", "peers", "--", "alle", "--python"]).arg(python);
    process::hand_over(cargo)
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

/// An environment with exactly the packages that are pinned, and the path of its Python. None where Python cannot make one.
fn install(root: &Path, mut python: Command) -> Result<Option<PathBuf>> {
    let pinned = std::fs::read(root.join(REQUIREMENTS)).with_context(|| format!("cannot read {REQUIREMENTS}"))?;
    let pinned = Sha256::digest(&pinned).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let home = root.join(".tools/peers");
    let (own, mark) = (home.join("bin/python"), home.join("installed"));
    if own.is_file() && std::fs::read_to_string(&mark).is_ok_and(|text| text == pinned) {
        return Ok(Some(own));
    }
    eprintln!("xtask: installing the peers into .tools/peers (once, about 40 MB)");
    if !python.args(["-m", "venv", "--clear"]).arg(&home).status().context("cannot start python3")?.success() {
        return Ok(None);
    }
    for list in [BUILD, REQUIREMENTS] {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_compared_as_numbers() {
        assert_eq!(parse("Python 3.12.1\n"), Some((3, 12)));
        assert!(parse("Python 3.9.18").unwrap() < OLDEST && parse("Python 3.14.0rc2").unwrap() >= OLDEST);
        assert_eq!(parse("pyenv: python3.12: command not found"), None);
    }

    #[test]
    fn every_package_is_pinned_by_hash() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(REQUIREMENTS);
        let text = std::fs::read_to_string(file).unwrap();
        let packages: Vec<_> = text.split("\n").filter(|line| line.contains("==")).collect();
        assert!(packages.iter().all(|line| line.ends_with('\\')), "a hash follows each package: {packages:?}");
        for peer in ["strongmind-oneroster-client==2.0.5", "timeback-oneroster==0.4.0"] {
            assert!(packages.iter().any(|line| line.starts_with(peer)), "{peer}");
        }
        assert!(text.lines().filter(|line| line.contains("--hash=sha256:")).count() >= packages.len());
    }
}
