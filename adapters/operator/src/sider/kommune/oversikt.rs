//! All schools on one page, the ones that need somebody first.

use super::ord;
use super::risiko::{Gruppe, Stand};
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use crate::sider::skole::{hode, vis::kildenavn, vis::system};
use askama::Template;
use axum::extract::Query;
use hendelse::{Kildenavn, Tenant};
use jiff::Timestamp;
use runtime::adgang::{Adgangsrolle, Gjoremal};
use runtime::utsikt::{Kildebilde, Klassetall, Sammendrag};
use runtime::visning::status_tekst;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Schools on one page.
const PER_SIDE: usize = 50;

#[derive(Template)]
#[template(path = "kommune/oversikt.html")]
struct Oversikt {
    ramme: Ramme,
    tittel: String,
    /// «23 skoler: 12 levert, 8 klare, 3 må følges opp.»
    setning: String,
    frister: Vec<String>,
    elever: u32,
    ma_rettes: u32,
    ugyldige: u32,
    varsler: Vec<Varsel>,
    filtre: Vec<Filterlenke>,
    skoler: Vec<Skole>,
    antall: usize,
    forrige: Option<String>,
    neste: Option<String>,
    ser_kilder: bool,
}

impl Oversikt {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// Something about a school system that comes before everything else.
struct Varsel {
    adresse: String,
    tekst: String,
    farge: &'static str,
}

struct Filterlenke {
    adresse: String,
    tekst: String,
    valgt: bool,
}

struct Skole {
    adresse: String,
    tall: String,
    navn: String,
    setning: String,
    status: &'static str,
    farge: &'static str,
    frist: Option<(String, String)>,
    elever: u32,
    ma_rettes: u32,
    ugyldige: u32,
    lastet: Option<String>,
    stum: bool,
    /// Where the reader approves it, where nobody else does.
    godkjennes: Option<String>,
    klasser: Vec<Klassetall>,
}

#[derive(Deserialize)]
pub(super) struct Valg {
    #[serde(default)]
    vis: String,
    #[serde(default)]
    side: String,
}

type Kildene = BTreeMap<(Tenant, Kildenavn), Arc<Kildebilde>>;

/// The school systems, and the registers, that this person may see.
pub(super) fn kildene(besok: &Besok) -> Kildene {
    let alle = besok.ut.kilder().into_iter();
    alle.map(|kilde| ((kilde.tenant.clone(), kilde.kilde.clone()), kilde)).collect()
}

/// The school system that a list comes from.
pub(super) fn kilden<'a>(besok: &Besok, kilder: &'a Kildene, liste: &Sammendrag) -> Option<&'a Arc<Kildebilde>> {
    kilder.get(&system(besok.sider(), liste).1?)
}

/// `GET /kommune`.
pub(super) async fn vis(besok: Besok, Query(valg): Query<Valg>) -> Svar {
    if !matches!(besok.rolle(), Adgangsrolle::Kommune | Adgangsrolle::Revisor) {
        return Err(Feilslag::FinnesIkke);
    }
    let (s, na) = (besok.sprak, besok.na());
    let lister = ord::dette_aret(besok.ut.lister());
    let kilder = kildene(&besok);
    let mut alle: Vec<(Stand, Arc<Sammendrag>)> = lister
        .into_iter()
        .map(|liste| {
            let stum = kilden(&besok, &kilder, &liste).is_some_and(|kilde| kilde.status.stum(na));
            (Stand::av(&liste, (stum, besok.ut.kan_godkjenne(&liste)), na), liste)
        })
        .collect();
    alle.sort_by(|(a, x), (b, y)| {
        (b.risiko(), y.ma_rettes).cmp(&(a.risiko(), x.ma_rettes)).then_with(|| x.skole.navn.cmp(&y.skole.navn))
    });
    let antall = |gruppe| alle.iter().filter(|(stand, _)| stand.gruppe() == gruppe).count();
    let tittel = match alle.first() {
        Some((_, liste)) => s.t("kommune-tittel").s("skolear", hode::skolear(&liste.nokkel.skolear.to_string())),
        None => s.t("kommune-tittel-tom"),
    };
    let valgt = Gruppe::ALLE.into_iter().find(|gruppe| gruppe.as_str() == valg.vis);
    let filtre = filtre(&besok, valgt, alle.len(), Gruppe::ALLE.map(antall));
    let side: usize = valg.side.parse().unwrap_or(1).max(1);
    let utvalg: Vec<_> = alle.iter().filter(|(stand, _)| valgt.is_none_or(|gruppe| stand.gruppe() == gruppe)).collect();
    let her = |side: usize| format!("/kommune?vis={}&side={side}", valgt.map_or("alle", Gruppe::as_str));
    let vist = utvalg.iter().skip((side - 1).saturating_mul(PER_SIDE)).take(PER_SIDE);
    let tell = |av: fn(&Sammendrag) -> u32| alle.iter().map(|(_, liste)| av(liste)).sum();
    let deler = Gruppe::ALLE.into_iter().rev().map(|gruppe| (gruppe, antall(gruppe))).filter(|(_, n)| *n > 0);
    let deler: Vec<String> = deler.map(|(gruppe, n)| s.t(tall(gruppe)).n("antall", n).to_string()).collect();
    let skoler = s.t("kommune-antall-skoler").n("antall", alle.len());
    let oversikt = Oversikt {
        ramme: besok.ramme(&tittel).levende("/levende"),
        tittel: tittel.to_string(),
        setning: if deler.is_empty() { format!("{skoler}.") } else { format!("{skoler}: {}.", deler.join(", ")) },
        frister: frister(&besok, &alle, na),
        elever: tell(|liste| liste.antall.kilde),
        ma_rettes: tell(|liste| liste.ma_rettes),
        ugyldige: tell(|liste| liste.ugyldige_numre),
        varsler: varsler(&besok, &kilder, na),
        filtre,
        skoler: vist.map(|(stand, liste)| skole(&besok, &kilder, *stand, liste, na)).collect(),
        antall: utvalg.len(),
        forrige: (side > 1).then(|| her(side - 1)),
        neste: (utvalg.len() > side.saturating_mul(PER_SIDE)).then(|| her(side + 1)),
        ser_kilder: besok.ut.ma(Gjoremal::SeKilder),
    };
    svar(&oversikt)
}

const fn tall(gruppe: Gruppe) -> &'static str {
    match gruppe {
        Gruppe::Venter => "kommune-antall-venter",
        Gruppe::Folges => "kommune-antall-folges",
        Gruppe::Klar => "kommune-antall-klare",
        Gruppe::Levert => "kommune-antall-levert",
    }
}

fn filtre(besok: &Besok, valgt: Option<Gruppe>, i_alt: usize, antall: [usize; 4]) -> Vec<Filterlenke> {
    let s = besok.sprak;
    let alle = Filterlenke {
        adresse: "/kommune".to_owned(),
        tekst: s.t("kommune-vis-alle").n("antall", i_alt).to_string(),
        valgt: valgt.is_none(),
    };
    let navn = |gruppe| match gruppe {
        Gruppe::Venter => "kommune-vis-venter",
        Gruppe::Folges => "kommune-vis-folges",
        Gruppe::Klar => "kommune-vis-klare",
        Gruppe::Levert => "kommune-vis-levert",
    };
    let en = |(gruppe, antall): (Gruppe, usize)| Filterlenke {
        adresse: format!("/kommune?vis={}", gruppe.as_str()),
        tekst: s.t(navn(gruppe)).n("antall", antall).to_string(),
        valgt: valgt == Some(gruppe),
    };
    // Where the schools approve themselves, nothing ever waits for the municipality.
    let vises = |(gruppe, antall): &(Gruppe, usize)| *gruppe != Gruppe::Venter || *antall > 0 || valgt == Some(*gruppe);
    std::iter::once(alle).chain(Gruppe::ALLE.into_iter().zip(antall).filter(vises).map(en)).collect()
}

/// The deadlines of those who have not delivered; of all, where everybody has.
fn frister(besok: &Besok, alle: &[(Stand, Arc<Sammendrag>)], na: Timestamp) -> Vec<String> {
    let s = besok.sprak;
    let av = |levert: bool| -> BTreeSet<Timestamp> {
        let gjelder = alle.iter().filter(|(stand, _)| levert || stand.gruppe() != Gruppe::Levert);
        gjelder.filter_map(|(_, liste)| liste.stenger).collect()
    };
    let apne = av(false);
    let frister = if apne.is_empty() { av(true) } else { apne };
    let frist = |stenger: Timestamp| s.t("skole-frist").s("frist", s.frist(stenger)).s("igjen", s.igjen(stenger, na));
    frister.into_iter().map(|stenger| frist(stenger).to_string()).collect()
}

/// School systems that are silent, and mass changes that wait.
fn varsler(besok: &Besok, kilder: &Kildene, na: Timestamp) -> Vec<Varsel> {
    let s = besok.sprak;
    let mut ut = vec![];
    for kilde in kilder.values() {
        let navn = kildenavn(besok, &kilde.tenant, &kilde.kilde);
        let adresse = format!("/kommune/kilder/{}/{}", kilde.tenant, kilde.kilde);
        if kilde.status.stum(na) {
            let tekst = match kilde.status.sist_hel {
                Some(nar) => s.t("kommune-varsel-stum").s("nar", s.nar(nar, na)),
                None => s.t("kommune-varsel-stum-alltid"),
            };
            ut.push(Varsel { adresse: adresse.clone(), tekst: tekst.s("kilde", &navn).to_string(), farge: "danger" });
        }
        if kilde.hold.as_ref().is_some_and(|hold| hold.avgjorelse.is_none()) {
            let tekst = s.t("kommune-varsel-hold").s("kilde", navn).to_string();
            ut.push(Varsel { adresse, tekst, farge: "warning" });
        }
    }
    ut
}

fn skole(besok: &Besok, kilder: &Kildene, stand: Stand, liste: &Sammendrag, na: Timestamp) -> Skole {
    let s = besok.sprak;
    let kilde = kilden(besok, kilder, liste);
    let tall = format!("/kommune/skole/{}", liste.nokkel);
    Skole {
        // Who sees no names is led to the numbers.
        adresse: if besok.ut.ma(Gjoremal::SeListe) { format!("/skole/{}", liste.nokkel) } else { tall.clone() },
        tall,
        navn: liste.skole.navn.clone(),
        setning: hode::setning(s, liste),
        status: s.av_tekst(status_tekst(liste.status)),
        farge: hode::farge(liste.status),
        frist: liste.stenger.map(|stenger| {
            let siste = stenger.checked_sub(jiff::Span::new().seconds(1)).unwrap_or(stenger);
            (s.dag(siste.to_zoned(elevliste::oslo()).date()).to_string(), s.igjen(stenger, na).to_string())
        }),
        elever: liste.antall.kilde,
        ma_rettes: liste.ma_rettes,
        ugyldige: liste.ugyldige_numre,
        lastet: kilde.and_then(|kilde| kilde.status.sist_hel).map(|nar| s.nar(nar, na).to_string()),
        stum: stand.stum,
        godkjennes: stand.venter.then(|| format!("/skole/{}/godkjenn", liste.nokkel)),
        klasser: liste.per_klasse.clone(),
    }
}
