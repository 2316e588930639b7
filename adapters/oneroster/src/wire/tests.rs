//! The reader against every dialect, against each tolerance, and against arbitrary JSON.

mod dialekter;
mod konvolutter;
mod toleranser;
mod vilkarlig;

use super::{Utfall, les_rad};
use crate::profil::{Profil, Profilnavn, Versjon};
use flow::Observed;
use oneroster::Objekttype;
use serde_json::value::to_raw_value;
use serde_json::{Value, json};

/// Code and path of a refusal.
type Avvist = (String, String);

/// What came of a row of the version that it looks like: what we keep, or the code and path of the refusal; and the
/// tolerances used.
fn les(navn: Profilnavn, objekttype: Objekttype, rad: &Value) -> (Result<Option<Observed>, Avvist>, Vec<&'static str>) {
    let versjon = if rad.get("roles").is_some() { Versjon::V1p2 } else { Versjon::V1p1 };
    les_med(&Profil { versjon, ..Profil::av(navn) }, objekttype, rad)
}

fn les_med(
    profil: &Profil,
    objekttype: Objekttype,
    rad: &Value,
) -> (Result<Option<Observed>, Avvist>, Vec<&'static str>) {
    let mut findings = Vec::new();
    let raw = to_raw_value(rad).unwrap();
    let utfall = match les_rad(profil, objekttype, 17, &raw, &mut findings).utfall {
        Utfall::Beholdt(observed) => Ok(Some(observed)),
        Utfall::Utenfor => Ok(None),
        Utfall::Avvist(refused) => {
            assert_eq!(refused.raw, raw.get().as_bytes(), "a refused record keeps its bytes");
            Err((refused.code.to_owned(), refused.field))
        }
    };
    (utfall, findings.into_iter().map(|f| f.code).collect())
}

/// A pupil with some fields changed, or taken away where the value is `FJERN`.
fn elev(endring: &Value) -> Value {
    let mut rad = json!({"sourcedId": "e1", "status": "active", "dateLastModified": "2026-01-15T08:30:00Z",
        "givenName": "Åse", "familyName": "Prøve", "role": "student", "identifier": "14821150036", "grades": ["10"],
        "orgs": [{"href": "x", "sourcedId": "s1", "type": "org"}]});
    for (felt, verdi) in endring.as_object().unwrap() {
        if verdi == "FJERN" {
            rad.as_object_mut().unwrap().remove(felt)
        } else {
            rad.as_object_mut().unwrap().insert(felt.clone(), verdi.clone())
        };
    }
    rad
}
