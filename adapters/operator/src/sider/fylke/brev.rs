//! The letters of a round, as they will go out.

use super::felles;
use crate::inntak::brev::{Brev, brev};
use crate::rute::{Brevslag, Brevtil};
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
    brev: Vec<Brevvist>,
    /// The language of the letters.
    pa: Sprak,
}

struct Brevvist {
    anker: String,
    nar: String,
    /// Key of to whom.
    til: &'static str,
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
    let skriver = besok.sider().brevskriver.as_ref();
    let vist = |brev: Brev| {
        let (anker, nar) = match brev.slag {
            Brevslag::Instruks => ("instruks".to_owned(), s.t("fylke-brev-instruks").to_string()),
            Brevslag::Paminnelse(dager) => {
                let dag = s.t("fylke-paminnelse-dag").n("dager", dager);
                (format!("paminnelse-{dager}"), s.t("fylke-brev-paminnelse").s("dag", dag).to_string())
            }
            Brevslag::IkkeLevert => ("ikke-levert".to_owned(), s.t("fylke-brev-ikke-levert").to_string()),
        };
        let (hvem, til) = match brev.til {
            Brevtil::Skole => ("skole", "fylke-brev-til-skole"),
            Brevtil::Kommune => ("kommune", "fylke-brev-til-kommune"),
            Brevtil::Fylke => ("fylke", "fylke-brev-til-fylke"),
        };
        Brevvist { anker: format!("{anker}-{hvem}"), nar, til, emne: brev.emne, tekst: brev.tekst }
    };
    let alle = skriver.map(|skriver| brev(&besok.ut, skriver, runde, pa)).unwrap_or_default();
    let side = Brevside {
        ramme: besok.ramme(s.t("fylke-brev-tittel")),
        id: runde.nokkel().to_string(),
        tittel: felles::rundenavn(s, runde.nokkel()),
        uten_epost: skriver.is_none(),
        brev: alle.into_iter().map(vist).collect(),
        pa,
    };
    svar(&side)
}
