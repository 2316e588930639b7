//! Vigilo's answers against the schema of OneRoster 1.2, when no fault is on.
//!
//! The schema is not the project's to hand out. Where it lies beside the repository it is used; elsewhere this says so.
//! `metadata` is free in the schema, so the Norwegian Profile deviates nowhere.

use std::path::PathBuf;

use jiff::{Timestamp, civil::Date};
use serde_json::{Map, Value, json};
use simulators::{
    generator::{GeneratorConfig, Kommune},
    vigilo::{Endring, Feil, Metadataform, Samling, Vigilo, VigiloConfig},
};

use crate::vigilo::Leser;

const SAMLINGER: [(Samling, &str, &str); 12] = [
    (Samling::Orgs, "OrgSetDType", "SingleOrgDType"),
    (Samling::Schools, "OrgSetDType", "SingleOrgDType"),
    (Samling::AcademicSessions, "AcademicSessionSetDType", "SingleAcademicSessionDType"),
    (Samling::Terms, "AcademicSessionSetDType", "SingleAcademicSessionDType"),
    (Samling::GradingPeriods, "AcademicSessionSetDType", "SingleAcademicSessionDType"),
    (Samling::Courses, "CourseSetDType", "SingleCourseDType"),
    (Samling::Classes, "ClassSetDType", "SingleClassDType"),
    (Samling::Users, "UserSetDType", "SingleUserDType"),
    (Samling::Students, "UserSetDType", "SingleUserDType"),
    (Samling::Teachers, "UserSetDType", "SingleUserDType"),
    (Samling::Enrollments, "EnrollmentSetDType", "SingleEnrollmentDType"),
    (Samling::Demographics, "DemographicsSetDType", "SingleDemographicsDType"),
];

fn skjema() -> Option<Value> {
    let sti = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/oneroster/oneroster-v1p2-rostering.schemas.json");
    let Ok(tekst) = std::fs::read_to_string(sti) else {
        println!("skipped: shared/data/oneroster is not beside the repository");
        return None;
    };
    Some(serde_json::from_str(&tekst).unwrap())
}

/// Each breach as path and cause, without values.
fn brudd(alt: &Value, type_: &str, verdi: &Value) -> Vec<String> {
    let mut ut = Vec::new();
    valider(alt, &json!({"$ref": format!("#/$defs/{type_}")}), verdi, type_, &mut ut);
    ut
}

/// The part of JSON Schema that the file uses; a word it does not know is a failure, not a pass.
fn valider(alt: &Value, skjema: &Value, verdi: &Value, sti: &str, ut: &mut Vec<String>) {
    let tomt = Map::new();
    let felter = verdi.as_object().unwrap_or(&tomt);
    for (ord, krav) in skjema.as_object().unwrap() {
        let holder = match ord.as_str() {
            "$ref" => {
                let peker = krav.as_str().unwrap().trim_start_matches('#');
                valider(alt, alt.pointer(peker).unwrap(), verdi, sti, ut);
                true
            }
            "type" => match krav.as_str().unwrap() {
                "object" => verdi.is_object(),
                "array" => verdi.is_array(),
                "string" => verdi.is_string(),
                annen => panic!("the validator does not know type {annen}"),
            },
            "required" => krav.as_array().unwrap().iter().all(|felt| felter.contains_key(felt.as_str().unwrap())),
            "properties" => {
                for (navn, under) in krav.as_object().unwrap() {
                    if let Some(verdi) = felter.get(navn) {
                        valider(alt, under, verdi, &format!("{sti}.{navn}"), ut);
                    }
                }
                true
            }
            "additionalProperties" => {
                krav == true || felter.keys().all(|navn| skjema["properties"].get(navn).is_some())
            }
            "items" => {
                for (i, verdi) in verdi.as_array().into_iter().flatten().enumerate() {
                    valider(alt, krav, verdi, &format!("{sti}[{i}]"), ut);
                }
                true
            }
            "minItems" => verdi.as_array().is_none_or(|liste| liste.len() as u64 >= krav.as_u64().unwrap()),
            "enum" => krav.as_array().unwrap().contains(verdi),
            "anyOf" => krav.as_array().unwrap().iter().any(|ett| {
                let mut under = Vec::new();
                valider(alt, ett, verdi, sti, &mut under);
                under.is_empty()
            }),
            "pattern" => {
                assert_eq!(krav, r"(ext:)[a-zA-Z0-9\.\-_]+", "the validator knows one pattern");
                let etter = verdi.as_str().and_then(|tekst| tekst.split_once("ext:")).map(|(_, etter)| etter);
                etter.is_some_and(|e| e.starts_with(|c: char| c.is_ascii_alphanumeric() || ".-_".contains(c)))
            }
            "format" => match (krav.as_str().unwrap(), verdi.as_str().unwrap_or_default()) {
                ("date", tekst) => tekst.len() == 10 && tekst.parse::<Date>().is_ok(),
                ("date-time", tekst) => tekst.parse::<Timestamp>().is_ok(),
                ("uri", tekst) => tekst.parse::<reqwest::Url>().is_ok(),
                (annet, _) => panic!("the validator does not know format {annet}"),
            },
            "default" => true,
            annet => panic!("the validator does not know {annet}"),
        };
        if !holder {
            ut.push(format!("{sti}: {ord}"));
        }
    }
}

async fn start(metadataform: Metadataform) -> (Vigilo, Leser, Leser) {
    let mut config = VigiloConfig::ny(Kommune::generer(&GeneratorConfig::voss(51)));
    config.metadataform = metadataform;
    config.scopes.push("roster-demographics.readonly".into());
    let vigilo = Vigilo::start(config).await.unwrap();
    let scope = |navn: &str| format!("https://purl.imsglobal.org/spec/or/v1p2/scope/{navn}");
    let leser = Leser::med_scope(&vigilo, &scope("roster.readonly")).await;
    let demografi = Leser::med_scope(&vigilo, &scope("roster-demographics.readonly")).await;
    (vigilo, leser, demografi)
}

#[tokio::test]
async fn every_answer_is_valid() {
    let Some(alt) = skjema() else { return };
    for form in [Metadataform::Flat, Metadataform::Nestet] {
        let (vigilo, leser, demografi) = start(form).await;
        let elev = vigilo.kommune().tiende().next().unwrap().id;
        // Rows that are marked, newcomers, and the periods of another year are to be valid too.
        vigilo.endre(&[Endring::Slutter { elev, hardt: false }, Endring::Rullering, Endring::Terminskifte]).unwrap();
        for (samling, liste, enkelt) in SAMLINGER {
            let leser = if samling == Samling::Demographics { &demografi } else { &leser };
            let mut rader = Vec::new();
            for side in 0.. {
                let svar = leser.json(&format!("{}?limit=1000&offset={}", samling.sti(), side * 1000)).await;
                assert_eq!(brudd(&alt, liste, &svar), [""; 0], "{samling:?}");
                let side = svar[samling.konvolutt()].as_array().unwrap().clone();
                if side.is_empty() {
                    break;
                }
                rader.extend(side);
            }
            assert_eq!(rader.len(), vigilo.antall(samling), "{samling:?}");
            for rad in rader.iter().take(3) {
                let svar = leser.json(&format!("{}/{}", samling.sti(), rad["sourcedId"].as_str().unwrap())).await;
                assert_eq!(brudd(&alt, enkelt, &svar), [""; 0], "{samling:?}");
            }
        }
    }
}

#[tokio::test]
async fn every_refusal_is_valid() {
    let Some(alt) = skjema() else { return };
    let (vigilo, leser, _) = start(Metadataform::Flat).await;
    for (sti, status) in [
        ("users?filter=nope", 400),
        ("users?filter=shoeSize%3D'44'", 400),
        ("users?fields=shoeSize", 400),
        ("users?limit=0", 400),
        ("demographics", 403),
        ("users/nobody", 404),
        ("no/such/path/at/all", 404),
    ] {
        let svar = leser.hent(sti).await;
        assert_eq!(svar.status().as_u16(), status, "{sti}");
        assert_eq!(brudd(&alt, "imsx_StatusInfoDType", &svar.json().await.unwrap()), [""; 0], "{sti}");
    }
    for feil in [Feil::Avvis401, Feil::ForMange { vent_sekunder: 1, html: false }, Feil::Status { status: 500 }] {
        vigilo.feil(feil.clone().ganger(1));
        let svar: Value = leser.hent("users").await.json().await.unwrap();
        assert_eq!(brudd(&alt, "imsx_StatusInfoDType", &svar), [""; 0], "{feil:?}");
    }
}

#[tokio::test]
async fn the_validator_finds_what_faults_break() {
    let Some(alt) = skjema() else { return };
    let (vigilo, leser, _) = start(Metadataform::Flat).await;
    for (feil, ventet) in [
        (Feil::UtenSourcedId, "UserSetDType.users[0]: required"),
        (Feil::UkjentEnum, "UserSetDType.users[0].status: enum"),
        (Feil::NullNavn, "UserSetDType.users[0].familyName: type"),
        (Feil::BoolskEnabledUser, "UserSetDType.users[0].enabledUser: enum"),
        (Feil::Tidsform { form: simulators::vigilo::Tidsform::Dato }, "UserSetDType.users[0].dateLastModified: format"),
        (Feil::BarListe, "UserSetDType: type"),
    ] {
        vigilo.feil(feil.clone().ganger(1));
        let funn = brudd(&alt, "UserSetDType", &leser.json("users?limit=2").await);
        assert!(funn.iter().any(|f| f == ventet), "{feil:?}: {funn:?}");
    }
    let mut rad = leser.json("users?limit=1").await;
    rad["users"][0]["role"] = json!("student");
    assert_eq!(brudd(&alt, "UserSetDType", &rad), ["UserSetDType.users[0]: additionalProperties"]);
}
