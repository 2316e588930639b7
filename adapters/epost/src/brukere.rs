//! Those who have a user: who is told of what follows from what he may see.

use crate::mottaker::{Ansvar, Mottaker, Mottakerregister};
use crate::ord::Sprak;
use async_trait::async_trait;
use runtime::adgang::{Adgangsrolle, Omfang};
use runtime::brukere::{Bruker, Brukerbok, Brukerfeil, Eier, Oppdrag};
use runtime::{Omgivelse, Stopp};

/// The users of these owners who want to be told and have an address.
#[derive(Debug, Clone)]
pub struct Brukerregister {
    bok: Brukerbok,
    eiere: Vec<Eier>,
}

impl Brukerregister {
    /// The users of `eiere` as `bok` has them.
    pub const fn ny(bok: Brukerbok, eiere: Vec<Eier>) -> Self {
        Self { bok, eiere }
    }
}

#[async_trait]
impl Mottakerregister for Brukerregister {
    async fn alle(&self, _: &Omgivelse) -> Result<Vec<Mottaker>, Stopp> {
        let mut ut = Vec::new();
        for eier in &self.eiere {
            let brukere = self.bok.mottakere(eier).await.map_err(|feil| match feil {
                Brukerfeil::Stopp(stopp) => stopp,
                _ => Stopp::Uforstaelig { nokkel: eier.to_string() },
            })?;
            ut.extend(brukere.into_iter().filter_map(mottaker));
        }
        Ok(ut)
    }
}

fn mottaker(bruker: Bruker) -> Option<Mottaker> {
    let ansvar: Vec<Ansvar> = bruker.oppdrag.iter().flat_map(ansvar).collect();
    let sprak = match bruker.sprak.as_deref() {
        Some("nn") => Sprak::Nn,
        Some("en") => Sprak::En,
        _ => Sprak::Nb,
    };
    let epost = bruker.epost.filter(|_| !ansvar.is_empty())?;
    Some(Mottaker { id: format!("bruker-{}", bruker.id), epost, ansvar, sprak })
}

/// Who runs connections or audits answers for no list.
fn ansvar(oppdrag: &Oppdrag) -> Vec<Ansvar> {
    if matches!(oppdrag.rolle, Adgangsrolle::Integrator | Adgangsrolle::Revisor) {
        return vec![];
    }
    match &oppdrag.omfang {
        Omfang::Skoler(skoler) => skoler
            .iter()
            .map(|skole| Ansvar::Skole {
                tenant: Some(skole.tenant.to_string()),
                organisasjonsnummer: skole.organisasjonsnummer.clone(),
                skolenr: skole.skolenr.clone(),
            })
            .collect(),
        Omfang::Tenanter(tenanter) => tenanter.iter().map(|tenant| Ansvar::Kommune(tenant.to_string())).collect(),
        Omfang::Fylker(fylker) => fylker.iter().copied().map(Ansvar::Fylke).collect(),
    }
}
