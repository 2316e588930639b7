//! What the body of an error says, as a hint beside its status code.
//!
//! Six shapes have been seen: 1.2's flat `imsx_` fields, the same wrapped in `imsx_StatusInfo`, the same with the minor
//! code as a text, 1.1's `statusInfoSet`, a plain `error`, and a web page. Only codes that are known are repeated: a
//! description may quote what was asked for, and that can be a pupil.

use serde_json::Value;
use std::fmt;

/// Codes of OneRoster and OAuth 2.0 that help a person on, and what they say.
const KODER: [(&str, &str); 17] = [
    ("invalid_filter_field", "a field in the filter is unknown to it"),
    ("invalid_selection_field", "a field in the selection is unknown to it"),
    ("invalid_sort_field", "the field to sort by is unknown to it"),
    ("invalid_blank_selection_field", "a field in the selection is empty"),
    ("invaliddata", "the request was not understood"),
    ("invalid_data", "the request was not understood"),
    ("invalid_request", "the request was not understood"),
    ("unauthorisedrequest", "the token does not give this right"),
    ("unauthorizedrequest", "the token does not give this right"),
    ("invalid_token", "the token is not accepted"),
    ("insufficient_scope", "the token lacks a scope"),
    ("access_denied", "the token does not give this right"),
    ("forbidden", "the token does not give this right"),
    ("unknownobject", "no such object"),
    ("server_busy", "it is busy"),
    ("internal_server_error", "it failed by itself"),
    ("unsupported", "it does not offer this"),
];

/// How deep codes are looked for: the deepest shape has four levels.
const DYBDE: u8 = 6;

/// What an error's body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feilkropp {
    /// Nothing.
    Tom,
    /// A web page, as proxies give it.
    Nettside,
    /// A known code, and what it says.
    Kode(&'static str, &'static str),
    /// Something without a code that we know.
    Ukjent,
}

impl Feilkropp {
    /// Reads a body.
    pub(super) fn les(kropp: &[u8]) -> Self {
        let kropp = kropp.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(kropp).trim_ascii();
        match kropp.first() {
            None => Self::Tom,
            Some(b'<') => Self::Nettside,
            Some(_) => {
                let kode = serde_json::from_slice(kropp).ok().and_then(|json: Value| finn(&json, DYBDE));
                kode.map_or(Self::Ukjent, |(kode, sier)| Self::Kode(kode, sier))
            }
        }
    }
}

impl fmt::Display for Feilkropp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tom => f.write_str("no body"),
            Self::Nettside => f.write_str("a web page instead of an answer, perhaps from a proxy in between"),
            Self::Kode(kode, sier) => write!(f, "{kode}, {sier}"),
            Self::Ukjent => f.write_str("no code that we know"),
        }
    }
}

/// The first known code under a field that holds codes. `imsx_codeMajor` says only that it failed.
fn finn(json: &Value, dybde: u8) -> Option<(&'static str, &'static str)> {
    let dypere = dybde.checked_sub(1)?;
    match json {
        Value::Object(felter) => felter.iter().find_map(|(felt, verdi)| match verdi {
            Value::String(tekst) if er_kodefelt(felt) => kjent(tekst),
            verdi => finn(verdi, dypere),
        }),
        Value::Array(liste) => liste.iter().find_map(|verdi| finn(verdi, dypere)),
        _ => None,
    }
}

fn er_kodefelt(felt: &str) -> bool {
    let felt = felt.to_ascii_lowercase();
    matches!(felt.as_str(), "error" | "code" | "errorcode" | "imsx_codeminor" | "imsx_codeminorfieldvalue")
}

fn kjent(tekst: &str) -> Option<(&'static str, &'static str)> {
    let tekst = tekst.trim().replace(['-', ' '], "_");
    KODER.into_iter().find(|(kode, _)| kode.eq_ignore_ascii_case(&tekst))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shape_that_has_been_seen_gives_its_code() {
        let minor = r#"{"imsx_codeMinorField":[{"imsx_codeMinorFieldName":"TargetEndSystem","imsx_codeMinorFieldValue":"invalid_filter_field"}]}"#;
        let cases = [
            (
                format!(r#"{{"imsx_codeMajor":"failure","imsx_severity":"error","imsx_CodeMinor":{minor}}}"#),
                "invalid_filter_field",
            ),
            (
                format!(r#"{{"imsx_StatusInfo":{{"imsx_codeMajor":"failure","imsx_CodeMinor":{minor}}}}}"#),
                "invalid_filter_field",
            ),
            (r#"{"imsx_codeMajor":"failure","imsx_codeMinor":"invalid_data"}"#.into(), "invalid_data"),
            (
                format!(r#"{{"statusInfoSet":[{{"imsx_codeMajor":"failure","imsx_CodeMinor":{minor}}}]}}"#),
                "invalid_filter_field",
            ),
            (r#"{"statusInfoSet":[{"imsx_codeMinor":"unknownobject"}]}"#.into(), "unknownobject"),
            (r#"{"error":"insufficient_scope","error_description":"Kanari"}"#.into(), "insufficient_scope"),
            (r#"{"error":{"code":"Server Busy"}}"#.into(), "server_busy"),
        ];
        for (kropp, ventet) in cases {
            let Feilkropp::Kode(kode, _) = Feilkropp::les(kropp.as_bytes()) else { panic!("{kropp}") };
            assert_eq!(kode, ventet, "{kropp}");
        }
    }

    #[test]
    fn nothing_else_is_repeated() {
        let dyp = format!("{}{}", r#"{"a":"#.repeat(10_000), "}".repeat(10_000));
        let cases: [(&[u8], Feilkropp); 8] = [
            (b"", Feilkropp::Tom),
            (b" \r\n", Feilkropp::Tom),
            (b"\xEF\xBB\xBF<html>Kanari</html>", Feilkropp::Nettside),
            (br#"{"error":"Not found: Kanari"}"#, Feilkropp::Ukjent),
            (br#"{"givenName":"forbidden"}"#, Feilkropp::Ukjent),
            (b"Kanari", Feilkropp::Ukjent),
            (b"\xff\xfe", Feilkropp::Ukjent),
            (dyp.as_bytes(), Feilkropp::Ukjent),
        ];
        for (kropp, ventet) in cases {
            let lest = Feilkropp::les(kropp);
            assert_eq!(lest, ventet);
            assert!(!lest.to_string().contains("Kanari"));
        }
    }
}
