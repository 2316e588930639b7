//! A year of schooling.

use crate::metamodell::Antall::{HoystEn, Mange};
use crate::metamodell::{Klasseart, Klassemodell, avledet, enveis, ident, klasse, tekst};
use crate::ressurs::med_system_id;
use crate::{Identifikator, Lenke, Modellert};
use serde::{Deserialize, Serialize};

/// A grade, shared by all schools.
///
/// **Fill rule.** Sources give a bare grade such as `10`: see [`Arstrinn::trinn`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Arstrinn {
    /// The same as `navn`.
    pub beskrivelse: String,
    /// The grade in words, `10. trinn`.
    pub navn: String,
    /// The bare grade, `10`.
    pub system_id: Identifikator,
    /// The grade in VIGO's code base.
    pub vigoreferanse: Option<Lenke>,
    /// The grade in the Grep code base.
    pub grepreferanse: Option<Lenke>,
}

impl Arstrinn {
    /// A grade of grunnskole: `10` becomes systemId `10`, navn and beskrivelse `10. trinn`.
    pub fn trinn(trinn: u8) -> Self {
        let navn = format!("{trinn}. trinn");
        Self {
            beskrivelse: navn.clone(),
            navn,
            system_id: Identifikator::ny(trinn.to_string()),
            vigoreferanse: None,
            grepreferanse: None,
        }
    }
}

med_system_id!(Arstrinn);

impl Modellert for Arstrinn {
    const MODELL: &'static Klassemodell = &klasse(
        "utdanning-utdanningsprogram:Arstrinn",
        Klasseart::Hoved,
        &[tekst("beskrivelse"), tekst("navn"), ident("systemId")],
        &[
            enveis("vigoreferanse", "utdanning-kodeverk:Vigoreferanse", HoystEn),
            enveis("grepreferanse", "utdanning-kodeverk:Grepreferanse", HoystEn),
            avledet("klasse", "utdanning-elev:Klasse", Mange, "trinn"),
            avledet("programomrade", "utdanning-utdanningsprogram:Programomrade", Mange, "trinn"),
        ],
    )
    .av("utdanning-basisklasser:Gruppe");
}
