//! The cursor's content: which collection, and how many of its rows have been received. Nothing personal.

use flow::Cursor;
use oneroster::Objekttype;
use serde::{Deserialize, Serialize};

/// The layout of the text; another number is another layout.
const V: u8 = 1;

/// A place in a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posisjon {
    /// The collection being read.
    pub(super) objekttype: Objekttype,
    /// Rows received of it.
    pub(super) offset: u64,
    /// Pages received of it.
    pub(super) side: u64,
    /// Rows received of the collections before it.
    pub(super) lest: u64,
    /// What the source said the collection's count is.
    pub(super) total: Option<u64>,
    /// The source did not understand our filter, so this collection is read without it.
    pub(super) ufiltrert: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tekst {
    v: u8,
    samling: String,
    offset: u64,
    side: u64,
    lest: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    ufiltrert: bool,
}

impl Posisjon {
    const fn start(objekttype: Objekttype, lest: u64) -> Self {
        Self { objekttype, offset: 0, side: 0, lest, total: None, ufiltrert: false }
    }

    /// The place a cursor means; `None` where the text is not ours.
    pub(super) fn les(cursor: &Cursor) -> Option<Self> {
        if cursor.0.is_empty() {
            return Some(Self::start(Objekttype::ALLE[0], 0));
        }
        let tekst: Tekst = serde_json::from_str(&cursor.0).ok()?;
        let objekttype = Objekttype::ALLE.into_iter().find(|o| o.samling() == tekst.samling)?;
        let Tekst { offset, side, lest, total, ufiltrert, .. } = tekst;
        (tekst.v == V).then_some(Self { objekttype, offset, side, lest, total, ufiltrert })
    }

    /// The place as a cursor.
    pub(super) fn cursor(&self) -> Cursor {
        let Self { objekttype, offset, side, lest, total, ufiltrert } = *self;
        let tekst = Tekst { v: V, samling: objekttype.samling().to_owned(), offset, side, lest, total, ufiltrert };
        Cursor(serde_json::to_string(&tekst).expect("numbers and a collection's name always have a json form"))
    }

    /// The place after a page of so many rows.
    pub(super) const fn etter(self, rader: u64) -> Self {
        Self { offset: self.offset + rader, side: self.side + 1, ..self }
    }

    /// The start of the next collection; `None` after the last.
    pub(super) fn neste_samling(&self) -> Option<Self> {
        let plass = Objekttype::ALLE.iter().position(|o| *o == self.objekttype)?;
        Objekttype::ALLE.get(plass + 1).map(|neste| Self::start(*neste, self.lest + self.offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let p = Posisjon { total: Some(2_964), ufiltrert: true, ..Posisjon::start(Objekttype::User, 40).etter(400) };
        assert_eq!(Posisjon::les(&p.cursor()), Some(p));
        assert!(p.cursor().0.starts_with(r#"{"v":1,"samling":"users","offset":400"#), "{}", p.cursor().0);
        for fremmed in ["x", "{}", r#"{"v":2,"samling":"users","offset":0,"side":0,"lest":0}"#] {
            assert_eq!(Posisjon::les(&Cursor(fremmed.into())), None);
        }
    }

    #[test]
    fn the_collections_follow_each_other() {
        let mut p = Posisjon::les(&Cursor::default()).unwrap();
        let mut rekke = vec![p.objekttype];
        while let Some(neste) = p.etter(10).neste_samling() {
            p = neste;
            rekke.push(p.objekttype);
        }
        assert_eq!((rekke.as_slice(), p.lest), (Objekttype::ALLE.as_slice(), 40));
    }
}
