//! What a receipt looks like. Every field is told in the handbook's page on receipts; a new field is a new version.

use elevliste::{Aktor, Avklaring, Elevlinje, Listenokkel, Rolle};
use identitet::{Organisasjonsnummer, Skjermet};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// The one version that there is.
pub(crate) const VERSJON: u32 = 1;
/// What a list receipt calls itself: nothing else that is signed can be taken for one.
pub(crate) const LISTE: &str = "mellomlag-listekvittering";
/// What a pupil receipt calls itself.
pub(crate) const ELEV: &str = "mellomlag-elevkvittering";
/// The one algorithm that there is.
pub(crate) const ALG: &str = "Ed25519";

/// Bytes that are written as hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hex<const N: usize>(pub(crate) [u8; N]);

impl<const N: usize> fmt::Display for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl<const N: usize> fmt::Debug for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> FromStr for Hex<N> {
    type Err = &'static str;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let (par, rest) = s.as_bytes().as_chunks::<2>();
        let mut bytes = [0; N];
        if par.len() != N || !rest.is_empty() {
            return Err("wrong length");
        }
        let siffer = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok()).ok_or("not hexadecimal");
        for (byte, [hoy, lav]) in bytes.iter_mut().zip(par) {
            *byte = siffer(*hoy)? << 4 | siffer(*lav)?;
        }
        Ok(Self(bytes))
    }
}

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}

/// The school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skole {
    /// Its name, as the source has it.
    pub navn: String,
    /// Its organisation number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisasjonsnummer: Option<String>,
    /// VIGO's number.
    pub skolenr: String,
}

/// The receiver's answer in a word. Only an acceptance gives a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Utfallsord {
    /// Accepted.
    Mottatt,
    /// Accepted, with warnings.
    MottattMedAdvarsler,
}

/// What the receiver answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mottakersvar {
    /// `tilbakelest`, `sammenlignet` or `person`, where the answer to the delivery was lost and this is how it was found out.
    /// Absent where the receiver itself answered the delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avklart: Option<String>,
    /// The receiver's own id of the submission, where it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kvittering: Option<String>,
    /// How many remarks it made.
    pub merknader: u32,
    /// The answer in a word.
    pub utfall: Utfallsord,
}

pub(crate) const fn avklaring(hvordan: Avklaring) -> &'static str {
    match hvordan {
        Avklaring::Tilbakelest => "tilbakelest",
        Avklaring::Sammenlignet => "sammenlignet",
        Avklaring::Person => "person",
    }
}

/// Who approved the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Godkjenner {
    /// The user id, or the policy's name.
    pub id: String,
    /// In what capacity, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rolle: Option<Rolle>,
    /// `person`, `policy` or `system`.
    pub slag: String,
}

impl From<&Aktor> for Godkjenner {
    fn from(av: &Aktor) -> Self {
        Self { id: av.id.clone(), rolle: av.rolle, slag: av.slag.clone() }
    }
}

/// Who issues receipts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Utsteder {
    /// The supplier's organisation number, where one delivers on behalf of the issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leverandor: Option<Organisasjonsnummer>,
    /// The name.
    pub navn: String,
    /// The organisation number.
    pub organisasjonsnummer: Organisasjonsnummer,
}

/// A list receipt. Holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listekvittering {
    pub(crate) alg: String,
    /// How many pupils, which is how many leaves the tree has.
    pub antall: u32,
    /// Who approved.
    pub godkjent_av: Godkjenner,
    pub(crate) kid: Hex<32>,
    /// Which list.
    #[serde(with = "som_tekst")]
    pub liste: Listenokkel,
    /// The receiver's name in the configuration.
    pub mottaker: String,
    /// Whether this was an update of a list that the receiver had. The tree is over the whole list either way.
    pub oppdatering: bool,
    pub(crate) rot: Hex<32>,
    /// The seal.
    pub segl: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) signatur: Option<Hex<64>>,
    /// The school.
    pub skole: Skole,
    pub(crate) slag: String,
    /// What the receiver answered.
    pub svar: Mottakersvar,
    /// When it was accepted, as far as we know.
    pub tidspunkt: Timestamp,
    /// Who signs.
    pub utsteder: Utsteder,
    pub(crate) versjon: u32,
}

impl Listekvittering {
    /// The fingerprint of the key that it is signed with.
    pub fn kid(&self) -> String {
        self.kid.to_string()
    }
}

/// One pupil as he was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elev {
    /// Family name.
    pub etternavn: Skjermet<String>,
    /// Given name.
    pub fornavn: Skjermet<String>,
    /// The identity number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identitetsnummer: Option<Skjermet<String>>,
    /// The class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub klasse: Option<String>,
    /// Middle name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mellomnavn: Option<Skjermet<String>>,
}

impl From<&Elevlinje> for Elev {
    fn from(linje: &Elevlinje) -> Self {
        let Elevlinje { klasse, identitetsnummer, fornavn, mellomnavn, etternavn, .. } = linje.clone();
        Self { etternavn, fornavn, identitetsnummer, klasse, mellomnavn }
    }
}

/// A pupil receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elevkvittering {
    /// The hashes on the way from the pupil's leaf to the root.
    pub(crate) bevis: Vec<Hex<32>>,
    /// The pupil.
    pub elev: Elev,
    /// Line number in what was sent; the first is 1.
    pub linje: u32,
    /// The receipt of the list that the pupil is on.
    pub liste: Listekvittering,
    pub(crate) salt: Hex<16>,
    pub(crate) slag: String,
    pub(crate) versjon: u32,
}

/// The canonical form.
pub(crate) fn kanonisk<T: Serialize>(verdi: &T) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(verdi).expect("strings, numbers and lists always serialise")
}

/// A list's key as people write it.
mod som_tekst {
    use super::{Deserialize, Deserializer, Listenokkel, Serializer};
    use serde::de::Error as _;

    pub fn serialize<S: Serializer>(nokkel: &Listenokkel, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(nokkel)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Listenokkel, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}
