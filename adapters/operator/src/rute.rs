//! The routes joined, and the server.

use crate::elever::Elevbok;
use crate::klient::Klienter;
use crate::pakker::Pakkeleser;
use crate::problem::Avslag;
use crate::tilgang::Brukere;
use crate::webhook::Webhooks;
use crate::{avvik, elever, hendelser, kilder, klient, lister, openapi, pakker, webhook};
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::response::Response;
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

/// Largest body that is no package, in bytes.
const MAKS_JSON: usize = 64 * 1024;

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
    /// Which systems may use it.
    pub klienter: Klienter,
    /// Where events are sent.
    pub webhooks: Webhooks,
    /// Cancelled when the program is about to stop: whoever waits is answered.
    pub stopp: CancellationToken,
    /// The tenants' secrets.
    pub nokler: BTreeMap<Tenant, Tenantnokkel>,
    /// Every source that is configured.
    pub kilder: BTreeMap<(Tenant, Kildenavn), Tjeneste>,
    /// Wakes a source.
    pub vekk: Vekker,
    /// Largest package, in bytes.
    pub maks_opplasting: usize,
}

impl Operator {
    /// The routes.
    pub fn rute(self) -> Router {
        let pakke = DefaultBodyLimit::max(self.maks_opplasting);
        let kilde = Router::new()
            .route("/", get(kilder::en))
            .route("/hent", post(kilder::hent))
            .route("/hold", get(kilder::hold))
            .route("/hold/avgjorelse", post(kilder::avgjor))
            .route("/oneroster-csv", put(pakker::lever).layer(pakke))
            .route("/oneroster-csv/kontroll", post(pakker::kontroller).layer(pakke))
            .route("/elever", get(elever::alle).post(elever::ny))
            .route("/elever/{elev}", put(elever::endre).delete(elever::fjern));
        Router::new()
            .route("/api/v1/kilder", get(kilder::alle))
            .nest("/api/v1/kilder/{tenant}/{kilde}", kilde)
            .route("/api/v1/lister", get(lister::alle))
            .route("/api/v1/lister/{liste}", get(lister::en))
            .route("/api/v1/avvik", get(avvik::alle))
            .route("/api/v1/hendelser", get(hendelser::alle))
            .route("/api/v1/webhooks", get(webhook::alle))
            .route("/api/v1/webhooks/{navn}/gjenoppta", post(webhook::gjenoppta))
            .route("/api/v1/openapi.json", get(openapi::vis))
            .route("/oauth2/token", post(klient::token))
            .fallback(|| async { Avslag::ukjent_sti() })
            .method_not_allowed_fallback(|| async { Avslag::feil_metode() })
            .layer(DefaultBodyLimit::max(MAKS_JSON))
            .layer(middleware::map_response(hoder))
            .with_state(Arc::new(self))
    }

    /// Serves until `stopp`. Returns the address that was bound.
    pub async fn server(
        mut self,
        listen: SocketAddr,
        stopp: CancellationToken,
    ) -> std::io::Result<(SocketAddr, impl Future<Output = ()>)> {
        let lytter = TcpListener::bind(listen).await?;
        let bundet = lytter.local_addr()?;
        self.stopp = stopp.clone();
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
async fn hoder(mut svar: Response) -> Response {
    let hoder = svar.headers_mut();
    hoder.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    hoder.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    svar
}
