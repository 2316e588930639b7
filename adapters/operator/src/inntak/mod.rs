//! The intake office's own, for those who work there: what pages and routes both ask.

pub(crate) mod brev;
pub(crate) mod kontroll;

use elevliste::Rundenokkel;
use runtime::adgang::{Adgangsrolle, Omfang, Utsnitt};
use runtime::utsikt::{Rundebilde, Sammendrag};
use std::sync::Arc;

/// Whether somebody is of a county's own people.
pub(crate) fn inne(ut: &Utsnitt) -> bool {
    let adgang = ut.adgang();
    adgang.rolle == Adgangsrolle::Fylke && matches!(adgang.omfang, Omfang::Fylker(_))
}

/// A round that an address names, for them.
pub(crate) fn runde(ut: &Utsnitt, navn: &str) -> Option<Arc<Rundebilde>> {
    let nokkel: Rundenokkel = navn.parse().ok().filter(|_| inne(ut))?;
    ut.runde(nokkel)
}

/// The lists of a round.
pub(crate) fn lister(ut: &Utsnitt, runde: Rundenokkel) -> Vec<Arc<Sammendrag>> {
    let mut lister = ut.lister();
    lister.retain(|liste| liste.nokkel.runde() == runde);
    lister
}

/// The name of a school, or its number where that is all we have.
pub(crate) fn skolenavn(liste: &Sammendrag) -> String {
    if liste.skole.navn.is_empty() { liste.skole.skolenr.clone() } else { liste.skole.navn.clone() }
}
