//! Handing out receipts: the list's as it was issued, a pupil's made from what was sealed.

use crate::hovedbok::{Listesak, SakFeil};
use crate::trinn::Omgivelse;
use crate::{Sammenheng, revisjon, tidsreise};
use elevliste::{Handling, Linjeavtrykk};
use liste::kvittering::{Elevbevisfeil, for_elev};
use uuid::Uuid;

/// Why there is no receipt.
#[derive(Debug, thiserror::Error)]
pub enum Kvitteringsfeil {
    /// Nothing was accepted while receipts were signed.
    #[error("no receipt has been issued for this list: it is not accepted, or [signering] was not set up then")]
    Ingen,
    /// None of the receipts is for the pupil.
    #[error(transparent)]
    Elev(#[from] Elevbevisfeil),
    /// The list could not be read, or the audit trail not written.
    #[error(transparent)]
    Sak(#[from] SakFeil),
}

/// The receipts of a list, each with its seal, the newest first.
fn utstedte(sak: &Listesak) -> impl Iterator<Item = (&str, &str)> {
    sak.poster.iter().rev().filter_map(|post| match &post.handling {
        Handling::Svar { segl, bevis: Some(bevis), .. } | Handling::Avklart { segl, bevis: Some(bevis), .. } => {
            Some((segl.as_str(), bevis.as_str()))
        }
        _ => None,
    })
}

/// The newest receipt of a list.
pub fn listekvittering(sak: &Listesak) -> Result<&str, Kvitteringsfeil> {
    utstedte(sak).next().map(|(_, bevis)| bevis).ok_or(Kvitteringsfeil::Ingen)
}

/// The newest receipt of a pupil. Who asks is written to the audit trail before it is handed out.
///
/// A protected pupil is answered for like one who is not on the list.
pub async fn elevkvittering(
    om: &Omgivelse,
    rundt: &Sammenheng,
    sak: &Listesak,
    elev: Uuid,
    hvem: &str,
) -> Result<String, Kvitteringsfeil> {
    let fil = finn_elevkvittering(om, rundt, sak, elev).await?;
    let tenant = sak.liste.tenant.parse().map_err(|_| Elevbevisfeil::IkkePaListen)?;
    revisjon::elev_vist(om, &tenant, elev, hvem).await.map_err(SakFeil::from)?;
    Ok(fil)
}

/// The same, for who has yet to see to REVISJON.
pub(crate) async fn finn_elevkvittering(
    om: &Omgivelse,
    rundt: &Sammenheng,
    sak: &Listesak,
    elev: Uuid,
) -> Result<String, Kvitteringsfeil> {
    let nokkel = rundt.nokkel(sak)?;
    listekvittering(sak)?;
    let skjermet = sak.liste.skjermede.contains(&elev);
    for (segl, bevis) in utstedte(sak).filter(|_| !skjermet) {
        let Some(forseglet) = tidsreise::versjon_med_segl(om, rundt, sak, segl).await? else { continue };
        match for_elev(bevis, (&forseglet.bilde.sendbare, sendt(sak, segl)), nokkel, elev) {
            // Not part of this version: an earlier one may have the pupil.
            Err(Elevbevisfeil::Uendret | Elevbevisfeil::IkkePaListen) => {}
            funn => return Ok(funn?),
        }
    }
    Err(Elevbevisfeil::IkkePaListen.into())
}

/// The fingerprints of the last intent with this seal.
fn sendt<'a>(sak: &'a Listesak, ventet: &str) -> &'a [Linjeavtrykk] {
    let intensjon = |handling: &'a Handling| match handling {
        Handling::Intensjon { segl, linjer, .. } if segl == ventet => Some(linjer.as_slice()),
        _ => None,
    };
    sak.poster.iter().rev().find_map(|post| intensjon(&post.handling)).unwrap_or_default()
}
