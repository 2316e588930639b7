//! What Folkeregisteret has to remark on a pupil of a school.

use serde::{Deserialize, Serialize};

/// Something in Folkeregisteret that a school should know of a pupil, or that keeps the pupil from being sent.
///
/// What the register says stays with the register: these are the conclusions a list needs, and no values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Registermerknad {
    /// The register does not know the school system's number.
    UkjentNummer,
    /// The school system's number has been replaced by another.
    GammeltNummer,
    /// The school system's number is not in use any more, and nothing has replaced it.
    UtenNummer,
    /// The person is dead, or missing and not found.
    DodEllerForsvunnet,
    /// The person has moved out of the country.
    Utflyttet,
    /// The school system's name is another than the register's.
    AnnetNavn,
}

impl Registermerknad {
    /// All of them, in a fixed order.
    pub const ALLE: [Self; 6] = [
        Self::UkjentNummer,
        Self::GammeltNummer,
        Self::UtenNummer,
        Self::DodEllerForsvunnet,
        Self::Utflyttet,
        Self::AnnetNavn,
    ];
}
