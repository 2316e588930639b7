//! The specification's generated parts: schemas, examples and shapes, made from the types of both dialects.
//!
//! `OPPDATER=1 cargo test -p adapter-vigo spec` writes them to `openapi/`; without it the tests fail when a file is not up
//! to date. What a person writes of the specification is `openapi/ramme.yaml`.

mod examples;
mod turtle;
mod yaml;

use crate::elevliste_v1::wire::{self, answers};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::path::Path;
use turtle::Shapes;

const FRAME: &str = include_str!("../../openapi/ramme.yaml");
const HEADER: &str = "# Made by `OPPDATER=1 cargo test -p adapter-vigo spec`. Do not edit:";

fn generator(for_what_is_sent: bool) -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let settings = if for_what_is_sent { settings.for_serialize() } else { settings.for_deserialize() };
    settings.into_generator()
}

/// The schemas of some types, by name.
fn schemas(for_what_is_sent: bool, add: &[fn(&mut SchemaGenerator)]) -> Map<String, Value> {
    let mut generator = generator(for_what_is_sent);
    add.iter().for_each(|add| add(&mut generator));
    let mut schemas = generator.take_definitions(true);
    schemas.values_mut().for_each(tidy);
    schemas
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// Takes away what says something of the Rust type only, and joins the lines of descriptions.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.retain(|name, value| !(name == "default" || name == "format" && value.as_str().is_some_and(rusty)));
            if let Some(Value::String(text)) = fields.get_mut("description") {
                *text = text.replace('\n', " ");
            }
            fields.values_mut().for_each(tidy);
        }
        Value::Array(values) => values.iter_mut().for_each(tidy),
        _ => {}
    }
}

fn rusty(format: &str) -> bool {
    format.starts_with("uint")
}

fn sent() -> Map<String, Value> {
    schemas(true, &[of::<wire::Elevliste>, of::<wire::Elevlisteendringer>])
}

fn all() -> Map<String, Value> {
    let mut schemas = sent();
    schemas.extend(self::schemas(
        false,
        &[of::<answers::Egenskaper>, of::<answers::Kvittering>, of::<answers::Mottattliste>, of::<answers::Problem>],
    ));
    let etag =
        json!({"type": "string", "pattern": r#"^"[!#-~]{1,64}"$"#, "description": "A strong tag, with its quotes."});
    schemas.insert("Etag".into(), etag);
    schemas
}

/// Compares a file of `openapi/` with what it is to be, or writes it.
fn up_to_date(name: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi").join(name);
    if std::env::var_os("OPPDATER").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, expected).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == expected, "openapi/{name} is not up to date: run OPPDATER=1 cargo test -p adapter-vigo spec");
}

#[test]
fn the_specification_is_up_to_date() {
    let generated = json!({"examples": examples::components(), "schemas": all()});
    let text = format!("{HEADER} a person writes ramme.yaml.\n{FRAME}{}", yaml::block(&generated, 2));
    up_to_date("elevliste_v1.yaml", &text);
}

#[test]
fn the_shapes_are_up_to_date() {
    let v1 = Shapes {
        about: "Shapes of what is sent in the dialect elevliste_v1, from the same types as its OpenAPI document.",
        vocabulary: wire::VOCABULARY,
        root: "Elevliste",
    };
    up_to_date("elevliste_v1.shacl.ttl", &v1.write(&sent()));
    let vigoskole = Shapes {
        about: "Shapes of what is sent in the dialect vigoskole. Its own @context names a prefix and no terms, so a JSON-LD \
                reader must be told that the terms are those of the vocabulary (expandContext).",
        vocabulary: crate::wire::VOCABULARY,
        root: "GraduatingStudentsSubmission",
    };
    up_to_date("vigoskole.shacl.ttl", &vigoskole.write(&schemas(true, &[of::<crate::wire::Payload>])));
}

#[test]
fn the_examples_are_up_to_date() {
    for (name, value) in examples::payloads() {
        up_to_date(&format!("eksempler/{name}.json"), &format!("{value:#}\n"));
    }
}
