//! A county's last day: every list stands ready, and all of them are approved, sent and answered for.
//!
//! Lists are put into LISTE as the list step writes them; approval by policy, the ledger, delivery over HTTP with tokens
//! and the receiver's judgement are all real.

use crate::people;
use crate::process;
use crate::scene::TENANT;
use anyhow::{Context, Result, bail};
use bus::local::LocalServer;
use bus::{Bus, Nats, NatsConfig};
use elevliste::{Elevliste, Godkjenning, Innsamling};
use flow::{SystemClock, TokenSource};
use hendelse::{Tenant, Tenantnokkel};
use identitet::Politikk;
use jiff::ToSpan as _;
use kodeverk::Fylkesnummer;
use runtime::{Maalere, Mottaker, Mottakervalg, Omgivelse, Plan, Program, Sammenheng};
use simulators::maskinporten::{Maskinporten, MaskinportenConfig, TestKlient};
use simulators::vigo::{Skoleoppforing, Vigo, VigoConfig};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const SCOPE: &str = "novari:fakevigoskole";
/// Longer than this, something is wrong.
const DEADLINE: Duration = Duration::from_secs(900);

/// What the day took.
pub struct Day {
    lists: usize,
    pupils: usize,
    seconds: f64,
    cpu: f64,
    nats_cpu: f64,
    peak_mib: f64,
}

impl Day {
    /// For people.
    pub fn text(&self) -> String {
        format!(
            "{} lists with {} pupils approved, sent and accepted in {:.1} s\n{:.1} s of processor with the receiver's \
             simulator, nats-server {:.1} s; peak {:.0} MiB",
            self.lists, self.pupils, self.seconds, self.cpu, self.nats_cpu, self.peak_mib
        )
    }

    /// For machines.
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "lists": self.lists, "pupils": self.pupils, "seconds": self.seconds, "cpu_seconds": self.cpu,
            "nats_cpu_seconds": self.nats_cpu, "peak_mib": self.peak_mib,
        })
    }
}

/// Delivers so many lists of `per_list` pupils each.
pub async fn measure(lists: usize, per_list: usize) -> Result<Day> {
    let folder = tempfile::Builder::new().prefix("mellomlag-bench-").tempdir()?;
    let store = folder.path().join("nats");
    std::fs::create_dir(&store)?;
    let nats = LocalServer::start(&LocalServer::find().await?, &store).await?;
    let bus: Arc<dyn Bus> = Arc::new(Nats::connect(&NatsConfig::local(&nats.url())).await?);
    runtime::klargjor(&*bus, 1).await?;
    let om = Omgivelse { bus, clock: Arc::new(SystemClock), maalere: Maalere::default() };

    let client = TestKlient::ny("mellomlag-bench", "312701103", "bench-1", &[SCOPE])?;
    let maskinporten =
        Maskinporten::start(MaskinportenConfig { klienter: vec![client.klient()], ..Default::default() }).await?;
    let schools = people::schools(lists);
    let mut config = VigoConfig::for_maskinporten(&maskinporten);
    config.skoler = schools.iter().map(entry).collect();
    let vigo = Vigo::start(config).await?;

    let year = people::year(om.clock.now())?;
    let mut numbers = people::numbers(year);
    let list = |school| people::list(school, year, TENANT, per_list, &mut numbers);
    let all: Vec<Elevliste> = schools.iter().map(list).collect();
    let pupils = all.iter().map(|list| list.linjer.len()).sum();
    people::publish(&om, &all).await?;

    let sink = adapter_vigo::Config::parse(&format!(
        "navn = \"vigo\"\ndialekt = \"vigoskole\"\nbase_url = {0:?}\nkodeverk_url = {0:?}\nfylker = {1:?}\n\
         identitetsregler = \"vigoskole_syntetisk\"\nmaskinporten = \"vigo\"\n",
        vigo.base_url(),
        people::COUNTIES
    ))?
    .build_sink(tokens(&maskinporten, &client, folder.path())?)?;
    let counties = people::COUNTIES.iter().map(|c| c.parse()).collect::<Result<Vec<Fylkesnummer>, _>>()?;
    let now = om.clock.now();
    let window = (now.checked_sub(1.hours())?, now.checked_add(24.hours())?);
    let (tenant, key): (Tenant, _) = (TENANT.parse()?, Tenantnokkel::fra_hex(&"5a".repeat(32))?);
    let receiver = Mottakervalg { politikk: Politikk::VigoskoleSyntetisk, ..Mottakervalg::default() };
    let plan = Plan {
        mottakere: vec![Mottaker::ny(Arc::new(sink), counties.clone())],
        runder: counties.iter().map(|c| Innsamling::ny(*c, year, window, Godkjenning::Automatisk)).collect(),
        godkjenn: true,
        rundt: Sammenheng {
            nokler: Arc::new([(tenant, key)].into_iter().collect()),
            mottakere: Arc::new(counties.iter().map(|c| (*c, receiver)).collect()),
            ..Sammenheng::default()
        },
        ..Plan::default()
    };
    let (own, server) = (std::process::id(), nats.pid().context("nats-server has stopped")?);
    let (cpu, nats_cpu) = (process::cpu_seconds(own)?, process::cpu_seconds(server)?);
    let start = Instant::now();
    let program = Program::start(om.clone(), plan);
    // What the receiver has accepted is what counts, and looking at it costs as little as a lock.
    while vigo.antall_godkjent() < lists {
        if start.elapsed() > DEADLINE {
            bail!("{} of {lists} lists were accepted in {} s", vigo.antall_godkjent(), DEADLINE.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let day = Day {
        lists,
        pupils,
        seconds: start.elapsed().as_secs_f64(),
        cpu: process::cpu_seconds(own)? - cpu,
        nats_cpu: process::cpu_seconds(server)? - nats_cpu,
        peak_mib: process::peak_mib(own)?,
    };
    if !program.stopp(Duration::from_secs(30)).await {
        bail!("delivery did not stop");
    }
    vigo.stop().await;
    maskinporten.stop().await;
    Ok(day)
}

fn entry(school: &people::School) -> Skoleoppforing {
    Skoleoppforing {
        type_: "G".into(),
        org_nr: school.orgnr.clone(),
        name: school.name.clone(),
        municipality_nr: "4601".into(),
        county_nr: school.number[..2].into(),
        number: school.number.clone(),
    }
}

fn tokens(maskinporten: &Maskinporten, client: &TestKlient, folder: &Path) -> Result<Arc<dyn TokenSource>> {
    let key = folder.join("maskinporten.pem");
    std::fs::write(&key, client.privat_pem())?;
    let config = adapter_maskinporten::Config::parse(&format!(
        "issuer = {:?}\ntoken_url = {:?}\nclient_id = {:?}\nkey_file = {key:?}\nkid = {:?}\nscopes = [{SCOPE:?}]\n",
        maskinporten.utsteder(),
        maskinporten.token_url(),
        client.client_id(),
        client.kid()
    ))?;
    let request = config.request();
    Ok(config.build(Arc::new(SystemClock))?.for_request(request))
}
