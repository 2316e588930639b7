//! The whole list: everybody, by class, with what is decided about each; searched by name or class.
//!
//! A search is a form that is posted: names stand in no address.

use super::hode::Hode;
use super::vis;
use crate::sider::besok::{Besok, Sendt, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use crate::sprak::Sprak;
use askama::Template;
use axum::extract::{Path, Query};
use elevliste::{Elevlinje, Listenokkel};
use runtime::adgang::Gjoremal;
use runtime::visning::{Plassering, plassering_tekst};
use serde::Deserialize;
use std::collections::BTreeSet;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "skole/hele.html")]
struct Heleside {
    ramme: Ramme,
    hode: Hode,
    klasser: Vec<Klasse>,
    klasse: Option<String>,
    sok: String,
    rader: Vec<Rad>,
    alle: usize,
    /// How the list differs from what was received, where it does.
    siden: Option<Siden>,
    /// The same school's list a year ago, where there is one: class, then, now.
    fjor: Option<Fjor>,
}

struct Klasse {
    navn: String,
    antall: u32,
    valgt: bool,
}

struct Rad {
    id: Uuid,
    navn: String,
    klasse: Option<String>,
    nummer: Option<String>,
    plassering: &'static str,
    farge: &'static str,
    /// Key of what has happened to it since the list was received.
    siden: Option<&'static str>,
}

/// How many are other than in what the receiver has: new, changed, gone.
struct Siden {
    nye: usize,
    endret: usize,
    borte: usize,
}

struct Fjor {
    da: u32,
    na: u32,
    klasser: Vec<Fjorklasse>,
}

struct Fjorklasse {
    navn: String,
    da: Option<u32>,
    na: Option<u32>,
    forskjell: String,
}

impl Fjorklasse {
    fn ny(s: Sprak, (navn, da, na): (String, Option<u32>, Option<u32>)) -> Self {
        let forskjell = match (da, na) {
            (Some(da), Some(na)) => match i64::from(na) - i64::from(da) {
                0 => "0".to_owned(),
                flere if flere > 0 => format!("+{flere}"),
                // The sign that is read as minus, and not as a hyphen.
                faerre => format!("\u{2212}{}", faerre.abs()),
            },
            (None, _) => s.t("skole-fjor-ny").to_string(),
            (_, None) => s.t("skole-fjor-borte").to_string(),
        };
        let navn = if navn.is_empty() { s.t("skole-uten-klasse").to_string() } else { navn };
        Self { navn, da, na, forskjell }
    }
}

impl Heleside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

#[derive(Deserialize, Default)]
pub(super) struct Filter {
    klasse: Option<String>,
}

/// `GET /skole/{liste}/elever`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>, Query(filter): Query<Filter>) -> Svar {
    side(&besok, &nokkel(&liste)?, filter.klasse, String::new()).await
}

#[derive(Deserialize)]
pub(super) struct Sok {
    #[serde(default)]
    sok: String,
    #[serde(default)]
    klasse: Option<String>,
}

/// `POST /skole/{liste}/elever`: a search.
pub(super) async fn sok(Path(liste): Path<String>, Sendt(besok, sok): Sendt<Sok>) -> Svar {
    side(&besok, &nokkel(&liste)?, sok.klasse, sok.sok.trim().chars().take(100).collect()).await
}

fn passer(linje: &Elevlinje, klasse: Option<&str>, ord: &[String]) -> bool {
    if klasse.is_some_and(|klasse| linje.klasse.as_deref() != Some(klasse)) {
        return false;
    }
    let tekst = format!("{} {}", vis::navn(linje), linje.klasse.as_deref().unwrap_or_default()).to_lowercase();
    ord.iter().all(|ord| tekst.contains(ord.as_str()))
}

async fn side(besok: &Besok, nokkel: &Listenokkel, klasse: Option<String>, sok: String) -> Svar {
    let klasse = klasse.filter(|k| !k.is_empty());
    let kort = besok.ut.sammendrag(nokkel).ok_or(Feilslag::FinnesIkke)?;
    let ord: Vec<String> = sok.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let sett = besok.ut.utvalg(nokkel, |linje, _| passer(linje, klasse.as_deref(), &ord)).await?;
    let s = besok.sprak;
    let etter = &sett.bilde.etter;
    let [nye, endret]: [BTreeSet<Uuid>; 2] = [&etter.nye, &etter.endret].map(|elever| elever.iter().copied().collect());
    let rader = sett.bilde.plasseringer.iter().filter_map(|plassert| {
        let linje = sett.sak.liste.linjer.get(plassert.linje)?;
        Some(Rad {
            id: linje.elev,
            navn: vis::navn(linje),
            klasse: linje.klasse.clone(),
            nummer: linje.identitetsnummer.as_ref().map(|n| n.vis().clone()),
            plassering: s.av_tekst(plassering_tekst(&plassert.plassering)),
            farge: match plassert.plassering {
                Plassering::Sendt => "success",
                Plassering::Avvik => "danger",
                Plassering::Holdt { .. } | Plassering::Manuelt { .. } => "warning",
                Plassering::Klar => "info",
            },
            siden: match linje.elev {
                elev if nye.contains(&elev) => Some("skole-ny"),
                elev if endret.contains(&elev) => Some("skole-endret"),
                _ => None,
            },
        })
    });
    let mut rader: Vec<Rad> = rader.collect();
    rader.sort_by(|a, b| (&a.klasse, &a.navn).cmp(&(&b.klasse, &b.navn)));
    let klasser = kort.per_klasse.iter().filter_map(|k| {
        let navn = k.klasse.clone()?;
        Some(Klasse { valgt: klasse.as_ref() == Some(&navn), antall: k.antall, navn })
    });
    let side = Heleside {
        ramme: besok.ramme(s.t("skole-hele-tittel")),
        hode: Hode::ny(besok, &kort),
        klasser: klasser.collect(),
        alle: kort.overskrift.elever,
        siden: (!etter.nye.is_empty() || !etter.endret.is_empty() || !etter.borte.is_empty()).then_some(Siden {
            nye: etter.nye.len(),
            endret: etter.endret.len(),
            borte: etter.borte.len(),
        }),
        fjor: besok.ut.ma(Gjoremal::SeHistorikk).then(|| besok.ut.fjoraret(nokkel)).flatten().map(|f| Fjor {
            da: f.antall.0,
            na: f.antall.1,
            klasser: f.klasser.into_iter().map(|klasse| Fjorklasse::ny(s, klasse)).collect(),
        }),
        klasse,
        sok,
        rader,
    };
    svar(&side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_year_is_compared_class_by_class() {
        let forskjell = |da, na| Fjorklasse::ny(Sprak::Bokmal, ("10A".into(), da, na)).forskjell;
        let like = [forskjell(Some(20), Some(22)), forskjell(Some(20), Some(17)), forskjell(Some(5), Some(5))];
        assert_eq!(like, ["+2", "\u{2212}3", "0"]);
        assert_eq!([forskjell(None, Some(3)), forskjell(Some(3), None)], ["ny klasse", "finnes ikke nå"]);
    }

    /// Masked or whole: the first six digits are a date of birth.
    #[test]
    fn no_number_goes_on_paper() {
        for (navn, mal, felt) in [
            ("skole/hele", include_str!("../../../templates/skole/hele.html"), "rad.nummer"),
            ("skole/elev", include_str!("../../../templates/skole/elev.html"), "nummer"),
            ("tast/elever", include_str!("../../../templates/tast/elever.html"), "elev.nummer"),
            ("fylke/liste", include_str!("../../../templates/fylke/liste.html"), "rad.nummer"),
            ("fylke/fiktiv", include_str!("../../../templates/fylke/fiktiv.html"), "e.nummer"),
        ] {
            let (foran, _) = mal.split_once(&format!("Some(n) = {felt} %}}")).expect(navn);
            let celle = foran.rfind("<td").max(foran.rfind("<dd")).expect(navn);
            assert!(foran[celle..].contains("ikke-utskrift"), "{navn}");
        }
    }
}
