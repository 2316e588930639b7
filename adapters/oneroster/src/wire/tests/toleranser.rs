//! What is tolerated, what is refused, and what is left out.

use super::{elev, les, les_med};
use crate::profil::{Profil, Profilnavn};
use flow::{Kildeobjekt, Observed};
use oneroster::{Objekt, Objekttype};
use serde_json::{Value, json};

#[test]
fn what_is_tolerated_leaves_a_finding() {
    let cases: &[(Value, &[&str])] = &[
        (json!({}), &[]),
        (json!({"givenName": null, "familyName": null}), &["null-for-absent", "null-for-absent"]),
        (json!({"middleName": null, "metadata": null}), &["null-for-absent"]),
        (json!({"enabledUser": true}), &["boolean-for-text"]),
        (json!({"status": "inactive"}), &["status-inactive"]),
        (json!({"status": "FJERN"}), &["missing-status"]),
        (json!({"status": "Active"}), &["vocabulary-spelling"]),
        (json!({"role": "Student"}), &["vocabulary-spelling"]),
        (json!({"identifier": "FJERN", "identfier": "14821150036"}), &["identfier-spelling"]),
        (json!({"identifier": 9_861_150_000_i64}), &["number-for-text"]),
        (json!({"userIds": [{"type": "no:fnr", "identifier": "09861150000"}]}), &["identifiers-differ"]),
        (json!({"metadata": {"onedhub": {"nationalId": "14821150036"}}}), &["identity-number-in-metadata"]),
        (json!({"grades": []}), &["grades-empty"]),
        (json!({"grades": "10"}), &["single-for-list"]),
        (json!({"grades": [10]}), &["number-for-text"]),
        (json!({"grades": ["10."]}), &["grade-spelling"]),
        (json!({"grades": ["https://psi.udir.no/kl06/aarstrinn10"]}), &["grade-spelling"]),
        (json!({"grades": ["VG1"]}), &[]),
        (json!({"givenName": "A\u{30a}se"}), &["not-nfc"]),
        (json!({"sourcedId": "e\u{301}"}), &[]),
        (json!({"orgs": [{"sourcedId": "s1", "type": "school"}]}), &["reference-without-href", "reference-type"]),
        (json!({"orgs": ["s1"]}), &["reference-as-text"]),
        (json!({"orgs": [], "primaryOrg": {"href": "x", "sourcedId": "s1"}}), &["pupil-without-org"]),
        (json!({"dateLastModified": "2026-01-15T08:30:00"}), &["timestamp-without-zone"]),
        (json!({"dateLastModified": "2026-01-15"}), &["timestamp-without-time"]),
        (json!({"dateLastModified": "2026-01-15 08:30:00Z"}), &["timestamp-with-space"]),
        (json!({"dateLastModified": "2026-01-15 08:30:00"}), &["timestamp-without-zone"]),
        (json!({"dateLastModified": "2026-01-15T09:30:00.000+01:00"}), &[]),
        (json!({"dateLastModified": "1768465800"}), &["timestamp-as-number"]),
        (json!({"dateLastModified": 1_768_465_800_000_i64}), &["number-for-text", "timestamp-as-number"]),
        (json!({"dateLastModified": "yesterday"}), &["unreadable-timestamp"]),
        (json!({"role": "FJERN", "status": "tobedeleted"}), &["tombstone-without-role"]),
    ];
    for (endring, ventet) in cases {
        let (lest, funn) = les(Profilnavn::Vigilo, Objekttype::User, &elev(endring));
        assert!(lest.unwrap().is_some(), "{endring}");
        assert_eq!(&funn, ventet, "{endring}");
    }
}

#[test]
fn every_spelling_of_a_moment_is_the_same_moment() {
    for tid in [
        json!("2026-01-15T08:30:00Z"),
        json!("2026-01-15T08:30:00.000Z"),
        json!("2026-01-15T09:30:00+01:00"),
        json!("2026-01-15 08:30:00"),
        json!("1768465800"),
        json!(1_768_465_800_000_i64),
    ] {
        let (lest, _) = les(Profilnavn::Generic, Objekttype::User, &elev(&json!({"dateLastModified": tid})));
        let lest = lest.unwrap().unwrap().modified.unwrap();
        assert_eq!(lest, "2026-01-15T08:30:00Z".parse().unwrap(), "{tid}");
    }
}

#[test]
fn what_people_read_has_one_form_and_ids_are_left_alone() {
    let endring = json!({"sourcedId": "A\u{30a}", "givenName": "A\u{30a}se", "grades": ["010", "9. trinn", "KG"]});
    let (lest, _) = les(Profilnavn::Generic, Objekttype::User, &elev(&endring));
    let Some(Observed { objekt: Kildeobjekt::Roster(Objekt::User(elev)), .. }) = lest.unwrap() else { panic!() };
    assert_eq!((elev.given_name, elev.sourced_id), (Some("Åse".into()), "A\u{30a}".into()));
    assert_eq!(elev.grades, ["10", "9", "KG"]);
    let klasse = json!({"sourcedId": "k", "status": "active", "title": "10 A\u{30a}", "classCode": "10A\u{30a}",
        "classType": "homeroom", "school": {"href": "x", "sourcedId": "s", "type": "org"}});
    let (lest, funn) = les(Profilnavn::Generic, Objekttype::Class, &klasse);
    let Some(Observed { objekt: Kildeobjekt::Roster(Objekt::Class(klasse)), .. }) = lest.unwrap() else { panic!() };
    assert_eq!((klasse.title.as_str(), klasse.class_code.as_deref()), ("10 Å", Some("10Å")));
    assert_eq!(funn, ["not-nfc", "not-nfc"]);
}

#[test]
fn a_row_of_the_other_version_is_read_and_noted() {
    let (lest, funn) = les_med(&Profil::av(Profilnavn::Generic), Objekttype::User, &elev(&json!({})));
    assert!(lest.unwrap().is_some() && funn == ["role-of-1p1"]);
    let roller = json!([{"role": "student", "org": {"href": "x", "sourcedId": "s1", "type": "org"}}]);
    let rad = elev(&json!({"roles": roller, "role": "FJERN", "orgs": "FJERN"}));
    let (lest, funn) = les_med(&Profil::av(Profilnavn::FintBridge), Objekttype::User, &rad);
    assert!(lest.unwrap().is_some() && funn == ["roles-of-1p2"]);
}

#[test]
fn what_is_never_guessed_at_is_refused_with_its_place() {
    let rolle = |r: Value| json!({"role": "FJERN", "orgs": "FJERN", "roles": [r]});
    let cases: &[(Value, &str, &str)] = &[
        (json!({"sourcedId": "FJERN"}), "missing-sourced-id", "users[17].sourcedId"),
        (json!({"sourcedId": null}), "missing-sourced-id", "users[17].sourcedId"),
        (json!({"sourcedId": " "}), "missing-sourced-id", "users[17].sourcedId"),
        (json!({"sourcedId": {"a": 1}}), "wrong-type", "users[17].sourcedId"),
        (json!({"status": "paused"}), "unknown-status", "users[17].status"),
        (json!({"role": "FJERN"}), "missing-role", "users[17].role"),
        (json!({"givenName": ["Åse"]}), "wrong-type", "users[17].givenName"),
        (json!({"grades": [{"x": 1}]}), "wrong-type", "users[17].grades[0]"),
        (json!({"orgs": [{"type": "org"}]}), "missing-reference", "users[17].orgs[0].sourcedId"),
        (rolle(json!({"role": null})), "missing-role", "users[17].roles[0].role"),
        (rolle(json!("student")), "wrong-type", "users[17].roles[0]"),
        (
            rolle(json!({"role": "student", "org": {"sourcedId": "s1"}, "endDate": "next summer"})),
            "unreadable-date",
            "users[17].roles[0].endDate",
        ),
    ];
    for (endring, code, field) in cases {
        let (lest, _) = les(Profilnavn::Vigilo, Objekttype::User, &elev(endring));
        assert_eq!(lest.unwrap_err(), ((*code).to_owned(), (*field).to_owned()), "{endring}");
    }
}

#[test]
fn others_than_pupils_are_left_out_also_when_their_rows_are_faulty() {
    for (rolle, funn) in [("teacher", &[][..]), ("ext:primaryGuardian", &[]), ("wizard", &["unknown-role"])] {
        let (lest, sett) =
            les(Profilnavn::Vigilo, Objekttype::User, &elev(&json!({"role": rolle, "status": "paused"})));
        assert!(lest.unwrap().is_none(), "{rolle}");
        assert_eq!(sett, funn);
    }
    let (lest, sett) = les(Profilnavn::Vigilo, Objekttype::User, &elev(&json!({"role": "parent", "sourcedId": null})));
    assert!(lest.unwrap().is_none());
    assert_eq!(sett, ["missing-sourced-id"]);
}

#[test]
fn a_pupil_with_several_roles_keeps_the_pupils_ones() {
    let org = |id: &str| json!({"href": "x", "sourcedId": id, "type": "org"});
    let roller = json!([
        {"roleType": "secondary", "role": "student", "org": org("s2"), "beginDate": "2026-08-01T00:00:00+02:00"},
        {"roleType": "primary", "role": "student", "org": org("s1"), "endDate": "2027-07-31T22:00:00Z"},
        {"roleType": "primary", "role": "ext:sfoBarn", "org": org("s3")},
    ]);
    let (lest, funn) = les(Profilnavn::Vigilo, Objekttype::User, &elev(&json!({"roles": roller})));
    let Some(Observed { objekt: Kildeobjekt::Roster(Objekt::User(elev)), .. }) = lest.unwrap() else { panic!() };
    let [en, to] = elev.roles.as_slice() else { panic!("two roles") };
    assert_eq!((&en.org, en.primary, en.begin_date.unwrap().to_string().as_str()), (&"s2".into(), false, "2026-08-01"));
    assert_eq!((&to.org, to.primary, to.end_date.unwrap().to_string().as_str()), (&"s1".into(), true, "2027-08-01"));
    assert_eq!(funn, ["datetime-for-date", "datetime-for-date"], "the day it is in Norway");
}

#[test]
fn groups_that_are_no_classes_are_left_out() {
    let klasse = |endring: Value| {
        let mut rad = json!({"sourcedId": "k", "status": "active", "title": "10A",
            "school": {"href": "x", "sourcedId": "s", "type": "org"}});
        rad.as_object_mut().unwrap().extend(endring.as_object().unwrap().clone());
        rad
    };
    let type_ = |navn: &str| klasse(json!({"metadata": {"groupType": navn}}));
    let les = |navn, rad| les(navn, Objekttype::Class, &rad);
    assert!(les(Profilnavn::Vigilo, type_("Class")).0.unwrap().is_some());
    assert!(les(Profilnavn::Vigilo, type_("SfoGroup")).0.unwrap().is_none());
    let uten = les(Profilnavn::Vigilo, klasse(json!({"classType": "scheduled"})));
    assert_eq!(uten.0.unwrap_err().0, "missing-group-type", "guessing could list an after-school group");
    let (lest, funn) = les(Profilnavn::Vigilo, klasse(json!({"classType": "homeroom"})));
    assert!(lest.unwrap().is_some() && funn == ["missing-group-type"]);
    assert!(les(Profilnavn::Generic, klasse(json!({"classType": "scheduled"}))).0.unwrap().is_none());
    let (lest, funn) = les(Profilnavn::Generic, klasse(json!({})));
    assert!(lest.unwrap().is_some() && funn == ["missing-class-type"]);
    let lest = les(Profilnavn::Generic, klasse(json!({"classType": "homeroom", "school": null}))).0;
    assert_eq!(lest.unwrap_err(), ("missing-reference".into(), "classes[17].school".into()));
}
