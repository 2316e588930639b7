//! What a complete reading does not show although KILDE holds it.
//!
//! Gone is only what was missing from the complete reading before too, and is denied by the source when asked directly. In
//! each reading so many are noted and so many looked up; the rest waits for later ones.

use super::Kildelop;
use super::innhold::Innhold;
use super::minne::Nokkel;
use crate::{Maalere, Stopp};
use flow::{Presence, SourceError};
use std::collections::BTreeSet;

/// As many may be noted as missing at once: the mark that holds them must stay well below NATS's message limit of 1 MB.
const MAKS_SAVNET: usize = 8_000;
/// As many are looked up in one reading: a source is asked gently.
const MAKS_OPPSLAG: usize = 500;
/// As many are looked up to confirm a mass removal that a person has approved.
const STIKKPROVE: usize = 100;

/// What becomes of those that are missing.
#[derive(Default)]
pub(super) struct Savnede {
    /// Gone.
    pub forsvunnet: Vec<Nokkel>,
    /// Missing, and remembered until the next reading.
    pub savnet: BTreeSet<Nokkel>,
}

impl Kildelop {
    /// Judges those that are missing, in order. What of the old notes is not about the types that were read stays.
    pub(super) async fn vurder_savnede(&self, mangler: &[Nokkel], typer: &[&'static str]) -> Result<Savnede, Stopp> {
        let mut ut = Savnede {
            savnet: self.savnet.iter().filter(|n| !typer.contains(&n.typ()) && self.minne.borte(n)).copied().collect(),
            ..Savnede::default()
        };
        let (igjen, forste): (Vec<_>, Vec<_>) = mangler.iter().partition(|n| self.savnet.contains(*n));
        // Where there are too many, another part of them has its turn each time.
        let start = (self.minne.generasjon() as usize).wrapping_mul(MAKS_OPPSLAG) % igjen.len().max(1);
        let mut tur: Vec<Nokkel> = igjen.iter().cycle().skip(start).take(igjen.len()).copied().copied().collect();
        let senere = tur.split_off(tur.len().min(MAKS_OPPSLAG));
        let mut spor = true;
        for nokkel in tur {
            match if spor { self.sla_opp(&nokkel).await } else { Ok(Presence::Present) } {
                Ok(Presence::Gone) => ut.forsvunnet.push(nokkel),
                Ok(Presence::Present) => drop(ut.savnet.insert(nokkel)),
                Err(Stopp::Kilde(feil)) => {
                    self.uten_svar(&feil);
                    spor = false;
                    ut.savnet.insert(nokkel);
                }
                Err(feil) => return Err(feil),
            }
        }
        ut.savnet.extend(senere);
        let plass = MAKS_SAVNET.saturating_sub(ut.savnet.len());
        ut.savnet.extend(forste.into_iter().take(plass));
        ut.forsvunnet.sort_unstable();
        Ok(ut)
    }

    /// Without an answer nobody is gone; what else the reading brought counts all the same.
    fn uten_svar(&self, feil: &SourceError) {
        let (tenant, navn) = (&self.kilde.tenant, &self.kilde.navn);
        Maalere::tell(&self.om.maalere.funn, super::DEL, tenant.as_str(), "look-up-failed");
        tracing::warn!(%tenant, kilde = %navn, error = %feil, "what is missing could not be looked up; nothing is removed");
    }

    /// Whether a sample of those that a person has let go is denied by the source, every one.
    pub(super) async fn stikkprove(&self, mangler: &[Nokkel]) -> Result<bool, Stopp> {
        let hver = mangler.len().div_ceil(STIKKPROVE).max(1);
        for nokkel in mangler.iter().step_by(hver) {
            if self.sla_opp(nokkel).await? == Presence::Present {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Asks the source directly.
    async fn sla_opp(&self, nokkel: &Nokkel) -> Result<Presence, Stopp> {
        let mut innhold = Innhold::av(&self.om, &self.kilde.tenant, &self.kilde.navn);
        let Some(objekt) = innhold.ett(nokkel).await? else { return Ok(Presence::Gone) };
        match self.kilde.source.look_up(&objekt).await {
            Err(feil) if self.venter(&feil).await => Ok(self.kilde.source.look_up(&objekt).await?),
            svar => Ok(svar?),
        }
    }
}
