//! Synthetic municipalities: people, schools and classes from a seed number, the same each time.
//!
//! ```
//! use simulators::generator::{GeneratorConfig, Kommune};
//! let kommune = Kommune::generer(&GeneratorConfig::liten(7));
//! assert_eq!(kommune.skoler.len(), 1);
//! ```
//!
//! Identity numbers follow Tenor: the month is moved by 80 and both control digits are right under the 1964 rule.
//! Municipalities made with the same seed never share a number, so that "the same person at two schools" only
//! happens where it was planted. What was planted is listed in [`Kommune::plantet`].

mod feil;
mod kommune;
mod landet;
mod modell;
mod navn;
mod nummer;
mod oppsett;

pub use feil::{Feilmengde, Feiltype, PlantetFeil};
pub(crate) use kommune::ny_id;
pub use landet::{Landet, landet};
pub use modell::{Elev, Foresatt, Gruppetype, Klasse, Kommune, Laerer, Skole};
pub use navn::Navn;
pub use nummer::{Nummerserie, kontrollsifre, orgnr_med_kontrollsiffer};
pub use oppsett::{GeneratorConfig, STANDARD_SKOLEAR, SkoleOppsett};

/// Bergen: 26 schools with tenth grade and about 3,000 tenth-graders among about 30,000 pupils.
pub fn bergen(seed: u64) -> Kommune {
    Kommune::generer(&GeneratorConfig::bergen(seed))
}

/// Voss: 3 schools with tenth grade and about 180 tenth-graders.
pub fn voss(seed: u64) -> Kommune {
    Kommune::generer(&GeneratorConfig::voss(seed))
}

/// One school with a couple of classes, for tests.
pub fn liten(seed: u64) -> Kommune {
    Kommune::generer(&GeneratorConfig::liten(seed))
}
