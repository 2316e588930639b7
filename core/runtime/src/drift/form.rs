//! The shape of what was read or sent: which fields, what kind of thing stands in them, how often. Never what.

use elevliste::Elevlinje;
use hendelse::Kildeobjekt;
use oneroster::Objekt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Fields of each type.
pub type Form = BTreeMap<String, BTreeMap<String, Felttall>>;

/// More fields of one type than this are not told apart: our own types have far fewer.
const FLEST: usize = 200;

/// How often a field held what kind of thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Felttall {
    /// A text.
    #[serde(skip_serializing_if = "er_null")]
    pub tekst: u64,
    /// A number.
    #[serde(skip_serializing_if = "er_null")]
    pub tall: u64,
    /// True or false.
    #[serde(skip_serializing_if = "er_null")]
    pub bool: u64,
    /// A list.
    #[serde(skip_serializing_if = "er_null")]
    pub liste: u64,
    /// Something with fields of its own.
    #[serde(skip_serializing_if = "er_null")]
    pub objekt: u64,
    /// Nothing.
    #[serde(skip_serializing_if = "er_null")]
    pub null: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn er_null(antall: &u64) -> bool {
    *antall == 0
}

impl Felttall {
    /// How often there was something.
    pub const fn til_stede(&self) -> u64 {
        self.tekst + self.tall + self.bool + self.liste + self.objekt
    }
}

/// Counts one object of a source, as it is after the adapter has read it.
pub(crate) fn tell(form: &mut Form, objekt: &Kildeobjekt) {
    let verdi = match objekt {
        Kildeobjekt::Roster(Objekt::Org(o)) => serde_json::to_value(o),
        Kildeobjekt::Roster(Objekt::AcademicSession(o)) => serde_json::to_value(o),
        Kildeobjekt::Roster(Objekt::Class(o)) => serde_json::to_value(o),
        Kildeobjekt::Roster(Objekt::User(o)) => serde_json::to_value(o),
        Kildeobjekt::Roster(Objekt::Enrollment(o)) => serde_json::to_value(o),
        Kildeobjekt::Vigoskole(o) => serde_json::to_value(o),
        Kildeobjekt::Registerperson(o) => serde_json::to_value(o),
    };
    if let Ok(verdi) = verdi {
        legg(form, objekt.typenavn(), &verdi);
    }
}

/// The lines of a list as they are sent: without what is our own about them.
pub(crate) fn linjer(linjer: &[Elevlinje]) -> Form {
    let mut form = Form::new();
    for linje in linjer {
        if let Ok(Value::Object(mut verdi)) = serde_json::to_value(linje) {
            verdi.retain(|felt, _| felt != "avvik" && felt != "opphav");
            legg(&mut form, "elev", &Value::Object(verdi));
        }
    }
    form
}

fn legg(form: &mut Form, typ: &str, verdi: &Value) {
    if !form.contains_key(typ) {
        form.insert(typ.to_owned(), BTreeMap::new());
    }
    if let (Some(felter), Value::Object(_)) = (form.get_mut(typ), verdi) {
        inn_i(felter, &mut String::new(), verdi);
    }
}

/// The names are those of our own types. What could not be one is not believed to be a name.
fn er_navn(navn: &str) -> bool {
    navn.len() <= 40
        && navn.starts_with(|c: char| c.is_ascii_alphabetic())
        && navn.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
}

fn inn_i(felter: &mut BTreeMap<String, Felttall>, sti: &mut String, verdi: &Value) {
    let lengde = sti.len();
    match verdi {
        Value::Object(deler) => {
            for (navn, del) in deler {
                if lengde > 0 {
                    sti.push('.');
                }
                sti.push_str(if er_navn(navn) { navn } else { "?" });
                noter(felter, sti, del);
                inn_i(felter, sti, del);
                sti.truncate(lengde);
            }
        }
        Value::Array(deler) => {
            sti.push_str("[]");
            for del in deler {
                noter(felter, sti, del);
                inn_i(felter, sti, del);
            }
            sti.truncate(lengde);
        }
        _ => {}
    }
}

fn noter(felter: &mut BTreeMap<String, Felttall>, sti: &str, verdi: &Value) {
    if !felter.contains_key(sti) {
        if felter.len() >= FLEST {
            return;
        }
        felter.insert(sti.to_owned(), Felttall::default());
    }
    let Some(tall) = felter.get_mut(sti) else { return };
    *match verdi {
        Value::Null => &mut tall.null,
        Value::Bool(_) => &mut tall.bool,
        Value::Number(_) => &mut tall.tall,
        Value::String(_) => &mut tall.tekst,
        Value::Array(_) => &mut tall.liste,
        Value::Object(_) => &mut tall.objekt,
    } += 1;
}
