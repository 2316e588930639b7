//! Examples of synthetic people, made by the code that makes the real thing.

use crate::elevliste_v1::examples::{self, Example};
use crate::payload::{lag, tests::forsendelse};
use serde_json::{Map, Value, json};

/// What is sent, in both dialects.
pub(super) fn payloads() -> Vec<(&'static str, Value)> {
    let vigoskole = serde_json::to_value(lag(&forsendelse()).unwrap()).unwrap();
    let mut all = vec![("vigoskole", vigoskole)];
    all.extend(examples::all().into_iter().filter(|e| e.sent).map(|e| (e.name, e.value)));
    all
}

/// Everything of the dialect that we offer, as OpenAPI has it.
pub(super) fn components() -> Map<String, Value> {
    let component =
        |Example { name, summary, value, .. }: Example| (name.to_owned(), json!({"summary": summary, "value": value}));
    examples::all().into_iter().map(component).collect()
}
