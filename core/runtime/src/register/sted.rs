//! The place in the feed, as it stands in the mark.

use hendelse::K;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where to go on. Stored as JSON in [`hendelse::Kildemarkor::posisjon`]; nothing in it is personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sted {
    /// The feed that the number belongs to: see [`flow::Personregister::feed`].
    pub feed: String,
    /// The first sequence number that is not accounted for.
    pub neste: i64,
    /// The newest update that the feed has shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ajourhold: Option<Timestamp>,
    /// Keyed hashes of those whose answers could not be used: they are asked about again.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub ubesvart: BTreeSet<String>,
}

impl Sted {
    /// The place, if it can be read and belongs to this feed.
    pub fn les(tekst: &str, feed: &str) -> Option<Self> {
        serde_json::from_str(tekst).ok().filter(|sted: &Self| sted.feed == feed && sted.neste >= 0)
    }

    /// Those whose answers could not be used, whatever feed the place belongs to. None where the text is no place.
    pub fn i_tvil(tekst: &str) -> Option<BTreeSet<K>> {
        serde_json::from_str(tekst).ok().map(|sted: Self| sted.ubesvarte().collect())
    }

    pub fn tekst(&self) -> String {
        serde_json::to_string(self).expect("text, numbers and times are always JSON")
    }

    /// Those to ask again.
    pub fn ubesvarte(&self) -> impl Iterator<Item = K> {
        self.ubesvart.iter().filter_map(|k| k.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_another_feed_is_no_place() {
        let sted = Sted { feed: "test/uten-hjemmel".into(), neste: 103, ajourhold: None, ubesvart: BTreeSet::new() };
        assert_eq!(sted.tekst(), r#"{"feed":"test/uten-hjemmel","neste":103}"#);
        assert_eq!(Sted::les(&sted.tekst(), "test/uten-hjemmel"), Some(sted.clone()));
        assert_eq!(Sted::les(&sted.tekst(), "prod/uten-hjemmel"), None);
        assert_eq!(Sted::les("103", "test/uten-hjemmel"), None);
        assert_eq!(Sted::les(&Sted { neste: -1, ..sted }.tekst(), "test/uten-hjemmel"), None);
    }

    #[test]
    fn what_could_not_be_answered_is_remembered() {
        let k = K([7; 16]);
        let ubesvart = [k.to_string()].into();
        let sted = Sted { feed: "f".into(), neste: 0, ajourhold: Some(Timestamp::UNIX_EPOCH), ubesvart };
        let lest = Sted::les(&sted.tekst(), "f").unwrap();
        assert_eq!(lest.ubesvarte().collect::<Vec<_>>(), [k]);
        assert_eq!(Sted::i_tvil(&sted.tekst()), Some([k].into()));
        assert_eq!(Sted::i_tvil("{\"cursor\":1}"), None);
        assert_eq!(lest, sted);
    }
}
