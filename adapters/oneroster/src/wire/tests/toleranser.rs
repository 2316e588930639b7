//! What is tolerated, what is refused, and what is left out.

use super::{elev, les};
use crate::profil::Profilnavn;
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
        (json!({"orgs": [{"sourcedId": "s1", "type": "school"}]}), &["reference-without-href"]),
        (json!({"orgs": ["s1"]}), &["reference-as-text"]),
        (json!({"orgs": [], "primaryOrg": {"href": "x", "sourcedId": "s1"}}), &["pupil-without-org"]),
        (json!({"dateLastModified": "2026-01-15T08:30:00"}), &["timestamp-without-zone"]),
        (json!({"dateLastModified": "2026-01-15"}), &["timestamp-without-zone"]),
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
