//! What is sent and answered, as the contract spells it.
//!
//! The doc comments are the specification's descriptions, and the attributes for tests its rules.

pub(crate) mod answers;

use identitet::{Organisasjonsnummer, Skjermet};
use kodeverk::Skolear;
use serde::Serialize;
use uuid::Uuid;

/// Media type of a list and of every answer but a problem.
pub(crate) const JSON_LD: &str = "application/ld+json";
/// Media type of an update.
pub(crate) const CHANGES: &str = "application/vnd.elevliste.endringer+json";
/// What the names of the contract stand for.
pub(crate) const VOCABULARY: &str = "https://novari.no/ontology/elevliste/v1#";
/// What the problem types begin with.
pub(crate) const PROBLEMS: &str = "https://novari.no/problem/elevliste/v1/";

/// The complete list of a school's tenth-graders. It replaces what the receiver has of the school and school year.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(crate) struct Elevliste {
    #[serde(rename = "@context")]
    pub(crate) context: Kontekst,
    /// What this is.
    #[serde(rename = "@type")]
    #[cfg_attr(test, schemars(extend("const" = "Elevliste")))]
    pub(crate) kind: &'static str,
    pub(crate) skole: Skole,
    /// The school year, the same as in the address: two years, the second one more than the first.
    #[cfg_attr(test, schemars(with = "String", regex(pattern = r"^[0-9]{4}-[0-9]{4}$")))]
    pub(crate) skolear: Skolear,
    /// The pupils, each once. Their order has no meaning.
    #[cfg_attr(test, schemars(length(min = 1, max = 2000)))]
    pub(crate) elever: Vec<Elev>,
}

/// Changes to a list that the receiver has. All are applied, or none.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(crate) struct Elevlisteendringer {
    #[serde(rename = "@context")]
    pub(crate) context: Kontekst,
    /// What this is.
    #[serde(rename = "@type")]
    #[cfg_attr(test, schemars(extend("const" = "Elevlisteendringer")))]
    pub(crate) kind: &'static str,
    pub(crate) skole: Skole,
    /// The school year, the same as in the address.
    #[cfg_attr(test, schemars(with = "String", regex(pattern = r"^[0-9]{4}-[0-9]{4}$")))]
    pub(crate) skolear: Skolear,
    /// The changes, at most one for a pupil.
    #[cfg_attr(test, schemars(length(min = 1, max = 2000)))]
    pub(crate) endringer: Vec<Endring>,
}

/// One change.
#[derive(Debug, Serialize)]
#[serde(tag = "handling", rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(crate) enum Endring {
    /// The pupil is added. It is an error if the list has the pupil.
    Ny {
        /// The pupil.
        elev: Elev,
    },
    /// The pupil's line is replaced. It is an error if the list does not have the pupil.
    Endre {
        /// The pupil as it is to be.
        elev: Elev,
    },
    /// The pupil is removed. It is an error if the list does not have the pupil.
    Fjern {
        /// The pupil.
        #[serde(rename = "elevRef")]
        #[cfg_attr(test, schemars(with = "String", extend("format" = "uuid")))]
        elev_ref: Uuid,
    },
}

impl Endring {
    /// Who is changed, and what for.
    pub(crate) fn about(&self) -> (Uuid, &'static str, Option<&Elev>) {
        match self {
            Self::Ny { elev } => (elev.elev_ref, "ny", Some(elev)),
            Self::Endre { elev } => (elev.elev_ref, "endre", Some(elev)),
            Self::Fjern { elev_ref } => (*elev_ref, "fjern", None),
        }
    }
}

/// The names of this contract as JSON-LD: every name stands for itself in one vocabulary, so a plain JSON reader loses
/// nothing by not looking at it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(crate) struct Kontekst {
    /// The vocabulary.
    #[serde(rename = "@vocab")]
    #[cfg_attr(test, schemars(extend("const" = VOCABULARY)))]
    vocab: &'static str,
}

impl Kontekst {
    pub(crate) const V1: Self = Self { vocab: VOCABULARY };
}

/// The school that the list is of.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(crate) struct Skole {
    /// The organisation number in Enhetsregisteret, the same as in the address.
    #[cfg_attr(test, schemars(with = "String", regex(pattern = r"^[0-9]{9}$")))]
    pub(crate) organisasjonsnummer: Organisasjonsnummer,
}

/// One pupil.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Elev {
    /// The sender's own reference to the pupil. It survives a changed identity number, and says nothing to others.
    #[cfg_attr(test, schemars(with = "String", extend("format" = "uuid"), regex(pattern = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")))]
    pub(crate) elev_ref: Uuid,
    /// The class, as the school calls it.
    #[cfg_attr(test, schemars(length(max = 40), regex(pattern = r"\S")))]
    pub(crate) klassekode: String,
    /// Fødselsnummer, D-nummer, or a fictitious number that the county's intake office has issued.
    #[cfg_attr(test, schemars(with = "String", regex(pattern = r"^[0-9]{11}$")))]
    pub(crate) identitetsnummer: Skjermet<String>,
    pub(crate) navn: Personnavn,
}

/// A name in parts. A part that is not known is an empty text, and gets a remark.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(crate) struct Personnavn {
    /// Given name or names.
    #[cfg_attr(test, schemars(with = "String", length(max = 100)))]
    pub(crate) fornavn: Skjermet<String>,
    /// Middle name; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "String", length(max = 100)))]
    pub(crate) mellomnavn: Option<Skjermet<String>>,
    /// Family name.
    #[cfg_attr(test, schemars(with = "String", length(max = 100)))]
    pub(crate) etternavn: Skjermet<String>,
}
