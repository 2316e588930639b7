//! The identifiers a pupil has had, and when.

use super::uuid_tekst;
use identitet::Skjermet;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// [`DatertIdentifikator::type_`] of a fodselsnummer, D-number or fictitious number.
pub const FODSELSNUMMER: &str = "fodselsnummer";

/// [`DatertIdentifikator::type_`] of a number that Folkeregisteret gives the pupil, whether or not any school has it.
pub const FOLKEREGISTERIDENTIFIKATOR: &str = "folkeregisteridentifikator";

/// What [`DatertIdentifikator::type_`] begins with for a source's own id; the source's name follows.
pub const KILDE: &str = "kilde:";

/// All identifiers of one pupil. FINT keys a Person by today's number and forgets the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identitetshistorikk {
    /// `Elev.systemId`.
    #[serde(with = "uuid_tekst")]
    pub elev: Uuid,
    /// What has identified the pupil, oldest first.
    pub identifikatorer: Vec<DatertIdentifikator>,
    /// Pupils that turned out to be this one. What identified them has their id as [`DatertIdentifikator::opprinnelig`].
    #[serde(with = "uuid_tekst::liste")]
    pub slatt_sammen_med: Vec<Uuid>,
}

/// One identifier in a span of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DatertIdentifikator {
    /// [`FODSELSNUMMER`], [`FOLKEREGISTERIDENTIFIKATOR`], or [`KILDE`] and a name.
    #[serde(rename = "type")]
    pub type_: String,
    /// The value.
    pub verdi: Skjermet<String>,
    /// When we first saw it.
    pub fra: Timestamp,
    /// When it was replaced; none means still in use.
    pub til: Option<Timestamp>,
    /// Which source said so.
    pub kilde: String,
    /// The pupil that it was an identifier of, before the two were found to be one. It goes back there if they part again.
    #[serde(default, with = "uuid_tekst::valgfri")]
    pub opprinnelig: Option<Uuid>,
}

impl Identitetshistorikk {
    /// A pupil seen for the first time.
    pub const fn ny(elev: Uuid) -> Self {
        Self { elev, identifikatorer: Vec::new(), slatt_sammen_med: Vec::new() }
    }

    /// The identifiers in use at this moment.
    pub fn gjeldende(&self, tidspunkt: Timestamp) -> impl Iterator<Item = &DatertIdentifikator> {
        self.identifikatorer.iter().filter(move |i| i.fra <= tidspunkt && i.til.is_none_or(|til| tidspunkt < til))
    }
}
