//! OneRoster programs that others wrote, against ours: their services read by our adapter, our Vigilo read by their
//! clients. `cargo xtask peers` installs them and starts this; the README beside it says who they are.
//!
//! Nothing in the product is changed for a peer: a service is reached by writing a configuration, as a municipality would.

mod datasett;
mod klient;
mod prosess;
mod tjener;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads and is read by OneRoster programs that others wrote.
#[derive(Parser)]
#[command(name = "peers")]
struct Cli {
    #[command(subcommand)]
    command: Kommando,
}

#[derive(Subcommand)]
enum Kommando {
    /// All peers that Python has: services, then clients
    Alle {
        /// A Python in which tests/peers/python/requirements.txt is installed
        #[arg(long)]
        python: PathBuf,
    },
    /// Read a service that runs somewhere, by nothing but the adapter's configuration file, and count
    Les {
        /// Configuration as adapters/oneroster takes it
        #[arg(long)]
        config: PathBuf,
    },
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let bestatt = match Cli::parse().command {
        Kommando::Alle { python } => {
            let mut utfall = Vec::new();
            for tjener in tjener::TJENERE {
                utfall.push(skriv(tjener.navn, tjener::prov(&python, tjener).await));
            }
            for klient in klient::KLIENTER {
                utfall.push(skriv(klient.navn, klient::prov(&python, klient).await));
            }
            utfall.into_iter().all(|bestatt| bestatt)
        }
        Kommando::Les { config } => {
            let text = std::fs::read_to_string(&config)?;
            skriv("service", tjener::les(adapter_oneroster::Config::parse(&text)?).await.map(|lest| lest.linje()))
        }
    };
    Ok(if bestatt { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One line per peer; whether it passed.
fn skriv(navn: &str, utfall: Result<String>) -> bool {
    match &utfall {
        Ok(linje) => println!("ok    {navn}: {linje}"),
        Err(feil) => println!("FAIL  {navn}: {feil:#}"),
    }
    utfall.is_ok()
}
