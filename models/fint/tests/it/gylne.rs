//! FINT's JSON for a small school, word for word as the files in `fixtures/` have it, written and read.

use fint::hal::{self, Baklenker, Utsnitt};
use fint::{
    Adresse, Anmerkninger, Arstrinn, Elev, Elevforhold, Elevkategori, Fylke, Identifikator, Kjonn, Klasse,
    Klassemedlemskap, Kommune, Kontaktinformasjon, Kontaktperson, Landkode, Lenke, Periode, Person, Personnavn,
    Ressurs, Skole, Skolear, Sprak, Termin,
};
use jiff::civil::{Date, date};
use serde_json::Value;
use std::fmt::Debug;

const BASE: &str = "https://api.felleskomponent.no";
const FNR: &str = "14831070030";
const SKOLEAR: &str = "2026-2027";

fn id(verdi: &str) -> Identifikator {
    Identifikator::ny(verdi)
}

fn periode(start: Date, slutt: Option<Date>) -> Option<Periode> {
    Periode::av(Some(start), slutt, start)
}

fn person() -> Person {
    Person {
        bostedsadresse: Some(Adresse {
            adresselinje: vec!["Prøveveien 12".into(), "H0101".into()],
            postnummer: Some("0012".into()),
            poststed: Some("Prøvevik".into()),
            land: Some(Lenke::til::<Landkode>("NO")),
        }),
        fodselsdato: Some(date(2010, 3, 14).into()),
        kontaktinformasjon: Some(Kontaktinformasjon {
            epostadresse: Some("aslaug@example.no".into()),
            ..Default::default()
        }),
        statsborgerskap: vec![Lenke::til::<Landkode>("NO"), Lenke::til::<Landkode>("SE")],
        kommune: Some(Lenke::til::<Kommune>("4601")),
        kjonn: Some(Lenke::til::<Kjonn>("2")),
        malform: Some(Lenke::til::<Sprak>("nn")),
        foreldre: vec![Lenke::til::<Person>("02917930026")],
        ..Person::ny(id(FNR), Personnavn::av(Some("Aslaug"), Some("Ødegård"), Some("Prøvestad")))
    }
}

fn kontaktperson() -> Kontaktperson {
    let navn = Personnavn::av(Some("Bård"), None, Some("Prøvestad"));
    Kontaktperson { navn: Some(navn), ..Kontaktperson::ny(id("kp-1"), "bestefar", vec![person().lenke()]) }
}

fn elev() -> Elev {
    Elev {
        brukernavn: Some(id("aslaug 1/2")),
        feidenavn: Some(id("aslaug@solvang.example.no")),
        gjest: Some(false),
        ..Elev::ny(id("3f0c1d52-8a54-4a39-9d0b-6f5a1f9e2c11"), person().lenke())
    }
}

fn skole() -> Skole {
    Skole {
        domenenavn: Some("solvang.example.no".into()),
        organisasjonsnummer: Some(Identifikator {
            gyldighetsperiode: periode(date(1995, 1, 1), None),
            ..id("999999999")
        }),
        postadresse: Some(Adresse {
            postnummer: Some("0012".into()),
            poststed: Some("Prøvevik".into()),
            ..Default::default()
        }),
        organisasjon: Some(Lenke::rett("administrasjon-organisasjon:Organisasjonselement", "organisasjonsid", "61")),
        skoleeier_type: Some(Lenke::rett("utdanning-kodeverk:Skoleeiertype", "systemId", "3")),
        vigoreferanse: Some(Lenke::ekstern(
            "utdanning-kodeverk:Vigoreferanse",
            "https://kodeverk.example.no/skole/01234",
        )),
        ..Skole::ny(id("a4d5c6b7-1122-4333-8444-555566667751"), id("01234"), "Solvang skole")
    }
}

fn arstrinn() -> Arstrinn {
    let grep = Lenke::ekstern("utdanning-kodeverk:Grepreferanse", "https://grep.example.no/aarstrinn/10");
    Arstrinn { grepreferanse: Some(grep), ..Arstrinn::trinn(10) }
}

fn klasse() -> Klasse {
    Klasse {
        skolear: Some(skolear().lenke()),
        termin: vec![Lenke::til::<Termin>("2026H1"), Lenke::til::<Termin>("2026H2")],
        ..Klasse::ny(id("c2a9e4b7-51f3-4e0a-b7d6-94a1c0e8f531"), "10A", arstrinn().lenke(), skole().lenke())
    }
}

fn elevforhold() -> Elevforhold {
    let beskrivelse = Elevforhold::beskrivelse_av(Some("10A"), "Solvang skole");
    let skolear = Some(skolear().lenke());
    Elevforhold {
        anmerkninger: vec![Anmerkninger { atferd: 0, orden: 2, system_id: id("anm-1"), skolear: skolear.clone() }],
        avbruddsdato: Some(date(2027, 2, 1)),
        gyldighetsperiode: periode(date(2026, 8, 17), Some(date(2027, 2, 1))),
        hovedskole: Some(true),
        kategori: Some(Lenke::til::<Elevkategori>("heltid")),
        skolear,
        ..Elevforhold::ny(id("7b1e6a90-2f4d-4c0e-8a55-0d9d3b1c7e21"), beskrivelse, elev().lenke(), skole().lenke())
    }
}

fn klassemedlemskap() -> Klassemedlemskap {
    Klassemedlemskap {
        gyldighetsperiode: periode(date(2026, 8, 17), None),
        ..Klassemedlemskap::ny(id("e81d2f63-0b7a-4f92-a3c4-5d6b7c8e9f41"), elevforhold().lenke(), klasse().lenke())
    }
}

fn kommune() -> Kommune {
    Kommune { passiv: Some(false), ..Kommune::ny(id("0301"), "0301", "Oslo", Lenke::til::<Fylke>("03")) }
}

fn skolear() -> Skolear {
    let aret = periode(date(2026, 8, 1), Some(date(2027, 7, 31)));
    Skolear { gyldighetsperiode: aret, ..Skolear::ny(id(SKOLEAR), "20262027", "2026/2027") }
}

/// What the resources above say of one another, and one from a class that this crate lacks.
fn baklenker() -> Baklenker {
    let mut ut = Baklenker::ingen();
    ut.ta_inn(&kontaktperson());
    ut.ta_inn(&elev());
    ut.ta_inn(&elevforhold());
    ut.ta_inn(&klasse());
    ut.ta_inn(&klassemedlemskap());
    let annet = Lenke::rett("utdanning-timeplan:Undervisningsgruppemedlemskap", "systemId", "ug-1");
    ut.legg_til(elevforhold().lenke(), "undervisningsgruppemedlemskap", annet);
    ut
}

fn fil(navn: &str) -> Value {
    let sti = format!("{}/fixtures/{navn}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(sti).unwrap()).unwrap()
}

fn likt<T: Ressurs + PartialEq + Debug>(navn: &str, ressurs: &T) {
    let ventet = fil(navn);
    assert_eq!(hal::render(ressurs, BASE, &baklenker()), ventet, "written");
    assert!(hal::parse::<T>(&ventet).as_ref() == Ok(ressurs), "read");
}

#[test]
fn resources_are_written_and_read_as_in_the_fixtures() {
    likt("person", &person());
    likt("kontaktperson", &kontaktperson());
    likt("elev", &elev());
    likt("skole", &skole());
    likt("arstrinn", &arstrinn());
    likt("klasse", &klasse());
    likt("elevforhold", &elevforhold());
    likt("klassemedlemskap", &klassemedlemskap());
    likt("kommune", &kommune());
    likt("skolear", &skolear());
}

#[test]
fn a_page_is_written_as_in_the_fixture() {
    let elev = Elev::ny(id("e-3"), Lenke::til::<Person>(Person::fodselsnummer_av(None, "e-3").verdi()));
    let entries = vec![hal::render(&elev, BASE, &Baklenker::ingen())];
    let side = hal::list(&hal::samling::<Elev>(BASE), entries, Utsnitt { offset: 2, size: 1, total: 4 });
    assert_eq!(side, fil("side_av_elever"));
}

#[test]
fn a_back_link_is_found_by_whichever_identifier_the_link_used() {
    let mut baklenker = Baklenker::ingen();
    let med_orgnr = Klasse { skole: Lenke::med::<Skole>("organisasjonsnummer", "999999999"), ..klasse() };
    baklenker.ta_inn(&med_orgnr);
    baklenker.ta_inn(&klasse());
    let json = hal::render(&skole(), BASE, &baklenker);
    assert_eq!(json["_links"]["klasse"], fil("skole")["_links"]["klasse"], "once, though linked to in two ways");
}

#[test]
fn custody_shows_on_both_persons() {
    let mut baklenker = Baklenker::ingen();
    baklenker.ta_inn(&person());
    let forelder = Person::ny(id("02917930026"), Personnavn::av(Some("Eir"), None, Some("Prøvestad")));
    let json = hal::render(&forelder, BASE, &baklenker);
    assert_eq!(json["_links"]["foreldreansvar"], fil("person")["_links"]["self"]);
}
