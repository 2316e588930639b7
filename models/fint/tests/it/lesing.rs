//! Reading what others write: what is forgiven, and what is refused by name and without its content.

use fint::hal::{Parsefeil, parse};
use fint::{Elev, Elevforhold, Identifikator, Landkode, Lenke, Periode, Person};
use jiff::civil::date;
use serde_json::{Value, json};

fn person() -> Value {
    let sti = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/person_slik_andre_skriver.json");
    serde_json::from_str(&std::fs::read_to_string(sti).unwrap()).unwrap()
}

#[test]
fn forgives_what_senders_do_differently() {
    let lest: Person = parse(&person()).unwrap();
    assert_eq!(lest.fodselsdato, Some(date(2010, 3, 14).into()), "midnight in Norway is the day before in UTC");
    let start = Periode::fra("2010-03-14T12:00:00Z".parse().unwrap());
    assert_eq!(
        lest.fodselsnummer,
        Identifikator { gyldighetsperiode: Some(start), ..Identifikator::ny("14831070030") }
    );
    assert_eq!(lest.statsborgerskap, [Lenke::til::<Landkode>("NO")], "one link in two shapes, and empty ones");
    assert_eq!(lest.foreldre, [Lenke::til::<Person>("02917930026")]);
    assert_eq!((lest.kommune, lest.kjonn, lest.bilde), (None, None, None));
    let adresse = lest.bostedsadresse.unwrap();
    assert_eq!((adresse.adresselinje.len(), adresse.land), (0, Some(Lenke::til::<Landkode>("NO"))));
}

#[test]
fn refuses_the_wrong_type_and_names_the_field() {
    for (peker, verdi, felt, ventet) in [
        ("/navn/fornavn", json!(14831070030_u64), "navn.fornavn", "text"),
        ("/navn", json!("Aslaug Prøvestad"), "navn", "an object"),
        ("/fodselsdato", json!("14.03.2010"), "fodselsdato", "a date, 2010-03-14"),
        ("/bostedsadresse/adresselinje", json!("Prøveveien 12"), "bostedsadresse.adresselinje", "a list"),
        ("/bostedsadresse/adresselinje", json!(["Prøveveien 12", 7]), "bostedsadresse.adresselinje[1]", "text"),
        (
            "/fodselsnummer/gyldighetsperiode/start",
            json!("i går"),
            "fodselsnummer.gyldighetsperiode.start",
            "a date and time, 2010-03-14T12:00:00Z",
        ),
        ("/_links/foreldre", json!("systemid/02917930026"), "_links.foreldre", "a list of links"),
        ("/_links/foreldre", json!([{ "href": 2917930026_u64 }]), "_links.foreldre", "a list of links"),
        ("/bostedsadresse/_links/land", json!({}), "bostedsadresse._links.land", "a list of links"),
    ] {
        let mut json = person();
        *json.pointer_mut(peker).unwrap() = verdi;
        let feil = parse::<Person>(&json).unwrap_err();
        assert_eq!(feil, Parsefeil::FeilType { felt: felt.to_owned(), ventet });
        assert_eq!(feil.to_string(), format!("{felt} must be {ventet}: the sender must correct it"));
    }
}

#[test]
fn refuses_what_is_no_object() {
    for json in [json!(null), json!([]), json!("14831070030")] {
        let feil = parse::<Person>(&json).unwrap_err();
        assert_eq!(feil.to_string(), "the resource must be an object: the sender must correct it");
    }
}

#[test]
fn refuses_two_different_targets_of_a_to_one_relation() {
    let json = |lenker: Value| json!({ "systemId": { "identifikatorverdi": "e" }, "_links": { "person": lenker } });
    let (en, annen) = (json!({ "href": "fodselsnummer/14831070030" }), json!({ "href": "fodselsnummer/02917930026" }));
    assert!(parse::<Elev>(&json(json!([en, en]))).is_ok(), "the same twice is one");
    let feil = parse::<Elev>(&json(json!([en, annen]))).unwrap_err();
    assert_eq!(feil, Parsefeil::ForMange { felt: "_links.person".to_owned(), antall: 2 });
    assert!(!feil.to_string().contains("0291793"));
}

#[test]
fn names_a_missing_field_however_deep() {
    let mut json = person();
    json["fodselsnummer"]["gyldighetsperiode"]["start"] = Value::Null;
    let felt = "fodselsnummer.gyldighetsperiode.start".to_owned();
    assert_eq!(parse::<Person>(&json).unwrap_err(), Parsefeil::Mangler { felt });
    let json = json!({ "beskrivelse": "10A", "systemId": { "identifikatorverdi": "1" } });
    assert_eq!(parse::<Elevforhold>(&json).unwrap_err(), Parsefeil::Mangler { felt: "_links.elev".to_owned() });
}
