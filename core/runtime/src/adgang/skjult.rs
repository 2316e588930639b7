//! Protected pupils by the names that sources have for them: pages that show what stands in a source leave them out.

use super::{Adgangsfeil, Gjoremal, Utsnitt};
use crate::varsel::kildeider;
use elevliste::Listenokkel;
use hendelse::Kildenavn;
use identitet::Skjermet;
use std::collections::BTreeSet;

impl Utsnitt {
    /// What a source calls those who are protected, on this list or on another. Nothing of them is shown.
    pub async fn skjermede_hos(
        &self,
        nokkel: &Listenokkel,
        kilde: &Kildenavn,
    ) -> Result<BTreeSet<Skjermet<String>>, Adgangsfeil> {
        let oppslag = self.oppslag(nokkel, Gjoremal::SeListe)?;
        let tenant = oppslag.sammendrag.tenant.parse().map_err(|_| Adgangsfeil::Finnes)?;
        let mut ut = BTreeSet::new();
        for elev in self.skjermede(&oppslag.sak.liste) {
            let ider = kildeider(self.om(), &tenant, elev).await?;
            ut.extend(ider.into_iter().filter(|(navn, _)| navn == kilde).map(|(_, id)| id));
        }
        Ok(ut)
    }
}
