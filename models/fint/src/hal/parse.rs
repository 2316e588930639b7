//! One resource as others write it.

use super::{dato, href};
use crate::metamodell::{Antall, Attributt, Relasjon, Type};
use crate::{Klassemodell, Lenke, Modellert};
use serde_json::{Map, Value};

/// Why a resource could not be read. Names the field, never its content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Parsefeil {
    /// A required attribute or relation is absent or null.
    #[error("{felt} is missing, and FINT requires it: the sender must fill it")]
    Mangler {
        /// Path of the field, e.g. `gyldighetsperiode.start` or `_links.skole`.
        felt: String,
    },
    /// A field holds something else than FINT says.
    #[error("{felt} must be {ventet}: the sender must correct it")]
    FeilType {
        /// Path of the field.
        felt: String,
        /// What FINT says it is.
        ventet: &'static str,
    },
    /// A to-one relation points at several resources.
    #[error("{felt} has {antall} links where FINT allows one: the sender must choose")]
    ForMange {
        /// Path of the relation.
        felt: String,
        /// How many different links there were.
        antall: usize,
    },
}

/// Reads a resource from FINT's JSON.
///
/// Unknown fields and derived relations are passed over. Dates come in three shapes, and links as an absolute address,
/// a path, a template or `systemid/123`; an address that names no id field of its target is kept as it stands.
pub fn parse<T: Modellert>(json: &Value) -> Result<T, Parsefeil> {
    let felter = objekt(T::MODELL, json, "")?;
    Ok(serde_json::from_value(felter)
        .expect("every field was built to its type in the table, and tests hold struct to table"))
}

/// The same class in the shape of our struct: every field present, links instead of addresses.
fn objekt(modell: &'static Klassemodell, json: &Value, sti: &str) -> Result<Value, Parsefeil> {
    let inn =
        json.as_object().ok_or_else(|| feil_type(if sti.is_empty() { "the resource" } else { sti }, "an object"))?;
    let mut ut = Map::new();
    for attributt in modell.attributter {
        let felt = under(sti, attributt.navn);
        ut.insert(attributt.navn.to_owned(), verdi(attributt, inn.get(attributt.navn), &felt)?);
    }
    let lenker = inn.get("_links").unwrap_or(&Value::Null);
    for relasjon in modell.relasjoner.iter().filter(|r| r.lagres()) {
        let felt = under(&under(sti, "_links"), relasjon.navn);
        ut.insert(relasjon.navn.to_owned(), lenke(relasjon, lenker.get(relasjon.navn), &felt)?);
    }
    Ok(Value::Object(ut))
}

fn verdi(attributt: &Attributt, json: Option<&Value>, felt: &str) -> Result<Value, Parsefeil> {
    let json = json.filter(|verdi| !verdi.is_null());
    match (json, attributt.liste) {
        (None, _) if !attributt.valgfri => Err(Parsefeil::Mangler { felt: felt.to_owned() }),
        (None, true) => Ok(Value::Array(Vec::new())),
        (None, false) => Ok(Value::Null),
        (Some(en), false) => enkelt(attributt.type_, en, felt),
        (Some(flere), true) => {
            let flere = flere.as_array().ok_or_else(|| feil_type(felt, "a list"))?;
            flere.iter().enumerate().map(|(i, en)| enkelt(attributt.type_, en, &format!("{felt}[{i}]"))).collect()
        }
    }
}

fn enkelt(type_: Type, json: &Value, felt: &str) -> Result<Value, Parsefeil> {
    let (lest, ventet) = match type_ {
        Type::Tekst => (json.as_str().map(Value::from), "text"),
        Type::Boolsk => (json.as_bool().map(Value::from), "true or false"),
        Type::Heltall => {
            (json.as_i64().and_then(|tall| i32::try_from(tall).ok()).map(Value::from), "a whole number of 32 bits")
        }
        Type::Dato => (json.as_str().and_then(dato::dato).map(|d| Value::from(d.to_string())), "a date, 2010-03-14"),
        Type::Tidspunkt => (
            json.as_str().and_then(dato::tidspunkt).map(|t| Value::from(t.to_string())),
            "a date and time, 2010-03-14T12:00:00Z",
        ),
        Type::Kompleks(klasse) => return objekt(klasse, json, felt),
    };
    lest.ok_or_else(|| feil_type(felt, ventet))
}

fn lenke(relasjon: &Relasjon, json: Option<&Value>, felt: &str) -> Result<Value, Parsefeil> {
    let mut lenker: Vec<Lenke> = Vec::new();
    for href in adresser(json, felt)? {
        let lenke = href::les(relasjon.mal, href);
        if !lenker.contains(&lenke) {
            lenker.push(lenke);
        }
    }
    let som_verdi = |lenke: Lenke| serde_json::to_value(lenke).expect("a Lenke is a struct of texts");
    match (relasjon.antall, lenker.len()) {
        (Antall::Mange, _) => Ok(lenker.into_iter().map(som_verdi).collect()),
        (Antall::En, 0) => Err(Parsefeil::Mangler { felt: felt.to_owned() }),
        (_, 0 | 1) => Ok(lenker.pop().map_or(Value::Null, som_verdi)),
        (_, antall) => Err(Parsefeil::ForMange { felt: felt.to_owned(), antall }),
    }
}

/// The addresses under one relation; null and empty ones are dropped, as FINT's core does.
fn adresser<'a>(json: Option<&'a Value>, felt: &str) -> Result<Vec<&'a str>, Parsefeil> {
    let flere = match json {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(flere)) => flere,
        Some(_) => return Err(feil_type(felt, "a list of links")),
    };
    let mut ut = Vec::new();
    for en in flere.iter().filter(|en| !en.is_null()) {
        match en.get("href") {
            None | Some(Value::Null) => {}
            Some(Value::String(href)) => ut.push(href.trim()),
            Some(_) => return Err(feil_type(felt, "a list of links")),
        }
    }
    ut.retain(|href| !href.is_empty());
    Ok(ut)
}

fn under(sti: &str, navn: &str) -> String {
    if sti.is_empty() { navn.to_owned() } else { format!("{sti}.{navn}") }
}

fn feil_type(felt: &str, ventet: &'static str) -> Parsefeil {
    Parsefeil::FeilType { felt: felt.to_owned(), ventet }
}
