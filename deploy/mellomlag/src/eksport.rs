//! `mellomlag export`: the old file, in an emergency. Off unless the configuration allows it; the ledger knows before the
//! file exists; nobody else may read the file, and none is written over.

use crate::kjor::{les, omgivelse};
use crate::kobling;
use crate::kommandoer::Eksportvalg;
use crate::nokkel::skriv as skriv_fil;
use adapter_vigo::fil::{Filhode, Tegnsett, elev, skriv};
use anyhow::{Result, anyhow, bail};
use elevliste::{Elevliste, Handling};
use liste::Listebilde;
use runtime::{Omgivelse, Sammenheng, Utforfeil};

/// True when the file is written.
pub async fn kjor(valg: Eksportvalg) -> Result<bool> {
    let oppsett = les(&valg.valg.mappe.config)?;
    if !oppsett.hoved.nodeksport.tillatt {
        bail!(
            "files are not allowed here: a list goes to VIGO without one. In an emergency write `tillatt = true` under \
             [nodeksport] in mellomlag.toml, and take it away afterwards"
        );
    }
    let (om, rundt) = (omgivelse(&oppsett).await?, kobling::rundt(&oppsett));
    let antall = eksporter(&om, &rundt, &valg).await;
    om.bus.close().await;
    let (antall, fil) = (antall?, valg.vigo_file.display());
    println!("{antall} elever er skrevet til {fil}. Det står i hovedboken hvem som gjorde det, og hvorfor.");
    println!("Filen har navn og fødselsnumre: last den opp i VIGO, og slett den straks etterpå.");
    println!("Elever som er holdt tilbake, meldt for hånd eller har adressebeskyttelse, er ikke med.");
    Ok(true)
}

/// Writes to the ledger, then to the file.
async fn eksporter(om: &Omgivelse, rundt: &Sammenheng, valg: &Eksportvalg) -> Result<u32> {
    let (sti, hvem) = (&valg.vigo_file, &valg.valg);
    if sti.exists() {
        bail!("{} exists already, and is not overwritten; choose another name", sti.display());
    }
    if !sti.parent().is_none_or(|mappe| mappe.as_os_str().is_empty() || mappe.is_dir()) {
        bail!("the folder of {} does not exist", sti.display());
    }
    let mut sak = runtime::hent(om, &hvem.liste).await?;
    let bilde = rundt.bilde(&sak, om.clock.now())?;
    if hvem.segl.as_ref().is_some_and(|segl| *segl != bilde.segl) {
        bail!("list {} has changed since it was shown: look at it again", hvem.liste);
    }
    let bytes = innhold(om, &sak.liste, &bilde, valg)?;
    let antall = u32::try_from(bilde.sendbare.len())?;
    let handling = Handling::Eksportert { segl: bilde.segl, antall, grunn: valg.grunn.clone() };
    match runtime::utfor(om, rundt, &mut sak, hvem.hvem.aktor(), handling).await {
        Ok(()) => {}
        Err(Utforfeil::Lov(feil)) => return Err(anyhow!("{} ({})", feil.tekst().nb, feil.kode())),
        Err(Utforfeil::Sak(feil)) => return Err(feil.into()),
    }
    skriv_fil(sti, &bytes, 0o600)?;
    Ok(antall)
}

/// The file's bytes: those who would be sent, as they would be sent.
fn innhold(om: &Omgivelse, liste: &Elevliste, bilde: &Listebilde, valg: &Eksportvalg) -> Result<Vec<u8>> {
    if bilde.sendbare.is_empty() {
        bail!("nobody on list {} would be sent: there is nothing to write", liste.nokkel);
    }
    let form = valg.form.filform(Tegnsett::Iso88591, valg.newline);
    let skolenr = &liste.nokkel.skolenr;
    let hode = Filhode {
        versjon: Filhode::VERSJON.to_owned(),
        dato: Some(om.clock.now().to_zoned(elevliste::oslo()).date()),
        melding: "Mellomlag".to_owned(),
        fylke: liste.nokkel.fylke.to_string(),
        skolenr: skolenr.clone(),
        avgiverid: bilde.segl.clone(),
    };
    let elever: Vec<_> = bilde.sendbare.iter().map(|linje| elev(linje, skolenr, form.navn)).collect();
    skriv(&hode, &elever, &form).map_err(|problemer| {
        let alle: Vec<String> = problemer.iter().map(ToString::to_string).collect();
        anyhow!("the file was not written, and nothing stands in the ledger:\n{}", alle.join("\n"))
    })
}

#[cfg(test)]
pub(crate) mod tests;
