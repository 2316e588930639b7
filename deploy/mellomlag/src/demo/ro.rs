//! Waiting until everything that machines do has been done.

use super::Scene;
use anyhow::{Result, bail};
use elevliste::Skolestatus;
use runtime::{Avstemming, Del, Maalere};
use std::time::{Duration, Instant};

/// Longer than this, something is wrong.
const FRIST: Duration = Duration::from_secs(180);

/// Waits until every source has been read whole at least `snapshots` times and all that follows from it is done.
pub async fn vent(scene: &Scene, snapshots: u64) -> Result<Avstemming> {
    let frist = Instant::now() + FRIST;
    let mut forrige = None;
    loop {
        if scene.tenanter.iter().all(|t| innhentet(&scene.om.maalere, t, snapshots)) {
            let avstemming = scene.avstem().await?;
            // The round is automatic, so a clean list does not wait for anybody either.
            let ferdig = avstemming.i_ro() && avstemming.linjer.values().all(|l| l.status != Skolestatus::Klar);
            if ferdig && forrige.as_ref() == Some(&avstemming.linjer) {
                return Ok(avstemming);
            }
            forrige = Some(avstemming.linjer);
        }
        if Instant::now() > frist {
            bail!("nothing has come to rest within {} s; RUST_LOG=info shows why", FRIST.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Whether the mapping has done what the sources wrote, and the lists what the mapping wrote.
fn innhentet(m: &Maalere, tenant: &str, snapshots: u64) -> bool {
    let sekvens =
        |familie: &prometheus_client::metrics::family::Family<Del, prometheus_client::metrics::gauge::Gauge>,
         del,
         tenant: &str| { Maalere::niva(familie, del, tenant).get() };
    let kilde = sekvens(&m.sist_skrevet, "kilde", tenant).max(sekvens(&m.sist_skrevet, "kilde", "felles"));
    let kodeverk = Maalere::av(&m.snapshot, "kilde", "felles").get() > 0;
    let fint = sekvens(&m.sist_skrevet, "fint", tenant);
    kodeverk
        && Maalere::av(&m.snapshot, "kilde", tenant).get() >= snapshots
        && sekvens(&m.behandlet, "fint", tenant) >= kilde
        && fint > 0
        && sekvens(&m.behandlet, "liste", tenant) >= fint
}
