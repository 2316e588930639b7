//! Folkeregisteret on its own: the pupils of one synthetic municipality.

use anyhow::Context as _;
use clap::Parser;
use simulators::{
    Klokke,
    folkeregister::{Folkeregister, FolkeregisterConfig, Utsteder},
    generator::{GeneratorConfig, Kommune, landet},
    program,
};

/// Serves Folkeregisteret for the pupils of a synthetic municipality on 127.0.0.1, in Skatteetaten's and KS Fiks' shapes.
///
/// With the same --seed and --kommune the pupils are those of sim-vigilo. The exact addresses are printed at start.
/// Drive it while it runs: POST /_sim/handlinger {"handlinger": [{"type": "stoey", "antall": 1000000}]} lets things happen,
/// POST /_sim/feil {"feil": {"type": "for_mange", "millisekunder": 2000}, "ressurs": "feed", "ganger": 1} makes it
/// misbehave, DELETE /_sim/feil makes it well again, GET /_sim/tilstand shows counts.
#[derive(Parser)]
#[command(name = "sim-folkeregister", version)]
struct Valg {
    /// Port on 127.0.0.1; 0 picks a free one.
    #[arg(long, default_value_t = 8084)]
    port: u16,
    /// The same seed makes the same people.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// bergen, voss, liten, or four digits for any municipality with invented schools.
    #[arg(long, default_value = "liten")]
    kommune: String,
    /// The year in which the school year begins.
    #[arg(long)]
    skolear: Option<i16>,
    /// Issuer of the tokens that are taken, with a slash at the end; without it any bearer token is.
    #[arg(long, value_name = "URL")]
    maskinporten: Option<String>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let valg = Valg::parse();
    program::logg();
    let mut config = FolkeregisterConfig::ny().med_kommune(generer(&valg)?);
    config.port = valg.port;
    config.seed = valg.seed;
    config.klokke = Klokke::ekte();
    config.utsteder = valg
        .maskinporten
        .map(|utsteder| Utsteder { jwks_url: format!("{}/jwks", utsteder.trim_end_matches('/')), utsteder });
    let rolle = config.rolle.clone();
    let register = Folkeregister::start(config).await?;
    println!("base        {}/", register.base_url());
    println!("role        {}", rolle.id);
    println!("integration {}", rolle.integrasjon_id);
    println!("password    {}", rolle.passord);
    println!("people      {}", register.numre().len());
    program::vent_paa_stopp().await?;
    register.stop().await;
    Ok(())
}

fn generer(valg: &Valg) -> anyhow::Result<Kommune> {
    let mut config = match valg.kommune.as_str() {
        "bergen" => GeneratorConfig::bergen(valg.seed),
        "voss" => GeneratorConfig::voss(valg.seed),
        "liten" => GeneratorConfig::liten(valg.seed),
        nummer => {
            landet(valg.seed).oppsett().iter().find(|c| c.kommunenummer == nummer).cloned().with_context(|| {
                format!("--kommune {nummer}: use bergen, voss, liten or the number of a municipality")
            })?
        }
    };
    if let Some(skolear) = valg.skolear {
        config.skolear = skolear;
    }
    Ok(Kommune::generer(&config))
}
