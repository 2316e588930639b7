//! JSON as a block of YAML that people can read.

use serde_json::Value;
use std::fmt::Write as _;

/// The value's lines, indented by so many spaces, each with its line end.
pub(super) fn block(value: &Value, indent: usize) -> String {
    let mut text = String::new();
    lines(value, indent, &mut text);
    text
}

fn lines(value: &Value, indent: usize, text: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let _ = write!(text, "{pad}{}:", key(name));
                after(value, indent + 2, text);
            }
        }
        Value::Array(values) => {
            for value in values {
                let _ = write!(text, "{pad}-");
                after(value, indent + 2, text);
            }
        }
        scalar => {
            let _ = writeln!(text, "{pad}{scalar}");
        }
    }
}

fn after(value: &Value, indent: usize, text: &mut String) {
    let empty = value.as_object().is_some_and(|o| o.is_empty()) || value.as_array().is_some_and(Vec::is_empty);
    if empty || !(value.is_object() || value.is_array()) {
        let _ = writeln!(text, " {value}");
    } else {
        text.push('\n');
        lines(value, indent, text);
    }
}

/// A plain word stands as it is; everything else, and what YAML takes for a truth, in quotes.
fn key(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(&&*name.to_ascii_lowercase());
    if plain { name.to_owned() } else { Value::from(name).to_string() }
}

#[test]
fn a_block_reads_as_what_it_was() {
    let value = serde_json::json!({"a": [1, {"$ref": "x: y"}, []], "no": null, "t": {"e": {}}});
    let expected = "  a:\n    - 1\n    -\n      \"$ref\": \"x: y\"\n    - []\n  \"no\": null\n  t:\n    e: {}\n";
    assert_eq!(block(&value, 2), expected);
}
