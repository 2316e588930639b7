//! `mellomlag run`: the roles of a configuration, until told to stop.

use crate::kobling::{self, Sidevalg};
use crate::oppsett::{Oppsett, Rolle};
use adapter_operator::Webhooks;
use anyhow::{Context, Result, bail};
use bus::{Bus, Nats};
use flow::{Clock, SystemClock};
use runtime::{Klar, Maalere, Omgivelse, Program};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// How long roles may take to finish what they are doing.
const FRIST: Duration = Duration::from_secs(150);
/// How long those who use the API may wait for their answers then.
const FRIST_API: Duration = Duration::from_secs(10);

/// Reads a folder, or says everything that is wrong with it.
pub fn les(mappe: &Path) -> Result<Oppsett> {
    match Oppsett::les(mappe) {
        Ok(oppsett) => Ok(oppsett),
        Err(feil) => {
            for feil in &feil {
                eprintln!("{feil}");
            }
            bail!("the configuration has {} mistake(s); nothing was started", feil.len());
        }
    }
}

/// Connects to NATS and gives what roles need.
pub async fn omgivelse(oppsett: &Oppsett) -> Result<Omgivelse> {
    let bus: Arc<dyn Bus> = Arc::new(Nats::connect(&kobling::nats(oppsett)).await?);
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    Ok(Omgivelse { bus, clock, maalere: Maalere::default() })
}

/// Runs until interrupted or told to terminate.
pub async fn kjor(mappe: &Path) -> Result<bool> {
    let oppsett = les(mappe)?;
    let vakt = oppsett.hoved.telemetri.start(env!("CARGO_PKG_VERSION"))?;
    let om = omgivelse(&oppsett).await?;
    runtime::klargjor(&*om.bus, oppsett.hoved.nats.replicas).await?;
    let plan = kobling::plan(&oppsett, &om.clock)?;
    let klar = Klar::default();
    let stopp = CancellationToken::new();
    let api_stopp = stopp.child_token();
    let mut helse = None;
    if let Some(http) = &oppsett.hoved.http {
        let (adresse, tjeneste) =
            runtime::helseserver(http.listen, om.bus.clone(), om.maalere.clone(), klar.clone(), stopp.clone())
                .await
                .with_context(|| format!("[http] listen = {} cannot be used", http.listen))?;
        tracing::info!(%adresse, "health and metrics");
        helse = Some(tokio::spawn(tjeneste));
    }
    tracing::info!(
        versjon = env!("CARGO_PKG_VERSION"),
        kilder = plan.kilder.len(),
        kart = plan.kart.len(),
        lister = plan.lister.len(),
        mottakere = plan.mottakere.len(),
        "running; stop with ctrl-c"
    );
    let program = Program::start(om.clone(), plan);
    let mut api = None;
    let valg = Sidevalg { demo: false, stopp: api_stopp.clone() };
    let operator = kobling::operator(&oppsett, &om, &program, &valg)?;
    if let (Some(config), Some(operator)) = (&oppsett.operator, operator) {
        let (adresse, tjeneste) = operator
            .server(config.listen, api_stopp.clone())
            .await
            .with_context(|| format!("operator.toml: listen = {} cannot be used", config.listen))?;
        tracing::info!(%adresse, "the api for people");
        api = Some(tokio::spawn(tjeneste));
    }
    let webhooks = if oppsett.gjor(Rolle::Varsel) { oppsett.webhooks.clone() } else { Webhooks::default() };
    let webhooks = tokio::spawn(webhooks.kjor(om.clone(), api_stopp.clone()));
    let epost = kobling::epost(&oppsett, &om, api_stopp.clone()).map(tokio::spawn);
    klar.sett(true);
    let mut avslutt = signal(SignalKind::terminate())?;
    tokio::select! {
        r = tokio::signal::ctrl_c() => r?,
        _ = avslutt.recv() => {}
    }
    tracing::info!("stopping: what is under way is finished first");
    klar.sett(false);
    // People are answered before the bus is closed; a connection that hangs does not keep the roles from stopping.
    api_stopp.cancel();
    let besvart = match &mut api {
        Some(api) => tokio::time::timeout(FRIST_API, api).await.is_ok(),
        None => true,
    };
    webhooks.await?;
    if let Some(epost) = epost {
        epost.await?;
    }
    let ferdig = program.stopp(FRIST).await;
    stopp.cancel();
    if let Some(helse) = helse {
        helse.await?;
    }
    tokio::task::spawn_blocking(move || vakt.avslutt()).await?;
    Ok(ferdig && besvart)
}
