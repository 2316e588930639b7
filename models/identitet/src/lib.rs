//! Who somebody is, in numbers: types that never print, and one function that classifies a number.
//!
//! Classification says what a number *is*; a policy says what a given use may *accept*. Nothing here does I/O.

mod art;
mod dato;
mod klassifiser;
mod mod11;
mod nummer;
mod orgnr;
mod politikk;
mod skjermet;
mod syntetisk;
mod ugyldig;

pub use art::{Art, Grunnlag, Serie, UkjentArt};
pub use klassifiser::{Klassifisering, klassifiser};
pub use mod11::Regime;
pub use nummer::Identitetsnummer;
pub use orgnr::{Organisasjonsnummer, OrgnrFeil};
pub use politikk::{Dom, Grunn, Politikk};
pub use skjermet::Skjermet;
pub use syntetisk::tenor_nummer;
pub use ugyldig::{Formatfeil, Ugyldig};
