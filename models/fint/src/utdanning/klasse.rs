//! A class of pupils.

use crate::metamodell::Antall::{En, HoystEn, Mange};
use crate::metamodell::{Klasseart, Klassemodell, avledet, eier, enveis, ident, klasse, tekst};
use crate::ressurs::med_system_id;
use crate::{Identifikator, Lenke, Modellert};
use serde::{Deserialize, Serialize};

/// A class at a school. It has no span of its own: `termin` and `skolear` give it one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Klasse {
    /// The class in words.
    ///
    /// **Fill rule.** Required by FINT and unknown to the sources: the same as `navn`.
    pub beskrivelse: String,
    /// The source's class code, `10A`.
    pub navn: String,
    /// Identifier: a UUID of ours.
    pub system_id: Identifikator,
    /// School year.
    pub skolear: Option<Lenke>,
    /// Terms.
    pub termin: Vec<Lenke>,
    /// The grade.
    ///
    /// **Fill rule.** Required by FINT. Where the source puts no grade on the class, it is the one grade that the pupils
    /// of the class share. A class without a single grade, such as a combined one, is linked to the grade `ukjent` and
    /// reported; its pupils' own grades count.
    pub trinn: Lenke,
    /// Those who teach the class.
    pub undervisningsforhold: Vec<Lenke>,
    /// The school.
    pub skole: Lenke,
}

impl Klasse {
    /// A class by its code; `beskrivelse` follows the fill rule.
    pub fn ny(system_id: Identifikator, navn: impl Into<String>, trinn: Lenke, skole: Lenke) -> Self {
        let navn = navn.into();
        Self {
            beskrivelse: navn.clone(),
            navn,
            system_id,
            skolear: None,
            termin: Vec::new(),
            trinn,
            undervisningsforhold: Vec::new(),
            skole,
        }
    }
}

med_system_id!(Klasse);

impl Modellert for Klasse {
    const MODELL: &'static Klassemodell = &klasse(
        "utdanning-elev:Klasse",
        Klasseart::Hoved,
        &[tekst("beskrivelse"), tekst("navn"), ident("systemId")],
        &[
            enveis("skolear", "utdanning-kodeverk:Skolear", HoystEn),
            enveis("termin", "utdanning-kodeverk:Termin", Mange),
            eier("trinn", "utdanning-utdanningsprogram:Arstrinn", En, "klasse"),
            eier("undervisningsforhold", "utdanning-elev:Undervisningsforhold", Mange, "klasse"),
            eier("skole", "utdanning-utdanningsprogram:Skole", En, "klasse"),
            avledet("klassemedlemskap", "utdanning-elev:Klassemedlemskap", Mange, "klasse"),
            avledet("kontaktlarergruppe", "utdanning-elev:Kontaktlarergruppe", Mange, "klasse"),
        ],
    )
    .av("utdanning-basisklasser:Gruppe");
}
