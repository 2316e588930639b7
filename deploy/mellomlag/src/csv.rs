//! `mellomlag csv`: packages looked at before they are handed in.

use crate::kjor::les;
use crate::kommandoer::Csvkommando;
use adapter_csv::BuildError;
use adapter_csv::rapport::{Niva, Rapport};
use anyhow::{Context, Result};
use std::fmt::Write as _;

/// Does what was asked.
pub async fn kjor(kommando: Csvkommando) -> Result<bool> {
    let Csvkommando::Check { mappe, tenant, kilde, fil, json } = kommando;
    let oppsett = les(&mappe.config)?;
    let config = oppsett.pakker.into_iter().find(|(_, c)| c.tenant == tenant && c.navn == kilde);
    let (_, config) = config.with_context(|| format!("no csv-*.toml has tenant = {tenant:?} and navn = {kilde:?}"))?;
    let bytes = tokio::fs::read(&fil).await.with_context(|| format!("{} cannot be read", fil.display()))?;
    match config.build(bytes.into()) {
        Ok(kilde) => {
            let rapport = kilde.rapport();
            let ut = if json { serde_json::to_string(rapport)? + "\n" } else { tekst(rapport)? };
            print!("{ut}");
            Ok(!rapport.har_feil())
        }
        Err(BuildError::Pakke(feil)) => {
            let f = feil.forklaring();
            if json {
                println!("{}", serde_json::to_string(&f)?);
            } else {
                println!("✗ {} {}", f.tekst_nb, f.hva_gjore_nb);
            }
            Ok(false)
        }
        Err(feil) => Err(feil.into()),
    }
}

fn tekst(rapport: &Rapport) -> Result<String> {
    let mut ut = String::new();
    writeln!(ut, "{:<24} {:>8} {:>8} {:>8} {:>8}", "Fil", "Rader", "Brukes", "Utenfor", "Avvist")?;
    for f in &rapport.filer {
        writeln!(ut, "{:<24} {:>8} {:>8} {:>8} {:>8}", f.fil, f.rader, f.beholdt, f.utenfor, f.avvist)?;
    }
    for l in &rapport.linjer {
        let merke = if l.niva == Niva::Feil { "✗" } else { "!" };
        let rad = l.rad.map(|rad| format!(" rad {rad}")).unwrap_or_default();
        let kolonne = l.kolonne.map(|k| format!(" {k}")).unwrap_or_default();
        writeln!(ut, "{merke} {}{rad}{kolonne}: {} {}", l.fil, l.tekst_nb, l.hva_gjore_nb)?;
    }
    if rapport.utelatt > 0 {
        writeln!(ut, "… og {} merknader til", rapport.utelatt)?;
    }
    Ok(ut)
}
