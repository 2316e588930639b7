//! One source: how it is doing, where it stands, and the last attempts to read it.

use super::forsok::Forsok;
use super::ord::{self, Pausevist, Tilstand};
use super::oversikt::kildens;
use crate::drift::{Husket, Rekkevidde, plass};
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use runtime::drift::Hva;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "drift/kilde.html")]
struct Kildeside {
    ramme: Ramme,
    navn: String,
    tenant: String,
    tilstand: Tilstand,
    kode: String,
    /// What is known of it: key of the name, and the value.
    fakta: Vec<(&'static str, String)>,
    /// Tolerances that the last whole reading used.
    toleranser: Vec<(String, u64)>,
    pause: Option<Pausevist>,
    /// What a form pauses.
    hva: String,
    forsok: Vec<Forsok>,
}

impl Kildeside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /drift/kilde/{tenant}/{kilde}`.
pub(super) async fn vis(
    besok: Besok,
    Path((tenant, kilde)): Path<(String, String)>,
    Extension(husket): Extension<Husket>,
) -> Svar {
    let driver = besok.driver()?;
    let (tenant, kilde) = driver.kilde(&tenant, &kilde).await?;
    let kjent = besok.ut.kilder().into_iter().find(|k| k.tenant == tenant && k.kilde == kilde);
    let status = kjent.ok_or(Feilslag::FinnesIkke)?.status.clone();
    let rekker = Rekkevidde::av(&besok.ut);
    let pauser = driver.pauser(&rekker).await?;
    let etterslep = driver.etterslep(&husket).await?;
    let stand = etterslep.kilder.iter().find(|e| e.tenant == tenant && e.kilde == kilde);
    let (s, na) = (besok.sprak, besok.na());
    let pause = kildens(&pauser, &tenant, &kilde);
    let nar = |tid: Option<jiff::Timestamp>| tid.map(|tid| s.nar(tid, na).to_string());
    let fakta = [
        ("drift-fakta-hel", nar(status.sist_hel)),
        ("drift-fakta-forsok", nar(status.sist_forsok)),
        ("drift-fakta-endring", nar(status.sist_endring)),
        ("drift-fakta-neste", nar(status.ventet.filter(|_| pause.is_none()))),
        ("drift-fakta-frist", nar(status.frist.filter(|_| pause.is_none()))),
        ("drift-fakta-rader", (status.rader > 0).then(|| status.rader.to_string())),
        ("drift-fakta-snapshot", stand.and_then(|e| e.snapshot).map(|nr| nr.to_string())),
        ("drift-fakta-posisjon", stand.and_then(|e| plass(e.posisjon.as_deref()?))),
        ("drift-fakta-merke", nar(status.merke)),
        ("drift-fakta-karantene", stand.map(|e| e.karantene.to_string())),
    ];
    let forsok = driver.forsok_kilde(&tenant, &kilde).await?;
    let side = Kildeside {
        ramme: besok.ramme(s.t("drift-kilde-tittel").s("navn", &kilde)).levende("/levende"),
        tilstand: ord::kilde(&status, pause.is_some(), na),
        kode: status.kode.clone(),
        fakta: fakta.into_iter().filter_map(|(navn, verdi)| Some((navn, verdi?))).collect(),
        toleranser: status.toleranser.iter().map(|(kode, n)| (kode.clone(), *n)).collect(),
        pause: pause.map(|p| Pausevist::av(s, p, na, rekker.styrer(&p.hva), &BTreeMap::new())),
        forsok: forsok.iter().map(|forsok| Forsok::av_kilde(s, forsok, na)).collect(),
        navn: kilde.to_string(),
        tenant: tenant.to_string(),
        hva: Hva::Kilde(tenant, kilde).to_string(),
    };
    svar(&side)
}
