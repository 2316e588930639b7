//! What it costs to explain one pupil, and to see a list as it was, among many: the store is that of a whole municipality.

use crate::pipeline;
use crate::scene::Scene;
use anyhow::{Context, Result, ensure};
use elevliste::{Aktor, Handling, Listenokkel, Sending, Utfall};
use flow::{Clock, SystemClock};
use jiff::Timestamp;
use runtime::{Innsyn, Maalere, Omgivelse, Sammenheng};
use serde::Serialize;
use std::sync::Arc;
use std::time::Instant;
use uuid::Uuid;

/// How many pupils are explained, and lists rebuilt.
const LOOKS: usize = 200;

/// Milliseconds of one kind of look.
#[derive(Serialize)]
struct Spread {
    what: &'static str,
    median_ms: f64,
    p99_ms: f64,
    worst_ms: f64,
}

/// What looks took.
#[derive(Serialize)]
pub struct Looks {
    pupils: usize,
    looks: Vec<Spread>,
}

impl Looks {
    /// For people.
    pub fn text(&self) -> String {
        let mut text = format!("{} pupils stored; {LOOKS} looks of each kind", self.pupils);
        for look in &self.looks {
            text += &format!(
                "\n{:<30} median {:>6.1} ms, p99 {:>6.1} ms, worst {:>6.1} ms",
                look.what, look.median_ms, look.p99_ms, look.worst_ms
            );
        }
        text
    }
}

/// Fills a store through the product, lets every list be accepted, and looks at pupils all over it.
pub async fn measure(seed: u64, pupils: u32) -> Result<Looks> {
    let scene = Scene::start(seed, Some(pupils)).await?;
    pipeline::measure(&scene).await?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let om = Omgivelse { bus: scene.connect().await?, clock: clock.clone(), maalere: Maalere::default() };
    let rundt = scene.plan(&clock)?.rundt;
    let elever = accept_all(&om, &rundt).await?;
    let then = clock.now();
    let step = (elever.len() / LOOKS).max(1);
    let (mut explain, mut travel) = (Vec::new(), Vec::new());
    for (elev, list) in elever.iter().step_by(step).take(LOOKS) {
        let start = Instant::now();
        let explained = runtime::forklar(&om, &rundt, *elev, Innsyn::Skjult).await?.context("the pupil")?;
        explain.push(start.elapsed().as_secs_f64() * 1e3);
        let [del] = explained.lister.as_slice() else { continue };
        ensure!(del.felter.iter().all(|f| f.tom || f.kilde.is_some()), "a field without a source");
        let start = Instant::now();
        ensure!(at(&om, &rundt, list, then).await? > 0, "the list as it was");
        travel.push(start.elapsed().as_secs_f64() * 1e3);
    }
    om.bus.close().await;
    let pupils = scene.pupils();
    scene.stop().await;
    Ok(Looks { pupils, looks: vec![spread("explain a pupil", explain), spread("a list as it was", travel)] })
}

async fn at(om: &Omgivelse, rundt: &Sammenheng, list: &Listenokkel, then: Timestamp) -> Result<usize> {
    let sak = runtime::hent_ved(om, list, then).await?.context("the list")?;
    Ok(rundt.bilde(&sak, then)?.plasseringer.len())
}

/// Writes an intent and its acceptance for every list: an explanation goes all the way to the receipt then.
async fn accept_all(om: &Omgivelse, rundt: &Sammenheng) -> Result<Vec<(Uuid, Listenokkel)>> {
    let mut elever = Vec::new();
    for (nokkel, mut sak) in runtime::hent_alle(om).await? {
        let bilde = rundt.bilde(&sak, om.clock.now())?;
        let svar = Handling::Svar {
            segl: bilde.segl.clone(),
            utfall: Utfall::Mottatt,
            kvittering: Some(Uuid::nil().to_string()),
            merknader: vec![],
            forklaring: None,
            etag: None,
            bevis: None,
        };
        for handling in [bilde.intensjon("vigo", Sending::Liste, None), svar] {
            runtime::skriv(om, &mut sak, Aktor::system("bench"), handling, None).await?;
        }
        elever.extend(bilde.sendbare.iter().map(|linje| (linje.elev, nokkel.clone())));
    }
    Ok(elever)
}

fn spread(what: &'static str, mut ms: Vec<f64>) -> Spread {
    ms.sort_by(f64::total_cmp);
    let at = |share: f64| ms.get(((ms.len() as f64 - 1.0) * share).round() as usize).copied().unwrap_or_default();
    Spread { what, median_ms: at(0.5), p99_ms: at(0.99), worst_ms: at(1.0) }
}
