//! A day of Folkeregisteret's feed: a million events, of which a few hundred concern somebody on a list.

use crate::scene::TENANT;
use crate::{people, process};
use anyhow::{Context, Result, bail};
use async_trait::async_trait;
use bus::local::LocalServer;
use bus::{Bus, Nats, NatsConfig};
use elevliste::{Elevlinje, Elevliste, Skolereferanse};
use flow::{Feedside, Personregister, Refused, RegisterError, Registerhendelse, SystemClock};
use folkeregister::{Personnavn, Personstatus, Registerperson};
use hendelse::{Tenant, Tenantnokkel};
use identitet::{Grunnlag, Skjermet, tenor_nummer};
use runtime::{Kildemerke, Maalere, Omgivelse, Plan, Program, Register};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The register's name.
const REGISTER: &str = "feed";
/// Events on a page, as Skatteetaten has them.
const PAGE: i64 = 1_000;
/// Pupils on the lists: the tenth graders of a large municipality.
const PUPILS: usize = 3_000;
/// How many of the events concern one of them.
const OURS: i64 = 200;
/// Longer than this, something is wrong.
const DEADLINE: Duration = Duration::from_secs(600);
/// How often the meters are looked at: the error of the measured time.
const GLANCE: Duration = Duration::from_millis(5);

/// What a day took.
pub struct Day {
    events: i64,
    seconds: f64,
    cpu: f64,
    nats_cpu: f64,
    peak_mib: f64,
    questions: u64,
    answers: u64,
}

impl Day {
    /// For people.
    pub fn text(&self) -> String {
        format!(
            "{} events of a person register, {} of them about {PUPILS} pupils on lists: {:.2} s\n\
             {} look-ups, {} answers published; {:.2} s of processor, nats-server {:.2} s; peak {:.0} MiB",
            self.events, OURS, self.seconds, self.questions, self.answers, self.cpu, self.nats_cpu, self.peak_mib
        )
    }

    /// For machines.
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "events": self.events, "ours": OURS, "pupils": PUPILS, "seconds": self.seconds, "cpu_seconds": self.cpu,
            "nats_cpu_seconds": self.nats_cpu, "peak_mib": self.peak_mib, "lookups": self.questions,
            "answers": self.answers,
        })
    }
}

/// A register that makes its pages as they are asked for.
struct Feed {
    pupils: Vec<String>,
    /// Every so many events, one is about a pupil.
    every: i64,
    last: AtomicI64,
    questions: AtomicU64,
}

impl Feed {
    /// Whom an event is about. Strangers are as synthetic as pupils are.
    fn number(&self, sequence: i64) -> Skjermet<String> {
        if sequence % self.every == 0 {
            let pupil = usize::try_from(sequence / self.every).unwrap_or_default() % self.pupils.len();
            return self.pupils[pupil].as_str().into();
        }
        let (day, month, year) = (1 + sequence % 28, 81 + sequence % 12, sequence % 97);
        Skjermet::new(format!("{day:02}{month:02}{year:02}{:05}", sequence % 99_991))
    }
}

#[async_trait]
impl Personregister for Feed {
    fn name(&self) -> &str {
        REGISTER
    }

    fn feed(&self) -> &str {
        "bench"
    }

    async fn siste(&self) -> Result<i64, RegisterError> {
        Ok(self.last.load(Ordering::Acquire))
    }

    async fn hendelser(&self, from: i64) -> Result<Feedside, RegisterError> {
        let to = self.last.load(Ordering::Acquire).min(from + PAGE - 1);
        let event = |sekvens| Registerhendelse { sekvens, nummer: self.number(sekvens), ajourhold: None };
        let hendelser: Vec<_> = (from..=to).map(event).collect();
        let innhentet = hendelser.is_empty();
        let neste = if innhentet { from } else { to + 1 };
        Ok(Feedside { hendelser, refused: vec![], findings: vec![], neste, innhentet })
    }

    fn maks_oppslag(&self) -> usize {
        1_000
    }

    async fn personer(
        &self,
        numbers: &[Skjermet<String>],
    ) -> Result<Vec<Result<Registerperson, Refused>>, RegisterError> {
        let question = self.questions.fetch_add(1, Ordering::AcqRel);
        let name = Personnavn { fornavn: None, mellomnavn: None, etternavn: Some(question.to_string().into()) };
        let person = |number: &Skjermet<String>| Registerperson {
            funnet: true,
            status: Personstatus::Bosatt,
            navn: Some(name.clone()),
            ..Registerperson::ukjent(number.clone())
        };
        Ok(numbers.iter().map(|number| Ok(person(number))).collect())
    }
}

/// Follows a feed of so many events, from an empty store with all pupils already answered for.
pub async fn measure(events: u32) -> Result<Day> {
    let folder = tempfile::Builder::new().prefix("mellomlag-bench-").tempdir()?;
    let nats = LocalServer::start(&LocalServer::find().await?, folder.path()).await?;
    let bus: Arc<dyn Bus> = Arc::new(Nats::connect(&NatsConfig::local(&nats.url())).await?);
    runtime::klargjor(&*bus, 1).await?;
    let om = Omgivelse { bus, clock: Arc::new(SystemClock), maalere: Maalere::default() };
    let (pupils, events) = (numbers(), i64::from(events));
    publish_list(&om, &pupils).await?;
    let (last, questions) = (AtomicI64::new(0), AtomicU64::new(0));
    let feed = Arc::new(Feed { pupils, every: (events / OURS).max(1), last, questions });
    let (tenant, key): (Tenant, _) = (TENANT.parse()?, Tenantnokkel::fra_hex(&"5a".repeat(32))?);
    let register = Register::ny(tenant, key, REGISTER.parse()?, feed.clone());
    let program = Program::start(om.clone(), Plan { registre: vec![register], ..Plan::default() });
    let written = || Maalere::av(&om.maalere.skrevet, "register", TENANT).get();
    until("the pupils' first answers", || written() == PUPILS as u64).await?;
    let (own, server) = (std::process::id(), nats.pid().context("nats-server has stopped")?);
    let (cpu, nats_cpu) = (process::cpu_seconds(own)?, process::cpu_seconds(server)?);
    let (start, asked) = (Instant::now(), feed.questions.load(Ordering::Acquire));
    feed.last.store(events, Ordering::Release);
    program.hent_na();
    let label = Kildemerke { tenant: TENANT.to_owned(), kilde: REGISTER.to_owned() };
    let place = || om.maalere.register_sted.get_or_create(&label).get();
    let answers = (events / feed.every).unsigned_abs();
    until("the end of the feed", || place() > events && written() >= PUPILS as u64 + answers).await?;
    let day = Day {
        events,
        seconds: start.elapsed().as_secs_f64(),
        cpu: process::cpu_seconds(own)? - cpu,
        nats_cpu: process::cpu_seconds(server)? - nats_cpu,
        peak_mib: process::peak_mib(own)?,
        questions: feed.questions.load(Ordering::Acquire) - asked,
        answers: written() - PUPILS as u64,
    };
    if !program.stopp(Duration::from_secs(30)).await {
        bail!("the register's loop did not stop");
    }
    Ok(day)
}

async fn until(what: &str, done: impl Fn() -> bool) -> Result<()> {
    let start = Instant::now();
    while !done() {
        if start.elapsed() > DEADLINE {
            bail!("{what} did not come in {} s; RUST_LOG=info shows why", DEADLINE.as_secs());
        }
        tokio::time::sleep(GLANCE).await;
    }
    Ok(())
}

fn numbers() -> Vec<String> {
    let days = (1..=12).flat_map(|month| (1..=28).map(move |day| (month, day)));
    let all = days.flat_map(|(month, day)| {
        (500..=999).step_by(20).filter_map(move |nr| tenor_nummer(Grunnlag::Fnr, 2011, month, day, nr))
    });
    all.map(|number| number.verdi().vis().clone()).take(PUPILS).collect()
}

async fn publish_list(om: &Omgivelse, numbers: &[String]) -> Result<()> {
    let line = |number: &String| Elevlinje {
        elev: Uuid::now_v7(),
        klasse: None,
        identitetsnummer: Some(number.as_str().into()),
        fornavn: "Prøve".into(),
        mellomnavn: None,
        etternavn: "Prøvesen".into(),
        avvik: vec![],
        opphav: None,
    };
    let skole =
        Skolereferanse { organisasjonsnummer: None, skolenr: "46503".into(), navn: "Eksempel".into(), kommunenr: None };
    let list = Elevliste {
        nokkel: "46.46503.2026-2027.1".parse()?,
        skole,
        tenant: TENANT.to_owned(),
        linjer: numbers.iter().map(line).collect(),
        avvik: vec![],
        skjermede: vec![],
    };
    people::publish(om, &[list]).await
}
