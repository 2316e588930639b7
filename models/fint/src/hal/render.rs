//! One resource as FINT writes it.

use super::{Baklenker, felter, href, lenker};
use crate::metamodell::Type;
use crate::{Klassemodell, Lenke, Ressurs};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// A resource as FINT's JSON. `base` is the address in front of the domain, e.g. `https://api.felleskomponent.no`.
///
/// Null attributes, empty lists and empty relations are left out; `self` has one address per identifier that is set.
/// Dates are written `2010-03-14` and moments `2010-03-14T12:00:00Z`, which old and new cores both read.
pub fn render<T: Ressurs>(ressurs: &T, base: &str, baklenker: &Baklenker) -> Value {
    objekt(T::MODELL, felter(ressurs), &Ramme { base, under: &href::felles_under(T::MODELL), baklenker })
}

/// What is the same for a whole resource, whatever it embeds.
struct Ramme<'a> {
    base: &'a str,
    under: &'a str,
    baklenker: &'a Baklenker,
}

fn objekt(modell: &'static Klassemodell, mut felter: Map<String, Value>, ramme: &Ramme<'_>) -> Value {
    let lenker = alle_lenker(modell, &felter, ramme);
    let mut ut = Map::new();
    for attributt in modell.attributter {
        let verdi = match (attributt.type_, felter.remove(attributt.navn)) {
            (_, None | Some(Value::Null)) => continue,
            (_, Some(Value::Array(tom))) if tom.is_empty() => continue,
            (Type::Kompleks(klasse), Some(verdi)) => innebygd(klasse, verdi, ramme),
            (_, Some(verdi)) => verdi,
        };
        ut.insert(attributt.navn.to_owned(), verdi);
    }
    if !lenker.is_empty() {
        ut.insert("_links".to_owned(), Value::Object(lenker));
    }
    Value::Object(ut)
}

fn innebygd(klasse: &'static Klassemodell, verdi: Value, ramme: &Ramme<'_>) -> Value {
    match verdi {
        Value::Object(felter) => objekt(klasse, felter, ramme),
        Value::Array(flere) => flere.into_iter().map(|en| innebygd(klasse, en, ramme)).collect(),
        annet => annet,
    }
}

fn alle_lenker(modell: &'static Klassemodell, felter: &Map<String, Value>, ramme: &Ramme<'_>) -> Map<String, Value> {
    let selv = if modell.er_ressurs() { identiteter(modell, felter) } else { Vec::new() };
    let mut ut = Map::new();
    let mut legg_til = |navn: &str, lenker: &mut dyn Iterator<Item = &Lenke>| {
        let mut sett = HashSet::new();
        let adresser: Vec<Value> = lenker
            .map(|lenke| href::skriv(ramme.base, ramme.under, lenke))
            .filter(|adresse| sett.insert(adresse.clone()))
            .map(|adresse| json!({ "href": adresse }))
            .collect();
        if !adresser.is_empty() {
            ut.insert(navn.to_owned(), Value::Array(adresser));
        }
    };
    legg_til("self", &mut selv.iter());
    for relasjon in modell.relasjoner {
        let egne = lenker(felter, relasjon);
        legg_til(relasjon.navn, &mut egne.iter().chain(ramme.baklenker.av(&selv, relasjon.navn)));
    }
    ut
}

/// A link to the resource by each identifier that is set.
fn identiteter(modell: &'static Klassemodell, felter: &Map<String, Value>) -> Vec<Lenke> {
    let verdi = |navn: &str| felter.get(navn)?.get("identifikatorverdi")?.as_str().filter(|v| !v.is_empty());
    modell.identifikatorer().filter_map(|a| Some(Lenke::rett(modell.full, a.navn, verdi(a.navn)?))).collect()
}
