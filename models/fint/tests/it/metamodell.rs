//! The tables agree with themselves, and with FINT's own description where that is at hand.

use crate::stotte::{for_ressurser, full};
use fint::metamodell::{Attributt, Klasseart, Relasjon, Side, VERSJON, finn};
use fint::{Klassemodell, Ressurs, hal, modell};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// FINT itself once shipped a version whose inverse names were missing, and back-links broke.
#[test]
fn every_inverse_exists_on_the_other_class() {
    let mut sett = 0;
    for klasse in modell() {
        for relasjon in klasse.relasjoner {
            let (Some(invers), Some(mal)) = (relasjon.invers, finn(relasjon.mal)) else { continue };
            let tilbake = mal.relasjon(invers).unwrap_or_else(|| panic!("{} lacks {invers}", mal.full));
            assert_eq!(tilbake.mal, klasse.full, "{}.{invers}", mal.full);
            assert_eq!(tilbake.invers, Some(relasjon.navn), "{}.{invers}", mal.full);
            assert!(relasjon.lagres() || tilbake.lagres(), "{}.{}: neither side owns it", klasse.full, relasjon.navn);
            sett += 1;
        }
    }
    assert!(sett > 0, "no two-way relation was looked at");
}

#[test]
fn names_are_unique_and_every_resource_has_a_key() {
    let mut navn = BTreeSet::new();
    for klasse in modell() {
        assert!(navn.insert(klasse.full), "{} twice", klasse.full);
        let felt: BTreeSet<&str> =
            klasse.attributter.iter().map(|a| a.navn).chain(klasse.relasjoner.iter().map(|r| r.navn)).collect();
        assert_eq!(felt.len(), klasse.attributter.len() + klasse.relasjoner.len(), "{}: a name twice", klasse.full);
        let har_nokkel = klasse.identifikatorer().any(|a| !a.valgfri);
        assert!(har_nokkel || !klasse.er_ressurs(), "{}: no required identifier", klasse.full);
    }
}

#[test]
fn the_key_is_the_required_identifier() {
    fn sjekk<T: Ressurs>() {
        let ressurs: T = serde_json::from_value(full(T::MODELL, "")).unwrap();
        let json = serde_json::to_value(&ressurs).unwrap();
        assert_eq!(json[T::NOKKEL]["identifikatorverdi"], ressurs.nokkel().verdi());
        assert!(T::MODELL.identifikatorer().any(|a| a.navn == T::NOKKEL && !a.valgfri), "{}", T::MODELL.full);
        assert_eq!(ressurs.lenke().id_felt, T::NOKKEL);
    }
    for_ressurser!(sjekk);
}

#[test]
fn the_tables_are_those_of_fint() {
    let Some(fasit) = fasit() else { return };
    for klasse in modell() {
        let fint = oppslag(&fasit, klasse);
        assert_eq!(fint["modelVersion"], VERSJON);
        assert_eq!(fint["common"], klasse.felles, "{}", klasse.full);
        assert_eq!(fint["parent"], json!(klasse.forelder), "{}", klasse.full);
        assert_eq!(fint["kind"], art(klasse.art), "{}", klasse.full);
        let kodeliste = fint["kind"] == "main" && fint["parent"] == "felles-basisklasser:Begrep";
        assert_eq!(klasse.art == Klasseart::Kodeliste, kodeliste, "{}", klasse.full);
        assert_eq!(
            klasse.attributter.iter().map(attributt).collect::<Vec<_>>(),
            fasit_attributter(fint),
            "{}",
            klasse.full
        );
        assert_eq!(
            klasse.relasjoner.iter().map(relasjon).collect::<Vec<_>>(),
            fasit_relasjoner(fint),
            "{}",
            klasse.full
        );
        let mut id: Vec<&str> = klasse.identifikatorer().map(|a| a.navn).collect();
        id.sort_unstable();
        if klasse.er_ressurs() {
            assert_eq!(fint["identifiers"], json!(id), "{}", klasse.full);
        }
    }
}

#[test]
fn the_paths_are_those_of_fint() {
    let Some(fasit) = fasit() else { return };
    fn sti<T: Ressurs>() -> (&'static Klassemodell, String) {
        (T::MODELL, hal::samling::<T>("https://x.no/"))
    }
    for (modell, adresse) in for_ressurser!(sti) {
        match oppslag(&fasit, modell)["path"].as_str() {
            Some(path) => assert_eq!(adresse, format!("https://x.no/{path}")),
            None => assert!(modell.felles, "{}", modell.full),
        }
    }
    assert_eq!(hal::samling::<fint::Person>("https://x.no"), "https://x.no/utdanning/elev/person");
}

/// FINT's model as extracted for this project; not part of the repository.
fn fasit() -> Option<Value> {
    let sti = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/fint-model.json");
    match std::fs::read_to_string(sti) {
        Ok(tekst) => Some(serde_json::from_str(&tekst).unwrap()),
        Err(_) => {
            println!("skipped: FINT's own model is not at hand, so the tables were not compared with it");
            None
        }
    }
}

fn oppslag<'a>(fasit: &'a Value, klasse: &Klassemodell) -> &'a Value {
    let treff = |k: &&Value| k["package"] == klasse.pakke && k["name"] == klasse.navn;
    fasit.as_array().unwrap().iter().find(treff).unwrap_or_else(|| panic!("FINT has no {}", klasse.full))
}

fn art(art: Klasseart) -> &'static str {
    match art {
        Klasseart::Hoved | Klasseart::Kodeliste => "main",
        Klasseart::Kompleks => "complex",
        Klasseart::Abstrakt => "abstract",
        Klasseart::Referanse => "reference",
    }
}

fn attributt(a: &Attributt) -> Value {
    json!([a.navn, a.type_.fint(), a.liste, a.valgfri, a.skrivbar, a.er_identifikator()])
}

fn fasit_attributter(fint: &Value) -> Vec<Value> {
    let sant = |a: &Value, felt: &str| a[felt].as_bool().unwrap_or(false);
    let en = |a: &Value| {
        json!([a["name"], a["type"], sant(a, "list"), sant(a, "optional"), sant(a, "writable"), sant(a, "identifier")])
    };
    fint["attributes"].as_array().unwrap().iter().map(en).collect()
}

fn relasjon(r: &Relasjon) -> Value {
    let kilde = match r.side {
        Side::Enveis => Value::Null,
        Side::Eier => json!(true),
        Side::Avledet => json!(false),
    };
    json!([r.navn, r.mal, r.antall.fint(), r.invers, kilde])
}

fn fasit_relasjoner(fint: &Value) -> Vec<Value> {
    let en = |r: &Value| json!([r["name"], r["target"], r["multiplicity"], r["inverse"], r["isSource"]]);
    fint["relations"].as_array().unwrap().iter().map(en).collect()
}
