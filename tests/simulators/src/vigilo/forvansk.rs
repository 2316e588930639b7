//! Rows that are not as they should be.

use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

use super::Feil;

/// Spoils the rows of a page.
pub(super) fn forvansk(rader: &mut Vec<Value>, feil: &[Feil]) {
    for feil in feil {
        match (feil, rader.as_mut_slice()) {
            (Feil::TomSamling, _) => rader.clear(),
            (Feil::UtenSourcedId, [forste, ..]) => ta_bort(forste, "sourcedId"),
            (Feil::DobbelSourcedId, [forste, andre, ..]) => andre["sourcedId"] = forste["sourcedId"].clone(),
            (Feil::UkjentEnum, [forste, ..]) => forste["status"] = json!("paused"),
            (Feil::NullNavn, [forste, ..]) => {
                for navn in ["givenName", "familyName", "name", "title"] {
                    if let Some(verdi) = forste.get_mut(navn) {
                        *verdi = Value::Null;
                    }
                }
            }
            (Feil::NullFelter, rader) => {
                for rad in rader {
                    rad["metadata"] = Value::Null;
                    rad["middleName"] = Value::Null;
                }
            }
            (Feil::BoolskEnabledUser, rader) => {
                for verdi in rader.iter_mut().filter_map(|rad| rad.get_mut("enabledUser")) {
                    *verdi = json!(verdi == "true");
                }
            }
            (Feil::UtenBrukernavn, rader) => elever(rader).for_each(|elev| ta_bort(elev, "username")),
            (Feil::UtenTrinn, rader) => elever(rader).for_each(|elev| ta_bort(elev, "grades")),
            (Feil::UtenNummer, rader) => elever(rader).for_each(uten_nummer),
            (Feil::Nfd, rader) => rader.iter_mut().for_each(nfd),
            _ => {}
        }
    }
}

fn elever(rader: &mut [Value]) -> impl Iterator<Item = &mut Value> {
    rader.iter_mut().filter(|rad| rad["role"] == "student" || rad["roles"][0]["role"] == "student")
}

fn ta_bort(rad: &mut Value, felt: &str) {
    if let Some(felter) = rad.as_object_mut() {
        felter.remove(felt);
    }
}

fn uten_nummer(elev: &mut Value) {
    ta_bort(elev, "identifier");
    if let Some(ider) = elev["userIds"].as_array_mut() {
        ider.retain(|id| id["type"] != "fnr");
    }
}

fn nfd(verdi: &mut Value) {
    match verdi {
        Value::String(tekst) if !tekst.is_ascii() => *tekst = tekst.nfd().collect(),
        Value::Array(liste) => liste.iter_mut().for_each(nfd),
        Value::Object(felter) => felter.values_mut().for_each(nfd),
        _ => {}
    }
}
