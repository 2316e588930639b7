//! `mellomlag verify`: what a receipt proves, in words. Needs no configuration and no network.

mod visning;

use crate::kommandoer::Verifiseringsvalg;
use anyhow::{Context, Result};
use liste::kvittering::{Bevisfeil, Nokkelring};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// More than any receipt or file of keys: one that is larger is not read to its end.
const MAKS: u64 = 1024 * 1024;

/// True when the receipt is genuine.
pub fn kjor(valg: &Verifiseringsvalg) -> Result<bool> {
    let mut ring = Nokkelring::default();
    for sti in &valg.key {
        let fil = String::from_utf8(les(sti)?).with_context(|| format!("{} is not text", sti.display()));
        ring.legg_til(&fil?).with_context(|| format!("{} cannot be used as a key", sti.display()))?;
    }
    let funn = ring.verifiser(&les(&valg.kvittering)?);
    let ut = match (&funn, valg.json) {
        (Ok(kvittering), true) => visning::json(kvittering, valg.vis),
        (Ok(kvittering), false) => visning::tekst(kvittering, valg.vis),
        (Err(feil), true) => serde_json::json!({ "ok": false, "feil": kode(feil), "tekst": forklar(feil) }).to_string(),
        (Err(feil), false) => format!("✗ Kvitteringen beviser ingenting: {}", forklar(feil)),
    };
    println!("{}", ut.trim_end());
    Ok(funn.is_ok())
}

fn les(sti: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let fil = File::open(sti).with_context(|| sti.display().to_string())?;
    fil.take(MAKS).read_to_end(&mut bytes).with_context(|| sti.display().to_string())?;
    Ok(bytes)
}

const fn kode(feil: &Bevisfeil) -> &'static str {
    match feil {
        Bevisfeil::ForStor => "for-stor",
        Bevisfeil::Ukjent => "ukjent",
        Bevisfeil::Versjon(_) => "versjon",
        Bevisfeil::IkkeKanonisk => "ikke-kanonisk",
        Bevisfeil::UkjentNokkel { .. } => "ukjent-nokkel",
        Bevisfeil::Signatur => "signatur",
        Bevisfeil::Elev => "elev",
    }
}

fn forklar(feil: &Bevisfeil) -> String {
    match feil {
        Bevisfeil::ForStor => "filen er større enn noen kvittering.".into(),
        Bevisfeil::Ukjent => {
            "filen er ikke en kvittering fra Mellomlag, eller noe i den mangler, er lagt til eller er ødelagt.".into()
        }
        Bevisfeil::Versjon(nr) => {
            format!("den har versjon {nr}, som dette programmet ikke kjenner. Bruk et nyere program.")
        }
        Bevisfeil::IkkeKanonisk => {
            "den er ikke skrevet slik den ble utstedt. Be om filen på nytt, og åpne den ikke i et redigeringsprogram."
                .into()
        }
        Bevisfeil::UkjentNokkel { kid } => format!(
            "den er signert med en annen nøkkel enn dem du stoler på. Nøkkelen har fingeravtrykket (kid) {kid}; spør utstederen om den er deres."
        ),
        Bevisfeil::Signatur => {
            "signaturen stemmer ikke. Kvitteringen er endret, eller noen andre har laget den.".into()
        }
        Bevisfeil::Elev => {
            "eleven hører ikke til listen. Kvitteringen er endret, eller noen andre har laget den.".into()
        }
    }
}

#[cfg(test)]
mod tests;
