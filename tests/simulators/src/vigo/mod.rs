//! VIGO's receiver, dialect `vigoskole`: one list of tenth-graders per school and school year, over JSON-LD with a
//! Maskinporten token; VIGO's open code base of schools; and the dialect `elevliste_v1`, which is a proposal and has a
//! store of its own.
//!
//! `vigoskole` is modelled on the stand-in that Novari has published, since VIGO itself has no such interface yet. Where this
//! simulator is stricter (fields that are not documented are refused, so that nothing more than the agreed data can
//! leave unnoticed), the module says so.

mod admin;
mod config;
pub mod elevliste_v1;
mod feil;
mod forstyrr;
mod http;
mod innsending;
mod kodeverk;
mod lager;
mod regler;
mod svar;
mod tilgang;
mod vindu;
mod vurdering;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use config::VigoConfig;
pub use feil::{Feil, Feilplan};
pub use innsending::{Innsending, Linje, Melding, Navn, Status};
pub use kodeverk::Skoleoppforing;
pub use regler::{Identitetsregler, Nummerstatus};
pub use vindu::{Vindu, Vinduer, skolear_navn};

use crate::{Klokke, server::Server};

/// A running VIGO. Stops when dropped.
#[derive(Debug)]
pub struct Vigo {
    server: Server,
    indre: Arc<Indre>,
}

/// What handlers and the handle share.
#[derive(Debug)]
pub(crate) struct Indre {
    config: VigoConfig,
    tilgang: tilgang::Tilgang,
    kodeverk: Mutex<kodeverk::Kodeverk>,
    vinduer: Mutex<Vinduer>,
    lager: Mutex<lager::Lager>,
    elevlister: Mutex<elevliste_v1::Lager>,
    feil: Mutex<Vec<Feilplan>>,
}

fn laas<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Vigo {
    /// Binds loopback and receives lists.
    ///
    /// # Errors
    /// When the port is taken, or no HTTP client can be made to fetch keys with.
    pub async fn start(config: VigoConfig) -> anyhow::Result<Self> {
        let port = config.port;
        let indre = Arc::new(Indre {
            tilgang: tilgang::Tilgang::ny()?,
            kodeverk: Mutex::new(kodeverk::Kodeverk::ny(&config.skoler)),
            vinduer: Mutex::new(config.start_vinduer()),
            lager: Mutex::default(),
            elevlister: Mutex::default(),
            feil: Mutex::default(),
            config,
        });
        let server = Server::start(port, |_| http::rute(Arc::clone(&indre))).await?;
        tracing::info!(base_url = server.base_url(), "vigo simulator listens");
        Ok(Self { server, indre })
    }

    /// `http://127.0.0.1:<port>`.
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }

    /// Where lists are sent.
    pub fn innsending_url(&self) -> String {
        format!("{}{}", self.base_url(), http::INNSENDING)
    }

    /// The code base; in the world outside it is another host.
    pub fn kodeverk_url(&self) -> String {
        self.base_url()
    }

    /// The clock behind windows, school years and the lifetime of tokens.
    pub fn klokke(&self) -> &Klokke {
        &self.indre.config.klokke
    }

    /// Everything that has been received and stored, accepted and rejected, in order.
    pub fn innsendinger(&self) -> Vec<Innsending> {
        laas(&self.indre.lager).alle().to_vec()
    }

    /// The accepted list of a school (by organisation number) and school year (`2026-2027`), if there is one.
    pub fn godkjent(&self, orgnr: &str, skolear: &str) -> Option<Innsending> {
        laas(&self.indre.lager).godkjent(orgnr, skolear).cloned()
    }

    /// How many lists have been accepted.
    pub fn antall_godkjent(&self) -> usize {
        laas(&self.indre.lager).alle().iter().filter(|i| i.er_godkjent()).count()
    }

    /// Forgets everything that has been received.
    pub fn tom(&self) {
        *laas(&self.indre.lager) = lager::Lager::default();
        *laas(&self.indre.elevlister) = elevliste_v1::Lager::default();
    }

    /// Where the list of a school (by organisation number) and school year (`2026-2027`) is in dialect `elevliste_v1`.
    pub fn elevliste_url(&self, orgnr: &str, skolear: &str) -> String {
        format!("{}/elevliste/v1/elevlister/{orgnr}/{skolear}", self.base_url())
    }

    /// The list of a school and school year as it stands in dialect `elevliste_v1`, if there is one.
    pub fn elevliste(&self, orgnr: &str, skolear: &str) -> Option<elevliste_v1::Liste> {
        laas(&self.indre.elevlister).finn(orgnr, skolear).cloned()
    }

    /// Changes what is stored of a school and school year in dialect `elevliste_v1` behind everybody's back.
    pub fn forvansk(&self, orgnr: &str, skolear: &str, endre: impl FnOnce(&mut elevliste_v1::Liste)) {
        if let Some(liste) = laas(&self.indre.elevlister).finn_mut(orgnr, skolear) {
            endre(liste);
        }
    }

    /// Every write that was accepted in dialect `elevliste_v1`, in order.
    pub fn skrivinger(&self) -> Vec<elevliste_v1::Skriving> {
        laas(&self.indre.elevlister).skrivinger().to_vec()
    }

    /// Opens, closes or moves the window: of one county (two digits), or of all counties without their own.
    pub fn sett_vindu(&self, fylke: Option<&str>, vindu: Vindu) {
        laas(&self.indre.vinduer).sett(fylke, vindu);
    }

    /// Creates a school year (`2026-2027`), as someone at the county does before sending can begin.
    pub fn opprett_skolear(&self, skolear: &str) {
        laas(&self.indre.vinduer).opprett(skolear);
    }

    /// Removes a school year.
    pub fn slett_skolear(&self, skolear: &str) {
        laas(&self.indre.vinduer).slett(skolear);
    }

    /// Adds schools to the code base; one with a number that is there is replaced.
    pub fn registrer_skoler(&self, skoler: impl IntoIterator<Item = Skoleoppforing>) {
        laas(&self.indre.kodeverk).registrer(skoler);
    }

    /// Adds a fault.
    pub fn feil(&self, plan: impl Into<Feilplan>) {
        laas(&self.indre.feil).push(plan.into());
    }

    /// Removes every fault.
    pub fn fjern_feil(&self) {
        laas(&self.indre.feil).clear();
    }

    /// Closes the port and every connection.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}
