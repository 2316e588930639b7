//! A round: one county's call for lists of one school year.

use crate::{Listenokkel, Overforing};
use jiff::Timestamp;
use kodeverk::{Fylkesnummer, Skolear};
use serde::{Deserialize, Serialize};

/// Who may approve a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Godkjenning {
    /// A person at the school.
    Skole,
    /// A person at the municipality.
    Kommune,
    /// A policy: a clean list is approved by itself.
    Automatisk,
}

/// One round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Innsamling {
    /// The county.
    pub fylke: Fylkesnummer,
    /// The school year.
    pub skolear: Skolear,
    /// Which transfer.
    pub overforing: Overforing,
    /// First moment in which lists may be sent.
    pub apner: Timestamp,
    /// First moment in which they may not any more.
    pub stenger: Timestamp,
    /// Who approves.
    pub godkjenning: Godkjenning,
}

impl Innsamling {
    /// Whether the round is for this list.
    pub fn gjelder(&self, nokkel: &Listenokkel) -> bool {
        self.fylke == nokkel.fylke && self.skolear == nokkel.skolear && self.overforing == nokkel.overforing
    }

    /// Whether lists may be sent at `na`.
    pub fn apen(&self, na: Timestamp) -> bool {
        self.apner <= na && na < self.stenger
    }
}
