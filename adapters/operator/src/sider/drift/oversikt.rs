//! Every connection at a glance.

use super::ord::{self, Pausevist, Tilstand};
use crate::drift::{Husket, Rekkevidde};
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use axum::Extension;
use hendelse::{Kildenavn, Tenant};
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use runtime::drift::{Etterslep, Hva, Pause};
use runtime::utsikt::Kildebilde;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A source in a row.
pub(super) struct Kilderad {
    pub(super) adresse: String,
    pub(super) tenant: String,
    pub(super) navn: String,
    pub(super) tilstand: Tilstand,
    pub(super) sist: Option<String>,
    pub(super) neste: Option<String>,
    pub(super) karantene: u64,
    pub(super) pause: Option<Pausevist>,
}

/// A receiver in a row.
pub(super) struct Mottakerrad {
    pub(super) adresse: String,
    pub(super) navn: String,
    pub(super) venter: u64,
    pub(super) eldste: Option<String>,
    pub(super) pause: Option<Pausevist>,
}

impl Mottakerrad {
    pub(super) fn tilstand(&self) -> Tilstand {
        match (&self.pause, self.venter) {
            (Some(_), _) => ("drift-tilstand-pauset", "neutral"),
            (None, 0) => ("drift-mottaker-ingen-venter", "success"),
            (None, _) => ("drift-mottaker-venter", "info"),
        }
    }
}

/// How far a step is behind.
pub(super) struct Trinnrad {
    pub(super) navn: String,
    pub(super) tenant: String,
    pub(super) bak: u64,
}

#[derive(Template)]
#[template(path = "drift/oversikt.html")]
struct Oversikt {
    ramme: Ramme,
    ialt: usize,
    virker: usize,
    tilsyn: usize,
    pauset: usize,
    kilder: Vec<Kilderad>,
    trinn: Vec<Trinnrad>,
    mottakere: Vec<Mottakerrad>,
}

impl Oversikt {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// Everything within one person's reach, as it stands.
pub(super) struct Stand {
    pub(super) kilder: Vec<Kilderad>,
    pub(super) trinn: Vec<Trinnrad>,
    pub(super) mottakere: Vec<Mottakerrad>,
}

/// The pause of a source: its own, or all of the tenant's.
pub(super) fn kildens<'a>(pauser: &'a [Pause], tenant: &Tenant, kilde: &Kildenavn) -> Option<&'a Pause> {
    let [alt, en] = [Hva::Tenant(tenant.clone()), Hva::Kilde(tenant.clone(), kilde.clone())];
    pauser.iter().find(|p| p.hva == alt).or_else(|| pauser.iter().find(|p| p.hva == en))
}

impl Stand {
    /// Looks at all of it.
    pub(super) async fn av(besok: &Besok, husket: &Husket) -> Result<Self, Feilslag> {
        let driver = besok.driver()?;
        let rekker = Rekkevidde::av(&besok.ut);
        let pauser = driver.pauser(&rekker).await?;
        let etterslep = driver.etterslep(husket).await?;
        let (s, na) = (besok.sprak, besok.na());
        let vist = |pause: &Pause| Pausevist::av(s, pause, na, rekker.styrer(&pause.hva), &BTreeMap::new());
        let mut kilder: Vec<Kilderad> = besok
            .ut
            .kilder()
            .iter()
            .map(|kilde| {
                let pause = kildens(&pauser, &kilde.tenant, &kilde.kilde);
                kilderad(besok, kilde, &etterslep, pause.map(vist), na)
            })
            .collect();
        // What needs somebody stands first.
        kilder.sort_by_key(|rad| (rang(rad.tilstand), rad.karantene == 0, rad.tenant.clone(), rad.navn.clone()));
        let trinn = etterslep.trinn.iter().filter(|t| besok.ut.adgang().ser_tenant(&t.tenant)).map(|t| Trinnrad {
            navn: ord::trinn(s, t.trinn),
            tenant: t.tenant.to_string(),
            bak: t.bak,
        });
        let mottaker = |fylke: Fylkesnummer| {
            let stand = etterslep.mottakere.iter().find(|m| m.fylke == fylke);
            Mottakerrad {
                adresse: format!("/drift/mottaker/{fylke}"),
                navn: ord::fylke(fylke),
                venter: stand.map_or(0, |m| m.ventende),
                eldste: stand.and_then(|m| m.eldste).map(|nar| s.nar(nar, na).to_string()),
                pause: pauser.iter().find(|p| p.hva == Hva::Mottaker(fylke)).map(vist),
            }
        };
        let mut fylker = rekker.fylker();
        fylker.extend(etterslep.mottakere.iter().map(|m| m.fylke).filter(|fylke| rekker.ser_fylke(*fylke)));
        Ok(Self { kilder, trinn: trinn.collect(), mottakere: fylker.into_iter().map(mottaker).collect() })
    }
}

fn rang((_, farge): Tilstand) -> u8 {
    match farge {
        "danger" => 0,
        "warning" => 1,
        "success" => 3,
        _ => 2,
    }
}

fn kilderad(
    besok: &Besok,
    kilde: &Arc<Kildebilde>,
    etterslep: &Etterslep,
    pause: Option<Pausevist>,
    na: Timestamp,
) -> Kilderad {
    let Kildebilde { tenant, kilde: navn, status, .. } = &**kilde;
    let stand = etterslep.kilder.iter().find(|e| e.tenant == *tenant && e.kilde == *navn);
    let nar = |tid: Option<Timestamp>| tid.map(|tid| besok.sprak.nar(tid, na).to_string());
    Kilderad {
        adresse: format!("/drift/kilde/{tenant}/{navn}"),
        tenant: tenant.to_string(),
        navn: navn.to_string(),
        tilstand: ord::kilde(status, pause.is_some(), na),
        sist: nar(status.sist_hel),
        neste: nar(status.ventet.filter(|_| pause.is_none())),
        karantene: stand.map_or(status.resultat.avvist, |stand| stand.karantene),
        pause,
    }
}

/// `GET /drift`.
pub(super) async fn vis(besok: Besok, Extension(husket): Extension<Husket>) -> Svar {
    let Stand { kilder, trinn, mottakere } = Stand::av(&besok, &husket).await?;
    let teller = |f: fn(&Kilderad) -> bool| kilder.iter().filter(|rad| f(rad)).count();
    let side = Oversikt {
        ramme: besok.ramme(besok.sprak.t("drift-tittel")).levende("/levende"),
        ialt: kilder.len(),
        virker: teller(|rad| rad.pause.is_none() && rang(rad.tilstand) > 1),
        tilsyn: teller(|rad| rang(rad.tilstand) < 2),
        pauset: teller(|rad| rad.pause.is_some()),
        kilder,
        trinn,
        mottakere,
    };
    svar(&side)
}
