//! What every page has around it: who is signed in, the menu, the languages; and how a page becomes an answer.

use crate::innlogging::Okt;
use crate::ressurser;
use crate::sider::feil::Feilslag;
use crate::sprak::Sprak;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use runtime::adgang::Adgangsrolle;

/// What stands around a page.
pub(crate) struct Ramme {
    pub(crate) sprak: Sprak,
    /// The page's name: first in the window's title.
    pub(crate) tittel: String,
    /// Who is signed in.
    pub(crate) hvem: Option<Hvem>,
    /// For the forms of the page.
    pub(crate) csrf: String,
    /// Path and query of the page.
    pub(crate) sti: String,
    /// What the menu is called, for those who hear it.
    pub(crate) menynavn: String,
    pub(crate) meny: Vec<Menypunkt>,
    /// Where the page hears that it should be fetched again.
    pub(crate) levende: Option<String>,
    /// Whether all of it is made up.
    pub(crate) demo: bool,
}

/// Who is signed in.
pub(crate) struct Hvem {
    pub(crate) navn: String,
    /// Key of the role's name.
    pub(crate) rolle: &'static str,
    pub(crate) pa_vegne_av: Option<String>,
    /// Whether there are other roles to choose.
    pub(crate) flere: bool,
}

/// A place in the menu.
pub(crate) struct Menypunkt {
    pub(crate) adresse: String,
    pub(crate) tekst: String,
    pub(crate) her: bool,
}

impl Ramme {
    /// Around a page for somebody who is not signed in.
    pub(crate) fn utenfor(sprak: Sprak, tittel: impl ToString, sti: impl Into<String>, demo: bool) -> Self {
        Self {
            sprak,
            tittel: tittel.to_string(),
            hvem: None,
            csrf: String::new(),
            sti: sti.into(),
            menynavn: String::new(),
            meny: Vec::new(),
            levende: None,
            demo,
        }
    }

    /// Around a page for whoever this session belongs to.
    pub(crate) fn inne(okt: &Okt, sprak: Sprak, tittel: impl ToString, sti: impl Into<String>, demo: bool) -> Self {
        Self {
            hvem: Some(Hvem {
                navn: okt.navn.clone(),
                rolle: rollenavn(okt.adgang.rolle),
                pa_vegne_av: okt.adgang.pa_vegne_av.clone(),
                flere: okt.kan_bytte,
            }),
            csrf: okt.csrf(),
            ..Self::utenfor(sprak, tittel, sti, demo)
        }
    }

    /// With this menu; the place whose address the page has is marked.
    pub(crate) fn med_meny(mut self, navn: impl ToString, punkter: impl IntoIterator<Item = (String, String)>) -> Self {
        let her = self.sti.split('?').next().unwrap_or_default().to_owned();
        self.menynavn = navn.to_string();
        let punkt = |(adresse, tekst): (String, String)| Menypunkt { her: adresse == her, adresse, tekst };
        self.meny = punkter.into_iter().map(punkt).collect();
        self
    }

    /// As a page that is fetched again when something has happened at `levende`.
    pub(crate) fn levende(mut self, levende: impl Into<String>) -> Self {
        self.levende = Some(levende.into());
        self
    }

    /// The address of a style or script.
    pub(crate) fn ressurs(&self, navn: &str) -> &'static str {
        ressurser::adresse(navn)
    }

    /// Whether the page is in this language.
    pub(crate) fn valgt(&self, sprak: &Sprak) -> bool {
        *sprak == self.sprak
    }

    pub(crate) const fn alle_sprak(&self) -> [Sprak; 3] {
        Sprak::ALLE
    }
}

/// The key of a role's name.
pub(crate) const fn rollenavn(rolle: Adgangsrolle) -> &'static str {
    match rolle {
        Adgangsrolle::Skole => "rolle-skole",
        Adgangsrolle::Kommune => "rolle-kommune",
        Adgangsrolle::Fylke => "rolle-fylke",
        Adgangsrolle::Integrator => "rolle-integrator",
        Adgangsrolle::Revisor => "rolle-revisor",
    }
}

/// A page as an answer.
pub(crate) fn svar(side: &impl Template) -> Result<Response, Feilslag> {
    svar_med(StatusCode::OK, side)
}

/// The same, with another status.
pub(crate) fn svar_med(status: StatusCode, side: &impl Template) -> Result<Response, Feilslag> {
    let html = side.render().map_err(|_| {
        tracing::error!("a page could not be made: its template failed");
        Feilslag::Uventet
    })?;
    Ok((status, Html(html)).into_response())
}

/// On to another page after something was done (303).
pub(crate) fn videre(adresse: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, adresse)]).into_response()
}
