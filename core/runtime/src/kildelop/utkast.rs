//! What one reading differs from KILDE in: staged whole, judged, and only then published.

use super::minne::{Minne, Nokkel, TYPER};
use crate::drift::Form;
use flow::{Refused, Vannmerker};
use hendelse::{Fingeravtrykk, K};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What has happened to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hva {
    /// Seen for the first time, or again.
    Ny,
    /// Other content.
    Endret,
    /// A pupil at another school than before.
    Flyttet,
    /// The source says that it is gone.
    Fjernet,
    /// Gone by two snapshots and a look-up, or by two snapshots and a person.
    Forsvunnet,
}

impl Hva {
    /// As it stands in event types.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ny => "ny",
            Self::Endret => "endret",
            Self::Flyttet => "flyttet",
            Self::Fjernet => "fjernet",
            Self::Forsvunnet => "forsvunnet",
        }
    }
}

/// One difference.
pub(super) struct Endring {
    /// What has happened.
    pub hva: Hva,
    /// Whether KILDE held it before.
    pub kjent: bool,
    /// The new content; none for a removal.
    pub data: Option<(Fingeravtrykk, Vec<u8>)>,
    /// Fingerprint of the new content.
    pub avtrykk: Option<u128>,
}

/// Everything that one reading brought.
#[derive(Default)]
pub(super) struct Utkast {
    /// What differs, by key.
    pub endringer: BTreeMap<Nokkel, Endring>,
    /// The types of which everything was shown.
    pub typer: Vec<&'static str>,
    /// How many objects of each type were shown, by the type's place.
    pub vist: [u64; TYPER.len()],
    /// Records that could not be read.
    pub avviste: Vec<Refused>,
    /// What they are called in quarantine.
    pub karantene: BTreeSet<K>,
    /// The shape of what was shown.
    pub form: Form,
    /// Tolerances used, by code.
    pub funn: BTreeMap<&'static str, u64>,
    /// Rows read.
    pub rader: u64,
    /// When the reading began.
    pub begynt: Timestamp,
    /// Newest time of change shown, by type; never after the reading began, whatever a date in the future says.
    pub merker: Vannmerker,
    /// What was referred to before it was shown, if it ever was.
    pub referanser: Vec<Nokkel>,
}

impl Utkast {
    /// Notes an object as shown.
    pub fn vis(&mut self, nokkel: &Nokkel) {
        if let Some(plass) = TYPER.iter().position(|t| *t == nokkel.typ()) {
            self.vist[plass] += 1;
        }
    }

    /// Whether the reading has shown an object.
    pub fn viser(&self, minne: &Minne, nokkel: &Nokkel) -> bool {
        minne.sett(nokkel) || self.endringer.contains_key(nokkel)
    }

    /// A record that could not be read may be any of those missing: then nothing is believed to be missing.
    pub const fn alt_kunne_leses(&self) -> bool {
        self.avviste.is_empty()
    }

    /// What is referred to and was never shown.
    pub fn hengende(&mut self, minne: &Minne) -> Vec<Nokkel> {
        let mut hengende = std::mem::take(&mut self.referanser);
        hengende.retain(|n| self.typer.contains(&n.typ()) && !self.viser(minne, n));
        hengende.sort_unstable();
        hengende.dedup();
        hengende
    }

    /// Room that the differences take, roughly.
    pub fn bytes(&self) -> usize {
        const RUNDT: usize = 120;
        self.endringer.values().map(|e| RUNDT + e.data.as_ref().map_or(0, |(_, d)| d.len())).sum()
    }

    /// The newest mark of any type.
    pub fn nyeste(&self) -> Option<Timestamp> {
        self.merker.values().max().copied()
    }
}
