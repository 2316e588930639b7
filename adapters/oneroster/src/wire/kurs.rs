//! `courses`: only what tells a class's grade.

use super::trinn;
use flow::{Kildeobjekt, Observed};
use oneroster::Objekt;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// A course.
pub(crate) struct Kurs {
    /// The source's id.
    pub(crate) id: String,
    /// Its grades, written as ours.
    pub(crate) trinn: Vec<String>,
    /// The year in which its pupils started school (OnEdHub metadata `initialYear`).
    pub(crate) kull: Option<i16>,
    /// The source's id of its school year.
    pub(crate) skolear: Option<String>,
}

/// A course, or nothing where the row does not say which one it is: it is only a help.
pub(crate) fn les_kurs(raw: &RawValue) -> Option<Kurs> {
    let rad: Map<String, Value> = serde_json::from_str(raw.get()).ok()?;
    let trinn = match rad.get("grades") {
        Some(Value::Array(grades)) => grades.iter().filter_map(tekst).collect(),
        Some(en) => tekst(en).into_iter().collect(),
        None => Vec::new(),
    };
    Some(Kurs {
        id: tekst(rad.get("sourcedId")?)?,
        trinn: trinn.iter().map(|t| trinn::les(t).map_or_else(|| t.clone(), |t| t.to_string())).collect(),
        kull: kull(&rad),
        skolear: rad.get("schoolYear").and_then(referanse),
    })
}

/// The course of a class that does not say its grade.
pub(super) fn uten_trinn(rad: &Map<String, Value>, observed: &Observed) -> Option<String> {
    match &observed.objekt {
        Kildeobjekt::Roster(Objekt::Class(klasse)) if klasse.grades.is_empty() => referanse(rad.get("course")?),
        _ => None,
    }
}

fn kull(rad: &Map<String, Value>) -> Option<i16> {
    let metadata = rad.get("metadata")?.as_object()?;
    let nostet = || metadata.get("onedhub")?.as_object()?.get("initialYear");
    let verdi = metadata.get("onedhub.initialYear").or_else(|| metadata.get("initialYear")).or_else(nostet)?;
    tekst(verdi)?.parse().ok()
}

fn referanse(verdi: &Value) -> Option<String> {
    verdi.as_object().map_or_else(|| tekst(verdi), |o| tekst(o.get("sourcedId")?))
}

fn tekst(verdi: &Value) -> Option<String> {
    match verdi {
        Value::String(tekst) if !tekst.trim().is_empty() => Some(tekst.trim().to_owned()),
        Value::Number(tall) => Some(tall.to_string()),
        _ => None,
    }
}
