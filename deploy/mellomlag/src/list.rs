//! `mellomlag list`: lists for people, and what people do with them.

mod handling;
mod visning;

use crate::kjor::{les, omgivelse};
use crate::kommandoer::Listekommando;
use crate::{kobling, tabell};
use anyhow::{Context, Result};
use elevliste::Listenokkel;
use jiff::Timestamp;
use runtime::{Omgivelse, Sammenheng};
use std::io::Write as _;
use std::path::Path;

/// Does what was asked.
pub async fn kjor(kommando: Listekommando) -> Result<bool> {
    match kommando {
        Listekommando::Show { mappe, liste: None, json, .. } => alle(&mappe.config, json).await,
        Listekommando::Show { mappe, liste: Some(liste), at, json } => en(&mappe.config, &liste, at, json).await,
        Listekommando::Handling(handling) => handling::kjor(handling).await,
    }
}

async fn apne(mappe: &Path) -> Result<(Omgivelse, Sammenheng)> {
    let oppsett = les(mappe)?;
    let om = omgivelse(&oppsett).await?;
    Ok((om, kobling::rundt(&oppsett)))
}

async fn alle(mappe: &Path, json: bool) -> Result<bool> {
    let (om, rundt) = apne(mappe).await?;
    let avstemming = runtime::avstem(&om, &rundt).await?;
    if json {
        vis_alt(&format!("{}\n", serde_json::to_string(&tabell::Json::ny(&avstemming, 0.0))?))?;
    } else {
        let saker = runtime::hent_alle(&om).await?;
        let navn = saker.values().map(|s| (s.liste.skole.skolenr.clone(), s.liste.skole.navn.clone())).collect();
        vis_alt(&tabell::tekst(&avstemming, &navn))?;
    }
    om.bus.close().await;
    Ok(avstemming.gar_opp())
}

/// One list, now or as it was: where it stands and what is open, without names and numbers.
async fn en(mappe: &Path, nokkel: &Listenokkel, at: Option<Timestamp>, json: bool) -> Result<bool> {
    let (om, rundt) = apne(mappe).await?;
    let sak = match at {
        Some(at) => {
            let da = runtime::hent_ved(&om, nokkel, at).await?;
            da.with_context(|| {
                format!("there was no list {nokkel} at {at}; the first version is newer, or it was gone")
            })?
        }
        None => runtime::hent(&om, nokkel).await?,
    };
    let bilde = rundt.bilde(&sak, at.unwrap_or_else(|| om.clock.now()))?;
    om.bus.close().await;
    if json {
        vis_alt(&format!("{}\n", visning::json(&sak.liste, &bilde)))?;
    } else {
        vis_alt(&visning::tekst(&sak.liste, &bilde)?)?;
    }
    Ok(true)
}

/// Prints; a reader that has seen enough, such as `head`, is no error.
pub fn vis_alt(tekst: &str) -> Result<()> {
    match std::io::stdout().write_all(tekst.as_bytes()) {
        Err(feil) if feil.kind() != std::io::ErrorKind::BrokenPipe => Err(feil).context("standard output"),
        _ => Ok(()),
    }
}
