//! Remarks on order and conduct.

use crate::metamodell::{Antall, Klasseart, Klassemodell, Type, attr, enveis, ident, klasse};
use crate::ressurs::med_system_id;
use crate::{Identifikator, Lenke, Modellert};
use serde::{Deserialize, Serialize};

/// How many remarks a pupil has. A resource of its own, and yet embedded in [`crate::Elevforhold`].
///
/// The elevliste needs none: do not collect them for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Anmerkninger {
    /// Remarks on conduct.
    pub atferd: i32,
    /// Remarks on order.
    pub orden: i32,
    /// Identifier.
    pub system_id: Identifikator,
    /// The school year they were given in.
    pub skolear: Option<Lenke>,
}

med_system_id!(Anmerkninger);

impl Modellert for Anmerkninger {
    const MODELL: &'static Klassemodell = &klasse(
        "utdanning-vurdering:Anmerkninger",
        Klasseart::Hoved,
        &[attr("atferd", Type::Heltall), attr("orden", Type::Heltall), ident("systemId")],
        &[enveis("skolear", "utdanning-kodeverk:Skolear", Antall::HoystEn)],
    );
}
