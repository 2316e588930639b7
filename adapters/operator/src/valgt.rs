//! What a request is about and who asks: the caller by the token, the source by the path, and what may be done with it.
//!
//! These are extractors, and stand before the body among a handler's arguments: whoever may not do something is told so
//! before anything is read from them.

use crate::config::Rett;
use crate::problem::Avslag;
use crate::rute::{Operator, Tjeneste};
use crate::tilgang::{self, Innlogget, Loggnavn};
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use flow::{Lesevalg, Source};
use hendelse::{Kildenavn, Tenant, Tenantnokkel};
use runtime::adgang::{Gjoremal, Tillatelse, Utsnitt};
use runtime::{Kilde, Omgivelse, Stopp, revisjon};
use serde::Serialize;
use std::ops::Deref;
use std::sync::Arc;
use uuid::Uuid;

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

    /// Writes that somebody gives us pupils, before it is done: what cannot be written is not done. `typ` is what stands
    /// after `revisjon.levert.`; `id` is what the source calls the pupil, where it is one.
    pub(crate) async fn noter(
        &self,
        om: &Omgivelse,
        hvem: &Loggnavn,
        typ: &str,
        id: Option<Uuid>,
    ) -> Result<(), Stopp> {
        #[derive(Serialize)]
        struct Levert<'a> {
            hvem: &'a Loggnavn,
            kilde: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            id: Option<Uuid>,
        }
        let levert = Levert { hvem, kilde: self.navn.as_str(), id };
        revisjon::skriv(om, &self.tenant, &format!("revisjon.levert.{typ}"), &levert).await
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

/// The same, for a caller who may see who is keyed in.
pub(crate) struct Elevseer(Valgt);

/// The same, for a caller who may have the source read.
pub(crate) struct Henter(Valgt);

/// The same, for a caller who may see mass changes.
pub(crate) struct Holdseer(Valgt);

/// The same, for a caller who may decide about mass changes.
pub(crate) struct Avgjorer(Valgt);

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
        let mottak = Mottak::av(operator, tenant, navn).ok_or_else(Avslag::ukjent_kilde)?;
        if !hvem.ser_kilde(&mottak.tenant, &mottak.navn, &mottak.tjeneste) {
            nekt(&hvem, operator, &mottak.tenant, Gjoremal::SeKilder);
            return Err(Avslag::ukjent_kilde());
        }
        Ok(Self { hvem, mottak })
    }
}

impl Valgt {
    /// The source, for a caller who has the right, and whose role, where there is one, may do this. What is refused to a role
    /// stands in the audit log.
    async fn med(deler: &mut Parts, operator: &Delt, rett: Rett, hva: Gjoremal) -> Result<Self, Avslag> {
        let valgt = Self::from_request_parts(deler, operator).await?;
        let avslag = match valgt.hvem.lov(hva) {
            Tillatelse::Ja => return valgt.hvem.krev(rett).map(|()| valgt),
            Tillatelse::BareSe => Avslag::ma_ikke(),
            Tillatelse::Nei => Avslag::ukjent_kilde(),
        };
        nekt(&valgt.hvem, operator, &valgt.tenant, hva);
        Err(avslag)
    }
}

/// Notes that a role was refused something, while the caller is answered.
pub(crate) fn nekt(hvem: &Innlogget, operator: &Delt, tenant: &Tenant, hva: Gjoremal) {
    if let Some(sider) = operator.sider.as_ref().filter(|_| hvem.rolle().is_some()) {
        let (ut, tenant) = (Utsnitt::ny(&sider.utsikt, hvem.adgang()), tenant.clone());
        tokio::spawn(async move { ut.nektet(&tenant, &hva.to_string()).await });
    }
}

macro_rules! som {
    ($type_:ident, $rett:expr, $hva:expr) => {
        impl Deref for $type_ {
            type Target = Valgt;

            fn deref(&self) -> &Valgt {
                &self.0
            }
        }

        impl FromRequestParts<Delt> for $type_ {
            type Rejection = Avslag;

            async fn from_request_parts(deler: &mut Parts, operator: &Delt) -> Result<Self, Avslag> {
                Valgt::med(deler, operator, $rett, $hva).await.map(Self)
            }
        }
    };
}
som!(Leverer, Rett::Levere, Gjoremal::Levere);
som!(Elevseer, Rett::Levere, Gjoremal::SeListe);
som!(Henter, Rett::Levere, Gjoremal::Hente);
som!(Holdseer, Rett::Lese, Gjoremal::SeHold);
som!(Avgjorer, Rett::Avgjore, Gjoremal::AvgjorHold);
