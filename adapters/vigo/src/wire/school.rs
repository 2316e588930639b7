//! A school as VIGO's code base spells it, and what of that can be believed.

use ::kodeverk::{Skoletype, Vigoskole};
use serde_json::Value;
use std::borrow::Cow;

/// A school, and the tolerances that were used to read it.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) school: Vigoskole,
    pub(crate) findings: Vec<&'static str>,
}

/// Why a row is not a school that can be used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It has no organisation number, so that no list can be addressed to it. Odd, but no fault.
    WithoutOrgnr,
    /// A field is missing or malformed.
    Field(&'static str, &'static str),
}

/// A number that came as a JSON number: its zeros, if it had any, are restored by its length.
pub(crate) const NUMBER_NOT_TEXT: &str = "number-not-text";
/// The key and value notation.
pub(crate) const KEY_VALUE: &str = "key-value-notation";
/// A county or municipality that cannot be read is left out.
pub(crate) const PLACE_UNREADABLE: &str = "place-unreadable";

pub(crate) fn read(row: &Value) -> Result<Read, Unusable> {
    let mut findings = Vec::new();
    if !row.is_object() {
        return Err(Unusable::Field("", "not-an-object"));
    }
    if list(row).is_some() {
        findings.push(KEY_VALUE);
    }
    if ["number", "orgNr", "municipalityNr", "countyNr"].iter().any(|key| field(row, key).is_some_and(Value::is_number))
    {
        findings.push(NUMBER_NOT_TEXT);
    }
    let orgnr = text(row, "orgNr").ok_or(Unusable::WithoutOrgnr)?;
    let nummer = text(row, "number").ok_or(Unusable::Field("number", "missing-number"))?;
    let school = Vigoskole {
        organisasjonsnummer: orgnr.parse().map_err(|_| Unusable::Field("orgNr", "malformed-org-nr"))?,
        nummer: nummer.parse().map_err(|_| Unusable::Field("number", "malformed-number"))?,
        navn: text(row, "name"),
        kommunenummer: place(row, "municipalityNr", &mut findings),
        fylkesnummer: place(row, "countyNr", &mut findings),
        skoletype: text(row, "type").map(Skoletype::from),
    };
    Ok(Read { school, findings })
}

fn place<T: std::str::FromStr>(row: &Value, key: &str, findings: &mut Vec<&'static str>) -> Option<T> {
    let nummer = text(row, key)?.parse().ok();
    if nummer.is_none() {
        findings.push(PLACE_UNREADABLE);
    }
    nummer
}

/// The text of a field; blank is absent.
pub(crate) fn text(row: &Value, key: &str) -> Option<String> {
    let text: Cow<'_, str> = match field(row, key)? {
        Value::String(text) => text.trim().into(),
        Value::Number(number) => {
            let width = match key {
                "orgNr" => 9,
                "number" => 5,
                "municipalityNr" => 4,
                "countyNr" => 2,
                _ => 0,
            };
            format!("{:0width$}", number.as_u64()?).into()
        }
        _ => return None,
    };
    (!text.is_empty()).then(|| text.into_owned())
}

/// A field of a row in either notation: `{"number": …}`, or `{"values": [{"key": "number", "value": …}]}`.
fn field<'a>(row: &'a Value, key: &str) -> Option<&'a Value> {
    match list(row) {
        Some(pairs) => pairs.iter().find(|pair| pair["key"] == key).and_then(|pair| pair.get("value")),
        None => row.get(key),
    }
}

fn list(row: &Value) -> Option<&Vec<Value>> {
    ["values", "fields"].iter().find_map(|name| row.get(name)?.as_array())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_notations_give_the_same_school() {
        let plain = json!({"type": "G", "orgNr": "974603268", "name": "Ås ungdomsskole", "municipalityNr": "3218", "countyNr": "32", "number": "32713"});
        let pairs: Vec<_> =
            plain.as_object().unwrap().iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
        let first = read(&plain).unwrap();
        assert_eq!(first.findings, [""; 0]);
        assert_eq!(first.school.nummer.as_str(), "32713");
        assert_eq!(first.school.skoletype, Some(Skoletype::Grunnskole));
        for name in ["values", "fields"] {
            let second = read(&json!({name: pairs})).unwrap();
            assert_eq!((second.school, second.findings), (first.school.clone(), vec![KEY_VALUE]));
        }
    }

    #[test]
    fn zeros_are_restored_only_where_a_number_lost_them() {
        let row = json!({"type": "G", "orgNr": 974_590_786, "number": 3609, "municipalityNr": 301, "countyNr": 3});
        let Read { school, findings } = read(&row).unwrap();
        assert_eq!(school.nummer.as_str(), "03609");
        assert_eq!(school.kommunenummer.map(|k| k.to_string()).as_deref(), Some("0301"));
        assert_eq!(school.fylkesnummer.map(|k| k.to_string()).as_deref(), Some("03"));
        assert_eq!(findings, [NUMBER_NOT_TEXT]);
        let short = json!({"orgNr": "974590786", "number": "3609"});
        assert_eq!(read(&short).unwrap_err(), Unusable::Field("number", "malformed-number"));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let cases = [
            (json!({"number": "03609"}), Unusable::WithoutOrgnr),
            (json!({"number": "03609", "orgNr": " "}), Unusable::WithoutOrgnr),
            (json!({"number": "03609", "orgNr": null}), Unusable::WithoutOrgnr),
            (json!({"number": "03609", "orgNr": "123456789"}), Unusable::Field("orgNr", "malformed-org-nr")),
            (json!({"orgNr": "974590786"}), Unusable::Field("number", "missing-number")),
            (json!({"orgNr": "974590786", "number": -1}), Unusable::Field("number", "missing-number")),
            (json!({"orgNr": "974590786", "number": 123_456}), Unusable::Field("number", "malformed-number")),
            (json!("03609"), Unusable::Field("", "not-an-object")),
        ];
        for (row, expected) in cases {
            assert_eq!(read(&row).unwrap_err(), expected, "{row}");
        }
    }

    #[test]
    fn an_unreadable_place_does_not_cost_the_school() {
        let row = json!({"orgNr": "974590786", "number": "03609", "municipalityNr": "Oslo", "countyNr": ""});
        let Read { school, findings } = read(&row).unwrap();
        assert_eq!((school.kommunenummer, school.fylkesnummer), (None, None));
        assert_eq!(findings, [PLACE_UNREADABLE]);
    }
}
