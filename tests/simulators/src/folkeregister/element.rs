//! A property as the register keeps it: a list with its history, the newest first.

use serde_json::{Map, Value, json};

/// A new element in force, with what every element has beside its value.
pub(super) fn nytt(felter: &Value, na: &str) -> Value {
    let mut element = json!({
        "ajourholdstidspunkt": na, "erGjeldende": true, "kilde": "Synutopia", "aarsak": "Syntetisk",
        "gyldighetstidspunkt": na,
    });
    if let (Some(element), Some(felter)) = (element.as_object_mut(), felter.as_object()) {
        element.extend(felter.clone());
    }
    element
}

/// The elements of a property.
pub(super) fn liste<'a>(dokument: &'a mut Map<String, Value>, egenskap: &str) -> &'a mut Vec<Value> {
    let plass = dokument.entry(egenskap).or_insert_with(|| json!([]));
    if !plass.is_array() {
        *plass = json!([]);
    }
    plass.as_array_mut().expect("it was made a list just now")
}

/// A change: what was in force becomes history.
pub(super) fn sett(dokument: &mut Map<String, Value>, egenskap: &str, felter: &Value, na: &str) {
    avslutt(dokument, egenskap, na);
    liste(dokument, egenskap).insert(0, nytt(felter, na));
}

/// What was in force is so no more, and nothing takes its place.
pub(super) fn avslutt(dokument: &mut Map<String, Value>, egenskap: &str, na: &str) {
    for element in liste(dokument, egenskap) {
        if element["erGjeldende"] == true {
            element["erGjeldende"] = json!(false);
            element["opphoerstidspunkt"] = json!(na);
        }
    }
    fjern_tom(dokument, egenskap);
}

/// A correction: what was in force was wrong, and leaves no trace.
pub(super) fn korriger(dokument: &mut Map<String, Value>, egenskap: &str, felter: &Value, na: &str) {
    let liste = liste(dokument, egenskap);
    liste.retain(|element| element["erGjeldende"] != true);
    liste.insert(0, nytt(felter, na));
}

/// An annulment: what was in force never was, and what came before it is in force again.
pub(super) fn annuller(dokument: &mut Map<String, Value>, egenskap: &str) {
    let elementer = liste(dokument, egenskap);
    elementer.retain(|element| element["erGjeldende"] != true);
    if let Some(forrige) = elementer.first_mut().and_then(Value::as_object_mut) {
        forrige.insert("erGjeldende".into(), json!(true));
        forrige.remove("opphoerstidspunkt");
    }
    fjern_tom(dokument, egenskap);
}

fn fjern_tom(dokument: &mut Map<String, Value>, egenskap: &str) {
    if liste(dokument, egenskap).is_empty() {
        dokument.remove(egenskap);
    }
}
