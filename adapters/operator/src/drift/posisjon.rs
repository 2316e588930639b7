//! A source's cursor, as it can be shown.

use serde_json::{Map, Value};

/// The cursor, in what of it can be shown: numbers and times. Whom a register is to be asked about again is not.
pub(crate) fn plass(posisjon: &str) -> Option<String> {
    let felter: Map<String, Value> = serde_json::from_str(posisjon).ok()?;
    let vist = felter.iter().filter_map(|(navn, verdi)| match verdi {
        Value::Number(tall) => Some(format!("{navn} {tall}")),
        Value::String(tid) => tid.parse::<jiff::Timestamp>().is_ok().then(|| format!("{navn} {tid}")),
        _ => None,
    });
    Some(vist.collect::<Vec<_>>().join(", ")).filter(|vist| !vist.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_shows_where_it_goes_on_and_nobody() {
        let sted = r#"{"feed":"f-1","neste":4711,"ajourhold":"2026-11-05T12:00:00Z","ubesvart":["0a1b"]}"#;
        assert_eq!(plass(sted).as_deref(), Some("ajourhold 2026-11-05T12:00:00Z, neste 4711"));
        assert_eq!(plass("05820998865"), None, "what is no cursor of ours is not shown");
    }
}
