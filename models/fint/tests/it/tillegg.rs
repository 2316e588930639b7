//! What stands beside FINT: how it is written, and that it prints nothing personal.

use fint::tillegg::{
    Adressebeskyttelse, DatertIdentifikator, Elevtillegg, FODSELSNUMMER, Identitetshistorikk, KILDE, Registermerknad,
};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

const ELEV: Uuid = Uuid::from_u128(0x3f0c_1d52_8a54_4a39_9d0b_6f5a_1f9e_2c11);
const ANNEN: Uuid = Uuid::from_u128(0x7b1e_6a90_2f4d_4c0e_8a55_0d9d_3b1c_7e21);

fn tid(tekst: &str) -> Timestamp {
    tekst.parse().unwrap()
}

fn historikk() -> Identitetshistorikk {
    let rad = |type_: &str, verdi: &str, fra: &str, til: Option<&str>| DatertIdentifikator {
        type_: type_.to_owned(),
        verdi: verdi.into(),
        fra: tid(fra),
        til: til.map(tid),
        kilde: "vigilo".to_owned(),
        opprinnelig: None,
    };
    Identitetshistorikk {
        identifikatorer: vec![
            rad(&format!("{KILDE}vigilo"), "u-1", "2026-09-01T06:00:00Z", None),
            rad(FODSELSNUMMER, "54831070041", "2026-09-01T06:00:00Z", Some("2026-11-02T06:00:00Z")),
            rad(FODSELSNUMMER, "14831070030", "2026-11-02T06:00:00Z", None),
        ],
        slatt_sammen_med: vec![ANNEN],
        ..Identitetshistorikk::ny(ELEV)
    }
}

fn tillegg() -> Elevtillegg {
    Elevtillegg {
        elevforhold: ANNEN,
        elev: ELEV,
        trinn: vec!["10".to_owned()],
        kilde: "vigilo".to_owned(),
        kilde_endret: None,
        adressebeskyttelse: Adressebeskyttelse::StrengtFortrolig,
        register: Some(vec![Registermerknad::Utflyttet]),
    }
}

#[test]
fn elevtillegg_is_written_in_full_and_read_back() {
    let json = json!({
        "elevforhold": "7b1e6a90-2f4d-4c0e-8a55-0d9d3b1c7e21",
        "elev": "3f0c1d52-8a54-4a39-9d0b-6f5a1f9e2c11",
        "trinn": ["10"],
        "kilde": "vigilo",
        "kildeEndret": null,
        "adressebeskyttelse": "StrengtFortrolig",
        "register": ["Utflyttet"],
    });
    assert_eq!(serde_json::to_value(tillegg()).unwrap(), json);
    assert_eq!(serde_json::from_value::<Elevtillegg>(json).unwrap(), tillegg());
}

#[test]
fn nothing_said_of_protection_is_not_unprotected() {
    assert_eq!(Adressebeskyttelse::default(), Adressebeskyttelse::Ukjent);
}

#[test]
fn the_history_is_written_in_full_and_read_back() {
    let json = serde_json::to_value(historikk()).unwrap();
    let rad = json!({
        "type": "fodselsnummer",
        "verdi": "54831070041",
        "fra": "2026-09-01T06:00:00Z",
        "til": "2026-11-02T06:00:00Z",
        "kilde": "vigilo",
        "opprinnelig": null,
    });
    assert_eq!(json["identifikatorer"][1], rad);
    assert_eq!(json["identifikatorer"][0]["type"], "kilde:vigilo");
    assert_eq!(json["slattSammenMed"], json!(["7b1e6a90-2f4d-4c0e-8a55-0d9d3b1c7e21"]));
    assert_eq!(serde_json::from_value::<Identitetshistorikk>(json).unwrap(), historikk());
}

#[test]
fn a_bad_uuid_is_refused_without_being_shown() {
    let feil = |json| serde_json::from_value::<Identitetshistorikk>(json).unwrap_err().to_string();
    let elev = ELEV.to_string();
    for json in [
        json!({ "elev": "14831070030", "identifikatorer": [], "slattSammenMed": [] }),
        json!({ "elev": elev, "identifikatorer": [], "slattSammenMed": ["14831070030"] }),
    ] {
        assert_eq!(feil(json), "expected a UUID");
    }
}

#[test]
fn one_number_is_in_use_at_a_time() {
    let gjeldende = |tidspunkt: &str| -> Vec<String> {
        let historikk = historikk();
        let i_bruk = historikk.gjeldende(tid(tidspunkt)).filter(|i| i.type_ == FODSELSNUMMER);
        i_bruk.map(|i| i.verdi.vis().clone()).collect()
    };
    assert_eq!(gjeldende("2026-08-31T06:00:00Z"), [""; 0]);
    assert_eq!(gjeldende("2026-10-01T06:00:00Z"), ["54831070041"]);
    assert_eq!(gjeldende("2026-11-02T06:00:00Z"), ["14831070030"], "the new one from the moment it replaces the old");
}

#[test]
fn debug_prints_no_identifier() {
    let skrevet = format!("{:?} {:#?}", historikk(), historikk());
    for verdi in ["54831070041", "14831070030", "u-1"] {
        assert!(!skrevet.contains(verdi));
    }
    assert!(skrevet.contains("fodselsnummer") && skrevet.contains("***"));
}

#[test]
fn debug_does_not_say_who_is_protected() {
    let skrevet = format!("{:?}", tillegg());
    assert!(skrevet.ends_with("kilde_endret: None, adressebeskyttelse: ***, register: *** }"), "{skrevet}");
    assert_eq!(format!("{:?}", Adressebeskyttelse::StrengtFortrolig), format!("{:?}", Adressebeskyttelse::Ugradert));
}
