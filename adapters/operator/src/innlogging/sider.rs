//! What the pages of sign-in are made of. How they look is decided by who implements [`Innloggingssider`].

use super::Avvist;
use axum::http::HeaderMap;
use axum::response::Response;
use runtime::adgang::{Adgangsrolle, Omfang};

/// One service on the page where one is chosen.
#[derive(Debug, Clone)]
pub struct Tilbyderknapp {
    /// Its name in addresses.
    pub navn: String,
    /// Its name for people.
    pub visningsnavn: String,
    /// Where the link leads, with what it must remember. The same address takes a form with the field `kode`.
    pub href: String,
}

/// The page where a service is chosen.
#[derive(Debug, Clone)]
pub struct Tilbydervalg {
    /// The services.
    pub tilbydere: Vec<Tilbyderknapp>,
    /// Whether the session ran out.
    pub utlopt: bool,
    /// Whether a form waits to be sent.
    pub skjema_venter: bool,
    /// The code of an invitation, when the person came with one.
    pub kode: Option<String>,
}

/// One role that can be chosen.
#[derive(Debug, Clone)]
pub struct Rolleknapp {
    /// What the form sends as `nr`.
    pub nr: usize,
    /// As what.
    pub rolle: Adgangsrolle,
    /// For whom.
    pub omfang: Omfang,
    /// Whom a supplier acts for.
    pub pa_vegne_av: Option<String>,
    /// Whether it is the present one.
    pub valgt: bool,
}

/// The page where a role is chosen. Its form is sent to `/hvem` with `csrf`, `nr` and `retur`.
#[derive(Debug, Clone)]
pub struct Rollevalg {
    /// The roles.
    pub valg: Vec<Rolleknapp>,
    /// The form's token.
    pub csrf: String,
    /// Where to go then.
    pub retur: String,
}

/// Makes the pages.
pub trait Innloggingssider: Send + Sync {
    /// Which service?
    fn tilbydere(&self, hoder: &HeaderMap, side: Tilbydervalg) -> Response;
    /// Which role?
    fn hvem(&self, hoder: &HeaderMap, side: Rollevalg) -> Response;
    /// Not let in, or not taken.
    fn avvist(&self, hoder: &HeaderMap, avvist: &Avvist) -> Response;
    /// Signed out.
    fn logget_ut(&self, hoder: &HeaderMap) -> Response;
}
