//! One conversation at a time with each provider, and not faster than agreed.
//!
//! Sources that reach the same host as the same client share one gate, wherever in the process they are: a supplier that
//! holds fifty municipalities is still one service.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::MutexGuard;
use tokio::time::Instant;
use url::Url;

/// So many seconds' worth of requests may be saved up while nothing is asked for.
const OPPSPART: u32 = 4;

/// Host with port, and client id.
type Nokkel = (String, String);

static SLUSER: LazyLock<Mutex<HashMap<Nokkel, Weak<Sluse>>>> = LazyLock::new(Mutex::default);

/// The way to one provider.
#[derive(Debug)]
pub(super) struct Sluse {
    /// When the next request would come if all came evenly. Held while a request is on its way.
    jevnt: tokio::sync::Mutex<Instant>,
}

/// The right to ask, until it is dropped.
pub(super) struct Adgang<'a>(MutexGuard<'a, Instant>);

impl Sluse {
    /// The gate to a host for a client; the same for all who ask while someone holds it.
    pub(super) fn til(url: &Url, client_id: &str) -> Arc<Self> {
        let host =
            format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default());
        let mut sluser = SLUSER.lock().unwrap_or_else(PoisonError::into_inner);
        sluser.retain(|_, sluse| sluse.strong_count() > 0);
        let nokkel = (host, client_id.to_owned());
        if let Some(sluse) = sluser.get(&nokkel).and_then(Weak::upgrade) {
            return sluse;
        }
        let sluse = Arc::new(Self { jevnt: tokio::sync::Mutex::new(Instant::now()) });
        sluser.insert(nokkel, Arc::downgrade(&sluse));
        sluse
    }

    /// Waits for its turn and for the pace. `kilde` is who waits, for the log.
    pub(super) async fn adgang(&self, per_sekund: NonZeroU32, kilde: &str) -> Adgang<'_> {
        let mut adgang = Adgang(self.jevnt.lock().await);
        adgang.igjen(per_sekund, kilde).await;
        adgang
    }
}

impl Adgang<'_> {
    /// Waits for the pace before one more request under the same right.
    pub(super) async fn igjen(&mut self, per_sekund: NonZeroU32, kilde: &str) {
        let (vent, neste) = tempo(*self.0, Instant::now(), per_sekund);
        if !vent.is_zero() {
            tracing::debug!(kilde, millisekunder = vent.as_millis(), "waiting, so as not to ask too fast");
            tokio::time::sleep(vent).await;
        }
        *self.0 = neste;
    }
}

/// How long a request waits, and when the one after it would come if all came evenly.
fn tempo(jevnt: Instant, naa: Instant, per_sekund: NonZeroU32) -> (Duration, Instant) {
    let mellomrom = Duration::from_secs(1) / per_sekund.get();
    let jevnt = jevnt.max(naa);
    let oppspart = mellomrom * (per_sekund.get().saturating_mul(OPPSPART) - 1);
    ((jevnt - naa).saturating_sub(oppspart), jevnt + mellomrom)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEM: NonZeroU32 = NonZeroU32::new(5).unwrap();

    /// How long so many requests in a row wait in all, and how it stands after them.
    fn ventet(mut jevnt: Instant, mut naa: Instant, ganger: u32) -> (Duration, Instant, Instant) {
        let mut sum = Duration::ZERO;
        for _ in 0..ganger {
            let (vent, neste) = tempo(jevnt, naa, FEM);
            (sum, naa, jevnt) = (sum + vent, naa + vent, neste);
        }
        (sum, jevnt, naa)
    }

    #[test]
    fn what_is_saved_up_goes_at_once_and_the_rest_at_the_pace() {
        let start = Instant::now();
        let (sum, jevnt, naa) = ventet(start, start, 20);
        assert_eq!(sum, Duration::ZERO);
        let (sum, jevnt, naa) = ventet(jevnt, naa, 10);
        assert_eq!(sum, Duration::from_secs(2));
        let (sum, jevnt, naa) = ventet(jevnt, naa + Duration::from_secs(3600), 20);
        assert_eq!(sum, Duration::ZERO);
        let (sum, ..) = ventet(jevnt, naa, 5);
        assert_eq!(sum, Duration::from_secs(1), "an hour's silence saves up no more than four seconds'");
    }

    #[tokio::test]
    async fn one_gate_for_one_host_and_client_while_it_is_in_use() {
        let til = |url: &str, klient| Sluse::til(&url.parse().unwrap(), klient);
        let en = til("https://sluse.example.no/bergen", "a");
        assert!(Arc::ptr_eq(&en, &til("https://sluse.example.no:443/voss", "a")));
        assert!(!Arc::ptr_eq(&en, &til("https://sluse.example.no/bergen", "b")));
        assert!(!Arc::ptr_eq(&en, &til("https://sluse.example.no:8443/bergen", "a")));
        let holdt = en.adgang(FEM, "k").await;
        assert!(en.jevnt.try_lock().is_err(), "one request at a time");
        drop(holdt);
        assert!(en.jevnt.try_lock().is_ok());
    }
}
