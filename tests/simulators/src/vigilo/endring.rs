//! What happens to people in a school system between two pulls.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A change. Each moves `dateLastModified` of the rows it touches to what the simulator's clock shows; but for
/// [`Endring::UtenDato`]. How they are carried out stands in `utfor.rs`, and for all at once in `rullering.rs`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are named after the people and groups they change")]
pub enum Endring {
    /// A new tenth-grader, with or without a class and a number.
    Kommer {
        id: Uuid,
        skole: Uuid,
        klasse: Option<Uuid>,
        fornavn: String,
        mellomnavn: Option<String>,
        etternavn: String,
        nummer: Option<String>,
    },
    /// A pupil leaves: the row becomes `tobedeleted`, or is gone without a trace (`hardt`).
    Slutter { elev: Uuid, hardt: bool },
    /// From one class to another at the same school.
    BytterKlasse { elev: Uuid, klasse: Uuid },
    /// A new name.
    BytterNavn { elev: Uuid, fornavn: String, mellomnavn: Option<String>, etternavn: String },
    /// A new number, as when a D-number becomes a fødselsnummer.
    BytterNummer { elev: Uuid, nummer: String },
    /// A mistyped or missing number is put right.
    RettetNummer { elev: Uuid, nummer: String },
    /// A pupil without a class gets one.
    FaarKlasse { elev: Uuid, klasse: Uuid },
    /// To another school of the municipality. Where the server makes one user per person and school, the sourcedId is
    /// another one after it.
    BytterSkole { elev: Uuid, skole: Uuid, klasse: Option<Uuid> },
    /// The same person is a pupil at one more school, as another user.
    ToSkoler { elev: Uuid, skole: Uuid, ny: Uuid },
    /// The same person under another sourcedId; the old row becomes `tobedeleted`, or is gone without a trace.
    BytterId { elev: Uuid, ny: Uuid, hardt: bool },
    /// Another person has got the sourcedId.
    GjenbrukerId { elev: Uuid, fornavn: String, mellomnavn: Option<String>, etternavn: String, nummer: String },
    /// The number is gone.
    MisterNummer { elev: Uuid },
    /// Another grade, in the same class.
    BytterTrinn { elev: Uuid, trinn: u8 },
    /// The pupil's address is protected, and the school has taken the pupil out of what is shared: no trace is left.
    Skjermes { elev: Uuid },
    /// A change that does not move `dateLastModified`, as where the date is another table's.
    UtenDato { endring: Box<Endring> },
    /// Every row marked `tobedeleted` is gone, as the specification allows at any time.
    Rydding,
    /// The server starts again and dates every row anew.
    Omstart,
    /// A new term: every membership is replaced by a new one in the same class.
    Terminskifte,
    /// A new school year: tenth grade leaves, everybody else moves up, newcomers fill the lowest grades, and all classes,
    /// memberships and periods are new.
    Rullering,
}

impl Endring {
    /// The pupil it concerns, unless it concerns everyone.
    pub fn elev(&self) -> Option<Uuid> {
        Some(match self {
            Self::Kommer { id, .. } => *id,
            Self::Slutter { elev, .. }
            | Self::BytterKlasse { elev, .. }
            | Self::BytterNavn { elev, .. }
            | Self::BytterNummer { elev, .. }
            | Self::RettetNummer { elev, .. }
            | Self::FaarKlasse { elev, .. }
            | Self::BytterSkole { elev, .. }
            | Self::ToSkoler { elev, .. }
            | Self::BytterId { elev, .. }
            | Self::GjenbrukerId { elev, .. }
            | Self::MisterNummer { elev }
            | Self::BytterTrinn { elev, .. }
            | Self::Skjermes { elev } => *elev,
            Self::UtenDato { endring } => return endring.elev(),
            Self::Rydding | Self::Omstart | Self::Terminskifte | Self::Rullering => return None,
        })
    }

    /// The kind, as the admin endpoint spells it.
    pub fn type_(&self) -> &'static str {
        match self {
            Self::Kommer { .. } => "kommer",
            Self::Slutter { .. } => "slutter",
            Self::BytterKlasse { .. } => "bytter_klasse",
            Self::BytterNavn { .. } => "bytter_navn",
            Self::BytterNummer { .. } => "bytter_nummer",
            Self::RettetNummer { .. } => "rettet_nummer",
            Self::FaarKlasse { .. } => "faar_klasse",
            Self::BytterSkole { .. } => "bytter_skole",
            Self::ToSkoler { .. } => "to_skoler",
            Self::BytterId { .. } => "bytter_id",
            Self::GjenbrukerId { .. } => "gjenbruker_id",
            Self::MisterNummer { .. } => "mister_nummer",
            Self::BytterTrinn { .. } => "bytter_trinn",
            Self::Skjermes { .. } => "skjermes",
            Self::UtenDato { .. } => "uten_dato",
            Self::Rydding => "rydding",
            Self::Omstart => "omstart",
            Self::Terminskifte => "terminskifte",
            Self::Rullering => "rullering",
        }
    }
}

impl fmt::Debug for Endring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(self.type_()).field("elev", &self.elev()).finish_non_exhaustive()
    }
}

/// A change that cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Endringsfeil {
    /// No active pupil with that id.
    #[error("change {nr}: no active pupil with that sourcedId")]
    UkjentElev {
        /// Place in the list, from 1.
        nr: usize,
    },
    /// No such class at the pupil's school.
    #[error("change {nr}: no class with that sourcedId at the pupil's school")]
    UkjentKlasse {
        /// Place in the list, from 1.
        nr: usize,
    },
    /// No such school.
    #[error("change {nr}: no school with that sourcedId")]
    UkjentSkole {
        /// Place in the list, from 1.
        nr: usize,
    },
    /// The grade is not one of the ten.
    #[error("change {nr}: the grade must be from 1 to 10")]
    UgyldigTrinn {
        /// Place in the list, from 1.
        nr: usize,
    },
    /// A pupil who arrives has the id of someone who is there.
    #[error("change {nr}: the sourcedId is in use")]
    OpptattId {
        /// Place in the list, from 1.
        nr: usize,
    },
}
