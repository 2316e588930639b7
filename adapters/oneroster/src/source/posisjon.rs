//! The cursor's content: which reading, which collection, and how many of its rows have been received. Nothing personal.

use flow::Cursor;
use oneroster::Objekttype;
use serde::{Deserialize, Serialize};

/// The layout of the text; another number is another layout.
const V: u8 = 1;

/// A place in a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posisjon {
    /// It is a place among changes, not in a snapshot.
    pub(super) endring: bool,
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
    /// The revision of the source's data, where it says one.
    pub(super) revisjon: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tekst {
    v: u8,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    endring: bool,
    samling: String,
    offset: u64,
    side: u64,
    lest: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    ufiltrert: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revisjon: Option<u64>,
}

impl Posisjon {
    const fn start(objekttype: Objekttype, lest: u64, endring: bool) -> Self {
        Self { endring, objekttype, offset: 0, side: 0, lest, total: None, ufiltrert: false, revisjon: None }
    }

    /// The place a cursor means in a reading of these collections; `None` where the text is not ours, or of another kind
    /// of reading.
    pub(super) fn les(cursor: &Cursor, typer: &[Objekttype], endring: bool) -> Option<Self> {
        if cursor.0.is_empty() {
            return typer.first().map(|forste| Self::start(*forste, 0, endring));
        }
        let tekst: Tekst = serde_json::from_str(&cursor.0).ok()?;
        let objekttype = typer.iter().copied().find(|o| o.samling() == tekst.samling)?;
        let Tekst { v, offset, side, lest, total, ufiltrert, revisjon, .. } = tekst;
        (v == V && tekst.endring == endring).then_some(Self {
            endring,
            objekttype,
            offset,
            side,
            lest,
            total,
            ufiltrert,
            revisjon,
        })
    }

    /// The place as a cursor.
    pub(super) fn cursor(&self) -> Cursor {
        let Self { endring, objekttype, offset, side, lest, total, ufiltrert, revisjon } = *self;
        let samling = objekttype.samling().to_owned();
        let tekst = Tekst { v: V, endring, samling, offset, side, lest, total, ufiltrert, revisjon };
        Cursor(serde_json::to_string(&tekst).expect("numbers and a collection's name always have a json form"))
    }

    /// The place after a page of so many rows.
    pub(super) const fn etter(self, rader: u64) -> Self {
        Self { offset: self.offset + rader, side: self.side + 1, ..self }
    }

    /// The same collection from its start, without our filter. The count stays: what it counted is now to be seen.
    pub(super) const fn uten_filter(self) -> Self {
        Self { ufiltrert: true, total: self.total, ..Self::start(self.objekttype, self.lest, self.endring) }
    }

    /// The start of the next collection; `None` after the last.
    pub(super) fn neste_samling(&self, typer: &[Objekttype]) -> Option<Self> {
        let plass = typer.iter().position(|o| *o == self.objekttype)?;
        typer.get(plass + 1).map(|neste| Self::start(*neste, self.lest + self.offset, self.endring))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLE: [Objekttype; 5] = Objekttype::ALLE;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let start = Posisjon::start(Objekttype::User, 40, false);
        let p = Posisjon { total: Some(2_964), ufiltrert: true, revisjon: Some(u64::MAX), ..start.etter(400) };
        assert_eq!(Posisjon::les(&p.cursor(), &ALLE, false), Some(p));
        assert!(p.cursor().0.starts_with(r#"{"v":1,"samling":"users","offset":400"#), "{}", p.cursor().0);
        for fremmed in ["x", "{}", r#"{"v":2,"samling":"users","offset":0,"side":0,"lest":0}"#] {
            assert_eq!(Posisjon::les(&Cursor(fremmed.into()), &ALLE, false), None);
        }
        let endring = Posisjon::start(Objekttype::User, 0, true).cursor();
        assert_eq!(Posisjon::les(&endring, &ALLE, false), None, "a place among changes is no place in a snapshot");
        assert_eq!(Posisjon::les(&endring, &[Objekttype::Org], true), None, "not asked for any more");
        assert!(Posisjon::les(&endring, &ALLE, true).is_some());
    }

    #[test]
    fn the_collections_follow_each_other() {
        let mut p = Posisjon::les(&Cursor::default(), &ALLE, false).unwrap();
        let mut rekke = vec![p.objekttype];
        while let Some(neste) = p.etter(10).neste_samling(&ALLE) {
            p = neste;
            rekke.push(p.objekttype);
        }
        assert_eq!((rekke.as_slice(), p.lest), (ALLE.as_slice(), 40));
    }
}
