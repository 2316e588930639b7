//! What people do with a list: read, judged, and written only if nothing has changed in the meantime.

use super::{apne, vis_alt};
use crate::kommandoer::{Elevvalg, Handlingsvalg, Listehandling, Mappe, Senkommando};
use anyhow::{Context, Result, anyhow, bail};
use elevliste::{Avklaring, Endringsslag, Ettermelding, Ettermeldingstilstand, Handling, Listenokkel};
use identitet::Skjermet;
use liste::Listebilde;
use runtime::{Listesak, Omgivelse, Sammenheng, Utforfeil};
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;
use uuid::Uuid;

/// A file with one number is no longer than this.
const LENGSTE: u64 = 64;

/// Does what was asked.
pub(super) async fn kjor(kommando: Listehandling) -> Result<bool> {
    use Listehandling as L;
    match kommando {
        L::Approve(valg) => gjor(valg, |bilde| Ok(Handling::Godkjent { segl: bilde.segl.clone() })).await,
        L::Recall { valg, grunn } => gjor(valg, |_| Ok(Handling::Tilbakekalt { grunn })).await,
        L::Hold(Elevvalg { valg, elev, grunn }) => gjor(valg, |_| Ok(Handling::HoldtTilbake { elev, grunn })).await,
        L::Route(Elevvalg { valg, elev, grunn }) => gjor(valg, |_| Ok(Handling::RutetManuelt { elev, grunn })).await,
        L::Release { valg, elev } => gjor(valg, |_| Ok(Handling::Frigitt { elev })).await,
        L::Fictitious { valg, elev, nummer_fil, kilde, .. } => {
            let nummer = nummer_fil.as_deref().map(les_nummer).transpose()?;
            gjor(valg, |_| Ok(Handling::FiktivtNummer { elev, nummer, kilde })).await
        }
        L::Resolve { valg, mottatt, kvittering, grunn, .. } => {
            gjor(valg, |bilde| Ok(avklart(bilde, mottatt, kvittering, grunn))).await
        }
        L::Late { kommando: Senkommando::Show { mappe, liste, json } } => vis(&mappe, &liste, json).await,
        L::Late { kommando: Senkommando::Report { valg, id, grunn } } => {
            gjor(valg, |bilde| {
                let Ettermelding { elev, slag, .. } = *finn(bilde, id)?;
                Ok(Handling::Ettermeldt { id, elev, slag, grunn })
            })
            .await
        }
        L::Late { kommando: Senkommando::Settle { valg, id, godtatt, grunn, .. } } => {
            gjor(valg, |_| Ok(Handling::EttermeldingBehandlet { id, godtatt, grunn })).await
        }
    }
}

/// Reads the list, lets `handling` see it, and writes the act if it may be done.
async fn gjor(valg: Handlingsvalg, handling: impl FnOnce(&Listebilde) -> Result<Handling>) -> Result<bool> {
    let (om, rundt) = apne(&valg.mappe.config).await?;
    let resultat = gjor_i(&om, &rundt, &valg, handling).await;
    om.bus.close().await;
    println!("{}: written to the ledger as entry {}", valg.liste, resultat?.poster.len());
    Ok(true)
}

async fn gjor_i(
    om: &Omgivelse,
    rundt: &Sammenheng,
    valg: &Handlingsvalg,
    handling: impl FnOnce(&Listebilde) -> Result<Handling>,
) -> Result<Listesak> {
    let mut sak = runtime::hent(om, &valg.liste).await?;
    let bilde = rundt.bilde(&sak, om.clock.now())?;
    if valg.segl.as_ref().is_some_and(|segl| *segl != bilde.segl) {
        bail!("list {} has changed since it was shown: look at it again", valg.liste);
    }
    let handling = handling(&bilde)?;
    match runtime::utfor(om, rundt, &mut sak, valg.hvem.aktor(), handling).await {
        Ok(()) => Ok(sak),
        Err(Utforfeil::Lov(feil)) => Err(anyhow!("{} ({})", feil.tekst().nb, feil.kode())),
        Err(Utforfeil::Sak(feil)) => Err(feil.into()),
    }
}

fn avklart(bilde: &Listebilde, mottatt: bool, kvittering: Option<String>, grunn: String) -> Handling {
    let segl = bilde.uavklarte.first().cloned().unwrap_or_default();
    Handling::Avklart { segl, mottatt, hvordan: Avklaring::Person, grunn, kvittering, etag: None, bevis: None }
}

fn finn(bilde: &Listebilde, id: Uuid) -> Result<&Ettermelding> {
    let funnet = bilde.ettermeldinger.iter().find(|melding| melding.id == id);
    funnet.context("no change with this id is open; `mellomlag list late show` prints the ids")
}

/// One number, from a file or from standard input: never from the command line, and never printed.
fn les_nummer(fil: &Path) -> Result<Skjermet<String>> {
    let mut tekst = String::new();
    if fil == Path::new("-") {
        std::io::stdin().lock().take(LENGSTE).read_to_string(&mut tekst).context("standard input")?;
    } else {
        let apnet = std::fs::File::open(fil).with_context(|| format!("{} cannot be read", fil.display()))?;
        apnet.take(LENGSTE).read_to_string(&mut tekst).with_context(|| format!("{} cannot be read", fil.display()))?;
    }
    Ok(Skjermet::new(tekst.trim().to_owned()))
}

async fn vis(mappe: &Mappe, nokkel: &Listenokkel, json: bool) -> Result<bool> {
    let (om, rundt) = apne(&mappe.config).await?;
    let sak = runtime::hent(&om, nokkel).await;
    let bilde = sak.and_then(|sak| rundt.bilde(&sak, om.clock.now()));
    om.bus.close().await;
    let bilde = bilde?;
    if json {
        let en = |e: &Ettermelding| serde_json::json!({"id": e.id, "elev": e.elev, "slag": e.slag.as_str(), "tilstand": e.tilstand.as_str()});
        let alle: Vec<_> = bilde.ettermeldinger.iter().map(en).collect();
        vis_alt(&format!("{}\n", serde_json::json!({"liste": nokkel.to_string(), "ettermeldinger": alle})))?;
    } else {
        vis_alt(&som_tekst(&bilde)?)?;
    }
    Ok(true)
}

fn som_tekst(bilde: &Listebilde) -> Result<String> {
    let mut ut = String::new();
    if bilde.ettermeldinger.is_empty() {
        writeln!(ut, "{}: ingen endringer etter mottak", bilde.nokkel)?;
    }
    for e in &bilde.ettermeldinger {
        let hva = match e.slag {
            Endringsslag::Ny => "kom til",
            Endringsslag::Endret => "endret",
            Endringsslag::Borte => "falt fra",
        };
        let hvor = match e.tilstand {
            Ettermeldingstilstand::Apen => "ikke meldt",
            Ettermeldingstilstand::Meldt => "meldt, venter på svar",
            Ettermeldingstilstand::Godtatt => "godtatt av inntakskontoret",
            Ettermeldingstilstand::Avvist => "avvist av inntakskontoret",
        };
        writeln!(ut, "{}  elev {} {hva}: {hvor}", e.id, e.elev)?;
    }
    Ok(ut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_from_a_file_and_not_printed() {
        let mappe = tempfile::tempdir().unwrap();
        let fil = mappe.path().join("nummer");
        std::fs::write(&fil, "  55820995197\r\n").unwrap();
        let nummer = les_nummer(&fil).unwrap();
        assert_eq!(nummer.vis(), "55820995197");
        assert_eq!(format!("{nummer:?}").matches("5582").count(), 0);
        assert!(les_nummer(&mappe.path().join("mangler")).unwrap_err().to_string().contains("cannot be read"));
    }
}
