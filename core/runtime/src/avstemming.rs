//! Reconciliation of every list: each pupil of the source in exactly one place.

use crate::hovedbok::{SakFeil, hent_alle};
use crate::sammenheng::Sammenheng;
use crate::trinn::Omgivelse;
use elevliste::{Avstemmingslinje, Avstemmingssum, Listenokkel, Skolestatus};
use std::collections::BTreeMap;

/// The reconciliation of all lists that this process has the keys to.
#[derive(Debug, Clone, Default)]
pub struct Avstemming {
    /// One line per list.
    pub linjer: BTreeMap<Listenokkel, Avstemmingslinje>,
    /// Changes after acceptance, per list that has any.
    pub etter: BTreeMap<Listenokkel, usize>,
}

impl Avstemming {
    /// The sum.
    pub fn sum(&self) -> Avstemmingssum {
        self.linjer.values().collect()
    }

    /// Whether every line adds up.
    pub fn gar_opp(&self) -> bool {
        self.linjer.values().all(Avstemmingslinje::gar_opp)
    }

    /// Whether no list waits for a machine: what is left waits for people, or for a window.
    pub fn i_ro(&self) -> bool {
        let venter = [Skolestatus::Godkjent, Skolestatus::Sendes];
        self.linjer.values().all(|l| !venter.contains(&l.status))
    }
}

/// Reads all lists and ledgers and reconciles them.
pub async fn avstem(om: &Omgivelse, rundt: &Sammenheng) -> Result<Avstemming, SakFeil> {
    let mut ut = Avstemming::default();
    for (nokkel, sak) in hent_alle(om).await? {
        let bilde = rundt.bilde(&sak, om.clock.now())?;
        let etter = bilde.etter.nye.len() + bilde.etter.endret.len() + bilde.etter.borte.len();
        if etter > 0 {
            ut.etter.insert(nokkel.clone(), etter);
        }
        ut.linjer.insert(nokkel, bilde.avstemming);
    }
    Ok(ut)
}
