//! What the tests of this crate share: every class by name, and an instance of any class made from its table.

use fint::metamodell::{Antall, Klasseart, Type, finn};
use fint::{Klassemodell, metamodell::Attributt, metamodell::Relasjon};
use serde_json::{Map, Value, json};

/// Calls a generic function for the named classes; the answers as an array.
macro_rules! for_klasser {
    ($funksjon:ident: $($klasse:ident)+) => { [$($funksjon::<fint::$klasse>()),+] };
}
pub(crate) use for_klasser;

/// The same for every resource.
macro_rules! for_ressurser {
    ($funksjon:ident) => {
        crate::stotte::for_klasser!($funksjon: Anmerkninger Arstrinn Elev Elevforhold Elevkategori Fylke Kjonn Klasse
            Klassemedlemskap Kommune Kontaktperson Landkode Person Skole Skolear Sprak Termin)
    };
}
pub(crate) use for_ressurser;

/// The same for every complex type.
macro_rules! for_komplekse {
    ($funksjon:ident) => {
        crate::stotte::for_klasser!($funksjon: Adresse Identifikator Kontaktinformasjon Matrikkelnummer Periode Personnavn)
    };
}
pub(crate) use for_komplekse;

/// What every made-up text begins with.
pub const KANARI: &str = "KANARI";
/// Every made-up date.
pub const DATO: &str = "1888-08-08";

/// Every field filled, each text a canary of its own that names the field.
pub fn full(modell: &Klassemodell, sti: &str) -> Value {
    bygg(modell, |a| attributt(a, &format!("{sti}.{}", a.navn)), |r| relasjon(r, &format!("{sti}.{}", r.navn)))
}

/// Only what FINT requires.
pub fn minst(modell: &Klassemodell) -> Value {
    let attr = |a: &Attributt| match (a.valgfri, a.liste) {
        (true, true) => json!([]),
        (true, false) => Value::Null,
        (false, _) => match a.type_ {
            Type::Kompleks(klasse) => minst(klasse),
            _ => attributt(a, a.navn),
        },
    };
    let rel = |r: &Relasjon| match r.antall {
        Antall::Mange => json!([]),
        Antall::HoystEn => Value::Null,
        Antall::En => relasjon(r, r.navn),
    };
    bygg(modell, attr, rel)
}

/// The names of the fields our struct must have, in order.
pub fn feltnavn(modell: &Klassemodell) -> Vec<&'static str> {
    let lagret = modell.relasjoner.iter().filter(|r| r.lagres()).map(|r| r.navn);
    modell.attributter.iter().map(|a| a.navn).chain(lagret).collect()
}

fn bygg(modell: &Klassemodell, attr: impl Fn(&Attributt) -> Value, rel: impl Fn(&Relasjon) -> Value) -> Value {
    let mut ut: Map<String, Value> = modell.attributter.iter().map(|a| (a.navn.to_owned(), attr(a))).collect();
    ut.extend(modell.relasjoner.iter().filter(|r| r.lagres()).map(|r| (r.navn.to_owned(), rel(r))));
    Value::Object(ut)
}

fn attributt(a: &Attributt, sti: &str) -> Value {
    let en = match a.type_ {
        Type::Tekst => json!(format!("{KANARI}:{sti};")),
        Type::Dato => json!(DATO),
        Type::Tidspunkt => json!("2026-08-01T12:00:00Z"),
        Type::Boolsk => json!(true),
        Type::Heltall => json!(7),
        Type::Kompleks(klasse) => full(klasse, sti),
    };
    if a.liste { json!([en]) } else { en }
}

fn relasjon(r: &Relasjon, sti: &str) -> Value {
    let id_felt = match finn(r.mal) {
        Some(mal) if mal.art == Klasseart::Referanse => "",
        Some(mal) => mal.identifikatorer().last().expect("a resource has an identifier").navn,
        None => "systemId",
    };
    let en = json!({ "klasse": r.mal, "idFelt": id_felt, "verdi": format!("{KANARI}:{sti};") });
    if r.antall == Antall::Mange { json!([en]) } else { en }
}
