//! FINT → one list per school and school year, the rules, and what is to happen with it. Pure: the same in gives the same
//! out, there is no clock, and nothing here does I/O.
//!
//! - [`Listebygger`] is a fold with touched keys: it is fed resources of the FINT stream, says which lists they may have
//!   changed, and builds any of them.
//! - [`regler()`] are the rules as data, with texts for people.
//! - [`bilde()`] sees a list together with its ledger: status, where every pupil is, and what would be sent.
//! - [`neste`] says what to do now.

mod bilde;
mod bygger;
mod folkeregister;
mod form;
mod hovedbok;
mod indeks;
mod linje;
mod regelsett;
mod regler;
mod steg;
mod tekster;
mod tilstand;
mod utvalg;

pub use bilde::{Etterendringer, Linjebilde, Linjeendring, Listebilde, Omstendigheter, Oppgave, Plassering, bilde};
pub use bygger::{Byggd, Listebygger};
pub use folkeregister::{kan_sta_i_registeret, registernumre};
pub use form::{avtrykk, segl};
pub use regelsett::Regelsett;
pub use regler::{Regel, Tekst, for_merknad, regel, regler};
pub use steg::{Steg, neste, start};
pub use tekster::{plassering_tekst, status_tekst};
