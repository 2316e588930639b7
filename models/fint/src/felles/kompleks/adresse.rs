//! Where somebody lives and how to reach them.

use crate::metamodell::{Antall, Klasseart, Klassemodell, enveis, klasse, kompleks, tekst};
use crate::{Lenke, Modellert};
use identitet::Skjermet;
use serde::{Deserialize, Serialize};

/// A postal or residential address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Adresse {
    /// The lines above the postcode; an empty list means absent.
    pub adresselinje: Vec<Skjermet<String>>,
    /// Postcode: text, because of leading zeros.
    pub postnummer: Option<Skjermet<String>>,
    /// Postal town.
    pub poststed: Option<Skjermet<String>>,
    /// Relation to the country.
    pub land: Option<Lenke>,
}

impl Modellert for Adresse {
    const MODELL: &'static Klassemodell = &klasse(
        "felles-kompleksedatatyper:Adresse",
        Klasseart::Kompleks,
        &[tekst("adresselinje").liste().valgfri(), tekst("postnummer").valgfri(), tekst("poststed").valgfri()],
        &[enveis("land", "felles-kodeverk-iso:Landkode", Antall::HoystEn)],
    );
}

/// Ways to reach a person, a school or a company.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kontaktinformasjon {
    /// E-mail address.
    pub epostadresse: Option<Skjermet<String>>,
    /// Mobile number.
    pub mobiltelefonnummer: Option<Skjermet<String>>,
    /// Web site.
    pub nettsted: Option<Skjermet<String>>,
    /// SIP address.
    pub sip: Option<Skjermet<String>>,
    /// Landline number.
    pub telefonnummer: Option<Skjermet<String>>,
}

impl Modellert for Kontaktinformasjon {
    const MODELL: &'static Klassemodell = &klasse(
        "felles-kompleksedatatyper:Kontaktinformasjon",
        Klasseart::Kompleks,
        &[
            tekst("epostadresse").valgfri(),
            tekst("mobiltelefonnummer").valgfri(),
            tekst("nettsted").valgfri(),
            tekst("sip").valgfri(),
            tekst("telefonnummer").valgfri(),
        ],
        &[],
    );
}

/// A property in the cadastre.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Matrikkelnummer {
    /// The property's address.
    pub adresse: Option<Adresse>,
    /// Title number under the holding.
    pub bruksnummer: Option<Skjermet<String>>,
    /// Leasehold number.
    pub festenummer: Option<Skjermet<String>>,
    /// Holding number in the municipality.
    pub gardsnummer: Option<Skjermet<String>>,
    /// Section of a building.
    pub seksjonsnummer: Option<Skjermet<String>>,
    /// Relation to the municipality.
    pub kommunenummer: Option<Lenke>,
}

impl Modellert for Matrikkelnummer {
    const MODELL: &'static Klassemodell = &klasse(
        "felles-kompleksedatatyper:Matrikkelnummer",
        Klasseart::Kompleks,
        &[
            kompleks::<Adresse>("adresse").valgfri(),
            tekst("bruksnummer").valgfri(),
            tekst("festenummer").valgfri(),
            tekst("gardsnummer").valgfri(),
            tekst("seksjonsnummer").valgfri(),
        ],
        &[enveis("kommunenummer", "felles-kodeverk:Kommune", Antall::HoystEn)],
    );
}
