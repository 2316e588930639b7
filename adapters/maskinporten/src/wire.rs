//! The token endpoint's answers as it spells them.

use secrecy::SecretString;
use serde::{Deserialize, Deserializer};

/// The answer to a grant that was accepted. Its `scope` is not read: it says what was asked for, not what was given.
#[derive(Deserialize)]
pub(crate) struct TokenAnswer {
    #[serde(deserialize_with = "secret")]
    pub(crate) access_token: SecretString,
    pub(crate) token_type: String,
    /// Seconds from when it was issued.
    pub(crate) expires_in: i64,
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

/// The answer to a grant that was refused. Its texts are searched for a code and never shown.
#[derive(Deserialize)]
pub(crate) struct ErrorAnswer {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
    #[serde(default)]
    error_uri: Option<String>,
}

impl ErrorAnswer {
    /// Maskinporten's own code, as in `MP-124`.
    pub(crate) fn code(&self) -> Option<u16> {
        let texts = [self.error_description.as_deref(), Some(self.error.as_str()), self.error_uri.as_deref()];
        texts.into_iter().flatten().find_map(|text| {
            text.match_indices("MP-").find_map(|(at, found)| {
                let digits = text.get(at + found.len()..at + found.len() + 3)?;
                digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))
            })
        })
    }

    /// The OAuth error, where it is one that OAuth knows: anything else could be any text.
    pub(crate) fn oauth(&self) -> Option<&'static str> {
        const KNOWN: [&str; 6] = [
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
        ];
        KNOWN.into_iter().find(|known| *known == self.error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(json: &str) -> Option<u16> {
        serde_json::from_str::<ErrorAnswer>(json).unwrap().code()
    }

    #[test]
    fn the_code_is_found_wherever_it_stands() {
        assert_eq!(code(r#"{"error":"invalid_grant","error_description":"Invalid assertion (MP-124)"}"#), Some(124));
        assert_eq!(code(r#"{"error":"MP-011"}"#), Some(11));
        assert_eq!(code(r#"{"error":"x","error_uri":"https://docs.example/#MP-250"}"#), Some(250));
        assert_eq!(code(r#"{"error":"x","error_description":"MP-, MP-1x2 and MP-æøå, then MP-301"}"#), Some(301));
        assert_eq!(code(r#"{"error":"x","error_description":"MP-1"}"#), None);
    }
}
