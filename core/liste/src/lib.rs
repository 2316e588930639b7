//! FINT → one list per school and school year, the rules, and what is to happen with it. Pure: the same in gives the same
//! out, there is no clock, and nothing here does I/O.
//!
//! - [`Listebygger`] is a fold with touched keys: it is fed resources of the FINT stream, says which lists they may have
//!   changed, and builds any of them.
//! - [`regler()`] are the rules as data, with texts for people; [`rettested()`] says where in a school's own system it is put right.
//! - [`bilde()`] sees a list together with its ledger: status, where every pupil is, and what would be sent.
//! - [`saker()`] are what needs work, cause by cause, and [`overskrift()`] the numbers of the first line.
//! - [`neste`] says what to do now.
//! - [`kvittering`] proves afterwards what was delivered.

mod avklaring;
mod bilde;
mod bygger;
mod detalj;
mod fiktiv;
mod folkeregister;
pub mod forklaring;
mod form;
mod hovedbok;
mod indeks;
pub mod kvittering;
mod linje;
mod listeforskjell;
mod mengder;
mod mottakerregler;
mod regelsett;
mod regler;
mod rettested;
mod saker;
mod skole;
mod steg;
mod tekster;
mod tilstand;
mod utvalg;
mod vurdering;

pub use avklaring::{Tilbakelest, UavklartForsok, avklar_svar, avklar_tilbakelest, ganger_borte, uavklart_forsok};
pub use bilde::{
    Etterendringer, Linjebilde, Linjeendring, Listebilde, Mottattbilde, Omstendigheter, Oppgave, Plassering, bilde,
    forskjell,
};
pub use bygger::{Byggd, Listebygger};
pub use detalj::detalj_tekst;
pub use fiktiv::effektiv;
pub use folkeregister::{kan_sta_i_registeret, registernumre};
pub use form::{avtrykk, segl};
pub use hovedbok::kan_godkjenne;
pub use linje::holder_nummer;
pub use listeforskjell::{Elevforskjell, Linjefelt, elevforskjeller};
pub use mengder::{Forskjell, Forskjellsslag, Godtatt, Grunn, Lager, Mengde, Mengder, forskjeller, godtatt};
pub use mottakerregler::{Mottakerregler, Speil};
pub use regelsett::{Avstand, Avstander, Regelsett};
pub use regler::{Regel, Tekst, for_merknad, regel, regler};
pub use rettested::{Egnestier, Rettefelt, Rettested, Skolesystem, Sti, Stifeil, rettefelt, rettested, stier};
pub use saker::{Alvor, Overskrift, Sak, alvor_tekst, overskrift, saker};
pub use steg::{Steg, neste, start};
pub use tekster::{eier_tekst, oppgave_tekst, plassering_tekst, status_tekst};
pub use vurdering::{Handlingsfeil, vurder};
