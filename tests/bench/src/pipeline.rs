//! The whole flow, from the first request to Vigilo until every list has caught up.

use crate::process;
use crate::scene::{Scene, TENANT};
use anyhow::{Result, bail};
use bus::{Bus, Start};
use flow::{Clock, SystemClock};
use hendelse::{FINT, KILDE, LISTE, Tenant};
use runtime::{Maalere, Omgivelse, Program};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longer than this, something is wrong.
const DEADLINE: Duration = Duration::from_secs(600);
/// How often the meters are looked at: the error of the measured time.
const GLANCE: Duration = Duration::from_millis(5);

/// What the flow took.
pub struct Flow {
    /// Messages written to KILDE, FINT and LISTE; marks and positions are not counted.
    pub written: [u64; 3],
    /// Wall seconds.
    pub seconds: f64,
    /// Processor seconds of this process, the simulators' work included.
    pub cpu: f64,
    /// Processor seconds of nats-server.
    pub nats_cpu: f64,
    /// Peak memory of this process since it started, the simulators' included.
    pub peak_mib: f64,
    /// What its messages look like.
    pub shape: Shape,
}

impl Flow {
    /// All messages.
    pub fn events(&self) -> u64 {
        self.written.iter().sum()
    }

    /// Events per second.
    pub fn rate(&self) -> f64 {
        self.events() as f64 / self.seconds
    }
}

/// The mean message of the flow.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Length of the subject.
    pub subject: usize,
    /// How many headers, those of the transaction itself left out.
    pub headers: usize,
    /// Bytes in the names and values of those headers.
    pub header_bytes: usize,
    /// Bytes of data.
    pub payload: usize,
}

/// Runs the roles until the lists have caught up.
pub async fn measure(scene: &Scene) -> Result<Flow> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let om = Omgivelse { bus: scene.connect().await?, clock: clock.clone(), maalere: Maalere::default() };
    runtime::klargjor(&*om.bus, 1).await?;
    let plan = scene.plan(&clock)?;
    let (own, nats) = (std::process::id(), scene.nats_pid()?);
    let (cpu, nats_cpu) = (process::cpu_seconds(own)?, process::cpu_seconds(nats)?);
    let start = Instant::now();
    let program = Program::start(om.clone(), plan);
    while !caught_up(&om.maalere) {
        if start.elapsed() > DEADLINE {
            bail!("the lists have not caught up in {} s; RUST_LOG=info shows why", DEADLINE.as_secs());
        }
        tokio::time::sleep(GLANCE).await;
    }
    let seconds = start.elapsed().as_secs_f64();
    let (cpu, nats_cpu) = (process::cpu_seconds(own)? - cpu, process::cpu_seconds(nats)? - nats_cpu);
    let peak_mib = process::peak_mib(own)?;
    let count = |del, tenant: &str| Maalere::av(&om.maalere.skrevet, del, tenant).get();
    let shared = Tenant::felles();
    let written =
        [count("kilde", TENANT) + count("kilde", shared.as_str()), count("fint", TENANT), count("liste", TENANT)];
    let shape = shape(&*om.bus).await?;
    if !program.stopp(Duration::from_secs(30)).await {
        bail!("the roles did not stop; what is measured next would be disturbed");
    }
    Ok(Flow { written, seconds, cpu, nats_cpu, peak_mib, shape })
}

/// Whether the sources have been read whole, the mapping has done what they wrote, and the lists what the mapping wrote.
fn caught_up(m: &Maalere) -> bool {
    let shared = Tenant::felles();
    let whole = |tenant: &str| Maalere::av(&m.snapshot, "kilde", tenant).get() > 0;
    let written = |del, tenant: &str| Maalere::niva(&m.sist_skrevet, del, tenant).get();
    let done = |del| Maalere::niva(&m.behandlet, del, TENANT).get();
    let (kilde, fint) = (written("kilde", TENANT).max(written("kilde", shared.as_str())), written("fint", TENANT));
    whole(TENANT) && whole(shared.as_str()) && done("fint") >= kilde && fint > 0 && done("liste") >= fint
}

/// Reads everything that was written, and takes the mean.
async fn shape(bus: &dyn Bus) -> Result<Shape> {
    let mut sum = Shape::default();
    let mut count = 0;
    for (stream, filter) in [(KILDE, "kilde.>"), (FINT, "fint.>"), (LISTE, "liste.>")] {
        let mut reader = bus.read(stream, &[filter.to_owned()], Start::After(0)).await?;
        let mut left = reader.pending_at_start();
        while left > 0 {
            let records = reader.next(1_000, Duration::from_secs(10)).await?;
            if records.is_empty() {
                bail!("{stream} gave nothing for 10 s although {left} messages are left");
            }
            for record in records {
                left = record.pending;
                count += 1;
                sum.subject += record.subject.len();
                sum.payload += record.payload.len();
                for (name, value) in record.headers.iter().filter(|(name, _)| !name.starts_with("Nats-")) {
                    sum.headers += 1;
                    sum.header_bytes += name.len() + value.len();
                }
            }
        }
    }
    let mean = |sum: usize| sum.checked_div(count).unwrap_or_default();
    Ok(Shape {
        subject: mean(sum.subject),
        headers: mean(sum.headers),
        header_bytes: mean(sum.header_bytes),
        payload: mean(sum.payload),
    })
}
