//! The code lists that both sides of the flow refer to: fylker, kommuner, VIGO's school numbers, trinn and skoleår.
//!
//! Codes are text with their leading zeros. A type says that a code has the right *form*; whether it *exists* is asked of
//! the tables, which are embedded and carry the time they are in force. Live look-ups belong to the adapters.

mod feil;
mod geografi;
mod nummer;
mod skolear;
mod tabell;
mod trinn;
mod vigoskole;

pub use feil::KodeFeil;
pub use geografi::{Fylke, Gyldighet, Kommune, fylke, fylker, fylkets_numre, kommune, kommuner};
pub use nummer::{Fylkesnummer, Kommunenummer, Nummerserie, Skolenummer};
pub use skolear::Skolear;
pub use trinn::Trinn;
pub use vigoskole::{
    Skoletype, Skolevalg, Vigoskole, grunnskoler, velg_grunnskole, vigoskole, vigoskoler, vigoskoler_med_orgnr,
};
