//! Who may know where somebody lives.

use serde::{Deserialize, Serialize};

/// Address protection, in the words of Folkeregisteret and, for client addresses, of the school systems.
///
/// Ordered by how carefully the pupil is to be treated, except that [`Ukjent`](Self::Ukjent) is no statement at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
