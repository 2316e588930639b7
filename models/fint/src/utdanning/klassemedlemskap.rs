//! A pupil's place in a class.

use crate::metamodell::{Antall, Klasseart, Klassemodell, eier, ident, klasse, kompleks};
use crate::ressurs::med_system_id;
use crate::{Identifikator, Lenke, Modellert, Periode};
use serde::{Deserialize, Serialize};

/// Joins an Elevforhold to a Klasse. Both links live here; either end gets its back-link derived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Klassemedlemskap {
    /// When the pupil is in the class.
    pub gyldighetsperiode: Option<Periode>,
    /// Identifier: a UUID of ours.
    pub system_id: Identifikator,
    /// The enrolment.
    pub elevforhold: Lenke,
    /// The class.
    pub klasse: Lenke,
}

impl Klassemedlemskap {
    /// A membership without a span.
    pub const fn ny(system_id: Identifikator, elevforhold: Lenke, klasse: Lenke) -> Self {
        Self { gyldighetsperiode: None, system_id, elevforhold, klasse }
    }
}

med_system_id!(Klassemedlemskap);

impl Modellert for Klassemedlemskap {
    const MODELL: &'static Klassemodell = &klasse(
        "utdanning-elev:Klassemedlemskap",
        Klasseart::Hoved,
        &[kompleks::<Periode>("gyldighetsperiode").valgfri(), ident("systemId")],
        &[
            eier("elevforhold", "utdanning-elev:Elevforhold", Antall::En, "klassemedlemskap"),
            eier("klasse", "utdanning-elev:Klasse", Antall::En, "klassemedlemskap"),
        ],
    )
    .av("utdanning-basisklasser:Gruppemedlemskap");
}
