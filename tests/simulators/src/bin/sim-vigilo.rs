//! Vigilo on its own: OneRoster for one synthetic municipality.

use std::time::Duration;

use anyhow::Context as _;
use clap::{Parser, ValueEnum};
use simulators::{
    Klokke,
    generator::{GeneratorConfig, Kommune, landet},
    program,
    vigilo::{Dialekt, Feilplan, Metadataform, Skrivemate, Utgave, Vigilo, VigiloConfig, pilotfil},
};

/// Serves OneRoster (Norwegian Profile) for a synthetic municipality on 127.0.0.1, as Vigilo does.
///
/// Collections lie at http://127.0.0.1:PORT/ORG/ims/oneroster/rostering/v1p2/ and the token endpoint at
/// /realms/onedhub/protocol/openid-connect/token. The exact addresses are printed at start.
/// Drive it while it runs: POST /_sim/endringer {"morgen": 1} lets a morning of changes happen,
/// POST /_sim/feil {"feil": {"type": "html200"}, "samling": "users", "side": 2} makes it misbehave,
/// DELETE /_sim/feil makes it well again, GET /_sim/tilstand shows counts.
/// POST /_sim/kampanje {"hendelse": {"type": "rullering"}, "feil": []} plays one step of a campaign.
#[derive(Parser)]
#[command(name = "sim-vigilo", version)]
struct Valg {
    /// Port on 127.0.0.1; 0 picks a free one.
    #[arg(long, default_value_t = 8081)]
    port: u16,
    /// The same seed makes the same municipality.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// bergen, voss, liten, or four digits for any municipality with invented schools.
    #[arg(long, default_value = "liten")]
    kommune: String,
    /// The year in which the school year begins.
    #[arg(long)]
    skolear: Option<i16>,
    /// The server to stand in for: vigilo, fint-bro (the bridge from FINT, 1.1) or ed-fi.
    #[arg(long, default_value = "vigilo")]
    dialect: Dialekt,
    /// OneRoster version, instead of the dialect's own.
    #[arg(long, value_enum)]
    oneroster: Option<Versjon>,
    /// Client id that may fetch tokens.
    #[arg(long, default_value = "mellomlag")]
    client_id: String,
    /// Its secret. Only for simulators: a real one never stands on a command line.
    #[arg(long, default_value = "hemmelig")]
    client_secret: String,
    /// Seconds that a token lives.
    #[arg(long, default_value_t = 300)]
    token_seconds: u64,
    /// A larger limit is cut to this, silently, instead of to the dialect's own.
    #[arg(long)]
    max_page: Option<u32>,
    /// Write onedhub metadata as an object inside metadata, instead of as keys with dots.
    #[arg(long)]
    nested_metadata: bool,
    /// Leave out X-Total-Count.
    #[arg(long)]
    no_total: bool,
    /// Leave out Link.
    #[arg(long)]
    no_link: bool,
    /// A fault from the start, as the JSON that POST /_sim/feil takes; may be given more than once.
    #[arg(long, value_name = "JSON", value_parser = les_feil)]
    fault: Vec<Feilplan>,
    /// Draw this many faults at random by the seed; they are printed, so that one can be tried alone.
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    random_faults: usize,
    /// Write the municipality as the pilot's users file to this path, and exit.
    #[arg(long, value_name = "FILE")]
    pilot_file: Option<std::path::PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Versjon {
    #[value(name = "1.1")]
    V1p1,
    #[value(name = "1.2")]
    V1p2,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let valg = Valg::parse();
    program::logg();
    let kommune = generer(&valg)?;
    if let Some(sti) = &valg.pilot_file {
        let innhold = pilotfil(&kommune, Skrivemate::default()).to_string();
        return std::fs::write(sti, innhold).with_context(|| format!("cannot write {}", sti.display()));
    }
    let dialekt = VigiloConfig::dialekt(kommune, valg.dialect);
    let vigilo = Vigilo::start(VigiloConfig {
        port: valg.port,
        utgave: match valg.oneroster {
            Some(Versjon::V1p1) => Utgave::V1p1,
            Some(Versjon::V1p2) => Utgave::V1p2,
            None => dialekt.utgave,
        },
        klient_id: valg.client_id.clone(),
        hemmelighet: valg.client_secret,
        token_levetid: Duration::from_secs(valg.token_seconds),
        maks_side: valg.max_page.unwrap_or(dialekt.maks_side).max(1),
        med_total: !valg.no_total,
        med_link: !valg.no_link,
        metadataform: if valg.nested_metadata { Metadataform::Nestet } else { Metadataform::Flat },
        klokke: Klokke::ekte(),
        ..dialekt
    })
    .await?;
    for plan in valg.fault.into_iter().chain(Feilplan::trekk(valg.seed, valg.random_faults)) {
        println!("fault      {}", serde_json::to_string(&plan).context("a fault cannot be written")?);
        vigilo.feil(plan);
    }
    println!("oneroster  {}", vigilo.oneroster_url());
    println!("token      {}", vigilo.token_url());
    println!("client id  {}", valg.client_id);
    for (orgnr, antall) in vigilo.tiende_per_skole() {
        println!("school     {orgnr}  {antall} in tenth grade");
    }
    program::vent_paa_stopp().await?;
    vigilo.stop().await;
    Ok(())
}

fn les_feil(tekst: &str) -> Result<Feilplan, String> {
    serde_json::from_str(tekst)
        .map_err(|feil| format!("expected as in {{\"feil\": {{\"type\": \"html200\"}}}}: {feil}"))
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
