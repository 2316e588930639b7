//! The elevliste and what happens to it: values and their invariants, no decisions.
//!
//! Decisions are made in `core/liste`; this crate says what a list, a deviation, a ledger entry and a reconciliation
//! line *are*.

mod avstemming;
mod avvik;
mod innsamling;
mod innsending;
mod liste;

pub use avstemming::{Avstemmingslinje, Avstemmingssum, Skolestatus};
pub use avvik::{Avvik, Eier, Niva};
pub use innsamling::{Godkjenning, Innsamling};
pub use innsending::{Aktor, Handling, Innsendingspost, Linjeavtrykk, Merknad, Utfall};
pub use liste::{Elevlinje, Elevliste, Listenokkel, NokkelFeil, Overforing, Skolereferanse};
