//! The file that VIGO takes from school systems today, «Vigo 1»: one line `TOF`, one `$AV` for each pupil, one `EOF`. Every
//! field ends in a semicolon.
//!
//! It is read so that a school can compare it with its list and trust the change-over, and written in an emergency only.
//! Both are pure functions over bytes. What no public source says (letters, line ends, what the number in `EOF` counts,
//! which name stands first) is a setting: [`Filform`].
//!
//! Problems name line and field, never a value: a line of this file is a pupil.

mod form;
mod les;
mod problem;
mod sammenlign;
mod skriv;

pub use form::{Filelev, Filform, Filhode, Linjeskift, Navnerekkefolge, Tegnsett, Telling};
pub use les::{Lest, Ventet, les};
pub use problem::{Felt, Filproblem, Hva};
pub use sammenlign::{Par, Sammenligning, sammenlign};
pub use skriv::{Skriveproblem, elev, skriv};

#[cfg(test)]
mod prover;
