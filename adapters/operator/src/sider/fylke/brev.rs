//! The letters of a round, as they will go out.

use super::felles;
use crate::rute::Brevslag;
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use crate::sprak::Sprak;
use askama::Template;
use axum::extract::{Path, Query};
use runtime::adgang::Gjoremal;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "fylke/brev.html")]
struct Brevside {
    ramme: Ramme,
    id: String,
    tittel: String,
    /// No e-mail is sent from here.
    uten_epost: bool,
    brev: Vec<Brev>,
    /// The language of the letters.
    pa: Sprak,
}

struct Brev {
    anker: String,
    nar: String,
    emne: String,
    tekst: String,
}

impl Brevside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }

    const fn sprak(&self) -> [Sprak; 3] {
        Sprak::ALLE
    }

    fn valgt(&self, sprak: &Sprak) -> bool {
        *sprak == self.pa
    }
}

#[derive(Deserialize)]
pub(super) struct Valg {
    #[serde(default)]
    pa: String,
}

/// `GET /fylke/runder/{runde}/brev?pa=nn`.
pub(super) async fn vis(besok: Besok, Path(navn): Path<String>, Query(valg): Query<Valg>) -> Svar {
    let bilde = felles::runde(&besok, &navn)?;
    if !besok.ut.ma(Gjoremal::SeRunder) {
        return Err(Feilslag::MaIkke);
    }
    let s = besok.sprak;
    let runde = bilde.sak.runde();
    let pa = Sprak::av(&valg.pa).unwrap_or(s);
    let skriver = besok.sider().brevskriver.clone();
    let paminnelser = runde.paminnelser.iter().map(|dager| {
        let nar = s.t("fylke-brev-paminnelse").s("dag", s.t("fylke-paminnelse-dag").n("dager", *dager));
        (Brevslag::Paminnelse(*dager), format!("paminnelse-{dager}"), nar.to_string())
    });
    let instruks = (Brevslag::Instruks, "instruks".to_owned(), s.t("fylke-brev-instruks").to_string());
    let brev = skriver.iter().flat_map(|skriv| {
        let alle = std::iter::once(instruks.clone()).chain(paminnelser.clone());
        alle.map(|(slag, anker, nar)| {
            let (emne, tekst) = skriv(runde, slag, pa);
            Brev { anker, nar, emne, tekst }
        })
    });
    let side = Brevside {
        ramme: besok.ramme(s.t("fylke-brev-tittel")),
        id: runde.nokkel().to_string(),
        tittel: felles::rundenavn(s, runde.nokkel()),
        uten_epost: skriver.is_none(),
        brev: brev.collect(),
        pa,
    };
    svar(&side)
}
