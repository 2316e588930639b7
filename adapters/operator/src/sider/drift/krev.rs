//! Who is let in here, and what is within reach. What is not is answered as if it did not exist, and noted.

use crate::sider::besok::Besok;
use crate::sider::feil::Feilslag;
use elevliste::Listenokkel;
use hendelse::{Kildenavn, Tenant};
use kodeverk::Fylkesnummer;
use runtime::adgang::{Gjoremal, Tillatelse};
use runtime::drift::{Drift, Driftfeil, Hva, Hvem, Pause};
use std::collections::BTreeSet;
use std::fmt::Display;

/// The handle, for whoever runs the connections.
pub(super) fn drift(besok: &Besok) -> Result<&Drift, Feilslag> {
    match besok.ut.adgang().ma(Gjoremal::Drive) {
        Tillatelse::Ja => Ok(&besok.sider().drift),
        Tillatelse::BareSe => Err(Feilslag::MaIkke),
        Tillatelse::Nei => Err(Feilslag::FinnesIkke),
    }
}

/// Who steers.
pub(super) fn hvem(besok: &Besok) -> Hvem {
    let hvem = &besok.ut.adgang().hvem;
    Hvem { id: hvem.id.clone(), navn: hvem.navn.clone() }
}

/// A source within reach, of its address.
pub(super) async fn kilde(besok: &Besok, tenant: &str, kilde: &str) -> Result<(Tenant, Kildenavn), Feilslag> {
    let (Ok(tenant), Ok(kilde)) = (tenant.parse::<Tenant>(), kilde.parse::<Kildenavn>()) else {
        return Err(Feilslag::FinnesIkke);
    };
    if !besok.ut.adgang().ser_kilde(&tenant, &kilde) {
        return Err(nekt(besok, &tenant).await);
    }
    Ok((tenant, kilde))
}

/// A county whose receiver is within reach, of its address.
pub(super) fn fylke(besok: &Besok, fylke: &str) -> Result<Fylkesnummer, Feilslag> {
    let fylke = fylke.parse().map_err(|_| Feilslag::FinnesIkke)?;
    besok.ut.ser_fylke(fylke).then_some(fylke).ok_or(Feilslag::FinnesIkke)
}

/// Notes that somebody asked for what is another's. Tenants that do not exist have no log.
async fn nekt(besok: &Besok, tenant: &Tenant) -> Feilslag {
    if besok.delt.nokler.contains_key(tenant) {
        besok.ut.nektet(tenant, "drift").await;
    }
    Feilslag::FinnesIkke
}

/// What one person reaches of all that can be paused.
pub(super) struct Rekkevidde {
    lister: BTreeSet<Listenokkel>,
}

impl Rekkevidde {
    pub(super) fn av(besok: &Besok) -> Self {
        Self { lister: besok.ut.lister().iter().map(|liste| liste.nokkel.clone()).collect() }
    }

    /// Whether the person may know of it.
    pub(super) fn ser(&self, besok: &Besok, hva: &Hva) -> bool {
        match hva {
            Hva::Mottaker(fylke) => self.ser_fylke(besok, *fylke),
            annet => self.styrer(besok, annet),
        }
    }

    /// Whether the person may pause and resume it. A receiver is everybody's who sends there: only those who run the
    /// county's own connections stop it.
    pub(super) fn styrer(&self, besok: &Besok, hva: &Hva) -> bool {
        let adgang = besok.ut.adgang();
        match hva {
            Hva::Tenant(tenant) => adgang.ser_tenant(tenant),
            Hva::Kilde(tenant, kilde) => adgang.ser_kilde(tenant, kilde),
            Hva::Skole(liste) => self.lister.contains(liste),
            Hva::Mottaker(fylke) => adgang.ser_fylke(*fylke),
        }
    }

    pub(super) fn ser_liste(&self, liste: &Listenokkel) -> bool {
        self.lister.contains(liste)
    }

    pub(super) fn ser_fylke(&self, besok: &Besok, fylke: Fylkesnummer) -> bool {
        besok.ut.adgang().ser_fylke(fylke) || self.fylker().contains(&fylke)
    }

    /// The counties that lists within reach go to.
    pub(super) fn fylker(&self) -> BTreeSet<Fylkesnummer> {
        self.lister.iter().map(|liste| liste.fylke).collect()
    }
}

/// What is paused, within reach.
pub(super) async fn pauser(besok: &Besok, rekker: &Rekkevidde) -> Result<Vec<Pause>, Feilslag> {
    let mut alle = drift(besok)?.pauser().await.map_err(stans)?;
    alle.retain(|pause| rekker.ser(besok, &pause.hva));
    Ok(alle)
}

/// What the core could not do now.
pub(super) fn stans(feil: impl Display) -> Feilslag {
    tracing::warn!(error = %feil, "a page about the connections could not be made");
    Feilslag::Utilgjengelig("drift")
}

/// What the core says against steering.
pub(super) fn styrefeil(feil: Driftfeil) -> Feilslag {
    match feil {
        Driftfeil::Grunn => Feilslag::Grunn,
        Driftfeil::AlleredePauset(_) | Driftfeil::IkkePauset(_) | Driftfeil::Ingen | Driftfeil::Samtidig => {
            Feilslag::Samtidig
        }
        Driftfeil::Stopp(stopp) => stans(stopp),
    }
}
