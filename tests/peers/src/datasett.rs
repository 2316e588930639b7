//! A small Norwegian school as a peer is given it: made anew each time, so that no list of people lies in a file.

use anyhow::{Context, Result};
use identitet::{Grunnlag, tenor_nummer};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Pupils in tenth grade.
const TIENDE: u16 = 57;
/// Pupils in ninth grade, who are not on any list and must be read all the same.
const NIENDE: u16 = 31;
/// Teachers: users who are not ours to keep.
const LAERERE: u16 = 6;

const FORNAVN: [&str; 8] = ["Åse", "Bjørn", "Dag Øyvind", "Ragnhild", "Sávvá", "Zoë", "Per-Ærlend", "O'Neil"];
const ETTERNAVN: [&str; 5] = ["Tangen", "Bråten", "Ødegård", "Sæther", "Müller-Lunde"];

/// What a peer is given.
#[derive(Debug)]
pub struct Datasett {
    /// Rows by collection.
    pub json: Value,
    /// What must come back, as (id, given name, family name, identity number): pupils only.
    pub elever: BTreeSet<[String; 4]>,
    /// How many objects we must keep of each collection.
    pub antall: BTreeMap<&'static str, usize>,
}

/// Makes the school.
pub fn lag() -> Result<Datasett> {
    let (mut brukere, mut innmeldinger, mut elever) = (Vec::new(), Vec::new(), BTreeSet::new());
    for i in 0..TIENDE + NIENDE {
        let (trinn, ar, klasse) = match i {
            i if i >= TIENDE => ("9", 2012, "k9A"),
            i if i % 2 == 0 => ("10", 2011, "k10A"),
            _ => ("10", 2011, "k10B"),
        };
        let id = format!("elev-{i:03}");
        let (fornavn, etternavn) =
            (FORNAVN[usize::from(i) % FORNAVN.len()], ETTERNAVN[usize::from(i) % ETTERNAVN.len()]);
        let nummer = nummer(ar, i)?;
        brukere.push(json!({
            "sourcedId": id, "username": format!("b{i}"), "givenName": fornavn, "familyName": etternavn,
            "role": "student", "school": "skole", "identifier": nummer, "grades": [trinn],
        }));
        for (slag, klasse) in [("klasse", klasse), ("norsk", "g-norsk")] {
            innmeldinger.push(json!({
                "sourcedId": format!("{slag}-{i:03}"), "user": id, "class": klasse, "school": "skole", "role": "student",
            }));
        }
        elever.insert([id, fornavn.into(), etternavn.into(), nummer]);
    }
    for i in 0..LAERERE {
        let id = format!("laerer-{i}");
        brukere.push(json!({
            "sourcedId": id, "username": format!("l{i}"), "givenName": FORNAVN[usize::from(i)], "familyName": "Lærum",
            "role": "teacher", "school": "skole", "identifier": null, "grades": [],
        }));
        innmeldinger.push(json!({
            "sourcedId": format!("underviser-{i}"), "user": id, "class": "g-norsk", "school": "skole", "role": "teacher",
        }));
    }
    let json = json!({
        "orgs": [
            org("kommune", "Litlevik kommune", "district", "964338531", None),
            org("skole", "Litlevik ungdomsskole", "school", "974738368", Some("kommune")),
        ],
        "academicSessions": [
            {"sourcedId": "aar", "title": "2026/2027", "type": "schoolYear", "startDate": "2026-08-01",
             "endDate": "2027-07-31", "schoolYear": "2027"},
        ],
        "classes": [
            klasse("k10A", "10A", "homeroom", "10"), klasse("k10B", "10B", "homeroom", "10"),
            klasse("k9A", "9A", "homeroom", "9"), klasse("g-norsk", "Norsk", "scheduled", "10"),
        ],
        "users": brukere,
        "enrollments": innmeldinger,
    });
    let pupils = elever.len();
    let samlinger =
        [("orgs", 2), ("academicSessions", 1), ("classes", 3), ("users", pupils), ("enrollments", 2 * pupils)];
    let antall = BTreeMap::from(samlinger);
    Ok(Datasett { json, elever, antall })
}

fn org(id: &str, navn: &str, slag: &str, orgnr: &str, over: Option<&str>) -> Value {
    json!({"sourcedId": id, "name": navn, "type": slag, "identifier": orgnr, "parent": over})
}

fn klasse(id: &str, tittel: &str, slag: &str, trinn: &str) -> Value {
    json!({
        "sourcedId": id, "title": tittel, "classCode": tittel, "classType": slag, "grades": [trinn],
        "course": "fag", "school": "skole", "terms": ["aar"],
    })
}

/// A synthetic identity number, another for each `i`.
fn nummer(ar: u16, i: u16) -> Result<String> {
    let maned = u8::try_from(i % 12)? + 1;
    let dag = u8::try_from(i % 28)? + 1;
    (500..1000)
        .find_map(|individ| tenor_nummer(Grunnlag::Fnr, ar, maned, dag, individ))
        .map(|nummer| nummer.verdi().vis().clone())
        .context("every day has a number")
}
