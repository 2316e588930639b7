//! What has changed since: a cheap look between two snapshots.
//!
//! One clause, `dateLastModified>'…'`, and none on status, since what is about to be deleted must come too. The moment is
//! the newest that the source itself has shown, less an overlap for clocks that differ and for writes that were under
//! way. A source that dates everything anew at each start gives everything, which is harmless; one that deletes rows
//! without a word shows nothing here, which is why a delta never says that anything is gone.

use super::api::Api;
use super::lesing::{Runde, Spurt};
use super::posisjon::Posisjon;
use crate::client::Hentet;
use flow::{Cursor, Page, SourceError, Vannmerker};
use jiff::Timestamp;
use oneroster::Objekttype;
use std::sync::atomic::Ordering;

impl Api {
    /// A page of what has changed. `None` where the source cannot be asked: by its profile, because it has refused to
    /// filter by time, or because it gives no times.
    pub(super) async fn changes(&self, since: &Vannmerker, after: &Cursor) -> Result<Option<Page>, SourceError> {
        if self.profil.endringer.is_none() || self.endringer_avvist.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let runde = Runde::endringer(
            Objekttype::ALLE.into_iter().filter_map(|o| Some((o, self.fra(*since.get(o.as_str())?)))).collect(),
        );
        if runde.typer().is_empty() {
            return Ok(None);
        }
        let posisjon = Posisjon::les(after, runde.typer(), true).ok_or_else(|| self.fremmed_cursor())?;
        let samling = posisjon.objekttype.samling();
        let filter = runde.etter(posisjon.objekttype).map(|etter| format!("dateLastModified>'{etter:.3}'"));
        match self.klient.side(samling, self.utsnitt(&posisjon, filter.as_deref())).await? {
            Hentet::Forkastet { hint } if posisjon.offset == 0 => {
                tracing::info!(kilde = %self.system.0, samling, hint, "the source cannot be asked for what has changed");
                self.endringer_avvist.store(true, Ordering::Relaxed);
                Ok(None)
            }
            hentet => self.tolk(posisjon, hentet, &Spurt { runde: &runde, filtrert: false, funn: None }).await,
        }
    }

    /// Where to begin for a mark. One that lies in the future, by a mistaken date, would hide all that comes before it.
    fn fra(&self, merke: Timestamp) -> Timestamp {
        merke.min(self.clock.now()).saturating_sub(self.overlapp).unwrap_or(Timestamp::MIN)
    }
}
