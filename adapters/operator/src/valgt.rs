//! What a request is about and who asks: the caller by the token, the source by the path, and what may be done with it.
//!
//! These are extractors, and stand before the body among a handler's arguments: whoever may not do something is told so
//! before anything is read from them.

use crate::config::Rett;
use crate::problem::Avslag;
use crate::rute::{Operator, Tjeneste};
use crate::tilgang::{self, Innlogget};
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use flow::{Lesevalg, Source};
use hendelse::{Kildenavn, Tenant, Tenantnokkel};
use runtime::Kilde;
use std::ops::Deref;
use std::sync::Arc;

pub(crate) type Delt = Arc<Operator>;

/// A source that something is handed in to or keyed into, by whoever may.
pub(crate) struct Mottak {
    pub(crate) tenant: Tenant,
    pub(crate) navn: Kildenavn,
    pub(crate) tjeneste: Tjeneste,
    nokkel: Tenantnokkel,
}

impl Mottak {
    /// The source, where it is configured. Whether somebody may see it is asked elsewhere.
    pub(crate) fn av(operator: &Operator, tenant: Tenant, navn: Kildenavn) -> Option<Self> {
        let nokkel = operator.nokler.get(&tenant).cloned()?;
        let kilde = (tenant, navn);
        let tjeneste = operator.kilder.get(&kilde).cloned()?;
        let (tenant, navn) = kilde;
        Some(Self { tenant, navn, tjeneste, nokkel })
    }

    /// Something that is handed in, as the source that the core reads once.
    pub(crate) fn levering(&self, source: Arc<dyn Source>, valg: Lesevalg) -> Kilde {
        let (tenant, nokkel, navn) = (self.tenant.clone(), self.nokkel.clone(), self.navn.clone());
        Kilde { tenant, nokkel, navn, source, valg }
    }
}

/// A source that the caller may see, from the path `…/{tenant}/{kilde}/…`.
pub(crate) struct Valgt {
    pub(crate) hvem: Innlogget,
    mottak: Mottak,
}

impl Deref for Valgt {
    type Target = Mottak;

    fn deref(&self) -> &Mottak {
        &self.mottak
    }
}

/// The same, for a caller who may hand in.
pub(crate) struct Leverer(Valgt);

/// The same, for a caller who may decide about mass changes.
pub(crate) struct Avgjorer(Valgt);

impl Deref for Leverer {
    type Target = Valgt;

    fn deref(&self) -> &Valgt {
        &self.0
    }
}

impl Deref for Avgjorer {
    type Target = Valgt;

    fn deref(&self) -> &Valgt {
        &self.0
    }
}

impl FromRequestParts<Delt> for Innlogget {
    type Rejection = Avslag;

    async fn from_request_parts(deler: &mut Parts, operator: &Delt) -> Result<Self, Avslag> {
        let klient = || {
            let token = tilgang::bearer(&deler.headers)?;
            operator.klienter.finn(token, operator.om.clock.now())
        };
        operator.brukere.finn(&deler.headers).or_else(|avslag| klient().ok_or(avslag))
    }
}

impl FromRequestParts<Delt> for Valgt {
    type Rejection = Avslag;

    async fn from_request_parts(deler: &mut Parts, operator: &Delt) -> Result<Self, Avslag> {
        let hvem = Innlogget::from_request_parts(deler, operator).await?;
        let sti = RawPathParams::from_request_parts(deler, operator).await.map_err(|_| Avslag::ukjent_kilde())?;
        let ledd = |navn: &str| sti.iter().find(|(n, _)| *n == navn).map(|(_, verdi)| verdi);
        let tenant: Tenant = ledd("tenant").and_then(|t| t.parse().ok()).ok_or_else(Avslag::ukjent_kilde)?;
        let navn: Kildenavn = ledd("kilde").and_then(|n| n.parse().ok()).ok_or_else(Avslag::ukjent_kilde)?;
        if !hvem.ser(&tenant, &navn) {
            return Err(Avslag::ukjent_kilde());
        }
        let mottak = Mottak::av(operator, tenant, navn).ok_or_else(Avslag::ukjent_kilde)?;
        Ok(Self { hvem, mottak })
    }
}

impl FromRequestParts<Delt> for Leverer {
    type Rejection = Avslag;

    async fn from_request_parts(deler: &mut Parts, operator: &Delt) -> Result<Self, Avslag> {
        let valgt = Valgt::from_request_parts(deler, operator).await?;
        valgt.hvem.krev(Rett::Levere)?;
        Ok(Self(valgt))
    }
}

impl FromRequestParts<Delt> for Avgjorer {
    type Rejection = Avslag;

    async fn from_request_parts(deler: &mut Parts, operator: &Delt) -> Result<Self, Avslag> {
        let valgt = Valgt::from_request_parts(deler, operator).await?;
        valgt.hvem.krev(Rett::Avgjore)?;
        Ok(Self(valgt))
    }
}
