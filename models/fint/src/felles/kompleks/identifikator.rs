//! A value that identifies a resource and opens an address.

use super::Periode;
use crate::Modellert;
use crate::metamodell::{Klasseart, Klassemodell, klasse, kompleks, tekst};
use identitet::Skjermet;
use serde::{Deserialize, Serialize};

/// An identifier. The value must be unique per class and field, and stable over time.
///
/// Every value is masked, since nothing in the type tells a systemId from a fodselsnummer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identifikator {
    /// When the identifier is in use; none means always.
    pub gyldighetsperiode: Option<Periode>,
    /// The value, never percent-encoded.
    pub identifikatorverdi: Skjermet<String>,
}

impl Identifikator {
    /// An identifier without a period.
    pub fn ny(verdi: impl Into<String>) -> Self {
        Self { gyldighetsperiode: None, identifikatorverdi: Skjermet::new(verdi.into()) }
    }

    /// The value. Treat it as personal: it may be a fodselsnummer.
    pub fn verdi(&self) -> &str {
        self.identifikatorverdi.vis()
    }
}

impl Modellert for Identifikator {
    const MODELL: &'static Klassemodell = &klasse(
        "felles-kompleksedatatyper:Identifikator",
        Klasseart::Kompleks,
        &[kompleks::<Periode>("gyldighetsperiode").valgfri(), tekst("identifikatorverdi")],
        &[],
    );
}
