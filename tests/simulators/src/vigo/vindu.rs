//! School years, and when their lists may be sent.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A period; an end that is missing is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vindu {
    /// From and including.
    #[serde(default)]
    pub fra: Option<Timestamp>,
    /// Up to but not including.
    #[serde(default)]
    pub til: Option<Timestamp>,
}

impl Vindu {
    /// Always open.
    pub const fn apent() -> Self {
        Self { fra: None, til: None }
    }

    /// Never open.
    pub const fn stengt() -> Self {
        Self { fra: None, til: Some(Timestamp::MIN) }
    }

    /// Whether it is open at `tid`.
    pub fn er_apent(&self, tid: Timestamp) -> bool {
        self.fra.is_none_or(|fra| fra <= tid) && self.til.is_none_or(|til| tid < til)
    }
}

/// `2026-2027` for 2026.
pub fn skolear_navn(start: i16) -> String {
    format!("{start}-{}", start + 1)
}

/// The school years that exist, and the windows.
#[derive(Clone, Debug)]
pub struct Vinduer {
    skolear: BTreeSet<String>,
    felles: Vindu,
    fylker: BTreeMap<String, Vindu>,
}

impl Vinduer {
    pub(super) fn ny(skolear: BTreeSet<String>, felles: Vindu) -> Self {
        Self { skolear, felles, fylker: BTreeMap::new() }
    }

    pub(super) fn sett(&mut self, fylke: Option<&str>, vindu: Vindu) {
        match fylke {
            Some(fylke) => {
                self.fylker.insert(fylke.to_owned(), vindu);
            }
            None => self.felles = vindu,
        }
    }

    pub(super) fn opprett(&mut self, skolear: &str) {
        self.skolear.insert(skolear.to_owned());
    }

    pub(super) fn slett(&mut self, skolear: &str) {
        self.skolear.remove(skolear);
    }

    pub(super) fn finnes(&self, skolear: &str) -> bool {
        self.skolear.contains(skolear)
    }

    /// Whether schools of the county may send; a school that nobody knows follows the common window.
    pub(super) fn er_apent(&self, fylke: Option<&str>, tid: Timestamp) -> bool {
        fylke.and_then(|f| self.fylker.get(f)).unwrap_or(&self.felles).er_apent(tid)
    }
}
