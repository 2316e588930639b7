//! The routes joined, and the server.

use crate::config::Rett;
use crate::elever::Elevbok;
use crate::pakker::Pakkeleser;
use crate::problem::Avslag;
use crate::tilgang::{Brukere, Innlogget};
use crate::{elever, kilder, pakker};
use axum::extract::{DefaultBodyLimit, FromRequestParts, RawPathParams};
use axum::http::{StatusCode, header, request::Parts};
use axum::response::IntoResponse;
use axum::routing::{get, post, put};
use axum::{Router, middleware};
use flow::Lesevalg;
use hendelse::{Kildenavn, Tenant, Tenantnokkel};
use runtime::Omgivelse;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Wakes the loop of a source, where it runs in this process.
pub type Vekker = Arc<dyn Fn(&Tenant, &Kildenavn) -> bool + Send + Sync>;

/// How a source gets its data.
#[derive(Clone)]
pub enum Tjeneste {
    /// It is read.
    Lest,
    /// Packages are handed in.
    Pakker {
        /// Opens a package.
        leser: Arc<dyn Pakkeleser>,
        /// How much may change at once.
        valg: Lesevalg,
    },
    /// Pupils are keyed in.
    Tastet(Arc<dyn Elevbok>),
}

/// Everything the API needs.
#[derive(Clone)]
pub struct Operator {
    /// Bus, clock, metrics.
    pub om: Omgivelse,
    /// Who may use it.
    pub brukere: Brukere,
    /// The tenants' secrets.
    pub nokler: BTreeMap<Tenant, Tenantnokkel>,
    /// Every source that is configured.
    pub kilder: BTreeMap<(Tenant, Kildenavn), Tjeneste>,
    /// Wakes a source.
    pub vekk: Vekker,
    /// Largest package, in bytes.
    pub maks_opplasting: usize,
}

/// A source that the caller may see, from the path `…/{tenant}/{kilde}/…`.
pub(crate) struct Valgt {
    pub(crate) hvem: Innlogget,
    pub(crate) tenant: Tenant,
    pub(crate) navn: Kildenavn,
    pub(crate) tjeneste: Tjeneste,
}

impl Valgt {
    /// The same, if the caller may do what takes `rett`.
    pub(crate) fn med_rett(self, rett: Rett) -> Result<Self, Avslag> {
        self.hvem.krev(rett).map(|()| self)
    }
}

pub(crate) type Delt = Arc<Operator>;

impl FromRequestParts<Delt> for Innlogget {
    type Rejection = Avslag;

    async fn from_request_parts(deler: &mut Parts, operator: &Delt) -> Result<Self, Avslag> {
        operator.brukere.finn(&deler.headers)
    }
}

impl FromRequestParts<Delt> for Valgt {
    type Rejection = Avslag;

    async fn from_request_parts(deler: &mut Parts, operator: &Delt) -> Result<Self, Avslag> {
        let hvem = Innlogget::from_request_parts(deler, operator).await?;
        let sti = RawPathParams::from_request_parts(deler, operator).await.map_err(|_| Avslag::ukjent_kilde())?;
        let ledd = |navn: &str| sti.iter().find(|(n, _)| *n == navn).map(|(_, verdi)| verdi);
        let tenant: Option<Tenant> = ledd("tenant").and_then(|t| t.parse().ok());
        let navn: Option<Kildenavn> = ledd("kilde").and_then(|n| n.parse().ok());
        let (Some(tenant), Some(navn)) = (tenant, navn) else { return Err(Avslag::ukjent_kilde()) };
        let nokkel = (tenant, navn);
        let tjeneste = operator.kilder.get(&nokkel).cloned();
        let (tenant, navn) = nokkel;
        match tjeneste.filter(|_| hvem.ser(&tenant, &navn)) {
            Some(tjeneste) => Ok(Self { hvem, tenant, navn, tjeneste }),
            None => Err(Avslag::ukjent_kilde()),
        }
    }
}

impl Operator {
    /// The routes.
    pub fn rute(self) -> Router {
        let maks = self.maks_opplasting;
        let kilde = "/api/v1/kilder/{tenant}/{kilde}";
        Router::new()
            .route("/api/v1/kilder", get(kilder::alle))
            .route(kilde, get(kilder::en))
            .route(&format!("{kilde}/hent"), post(kilder::hent))
            .route(&format!("{kilde}/hold"), get(kilder::hold))
            .route(&format!("{kilde}/hold/avgjorelse"), post(kilder::avgjor))
            .route(&format!("{kilde}/oneroster-csv"), put(pakker::lever).layer(DefaultBodyLimit::max(maks)))
            .route(
                &format!("{kilde}/oneroster-csv/kontroll"),
                post(pakker::kontroller).layer(DefaultBodyLimit::max(maks)),
            )
            .route(&format!("{kilde}/elever"), get(elever::alle).post(elever::ny))
            .route(&format!("{kilde}/elever/{{elev}}"), put(elever::endre).delete(elever::fjern))
            .fallback(|| async {
                Avslag::ny(StatusCode::NOT_FOUND, "ukjent-sti", "Siden finnes ikke", "begynn med GET /api/v1/kilder")
            })
            .layer(middleware::map_response(hoder))
            .with_state(Arc::new(self))
    }

    /// Serves until `stopp`. Returns the address that was bound.
    pub async fn server(
        self,
        listen: SocketAddr,
        stopp: CancellationToken,
    ) -> std::io::Result<(SocketAddr, impl Future<Output = ()>)> {
        let lytter = TcpListener::bind(listen).await?;
        let bundet = lytter.local_addr()?;
        let app = self.rute();
        let tjeneste = async move {
            let ferdig = async move { stopp.cancelled().await };
            if let Err(error) = axum::serve(lytter, app).with_graceful_shutdown(ferdig).await {
                tracing::error!(%error, "the api stopped");
            }
        };
        Ok((bundet, tjeneste))
    }
}

/// What every answer says: nothing of it is kept by anyone on the way.
async fn hoder(mut svar: axum::response::Response) -> impl IntoResponse {
    let hoder = svar.headers_mut();
    hoder.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    hoder.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    svar
}
