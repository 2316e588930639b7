//! The program started as a process.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs it to its end, with `inn` on its standard input.
pub fn mellomlag(args: &[&str], inn: &str) -> Output {
    let rot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut barn = Command::new(env!("CARGO_BIN_EXE_mellomlag"))
        .args(args)
        .current_dir(rot)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    barn.stdin.take().unwrap().write_all(inn.as_bytes()).unwrap();
    barn.wait_with_output().unwrap()
}

pub fn tekst(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
