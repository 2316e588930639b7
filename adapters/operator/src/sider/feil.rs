//! What a reader is told when a page cannot be shown or an act not be done: what, why, and the way out. Never a person.
//!
//! A handler says which; the page is made by [`til_side`] outside all handlers, in the reader's language.

use crate::innlogging::Innlogget;
use crate::rute::Operator;
use crate::sider::besok::Besok;
use crate::sider::ramme::{Ramme, svar_med};
use crate::sprak::{Melding, Sprak};
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::visning::Handlingsfeil;
use std::sync::Arc;

/// Why a page could not be shown, or an act not be done.
#[derive(Debug, Clone)]
pub(crate) enum Feilslag {
    /// It is not there, or not for this reader: which of them is not said.
    FinnesIkke,
    /// It may be seen, and not be done.
    MaIkke,
    /// The form is old, from elsewhere, or cannot be read.
    Skjema,
    /// The form holds more than any form of ours.
    SkjemaForStort,
    /// Somebody else acted at the same time.
    Samtidig,
    /// What a rule of the life of a list says against it.
    Lov(Handlingsfeil),
    /// A reason is missing, too long, or has an identity number in it.
    Grunn,
    /// Fields that must be corrected: what each is called, and what to do.
    Felt(Vec<(String, String)>),
    /// A file that is too large, in MiB.
    ForStor(u64),
    /// The core could not do it now.
    Utilgjengelig(&'static str),
    /// A fault in the program.
    Uventet,
}

impl Feilslag {
    const fn status(&self) -> StatusCode {
        match self {
            Self::FinnesIkke => StatusCode::NOT_FOUND,
            Self::MaIkke => StatusCode::FORBIDDEN,
            Self::Skjema => StatusCode::BAD_REQUEST,
            Self::Samtidig | Self::Lov(_) => StatusCode::CONFLICT,
            Self::Grunn | Self::Felt(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::ForStor(_) | Self::SkjemaForStort => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Utilgjengelig(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Uventet => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn tittel(&self, s: Sprak) -> Melding {
        match self {
            Self::FinnesIkke => s.t("feil-finnes-ikke"),
            Self::MaIkke => s.t("feil-ma-ikke"),
            Self::Skjema | Self::SkjemaForStort => s.t("feil-skjema"),
            Self::Samtidig => s.t("feil-samtidig"),
            Self::Lov(_) => s.t("feil-gikk-ikke"),
            Self::Grunn => s.t("feil-grunn"),
            Self::Felt(_) => s.t("feil-felt"),
            Self::ForStor(_) => s.t("feil-for-stor"),
            Self::Utilgjengelig(_) => s.t("feil-utilgjengelig"),
            Self::Uventet => s.t("feil-tittel"),
        }
    }

    fn hjelp(&self, s: Sprak) -> String {
        match self {
            Self::FinnesIkke => s.t("feil-finnes-ikke-hjelp").to_string(),
            Self::MaIkke => s.t("feil-ma-ikke-hjelp").to_string(),
            Self::Skjema => s.t("feil-skjema-hjelp").to_string(),
            Self::SkjemaForStort => s.t("feil-skjema-stort").to_string(),
            Self::Samtidig => s.t("feil-samtidig-hjelp").to_string(),
            Self::Lov(feil) => s.av_tekst(feil.tekst()).to_owned(),
            Self::Grunn => s.t("feil-grunn-hjelp").to_string(),
            Self::Felt(_) => s.t("feil-felt-hjelp").to_string(),
            Self::ForStor(mib) => s.t("feil-for-stor-hjelp").n("mib", *mib).to_string(),
            Self::Utilgjengelig(_) | Self::Uventet => s.t("feil-utilgjengelig-hjelp").to_string(),
        }
    }

    fn kode(&self) -> Option<&'static str> {
        match self {
            Self::Utilgjengelig(kode) => Some(kode),
            Self::Uventet => Some("uventet"),
            _ => None,
        }
    }
}

impl IntoResponse for Feilslag {
    fn into_response(self) -> Response {
        let mut svar = self.status().into_response();
        svar.extensions_mut().insert(self);
        svar
    }
}

#[derive(Template)]
#[template(path = "feil.html")]
struct Feilside {
    ramme: Ramme,
    tittel: String,
    hjelp: String,
    felt: Vec<(String, String)>,
    kode: Option<&'static str>,
    tilbake: Option<String>,
}

impl Feilside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// Makes pages of what handlers refuse.
pub(crate) async fn til_side(State(operator): State<Arc<Operator>>, req: Request, neste: Next) -> Response {
    let hoder = req.headers().clone();
    let sti = req.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let skjema = req.method() != axum::http::Method::GET;
    let mut svar = neste.run(req).await;
    let Some(feil) = svar.extensions_mut().remove::<Feilslag>() else { return svar };
    if let Feilslag::Uventet = feil {
        tracing::error!("a page failed because of a fault in the program");
    }
    // The address of a form is none to come back to.
    let (sti, tilbake) = if skjema { ("/".to_owned(), None) } else { (sti.clone(), Some(sti)) };
    let besok = innlogget(&operator, hoder.clone(), &sti).await;
    let sprak = besok.as_ref().map_or_else(|| Sprak::av_hoder(&hoder, None), |besok| besok.sprak);
    let tittel = feil.tittel(sprak).to_string();
    let side = Feilside {
        ramme: match &besok {
            Some(besok) => besok.ramme(&tittel),
            None => Ramme::utenfor(sprak, &tittel, sti, operator.demo()),
        },
        tittel,
        hjelp: feil.hjelp(sprak),
        kode: feil.kode(),
        tilbake: tilbake.filter(|_| matches!(feil, Feilslag::Utilgjengelig(_))),
        felt: match &feil {
            Feilslag::Felt(felt) => felt.clone(),
            _ => Vec::new(),
        },
    };
    svar_med(svar.status(), &side).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Whoever is signed in keeps name and menu: nobody is signed out by what cannot be shown.
async fn innlogget(operator: &Arc<Operator>, hoder: HeaderMap, sti: &str) -> Option<Besok> {
    operator.sider.as_ref()?;
    let (mut deler, ()) = axum::http::Request::new(()).into_parts();
    deler.headers = hoder;
    let Innlogget(okt) = Innlogget::from_request_parts(&mut deler, operator).await.ok()?;
    Some(Besok::ny(okt, &deler.headers, sti.to_owned(), operator))
}
