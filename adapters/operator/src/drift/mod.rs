//! The connections, for those who run them: what is within one person's reach, and what may be done with it. Pages and
//! routes both ask here; what is out of reach is answered as if it did not exist, and noted.

mod husket;
mod karantene;
mod posisjon;
mod rekkevidde;

pub(crate) use husket::Husket;
pub(crate) use karantene::id;
pub(crate) use posisjon::plass;
pub(crate) use rekkevidde::Rekkevidde;

use crate::problem::Avslag;
use crate::rute::Operator;
use crate::sider::Feilslag;
use hendelse::{Kildenavn, Tenant};
use kodeverk::Fylkesnummer;
use runtime::adgang::{Gjoremal, Tillatelse, Utsnitt};
use runtime::drift::{Drift, Driftfeil, Etterslep, Hva, Hvem, Kildeforsok, Mottakerforsok, Pause, Rate};
use runtime::{SakFeil, Stopp};
use std::sync::Arc;

/// Why a connection was not shown, or not steered.
#[derive(Debug)]
pub(crate) enum Nei {
    /// It is not there, or not for this person.
    Finnes,
    /// It may be seen, and not be done.
    MaIkke,
    /// What the core says against it.
    Styring(Driftfeil),
    /// What could not be read.
    Stans(SakFeil),
}

impl From<Driftfeil> for Nei {
    fn from(feil: Driftfeil) -> Self {
        Self::Styring(feil)
    }
}

impl From<Stopp> for Nei {
    fn from(stopp: Stopp) -> Self {
        Self::Styring(stopp.into())
    }
}

impl From<SakFeil> for Nei {
    fn from(feil: SakFeil) -> Self {
        Self::Stans(feil)
    }
}

impl From<Nei> for Feilslag {
    fn from(nei: Nei) -> Self {
        let stans = |feil: &dyn std::error::Error| {
            tracing::warn!(error = %feil, "a page about the connections could not be made");
            Self::Utilgjengelig("drift")
        };
        match nei {
            Nei::Finnes => Self::FinnesIkke,
            Nei::MaIkke => Self::MaIkke,
            Nei::Styring(Driftfeil::Grunn) => Self::Grunn,
            Nei::Styring(Driftfeil::Stopp(stopp)) => stans(&stopp),
            Nei::Styring(_) => Self::Samtidig,
            Nei::Stans(feil) => stans(&feil),
        }
    }
}

impl From<Nei> for Avslag {
    fn from(nei: Nei) -> Self {
        match nei {
            Nei::Finnes => Self::finnes_ikke(),
            Nei::MaIkke => Self::ma_ikke(),
            Nei::Styring(feil) => match feil {
                Driftfeil::Grunn => Self::ett_felt("grunn", "si hvorfor, med 1 til 500 tegn og uten fødselsnummer"),
                Driftfeil::AlleredePauset(_) => Self::lov(
                    "allerede-pauset",
                    "det står stille fra før; GET /api/v1/drift/pauser sier hvem og hvorfor",
                ),
                Driftfeil::IkkePauset(_) | Driftfeil::Ingen => Self::finnes_ikke(),
                Driftfeil::Samtidig => Self::lov("samtidig", "noen andre styrer samtidig; prøv igjen"),
                Driftfeil::Stopp(stopp) => stopp.into(),
            },
            Nei::Stans(SakFeil::Stopp(stopp)) => stopp.into(),
            Nei::Stans(feil) => {
                tracing::warn!(error = %feil, "how far behind everything is could not be read");
                Self::lov("brutt", "en historikk kan ikke leses slik den skal; noen må se på den først")
            }
        }
    }
}

/// Somebody who runs connections. Who has one may.
#[derive(Clone, Copy)]
pub(crate) struct Driver<'a> {
    ut: &'a Utsnitt,
    operator: &'a Operator,
    drift: &'a Drift,
}

impl<'a> Driver<'a> {
    /// Lets in whoever runs the connections.
    pub(crate) fn ny(ut: &'a Utsnitt, operator: &'a Operator) -> Result<Self, Nei> {
        let sider = operator.sider.as_ref().ok_or(Nei::Finnes)?;
        match ut.adgang().ma(Gjoremal::Drive) {
            Tillatelse::Ja => Ok(Self { ut, operator, drift: &sider.drift }),
            Tillatelse::BareSe => Err(Nei::MaIkke),
            Tillatelse::Nei => Err(Nei::Finnes),
        }
    }

    /// Who steers.
    fn hvem(&self) -> Hvem {
        let hvem = &self.ut.adgang().hvem;
        Hvem { id: hvem.id.clone(), navn: hvem.navn.clone() }
    }

    /// A source within reach, of its address.
    pub(crate) async fn kilde(&self, tenant: &str, kilde: &str) -> Result<(Tenant, Kildenavn), Nei> {
        let (Ok(tenant), Ok(kilde)) = (tenant.parse::<Tenant>(), kilde.parse::<Kildenavn>()) else {
            return Err(Nei::Finnes);
        };
        if !self.ut.adgang().ser_kilde(&tenant, &kilde) {
            // Tenants that do not exist have no log.
            if self.operator.nokler.contains_key(&tenant) {
                self.ut.nektet(&tenant, "drift").await;
            }
            return Err(Nei::Finnes);
        }
        Ok((tenant, kilde))
    }

    /// A county whose receiver is within reach, of its address.
    pub(crate) fn fylke(&self, fylke: &str) -> Result<Fylkesnummer, Nei> {
        let fylke = fylke.parse().map_err(|_| Nei::Finnes)?;
        self.ut.ser_fylke(fylke).then_some(fylke).ok_or(Nei::Finnes)
    }

    /// Whether only requests about this person's own schools are told of, for what else a county receives is not his.
    pub(crate) fn bare_egne(&self, fylke: Fylkesnummer) -> bool {
        !self.ut.adgang().ser_fylke(fylke)
    }

    /// How far everything is behind. Others' are among it.
    pub(crate) async fn etterslep(&self, husket: &Husket) -> Result<Arc<Etterslep>, Nei> {
        Ok(husket.etterslep(self.drift).await?)
    }

    /// What flowed in the last minutes. Others' is among it.
    pub(crate) fn rater(&self) -> Vec<Rate> {
        self.drift.rater()
    }

    /// The last attempts to read a source, the newest first.
    pub(crate) async fn forsok_kilde(&self, tenant: &Tenant, kilde: &Kildenavn) -> Result<Vec<Kildeforsok>, Nei> {
        Ok(self.drift.forsok_kilde(tenant, kilde).await?)
    }

    /// The last requests to a county's receiver, the newest first: of these the ones within reach.
    pub(crate) async fn forsok_mottaker(
        &self,
        fylke: Fylkesnummer,
        rekker: &Rekkevidde<'_>,
    ) -> Result<Vec<Mottakerforsok>, Nei> {
        let mut alle = self.drift.forsok_mottaker(fylke).await?;
        let bare_egne = self.bare_egne(fylke);
        alle.retain(|forsok| !bare_egne || rekker.ser_liste(&forsok.liste));
        Ok(alle)
    }

    /// What is paused, within reach.
    pub(crate) async fn pauser(&self, rekker: &Rekkevidde<'_>) -> Result<Vec<Pause>, Nei> {
        let mut alle = self.drift.pauser().await?;
        alle.retain(|pause| rekker.ser(&pause.hva));
        Ok(alle)
    }

    /// Pauses what is within reach.
    pub(crate) async fn pause(&self, hva: Hva, hvorfor: &str) -> Result<Pause, Nei> {
        Rekkevidde::av(self.ut).krev(&hva)?;
        Ok(self.drift.pause(hva, self.hvem(), hvorfor).await?)
    }

    /// Resumes what is within reach.
    pub(crate) async fn gjenoppta(&self, hva: &Hva) -> Result<Pause, Nei> {
        Rekkevidde::av(self.ut).krev(hva)?;
        Ok(self.drift.gjenoppta(hva, self.hvem()).await?)
    }
}
