//! One cause in quarantine: what has it, what playing it again would come to, and doing so.

use super::ord;
use crate::drift::{Nei, id};
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar, videre};
use askama::Template;
use axum::extract::{Path, Query};
use hendelse::K;
use runtime::drift::{Arsakstall, Driftfeil, Karanteneinfo, Proveskudd};
use serde::Deserialize;

/// More are not listed: they are alike.
const VISES: usize = 200;

#[derive(Template)]
#[template(path = "drift/arsak.html")]
struct Arsaksside {
    ramme: Ramme,
    adresse: String,
    hva: String,
    tenant: String,
    felt: String,
    kode: String,
    antall: u64,
    eldste: String,
    nyeste: String,
    /// How many have been asked for and not been played yet.
    bestilt: usize,
    /// How many were asked for just now.
    nettopp: Option<u64>,
    prove: Option<Prove>,
    poster: Vec<Post>,
    flere: usize,
}

/// What a dry run came to.
struct Prove {
    lesbare: u64,
    uleselige: u64,
    ukjent: u64,
    /// The one that is to be played, where it is not all.
    en: Option<String>,
}

struct Post {
    k: String,
    nar: String,
    storrelse: String,
    opphav: Option<String>,
    bestilt: bool,
}

impl Arsaksside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

#[derive(Deserialize)]
pub(super) struct Valg {
    #[serde(default)]
    bestilt: Option<u64>,
}

/// `GET /drift/karantene/{arsak}`.
pub(super) async fn vis(besok: Besok, Path(arsak): Path<String>, Query(valg): Query<Valg>) -> Svar {
    match besok.driver()?.arsak(&arsak).await? {
        Some(tall) => side(&besok, &tall, valg.bestilt, None).await,
        // All of it has gone well since it was asked for.
        None if valg.bestilt.is_some() => Ok(videre("/drift/karantene?lost=1")),
        None => Err(Feilslag::FinnesIkke),
    }
}

async fn side(besok: &Besok, tall: &Arsakstall, nettopp: Option<u64>, prove: Option<Prove>) -> Svar {
    let arsak = &tall.arsak;
    let poster = besok.driver()?.poster(arsak).await?;
    let (s, na) = (besok.sprak, besok.na());
    let adresse = format!("/drift/karantene/{}", id(arsak));
    let mut ramme = besok.ramme(s.t("drift-arsak-tittel"));
    if prove.is_none() {
        ramme = ramme.levende("/levende");
    }
    // What was asked for with a form has no address of its own to come back to.
    ramme.sti = nettopp.map_or_else(|| adresse.clone(), |antall| format!("{adresse}?bestilt={antall}"));
    let post = |info: &Karanteneinfo| Post {
        k: info.k.to_string(),
        nar: s.nar(info.nar, na).to_string(),
        storrelse: storrelse(info.bytes),
        opphav: info.opphav.clone(),
        bestilt: info.bestilt,
    };
    let side = Arsaksside {
        ramme,
        adresse,
        hva: ord::trinn(s, &arsak.trinn),
        tenant: arsak.tenant.to_string(),
        felt: arsak.felt.clone(),
        kode: arsak.kode.clone(),
        antall: tall.antall,
        eldste: s.nar(tall.eldste, na).to_string(),
        nyeste: s.nar(tall.nyeste, na).to_string(),
        bestilt: poster.iter().filter(|info| info.bestilt).count(),
        nettopp,
        prove,
        flere: poster.len().saturating_sub(VISES),
        poster: poster.iter().take(VISES).map(post).collect(),
    };
    svar(&side)
}

/// «340 B», «12 kB»
fn storrelse(bytes: usize) -> String {
    if bytes < 1_000 { format!("{bytes} B") } else { format!("{} kB", bytes.div_ceil(1_000)) }
}

#[derive(Deserialize)]
pub(super) struct Hvilke {
    /// One of them; all where it is empty.
    #[serde(default)]
    k: String,
}

impl Hvilke {
    fn en(&self) -> Result<Option<K>, Feilslag> {
        if self.k.is_empty() { Ok(None) } else { self.k.parse().map(Some).map_err(|_| Feilslag::Skjema) }
    }
}

/// `POST /drift/karantene/{arsak}/prov`: what it would come to. Changes nothing.
pub(super) async fn prov(Path(arsak): Path<String>, Sendt(besok, hvilke): Sendt<Hvilke>) -> Svar {
    let driver = besok.driver()?;
    let en = hvilke.en()?;
    let tall = driver.arsak(&arsak).await?.ok_or(Feilslag::Samtidig)?;
    let Proveskudd { lesbare, uleselige, ukjent } = driver.prov(&tall.arsak).await?;
    let prove = Prove { lesbare, uleselige, ukjent, en: en.map(|k| k.to_string()) };
    side(&besok, &tall, None, Some(prove)).await
}

/// `POST /drift/karantene/{arsak}/spill`: once more.
pub(super) async fn spill(Path(arsak): Path<String>, Sendt(besok, hvilke): Sendt<Hvilke>) -> Svar {
    let driver = besok.driver()?;
    let en = hvilke.en()?;
    // Sent twice: what has gone well is not there any more.
    let Some(tall) = driver.arsak(&arsak).await? else { return Ok(videre("/drift/karantene?lost=1")) };
    match driver.spill(&tall.arsak, en).await {
        Ok(antall) => Ok(videre(&format!("/drift/karantene/{arsak}?bestilt={antall}"))),
        Err(Nei::Styring(Driftfeil::Ingen)) => Ok(videre("/drift/karantene?lost=1")),
        Err(nei) => Err(nei.into()),
    }
}
