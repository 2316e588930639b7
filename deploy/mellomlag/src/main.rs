//! The one binary: it reads a configuration, joins the parts, and runs them. Nothing is decided here.

mod csv;
mod drift;
mod eksport;
mod forklar;
mod gjennomgang;
mod identity;
mod innlevert;
mod kjor;
mod kobling;
mod kommandoer;
mod kvittering;
mod list;
mod nokkel;
mod oppsett;
mod proveskudd;
mod regler;
mod runde;
mod sammenlign;
mod sjekk;
mod source;
mod tabell;
mod verify;

#[cfg(feature = "demo")]
mod demo;
#[cfg(feature = "demo")]
mod fremdrift;
#[cfg(test)]
mod prover;

use clap::Parser;
use kommandoer::{Kommando, Kommandolinje};
use std::process::ExitCode;

fn main() -> ExitCode {
    let linje = Kommandolinje::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(feil) => {
            eprintln!("mellomlag: {feil}");
            return ExitCode::FAILURE;
        }
    };
    let resultat = runtime.block_on(async {
        match linje.kommando {
            Kommando::Run(mappe) => kjor::kjor(&mappe.config).await,
            Kommando::Check { mappe, offline, json } => sjekk::sjekk(&mappe.config, offline, json).await,
            #[cfg(feature = "demo")]
            Kommando::Demo(valg) => demo::kjor(valg).await,
            Kommando::List { kommando } => list::kjor(kommando).await,
            Kommando::Round { kommando } => runde::kjor(kommando).await,
            Kommando::Source { kommando } => source::kjor(kommando).await,
            Kommando::Pause(valg) => drift::pause(valg).await,
            Kommando::Resume(valg) => drift::gjenoppta(valg).await,
            Kommando::Paused(mappe) => drift::pauser(&mappe.config).await,
            Kommando::Quarantine { kommando } => drift::karantene(kommando).await,
            Kommando::Csv { kommando } => csv::kjor(kommando).await,
            Kommando::Reconcile(valg) => gjennomgang::kjor(valg).await,
            Kommando::Receipt(valg) => kvittering::kjor(valg).await,
            Kommando::Verify(valg) => verify::kjor(&valg),
            Kommando::Keygen(valg) => nokkel::kjor(&valg),
            Kommando::Compare(valg) => sammenlign::kjor(valg).await,
            Kommando::Export(valg) => eksport::kjor(valg).await,
            Kommando::Explain(valg) => forklar::kjor(valg).await,
            Kommando::DryRun(valg) => proveskudd::kjor(valg).await,
            Kommando::Rules(valg) => regler::kjor(&valg),
            Kommando::Identity => identity::kjor(std::io::stdin().lock(), std::io::stdout().lock()).map(|()| true),
            Kommando::Version => {
                println!("mellomlag {}", env!("CARGO_PKG_VERSION"));
                Ok(true)
            }
        }
    });
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    match resultat {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(feil) => {
            eprintln!("mellomlag: {feil:#}");
            ExitCode::FAILURE
        }
    }
}
