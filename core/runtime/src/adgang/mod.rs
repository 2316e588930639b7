//! Who may see and do what, enforced below every page and every route.
//!
//! [`Utsnitt`] is the only way for pages and routes to lists, rounds, sources, acts, explanations, receipts and the audit
//! log. Each of its methods checks for itself. What somebody may not see is answered as if it did not exist; what somebody
//! sees and may not do is refused as such. Names leave it only after REVISJON says to whom, numbers only one by one, and
//! of protected pupils nothing leaves it at all.

mod elev;
mod endringer;
mod feil;
mod handlinger;
mod historikk;
mod hvem;
mod kilder;
mod lister;
mod overlevert;
#[cfg(test)]
mod prover;
mod revisjon;
mod runder;
mod sett;
mod skjult;
mod tabell;
mod utsnitt;

pub use endringer::{Endring, Endringer};
pub use feil::Adgangsfeil;
pub use historikk::{Endret, Fjorar, Siden, Versjon};
pub use hvem::{Adgang, Adgangsrolle, Identitet, Omfang, Skolevalg};
pub use overlevert::{Ettermeldt, Fiktivt, Overlevert};
pub use sett::Sett;
pub use tabell::{Gjoremal, TABELL, Tillatelse};
pub use utsnitt::Utsnitt;

pub(crate) use revisjon::Nylig;
