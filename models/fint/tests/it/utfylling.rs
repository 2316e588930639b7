//! The fill rules: what stands in a field that FINT requires and the source lacks.

use fint::{Arstrinn, Elevforhold, Identifikator, Klasse, Lenke, Periode, Person, Personnavn, Ressurs, Skole};
use jiff::Timestamp;
use jiff::civil::date;

const ELEV: &str = "3f0c1d52-8a54-4a39-9d0b-6f5a1f9e2c11";

fn person(kilde: Option<&str>) -> Person {
    Person::ny(Person::fodselsnummer_av(kilde, ELEV), Personnavn::default())
}

#[test]
fn a_missing_number_is_said_to_be_missing_and_never_made_up() {
    for kilde in [None, Some(""), Some("  ")] {
        let person = person(kilde);
        assert_eq!(person.fodselsnummer.verdi(), format!("mangler-{ELEV}"));
        assert_eq!(person.kildens_nummer(), None);
    }
}

#[test]
fn a_number_stands_as_the_source_has_it() {
    for kilde in ["14831070030", "148310 70030", "ukjent", " 14831070030"] {
        let person = person(Some(kilde));
        assert_eq!(person.fodselsnummer.verdi(), kilde);
        assert_eq!(person.kildens_nummer().map(|n| n.vis().as_str()), Some(kilde));
    }
}

#[test]
fn a_school_that_vigo_does_not_know_is_said_to_be_unknown() {
    let skole = |vigo| Skole::ny(Identifikator::ny("s-1"), Skole::skolenummer_av(vigo, "s-1"), "Solvang skole");
    assert_eq!(skole(Some("01234")).vigonummer(), Some("01234"));
    assert_eq!(skole(None).skolenummer.verdi(), "ukjent-s-1");
    assert_eq!(skole(None).vigonummer(), None);
}

#[test]
fn descriptions_come_from_what_is_known() {
    assert_eq!(Elevforhold::beskrivelse_av(Some("10A"), "Solvang skole"), "10A, Solvang skole");
    assert_eq!(Elevforhold::beskrivelse_av(None, "Solvang skole"), "Solvang skole");
    assert_eq!(Elevforhold::beskrivelse_av(Some(" "), "Solvang skole"), "Solvang skole");
    let klasse = Klasse::ny(Identifikator::ny("k"), "10A", Arstrinn::trinn(10).lenke(), Lenke::til::<Skole>("s"));
    assert_eq!(klasse.beskrivelse, klasse.navn);
    let trinn = Arstrinn::trinn(10);
    assert_eq!((trinn.system_id.verdi(), &*trinn.navn, &*trinn.beskrivelse), ("10", "10. trinn", "10. trinn"));
}

#[test]
fn a_name_keeps_its_shape_and_a_missing_part_is_empty() {
    let navn = Personnavn::av(Some(" aslaug"), None, None);
    assert_eq!((navn.fornavn.vis().as_str(), navn.etternavn.vis().as_str()), (" aslaug", ""));
    assert!(!navn.er_fullt());
    assert!(Personnavn::av(Some("Aslaug"), None, Some("Prøvestad")).er_fullt());
    assert!(!Personnavn::av(Some(" "), None, Some("Prøvestad")).er_fullt());
}

#[test]
fn a_period_starts_with_the_school_year_when_only_its_end_is_known() {
    let (aret, sluttet) = (date(2026, 8, 1), date(2027, 2, 1));
    assert_eq!(Periode::av(None, None, aret), None);
    let periode = Periode::av(None, Some(sluttet), aret).unwrap();
    assert_eq!(periode.start.to_string(), "2026-08-01T12:00:00Z");
    assert_eq!(periode.slutt.unwrap().to_string(), "2027-02-01T12:00:00Z");
    assert_eq!(Periode::av(Some(date(2026, 8, 17)), None, aret).unwrap().start.to_string(), "2026-08-17T12:00:00Z");
}

#[test]
fn a_period_covers_both_of_its_ends() {
    let tid = |tekst: &str| tekst.parse::<Timestamp>().unwrap();
    let periode = Periode::av(Some(date(2026, 8, 17)), Some(date(2027, 2, 1)), date(2026, 8, 1)).unwrap();
    for (tidspunkt, ventet) in [
        ("2026-08-17T11:59:59Z", false),
        ("2026-08-17T12:00:00Z", true),
        ("2027-02-01T12:00:00Z", true),
        ("2027-02-01T12:00:01Z", false),
    ] {
        assert_eq!(periode.omfatter(tid(tidspunkt)), ventet, "{tidspunkt}");
    }
    assert!(Periode::fra(tid("2026-08-17T12:00:00Z")).omfatter(tid("2050-01-01T00:00:00Z")));
    assert!(periode.er_ordnet());
    assert!(!Periode { slutt: Some(tid("2026-08-01T12:00:00Z")), ..periode }.er_ordnet());
}
