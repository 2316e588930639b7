//! Their spelling: one tolerant reader for OneRoster 1.1, 1.2, the dialects of suppliers and the pilot's file.
//!
//! Every tolerance that is used leaves a [`Finding`]. What cannot be understood without guessing is refused with the path
//! of its field and the bytes as received. Nothing here panics, whatever arrives, and no text made here holds a value
//! from a record.

mod bruker;
mod felter;
mod konvolutt;
mod kurs;
mod resten;
#[cfg(test)]
mod tests;
mod tid;
mod trinn;

pub(crate) use konvolutt::{Uleselig, enkelt, liste, navngitt, samlinger};
pub(crate) use kurs::{Kurs, les_kurs};

use crate::profil::Profil;
use felter::{Avvisning, Leser};
use flow::{Finding, Observed, Refused};
use oneroster::{Objekt, Objekttype, Status};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// What became of one row.
#[derive(Debug)]
pub(crate) enum Utfall {
    /// It is ours.
    Beholdt(Observed),
    /// It is readable and not ours: a teacher, a group that is no class.
    Utenfor,
    /// It cannot be understood.
    Avvist(Refused),
}

/// One row, read.
pub(crate) struct Rad {
    /// The row's `sourcedId`, where it has one. Personal.
    pub(crate) id: Option<String>,
    /// What became of it.
    pub(crate) utfall: Utfall,
    /// For a class that does not say its grade: the id of its course.
    pub(crate) kurs: Option<String>,
}

/// Reads one row of a collection. `nummer` is its place in the collection, for the field's path.
pub(crate) fn les_rad(
    profil: &Profil,
    objekttype: Objekttype,
    nummer: u64,
    raw: &RawValue,
    findings: &mut Vec<Finding>,
) -> Rad {
    let samling = objekttype.samling();
    let mut leser = Leser { profil, samling, findings };
    let (id, lest, kurs) = match serde_json::from_str::<Value>(raw.get()) {
        Ok(Value::Object(rad)) => {
            let lest = les_objekt(&mut leser, objekttype, &rad);
            let kurs =
                lest.as_ref().ok().and_then(Option::as_ref).and_then(|observed| kurs::uten_trinn(&rad, observed));
            (kikk_id(&rad), lest, kurs)
        }
        // Valid JSON that is still unreadable is nested deeper than any roster.
        Ok(_) | Err(_) => (None, Err(Avvisning { code: "unreadable-record", sti: String::new() }), None),
    };
    if id.is_none() && matches!(lest, Ok(None)) {
        leser.funn("missing-sourced-id");
    }
    let utfall = match lest {
        Ok(Some(observed)) => Utfall::Beholdt(observed),
        Ok(None) => Utfall::Utenfor,
        Err(Avvisning { code, sti }) => {
            let prikk = if sti.is_empty() { "" } else { "." };
            let field = format!("{samling}[{nummer}]{prikk}{sti}");
            Utfall::Avvist(Refused { samling, code, field, raw: raw.get().as_bytes().to_vec() })
        }
    };
    Rad { id, utfall, kurs }
}

fn les_objekt(
    leser: &mut Leser<'_>,
    objekttype: Objekttype,
    rad: &Map<String, Value>,
) -> Result<Option<Observed>, Avvisning> {
    let objekt = match objekttype {
        Objekttype::Org => leser.org(rad).map(Objekt::Org).map(Some),
        Objekttype::AcademicSession => leser.academic_session(rad).map(Objekt::AcademicSession).map(Some),
        Objekttype::Class => leser.class(rad).map(|o| o.map(Objekt::Class)),
        Objekttype::User => leser.user(rad).map(|o| o.map(Objekt::User)),
        Objekttype::Enrollment => leser.enrollment(rad).map(|o| o.map(Objekt::Enrollment)),
    }?;
    let Some(objekt) = objekt else { return Ok(None) };
    let status = leser.status(rad)?;
    let modified = leser.tidspunkt(rad, "dateLastModified");
    Ok(Some(Observed { status, modified, objekt: objekt.into() }))
}

/// The id of a row that may turn out not to be ours: no tolerance is noted yet.
fn kikk_id(rad: &Map<String, Value>) -> Option<String> {
    match rad.get("sourcedId")? {
        Value::String(id) if !id.trim().is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Whether the source has given up a row, whatever else it says of it.
pub(crate) fn oppgitt(profil: &Profil, objekttype: Objekttype, raw: &RawValue) -> bool {
    let Ok(rad) = serde_json::from_str::<Map<String, Value>>(raw.get()) else { return false };
    let mut leser = Leser { profil, samling: objekttype.samling(), findings: &mut Vec::new() };
    leser.status(&rad) == Ok(Status::Tobedeleted)
}
