//! One visit: who, in which language, with a view of what this person may see and nothing else.

use crate::brukerstell::Brukerstell;
use crate::drift::Driver;
use crate::innlogging::{Innlogget, Okt, Skjema};
use crate::rute::Sider;
use crate::sider::feil::Feilslag;
use crate::sider::meny;
use crate::sider::ramme::Ramme;
use crate::sprak::Sprak;
use crate::valgt::Delt;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use runtime::adgang::{Adgangsfeil, Adgangsrolle, Utsnitt};
use runtime::visning::Handlingsfeil;
use serde::de::DeserializeOwned;

/// A visit.
pub(crate) struct Besok {
    pub(crate) okt: Okt,
    /// What this person may see and do. The only way to anything.
    pub(crate) ut: Utsnitt,
    pub(crate) sprak: Sprak,
    /// Path and query.
    pub(crate) sti: String,
    pub(crate) delt: Delt,
}

/// A form that was sent by the person whose visit it is.
pub(crate) struct Sendt<T>(pub(crate) Besok, pub(crate) T);

impl Besok {
    pub(crate) fn ny(okt: Okt, hoder: &HeaderMap, sti: String, delt: &Delt) -> Self {
        let sider = delt.sider.as_ref().expect("pages have routes only where they are configured");
        let sprak = Sprak::av_hoder(hoder, okt.sprak.as_deref());
        let ut = Utsnitt::ny(&sider.utsikt, (*okt.adgang).clone());
        Self { ut, sprak, sti, okt, delt: delt.clone() }
    }

    pub(crate) fn na(&self) -> Timestamp {
        self.ut.na()
    }

    pub(crate) fn rolle(&self) -> Adgangsrolle {
        self.okt.adgang.rolle
    }

    /// What pages need besides the view.
    pub(crate) fn sider(&self) -> &Sider {
        self.delt.sider.as_ref().expect("pages have routes only where they are configured")
    }

    /// The connections, for those who run them.
    pub(crate) fn driver(&self) -> Result<Driver<'_>, Feilslag> {
        Ok(Driver::ny(&self.ut, &self.delt)?)
    }

    /// The people who may sign in.
    pub(crate) fn brukerstell(&self) -> Result<Brukerstell<'_>, Feilslag> {
        Brukerstell::ny(&self.ut, &self.delt, self.sprak).map_err(|_| Feilslag::FinnesIkke)
    }

    /// What stands around a page with this name.
    pub(crate) fn ramme(&self, tittel: impl ToString) -> Ramme {
        let ramme = Ramme::inne(&self.okt, self.sprak, tittel, self.sti.clone(), self.delt.demo());
        ramme.med_meny(self.sprak.t("meny-navn"), meny::punkter(self))
    }
}

impl FromRequestParts<Delt> for Besok {
    type Rejection = Response;

    async fn from_request_parts(deler: &mut Parts, delt: &Delt) -> Result<Self, Response> {
        let Innlogget(okt) = Innlogget::from_request_parts(deler, delt).await?;
        Ok(Self::ny(okt, &deler.headers, sti(deler), delt))
    }
}

impl<T: DeserializeOwned> FromRequest<Delt> for Sendt<T> {
    type Rejection = Response;

    async fn from_request(req: Request, delt: &Delt) -> Result<Self, Response> {
        let (deler, kropp) = req.into_parts();
        let (hoder, sti) = (deler.headers.clone(), sti(&deler));
        let Skjema(okt, felter) = Skjema::<T>::from_request(Request::from_parts(deler, kropp), delt).await?;
        Ok(Self(Besok::ny(okt, &hoder, sti, delt), felter))
    }
}

fn sti(deler: &Parts) -> String {
    deler.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

/// What the core says against it, for the reader.
impl From<Adgangsfeil> for Feilslag {
    fn from(feil: Adgangsfeil) -> Self {
        match feil {
            Adgangsfeil::Finnes | Adgangsfeil::Kvittering(_) => Self::FinnesIkke,
            Adgangsfeil::MaIkke { .. } => Self::MaIkke,
            Adgangsfeil::Lov(Handlingsfeil::TomGrunn | Handlingsfeil::LangGrunn | Handlingsfeil::NummerIGrunn) => {
                Self::Grunn
            }
            Adgangsfeil::Lov(feil) => Self::Lov(feil),
            Adgangsfeil::Endret => Self::Samtidig,
            Adgangsfeil::Grunn => Self::Grunn,
            feil => {
                tracing::warn!(error = %feil, "a page could not do what was asked");
                Self::Utilgjengelig("kjerne")
            }
        }
    }
}

/// For handlers whose error is a page.
pub(crate) type Svar = Result<Response, Feilslag>;

/// An address with a list's name in it that cannot be read is one that does not exist.
pub(crate) fn nokkel(tekst: &str) -> Result<elevliste::Listenokkel, Feilslag> {
    tekst.parse().map_err(|_| Feilslag::FinnesIkke)
}

/// For routes that nothing is at.
pub(crate) async fn ukjent() -> Response {
    Feilslag::FinnesIkke.into_response()
}
