//! Pages as the register gives them, and as it should not.

use super::*;
use serde_json::{Value, json};

const A: &str = "05820998865";
const B: &str = "14821150036";

fn innslag(sekvens: i64, nummer: &str) -> Value {
    json!({"sekvensnummer": sekvens, "hendelse": {
        "folkeregisteridentifikator": nummer, "hendelsetype": "endringINavn",
        "hendelsesdokument": "0a", "persondokument": "0b",
        "ajourholdstidspunkt": "2026-02-24T09:46:34.982112068+01:00"}})
}

fn les(innslag: &[Value], fra: i64) -> Feedside {
    side(json!(innslag).to_string().as_bytes(), fra).unwrap()
}

fn sekvenser(side: &Feedside) -> Vec<i64> {
    side.hendelser.iter().map(|h| h.sekvens).collect()
}

fn koder(side: &Feedside) -> Vec<&str> {
    side.findings.iter().map(|f| f.code).collect()
}

#[test]
fn the_next_place_is_the_last_seen_plus_one() {
    let side = les(&[innslag(100, A), innslag(102, B)], 90);
    assert_eq!((sekvenser(&side), side.neste, side.innhentet), (vec![100, 102], 103, false));
    assert_eq!(side.hendelser[0].ajourhold, Some("2026-02-24T08:46:34.982112068Z".parse().unwrap()));
    assert_eq!((side.refused.len(), koder(&side)), (0, vec![]));
    let tom = les(&[], 103);
    assert_eq!((tom.neste, tom.innhentet), (103, true));
}

#[test]
fn one_bad_event_is_refused_and_the_place_moves_past_it() {
    let daarlig = |felt: &str, verdi: Value| {
        let mut ett = innslag(12, B);
        ett["hendelse"][felt] = verdi;
        ett
    };
    for (ett, kode) in [
        (daarlig("folkeregisteridentifikator", Value::Null), "missing-identifier"),
        (daarlig("folkeregisteridentifikator", json!("582099886")), "unreadable-identifier"),
        (daarlig("folkeregisteridentifikator", json!(5_820_998_865_i64)), "unreadable-identifier"),
        (json!({"sekvensnummer": 12}), "missing-event"),
        (json!({"sekvensnummer": 12, "hendelse": "endringINavn"}), "unreadable-event"),
    ] {
        let side = les(&[innslag(11, A), ett], 11);
        assert_eq!((sekvenser(&side), side.neste), (vec![11], 13), "{kode}");
        let refused = &side.refused[0];
        assert_eq!(refused.code, kode);
        assert!(refused.field.starts_with("hendelser[1]."), "{}", refused.field);
    }
    for (tall, kode) in [
        (json!(-1), "unreadable-sequence"),
        (json!(i64::MAX), "unreadable-sequence"),
        (json!(1e300), "unreadable-sequence"),
        (Value::Null, "missing-sequence"),
    ] {
        let mut ett = innslag(12, B);
        ett["sekvensnummer"] = tall;
        let side = les(&[innslag(11, A), ett], 11);
        assert_eq!((side.neste, side.refused[0].code), (12, kode), "a place that cannot be read is not moved to");
    }
}

#[test]
fn order_and_repeats_change_nothing_but_the_findings() {
    let side = les(&[innslag(12, A), innslag(11, B), innslag(12, A)], 11);
    assert_eq!((sekvenser(&side), side.neste), (vec![12, 11, 12], 13));
    assert_eq!(koder(&side), ["out-of-order", "repeated-sequence"]);
}

#[test]
fn a_sequence_number_has_64_bits() {
    let stor = i64::from(u32::MAX) + 7;
    let side = les(&[innslag(stor, A)], stor);
    assert_eq!(side.neste, stor + 1);
    let mut som_tekst = innslag(0, A);
    som_tekst["sekvensnummer"] = json!("5000000000");
    let side = les(&[som_tekst], 1);
    assert_eq!((side.neste, koder(&side)), (5_000_000_001, vec!["number-as-text"]));
}

#[test]
fn any_type_of_event_names_a_person() {
    let med = |felt: &str, verdi: Value| {
        let mut ett = innslag(1, A);
        ett["hendelse"].as_object_mut().unwrap().remove("hendelsetype");
        ett["hendelse"][felt] = verdi;
        let side = les(&[ett], 1);
        assert_eq!(side.hendelser.len(), 1);
        side.findings.into_iter().map(|f| f.code).collect::<Vec<_>>()
    };
    assert_eq!(med("hendelsestype", json!("endringINavn")), ["event-type-spelling"]);
    assert_eq!(med("hendelsetype", json!("endringIEnHeltNyHendelse")), ["unknown-event-type"]);
    assert_eq!(med("hendelsetype", Value::Null), ["missing-event-type"]);
}

#[test]
fn a_page_that_cannot_move_the_place_is_an_error() {
    let mut uten = innslag(1, A);
    uten["sekvensnummer"] = Value::Null;
    for (kropp, hint) in [
        (json!([uten]).to_string(), "no event of the page"),
        (json!([innslag(5, A)]).to_string(), "before the place"),
        ("<html></html>".to_owned(), "web page"),
        ("{}".to_owned(), "no json of the expected shape"),
        ("[{".to_owned(), "a part of it"),
        (String::new(), "empty answer"),
    ] {
        let Sidefeil(sagt) = side(kropp.as_bytes(), 6).unwrap_err();
        assert!(sagt.contains(hint), "{sagt}");
    }
}

#[test]
fn the_newest_number_is_bare() {
    assert_eq!(siste(b"41020"), Ok(41_020));
    assert_eq!(siste(b" 9000000000\n"), Ok(9_000_000_000));
    assert_eq!(siste(b"{\"sekvensnummer\":7}"), Ok(7));
    for kropp in [&b"-1"[..], b"\"7\"", b"<html>", b"", b"[]"] {
        assert!(siste(kropp).is_err());
    }
}
