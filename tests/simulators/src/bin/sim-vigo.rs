//! VIGO on its own: takes one list of tenth-graders per school and school year.

use clap::{Parser, ValueEnum};
use jiff::Timestamp;
use simulators::{
    generator::{bergen, landet, liten, voss},
    program,
    vigo::{Identitetsregler, Skoleoppforing, Vigo, VigoConfig, Vindu},
};

/// Receives lists of tenth-graders on 127.0.0.1, as VIGO's stand-in does, with Maskinporten tokens.
///
/// POST /api/submissions/graduating-students takes a list; POST /api/schools is the open code base. The proposed dialect
/// elevliste_v1 has PUT, PATCH and GET of /elevliste/v1/elevlister/ORGNR/SKOLEAR.
/// GET /_sim/innsendinger and /_sim/elevlister show what has been received, POST /_sim/vindu {"til": "2026-01-01T00:00:00Z"} closes the
/// window, POST /_sim/feil {"feil": {"type": "mistet_svar"}, "ganger": 1} makes it misbehave, DELETE /_sim/feil makes
/// it well again.
#[derive(Parser)]
#[command(name = "sim-vigo", version)]
struct Valg {
    /// Port on 127.0.0.1; 0 picks a free one.
    #[arg(long, default_value_t = 8083)]
    port: u16,
    /// Base URL of the Maskinporten whose tokens are trusted, as sim-maskinporten prints it.
    #[arg(long, default_value = "http://127.0.0.1:8082")]
    maskinporten: String,
    /// The issuer, where it is another than the base URL with a slash.
    #[arg(long)]
    issuer: Option<String>,
    /// Scope that a token must have.
    #[arg(long, default_value = "novari:fakevigoskole")]
    scope: String,
    /// Scope that a token must have for elevliste_v1.
    #[arg(long, default_value = "novari:elevliste")]
    scope_elevliste: String,
    /// Which identity numbers are taken: "novari" refuses every synthetic one, "syntetisk" takes month + 80.
    #[arg(long, value_enum, default_value_t = Regler::Syntetisk)]
    regler: Regler,
    /// Whose schools the code base knows beside the built-in ones.
    #[arg(long, value_enum, default_values_t = [Skoler::Bergen, Skoler::Voss])]
    skoler: Vec<Skoler>,
    /// The seed of the municipalities, as given to sim-vigilo.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// When the window opens (2026-11-01T00:00:00Z); open from the start when left out.
    #[arg(long)]
    vindu_fra: Option<Timestamp>,
    /// When the window closes.
    #[arg(long)]
    vindu_til: Option<Timestamp>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Regler {
    Novari,
    Syntetisk,
}

#[derive(Clone, Copy, ValueEnum)]
enum Skoler {
    Bergen,
    Voss,
    Liten,
    Landet,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let valg = Valg::parse();
    program::logg();
    let base = valg.maskinporten.trim_end_matches('/');
    let mut config = VigoConfig::ny(valg.issuer.unwrap_or_else(|| format!("{base}/")), format!("{base}/jwks"));
    config.port = valg.port;
    config.scope = valg.scope;
    config.scope_elevliste = valg.scope_elevliste;
    config.regler = match valg.regler {
        Regler::Novari => Identitetsregler::SomNovari,
        Regler::Syntetisk => Identitetsregler::MedSyntetiske,
    };
    config.vindu = Vindu { fra: valg.vindu_fra, til: valg.vindu_til };
    for skoler in valg.skoler {
        config = match skoler {
            Skoler::Bergen => config.med_kommune(&bergen(valg.seed)),
            Skoler::Voss => config.med_kommune(&voss(valg.seed)),
            Skoler::Liten => config.med_kommune(&liten(valg.seed)),
            Skoler::Landet => {
                config.skoler.extend(landet(valg.seed).oppsett().iter().flat_map(Skoleoppforing::fra_oppsett));
                config
            }
        };
    }
    let vigo = Vigo::start(config).await?;
    println!("submissions  {}", vigo.innsending_url());
    println!("code base    {}/api/schools", vigo.kodeverk_url());
    program::vent_paa_stopp().await?;
    vigo.stop().await;
    Ok(())
}
