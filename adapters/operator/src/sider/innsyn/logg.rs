//! The log, newest first, with what is asked for of it.

use super::filter::{Felter, SLAG, tall};
use super::ord::{self, Rad};
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar, videre};
use askama::Template;
use axum::extract::Query;
use hendelse::Tenant;
use runtime::adgang::Gjoremal;
use runtime::revisjon::{Kjedesjekk, Loggfilter};
use std::collections::BTreeSet;

/// Entries on one page.
const PER_SIDE: usize = 50;

#[derive(Template)]
#[template(path = "innsyn/logg.html")]
struct Loggside {
    ramme: Ramme,
    /// Logs to choose between: key, name.
    logger: Vec<(String, String, bool)>,
    navn: String,
    felter: Felter,
    slag: Vec<(&'static str, &'static str, bool)>,
    lister: Vec<(String, String, bool)>,
    /// People who have been seen to act, to choose among.
    personer: BTreeSet<String>,
    rader: Vec<Rad>,
    tomt_filter: bool,
    /// With a name in it, what is asked for is sent as a form.
    som_skjema: bool,
    /// For the next page.
    eldre: Option<Vec<(&'static str, String)>>,
    eldre_adresse: String,
    csv_adresse: String,
    csv_felter: Vec<(&'static str, String)>,
    sjekk: Option<Sjekk>,
}

impl Loggside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// What a check of the chain has found.
struct Sjekk {
    tekst: String,
    gamle: Option<String>,
    hel: bool,
}

/// The log that is asked for: one that this person may read, the first where none is named.
pub(super) fn loggen(besok: &Besok, navn: &str) -> Result<Tenant, Feilslag> {
    let alle = besok.ut.loggtenanter();
    if navn.trim().is_empty() {
        return alle.into_iter().next().ok_or(Feilslag::FinnesIkke);
    }
    // Whoever asks for another's is refused by the view, which notes it.
    navn.trim().parse().map_err(|_| Feilslag::FinnesIkke)
}

pub(super) fn filter(besok: &Besok, felter: &Felter) -> Result<Loggfilter, Feilslag> {
    let si = |nokkel: &'static str| besok.sprak.t(nokkel).to_string();
    felter.filter().map_err(|feil| Feilslag::Felt(feil.into_iter().map(|(felt, hva)| (si(felt), si(hva))).collect()))
}

/// `GET /innsyn`.
pub(super) async fn vis(besok: Besok, Query(felter): Query<Felter>) -> Svar {
    // A name in an address is not taken.
    side(&besok, Felter { hvem: String::new(), ..felter }, None).await
}

/// `POST /innsyn`: the same where a person is asked for. Without one, the answer has an address of its own.
pub(super) async fn sok(Sendt(besok, felter): Sendt<Felter>) -> Svar {
    if felter.hvem.trim().is_empty() {
        return Ok(videre(&format!("/innsyn?{}", felter.sporring())));
    }
    side(&besok, felter, None).await
}

/// `POST /innsyn/sjekk`: whether anything has been changed, taken out or put in.
pub(super) async fn sjekk(Sendt(besok, felter): Sendt<Felter>) -> Svar {
    let logg = loggen(&besok, &felter.logg)?;
    let funnet = besok.ut.sjekk_logg(&logg).await?;
    side(&besok, Felter { logg: logg.to_string(), ..Felter::default() }, Some(funnet)).await
}

async fn side(besok: &Besok, felter: Felter, sjekk: Option<Kjedesjekk>) -> Svar {
    if !besok.ut.ma(Gjoremal::SeRevisjon) {
        return Err(Feilslag::FinnesIkke);
    }
    let s = besok.sprak;
    let logg = loggen(besok, &felter.logg)?;
    let filter = filter(besok, &felter)?;
    let funnet = besok.ut.logg(&logg, &filter, felter.eldre_enn(), PER_SIDE).await?;
    let lister = ord::lister(besok);
    let rader: Vec<Rad> = funnet.poster.iter().map(|post| ord::rad(besok, &logg, &lister, post)).collect();
    let neste = funnet.neste.map(|eldre_enn| Felter { eldre_enn: eldre_enn.to_string(), ..felter.clone() });
    let logger = besok.ut.loggtenanter();
    let felter = Felter { logg: logg.to_string(), ..felter };
    let alle = Felter { eldre_enn: String::new(), ..felter.clone() };
    let mine = lister.values().filter(|liste| liste.tenant == logg.as_str());
    let side = Loggside {
        ramme: besok.ramme(s.t("innsyn-tittel")),
        logger: match &logger[..] {
            [_] => vec![],
            flere => flere.iter().map(|l| (l.to_string(), ord::loggnavn(besok, l), *l == logg)).collect(),
        },
        navn: ord::loggnavn(besok, &logg),
        slag: SLAG.iter().map(|(verdi, _, navn)| (*verdi, *navn, *verdi == felter.slag.trim())).collect(),
        lister: mine
            .map(|liste| {
                let nokkel = liste.nokkel.to_string();
                let valgt = nokkel == felter.liste.trim();
                (nokkel, ord::listenavn(&lister, &liste.nokkel), valgt)
            })
            .collect(),
        personer: rader.iter().map(|rad| rad.hvem.clone()).filter(|hvem| !hvem.is_empty()).collect(),
        tomt_filter: felter.er_tomt(),
        som_skjema: !felter.hvem.trim().is_empty(),
        eldre_adresse: neste.as_ref().map(|neste| format!("/innsyn?{}", neste.sporring())).unwrap_or_default(),
        eldre: neste.as_ref().map(Felter::skjulte),
        csv_adresse: format!("/innsyn/logg.csv?{}", alle.sporring()),
        csv_felter: alle.skjulte(),
        sjekk: sjekk.map(|sjekk| sjekket(besok, sjekk)),
        rader,
        felter,
    };
    svar(&side)
}

fn sjekket(besok: &Besok, funnet: Kjedesjekk) -> Sjekk {
    let s = besok.sprak;
    let antall = tall(s, funnet.poster);
    let tekst = match funnet.brutt {
        None => s.t("innsyn-hel").s("antall", antall),
        Some(sekvens) => s.t("innsyn-brutt").s("sekvens", sekvens).s("antall", antall),
    };
    let gamle = (funnet.gamle > 0).then(|| s.t("innsyn-gamle").s("antall", tall(s, funnet.gamle)).to_string());
    Sjekk { tekst: tekst.to_string(), gamle, hel: funnet.brutt.is_none() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sprak::Sprak;

    fn rad(hvem: &str, nektet: bool, antall: usize) -> Rad {
        Rad {
            sekvens: 7,
            adresse: "/innsyn/voss/7".into(),
            nar: "9. november 2026 kl. 10.00".into(),
            hvem: hvem.into(),
            rolle: Some("rolle-skole"),
            pa_vegne_av: None,
            hva: "hva".into(),
            nektet,
            liste: None,
            antall,
            elev: None,
        }
    }

    fn side(sprak: Sprak, som_skjema: bool, rader: Vec<Rad>) -> String {
        let felter = Felter { hvem: if som_skjema { "Kari".into() } else { String::new() }, ..Felter::default() };
        let side = Loggside {
            ramme: Ramme::utenfor(sprak, "logg", "/innsyn", false),
            logger: vec![],
            navn: "Voss kommune".into(),
            slag: SLAG.iter().map(|(verdi, _, navn)| (*verdi, *navn, false)).collect(),
            lister: vec![],
            personer: rader.iter().map(|rad| rad.hvem.clone()).collect(),
            tomt_filter: felter.er_tomt(),
            som_skjema,
            eldre: Some(felter.skjulte()),
            eldre_adresse: format!("/innsyn?{}", felter.sporring()),
            csv_adresse: format!("/innsyn/logg.csv?{}", felter.sporring()),
            csv_felter: felter.skjulte(),
            sjekk: None,
            rader,
            felter,
        };
        side.render().unwrap()
    }

    #[test]
    fn a_refused_access_is_marked_and_a_name_is_no_markup() {
        for sprak in Sprak::ALLE {
            let merke = sprak.t("innsyn-nektet").to_string();
            let merket = |html: &str| html.contains(&format!("data-color=\"danger\">{merke}<"));
            let html = side(sprak, false, vec![rad("<b>Kari</b>", true, 0)]);
            assert!(merket(&html) && !html.contains("<b>Kari"), "{}", sprak.kode());
            assert!(!merket(&side(sprak, false, vec![rad("Kari", false, 3)])));
            assert!(!html.contains(">innsyn-") && !html.contains(">skole-"), "a text is missing");
        }
    }

    #[test]
    fn who_is_asked_for_stands_in_forms_and_in_no_address() {
        let html = side(Sprak::Bokmal, true, vec![rad("Kari", false, 1)]);
        let adresser = html.split("href=\"").skip(1).chain(html.split("action=\"").skip(1));
        assert!(adresser.map(|del| del.split('"').next().unwrap_or_default()).all(|adresse| !adresse.contains("Kari")));
        assert_eq!(html.matches("name=\"hvem\" value=\"Kari\"").count(), 2, "for older entries, and for the file");
    }
}
