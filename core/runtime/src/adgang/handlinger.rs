//! Acts on lists.

use super::{Adgangsfeil, Gjoremal, Utsnitt};
use crate::handling::utfor;
use crate::hovedbok;
use elevliste::{Aktor, Handling, Listenokkel};
use std::time::Duration;

/// Whoever has acted sees it done: so long the page waits for it.
pub(super) const SER_SELV: Duration = Duration::from_secs(2);

impl Utsnitt {
    /// Does something with a list as it stands. `sett_sekvens` is the [`Sett`](super::Sett)'s ledger as the person saw it:
    /// where somebody else has acted since, nothing is done. Returns the ledger's new sequence; what is shown from now on
    /// has it, unless it took too long to come back.
    pub async fn utfor(
        &self,
        nokkel: &Listenokkel,
        sett_sekvens: Option<u64>,
        handling: Handling,
    ) -> Result<u64, Adgangsfeil> {
        self.oppslag(nokkel, Gjoremal::SeStatus)?;
        // What only the program writes is refused by the list's own rules, to somebody who acts at all.
        let hva = Gjoremal::av(&handling).unwrap_or(Gjoremal::Godkjenne);
        let oppslag = self.oppslag(nokkel, hva)?;
        let tenant = oppslag.sammendrag.tenant.parse().ok();
        let maskinens = Gjoremal::av(&handling).is_none();
        let aktor = self.adgang.aktor().zip(self.adgang.egen_rolle()).filter(|_| !maskinens);
        let Some((av, egen)) = aktor else {
            return Err(self.avvis(tenant, Some(nokkel), Adgangsfeil::MaIkke { hva }, hva));
        };
        let mut sak = hovedbok::hent(self.om(), nokkel).await?;
        // It may have come to another since.
        if !self.adgang.ser_elevliste(&sak.liste) {
            return Err(Adgangsfeil::Finnes);
        }
        if sett_sekvens.is_some_and(|sett| sett != sak.sekvens) {
            return Err(Adgangsfeil::Endret);
        }
        if self.adgang.pa_vegne_av.is_some() {
            // A supplier may no more than whoever it acts for.
            let na = self.na();
            let (bilde, som) = (self.rundt().bilde(&sak, na)?, Aktor::med_rolle(&av.id, egen));
            liste::vurder(&bilde, &sak.liste, &handling, &som, sak.runde.as_ref(), na).map_err(Adgangsfeil::Lov)?;
        }
        utfor(self.om(), self.rundt(), &mut sak, av, handling).await?;
        self.utsikt.vent_til(nokkel, sak.sekvens, SER_SELV).await;
        Ok(sak.sekvens)
    }
}
