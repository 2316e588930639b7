//! A person's act on a list: judged by what stands, and written only if nothing has changed since.

use crate::hovedbok::{self, Listesak, SakFeil};
use crate::levering::med_bevis;
use crate::sammenheng::Sammenheng;
use crate::trinn::Omgivelse;
use elevliste::{Aktor, Handling};
use liste::Handlingsfeil;

/// Why an act was not written.
#[derive(Debug, thiserror::Error)]
pub enum Utforfeil {
    /// It may not be done now, or not by this person.
    #[error(transparent)]
    Lov(#[from] Handlingsfeil),
    /// The list could not be read, or somebody else acted at the same time.
    #[error(transparent)]
    Sak(#[from] SakFeil),
}

/// Judges an act on a list as it was read, and adds it to the ledger. Whoever decided something has seen `sak`: if the
/// ledger has changed since, nothing is written and [`SakFeil::Endret`] says so.
pub async fn utfor(
    om: &Omgivelse,
    rundt: &Sammenheng,
    sak: &mut Listesak,
    av: Aktor,
    handling: Handling,
) -> Result<(), Utforfeil> {
    let na = om.clock.now();
    let bilde = rundt.bilde(sak, na)?;
    liste::vurder(&bilde, &sak.liste, &handling, &av, sak.runde.as_ref(), na)?;
    let handling = med_bevis(om, rundt, sak, handling).await?;
    let spor = sak.spor.clone();
    Ok(hovedbok::skriv(om, sak, av, handling, spor).await?)
}
