//! What has been received: the lists as they stand, the writes that made them, and the keys of those.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A pupil as sent. Kept for comparison with the sender's ledger; no answer holds more than the digest.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Elev {
    /// The sender's reference.
    pub elev_ref: Uuid,
    /// As sent.
    pub klassekode: Option<String>,
    /// As sent.
    pub identitetsnummer: Option<String>,
    /// As sent.
    pub navn: Navn,
    /// SHA-256 over the canonical JSON of the pupil as sent.
    pub avtrykk: String,
}

/// A name as sent.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "spelled as the contract has them")]
pub struct Navn {
    pub fornavn: Option<String>,
    pub mellomnavn: Option<String>,
    pub etternavn: Option<String>,
}

impl fmt::Debug for Elev {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Elev").field("elev_ref", &self.elev_ref).finish_non_exhaustive()
    }
}

impl Elev {
    pub(super) fn les(verdi: Value) -> Option<Self> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        struct Inn {
            elev_ref: Uuid,
            klassekode: Option<String>,
            identitetsnummer: Option<String>,
            navn: Option<Navn>,
        }
        let avtrykk = avtrykk(&verdi);
        let Inn { elev_ref, klassekode, identitetsnummer, navn } = serde_json::from_value(verdi).ok()?;
        Some(Self { elev_ref, klassekode, identitetsnummer, navn: navn.unwrap_or_default(), avtrykk })
    }
}

/// SHA-256 over canonical JSON (RFC 8785), in lower-case hexadecimal.
pub(super) fn avtrykk(verdi: &Value) -> String {
    let kanonisk = serde_json_canonicalizer::to_vec(verdi).unwrap_or_default();
    Sha256::digest(kanonisk).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A list as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Liste {
    /// Organisation number of the school.
    pub orgnr: String,
    /// `2026-2027`
    pub skolear: String,
    /// The tag of this version, with its quotes.
    pub etag: String,
    /// Receipt of the last write.
    pub kvittering_id: Uuid,
    /// Key of the last write.
    pub idempotensnokkel: String,
    /// Whether the last write had remarks.
    pub status: &'static str,
    /// When the last write was accepted.
    pub mottatt: Timestamp,
    /// The pupils, as they came.
    pub elever: Vec<Elev>,
}

impl Liste {
    /// Digest of the whole list.
    pub fn listeavtrykk(&self) -> String {
        avtrykk(&self.elevavtrykk())
    }

    /// The pupils' digests, sorted by reference.
    pub(super) fn elevavtrykk(&self) -> Value {
        let mut elever: Vec<_> = self.elever.iter().map(|e| (e.elev_ref.to_string(), &e.avtrykk)).collect();
        elever.sort_unstable();
        elever.into_iter().map(|(elev, avtrykk)| json!({"elevRef": elev, "avtrykk": avtrykk})).collect()
    }
}

/// A write that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Skriving {
    /// Organisation number of the school.
    pub orgnr: String,
    /// The school year.
    pub skolear: String,
    /// The key it came with.
    pub idempotensnokkel: String,
    /// The tag of what it made.
    pub etag: String,
    /// What it did to whom; none for a whole list.
    pub endringer: Vec<(Uuid, &'static str)>,
}

/// What was answered to a key, and what for.
#[derive(Clone, Debug)]
pub(super) struct Husket {
    /// Digest of what was asked.
    pub(super) avtrykk: String,
    pub(super) status: u16,
    pub(super) etag: String,
    pub(super) kropp: Value,
}

type Adresse = (String, String);

/// Everything.
#[derive(Debug, Default)]
pub(in crate::vigo) struct Lager {
    lister: BTreeMap<Adresse, Liste>,
    husket: BTreeMap<(Adresse, String), Husket>,
    skrivinger: Vec<Skriving>,
}

impl Lager {
    pub(in crate::vigo) fn finn(&self, orgnr: &str, skolear: &str) -> Option<&Liste> {
        self.lister.get(&(orgnr.to_owned(), skolear.to_owned()))
    }

    pub(in crate::vigo) fn finn_mut(&mut self, orgnr: &str, skolear: &str) -> Option<&mut Liste> {
        self.lister.get_mut(&(orgnr.to_owned(), skolear.to_owned()))
    }

    pub(in crate::vigo) fn alle(&self) -> impl Iterator<Item = &Liste> {
        self.lister.values()
    }

    pub(in crate::vigo) fn skrivinger(&self) -> &[Skriving] {
        &self.skrivinger
    }

    pub(super) fn husket(&self, orgnr: &str, skolear: &str, nokkel: &str) -> Option<&Husket> {
        self.husket.get(&((orgnr.to_owned(), skolear.to_owned()), nokkel.to_owned()))
    }

    pub(super) fn legg_til(&mut self, liste: Liste, endringer: Vec<(Uuid, &'static str)>, husket: Husket) {
        let adresse = (liste.orgnr.clone(), liste.skolear.clone());
        self.skrivinger.push(Skriving {
            orgnr: liste.orgnr.clone(),
            skolear: liste.skolear.clone(),
            idempotensnokkel: liste.idempotensnokkel.clone(),
            etag: liste.etag.clone(),
            endringer,
        });
        self.husket.insert((adresse.clone(), liste.idempotensnokkel.clone()), husket);
        self.lister.insert(adresse, liste);
    }

    /// Somebody else writes the same again: only the tag is another.
    pub(super) fn ror_ved(&mut self, orgnr: &str, skolear: &str) {
        if let Some(liste) = self.lister.get_mut(&(orgnr.to_owned(), skolear.to_owned())) {
            liste.etag = ny_etag();
        }
    }
}

/// A tag that no version has had.
pub(super) fn ny_etag() -> String {
    format!("\"{}\"", Uuid::new_v4().simple())
}
