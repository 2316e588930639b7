//! `mellomlag explain`: one pupil, from what the source said to the receipt.

use crate::kjor::{les, omgivelse};
use crate::kobling;
use crate::kommandoer::Forklarvalg;
use crate::list::vis_alt;
use anyhow::{Context, Result};
use runtime::Innsyn;

/// Explains the pupil.
pub async fn kjor(valg: Forklarvalg) -> Result<bool> {
    let oppsett = les(&valg.mappe.config)?;
    let om = omgivelse(&oppsett).await?;
    let innsyn = valg.av.as_deref().filter(|_| valg.vis).map_or(Innsyn::Skjult, Innsyn::Vist);
    let forklaring = runtime::forklar(&om, &kobling::rundt(&oppsett), valg.elev, innsyn).await?;
    om.bus.close().await;
    let forklaring =
        forklaring.context("no pupil has this id; `mellomlag list show LIST` prints the ids of those on a list")?;
    if valg.json {
        vis_alt(&format!("{}\n", serde_json::to_string_pretty(&forklaring)?))?;
    } else {
        let regel = |id: &str| mapping::kartregel(id).map(|regel| regel.nb);
        vis_alt(&liste::forklaring::tekst(&forklaring, regel))?;
    }
    Ok(true)
}
