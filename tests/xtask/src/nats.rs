//! Finds a nats-server that is new enough: the one named in the environment, the one on PATH, or the pinned one in
//! `.tools`, which is fetched once. Nothing is installed outside the repository.

mod pinned;
mod version;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

pub use version::Version;

/// Names a nats-server to use; the demo, the tests and the bench read it too.
pub const VARIABLE: &str = "MELLOMLAG_NATS_SERVER";

/// Atomic batches with all the checks that a step relies on.
const OLDEST: Version = Version(2, 14, 0);

/// The path of a nats-server that is new enough.
pub fn ensure(root: &Path) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        return from_environment(&root.join(PathBuf::from(named)), version_of);
    }
    match std::env::var_os("PATH").and_then(|path| on_path(&path, version_of)) {
        Some((server, version)) if version >= OLDEST => return Ok(server),
        Some((server, version)) => {
            eprintln!("xtask: {} is {version}, older than {OLDEST}; using the pinned one", server.display());
        }
        None => {}
    }
    pinned::ensure(root)
}

/// The variable is a wish; a wrong one is an error, not a reason to use something else.
fn from_environment(server: &Path, ask: impl Fn(&Path) -> Result<Version>) -> Result<PathBuf> {
    let version = ask(server).with_context(|| format!("{VARIABLE} names no usable nats-server"))?;
    if version < OLDEST {
        bail!("{VARIABLE} names {}, which is {version}; {OLDEST} or newer is needed", server.display());
    }
    Ok(server.to_path_buf())
}

/// The first nats-server on `path` that can tell its version.
fn on_path(path: &OsStr, ask: impl Fn(&Path) -> Result<Version>) -> Option<(PathBuf, Version)> {
    let name = format!("nats-server{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(path).map(|folder| folder.join(&name)).filter(|file| file.is_file()).find_map(|file| {
        let version = ask(&file).ok()?;
        Some((file, version))
    })
}

/// Asks a nats-server for its version.
fn version_of(server: &Path) -> Result<Version> {
    let output =
        Command::new(server).arg("--version").output().with_context(|| format!("cannot run {}", server.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    Version::parse(&text)
        .with_context(|| format!("{} --version did not answer as a nats-server does", server.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(major: u32, minor: u32, patch: u32) -> impl Fn(&Path) -> Result<Version> {
        move |_| Ok(Version(major, minor, patch))
    }

    #[test]
    fn a_named_server_is_used_when_new_enough() {
        let named = Path::new("/opt/nats-server");
        assert_eq!(from_environment(named, answers(2, 14, 0)).unwrap(), named);
    }

    #[test]
    fn a_named_server_that_is_too_old_is_refused_with_both_versions() {
        let error = from_environment(Path::new("/opt/nats-server"), answers(2, 13, 9)).unwrap_err().to_string();
        assert!(error.contains("2.13.9") && error.contains("2.14.0") && error.contains(VARIABLE), "{error}");
    }

    #[test]
    fn a_named_file_that_is_missing_is_refused() {
        let error = format!("{:#}", from_environment(Path::new("/nowhere/nats-server"), version_of).unwrap_err());
        assert!(error.contains(VARIABLE) && error.contains("/nowhere/nats-server"), "{error}");
    }

    #[test]
    fn a_program_that_is_something_else_has_no_version() {
        let ourselves = std::env::current_exe().unwrap();
        let error = version_of(&ourselves).unwrap_err().to_string();
        assert!(error.contains("as a nats-server does"), "{error}");
    }

    #[test]
    fn path_is_searched_in_order_past_what_does_not_run() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [_, broken, good] = &folders;
        let name = format!("nats-server{}", std::env::consts::EXE_SUFFIX);
        for folder in [broken, good] {
            std::fs::write(folder.path().join(&name), "").unwrap();
        }
        let ask = |file: &Path| match file.starts_with(broken.path()) {
            true => bail!("does not run"),
            false => Ok(Version(2, 15, 1)),
        };
        let path = std::env::join_paths(folders.iter().map(|folder| folder.path())).unwrap();
        assert_eq!(on_path(&path, ask), Some((good.path().join(&name), Version(2, 15, 1))));
        assert_eq!(on_path(folders[0].path().as_os_str(), ask), None);
    }
}
