//! `mellomlag compare`: the file that the school system makes for VIGO beside the list, for a school that is to trust the
//! change-over. Shows line numbers and ids, neither names nor numbers.

mod visning;

use crate::kjor::{les, omgivelse};
use crate::kobling;
use crate::kommandoer::{Linjeskiftvalg, Sammenligningsvalg};
use crate::list::vis_alt;
use adapter_vigo::fil::{Lest, Sammenligning, Tegnsett, Ventet, les as les_fil, sammenlign};
use anyhow::{Context, Result};
use elevliste::{Elevlinje, Elevliste};
use liste::{Listebilde, Plassering};
use std::io::Read as _;
use std::path::Path;

/// A little more than the largest file that is read: the reader says that it is too large.
const MAKS: u64 = 16 * 1024 * 1024 + 1;

/// A file and a list, side by side.
struct Funn<'a> {
    liste: &'a Elevliste,
    tegnsett: Tegnsett,
    lest: Lest,
    sammenligning: Sammenligning,
}

impl Funn<'_> {
    fn er_like(&self) -> bool {
        let s = &self.sammenligning;
        self.lest.er_ren() && s.like == s.i_fil && s.like == s.i_liste
    }
}

/// True when file and list are the same.
pub async fn kjor(valg: Sammenligningsvalg) -> Result<bool> {
    let fil = les_bytes(&valg.vigo_file)?;
    let oppsett = les(&valg.mappe.config)?;
    let (om, rundt) = (omgivelse(&oppsett).await?, kobling::rundt(&oppsett));
    let sak = runtime::hent(&om, &valg.liste).await;
    let bilde = sak.as_ref().ok().map(|sak| rundt.bilde(sak, om.clock.now()));
    om.bus.close().await;
    let (sak, bilde) = (sak?, bilde.context("a list has a picture")??);
    let funn = finn(&fil, &sak.liste, &bilde, &valg);
    vis_alt(&if valg.json { visning::json(&funn) } else { visning::tekst(&funn) })?;
    Ok(funn.er_like())
}

fn les_bytes(sti: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let fil = std::fs::File::open(sti).with_context(|| sti.display().to_string())?;
    fil.take(MAKS).read_to_end(&mut bytes).with_context(|| sti.display().to_string())?;
    Ok(bytes)
}

fn finn<'a>(fil: &[u8], liste: &'a Elevliste, bilde: &Listebilde, valg: &Sammenligningsvalg) -> Funn<'a> {
    let form = valg.form.filform(Tegnsett::gjett(fil), Linjeskiftvalg::Lf);
    let fylke = liste.nokkel.fylke.to_string();
    let ventet = Ventet { fylke: Some(&fylke), skolenr: Some(&liste.nokkel.skolenr) };
    let lest = les_fil(fil, &form, &ventet);
    let holdt = |plass: &Plassering| matches!(plass, Plassering::Holdt { .. } | Plassering::Manuelt { .. });
    let holdt = bilde.plasseringer.iter().filter(|p| holdt(&p.plassering)).filter_map(|p| liste.linjer.get(p.linje));
    let holdt: Vec<Elevlinje> = holdt.cloned().collect();
    let sammenligning = sammenlign(&lest.elever, &bilde.sendbare, &holdt, form.navn);
    Funn { liste, tegnsett: form.tegnsett, lest, sammenligning }
}

#[cfg(test)]
mod tests;
