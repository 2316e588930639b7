//! Each dialect, from its fixture.

use crate::profil::{Profil, Profilnavn};
use crate::wire::{Utfall, les_rad, samlinger};
use flow::{Finding, Kildeobjekt, Observed};
use oneroster::{Class, Enrollment, Objekt, Org, User};
use std::collections::BTreeSet;

/// Everything kept of a fixture, and the codes of the tolerances used.
fn les_fixture(navn: Profilnavn, json: &str) -> (Vec<Objekt>, BTreeSet<&'static str>) {
    let mut findings = Vec::new();
    let mut objekter = Vec::new();
    for (objekttype, rader) in samlinger(json.as_bytes(), &mut findings).unwrap() {
        for (nummer, raw) in (0..).zip(rader) {
            match les_rad(&Profil::av(navn), objekttype, nummer, raw, &mut findings).utfall {
                Utfall::Beholdt(Observed { objekt: Kildeobjekt::Roster(objekt), .. }) => objekter.push(objekt),
                Utfall::Beholdt(_) | Utfall::Utenfor => {}
                Utfall::Avvist(refused) => panic!("{refused:?}"),
            }
        }
    }
    (objekter, findings.into_iter().map(|f: Finding| f.code).collect())
}

fn dialekter() -> [(Profilnavn, &'static str, &'static [&'static str]); 6] {
    [
        (Profilnavn::Generic, include_str!("../../../fixtures/oneroster-1p1.json"), &["role-of-1p1"]),
        (Profilnavn::Generic, include_str!("../../../fixtures/oneroster-1p2.json"), &[]),
        (Profilnavn::VismaFlyt, include_str!("../../../fixtures/oneroster-1p2.json"), &[]),
        (
            Profilnavn::FintBridge,
            include_str!("../../../fixtures/fint-1p1.json"),
            &["boolean-for-text", "grades-empty"],
        ),
        (Profilnavn::Vigilo, include_str!("../../../fixtures/vigilo-flat.json"), &[]),
        (Profilnavn::Vigilo, include_str!("../../../fixtures/vigilo-nested.json"), &[]),
    ]
}

#[test]
fn every_dialect_gives_the_same_school_class_pupil_and_membership() {
    for (navn, json, ventede_funn) in dialekter() {
        let (objekter, funn) = les_fixture(navn, json);
        assert_eq!(funn.into_iter().collect::<Vec<_>>(), ventede_funn);
        let [
            Objekt::Org(_),
            Objekt::Org(skole),
            Objekt::AcademicSession(ar),
            Objekt::Class(klasse),
            Objekt::User(elev),
            Objekt::Enrollment(p),
        ] = objekter.as_slice()
        else {
            panic!("two orgs, one school year, one class, one pupil and one membership: {objekter:?}");
        };
        kontroller_skole(skole, navn);
        assert_eq!(
            (ar.school_year.as_deref(), ar.end_date.unwrap().to_string().as_str()),
            (Some("2027"), "2027-08-01")
        );
        kontroller_klasse(klasse);
        kontroller_elev(elev, ventede_funn.contains(&"grades-empty"));
        kontroller_paamelding(p);
    }
}

fn kontroller_skole(skole: &Org, navn: Profilnavn) {
    assert_eq!((skole.name.as_str(), skole.r#type.as_str()), ("Åsen ungdomsskule", "school"));
    assert_eq!(skole.parent, Some("o-kommune".into()));
    assert_eq!(skole.identifier.as_deref().map(str::len), Some(9));
    assert_eq!(skole.vigo_id.as_deref(), (navn == Profilnavn::Vigilo).then_some("03503"), "with its zero");
}

fn kontroller_klasse(klasse: &Class) {
    assert_eq!((klasse.title.as_str(), klasse.class_code.as_deref()), ("10A", Some("10A")));
    assert_eq!((&klasse.school, klasse.terms.as_slice()), (&"o-skule".into(), ["a-2026".into()].as_slice()));
    assert_eq!(klasse.grades, ["10"]);
}

fn kontroller_elev(elev: &User, uten_trinn: bool) {
    assert_eq!(elev.sourced_id, "u-elev".into());
    let navn = [&elev.given_name, &elev.middle_name, &elev.family_name].map(|n| n.as_ref().unwrap().vis().as_str());
    assert_eq!(navn, ["Åse", "Bjørk", "Prøve-Fjell"]);
    assert_eq!(elev.identifier, Some("14821150036".into()));
    assert_eq!(elev.grades, if uten_trinn { vec![] } else { vec!["10"] });
    let [rolle] = elev.roles.as_slice() else { panic!("one role") };
    assert_eq!((&rolle.org, rolle.primary), (&"o-skule".into(), true));
}

fn kontroller_paamelding(p: &Enrollment) {
    assert_eq!((&p.user, &p.class, &p.school), (&"u-elev".into(), &"k-10a".into(), &"o-skule".into()));
    assert_eq!(p.end_date.unwrap().to_string(), "2027-08-01");
}

#[test]
fn the_pilots_file_is_read_and_says_what_is_odd_about_it() {
    let (objekter, funn) = les_fixture(Profilnavn::Vigilo, include_str!("../../../fixtures/pilot.json"));
    assert_eq!(objekter.len(), 4, "the teacher is not ours; the double is dealt with by the file's reader");
    assert!(funn.contains("identfier-spelling") && funn.contains("status-inactive"), "{funn:?}");
    assert!(funn.contains("reference-without-href"), "{funn:?}");
}
