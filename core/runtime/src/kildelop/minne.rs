//! What KILDE holds of a source, in as little room as possible: one entry per object, and nothing beside it.
//!
//! Every reading has a generation, and what it shows is marked with it; what is not marked afterwards is missing. So a
//! reading needs no list of what it has seen, however many pages there are.

use hendelse::K;
use std::collections::HashMap;

/// Every type that a source can show, in the order in which what is referred to comes first.
pub(super) const TYPER: [&str; 7] =
    ["org", "academicSession", "class", "user", "enrollment", "vigoskole", "registerperson"];

/// The place of pupils among the types.
pub(super) const USER: &str = "user";

/// What names an object of a source: its type and the keyed hash of its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Nokkel {
    typ: u8,
    /// The keyed hash.
    pub k: K,
}

impl Nokkel {
    /// None for a type that this version does not know.
    pub fn ny(typ: &str, k: K) -> Option<Self> {
        let plass = TYPER.iter().position(|t| *t == typ)?;
        Some(Self { typ: u8::try_from(plass).ok()?, k })
    }

    /// The type's name.
    pub fn typ(&self) -> &'static str {
        TYPER[usize::from(self.typ)]
    }
}

/// Bytes instead of a number: a number would be aligned, and cost every entry eight bytes more.
#[derive(Clone, Copy)]
struct Kjent {
    avtrykk: [u8; 16],
    generasjon: u32,
}

/// What is known of an object that a reading shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gjensyn {
    /// Fingerprint of the content that KILDE holds.
    pub avtrykk: u128,
    /// Whether this reading has shown it before.
    pub igjen: bool,
}

/// The memory of one source.
#[derive(Default)]
pub(super) struct Minne {
    kart: HashMap<Nokkel, Kjent>,
    generasjon: u32,
}

impl Minne {
    /// Begins a reading: nothing has been shown yet.
    pub const fn ny_lesning(&mut self) {
        self.generasjon = self.generasjon.wrapping_add(1);
    }

    /// How many readings there have been.
    pub const fn generasjon(&self) -> u32 {
        self.generasjon
    }

    /// Marks an object as shown. None when KILDE does not hold it.
    pub fn se(&mut self, nokkel: &Nokkel) -> Option<Gjensyn> {
        let kjent = self.kart.get_mut(nokkel)?;
        let igjen = kjent.generasjon == self.generasjon;
        kjent.generasjon = self.generasjon;
        Some(Gjensyn { avtrykk: u128::from_be_bytes(kjent.avtrykk), igjen })
    }

    /// Whether this reading has shown an object that KILDE holds.
    pub fn sett(&self, nokkel: &Nokkel) -> bool {
        self.kart.get(nokkel).is_some_and(|kjent| kjent.generasjon == self.generasjon)
    }

    /// Whether KILDE holds it, and this reading has not shown it.
    pub fn borte(&self, nokkel: &Nokkel) -> bool {
        self.kart.get(nokkel).is_some_and(|kjent| kjent.generasjon != self.generasjon)
    }

    /// How many objects of each type KILDE holds, by the type's place.
    pub fn antall(&self) -> [u64; TYPER.len()] {
        let mut antall = [0; TYPER.len()];
        self.kart.keys().for_each(|n| antall[usize::from(n.typ)] += 1);
        antall
    }

    /// What this reading has not shown of the types, in order.
    pub fn savnet(&self, typer: &[&'static str]) -> Vec<Nokkel> {
        let usett = self.kart.iter().filter(|(_, kjent)| kjent.generasjon != self.generasjon);
        let mut savnet: Vec<Nokkel> = usett.map(|(n, _)| *n).filter(|n| typer.contains(&n.typ())).collect();
        savnet.sort_unstable();
        savnet
    }

    /// KILDE holds this now.
    pub fn inn(&mut self, nokkel: Nokkel, avtrykk: u128) {
        let avtrykk = avtrykk.to_be_bytes();
        self.kart.insert(nokkel, Kjent { avtrykk, generasjon: self.generasjon });
    }

    /// KILDE does not hold it any more.
    pub fn ut(&mut self, nokkel: &Nokkel) {
        self.kart.remove(nokkel);
    }

    /// Gives back what is not needed between readings.
    pub fn krymp(&mut self) {
        self.kart.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(typ: &str, i: u8) -> Nokkel {
        Nokkel::ny(typ, K([i; 16])).unwrap()
    }

    #[test]
    fn what_a_reading_does_not_show_is_missing() {
        let mut minne = Minne::default();
        [1, 2, 3].into_iter().for_each(|i| minne.inn(n("user", i), u128::from(i)));
        minne.inn(n("org", 9), 9);
        minne.ny_lesning();
        assert_eq!(minne.se(&n("user", 2)), Some(Gjensyn { avtrykk: 2, igjen: false }));
        assert_eq!(minne.se(&n("user", 2)), Some(Gjensyn { avtrykk: 2, igjen: true }));
        assert_eq!(minne.se(&n("user", 7)), None);
        assert_eq!(minne.savnet(&["user"]), [n("user", 1), n("user", 3)]);
        minne.ny_lesning();
        assert_eq!(minne.savnet(&["user", "org"]).len(), 4, "a new reading has shown nothing");
        assert_eq!(minne.antall()[3], 3);
    }

    #[test]
    fn an_entry_takes_forty_bytes() {
        assert!(size_of::<(Nokkel, Kjent)>() <= 40, "{}", size_of::<(Nokkel, Kjent)>());
    }
}
