//! The daily users file that the pilot got: a hybrid that no version of OneRoster allows.

use serde_json::{Value, json};

use crate::{generator::Kommune, klokke::iso};

/// How the number's field is spelled; both have been seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Skrivemate {
    /// `identfier`, as in the pilot's material.
    #[default]
    Identfier,
    /// `identifier`
    Identifier,
}

/// The tenth-graders and every other pupil of the municipality, as the file has them: 1.1's `role`, an org reference
/// of type `school` without `href`, no classes.
pub fn pilotfil(kommune: &Kommune, skrivemate: Skrivemate) -> Value {
    let felt = match skrivemate {
        Skrivemate::Identfier => "identfier",
        Skrivemate::Identifier => "identifier",
    };
    let brukere = kommune.elever.iter().map(|elev| {
        let mut bruker = json!({
            "sourcedId": elev.id, "status": "active", "dateLastModified": iso(kommune.opprettet),
            "username": format!("u{:08x}", elev.id.as_fields().0),
            "givenName": elev.fornavn, "familyName": elev.etternavn, "role": "student",
            "grades": [elev.trinn.to_string()], "orgs": [{"sourcedId": elev.skole, "type": "school"}],
        });
        if let Some(mellomnavn) = &elev.mellomnavn {
            bruker["middleName"] = json!(mellomnavn);
        }
        if let Some(nummer) = &elev.nummer {
            bruker[felt] = json!(nummer);
        }
        bruker
    });
    json!({"users": brukere.collect::<Vec<_>>()})
}
