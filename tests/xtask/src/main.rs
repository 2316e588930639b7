//! The project's own commands, `cargo xtask <command>`: what a newcomer, a reviewer and CI run. It starts other
//! programs and looks at the workspace; it never uses the product's crates, so that it builds in seconds.

mod arrows;
mod browser;
mod check;
mod fuzz;
mod nats;
mod peers;
mod process;
mod python;
mod shacl;
mod sizes;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", about = "Mellomlag's own commands", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Send two synthetic municipalities through the whole flow (arguments go to `mellomlag demo`)
    Demo(Rest),
    /// Run every test of the workspace against a real nats-server (arguments go to `cargo test --workspace`)
    Test(Rest),
    /// Measure the flow against the raw speed of the same server, in release (arguments go to the bench)
    Bench(Rest),
    /// Find a nats-server that is new enough, fetch the pinned one if there is none, and print its path
    Nats,
    /// Read and be read by OneRoster programs that others wrote, installed into .tools
    Peers,
    /// Judge the specification in adapters/vigo/openapi with pyshacl and an OpenAPI validator, installed into .tools
    Shacl,
    /// Judge the pages in Chromium, with axe, keyboard and stories, on a scene that is started and stopped
    Browser(browser::Browser),
    /// Run each parser of outside data on made-up input for some seconds, from the kept corpus
    Fuzz(fuzz::Fuzz),
    /// Check that the crates use each other only as core/ARCHITECTURE.md says
    Arrows,
    /// Everything that needs no server: file sizes, formatting, arrows, clippy, documentation
    Check,
    /// What CI does: check, then test
    Ci,
}

/// Arguments handed on as they are.
#[derive(clap::Args)]
struct Rest {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    args: Vec<String>,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    let root = process::workspace_root()?;
    match command {
        Command::Demo(rest) => {
            let server = nats::ensure(&root)?;
            let mut cargo = process::cargo(&root);
            cargo.args(["run", "-p", "mellomlag", "--", "demo"]).args(rest.args).env(nats::VARIABLE, server);
            process::hand_over(cargo)
        }
        Command::Test(rest) => {
            let server = nats::ensure(&root)?;
            let mut cargo = process::cargo(&root);
            cargo.args(["test", "--workspace"]).args(rest.args).env(nats::VARIABLE, server);
            process::hand_over(cargo)
        }
        Command::Bench(rest) => {
            let server = nats::ensure(&root)?;
            let mut cargo = process::cargo(&root);
            cargo.args(["run", "--release", "-p", "bench", "--"]).args(rest.args).env(nats::VARIABLE, server);
            process::hand_over(cargo)
        }
        Command::Nats => {
            println!("{}", nats::ensure(&root)?.display());
            Ok(ExitCode::SUCCESS)
        }
        Command::Peers => peers::run(&root),
        Command::Shacl => shacl::run(&root),
        Command::Browser(browser) => browser::run(&root, &browser),
        Command::Fuzz(fuzz) => fuzz::run(&root, &fuzz),
        Command::Arrows => arrows::run(&root),
        Command::Check => check::run(&root),
        Command::Ci => process::hand_over(process::command(&root, root.join(".ci/run"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_with_hyphens_are_handed_on() {
        let cli = Cli::try_parse_from(["cargo xtask", "demo", "--once", "--json"]).unwrap();
        let Command::Demo(rest) = cli.command else { panic!("demo was read as another command") };
        assert_eq!(rest.args, ["--once", "--json"]);
    }

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
