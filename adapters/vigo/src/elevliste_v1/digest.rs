//! Digests that both sides can work out: SHA-256 over canonical JSON (RFC 8785).

use super::wire::Elev;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The digest of a pupil's line, in lower-case hexadecimal.
pub(crate) fn of_pupil(elev: &Elev) -> String {
    of(elev)
}

/// The digest of a list, from the digests of its pupils in any order.
pub(crate) fn of_list<'a>(pupils: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    #[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
    #[serde(rename_all = "camelCase")]
    struct Line<'a> {
        elev_ref: &'a str,
        avtrykk: &'a str,
    }
    let mut lines: Vec<_> = pupils.into_iter().map(|(elev_ref, avtrykk)| Line { elev_ref, avtrykk }).collect();
    lines.sort_unstable();
    of(&lines)
}

fn of(value: &impl Serialize) -> String {
    let json = serde_json_canonicalizer::to_vec(value).expect("texts and lists of them have a canonical form");
    Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::elevliste_v1::wire::Personnavn;

    /// Worked out with another program: `printf '%s' '{…}' | sha256sum`.
    #[test]
    fn a_digest_is_the_one_that_anybody_gets() {
        let elev = Elev {
            elev_ref: "0d9c3c2e-6a51-4f0b-9b0e-1f2a3b4c5d6e".parse().unwrap(),
            klassekode: "10A".into(),
            identitetsnummer: "05820998865".into(),
            navn: Personnavn { fornavn: "Åse".into(), mellomnavn: None, etternavn: "Øvrebø".into() },
        };
        let json = serde_json_canonicalizer::to_string(&elev).unwrap();
        let expected = concat!(
            r#"{"elevRef":"0d9c3c2e-6a51-4f0b-9b0e-1f2a3b4c5d6e","identitetsnummer":"05820998865","#,
            r#""klassekode":"10A","navn":{"etternavn":"Øvrebø","fornavn":"Åse"}}"#
        );
        assert_eq!(json, expected);
        assert_eq!(of_pupil(&elev), "1d0f839a8d6f03f7008d8dee938e8be046f2f347b61e6f830c7608cfbdcc081d");
    }

    #[test]
    fn the_order_of_a_list_does_not_matter() {
        assert_eq!(of_list([("a", "1"), ("b", "2")]), of_list([("b", "2"), ("a", "1")]));
        assert_ne!(of_list([("a", "1"), ("b", "2")]), of_list([("a", "2"), ("b", "1")]));
    }
}
