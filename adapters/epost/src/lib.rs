//! Notices by e-mail: what has happened and who must act, without a word about any pupil.
//!
//! What is told is read from VARSEL, the rounds and how sources are doing; who is told, from the register of users and the configuration. A
//! letter is made of counts, schools' names, dates and rules' titles, and of nothing else: its builders take no other
//! types. Reminders, deadlines and lists of which nobody knows whether they arrived are told at once; everything else is
//! gathered and told once a day, as the difference since the last time. Every letter is remembered before it is sent and
//! after, so that one whose answer was lost is sent again as the same message.

mod brev;
mod brukere;
mod config;
mod fortell;
mod kilder;
mod lop;
mod minne;
mod mottaker;
mod ord;
mod samlebrev;
mod sending;
mod skolebok;
mod stand;
mod straks;
mod utvalg;

pub use brev::{Brev, brev};
pub use brukere::Brukerregister;
pub use config::{Config, Kryptering, Mottakeroppsett, Rolle};
pub use lop::Epost;
pub use mottaker::{Adressat, Ansvar, Mottaker, Mottakerregister};
pub use ord::Sprak;
pub use straks::{Skolelinje, ikke_levert, paminnelse};
