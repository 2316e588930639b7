//! How the school systems are doing.

use super::ord;
use super::oversikt::kildene;
use crate::brukerstell::tenantnavn;
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar, videre};
use crate::sider::skole::vis::{hentes, kildenavn};
use askama::Template;
use axum::extract::{Path, Query};
use hendelse::{Kildenavn, Tenant};
use runtime::adgang::Gjoremal;
use runtime::utsikt::Kildebilde;
use runtime::visning::Skolesystem;
use runtime::{Kildestatus, Snapshotresultat};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "kommune/kilder.html")]
struct Kildeside {
    ramme: Ramme,
    kilder: Vec<Kildevist>,
    /// Whether a reading that was asked for has begun, or begins when its turn comes.
    hentes: Option<bool>,
}

impl Kildeside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// A school system as it is shown.
pub(super) struct Kildevist {
    pub(super) anker: String,
    pub(super) adresse: String,
    pub(super) navn: String,
    /// What it is called in the configuration.
    pub(super) id: String,
    pub(super) eier: String,
    pub(super) tilstand: &'static str,
    pub(super) farge: &'static str,
    pub(super) hva: &'static str,
    pub(super) kode: String,
    pub(super) sist_hel: Option<String>,
    pub(super) sist_endring: Option<String>,
    pub(super) sist_forsok: Option<String>,
    pub(super) neste: Option<String>,
    /// It should have been read by then.
    pub(super) stum_siden: Option<String>,
    pub(super) rader: u64,
    pub(super) resultat: Snapshotresultat,
    /// Who has paused it, when, and why.
    pub(super) pause: Option<(String, String, String)>,
    pub(super) venter: bool,
    pub(super) kan_hente: bool,
    /// Where files are handed in to it.
    pub(super) leveres: Option<String>,
}

/// A school system as this person sees it.
pub(super) fn kildevist(besok: &Besok, kilde: &Kildebilde) -> Kildevist {
    let (s, na) = (besok.sprak, besok.na());
    let status: &Kildestatus = &kilde.status;
    let nar = |tid: jiff::Timestamp| s.nar(tid, na).to_string();
    let (tilstand, farge) = ord::tilstand(status, na);
    let pauset = status.pause.as_ref();
    let system = besok.sider().skolesystemer.get(&(kilde.tenant.clone(), kilde.kilde.clone()));
    Kildevist {
        anker: format!("kilde-{}-{}", kilde.tenant, kilde.kilde),
        adresse: format!("/kommune/kilder/{}/{}", kilde.tenant, kilde.kilde),
        navn: kildenavn(besok, &kilde.tenant, &kilde.kilde),
        id: format!("{}/{}", kilde.tenant, kilde.kilde),
        eier: tenantnavn(&besok.ut, besok.sprak, &kilde.tenant),
        tilstand,
        farge,
        hva: ord::hva_na(status),
        kode: status.kode.clone(),
        sist_hel: status.sist_hel.map(nar),
        sist_endring: status.sist_endring.map(nar),
        sist_forsok: status.sist_forsok.map(nar),
        neste: status.ventet.filter(|_| pauset.is_none()).map(nar),
        stum_siden: status.frist.filter(|_| status.stum(na)).map(nar),
        rader: status.rader,
        resultat: status.resultat,
        pause: pauset.map(|pause| (pause.hvem.navn.clone(), nar(pause.siden), pause.hvorfor.clone())),
        venter: kilde.hold.as_ref().is_some_and(|hold| hold.avgjorelse.is_none()),
        kan_hente: besok.ut.ma(Gjoremal::Hente) && pauset.is_none() && system.is_none_or(|system| hentes(*system)),
        leveres: (system == Some(&Skolesystem::Pakke)
            && besok.ut.ma(Gjoremal::Levere)
            && besok.ut.ma(Gjoremal::SeListe))
        .then(|| format!("/fil/{}/{}", kilde.tenant, kilde.kilde)),
    }
}

#[derive(Deserialize)]
pub(super) struct Hentet {
    hentes: Option<String>,
}

/// `GET /kommune/kilder`.
pub(super) async fn vis(besok: Besok, Query(Hentet { hentes }): Query<Hentet>) -> Svar {
    if !besok.ut.ma(Gjoremal::SeKilder) {
        return Err(Feilslag::FinnesIkke);
    }
    let na = besok.na();
    let mut kilder: Vec<_> = kildene(&besok).into_values().collect();
    // The silent ones first, then what waits for somebody.
    kilder.sort_by_key(|kilde| (!kilde.status.stum(na), kilde.hold.is_none()));
    let side = Kildeside {
        ramme: besok.ramme(besok.sprak.t("kommune-kilder-tittel")).levende("/levende"),
        kilder: kilder.iter().map(|kilde| kildevist(&besok, kilde)).collect(),
        hentes: hentes.map(|na| na == "1"),
    };
    svar(&side)
}

/// The names in an address.
pub(super) fn navnene(tenant: &str, kilde: &str) -> Result<(Tenant, Kildenavn), Feilslag> {
    match (tenant.parse(), kilde.parse()) {
        (Ok(tenant), Ok(kilde)) => Ok((tenant, kilde)),
        _ => Err(Feilslag::FinnesIkke),
    }
}

#[derive(Deserialize)]
pub(super) struct Tomt {}

/// `POST /kommune/kilder/{tenant}/{kilde}/hent`: reads the school system now.
pub(super) async fn hent(Path((tenant, kilde)): Path<(String, String)>, Sendt(besok, Tomt {}): Sendt<Tomt>) -> Svar {
    let (tenant, kilde) = navnene(&tenant, &kilde)?;
    let na = besok.ut.hent(&tenant, &kilde)?;
    Ok(videre(&format!("/kommune/kilder?hentes={}#kilde-{tenant}-{kilde}", u8::from(na))))
}
