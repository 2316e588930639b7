//! One school in numbers: nobody is named, so an auditor sees it too.

use super::oversikt::{kilden, kildene};
use crate::sider::besok::{Besok, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::levende;
use crate::sider::ramme::{Ramme, svar};
use crate::sider::skole::hode;
use crate::sider::skole::vis::{kildenavn, uten_id};
use askama::Template;
use axum::extract::Path;
use runtime::adgang::{Adgangsrolle, Gjoremal};
use runtime::utsikt::Klassetall;
use runtime::visning::{Alvor, regel, status_tekst};

#[derive(Template)]
#[template(path = "kommune/skole.html")]
struct Skoleside {
    ramme: Ramme,
    tittel: String,
    setning: String,
    frist: Option<String>,
    status: &'static str,
    farge: &'static str,
    elever: u32,
    ugyldige: u32,
    klasser: Vec<Klassetall>,
    kilde: Option<String>,
    lastet: Option<String>,
    stum: bool,
    endret: Option<String>,
    godkjent: Option<(String, String)>,
    mottatt: Option<String>,
    saker: Vec<Sakstall>,
    /// The school's own page, for those who may see pupils.
    adresse: Option<String>,
}

/// A cause, and how many it concerns.
struct Sakstall {
    hva: &'static str,
    omfang: String,
    farge: &'static str,
}

impl Skoleside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /kommune/skole/{liste}`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>) -> Svar {
    if !matches!(besok.rolle(), Adgangsrolle::Kommune | Adgangsrolle::Revisor) {
        return Err(Feilslag::FinnesIkke);
    }
    let nokkel = nokkel(&liste)?;
    let liste = besok.ut.sammendrag(&nokkel).ok_or(Feilslag::FinnesIkke)?;
    let (s, na) = (besok.sprak, besok.na());
    let kilder = kildene(&besok);
    let kilde = kilden(&besok, &kilder, &liste);
    let saker = liste.saker.iter().filter_map(|sak| {
        let farge = match sak.alvor {
            Alvor::Stopper => "danger",
            Alvor::Sjekkes => "warning",
            Alvor::TilOrientering => "info",
        };
        Some(Sakstall { hva: s.av_tekst(regel(&sak.regel)?.tittel), omfang: s.av_tekst(sak.omfang()), farge })
    });
    let side = Skoleside {
        ramme: besok
            .ramme(hode::tittel(s, &liste))
            .levende(format!("/levende/{nokkel}?sett={}", levende::merke(&liste))),
        tittel: hode::tittel(s, &liste),
        setning: hode::setning(s, &liste),
        frist: liste.stenger.map(|stenger| {
            s.t("skole-frist").s("frist", s.frist(stenger)).s("igjen", s.igjen(stenger, na)).to_string()
        }),
        status: s.av_tekst(status_tekst(liste.status)),
        farge: hode::farge(liste.status),
        elever: liste.antall.kilde,
        ugyldige: liste.ugyldige_numre,
        klasser: liste.per_klasse.clone(),
        kilde: kilde.map(|kilde| kildenavn(&besok, &kilde.tenant, &kilde.kilde)),
        lastet: kilde.and_then(|kilde| kilde.status.sist_hel).map(|nar| s.nar(nar, na).to_string()),
        stum: kilde.is_some_and(|kilde| kilde.status.stum(na)),
        endret: (!liste.mangler).then(|| s.nar(liste.endret, na).to_string()),
        godkjent: liste.sist_godkjent.as_ref().map(|g| (uten_id(&g.hvem).to_owned(), s.nar(g.nar, na).to_string())),
        mottatt: liste.mottatt.map(|nar| s.nar(nar, na).to_string()),
        saker: saker.collect(),
        adresse: besok.ut.ma(Gjoremal::SeListe).then(|| format!("/skole/{nokkel}")),
    };
    svar(&side)
}
