//! Starting other programs from the workspace root, with a clean environment.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

/// The workspace's root folder, two above this crate.
pub fn workspace_root() -> Result<PathBuf> {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.ancestors().nth(2).map(Path::to_path_buf).context("the workspace root is two folders above tests/xtask")
}

/// A program, started in `root`.
///
/// `cargo run` tells us about our own package through variables; build scripts further down watch some of them, so
/// passing them on would build those crates anew each time a command is run through here and then directly.
pub fn command(root: &Path, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(describes_our_package) {
            command.env_remove(name);
        }
    }
    command
}

fn describes_our_package(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"]
        .iter()
        .any(|prefix| variable.starts_with(prefix))
}

/// The same cargo that runs us.
pub fn cargo(root: &Path) -> Command {
    command(root, std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a program to its end as the last thing we do; its exit status is ours.
///
/// On Unix it takes our place, so that Ctrl-C and other signals reach it and nobody else.
pub fn hand_over(mut command: Command) -> Result<ExitCode> {
    let program = command.get_program().to_string_lossy().into_owned();
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let error = command.exec();
        Err(error).with_context(|| format!("cannot start {program}"))
    }
    #[cfg(not(unix))]
    {
        let status = command.status().with_context(|| format!("cannot start {program}"))?;
        Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_where_the_lock_file_lies() {
        assert!(workspace_root().unwrap().join("Cargo.lock").is_file());
    }

    #[test]
    fn our_own_package_is_not_passed_on() {
        assert!(describes_our_package("CARGO_PKG_NAME"));
        assert!(describes_our_package("CARGO_MANIFEST_DIR"));
        assert!(!describes_our_package("CARGO_HOME"));
        assert!(!describes_our_package("CARGO_TARGET_DIR"));
        assert!(!describes_our_package("CARGO"));
    }
}
