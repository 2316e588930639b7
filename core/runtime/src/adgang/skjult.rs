//! Protected pupils by the names that sources have for them: pages that show what stands in a source leave them out.

use super::{Adgangsfeil, Gjoremal, Utsnitt};
use crate::varsel::kildeider;
use elevliste::Listenokkel;
use hendelse::Kildenavn;
use identitet::Skjermet;
use std::collections::BTreeSet;
use uuid::Uuid;

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
        for elev in self.skjermede(&oppslag.sak.liste).await? {
            let ider = kildeider(self.om(), &tenant, elev).await?;
            ut.extend(ider.into_iter().filter(|(navn, _)| navn == kilde).map(|(_, id)| id));
        }
        Ok(ut)
    }

    /// What a source calls a pupil of a list; none where it has no such pupil. A protected pupil is answered for like one
    /// who is not there.
    pub async fn kildeid(
        &self,
        nokkel: &Listenokkel,
        kilde: &Kildenavn,
        elev: Uuid,
    ) -> Result<Option<Skjermet<String>>, Adgangsfeil> {
        let oppslag = self.oppslag(nokkel, Gjoremal::SeListe)?;
        let liste = &oppslag.sak.liste;
        let pa_lista = liste.linjer.iter().any(|linje| linje.elev == elev);
        if !pa_lista || self.skjermede(liste).await?.contains(&elev) {
            return Err(Adgangsfeil::Finnes);
        }
        let tenant = oppslag.sammendrag.tenant.parse().map_err(|_| Adgangsfeil::Finnes)?;
        let ider = kildeider(self.om(), &tenant, elev).await?;
        Ok(ider.into_iter().find(|(navn, _)| navn == kilde).map(|(_, id)| id))
    }
}
