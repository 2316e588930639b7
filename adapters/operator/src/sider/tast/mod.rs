//! What a school gives us itself: pupils keyed in where there is no school system, files where there is one that gives
//! files. The same is done under `/api/v1/kilder`, by the same functions.

mod elever;
mod endre;
mod fil;
mod forste;
mod lest;
mod rapport;
mod skjema;

use super::skole::vis::system;
use crate::elever::skolear;
use crate::problem::Avslag;
use crate::sider::besok::{Besok, nokkel};
use crate::sider::feil::Feilslag;
use crate::tilgang::Loggnavn;
use crate::valgt::{Delt, Mottak};
use axum::Router;
use axum::routing::{get, post};
use elevliste::Listenokkel;
use runtime::adgang::Gjoremal;
use runtime::utsikt::Sammendrag;
use runtime::visning::Skolesystem;
use std::sync::Arc;

/// The routes.
pub(super) fn rute() -> Router<Delt> {
    Router::new()
        .route("/tast/{tenant}/{kilde}", get(forste::vis).post(forste::ny))
        .route("/fil/{tenant}/{kilde}", get(fil::vis_forste).post(fil::send_forste))
        .route("/skole/{liste}/tast", get(elever::vis).post(elever::ny))
        .route("/skole/{liste}/tast/{elev}", get(endre::vis).post(endre::lagre))
        .route("/skole/{liste}/tast/{elev}/fjern", post(endre::fjern))
        .route("/skole/{liste}/fil", get(fil::vis).post(fil::send))
}

/// A list, and where what the school gives us for it goes.
struct Sted {
    nokkel: Listenokkel,
    liste: Arc<Sammendrag>,
    mottak: Mottak,
    /// Whether this person may give us something, and does not only look.
    kan: bool,
}

/// The list, where it comes from a source of this kind and this person sees its pupils.
fn sted(besok: &Besok, liste: &str, slag: Skolesystem) -> Result<Sted, Feilslag> {
    let nokkel = nokkel(liste)?;
    let liste = besok.ut.sammendrag(&nokkel).filter(|_| besok.ut.ma(Gjoremal::SeListe)).ok_or(Feilslag::FinnesIkke)?;
    let (system, kilde) = system(besok.sider(), &liste);
    let (tenant, kilde) = kilde.filter(|_| system == slag).ok_or(Feilslag::FinnesIkke)?;
    if !besok.ut.adgang().ser_kilde(&tenant, &kilde) {
        return Err(Feilslag::FinnesIkke);
    }
    let mottak = Mottak::av(&besok.delt, tenant, kilde).ok_or(Feilslag::FinnesIkke)?;
    Ok(Sted { nokkel, liste, mottak, kan: besok.ut.ma(Gjoremal::Levere) })
}

impl Sted {
    /// The school's page.
    fn adresse(&self) -> String {
        format!("/skole/{}", self.nokkel)
    }

    /// For whoever does something.
    const fn krev(&self) -> Result<(), Feilslag> {
        if self.kan { Ok(()) } else { Err(Feilslag::MaIkke) }
    }

    /// The same where it is done for the school year of today: the list must be of that one.
    fn krev_ar(&self, besok: &Besok) -> Result<(), Feilslag> {
        self.krev()?;
        if skolear(&besok.delt)? == self.nokkel.skolear { Ok(()) } else { Err(Feilslag::MaIkke) }
    }
}

/// As whom somebody stands in the audit log.
fn hvem(besok: &Besok) -> Loggnavn {
    besok.ut.adgang().into()
}

/// What the service says against it, where there is no field to say it at.
impl From<Avslag> for Feilslag {
    fn from(avslag: Avslag) -> Self {
        match avslag.kode() {
            "ukjent-elev" | "ukjent-kilde" | "feil-slag" => Self::FinnesIkke,
            "samtidig" => Self::Samtidig,
            "annen-elev" => Self::Skjema,
            "uventet" => Self::Uventet,
            kode => Self::Utilgjengelig(kode),
        }
    }
}
