//! Arbitrary JSON and arbitrary bytes.

use crate::profil::{Profil, Profilnavn};
use crate::wire::{Utfall, enkelt, les_rad, liste, samlinger};
use oneroster::{Objekttype, Status};
use proptest::prelude::*;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

/// Any JSON, with the fields that the reader looks at more likely than others.
fn json_verdi() -> impl Strategy<Value = Value> {
    let blad = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "student",
            "active",
            "Class",
            "primary",
            "2026-08-01",
            "2026-08-01T00:00:00Z",
            "fnr"
        ])
        .prop_map(Value::from),
    ];
    let felt = prop_oneof![
        prop::sample::select(vec![
            "sourcedId",
            "status",
            "role",
            "roles",
            "org",
            "orgs",
            "grades",
            "identifier",
            "userIds",
            "type",
            "school",
            "metadata",
            "groupType",
            "onedhub",
            "user",
            "class",
            "title",
            "name",
            "beginDate",
            "dateLastModified",
            "users",
            "error",
        ])
        .prop_map(str::to_owned),
        "[a-z]{0,4}",
    ];
    blad.prop_recursive(4, 48, 6, move |indre| {
        prop_oneof![
            prop::collection::vec(indre.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(felt.clone(), indre, 0..8).prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_or_refused(verdi in json_verdi(), samling in 0..5_usize, vigilo: bool) {
        let profil = Profil::av(if vigilo { Profilnavn::Vigilo } else { Profilnavn::Generic });
        let objekttype = Objekttype::ALLE[samling];
        let raw: Box<RawValue> = to_raw_value(&verdi).unwrap();
        let mut funn = Vec::new();
        let rad = les_rad(&profil, objekttype, 3, &raw, &mut funn);
        if let Utfall::Beholdt(observed) = rad.utfall {
            // What is kept can be told from others, and the same row reads the same again.
            prop_assert!(rad.id.is_some());
            let igjen = les_rad(&profil, objekttype, 3, &raw, &mut Vec::new()).utfall;
            let Utfall::Beholdt(igjen) = igjen else { panic!("read once, refused once") };
            prop_assert_eq!(observed.objekt, igjen.objekt);
            prop_assert!(matches!(observed.status, Status::Active | Status::Tobedeleted));
        }
        let kropp = verdi.to_string();
        for avkortet in [kropp.as_bytes(), &kropp.as_bytes()[..kropp.len() / 2]] {
            let _ = liste(avkortet, objekttype, &mut funn);
            let _ = enkelt(avkortet, objekttype);
            let _ = samlinger(avkortet, &mut funn);
        }
    }

    #[test]
    fn any_bytes_are_an_answer_or_an_error(bytes: Vec<u8>) {
        let _ = liste(&bytes, Objekttype::User, &mut Vec::new());
        let _ = samlinger(&bytes, &mut Vec::new());
    }
}
