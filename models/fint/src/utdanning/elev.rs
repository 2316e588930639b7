//! A person as a pupil.

use crate::metamodell::Antall::{En, Mange};
use crate::metamodell::{Klasseart, Klassemodell, Type, attr, avledet, eier, ident, klasse, kompleks};
use crate::ressurs::med_system_id;
use crate::{Adresse, Identifikator, Kontaktinformasjon, Lenke, Modellert};
use serde::{Deserialize, Serialize};

/// A pupil. `system_id` is ours and survives a changed fodselsnummer: the link moves to the new Person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Elev {
    /// User name in the school's systems.
    pub brukernavn: Option<Identifikator>,
    /// Pupil number.
    pub elevnummer: Option<Identifikator>,
    /// Feide name, `user@realm`.
    pub feidenavn: Option<Identifikator>,
    /// Whether the pupil is a guest.
    pub gjest: Option<bool>,
    /// Address of lodgings away from home.
    pub hybeladresse: Option<Adresse>,
    /// How to reach the pupil.
    pub kontaktinformasjon: Option<Kontaktinformasjon>,
    /// Identifier: a UUID of ours.
    pub system_id: Identifikator,
    /// The person.
    pub person: Lenke,
}

impl Elev {
    /// A pupil who is this person.
    pub const fn ny(system_id: Identifikator, person: Lenke) -> Self {
        Self {
            brukernavn: None,
            elevnummer: None,
            feidenavn: None,
            gjest: None,
            hybeladresse: None,
            kontaktinformasjon: None,
            system_id,
            person,
        }
    }
}

med_system_id!(Elev);

impl Modellert for Elev {
    const MODELL: &'static Klassemodell = &klasse(
        "utdanning-elev:Elev",
        Klasseart::Hoved,
        &[
            ident("brukernavn").valgfri().skrivbar(),
            ident("elevnummer").valgfri(),
            ident("feidenavn").valgfri().skrivbar(),
            attr("gjest", Type::Boolsk).valgfri(),
            kompleks::<Adresse>("hybeladresse").valgfri().skrivbar(),
            kompleks::<Kontaktinformasjon>("kontaktinformasjon").valgfri().skrivbar(),
            ident("systemId"),
        ],
        &[
            eier("person", "felles:Person", En, "elev"),
            avledet("elevforhold", "utdanning-elev:Elevforhold", Mange, "elev"),
        ],
    );
}
