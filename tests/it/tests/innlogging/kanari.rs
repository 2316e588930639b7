//! No log names a person or holds what opens a door.

use crate::scene::{KANARI, scene};
use bus::Bus;
use simulators::oidc::Feil;
use std::io;
use std::sync::{Arc, Mutex};
use tracing_subscriber::{Layer, layer::SubscriberExt};

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_personal_and_no_secret_is_logged() {
    let buffer = Buffer::default();
    let til = buffer.clone();
    // The simulator and the libraries that carry the bytes are not ours to judge here.
    let filter = tracing_subscriber::EnvFilter::new("trace,simulators=off");
    let lag = tracing_subscriber::fmt::layer().with_writer(move || til.clone()).with_ansi(false).with_filter(filter);
    // For the whole process: one that is set for a thread misses what another thread's test was the first to reach.
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lag)).unwrap();
    let s = scene(false).await;
    let n = s.nettleser();
    let tilbake = n.velg(KANARI[0], "").await;
    assert_eq!(n.hent(&tilbake).await.status, 303);
    let (side, kapsler) = (n.hent("/side").await, n.kapsler.lock().unwrap().clone());
    assert_eq!(n.post("/gjor", &[("csrf", "x")], &[]).await.status, 403);
    for feil in [Feil::FeilNonce, Feil::UkjentNokkel, Feil::Status { status: 500 }, Feil::Enormt] {
        s.oidc.sett_feil(Some(feil));
        s.nettleser().logg_inn(KANARI[0], "").await;
    }
    let logg = String::from_utf8(buffer.0.lock().unwrap().clone()).unwrap();
    assert!(logg.contains("a sign-in was refused"), "the canary hears nothing: {logg}");
    let kode = tilbake.split("code=").nth(1).unwrap().split('&').next().unwrap();
    let hemmelig = [kode, &side.csrf(), &kapsler["mellomlag"], &kapsler["mellomlag-hint"]];
    for ord in KANARI.iter().copied().chain(hemmelig) {
        assert!(!logg.contains(ord), "{ord} stands in the log");
    }
    // Nor does the store of sessions hold what the browser or the service holds.
    let nokkel = &kapsler["mellomlag"];
    assert!(s.bus.entry("okter", &format!("okt.{nokkel}")).await.unwrap().is_none());
    let bruker = &s.bok.alle(&"tenant.voss".parse().unwrap()).await.unwrap()[0];
    assert!(!serde_json::to_string(bruker).unwrap().contains(KANARI[0]));
    assert!(!format!("{bruker:?}").contains(KANARI[1]));
}
