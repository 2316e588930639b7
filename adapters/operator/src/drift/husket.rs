//! How far behind everything is, kept for a moment: it is read from every list and ledger, and many ask.

use runtime::SakFeil;
use runtime::drift::{Drift, Etterslep};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So old it is shown as it is.
const FERSK: Duration = Duration::from_secs(2);
/// So old it is still shown, while it is read anew for the next.
const BRUKBAR: Duration = Duration::from_secs(20);

/// The lag as it was read last.
#[derive(Clone, Default)]
pub(crate) struct Husket(Arc<Indre>);

#[derive(Default)]
struct Indre {
    sist: Mutex<Option<(Instant, Arc<Etterslep>)>>,
    /// One reads at a time.
    leser: tokio::sync::Mutex<()>,
}

impl Husket {
    /// The lag as it is, or was a moment ago.
    pub(crate) async fn etterslep(&self, drift: &Drift) -> Result<Arc<Etterslep>, SakFeil> {
        match self.sist() {
            Some((nar, sist)) if nar.elapsed() < FERSK => Ok(sist),
            Some((nar, sist)) if nar.elapsed() < BRUKBAR => {
                let (selv, drift) = (self.clone(), drift.clone());
                tokio::spawn(async move {
                    if let Ok(_alene) = selv.0.leser.try_lock()
                        && let Err(error) = selv.les(&drift).await
                    {
                        tracing::warn!(%error, "how far behind everything is could not be read");
                    }
                });
                Ok(sist)
            }
            _ => {
                let _alene = self.0.leser.lock().await;
                // Somebody may have read it while we waited.
                match self.sist() {
                    Some((nar, sist)) if nar.elapsed() < FERSK => Ok(sist),
                    _ => self.les(drift).await,
                }
            }
        }
    }

    fn sist(&self) -> Option<(Instant, Arc<Etterslep>)> {
        self.0.sist.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn les(&self, drift: &Drift) -> Result<Arc<Etterslep>, SakFeil> {
        let nytt = Arc::new(drift.etterslep().await?);
        *self.0.sist.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), nytt.clone()));
        Ok(nytt)
    }
}
