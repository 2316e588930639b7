//! What stands around the rows.

use super::elev;
use crate::profil::{Profil, Profilnavn};
use crate::wire::{Utfall, enkelt, les_rad, liste};
use oneroster::Objekttype;
use serde_json::json;

#[test]
fn a_record_nested_too_deep_is_refused_and_nothing_else() {
    let dyp = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let kropp = format!(r#"{{"users":[{{"sourcedId":"a","metadata":{dyp}}},{}]}}"#, elev(&json!({})));
    let rader = liste(kropp.as_bytes(), Objekttype::User, &mut Vec::new()).unwrap();
    let profil = Profil::av(Profilnavn::Vigilo);
    let utfall = rader.iter().map(|raw| les_rad(&profil, Objekttype::User, 0, raw, &mut Vec::new()).utfall);
    let utfall: Vec<Utfall> = utfall.collect();
    let [Utfall::Avvist(avvist), Utfall::Beholdt(_)] = utfall.as_slice() else { panic!("one refused, one kept") };
    assert_eq!((avvist.code, avvist.field.as_str()), ("unreadable-record", "users[0]"));
}

#[test]
fn envelopes() {
    let antall = |kropp: &str| {
        let mut funn = Vec::new();
        liste(kropp.as_bytes(), Objekttype::Org, &mut funn)
            .map(|rader| (rader.len(), funn.first().map(|f| f.code)))
            .map_err(|uleselig| uleselig.0)
    };
    assert_eq!(antall(r#"{"orgs":[{},{}]}"#), Ok((2, None)));
    assert_eq!(antall(r#"{"schools":[{}]}"#), Ok((1, Some("unexpected-envelope"))));
    assert_eq!(antall("[{}]"), Ok((1, Some("bare-array"))));
    assert_eq!(antall(r#"{"orgs":null}"#), Ok((0, Some("null-for-list"))));
    assert_eq!(antall("\u{feff}{\"orgs\":[]}"), Ok((0, Some("byte-order-mark"))));
    for (kropp, del) in [
        ("<!doctype html>", "web page"),
        ("", "got nothing"),
        ("OK", "expected json"),
        (r#"{"orgs":[{"name":"Kanari"#, "stops in the middle, line 1"),
        ("{\n\"orgs\":[Kanari]}", "broken json, line 2"),
        (r#"{"orgs":{"name":"Kanari"}}"#, "not a list"),
        (r#"{"a":[],"b":[]}"#, "one list named orgs"),
        (r#"{"statusInfoSet":[{"imsx_description":"Kanari"}]}"#, "status 200, but"),
        (r#"{"imsx_codeMajor":"failure"}"#, "status 200, but"),
    ] {
        let hint = antall(kropp).unwrap_err();
        assert!(hint.contains(del) && !hint.contains("Kanari"), "{kropp}: {hint}");
    }
}

#[test]
fn a_look_ups_answer_may_be_one_object_or_a_list() {
    for kropp in [
        r#"{"user":{"sourcedId":"a"}}"#,
        r#"{"users":[{"sourcedId":"a"}]}"#,
        r#"{"sourcedId":"a"}"#,
        r#"[{"sourcedId":"a"}]"#,
    ] {
        let rader = enkelt(kropp.as_bytes(), Objekttype::User).unwrap();
        assert_eq!(rader.iter().map(|r| r.get()).collect::<Vec<_>>(), [r#"{"sourcedId":"a"}"#]);
    }
    assert!(enkelt(br#"{"error":"x"}"#, Objekttype::User).is_err());
}
