//! A submission: as it is sent, and as it is kept.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::Skoleoppforing;

/// The body of a submission. Fields that are not documented are refused, which is stricter than the original: nothing
/// but the agreed data is to leave a municipality.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Foresporsel {
    #[serde(rename = "@context")]
    pub(super) kontekst: Value,
    #[serde(rename = "@type")]
    pub(super) type_: String,
    pub(super) school: Option<SkoleInn>,
    pub(super) students: Option<Vec<ElevInn>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SkoleInn {
    #[serde(rename = "orgNumber")]
    pub(super) orgnr: Option<String>,
}

/// A pupil as sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElevInn {
    #[serde(rename = "classCode")]
    pub(super) klassekode: Option<String>,
    #[serde(rename = "personalIdentityNumber")]
    pub(super) nummer: Option<String>,
    pub(super) name: Option<Navn>,
}

/// A name in three parts.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(missing_docs, reason = "spelled as the receiver has them")]
pub struct Navn {
    pub first_name: Option<String>,
    pub middle_name: Option<String>,
    pub last_name: Option<String>,
}

impl fmt::Debug for Navn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Navn(***)")
    }
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Taken, nothing to remark.
    Accepted,
    /// Taken, with warnings.
    AcceptedWithWarnings,
    /// Refused, and kept.
    Rejected,
}

/// A remark to a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Melding {
    /// The field, as the request spells it.
    pub field: &'static str,
    /// The code.
    pub code: &'static str,
    /// `ERROR` or `WARNING`.
    pub severity: &'static str,
    /// For people.
    pub message: &'static str,
}

/// One line that was received, and what was said of it.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Linje {
    /// From 1.
    pub line_number: usize,
    /// As sent.
    pub class_code: String,
    /// As sent. Kept for comparison with the sender's ledger; never echoed in an answer.
    pub personal_identity_number: String,
    /// What the number was taken for.
    pub personal_identity_number_status: &'static str,
    /// As sent.
    pub name: Navn,
    /// Remarks.
    pub messages: Vec<Melding>,
}

impl fmt::Debug for Linje {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Linje")
            .field("line_number", &self.line_number)
            .field("status", &self.personal_identity_number_status)
            .finish_non_exhaustive()
    }
}

/// A submission that has been stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Innsending {
    /// The receipt.
    pub submission_id: Uuid,
    /// `2026-2027`
    pub school_year: String,
    /// What became of it.
    pub status: Status,
    /// The school.
    pub school: Skoleoppforing,
    /// Organisation number of the consumer in the token.
    pub submitted_by: String,
    /// Organisation number of the supplier in the token.
    pub supplier: Option<String>,
    /// When.
    pub received_date: Timestamp,
    /// All lines.
    pub lines: Vec<Linje>,
}

impl Innsending {
    /// Whether it was taken, with or without warnings.
    pub fn er_godkjent(&self) -> bool {
        self.status != Status::Rejected
    }
}
