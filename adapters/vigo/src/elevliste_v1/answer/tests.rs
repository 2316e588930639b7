use super::*;
use crate::elevliste_v1::body::{make, tests};
use crate::elevliste_v1::examples::{receipt, reply};
use serde_json::{Value, json};
use uuid::Uuid;

fn judge(reply: &Reply, list: &Forsendelse) -> Outcome {
    read(reply, &make(list).unwrap(), list).unwrap()
}

fn merknad(elev: u128, kode: &str, alvor: &str) -> Value {
    json!({"elevRef": Uuid::from_u128(elev), "felt": "identitetsnummer", "kode": kode, "alvor": alvor})
}

#[test]
fn an_acceptance_of_what_was_sent_is_one() {
    for list in [tests::forsendelse(), tests::update()] {
        let mut body = receipt(&list);
        body["merknader"] = json!([merknad(2, "fiktivt-nummer", "advarsel")]);
        let Outcome::Delivered(svar) = judge(&reply(200, &body), &list) else { panic!("not delivered") };
        assert_eq!((svar.merknader[0].linje, svar.merknader[0].feil), (2, false));
        assert_eq!(svar.etag.as_deref(), Some("\"2\""));
    }
}

#[test]
fn an_acceptance_that_does_not_fit_what_was_sent_is_unknown() {
    type Change = fn(&mut Value);
    let changes: [(Change, bool); 11] = [
        (|b| b["organisasjonsnummer"] = json!("991825827"), true),
        (|b| b["skolear"] = json!("2025-2026"), true),
        (|b| b["status"] = json!("avvist"), true),
        (|b| b["merknader"] = json!([merknad(2, "ugyldig-nummer", "feil")]), true),
        (|b| b["merknader"] = json!([merknad(9, "fiktivt-nummer", "advarsel")]), true),
        (|b| b["antall"] = json!(1), false),
        (|b| b["listeavtrykk"] = json!("0".repeat(64)), false),
        (|b| b["endringer"][0]["avtrykk"] = json!("0".repeat(64)), true),
        (|b| b["endringer"][2]["handling"] = json!("endre"), true),
        (|b| drop(b["endringer"].as_array_mut().unwrap().pop()), true),
        (|b| drop(b.as_object_mut().unwrap().remove("kvitteringId")), true),
    ];
    for (nr, (change, of_changes)) in changes.iter().enumerate() {
        let list = if *of_changes { tests::update() } else { tests::forsendelse() };
        let mut body = receipt(&list);
        change(&mut body);
        assert!(matches!(judge(&reply(200, &body), &list), Outcome::Unknown { .. }), "change {nr}");
    }
    let list = tests::forsendelse();
    for etag in [None, Some("W/\"2\""), Some("2")] {
        let reply = Reply { etag: etag.map(Into::into), ..reply(201, &receipt(&list)) };
        assert!(matches!(judge(&reply, &list), Outcome::Unknown { .. }));
    }
    let cut = Reply { body: Err("the connection broke"), ..reply(201, &json!({})) };
    assert!(matches!(judge(&cut, &list), Outcome::Unknown { .. }));
}

#[test]
fn a_problem_counts_only_with_its_own_status() {
    let list = tests::forsendelse();
    let problem = |word: &str| json!({"type": format!("{PROBLEMS}{word}"), "title": "t"});
    let ugyldig = |kode: &str| Outcome::Rejected(Avslag::Ugyldig { kode: kode.into() });
    assert_eq!(judge(&reply(403, &problem("utenfor-vindu")), &list), Outcome::Rejected(Avslag::Stengt));
    assert_eq!(judge(&reply(409, &problem("utenfor-vindu")), &list), ugyldig("HTTP_409"));
    assert_eq!(judge(&reply(428, &problem("mangler-forutsetning")), &list), ugyldig("mangler-forutsetning"));
    assert_eq!(judge(&reply(422, &json!({"type": "about:blank"})), &list), ugyldig("HTTP_422"));
    assert!(matches!(judge(&reply(500, &problem("utenfor-vindu")), &list), Outcome::Unknown { .. }));
    assert!(matches!(judge(&reply(503, &problem("for-mange-kall")), &list), Outcome::Unknown { .. }));
    let body = make(&list).unwrap();
    assert!(read(&reply(403, &problem("ukjent-skole")), &body, &list).is_err());
    assert!(read(&reply(404, &problem("ingen-liste")), &body, &list).is_err());
}

#[test]
fn a_refusal_without_lines_is_unexplained() {
    let list = tests::forsendelse();
    for merknader in [json!([]), json!([merknad(1, "mangler-navn", "advarsel")]), json!([merknad(9, "x", "feil")])] {
        let body = json!({"type": format!("{PROBLEMS}ugyldig-liste"), "merknader": merknader});
        let expected = Outcome::Rejected(Avslag::Uforklart { kode: "ugyldig-liste".into() });
        assert_eq!(judge(&reply(422, &body), &list), expected);
    }
}

#[test]
fn what_could_be_a_name_is_not_kept() {
    let list = tests::forsendelse();
    let body = json!({"type": format!("{PROBLEMS}ugyldig-liste"), "merknader": [
        {"elevRef": Uuid::from_u128(1), "felt": "ærlig", "kode": "anne-marie", "alvor": "feil"},
        {"elevRef": Uuid::from_u128(1), "felt": "klassekode", "kode": "ukjent-klassekode", "alvor": "feil"},
    ]});
    let Outcome::Rejected(Avslag::Linjer(svar)) = judge(&reply(422, &body), &list) else { panic!("not refused") };
    let seen: Vec<_> = svar.merknader.iter().map(|m| (m.felt.as_str(), m.kode.as_str())).collect();
    assert_eq!(seen, [(UNREADABLE, UNREADABLE), ("klassekode", "ukjent-klassekode")]);
}
