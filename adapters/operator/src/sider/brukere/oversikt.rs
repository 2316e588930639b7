//! Who has access to what.

use super::ord::{self, Oppdragvist, Rolleforklaring};
use crate::brukerstell::roller;
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::kommune::ord::dette_aret;
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use runtime::adgang::{Adgangsrolle, Omfang};
use runtime::brukere::{Bruker, Eier};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "brukere/oversikt.html")]
struct Oversikt {
    ramme: Ramme,
    eiere: Vec<Eierdel>,
    roller: Vec<Rolleforklaring>,
}

impl Oversikt {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// The people of one owner.
struct Eierdel {
    nokkel: String,
    navn: String,
    brukere: Vec<Rad>,
    kan_endre: bool,
    /// Schools, and who may see to the list of each.
    skoler: Vec<(String, Vec<String>)>,
}

struct Rad {
    adresse: Option<String>,
    navn: String,
    epost: Option<String>,
    oppdrag: Vec<Oppdragvist>,
    tilstand: String,
    varsles: bool,
}

/// `GET /brukere`.
pub(super) async fn vis(besok: Besok) -> Svar {
    let stell = besok.brukerstell()?;
    let mine = stell.eiere();
    if mine.is_empty() {
        return Err(Feilslag::FinnesIkke);
    }
    let mut eiere = vec![];
    let mut vist: Vec<Adgangsrolle> = vec![];
    for eier in mine {
        let alle = stell.alle(&eier).await.map_err(|nei| super::endre::feilslag(&besok, nei))?;
        vist.extend(roller(&eier).iter().filter(|rolle| !vist.contains(rolle)).collect::<Vec<_>>());
        eiere.push(eierdel(&besok, &eier, &alle, stell.kan_endre()));
    }
    let side = Oversikt {
        ramme: besok.ramme(besok.sprak.t("bruker-tittel")),
        eiere,
        roller: vist.into_iter().map(ord::rolleforklaring).collect(),
    };
    svar(&side)
}

fn eierdel(besok: &Besok, eier: &Eier, alle: &[Bruker], kan_endre: bool) -> Eierdel {
    Eierdel {
        nokkel: eier.to_string(),
        navn: ord::eier(besok, eier),
        brukere: alle.iter().map(|bruker| rad(besok, eier, bruker, kan_endre)).collect(),
        kan_endre,
        skoler: skoler(besok, eier, alle),
    }
}

fn rad(besok: &Besok, eier: &Eier, bruker: &Bruker, kan_endre: bool) -> Rad {
    let s = besok.sprak;
    let na = besok.na();
    let utloper = bruker.invitasjon.as_ref().and_then(|invitasjon| invitasjon.utloper);
    let tilstand = match (bruker.sist_inne, utloper) {
        (Some(nar), _) => s.t("bruker-sist-inne").s("nar", s.nar(nar, na)),
        (None, Some(utloper)) if utloper <= na => s.t("bruker-invitasjon-ute"),
        (None, Some(utloper)) => s.t("bruker-invitert").s("nar", s.tid(utloper)),
        (None, None) => s.t("bruker-aldri-inne"),
    };
    Rad {
        adresse: (kan_endre && !bruker.fast).then(|| format!("/brukere/{eier}/{}", bruker.id)),
        navn: bruker.navn.clone(),
        epost: bruker.epost.as_ref().map(|epost| epost.vis().clone()),
        oppdrag: bruker.oppdrag.iter().map(|oppdrag| ord::oppdrag(besok, oppdrag)).collect(),
        tilstand: if bruker.fast { format!("{tilstand} {}", s.t("bruker-fast")) } else { tilstand.to_string() },
        varsles: bruker.varsles,
    }
}

/// School by school, who may see to its list; those without anybody are there too.
fn skoler(besok: &Besok, eier: &Eier, alle: &[Bruker]) -> Vec<(String, Vec<String>)> {
    let Eier::Tenant(tenant) = eier else { return vec![] };
    let mut ut: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for liste in dette_aret(besok.ut.lister()).iter().filter(|liste| liste.tenant == tenant.as_str()) {
        let har = |bruker: &&Bruker| {
            bruker.oppdrag.iter().any(|oppdrag| match &oppdrag.omfang {
                Omfang::Skoler(skoler) => skoler.iter().any(|valg| ord::er_skolen(valg, liste)),
                _ => false,
            })
        };
        let navn = alle.iter().filter(har).map(|bruker| bruker.navn.clone()).collect();
        ut.insert(liste.skole.navn.clone(), navn);
    }
    ut.into_iter().collect()
}
