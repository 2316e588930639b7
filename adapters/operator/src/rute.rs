//! The routes joined, and the server.

use crate::drift::Husket;
use crate::elever::Elevbok;
use crate::innlogging::Innlogging;
use crate::klient::Klienter;
use crate::pakker::Pakkeleser;
use crate::problem::Avslag;
use crate::skolebok::Skolebok;
use crate::sprak::Sprak;
use crate::tilgang::Brukere;
use crate::tjener::{self, Grenser};
use crate::webhook::Webhooks;
use crate::{api, avvik, elever, hendelser, kilder, klient, lister, openapi, pakker, sider, webhook};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Router, middleware};
use elevliste::{Innsamling, Skolestatus};
use flow::Lesevalg;
use hendelse::{Kildenavn, Tenant, Tenantnokkel};
use runtime::Omgivelse;
use runtime::brukere::Brukerbok;
use runtime::drift::Drift;
use runtime::utsikt::Utsikt;
use runtime::visning::{Egnestier, Skolesystem};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpSocket};
use tokio_util::sync::CancellationToken;

/// Connections that may wait to be taken.
const KO: u32 = 4096;
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

/// What the pages need besides what the API does.
#[derive(Clone)]
pub struct Sider {
    /// The lists as they stand.
    pub utsikt: Utsikt,
    /// Pauses, attempts, quarantine.
    pub drift: Drift,
    /// Who may sign in.
    pub brukere: Brukerbok,
    /// How people sign in.
    pub innlogging: Innlogging,
    /// Origins to which people may be sent to be signed out.
    pub tilbydere: Vec<String>,
    /// What kind of school system each source is.
    pub skolesystemer: BTreeMap<(Tenant, Kildenavn), Skolesystem>,
    /// Schools whose pupils are keyed in here: by tenant and organisation number, the source they are keyed into.
    pub tastet: BTreeMap<(Tenant, String), Kildenavn>,
    /// Where things are corrected, as municipalities themselves have said.
    pub egnestier: BTreeMap<Tenant, Egnestier>,
    /// Writes letters, as they would go out; none where no e-mail is sent.
    pub brevskriver: Option<Brevskriver>,
    /// The schools that VIGO knows.
    pub skolebok: Skolebok,
    /// Whether all people are made up. Every page says so.
    pub demo: bool,
}

/// A letter as it would go out: subject and text.
pub type Brevskriver = Arc<dyn Fn(&Brevbestilling<'_>) -> (String, String) + Send + Sync>;

/// Which letter, to whom.
#[derive(Debug, Clone, Copy)]
pub struct Brevbestilling<'a> {
    /// About which round.
    pub runde: &'a Innsamling,
    /// Which.
    pub slag: Brevslag,
    /// To whom.
    pub til: Brevtil,
    /// The schools that it names, where it names any.
    pub skoler: &'a [Brevskole],
    /// In which language.
    pub sprak: Sprak,
}

/// To whom a letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brevtil {
    /// A school.
    Skole,
    /// The owner of schools.
    Kommune,
    /// The intake office itself.
    Fylke,
}

/// A school as a letter names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brevskole {
    /// What it is called.
    pub navn: String,
    /// Where its list stands.
    pub status: Skolestatus,
    /// Pupils in the source.
    pub elever: u32,
    /// Of these: with something that must be corrected.
    pub ma_rettes: u32,
}

/// Which letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brevslag {
    /// What the county asks of the schools.
    Instruks,
    /// A reminder so many days before the deadline.
    Paminnelse(u32),
    /// The deadline has passed.
    IkkeLevert,
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
    /// The pages; none where people do not sign in.
    pub sider: Option<Sider>,
}

impl Operator {
    /// Whether all people are made up.
    pub(crate) fn demo(&self) -> bool {
        self.sider.as_ref().is_some_and(|sider| sider.demo)
    }

    /// The routes.
    pub fn rute(self) -> Router {
        let delt = Arc::new(self);
        let sider = delt.sider.as_ref().map(|sider| sider::rute(&sider.innlogging));
        let alt = delt.api().merge(sider.unwrap_or_default());
        alt.layer(middleware::from_fn_with_state(delt.clone(), tjener::ikke_for_stor))
            .layer(middleware::from_fn_with_state(delt.clone(), sider::til_side))
            .layer(middleware::from_fn_with_state(delt.clone(), sider::hoder))
            .layer(middleware::map_response(hoder))
            .layer(Extension(Husket::default()))
            .with_state(delt)
    }

    /// The routes of the API.
    fn api(&self) -> Router<Arc<Self>> {
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
            .merge(api::rute())
            .route("/api/v1/avvik", get(avvik::alle))
            .route("/api/v1/hendelser", get(hendelser::alle))
            .route("/api/v1/webhooks", get(webhook::alle))
            .route("/api/v1/webhooks/{navn}/gjenoppta", post(webhook::gjenoppta))
            .route("/api/v1/openapi.json", get(openapi::vis))
            .route("/oauth2/token", post(klient::token))
            .fallback(ukjent)
            .method_not_allowed_fallback(|| async { Avslag::feil_metode() })
            .layer(DefaultBodyLimit::max(MAKS_JSON))
    }

    /// Serves until `stopp`. Returns the address that was bound.
    pub async fn server(
        mut self,
        listen: SocketAddr,
        stopp: CancellationToken,
    ) -> std::io::Result<(SocketAddr, impl Future<Output = ()>)> {
        let lytter = lytt(listen)?;
        let bundet = lytter.local_addr()?;
        self.stopp = stopp.clone();
        let app = self.rute();
        let tjeneste = async move {
            let ferdig = async move { stopp.cancelled().await };
            tjener::kjor(lytter, app, Grenser::default(), ferdig).await;
        };
        Ok((bundet, tjeneste))
    }
}

/// Listens. A crowd that comes at once waits its turn and is not turned away: a connection that is dropped comes again only
/// after a second.
fn lytt(adresse: SocketAddr) -> std::io::Result<TcpListener> {
    let plugg = if adresse.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    plugg.set_reuseaddr(true)?;
    plugg.bind(adresse)?;
    plugg.listen(KO)
}

/// What nothing is at: a page for those who read pages, a problem for all others.
async fn ukjent(State(operator): State<Arc<Operator>>, uri: Uri, hoder: HeaderMap) -> Response {
    let leser_sider = hoder.get(header::ACCEPT).and_then(|a| a.to_str().ok()).is_some_and(|a| a.contains("text/html"));
    match operator.sider.is_some() && leser_sider && !uri.path().starts_with("/api/") {
        true => sider::ukjent().await,
        false => Avslag::ukjent_sti().into_response(),
    }
}

/// What every answer says: nothing of it is kept by anyone on the way, but for styles and scripts.
async fn hoder(mut svar: Response) -> Response {
    let hoder = svar.headers_mut();
    hoder.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    hoder.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    svar
}
