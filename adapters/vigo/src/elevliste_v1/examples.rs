//! Examples of synthetic people for the specification: what we would send, and answers that we would take.

use super::answer;
use super::body::{Body, make, tests};
use super::wire::answers::{Egenskaper, KODER};
use super::{digest, readback};
use crate::client::Reply;
use flow::{Forsendelse, Outcome};
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

/// An example by name.
pub(crate) struct Example {
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
    /// Whether it is what we send, and not an answer.
    pub(crate) sent: bool,
    pub(crate) value: Value,
}

pub(crate) fn all() -> Vec<Example> {
    let (first, update) = (list(), update());
    let answer = |name, summary, value| Example { name, summary, sent: false, value };
    let sent = |name, summary, value| Example { name, summary, sent: true, value };
    vec![
        sent("elevliste", "Two pupils.", json(&first)),
        sent("endringer", "One is new, one is in another class, one is gone.", json(&update)),
        answer("kvittering", "Accepted.", receipt(&first)),
        answer("endringskvittering", "Accepted, with a receipt for each change.", receipt(&update)),
        answer("mottattliste", "Two pupils, without their names and numbers.", content(&first)),
        answer("egenskaper", "All of version 1.0.", capabilities()),
    ]
}

/// References as they are in the world: random.
fn reference(nr: u128) -> Uuid {
    Uuid::from_u128(0x4000_8000_0000_0000_0000 + nr)
}

fn list() -> Forsendelse {
    let mut list = tests::forsendelse();
    list.linjer.iter_mut().for_each(|linje| linje.elev = reference(linje.elev.as_u128()));
    list
}

fn update() -> Forsendelse {
    let mut list = tests::update();
    list.linjer.iter_mut().for_each(|linje| linje.elev = reference(linje.elev.as_u128()));
    let endringer = list.oppdatering.iter_mut().flat_map(|oppdatering| &mut oppdatering.endringer);
    endringer.for_each(|(elev, _)| *elev = reference(elev.as_u128()));
    list
}

fn json(list: &Forsendelse) -> Value {
    match make(list).unwrap() {
        Body::List(list) => serde_json::to_value(list),
        Body::Changes(changes, _) => serde_json::to_value(changes),
    }
    .unwrap()
}

const RECEIPT: &str = "3f1c3e0a-55a1-4c6e-9d3f-0d2b8c3b7f11";

/// The pupils' digests as the read-back has them, and the digest of them all.
fn digests(list: &Forsendelse) -> (Vec<Value>, String) {
    let pupil = |linje| super::body::pupil(linje).map(|elev| (elev.elev_ref.to_string(), digest::of_pupil(&elev)));
    let pupils: Vec<_> = list.linjer.iter().map(|linje| pupil(linje).unwrap()).collect();
    let whole = digest::of_list(pupils.iter().map(|(elev, avtrykk)| (elev.as_str(), avtrykk.as_str())));
    (pupils.iter().map(|(elev, avtrykk)| json!({"elevRef": elev, "avtrykk": avtrykk})).collect(), whole)
}

/// A receipt as the receiver would give it for the list.
pub(crate) fn receipt(list: &Forsendelse) -> Value {
    let endringer: Vec<_> = match make(list).unwrap() {
        Body::List(_) => vec![],
        Body::Changes(changes, _) => changes
            .endringer
            .iter()
            .zip(1..)
            .map(|(endring, nr)| {
                let (elev, handling, line) = endring.about();
                let mut one = json!({"kvitteringId": reference(100 + nr), "elevRef": elev, "handling": handling});
                if let Some(line) = line {
                    one["avtrykk"] = digest::of_pupil(line).into();
                }
                one
            })
            .collect(),
    };
    json!({
        "@context": {"@vocab": super::wire::VOCABULARY}, "@type": "Kvittering",
        "kvitteringId": RECEIPT, "mottatt": "2026-11-21T08:00:00.000Z",
        "organisasjonsnummer": "974738368", "skolear": "2026-2027", "status": "mottatt",
        "antall": list.linjer.len(), "listeavtrykk": digests(list).1, "merknader": [], "endringer": endringer,
    })
}

fn content(list: &Forsendelse) -> Value {
    let (elever, whole) = digests(list);
    json!({
        "@context": {"@vocab": super::wire::VOCABULARY}, "@type": "Mottattliste",
        "organisasjonsnummer": "974738368", "skolear": "2026-2027", "etag": "\"2\"", "status": "mottatt",
        "mottatt": "2026-11-21T08:00:00.000Z", "kvitteringId": RECEIPT, "idempotensnokkel": "segl",
        "antall": elever.len(), "listeavtrykk": whole, "elever": elever,
    })
}

fn capabilities() -> Value {
    json!({
        "versjoner": ["1.0"], "erstattbar": true, "oppdatering": true, "tilbakelesing": true, "idempotens": true,
        "grenser": {"maksElever": 2000, "maksBytes": 8_388_608, "nokkelDager": 400}, "scopes": ["novari:elevliste"],
    })
}

/// An answer of this status, with a tag.
pub(crate) fn reply(status: u16, body: &Value) -> Reply {
    Reply {
        status: StatusCode::from_u16(status).unwrap(),
        retry_after: None,
        etag: Some("\"2\"".into()),
        html: false,
        body: Ok(body.to_string().into_bytes()),
    }
}

#[test]
fn our_own_readers_take_the_answers() {
    for list in [list(), update()] {
        let outcome = answer::read(&reply(200, &receipt(&list)), &make(&list).unwrap(), &list).unwrap();
        assert!(matches!(outcome, Outcome::Delivered(_)), "{outcome:?}");
    }
    let list = list();
    let orgnr = list.skole.organisasjonsnummer.as_deref().unwrap().parse().unwrap();
    let read = readback::read(&reply(200, &content(&list)), orgnr, list.skolear).unwrap().unwrap();
    assert_eq!(read.linjer.len(), 2);
    serde_json::from_value::<Egenskaper>(capabilities()).unwrap();
}

#[test]
fn a_read_back_that_contradicts_itself_is_no_answer() {
    let list = list();
    let orgnr = "974738368".parse().unwrap();
    let changes: [fn(&mut Value); 6] = [
        |b| b["antall"] = json!(3),
        |b| b["listeavtrykk"] = json!("0".repeat(64)),
        |b| b["etag"] = json!("\"3\""),
        |b| b["skolear"] = json!("2025-2026"),
        |b| b["organisasjonsnummer"] = json!("991825827"),
        |b| b["elever"][0]["elevRef"] = json!("1"),
    ];
    for change in changes {
        let mut body = content(&list);
        change(&mut body);
        assert!(readback::read(&reply(200, &body), orgnr, list.skolear).is_err(), "{body}");
    }
}

/// The hand-written part of the specification says what each code means.
#[test]
fn every_code_is_explained_to_people() {
    let frame = include_str!("../../openapi/ramme.yaml");
    for kode in KODER {
        assert!(frame.contains(&format!("`{kode}`")), "{kode}");
    }
}
