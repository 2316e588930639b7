//! `mellomlag dry-run`: what VIGO would get and answer if lists were sent now. Nothing is written or sent.

use crate::kjor::{les, omgivelse};
use crate::kobling;
use crate::kommandoer::Proveskuddvalg;
use crate::list::vis_alt;
use anyhow::{Context, Result};
use flow::Sink;
use kodeverk::Fylkesnummer;
use std::collections::BTreeMap;

/// Tries the list, or every list.
pub async fn kjor(valg: Proveskuddvalg) -> Result<bool> {
    let oppsett = les(&valg.mappe.config)?;
    let om = omgivelse(&oppsett).await?;
    let rundt = kobling::rundt(&oppsett);
    let tokens = kobling::tokens(&oppsett, &om.clock)?;
    let mut sinker: BTreeMap<Fylkesnummer, Box<dyn Sink>> = BTreeMap::new();
    for (fil, mottaker) in &oppsett.mottakere {
        for fylke in &mottaker.fylker {
            let sink = mottaker.build_sink(tokens[fil].clone()).with_context(|| fil.clone())?;
            sinker.insert(*fylke, Box::new(sink));
        }
    }
    let lister = match &valg.liste {
        Some(liste) => vec![liste.clone()],
        None => runtime::hent_alle(&om).await?.into_keys().collect(),
    };
    let mut ut = Vec::new();
    for nokkel in &lister {
        match sinker.get(&nokkel.fylke) {
            Some(sink) => ut.push(runtime::proveskudd(&om, &rundt, &**sink, nokkel).await?.0),
            None => eprintln!("{nokkel}: no receiver takes the lists of county {}", nokkel.fylke),
        }
    }
    om.bus.close().await;
    if valg.json {
        vis_alt(&format!("{}\n", serde_json::to_string_pretty(&ut)?))?;
    } else {
        let tekster: Vec<String> = ut.iter().map(liste::forklaring::proveskuddtekst).collect();
        vis_alt(&tekster.join("\n"))?;
    }
    Ok(ut.len() == lister.len())
}
