//! The rounds.

use super::handlinger::SER_SELV;
use super::{Adgangsfeil, Adgangsrolle, Gjoremal, Utsnitt};
use crate::revisjon::fylkets;
use crate::runder::{self, Rundesak, ny_versjon};
use crate::utsikt::Rundebilde;
use crate::{Endringsfeil, Rundeendring, Runderedigering};
use elevliste::{Aktor, Innsamling, Rundenokkel};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Serialize)]
struct Endret<'a> {
    runde: String,
    ny: bool,
    grunn: &'a str,
}

impl Utsnitt {
    /// The rounds that concern this person: a county's own with their history, others as they stand.
    pub fn runder(&self) -> Vec<Arc<Rundebilde>> {
        let mine: BTreeSet<Rundenokkel> = self.lister().iter().map(|liste| liste.nokkel.runde()).collect();
        let ser = |nokkel: &Rundenokkel| mine.contains(nokkel) || self.adgang.ser_fylke(nokkel.fylke);
        let alle = self.utsikt.runder().into_iter();
        alle.filter(|(nokkel, _)| self.ma(Gjoremal::SeRunder) && ser(nokkel))
            .map(|(_, runde)| self.vist(runde))
            .collect()
    }

    /// One of them.
    pub fn runde(&self, nokkel: Rundenokkel) -> Option<Arc<Rundebilde>> {
        self.runder().into_iter().find(|runde| runde.sak.runde().nokkel() == nokkel)
    }

    fn vist(&self, runde: Arc<Rundebilde>) -> Arc<Rundebilde> {
        let hele = matches!(self.adgang.rolle, Adgangsrolle::Fylke | Adgangsrolle::Revisor);
        if hele {
            return runde;
        }
        let poster = runde.sak.poster.last().cloned().into_iter().collect();
        Arc::new(Rundebilde { sak: Rundesak { poster, sekvens: runde.sak.sekvens }, brutt: runde.brutt })
    }

    /// Opens, extends, shortens or closes a round. `sett` is the sequence of the round as the person saw it: where somebody
    /// else has changed it since, nothing is done.
    pub async fn endre_runde(
        &self,
        nokkel: Rundenokkel,
        sett: Option<u64>,
        grunn: &str,
        endring: Rundeendring,
    ) -> Result<Innsamling, Adgangsfeil> {
        self.endre(nokkel, sett, grunn, |runde, na| endring.bruk(runde, na)).await
    }

    /// Changes what a round says and asks for.
    pub async fn rediger_runde(
        &self,
        nokkel: Rundenokkel,
        sett: Option<u64>,
        grunn: &str,
        redigering: Runderedigering,
    ) -> Result<Innsamling, Adgangsfeil> {
        self.endre(nokkel, sett, grunn, |runde, na| redigering.bruk(runde, na)).await
    }

    /// Makes a new round.
    pub async fn ny_runde(&self, runde: Innsamling, grunn: &str) -> Result<Innsamling, Adgangsfeil> {
        let nokkel = runde.nokkel();
        let av = self.rundens_aktor(nokkel)?;
        if runder::rundesak(self.om(), nokkel).await?.is_some() {
            return Err(Adgangsfeil::FinnesAllerede);
        }
        let runde = Runderedigering::sjekk_ny(runde, self.na()).map_err(|feil| Adgangsfeil::Runde(feil.into()))?;
        self.skriv_versjon(None, av, grunn, runde).await
    }

    async fn endre(
        &self,
        nokkel: Rundenokkel,
        sett: Option<u64>,
        grunn: &str,
        endre: impl FnOnce(&Innsamling, Timestamp) -> Result<Innsamling, Endringsfeil> + Send,
    ) -> Result<Innsamling, Adgangsfeil> {
        let av = self.rundens_aktor(nokkel)?;
        let sak = runder::rundesak(self.om(), nokkel).await?.ok_or(Adgangsfeil::Finnes)?;
        if sett.is_some_and(|sett| sett != sak.sekvens) {
            return Err(Adgangsfeil::Endret);
        }
        let runde = endre(sak.runde(), self.na()).map_err(|feil| Adgangsfeil::Runde(feil.into()))?;
        self.skriv_versjon(Some(sak), av, grunn, runde).await
    }

    fn rundens_aktor(&self, nokkel: Rundenokkel) -> Result<Aktor, Adgangsfeil> {
        let (hva, log) = (Gjoremal::EndreRunder, fylkets(nokkel.fylke));
        if self.runde(nokkel).is_none() && !self.adgang.ser_fylke(nokkel.fylke) {
            return Err(self.avvis(Some(log), None, Adgangsfeil::Finnes, hva));
        }
        self.krev(hva, Some(log), None)?;
        self.adgang.aktor().filter(|_| self.adgang.ser_fylke(nokkel.fylke)).ok_or(Adgangsfeil::MaIkke { hva })
    }

    async fn skriv_versjon(
        &self,
        sak: Option<Rundesak>,
        av: Aktor,
        grunn: &str,
        runde: Innsamling,
    ) -> Result<Innsamling, Adgangsfeil> {
        let nokkel = runde.nokkel();
        let sekvens = match ny_versjon(self.om(), sak.as_ref(), av, grunn, &runde).await {
            Err(crate::Rundefeil::Endring(Endringsfeil::Grunn)) => return Err(Adgangsfeil::Grunn),
            sekvens => sekvens?,
        };
        self.utsikt.vent_til_runde(nokkel, sekvens, SER_SELV).await;
        let endret = Endret { runde: nokkel.to_string(), ny: sak.is_none(), grunn: grunn.trim() };
        let skrevet = self.skriv_revisjon(&fylkets(nokkel.fylke), "revisjon.runde.endret", endret).await;
        if let Err(feil) = skrevet {
            // The round's own history says who and why.
            tracing::error!(runde = %nokkel, error = %feil, "a changed round is not in the audit log");
        }
        Ok(runde)
    }
}
