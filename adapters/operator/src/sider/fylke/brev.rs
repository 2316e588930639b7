//! The letters of a round, as they will go out.

use super::felles;
use crate::rute::{Brevbestilling, Brevskole, Brevslag, Brevtil};
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use crate::sprak::Sprak;
use askama::Template;
use axum::extract::{Path, Query};
use elevliste::{Innsamling, Skolestatus};
use runtime::adgang::Gjoremal;
use runtime::utsikt::Sammendrag;
use serde::Deserialize;
use std::sync::Arc;

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
    let skriver = besok.sider().brevskriver.clone();
    let lister = felles::lister(&besok, runde.nokkel());
    let brev = skriver.iter().flat_map(|skriv| {
        alle(runde).into_iter().map(|(slag, til)| {
            let skoler = skoler(pa, &lister, runde, til);
            let (emne, tekst) = skriv(&Brevbestilling { runde, slag, til, skoler: &skoler, sprak: pa });
            let (anker, nar) = match slag {
                Brevslag::Instruks => ("instruks".to_owned(), s.t("fylke-brev-instruks").to_string()),
                Brevslag::Paminnelse(dager) => {
                    let dag = s.t("fylke-paminnelse-dag").n("dager", dager);
                    (format!("paminnelse-{dager}"), s.t("fylke-brev-paminnelse").s("dag", dag).to_string())
                }
                Brevslag::IkkeLevert => ("ikke-levert".to_owned(), s.t("fylke-brev-ikke-levert").to_string()),
            };
            let (hvem, til) = match til {
                Brevtil::Skole => ("skole", "fylke-brev-til-skole"),
                Brevtil::Kommune => ("kommune", "fylke-brev-til-kommune"),
                Brevtil::Fylke => ("fylke", "fylke-brev-til-fylke"),
            };
            Brev { anker: format!("{anker}-{hvem}"), nar, til, emne, tekst }
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

/// Every letter of a round, to everybody who gets it.
fn alle(runde: &Innsamling) -> Vec<(Brevslag, Brevtil)> {
    use Brevtil::{Fylke, Kommune, Skole};
    let til = |slag, alle: &[Brevtil]| alle.iter().map(|til| (slag, *til)).collect::<Vec<_>>();
    let mut ut = til(Brevslag::Instruks, &[Skole, Kommune]);
    for dager in &runde.paminnelser {
        // The office is reminded on the last day.
        let hvem: &[Brevtil] = if *dager == 0 { &[Skole, Kommune, Fylke] } else { &[Skole, Kommune] };
        ut.extend(til(Brevslag::Paminnelse(*dager), hvem));
    }
    ut.extend(til(Brevslag::IkkeLevert, &[Skole, Kommune, Fylke]));
    ut
}

/// The schools that a letter to them would name today: those that have not delivered. One that is made up, where all have.
fn skoler(pa: Sprak, lister: &[Arc<Sammendrag>], runde: &Innsamling, til: Brevtil) -> Vec<Brevskole> {
    let mangler = |liste: &&Arc<Sammendrag>| runde.gjelder(&liste.nokkel) && liste.forst_mottatt.is_none();
    let alle: Vec<&Arc<Sammendrag>> = lister.iter().filter(mangler).collect();
    // The one with most to do, and its neighbours.
    let Some(valgt) = alle.iter().max_by_key(|liste| (liste.ma_rettes, liste.antall.kilde)) else {
        let navn = pa.t("fylke-brev-eksempel").to_string();
        return vec![Brevskole { navn, status: Skolestatus::Avvik, elever: 24, ma_rettes: 2 }];
    };
    let med = alle.iter().filter(|liste| match til {
        Brevtil::Skole => liste.nokkel == valgt.nokkel,
        Brevtil::Kommune => liste.tenant == valgt.tenant,
        Brevtil::Fylke => true,
    });
    med.map(|liste| Brevskole {
        navn: felles::skolenavn(liste),
        status: liste.status,
        elever: liste.antall.kilde,
        ma_rettes: liste.ma_rettes,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::Godkjenning;

    #[test]
    fn every_letter_is_shown_as_everybody_gets_it() {
        let vindu = ("2026-10-01T00:00:00+02".parse().unwrap(), "2026-11-14T00:00:00+01".parse().unwrap());
        let runde = Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), vindu, Godkjenning::Skole);
        let alle = alle(&runde);
        assert_eq!(alle.len(), 2 + 3 * 2 + 3 + 3);
        let til_fylket: Vec<_> = alle.iter().filter(|(_, til)| *til == Brevtil::Fylke).map(|(slag, _)| *slag).collect();
        assert_eq!(til_fylket, [Brevslag::Paminnelse(0), Brevslag::IkkeLevert]);
        let skoler = skoler(Sprak::Bokmal, &[], &runde, Brevtil::Kommune);
        assert!(skoler.len() == 1 && skoler[0].elever > 0, "a letter of nobody shows nothing");
    }
}
