//! The source role alone: what it costs to read school systems over HTTP and keep KILDE right, in processor and memory.
//!
//! The school systems run in a process of their own, so that what is measured here is the product. One large
//! municipality is read whole, read again with nothing changed, and read again with one pupil in a hundred changed; or
//! the whole country is read, one tenant per municipality.

use crate::process;
use crate::scene::scale;
use anyhow::{Context, Result, ensure};
use bus::local::LocalServer;
use bus::{Bus, Nats, NatsConfig};
use flow::{Clock, Lesevalg, SystemClock};
use hendelse::{Kildenavn, Tenant, Tenantnokkel};
use runtime::{Kilde, Maalere, Omgivelse, Plan, Program};
use serde::{Deserialize, Serialize};
use simulators::generator::{GeneratorConfig, Kommune, landet};
use simulators::vigilo::{Endring, Vigilo, VigiloConfig};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longer than this, something is wrong.
const DEADLINE: Duration = Duration::from_secs(3_600);
/// How often the meters are looked at.
const GLANCE: Duration = Duration::from_millis(20);
/// Sources are read when they are told to.
const ONCE: Duration = Duration::from_secs(86_400);
const SOURCE: &str = "vigilo";

/// Which school systems there are.
#[derive(Debug, Clone, Copy)]
pub enum Extent {
    /// One municipality with about so many pupils.
    One(u32),
    /// All of the country's.
    Country,
}

/// A school system that answers.
#[derive(Serialize, Deserialize)]
struct Served {
    kommunenummer: String,
    url: String,
    token_url: String,
    pupils: usize,
}

/// Serves school systems until standard input ends: one line for each, an empty line, and then a line for each change.
pub async fn serve(seed: u64, extent: Extent) -> Result<()> {
    let kommuner: Box<dyn Iterator<Item = Kommune>> = match extent {
        Extent::One(pupils) => {
            let mut config = GeneratorConfig::bergen(seed);
            scale(&mut config, pupils);
            Box::new(std::iter::once(Kommune::generer(&config)))
        }
        Extent::Country => Box::new(landet(seed)),
    };
    let mut served = Vec::new();
    for kommune in kommuner {
        let mut config = VigiloConfig::ny(kommune);
        config.token_levetid = DEADLINE;
        let vigilo = Vigilo::start(config).await?;
        let line = Served {
            kommunenummer: vigilo.kommune().kommunenummer.clone(),
            url: vigilo.oneroster_url(),
            token_url: vigilo.token_url(),
            pupils: vigilo.kommune().elever.len(),
        };
        println!("{}", serde_json::to_string(&line)?);
        served.push(vigilo);
    }
    println!();
    let mut lines = tokio::task::spawn_blocking(|| BufReader::new(std::io::stdin()).lines().next()).await?;
    while let Some(Ok(_)) = lines {
        for vigilo in &served {
            let changes: Vec<_> = vigilo.kommune().elever.iter().step_by(100).map(|elev| rename(elev.id)).collect();
            vigilo.endre(&changes)?;
        }
        println!("changed");
        lines = tokio::task::spawn_blocking(|| BufReader::new(std::io::stdin()).lines().next()).await?;
    }
    Ok(())
}

fn rename(elev: uuid::Uuid) -> Endring {
    Endring::BytterNavn { elev, fornavn: "Ny".to_owned(), mellomnavn: None, etternavn: "Prøvesen".to_owned() }
}

/// The other process.
struct Peer {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Peer {
    fn start(seed: u64, extent: Extent) -> Result<(Self, Vec<Served>)> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--seed", &seed.to_string(), "--serve"]);
        match extent {
            Extent::One(pupils) => command.args(["--sources", &pupils.to_string()]),
            Extent::Country => command.arg("--country"),
        };
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().context("the other process has an output")?);
        let mut peer = Self { child, input, output };
        let mut served = Vec::new();
        loop {
            match peer.line()?.as_str() {
                "" => return Ok((peer, served)),
                line => served.push(serde_json::from_str(line)?),
            }
        }
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.output.read_line(&mut line)? > 0, "the process with the school systems ended");
        Ok(line.trim_end().to_owned())
    }

    fn change(&mut self) -> Result<()> {
        writeln!(self.input.as_mut().context("it is open until the end")?)?;
        ensure!(self.line()? == "changed", "the school systems did not change");
        Ok(())
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What one reading of everything took.
#[derive(Serialize)]
pub struct Reading {
    what: &'static str,
    seconds: f64,
    cpu_seconds: f64,
    published: u64,
}

/// What the source role took.
#[derive(Serialize)]
pub struct Sources {
    tenants: usize,
    pupils: usize,
    readings: Vec<Reading>,
    peak_mib: f64,
}

impl Sources {
    /// For people.
    pub fn text(&self) -> String {
        let mut text = format!("{} tenant(s), {} pupils; peak {:.0} MiB", self.tenants, self.pupils, self.peak_mib);
        for r in &self.readings {
            text += &format!(
                "\n{:<22} {:>8.1} s, {:>7.1} s of processor, {:>9} published",
                r.what, r.seconds, r.cpu_seconds, r.published
            );
        }
        text
    }
}

/// Reads everything three times: from nothing, unchanged, and with one pupil in a hundred changed.
pub async fn measure(seed: u64, extent: Extent) -> Result<Sources> {
    let (mut peer, served) = Peer::start(seed, extent)?;
    let folder = tempfile::Builder::new().prefix("mellomlag-bench-").tempdir()?;
    let secret = folder.path().join("hemmelighet");
    std::fs::write(&secret, "hemmelig")?;
    let store = folder.path().join("nats");
    std::fs::create_dir(&store)?;
    let nats = LocalServer::start(&LocalServer::find().await?, &store).await?;
    let bus: Arc<dyn Bus> = Arc::new(Nats::connect(&NatsConfig::local(&nats.url())).await?);
    runtime::klargjor(&*bus, 1).await?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let om = Omgivelse { bus, clock: clock.clone(), maalere: Maalere::default() };
    let mut plan = Plan::default();
    for (nr, s) in served.iter().enumerate() {
        let tenant: Tenant = format!("k{}", s.kommunenummer).parse()?;
        let toml = format!(
            "tenant = \"{tenant}\"\nkommunenummer = {:?}\nbase_url = {:?}\ntoken_url = {:?}\nclient_id = \"mellomlag\"\n\
             client_secret_file = {secret:?}\nsidestorrelse = 1000\nmaks_per_sekund = 100000\nendringer_sekunder = 0\n",
            s.kommunenummer, s.url, s.token_url
        );
        plan.kilder.push(Kilde {
            tenant,
            nokkel: Tenantnokkel::fra_hex(&format!("{:064x}", nr + 1))?,
            navn: SOURCE.parse::<Kildenavn>()?,
            source: Arc::new(adapter_oneroster::Config::parse(&toml)?.build(clock.clone())?),
            valg: Lesevalg::hver(ONCE),
        });
    }
    let tenants: Vec<String> = plan.kilder.iter().map(|k| k.tenant.to_string()).collect();
    let start = Meter::now(&om, &tenants)?;
    let program = Program::start(om.clone(), plan);
    let mut readings = vec![start.until(&om, &tenants, 1, "from nothing").await?];
    let start = Meter::now(&om, &tenants)?;
    program.hent_na();
    readings.push(start.until(&om, &tenants, 2, "unchanged").await?);
    peer.change()?;
    let start = Meter::now(&om, &tenants)?;
    program.hent_na();
    readings.push(start.until(&om, &tenants, 3, "one in a hundred").await?);
    let peak_mib = process::peak_mib(std::process::id())?;
    program.stopp(Duration::from_secs(30)).await;
    Ok(Sources { tenants: served.len(), pupils: served.iter().map(|s| s.pupils).sum(), readings, peak_mib })
}

/// Where the meters stood.
struct Meter {
    at: Instant,
    cpu: f64,
    published: u64,
}

impl Meter {
    fn now(om: &Omgivelse, tenants: &[String]) -> Result<Self> {
        Ok(Self {
            at: Instant::now(),
            cpu: process::cpu_seconds(std::process::id())?,
            published: published(om, tenants),
        })
    }

    /// Waits until every tenant has been read whole so many times.
    async fn until(self, om: &Omgivelse, tenants: &[String], times: u64, what: &'static str) -> Result<Reading> {
        let read = |tenant: &String| Maalere::av(&om.maalere.snapshot, "kilde", tenant).get() >= times;
        while !tenants.iter().all(read) {
            ensure!(self.at.elapsed() < DEADLINE, "the sources were not read in time\n{}", om.maalere.tekst());
            tokio::time::sleep(GLANCE).await;
        }
        let now = Self::now(om, tenants)?;
        Ok(Reading {
            what,
            seconds: (now.at - self.at).as_secs_f64(),
            cpu_seconds: now.cpu - self.cpu,
            published: now.published - self.published,
        })
    }
}

fn published(om: &Omgivelse, tenants: &[String]) -> u64 {
    tenants.iter().map(|tenant| Maalere::av(&om.maalere.skrevet, "kilde", tenant).get()).sum()
}
