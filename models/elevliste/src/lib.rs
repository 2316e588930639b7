//! The elevliste and what happens to it: values and their invariants, no decisions.
//!
//! Decisions are made in `core/liste`; this crate says what a list, a deviation, a ledger entry and a reconciliation
//! line *are*.

mod avstemming;
mod avvik;
mod ettermelding;
mod innsamling;
mod innsending;
mod liste;
mod mottaker;
mod status;

pub use avstemming::{Avstemmingslinje, Avstemmingssum, Skolestatus};
pub use avvik::{Avvik, Eier, Niva};
pub use ettermelding::{Endringsslag, Ettermelding, Ettermeldingstilstand};
pub use innsamling::{
    Godkjenning, Innsamling, Innsamlingspost, Kontakt, Rundenokkel, RundenokkelFeil, Rundeversjon, oslo, siste_minutt,
};
pub use innsending::{Aktor, Avklaring, Handling, Innsendingspost, Linjeavtrykk, Merknad, Rolle, Sending, Utfall};
pub use liste::{Elevlinje, Elevliste, Listenokkel, NokkelFeil, Opphav, Overforing, Skolereferanse};
pub use mottaker::Egenskaper;
pub use status::{ApentAvvik, Listestatus, Paminnelse, Varsel, Varselslag};
