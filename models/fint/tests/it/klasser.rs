//! Every struct is what its table says: names, order, optionality; it survives serde and HAL, and prints nothing personal.

use crate::stotte::{DATO, KANARI, feltnavn, for_komplekse, for_ressurser, full, minst};
use fint::metamodell::{Antall, Klasseart};
use fint::{Modellert, Ressurs, hal, modell};
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Debug;

fn les<T: Modellert>(json: &Value) -> T {
    serde_json::from_value(json.clone()).unwrap_or_else(|feil| panic!("{}: {feil}", T::MODELL.navn))
}

#[test]
fn the_tests_cover_every_class() {
    fn navn<T: Modellert>() -> &'static str {
        T::MODELL.full
    }
    let sett: BTreeSet<&str> = for_ressurser!(navn).into_iter().chain(for_komplekse!(navn)).collect();
    let har_struct = |art| !matches!(art, Klasseart::Abstrakt | Klasseart::Referanse);
    let i_modellen: BTreeSet<&str> = modell().iter().filter(|k| har_struct(k.art)).map(|k| k.full).collect();
    assert_eq!(sett, i_modellen);
}

#[test]
fn a_struct_has_the_fields_of_its_table_in_order() {
    fn sjekk<T: Modellert>() {
        for json in [full(T::MODELL, T::MODELL.navn), minst(T::MODELL)] {
            let verdi: T = les(&json);
            assert_eq!(serde_json::to_value(&verdi).unwrap(), json, "{}: a field is lost or added", T::MODELL.navn);
            let tekst = serde_json::to_string(&verdi).unwrap();
            assert_eq!(nokler(&tekst), feltnavn(T::MODELL), "{}: order", T::MODELL.navn);
        }
    }
    for_ressurser!(sjekk);
    for_komplekse!(sjekk);
}

#[test]
fn a_field_is_optional_where_its_table_says_so() {
    fn sjekk<T: Modellert>() {
        let json = full(T::MODELL, T::MODELL.navn);
        let attributter = T::MODELL.attributter.iter().map(|a| (a.navn, a.valgfri && !a.liste));
        let relasjoner =
            T::MODELL.relasjoner.iter().filter(|r| r.lagres()).map(|r| (r.navn, r.antall == Antall::HoystEn));
        for (navn, valgfri) in attributter.chain(relasjoner) {
            let mut uten = json.clone();
            uten[navn] = Value::Null;
            let godtas = serde_json::from_value::<T>(uten).is_ok();
            assert_eq!(godtas, valgfri, "{}.{navn}", T::MODELL.navn);
        }
    }
    for_ressurser!(sjekk);
    for_komplekse!(sjekk);
}

#[test]
fn fint_json_comes_back_as_the_same_struct() {
    fn sjekk<T: Ressurs + PartialEq>() {
        for json in [full(T::MODELL, T::MODELL.navn), minst(T::MODELL)] {
            let for_: T = les(&json);
            let etter = hal::parse::<T>(&hal::render(&for_, "https://api.example.no", &hal::Baklenker::ingen()));
            assert!(etter.as_ref() == Ok(&for_), "{}: {:?}", T::MODELL.navn, etter.err());
        }
    }
    for_ressurser!(sjekk);
}

#[test]
fn fint_json_omits_what_is_empty() {
    fn sjekk<T: Ressurs>() {
        let verdi: T = les(&minst(T::MODELL));
        let json = hal::render(&verdi, "", &hal::Baklenker::ingen());
        let pakrevd: BTreeSet<&str> =
            T::MODELL.attributter.iter().filter(|a| !a.valgfri).map(|a| a.navn).chain(["_links"]).collect();
        assert_eq!(json.as_object().unwrap().keys().map(String::as_str).collect::<BTreeSet<_>>(), pakrevd);
        let en = T::MODELL.relasjoner.iter().filter(|r| r.antall == Antall::En).map(|r| r.navn).chain(["self"]);
        assert_eq!(
            json["_links"].as_object().unwrap().keys().map(String::as_str).collect::<BTreeSet<_>>(),
            en.collect::<BTreeSet<_>>()
        );
    }
    for_ressurser!(sjekk);
}

#[test]
fn parse_names_every_required_field_that_is_missing() {
    fn sjekk<T: Ressurs>() {
        let verdi: T = les(&full(T::MODELL, T::MODELL.navn));
        let json = hal::render(&verdi, "", &hal::Baklenker::ingen());
        for attributt in T::MODELL.attributter {
            let mut uten = json.clone();
            uten.as_object_mut().unwrap().remove(attributt.navn);
            let feil = hal::parse::<T>(&uten).err();
            let ventet = (!attributt.valgfri).then(|| hal::Parsefeil::Mangler { felt: attributt.navn.to_owned() });
            assert_eq!(feil, ventet, "{}", T::MODELL.navn);
        }
        for relasjon in T::MODELL.relasjoner.iter().filter(|r| r.antall == Antall::En) {
            let mut uten = json.clone();
            uten["_links"].as_object_mut().unwrap().remove(relasjon.navn);
            let felt = format!("_links.{}", relasjon.navn);
            assert_eq!(hal::parse::<T>(&uten).err(), Some(hal::Parsefeil::Mangler { felt }));
        }
    }
    for_ressurser!(sjekk);
}

/// The only texts that may be printed: codes, and the names of schools, classes and places.
const APNE: &[&str] = &["beskrivelse", "domenenavn", "juridiskNavn", "kode", "navn", "organisasjonsnavn"];

#[test]
fn debug_prints_no_personal_value() {
    fn sjekk<T: Modellert + Debug>() {
        let verdi: T = les(&full(T::MODELL, T::MODELL.navn));
        let skrevet = format!("{verdi:?} {verdi:#?}");
        let synlige: BTreeSet<&str> = skrevet
            .match_indices(KANARI)
            .map(|(fra, _)| skrevet[fra..].split_once([':', ';']).unwrap().1.split_once(';').unwrap().0)
            .collect();
        // A person's own name and a free text inside a Periode are no class's or school's: only top-level fields are open.
        let personlig =
            matches!(T::MODELL.navn, "Person" | "Kontaktperson" | "Elev") || T::MODELL.art == Klasseart::Kompleks;
        let apne: BTreeSet<String> = T::MODELL
            .attributter
            .iter()
            .filter(|a| !personlig && APNE.contains(&a.navn))
            .map(|a| format!("{}.{}", T::MODELL.navn, a.navn))
            .collect();
        assert_eq!(synlige, apne.iter().map(String::as_str).collect());
        let har_apen_dato = T::MODELL.navn == "Elevforhold";
        assert_eq!(skrevet.contains(DATO), har_apen_dato, "{}", T::MODELL.navn);
    }
    for_ressurser!(sjekk);
    for_komplekse!(sjekk);
}

/// The keys of a JSON object in the order they are written.
fn nokler(tekst: &str) -> Vec<String> {
    struct Nokler;
    impl<'de> Visitor<'de> for Nokler {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut ut = Vec::new();
            while let Some((nokkel, _)) = map.next_entry::<String, IgnoredAny>()? {
                ut.push(nokkel);
            }
            Ok(ut)
        }
    }
    serde::Deserializer::deserialize_map(&mut serde_json::Deserializer::from_str(tekst), Nokler).unwrap()
}
