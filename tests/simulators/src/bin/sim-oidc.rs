//! The OpenID provider on its own, with people and clients from a file.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Parser;
use serde::Deserialize;
use simulators::{
    oidc::{Klient, Oidc, OidcConfig, Person},
    program,
};

/// An OpenID provider on 127.0.0.1 with people who do not exist. Whoever opens its page chooses who to be.
///
/// POST /_sim/feil {"type": "feil_nonce"} makes it misbehave, DELETE /_sim/feil makes it well again.
#[derive(Parser)]
#[command(name = "sim-oidc", version)]
struct Valg {
    /// Port on 127.0.0.1; 0 picks a free one.
    #[arg(long, default_value_t = 8083)]
    port: u16,
    /// JSON file: {"klienter": [...], "personer": [...]}.
    #[arg(long)]
    people: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fil {
    klienter: Vec<Klient>,
    personer: Vec<Person>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let valg = Valg::parse();
    program::logg();
    let sti = valg.people.display();
    let tekst = std::fs::read_to_string(&valg.people).with_context(|| format!("cannot read {sti}"))?;
    let fil: Fil = serde_json::from_str(&tekst).with_context(|| format!("cannot understand {sti}"))?;
    let (klienter, personer) = (fil.klienter, fil.personer);
    let oidc = Oidc::start(OidcConfig { port: valg.port, klienter, personer, ..OidcConfig::default() }).await?;
    println!("issuer   {}", oidc.utsteder());
    program::vent_paa_stopp().await?;
    oidc.stop().await;
    Ok(())
}
