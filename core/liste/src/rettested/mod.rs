//! Where a deviation is corrected: in the school's own system, on the page and in the field where it stands.
//!
//! The paths are data ([`stier()`]). A vendor's menus are in no document that we have seen, so their paths say that they
//! are assumed, and a municipality puts its own in their place ([`Egnestier`]).

mod egne;
mod felt;
mod stier;
mod system;

pub use egne::{Egnestier, Stifeil};
pub use felt::{Rettefelt, rettefelt};
pub use stier::{Sti, stier};
pub use system::Skolesystem;

use crate::{Tekst, regler};
use elevliste::{Avvik, Eier};

/// Where a deviation is corrected, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rettested {
    /// Who corrects it.
    pub hvem: Eier,
    /// The system, by the name that its users know.
    pub system: Tekst,
    /// The way to the place in the system: `Vigilo → Elev → Personalia`. None: nothing is corrected in a school system.
    pub sti: Option<Tekst<String>>,
    /// What to do there.
    pub hvordan: Tekst,
    /// What happens when it is done.
    pub etterpa: Tekst,
    /// Whether the path is our assumption: nobody who uses the system has confirmed it.
    pub antatt: bool,
}

/// Where this deviation is corrected at a school with this system, where the municipality has these paths of its own.
pub fn rettested(system: Skolesystem, avvik: &Avvik, egne: &Egnestier) -> Rettested {
    let felt = rettefelt(&avvik.regel);
    // Their own words are for their own system, and not for our form.
    let egen = egne.sti(felt).filter(|_| system != Skolesystem::Tastet);
    let (sti, antatt) = match (egen, stier().iter().find(|s| s.system == system && s.felt == felt)) {
        (Some(egen), _) => (Some(Tekst { nb: egen, nn: egen, en: egen }.map(str::to_owned)), false),
        (None, Some(vanlig)) => (Some(vanlig.sti.map(str::to_owned)), vanlig.antatt),
        (None, None) => (None, false),
    };
    let hvordan = match system {
        Skolesystem::Tastet => felt.tastet(),
        _ => None,
    };
    Rettested {
        hvem: avvik.eier,
        system: system.navn(),
        etterpa: if sti.is_some() { system.etterpa() } else { regler::eller_ukjent(&avvik.regel).videre },
        sti,
        hvordan: hvordan.unwrap_or_else(|| regler::eller_ukjent(&avvik.regel).rett),
        antatt,
    }
}
