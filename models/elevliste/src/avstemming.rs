//! Reconciliation: every pupil in exactly one place.

use serde::{Deserialize, Serialize};

/// Where a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Skolestatus {
    /// No complete snapshot of the school yet: there is no list.
    Samles,
    /// Open deviations.
    Avvik,
    /// Clean, not approved.
    Klar,
    /// Approved, not sent.
    Godkjent,
    /// On its way.
    Sendes,
    /// The receiver has it.
    Mottatt,
    /// The receiver refused it.
    Avvist,
    /// It may or may not have arrived.
    Uavklart,
    /// The window is closed and the receiver does not have it.
    Stengt,
}

impl Skolestatus {
    /// The word for people and machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Samles => "Samles",
            Self::Avvik => "Avvik",
            Self::Klar => "Klar",
            Self::Godkjent => "Godkjent",
            Self::Sendes => "Sendes",
            Self::Mottatt => "Mottatt",
            Self::Avvist => "Avvist",
            Self::Uavklart => "Uavklart",
            Self::Stengt => "Stengt",
        }
    }
}

/// One school's line in the reconciliation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Avstemmingslinje {
    /// VIGO's school number.
    pub skolenr: String,
    /// Pupils in the source.
    pub kilde: u32,
    /// Of these: accepted by the receiver as they are now.
    pub sendt: u32,
    /// Of these: held back by a named person.
    pub holdt: u32,
    /// Of these: routed by hand.
    pub manuelt: u32,
    /// Of these: open deviation, on the pupil or on the list.
    pub avvik: u32,
    /// Where the list stands.
    pub status: Skolestatus,
}

impl Avstemmingslinje {
    /// Whether every pupil of the source is in exactly one place.
    pub const fn gar_opp(&self) -> bool {
        self.kilde == self.sendt + self.holdt + self.manuelt + self.avvik
    }
}

/// The sum over schools.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Avstemmingssum {
    /// Pupils in the sources.
    pub kilde: u32,
    /// Accepted.
    pub sendt: u32,
    /// Held back.
    pub holdt: u32,
    /// Routed by hand.
    pub manuelt: u32,
    /// Open deviations.
    pub avvik: u32,
}

impl<'a> FromIterator<&'a Avstemmingslinje> for Avstemmingssum {
    fn from_iter<I: IntoIterator<Item = &'a Avstemmingslinje>>(linjer: I) -> Self {
        linjer.into_iter().fold(Self::default(), |s, l| Self {
            kilde: s.kilde + l.kilde,
            sendt: s.sendt + l.sendt,
            holdt: s.holdt + l.holdt,
            manuelt: s.manuelt + l.manuelt,
            avvik: s.avvik + l.avvik,
        })
    }
}
