//! Who may give what to whom. Pure.
//!
//! A municipality looks after its own people and its schools', a county after its own. Nobody gives more than he has, and
//! somebody who acts for another, or only looks, gives nothing.

use super::{Eier, Oppdrag};
use crate::adgang::{Adgang, Adgangsrolle, Gjoremal, Omfang, Tillatelse};

/// Whether this person administers the owner's people.
pub(super) fn administrerer(hvem: &Adgang, eier: &Eier) -> bool {
    hvem.pa_vegne_av.is_none() && hvem.ma(Gjoremal::EndreBrukere) == Tillatelse::Ja && rekker(hvem, eier)
}

/// Whether this person may see who the owner's people are.
pub(super) fn ser(hvem: &Adgang, eier: &Eier) -> bool {
    hvem.ma(Gjoremal::SeBrukere) != Tillatelse::Nei && rekker(hvem, eier)
}

fn rekker(hvem: &Adgang, eier: &Eier) -> bool {
    match (&hvem.omfang, eier) {
        (Omfang::Tenanter(mine), Eier::Tenant(tenant)) => mine.contains(tenant),
        (Omfang::Fylker(mine), Eier::Fylke(fylke)) => mine.contains(fylke),
        _ => false,
    }
}

/// The owners whose people this person may see.
pub(super) fn eiere(hvem: &Adgang) -> Vec<Eier> {
    let alle: Vec<Eier> = match &hvem.omfang {
        Omfang::Tenanter(mine) => mine.iter().cloned().map(Eier::Tenant).collect(),
        Omfang::Fylker(mine) => mine.iter().copied().map(Eier::Fylke).collect(),
        Omfang::Skoler(_) => Vec::new(),
    };
    alle.into_iter().filter(|eier| ser(hvem, eier)).collect()
}

/// Whether this person may give the assignment to one of the owner's people, or take it from him.
pub(super) fn kan_gi(hvem: &Adgang, eier: &Eier, oppdrag: &Oppdrag) -> bool {
    administrerer(hvem, eier) && innenfor(eier, oppdrag)
}

/// Whether an assignment stays within the owner: not empty, and of a kind that the owner has to give.
fn innenfor(eier: &Eier, oppdrag: &Oppdrag) -> bool {
    match (eier, oppdrag.rolle, &oppdrag.omfang) {
        (Eier::Tenant(tenant), Adgangsrolle::Skole, Omfang::Skoler(skoler)) => {
            !skoler.is_empty() && skoler.iter().all(|skole| skole.tenant == *tenant)
        }
        (Eier::Tenant(tenant), Adgangsrolle::Kommune | Adgangsrolle::Revisor, Omfang::Tenanter(tenanter)) => {
            !tenanter.is_empty() && tenanter.iter().all(|t| t == tenant)
        }
        (Eier::Fylke(fylke), Adgangsrolle::Fylke | Adgangsrolle::Revisor, Omfang::Fylker(fylker)) => {
            !fylker.is_empty() && fylker.iter().all(|f| f == fylke)
        }
        _ => false,
    }
}
