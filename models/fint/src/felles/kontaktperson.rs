//! Somebody to reach on behalf of another.

use super::{Identifikator, Kontaktinformasjon, Personnavn};
use crate::metamodell::{Antall, Klasseart, Klassemodell, eier, ident, klasse, kompleks, tekst};
use crate::ressurs::med_system_id;
use crate::{Lenke, Modellert};
use identitet::Skjermet;
use serde::{Deserialize, Serialize};

/// Next of kin or another contact. The elevliste needs none: do not collect them for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kontaktperson {
    /// How to reach the contact.
    pub kontaktinformasjon: Option<Kontaktinformasjon>,
    /// The contact's name.
    pub navn: Option<Personnavn>,
    /// Identifier.
    pub system_id: Identifikator,
    /// Kind of contact, in free words and therefore masked.
    #[serde(rename = "type")]
    pub type_: Skjermet<String>,
    /// Whom the contact is for.
    pub kontaktperson: Vec<Lenke>,
}

impl Kontaktperson {
    /// A contact of a kind, for the persons linked to.
    pub fn ny(system_id: Identifikator, type_: impl Into<String>, kontaktperson: Vec<Lenke>) -> Self {
        Self { kontaktinformasjon: None, navn: None, system_id, type_: Skjermet::new(type_.into()), kontaktperson }
    }
}

med_system_id!(Kontaktperson);

impl Modellert for Kontaktperson {
    const MODELL: &'static Klassemodell = &klasse(
        "felles:Kontaktperson",
        Klasseart::Hoved,
        &[
            kompleks::<Kontaktinformasjon>("kontaktinformasjon").valgfri().skrivbar(),
            kompleks::<Personnavn>("navn").valgfri().skrivbar(),
            ident("systemId"),
            tekst("type").skrivbar(),
        ],
        &[eier("kontaktperson", "felles:Person", Antall::Mange, "parorende")],
    )
    .felles();
}
