//! Signing in: OpenID Connect, sessions, and what protects them.
//!
//! Who somebody is, is said by a service that knows people; what he is here, by the invited people and by rules over what
//! the service says. The browser holds one random value, kept here under its hash. No token of a service is stored, and no
//! identity number; the ID token that a logout wants back is held by the browser alone. Nothing here draws a page:
//! [`Innloggingssider`] does.
//!
//! Where to look: `config` is what a person writes, `profil` what known services need; `tilbyder` speaks to one, `jwt`
//! judges what it signs, `krav` what its claims give; `inn`, `ut` and `rolle` are the routes; `okt` the sessions, `csrf` and
//! `fartsgrense` what protects them; `uttrekk` what handlers ask for, `fortsett` the form that waits while somebody signs
//! in again, `segl` what makes it nobody else's to read.

mod config;
mod csrf;
mod fartsgrense;
mod feil;
mod fortsett;
mod hjelp;
mod http;
mod inn;
mod jwt;
mod krav;
mod lager;
mod okt;
mod profil;
mod rolle;
mod segl;
mod sider;
mod tilbyder;
mod ut;
mod uttrekk;

pub use config::{Innloggingsoppsett, Invitert, Oktoppsett, Tilgangsregel};
pub use feil::Avvist;
pub use fortsett::Fortsett;
pub use okt::Okt;
pub use profil::Profil;
pub use sider::{Innloggingssider, Rolleknapp, Rollevalg, Tilbyderknapp, Tilbydervalg};
pub use uttrekk::{Innlogget, Opplasting, Skjema};

pub(crate) use config::sjekk;
pub(crate) use fartsgrense::Fartsgrense;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{get, post};
use flow::Problem;
use lager::Lager;
use okt::Okter;
use runtime::Omgivelse;
use runtime::brukere::{Bruker, Brukerbok, Eier, Korttid};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tilbyder::Tilbyder;
use url::Url;

/// What is configured of signing in.
#[derive(Debug, Clone)]
pub struct Innloggingsvalg {
    /// What browsers see.
    pub offentlig_url: Url,
    /// How long somebody stays.
    pub okt: Oktoppsett,
    /// The services.
    pub tilbydere: Vec<Innloggingsoppsett>,
    /// How long a service's answer is waited for, when it is not the usual.
    pub tidsgrense: Option<Duration>,
}

struct Indre {
    okter: Okter,
    tilbydere: Vec<Tilbyder>,
    sider: Arc<dyn Innloggingssider>,
    fart: Fartsgrense,
    base: Url,
    retur: String,
    sikker: bool,
}

/// Signing in.
#[derive(Clone)]
pub struct Innlogging(Arc<Indre>);

impl std::fmt::Debug for Innlogging {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Innlogging").field("tilbydere", &self.0.tilbydere.len()).finish_non_exhaustive()
    }
}

impl Innlogging {
    /// Reads secrets and keys, whose paths are meant from `mappe`. Returns everything that is wrong with them.
    pub fn ny(
        valg: &Innloggingsvalg,
        mappe: &Path,
        om: Omgivelse,
        brukere: Brukerbok,
        sider: Arc<dyn Innloggingssider>,
    ) -> Result<Self, Vec<Problem>> {
        let http = http::klient(valg.tidsgrense);
        let http = http.map_err(|_| vec![Problem::new("innlogging", "no TLS for the sign-in services")])?;
        let (mut tilbydere, mut problemer) = (Vec::new(), Vec::new());
        for oppsett in &valg.tilbydere {
            match Tilbyder::ny(oppsett, mappe, http.clone()) {
                Ok(tilbyder) => tilbydere.push(tilbyder),
                Err(problem) => problemer.push(problem),
            }
        }
        if !problemer.is_empty() {
            return Err(problemer);
        }
        let base = valg.offentlig_url.clone();
        let lager = Lager(Korttid::ny(om.clone()));
        Ok(Self(Arc::new(Indre {
            okter: Okter { om, lager, brukere, oppsett: valg.okt },
            tilbydere,
            sider,
            fart: Fartsgrense::default(),
            retur: format!("{}/logg-inn/svar", base.origin().ascii_serialization()),
            sikker: base.scheme() == "https",
            base,
        })))
    }

    /// The routes.
    pub fn rute<S>(&self) -> Router<S> {
        Router::new()
            .route("/logg-inn", get(inn::velg))
            .route("/logg-inn/svar", get(inn::svar))
            .route("/logg-inn/{navn}", get(inn::start).post(inn::start_med_kode))
            .route("/logg-ut", post(ut::ut))
            .route("/logg-ut/ferdig", get(ut::ferdig))
            .route("/logg-ut/front", get(ut::front))
            .route("/logg-ut/bak", post(ut::bak))
            .route("/hvem", get(rolle::vis).post(rolle::velg))
            .layer(map_response(uten_kopi))
            .with_state(self.clone())
    }

    fn tilbyder(&self, navn: &str) -> Result<&Tilbyder, Avvist> {
        self.0.tilbydere.iter().find(|t| t.oppsett.navn == navn).ok_or(Avvist::UkjentTilbyder)
    }
}

/// The people of the configuration.
pub(crate) fn faste(inviterte: &[Invitert]) -> Vec<(Eier, Bruker)> {
    inviterte.iter().filter_map(Invitert::bruker).collect()
}

async fn uten_kopi(mut svar: Response) -> Response {
    svar.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    svar
}
