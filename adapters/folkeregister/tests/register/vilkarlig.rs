//! Arbitrary bytes and arbitrary JSON through every reader.

use adapter_folkeregister::fuzz;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Any JSON, with the fields and words that the readers look at more likely than others.
fn json_verdi() -> impl Strategy<Value = Value> {
    let felter = [
        "sekvensnummer",
        "hendelse",
        "folkeregisteridentifikator",
        "hendelsetype",
        "ajourholdstidspunkt",
        "oppslag",
        "foedselsEllerDNummer",
        "folkeregisterperson",
        "feilmelding",
        "identifikasjonsnummer",
        "status",
        "navn",
        "foedsel",
        "adressebeskyttelse",
        "graderingsnivaa",
        "erGjeldende",
        "kilde",
        "fornavn",
        "kode",
        "melding",
    ];
    let ord = [
        "05820998865",
        "14821150036",
        "iBruk",
        "opphoert",
        "bosatt",
        "fortrolig",
        "FREG-001",
        "finnes ikke",
        "utgått",
        "2026-02-24T09:46:34.982112068+01:00",
        "Synutopia",
        "KARI*PIKE",
    ];
    let blad = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(ord.to_vec()).prop_map(Value::from),
    ];
    let felt = prop_oneof![4 => prop::sample::select(felter.to_vec()).prop_map(str::to_owned), 1 => "[a-z]{0,4}"];
    blad.prop_recursive(5, 64, 6, move |indre| {
        prop_oneof![
            prop::collection::vec(indre.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(felt.clone(), indre, 0..8).prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_an_answer_or_an_error(bytes: Vec<u8>) {
        fuzz::feedside(&bytes);
        fuzz::bulksvar(&bytes);
        fuzz::feilkropp(&bytes);
    }

    #[test]
    fn any_json_is_an_answer_or_an_error(verdi in json_verdi(), person in json_verdi(), sekvens: i64) {
        let kropper = [
            verdi.to_string(),
            json!([verdi, {"sekvensnummer": sekvens, "hendelse": person}]).to_string(),
            json!({"oppslag": [verdi, {"foedselsEllerDNummer": "05820998865", "folkeregisterperson": person}]}).to_string(),
        ];
        for kropp in &kropper {
            for bytes in [kropp.as_bytes(), &kropp.as_bytes()[..kropp.len() / 2]] {
                fuzz::feedside(bytes);
                fuzz::bulksvar(bytes);
                fuzz::feilkropp(bytes);
            }
        }
    }
}

#[test]
fn nesting_of_ten_thousand_is_refused_or_skipped() {
    let dypt = "[".repeat(10_000) + &"]".repeat(10_000);
    for kropp in
        [dypt.clone(), format!("{{\"oppslag\":{dypt}}}"), format!("[{{\"sekvensnummer\":1,\"hendelse\":{dypt}}}]")]
    {
        fuzz::feedside(kropp.as_bytes());
        fuzz::bulksvar(kropp.as_bytes());
        fuzz::feilkropp(kropp.as_bytes());
    }
}
