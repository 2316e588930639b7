//! A span of time.

use crate::Modellert;
use crate::metamodell::{Klasseart, Klassemodell, Type, attr, klasse, tekst};
use identitet::Skjermet;
use jiff::{Timestamp, civil::Date, tz::Offset};
use serde::{Deserialize, Serialize};

/// A span with a start and perhaps an end.
///
/// **Fill rule.** FINT requires `start`. Where the source gives none, the start is the first day of the skolear that
/// the record belongs to; where it gives neither end, the whole Periode is absent. See [`Periode::av`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Periode {
    /// Free text, and masked as such: nobody knows what is written there.
    pub beskrivelse: Option<Skjermet<String>>,
    /// The end; none means still running.
    pub slutt: Option<Timestamp>,
    /// The start.
    pub start: Timestamp,
}

impl Periode {
    /// A running period.
    pub const fn fra(start: Timestamp) -> Self {
        Self { beskrivelse: None, slutt: None, start }
    }

    /// A period of whole days, by the fill rule: `skolearets_start` stands in for a missing start.
    pub fn av(start: Option<Date>, slutt: Option<Date>, skolearets_start: Date) -> Option<Self> {
        if start.is_none() && slutt.is_none() {
            return None;
        }
        let start = midt_pa_dagen(start.unwrap_or(skolearets_start));
        Some(Self { beskrivelse: None, slutt: slutt.map(midt_pa_dagen), start })
    }

    /// Whether the period covers this moment, both ends included.
    pub fn omfatter(&self, tidspunkt: Timestamp) -> bool {
        self.start <= tidspunkt && self.slutt.is_none_or(|slutt| tidspunkt <= slutt)
    }

    /// Whether the end is not before the start, as FINT requires.
    pub fn er_ordnet(&self) -> bool {
        self.slutt.is_none_or(|slutt| self.start <= slutt)
    }
}

/// A date as a moment: noon UTC, which is the same day in Norway all year. FINT advises it.
pub(crate) fn midt_pa_dagen(dato: Date) -> Timestamp {
    let dato = dato.clamp(Date::constant(-9998, 1, 1), Date::constant(9998, 12, 31));
    Offset::UTC.to_timestamp(dato.at(12, 0, 0, 0)).expect("noon UTC of a clamped date is in range")
}

impl Modellert for Periode {
    const MODELL: &'static Klassemodell = &klasse(
        "felles-kompleksedatatyper:Periode",
        Klasseart::Kompleks,
        &[tekst("beskrivelse").valgfri(), attr("slutt", Type::Tidspunkt).valgfri(), attr("start", Type::Tidspunkt)],
        &[],
    );
}
