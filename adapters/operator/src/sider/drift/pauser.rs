//! What stands still because a person says so: pausing and resuming.

use super::ord::{self, Pausevist};
use crate::drift::{Nei, Rekkevidde};
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar, videre};
use askama::Template;
use axum::extract::Query;
use runtime::drift::{Driftfeil, Hva};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Template)]
#[template(path = "drift/pauser.html")]
struct Pauseside {
    ramme: Ramme,
    pauser: Vec<Pausevist>,
    grupper: Vec<Gruppe>,
}

/// What can be paused, by kind.
struct Gruppe {
    navn: &'static str,
    valg: Vec<Valgt>,
}

struct Valgt {
    hva: String,
    navn: String,
    valgt: bool,
}

impl Pauseside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// The schools within reach, by list.
pub(super) fn skolenavn(besok: &Besok) -> BTreeMap<String, String> {
    besok.ut.lister().iter().map(|liste| (liste.nokkel.to_string(), liste.skole.navn.clone())).collect()
}

#[derive(Deserialize)]
pub(super) struct Valg {
    #[serde(default)]
    hva: String,
}

/// `GET /drift/pauser`.
pub(super) async fn vis(besok: Besok, Query(valg): Query<Valg>) -> Svar {
    let rekker = Rekkevidde::av(&besok.ut);
    let pauser = besok.driver()?.pauser(&rekker).await?;
    let (s, na, skoler) = (besok.sprak, besok.na(), skolenavn(&besok));
    let er_pauset: BTreeSet<&Hva> = pauser.iter().map(|pause| &pause.hva).collect();
    let grupper = grupper(&besok, &rekker).into_iter().map(|(navn, alle)| {
        let kan = alle.into_iter().filter(|hva| !er_pauset.contains(hva)).map(|hva| {
            let id = hva.to_string();
            Valgt { navn: ord::hva(s, &hva, &skoler), valgt: id == valg.hva, hva: id }
        });
        let mut kan: Vec<Valgt> = kan.collect();
        kan.sort_by(|a, b| a.navn.cmp(&b.navn));
        Gruppe { navn, valg: kan }
    });
    let side = Pauseside {
        ramme: besok.ramme(s.t("drift-pauser-tittel")).levende("/levende"),
        grupper: grupper.filter(|gruppe| !gruppe.valg.is_empty()).collect(),
        pauser: pauser.iter().map(|p| Pausevist::av(s, p, na, rekker.styrer(&p.hva), &skoler)).collect(),
    };
    svar(&side)
}

/// Everything that this person may pause: key of the kind, and what.
fn grupper(besok: &Besok, rekker: &Rekkevidde<'_>) -> [(&'static str, Vec<Hva>); 4] {
    let kilder = besok.ut.kilder();
    let tenanter: BTreeSet<_> = kilder.iter().map(|kilde| kilde.tenant.clone()).collect();
    let lister = besok.ut.lister();
    // Earlier school years are not sent any more.
    let siste = lister.iter().map(|liste| liste.nokkel.skolear).max();
    let skoler = lister.iter().filter(|liste| Some(liste.nokkel.skolear) == siste);
    let mut fylker = rekker.fylker();
    if let runtime::adgang::Omfang::Fylker(egne) = &besok.ut.adgang().omfang {
        fylker.extend(egne);
    }
    let mut alle = [
        ("drift-gruppe-tenant", tenanter.into_iter().map(Hva::Tenant).collect::<Vec<_>>()),
        ("drift-gruppe-kilde", kilder.iter().map(|k| Hva::Kilde(k.tenant.clone(), k.kilde.clone())).collect()),
        ("drift-gruppe-mottaker", fylker.into_iter().map(Hva::Mottaker).collect()),
        ("drift-gruppe-skole", skoler.map(|liste| Hva::Skole(liste.nokkel.clone())).collect()),
    ];
    for (_, hva) in &mut alle {
        hva.retain(|hva| rekker.styrer(hva));
    }
    alle
}

#[derive(Deserialize)]
pub(super) struct Pausing {
    hva: String,
    #[serde(default)]
    grunn: String,
}

fn valgt(hva: &str) -> Result<Hva, Feilslag> {
    hva.parse().map_err(|_| Feilslag::Skjema)
}

/// `POST /drift/pauser`.
pub(super) async fn pause(Sendt(besok, skjema): Sendt<Pausing>) -> Svar {
    match besok.driver()?.pause(valgt(&skjema.hva)?, &skjema.grunn).await {
        // Sent twice, or somebody was first: the page says who, and why.
        Ok(_) | Err(Nei::Styring(Driftfeil::AlleredePauset(_))) => Ok(videre("/drift/pauser")),
        Err(nei) => Err(nei.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct Gjenopptak {
    hva: String,
}

/// `POST /drift/pauser/gjenoppta`.
pub(super) async fn gjenoppta(Sendt(besok, skjema): Sendt<Gjenopptak>) -> Svar {
    match besok.driver()?.gjenoppta(&valgt(&skjema.hva)?).await {
        Ok(_) | Err(Nei::Styring(Driftfeil::IkkePauset(_))) => Ok(videre("/drift/pauser")),
        Err(nei) => Err(nei.into()),
    }
}
