//! JSON Schema as SHACL: a node shape for each object, a named property shape for each of its fields.

use super::HEADER;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What shapes are made of.
pub(super) struct Shapes {
    pub(super) about: &'static str,
    pub(super) vocabulary: &'static str,
    /// The class of what is sent.
    pub(super) root: &'static str,
}

impl Shapes {
    pub(super) fn write(&self, schemas: &Map<String, Value>) -> String {
        let mut text = format!(
            "{HEADER} the types in src are the source.\n# {}\n\
             @prefix sh: <http://www.w3.org/ns/shacl#> .\n\
             @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n\
             @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\
             @prefix ord: <{}> .\n\
             @prefix form: <{}/shapes#> .\n",
            self.about,
            self.vocabulary,
            self.vocabulary.trim_end_matches('#'),
        );
        let (mut written, mut waiting) = (BTreeSet::new(), vec![self.root.to_owned()]);
        while let Some(name) = waiting.pop() {
            if !written.insert(name.clone()) {
                continue;
            }
            let mut targets = BTreeSet::new();
            schemas.values().for_each(|schema| fields_that_hold(&name, schema, &mut targets));
            if name == self.root {
                targets.insert(format!("sh:targetClass ord:{name}"));
            }
            node(&name, &targets, &schemas[&name], &mut waiting, &mut text);
        }
        text
    }
}

/// Whatever stands in one of these fields, anywhere, is to have the shape.
fn fields_that_hold(name: &str, schema: &Value, targets: &mut BTreeSet<String>) {
    for (field, rules) in schema["properties"].as_object().into_iter().flatten() {
        if [reference(rules), reference(&rules["items"])].contains(&Some(name)) {
            targets.insert(format!("sh:targetObjectsOf ord:{field}"));
        }
    }
    schema["oneOf"].as_array().into_iter().flatten().for_each(|one| fields_that_hold(name, one, targets));
}

/// The name of the schema that is referred to.
fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

/// A shape, and those that it leads to.
fn node(name: &str, targets: &BTreeSet<String>, schema: &Value, waiting: &mut Vec<String>, text: &mut String) {
    let _ = write!(text, "\nform:{name} a sh:NodeShape ");
    for target in targets {
        let _ = write!(text, ";\n    {target} ");
    }
    let _ = write!(text, ";\n    sh:nodeKind sh:BlankNodeOrIRI ");
    if schema["additionalProperties"] == false {
        let _ = write!(text, ";\n    sh:closed true ;\n    sh:ignoredProperties ( rdf:type ) ");
    }
    let fields = schema["properties"].as_object().expect("what is sent is made of objects");
    // What JSON-LD itself has keys for is no property: the class is the target.
    let fields: Vec<_> = fields.iter().filter(|(field, _)| !field.starts_with('@')).collect();
    for (field, _) in &fields {
        let _ = write!(text, ";\n    sh:property form:{name}-{field} ");
    }
    text.push_str(".\n");
    let required = |field: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == field));
    for (field, rules) in fields {
        let _ = write!(text, "\nform:{name}-{field} a sh:PropertyShape ;\n    sh:path ord:{field} ");
        let mut say = |rule: &str, value: String| {
            let _ = write!(text, ";\n    sh:{rule} {value} ");
        };
        let many = rules["type"] == "array";
        let least = rules["minItems"].as_u64().unwrap_or(1);
        if required(field) {
            say("minCount", if many { least } else { 1 }.to_string());
        }
        match (many, rules["maxItems"].as_u64()) {
            (true, None) => {}
            (true, Some(most)) => say("maxCount", most.to_string()),
            (false, _) => say("maxCount", "1".into()),
        }
        let one = if many { &rules["items"] } else { rules };
        match reference(one) {
            Some(other) => {
                say("nodeKind", "sh:BlankNodeOrIRI".into());
                waiting.push(other.to_owned());
            }
            None => {
                assert_eq!(one["type"], "string", "{name}.{field}: only texts are sent");
                say("datatype", "xsd:string".into());
                for rule in ["minLength", "maxLength"] {
                    if let Some(length) = one[rule].as_u64() {
                        say(rule, length.to_string());
                    }
                }
                if one["pattern"].is_string() {
                    say("pattern", one["pattern"].to_string());
                }
            }
        }
        if rules["description"].is_string() {
            say("description", format!("{}@en", rules["description"]));
        }
        text.push_str(".\n");
    }
}
