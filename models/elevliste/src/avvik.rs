//! Deviations: what is wrong, how bad it is, and who puts it right.

use serde::{Deserialize, Serialize};

/// How bad a deviation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Niva {
    /// The list can be sent; somebody should look.
    Advarsel,
    /// The pupil, and so the list, cannot be sent.
    Feil,
}

/// Who puts a deviation right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Eier {
    /// The school, in its school system.
    Skole,
    /// The municipality.
    Kommune,
    /// The supplier of the school system.
    Leverandor,
    /// The county's intake office.
    Fylke,
}

/// One deviation. The texts for people belong to the rule; this says only which rule and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Avvik {
    /// The rule's id, for example `EL-002`.
    pub regel: String,
    /// How bad it is.
    pub niva: Niva,
    /// Who puts it right.
    pub eier: Eier,
    /// The field at fault, as the list spells it.
    pub felt: Option<String>,
    /// A detail that helps and is not personal: a code, another school's number.
    pub detalj: Option<String>,
}
