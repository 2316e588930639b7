//! One pupil: explained, and the receipt.

use super::revisjon::Visning;
use super::sett::masker;
use super::{Adgangsfeil, Gjoremal, Utsnitt};
use crate::forklaring::forklart;
use crate::kvittering::{finn_elevkvittering, listekvittering};
use crate::utsikt::Oppslag;
use crate::{Kvitteringsfeil, tidsreise};
use elevliste::Listenokkel;
use hendelse::Tenant;
use liste::forklaring::{Forklaring, Lag};
use liste::kvittering::Elevbevisfeil;
use uuid::Uuid;

impl Utsnitt {
    /// A pupil of a list explained: from what the source said to the receipt. Values are shown to those who may see names, numbers
    /// masked; that they were, stands in the audit log before it is given out. A protected pupil is answered for like one whom
    /// nobody knows.
    pub async fn forklar(&self, nokkel: &Listenokkel, elev: Uuid) -> Result<Forklaring, Adgangsfeil> {
        let vis = self.ma(Gjoremal::Forklar);
        let oppslag = self.oppslag(nokkel, if vis { Gjoremal::Forklar } else { Gjoremal::ForklarUten })?;
        if !self.har_statt(&oppslag, elev).await? {
            return Err(Adgangsfeil::Finnes);
        }
        let tenant: Tenant = oppslag.sammendrag.tenant.parse().map_err(|_| Adgangsfeil::Finnes)?;
        let hemmelig = self.rundt().nokkel(&oppslag.sak)?;
        let forklart = forklart(self.om(), self.rundt(), (&tenant, hemmelig), elev, vis).await?;
        let mut forklart = forklart.filter(|forklart| !forklart.handteres_manuelt).ok_or(Adgangsfeil::Finnes)?;
        // A pupil may have come from a school that is somebody else's to see to.
        forklart.lister.retain(|del| self.ser(&del.liste).is_some());
        forklart.hendelser.retain(|hendelse| {
            let liste: Option<Listenokkel> = hendelse.hvor.parse().ok();
            hendelse.lag != Lag::Liste || liste.is_some_and(|liste| self.ser(&liste).is_some())
        });
        for felt in forklart.lister.iter_mut().flat_map(|del| &mut del.felter) {
            if felt.felt == "identitetsnummer" {
                felt.verdi = felt.verdi.as_ref().map(masker);
            }
        }
        if vis {
            self.vis(&oppslag.sammendrag, [elev].into(), Visning::Forklaring).await?;
        }
        Ok(forklart)
    }

    /// The newest receipt of a list. Nobody is named in it.
    pub fn listekvittering(&self, nokkel: &Listenokkel) -> Result<String, Adgangsfeil> {
        let oppslag = self.oppslag(nokkel, Gjoremal::SeKvittering)?;
        Ok(listekvittering(&oppslag.sak)?.to_owned())
    }

    /// The newest receipt of a pupil. That it was handed out stands in the audit log before it is.
    pub async fn elevkvittering(&self, nokkel: &Listenokkel, elev: Uuid) -> Result<String, Adgangsfeil> {
        let oppslag = self.oppslag(nokkel, Gjoremal::SeElevkvittering)?;
        if self.skjermede(&oppslag.sak.liste).await?.contains(&elev) {
            return Err(Adgangsfeil::Finnes);
        }
        let fil = match finn_elevkvittering(self.om(), self.rundt(), &oppslag.sak, elev).await {
            Err(Kvitteringsfeil::Elev(Elevbevisfeil::IkkePaListen)) => return Err(Adgangsfeil::Finnes),
            fil => fil?,
        };
        self.vis(&oppslag.sammendrag, [elev].into(), Visning::Kvittering).await?;
        Ok(fil)
    }

    /// Whether the pupil stands on the list, or has stood on it while it was this person's to see. Never a protected one.
    async fn har_statt(&self, oppslag: &Oppslag, elev: Uuid) -> Result<bool, Adgangsfeil> {
        let liste = &oppslag.sak.liste;
        if self.skjermede(liste).await?.contains(&elev) {
            return Ok(false);
        }
        if liste.linjer.iter().any(|linje| linje.elev == elev) {
            return Ok(true);
        }
        let versjoner = tidsreise::versjoner(self.om(), &liste.nokkel).await?;
        let egne = versjoner.iter().filter_map(|v| v.liste.as_ref()).filter(|liste| self.adgang.ser_elevliste(liste));
        Ok(egne.flat_map(|liste| &liste.linjer).any(|linje| linje.elev == elev))
    }
}
