//! The people who may sign in, and what they are to whom.
//!
//! An owner, a municipality or a county, has its people in one value of the bucket `brukere`. A person is invited, and is
//! known from the first sign-in on by a hash of who vouches for him and what they call him; the identity number is never
//! kept. Those of the configuration stand beside them: what they may do is read from there each time, so that taking
//! somebody out of the file takes him out.
//!
//! Where to look: `bruker` is what is kept, `rett` who may give what to whom, `bok` reads and writes, `finn` knows a person
//! who signs in, `mottakere` who is told, `korttid` what sessions are kept in.

mod bok;
mod bruker;
mod feil;
mod finn;
mod korttid;
mod mottakere;
#[cfg(test)]
mod prover;
mod rett;

pub use bok::Brukerbok;
pub use bruker::{Bruker, Eier, Eierfeil, Invitasjon, Kobling, Nybruker, Oppdrag};
pub use feil::Brukerfeil;
pub use korttid::Korttid;
