//! What is measured on: a nats-server with an empty store, a Vigilo full of synthetic pupils, a VIGO with its code base.

use anyhow::{Context, Result};
use bus::local::LocalServer;
use bus::{Bus, Nats, NatsConfig};
use flow::{Clock, Lesevalg, SystemClock};
use hendelse::{Kildenavn, Tenant, Tenantnokkel};
use identitet::Politikk;
use jiff::tz::TimeZone;
use kodeverk::Skolear;
use liste::Regelsett;
use runtime::{Kart, Kilde, Lister, Plan, Sammenheng};
use simulators::generator::{GeneratorConfig, Kommune};
use simulators::maskinporten::{Maskinporten, MaskinportenConfig};
use simulators::vigilo::{Vigilo, VigiloConfig};
use simulators::vigo::{Vigo, VigoConfig};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// The tenant that is measured.
pub const TENANT: &str = "bergen";
/// Rows per page, as in the demo.
const PAGE: u32 = 1_000;
/// Sources are read once: the next reading is further away than any measurement lasts.
const ONCE: Duration = Duration::from_secs(86_400);

/// The running surroundings.
pub struct Scene {
    folder: TempDir,
    nats: LocalServer,
    maskinporten: Maskinporten,
    vigo: Vigo,
    vigilo: Vigilo,
}

impl Scene {
    /// Starts everything. The municipality is made here, so making it is not measured.
    pub async fn start(seed: u64, pupils: Option<u32>) -> Result<Self> {
        let mut config = GeneratorConfig::bergen(seed);
        let today = SystemClock.now().to_zoned(TimeZone::get("Europe/Oslo")?).date();
        config.skolear = Skolear::try_from(today).context("the clock")?.startar();
        if let Some(pupils) = pupils {
            scale(&mut config, pupils);
        }
        let vigilo = Vigilo::start(VigiloConfig::ny(Kommune::generer(&config))).await?;
        let maskinporten = Maskinporten::start(MaskinportenConfig::default()).await?;
        let vigo = VigoConfig::for_maskinporten(&maskinporten).med_kommune(vigilo.kommune());
        let vigo = Vigo::start(vigo).await?;
        let folder = tempfile::Builder::new().prefix("mellomlag-bench-").tempdir()?;
        std::fs::write(folder.path().join("vigilo.hemmelighet"), "hemmelig")?;
        let store = folder.path().join("nats");
        std::fs::create_dir(&store)?;
        let nats = LocalServer::start(&LocalServer::find().await?, &store).await?;
        Ok(Self { folder, nats, maskinporten, vigo, vigilo })
    }

    /// How many pupils the municipality has.
    pub fn pupils(&self) -> usize {
        self.vigilo.kommune().elever.len()
    }

    /// The server's process id.
    pub fn nats_pid(&self) -> Result<u32> {
        self.nats.pid().context("nats-server has stopped")
    }

    /// A connection of its own through the product's client.
    pub async fn connect(&self) -> Result<Arc<dyn Bus>> {
        Ok(Arc::new(Nats::connect(&NatsConfig::local(&self.nats.url())).await?))
    }

    /// The roles from source to list, as the program joins them; nothing is approved or delivered.
    pub fn plan(&self, clock: &Arc<dyn Clock>) -> Result<Plan> {
        let (tenant, shared): (Tenant, Tenant) = (TENANT.parse()?, Tenant::felles());
        let (school_system, code_base): (Kildenavn, Kildenavn) = ("vigilo".parse()?, "kodeverk-vigo".parse()?);
        let (key, shared_key) = (Tenantnokkel::fra_hex(&"5a".repeat(32))?, Tenantnokkel::fra_hex(&"00".repeat(32))?);
        let source = adapter_oneroster::Config::parse(&self.vigilo_toml())?.build(clock.clone())?;
        let codes = adapter_vigo::Config::parse(&self.vigo_toml())?.build_source()?;
        let kommune = self.vigilo.kommune().kommunenummer.parse()?;
        Ok(Plan {
            kilder: vec![
                Kilde {
                    tenant: tenant.clone(),
                    nokkel: key.clone(),
                    navn: school_system.clone(),
                    source: Arc::new(source),
                    valg: Lesevalg::hver(ONCE),
                },
                Kilde {
                    tenant: shared.clone(),
                    nokkel: shared_key,
                    navn: code_base.clone(),
                    source: Arc::new(codes),
                    valg: Lesevalg::hver(ONCE),
                },
            ],
            kart: vec![Kart {
                tenant: tenant.clone(),
                nokkel: key.clone(),
                krever: vec![(tenant.clone(), school_system), (shared, code_base)],
                skolesvar: Default::default(),
            }],
            lister: vec![Lister {
                tenant: tenant.clone(),
                nokkel: key.clone(),
                regelsett: Regelsett::ny(Politikk::VigoskoleSyntetisk).i_kommune(kommune),
            }],
            rundt: Sammenheng { nokler: Arc::new([(tenant, key)].into_iter().collect()), ..Sammenheng::default() },
            ..Plan::default()
        })
    }

    fn vigilo_toml(&self) -> String {
        format!(
            "tenant = {TENANT:?}\nkommunenummer = {:?}\nprofil = \"vigilo\"\nbase_url = {:?}\ntoken_url = {:?}\n\
             client_id = \"mellomlag\"\nclient_secret_file = {:?}\nsidestorrelse = {PAGE}\nmaks_per_sekund = 100000\n",
            self.vigilo.kommune().kommunenummer,
            self.vigilo.oneroster_url(),
            self.vigilo.token_url(),
            self.folder.path().join("vigilo.hemmelighet"),
        )
    }

    fn vigo_toml(&self) -> String {
        format!(
            "navn = \"vigo\"\ndialekt = \"vigoskole\"\nbase_url = {0:?}\nkodeverk_url = {0:?}\nfylker = [\"46\"]\n\
             identitetsregler = \"vigoskole_syntetisk\"\nmaskinporten = \"vigo\"\n",
            self.vigo.base_url()
        )
    }

    /// Stops everything; the store goes with its folder.
    pub async fn stop(self) {
        self.vigilo.stop().await;
        self.vigo.stop().await;
        self.maskinporten.stop().await;
    }
}

/// Makes every grade larger or smaller, so that the schools stay the same and the pupils become about `pupils`.
pub fn scale(config: &mut GeneratorConfig, pupils: u32) {
    let grades = |s: &simulators::generator::SkoleOppsett| u64::from(s.trinn_til - s.trinn_fra + 1);
    let planned: u64 = config.skoler.iter().map(|s| grades(s) * u64::from(s.per_trinn)).sum();
    for school in &mut config.skoler {
        let scaled = (u64::from(school.per_trinn) * u64::from(pupils) + planned / 2) / planned.max(1);
        school.per_trinn = u16::try_from(scaled.max(1)).unwrap_or(u16::MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_the_pupils_in_the_same_schools() {
        let whole = GeneratorConfig::bergen(1);
        let mut half = whole.clone();
        scale(&mut half, 15_000);
        assert_eq!(half.skoler.len(), whole.skoler.len());
        let pupils = Kommune::generer(&half).elever.len();
        assert!((13_500..=16_500).contains(&pupils), "{pupils}");
    }
}
