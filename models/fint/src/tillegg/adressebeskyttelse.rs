//! Who may know where somebody lives.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Address protection, in the words of Folkeregisteret and, for client addresses, of the school systems.
///
/// Ordered by how carefully the pupil is to be treated, except that [`Ukjent`](Self::Ukjent) is no statement at all.
///
/// `Debug` hides it: the protection is itself a secret.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Adressebeskyttelse {
    /// Nobody has told us. It does not mean unprotected.
    #[default]
    Ukjent,
    /// No protection (code 0).
    Ugradert,
    /// Confidential address (code 7).
    Fortrolig,
    /// Strictly confidential address (code 6). Never sent automatically.
    StrengtFortrolig,
    /// Lives at a client address (code 19 in the old register).
    Klientadresse,
}

impl Adressebeskyttelse {
    /// Whether the pupil is protected: never sent automatically, and seen by few. A client address protects an address and
    /// not the pupil.
    pub const fn er_beskyttet(self) -> bool {
        matches!(self, Self::Fortrolig | Self::StrengtFortrolig)
    }
}

impl fmt::Debug for Adressebeskyttelse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
