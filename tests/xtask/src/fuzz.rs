//! `cargo xtask fuzz`: every target of `tests/fuzz` for some seconds, starting from its kept corpus.
//!
//! cargo-fuzz builds them, with the stable compiler and without a sanitizer: none of our code is unsafe, so what there is
//! to find are panics, overflows, time and memory, and those need none. What a run finds new is kept under `target`.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::process;

/// Another version changes flags and layout; try it before pinning it.
const CARGO_FUZZ: &str = "0.13.2";

/// What holds for every input: bytes, megabytes and seconds.
const LIMITS: [&str; 3] = ["-max_len=65536", "-rss_limit_mb=1024", "-timeout=10"];

/// What to run.
#[derive(Debug, clap::Args)]
pub struct Fuzz {
    /// How long each target runs
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Only the targets with this in their name
    #[arg(value_name = "NAME")]
    only: Option<String>,
}

/// Builds and runs the targets; fails if one of them does.
pub fn run(root: &Path, fuzz: &Fuzz) -> Result<ExitCode> {
    let targets = targets(root, fuzz.only.as_deref())?;
    if targets.is_empty() {
        bail!("no target of tests/fuzz has {:?} in its name", fuzz.only.as_deref().unwrap_or_default());
    }
    let built = Instant::now();
    let programs = build(root, &cargo_fuzz(root)?)?;
    eprintln!("fuzz: built in {} s", built.elapsed().as_secs());
    let mut failed = Vec::new();
    for target in &targets {
        match one(root, &programs, target, fuzz.seconds)? {
            Outcome::Clean(line) => println!("ok    {target}: {line}"),
            Outcome::Crash(line) => {
                println!("FAIL  {target}: {line}");
                failed.push(target.as_str());
            }
        }
    }
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("fuzz: mend it, then keep the input in tests/fuzz/corpus/<target>: {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}

/// The names of the targets, in order.
fn targets(root: &Path, only: Option<&str>) -> Result<Vec<String>> {
    let folder = root.join("tests/fuzz/fuzz_targets");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "rs") && only.is_none_or(|part| name.contains(part)) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The pinned cargo-fuzz, installed into `.tools` the first time.
fn cargo_fuzz(root: &Path) -> Result<PathBuf> {
    let home = root.join(".tools/fuzz");
    let program = home.join("bin").join(format!("cargo-fuzz{}", std::env::consts::EXE_SUFFIX));
    let ours = format!("cargo-fuzz {CARGO_FUZZ}");
    let version = Command::new(&program).arg("--version").output();
    if version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == ours) {
        return Ok(program);
    }
    eprintln!("xtask: installing {ours} into .tools/fuzz (once, about a minute)");
    let mut install = process::cargo(root);
    install.args(["install", "--locked", "--quiet", "--force", "cargo-fuzz", "--version", CARGO_FUZZ, "--root"]);
    let status = install.arg(&home).status().context("cannot start cargo")?;
    if !status.success() {
        bail!("{ours} could not be installed; is the registry within reach?");
    }
    Ok(program)
}

/// Builds every target into a folder of its own, and returns the folder of the programs.
fn build(root: &Path, cargo_fuzz: &Path) -> Result<PathBuf> {
    if !["c++", "clang++", "g++"].iter().any(|name| Command::new(name).arg("--version").output().is_ok()) {
        bail!("libFuzzer needs a C++ compiler; install one (Debian and Ubuntu: apt-get install g++)");
    }
    let home = root.join("target/fuzz");
    let status = process::command(root, cargo_fuzz)
        .args(["build", "--fuzz-dir", "tests/fuzz", "--sanitizer", "none", "--target-dir"])
        .arg(&home)
        .env("CARGO_TERM_QUIET", "true")
        .status()
        .context("cannot start cargo-fuzz")?;
    if !status.success() {
        bail!("the fuzz targets do not build");
    }
    Ok(home.join(triple()?).join("release"))
}

/// The machine that rustc builds for by itself, which cargo-fuzz names its folder after.
fn triple() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("cannot start rustc")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines()
        .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        .context("rustc -vV does not name its host")
}

enum Outcome {
    Clean(String),
    Crash(String),
}

/// One target. It holds no more than its limits, and is ended if it should not end by itself.
fn one(root: &Path, programs: &Path, target: &str, seconds: u64) -> Result<Outcome> {
    let (found, crashes) =
        (root.join("target/fuzz/corpus").join(target), root.join("target/fuzz/crashes").join(target));
    for folder in [&found, &crashes] {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let kept = root.join("tests/fuzz/corpus").join(target);
    let output = process::command(root, programs.join(target))
        .args(LIMITS)
        .args([format!("-max_total_time={seconds}"), format!("-artifact_prefix={}/", crashes.display())])
        .args(["-print_final_stats=1", "-verbosity=1"])
        .args([&found, &kept])
        .output()
        .with_context(|| format!("cannot start {target}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Ok(Outcome::Clean(format!(
            "{} runs, {} kept inputs, {} MB at most",
            stat(&text, "stat::number_of_executed_units:").unwrap_or("?"),
            std::fs::read_dir(&kept).with_context(|| format!("cannot list {}", kept.display()))?.count(),
            stat(&text, "stat::peak_rss_mb:").unwrap_or("?"),
        )));
    }
    let input = text.lines().find_map(|line| line.split_once("Test unit written to ")).map(|(_, path)| path.trim());
    // What a panic says is ours and names no value; what libFuzzer says besides is the input itself, and is left out.
    let place = text.lines().find(|line| line.contains("panicked at") || line.contains("ERROR: libFuzzer"));
    Ok(Outcome::Crash(format!("{} in {}", place.unwrap_or("failed"), input.unwrap_or("an input that was not kept"))))
}

fn stat<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_and_chosen_by_name() {
        let root = process::workspace_root().unwrap();
        let all = targets(&root, None).unwrap();
        assert!(all.contains(&"csv_pakke".to_owned()) && all.is_sorted());
        assert!(targets(&root, Some("csv")).unwrap().iter().all(|name| name.starts_with("csv_")));
        assert_eq!(targets(&root, Some("no such target")).unwrap(), [""; 0]);
        let seconds = all.len() * 5;
        assert!(seconds <= 120, "the short run of CI has become {seconds} s long");
    }

    #[test]
    fn final_statistics_are_read() {
        let text = "Done\nstat::number_of_executed_units: 4711\nstat::peak_rss_mb:              61\n";
        assert_eq!(stat(text, "stat::number_of_executed_units:"), Some("4711"));
        assert_eq!(stat(text, "stat::peak_rss_mb:"), Some("61"));
        assert_eq!(stat(text, "stat::average_exec_per_sec:"), None);
    }
}
