//! What came of looking a school up in VIGO's code base, where it is not simply found.

use super::uuid_tekst;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Stands beside one Skole, and only where there is something to remark. A school that VIGO knows by its organisation
/// number, under one number that the source does not contradict, has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Skoletillegg {
    /// `Skole.systemId`.
    #[serde(with = "uuid_tekst")]
    pub skole: Uuid,
    /// What there is to remark, each once.
    pub merknader: Vec<Skolemerknad>,
    /// VIGO's numbers for the organisation number, in order.
    pub numre: Vec<String>,
    /// The VIGO number that the source itself has.
    pub kildens: Option<String>,
    /// The VIGO number that the configuration chooses.
    pub valgt: Option<String>,
}

/// One remark about a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Skolemerknad {
    /// The code base does not have the organisation number.
    UkjentOrgnr,
    /// It has the organisation number, but no grunnskole under it.
    IkkeGrunnskole,
    /// It has several grunnskoler under it, and nobody has said which.
    FlereGrunnskoler,
    /// The configuration chooses a number that is none of the organisation's grunnskoler.
    UkjentValg,
    /// The source has another number than the code base: schools were renumbered with the counties.
    AnnetNummer,
    /// A number that stands for no particular school.
    Uspesifisert,
}

impl Skolemerknad {
    /// All of them, in order.
    pub const ALLE: [Self; 6] = [
        Self::UkjentOrgnr,
        Self::IkkeGrunnskole,
        Self::FlereGrunnskoler,
        Self::UkjentValg,
        Self::AnnetNummer,
        Self::Uspesifisert,
    ];
}
