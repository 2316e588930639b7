//! What is sent and answered, as `vigoskole` spells it.

pub(crate) mod school;

use identitet::{Organisasjonsnummer, Skjermet};
use serde::{Deserialize, Serialize};

/// Media type of requests and answers.
pub(crate) const JSON_LD: &str = "application/ld+json";

pub(crate) const VOCABULARY: &str = "https://novari.no/ontology/vigoskole#";

/// The newest published service names the submission itself. Examples of the same time end in `…SubmissionRequest`, and
/// older ones begin with `vigo:`; the service has been seen to check none of them. Should a receiver insist on another,
/// this is the one place to change.
const SUBMISSION: &str = "vigoskole:GraduatingStudentsSubmission";

/// One list as it is sent. Prints no pupil.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields, rename = "GraduatingStudentsSubmission"))]
pub struct Payload {
    #[serde(rename = "@context")]
    context: Context,
    #[serde(rename = "@type")]
    kind: &'static str,
    school: School,
    #[cfg_attr(test, schemars(length(min = 1)))]
    students: Vec<Student>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Context {
    vigoskole: &'static str,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[serde(rename_all = "camelCase")]
struct School {
    #[cfg_attr(test, schemars(with = "String", regex(pattern = r"^[0-9]{9}$")))]
    org_number: Organisasjonsnummer,
}

/// One pupil.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Student {
    #[cfg_attr(test, schemars(regex(pattern = r"\S")))]
    pub(crate) class_code: String,
    #[cfg_attr(test, schemars(with = "String", regex(pattern = r"^[0-9]{11}$")))]
    pub(crate) personal_identity_number: Skjermet<String>,
    pub(crate) name: Name,
}

/// A name in three parts. A part that does not exist is an empty text.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Name {
    #[cfg_attr(test, schemars(with = "String"))]
    pub(crate) first_name: Skjermet<String>,
    #[cfg_attr(test, schemars(with = "String"))]
    pub(crate) middle_name: Skjermet<String>,
    #[cfg_attr(test, schemars(with = "String"))]
    pub(crate) last_name: Skjermet<String>,
}

impl Payload {
    pub(crate) fn new(org_number: Organisasjonsnummer, students: Vec<Student>) -> Self {
        Self { context: Context { vigoskole: VOCABULARY }, kind: SUBMISSION, school: School { org_number }, students }
    }

    /// The school, as the receiver knows it.
    pub(crate) fn org_number(&self) -> Organisasjonsnummer {
        self.school.org_number
    }

    /// How many lines it has.
    pub(crate) fn lines(&self) -> usize {
        self.students.len()
    }

    /// The body of the request.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a payload holds only texts and lists")
    }
}

/// What the receiver says of a submission. The pupils' names in it are not read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Submission {
    #[serde(default)]
    pub(crate) submission_id: Option<String>,
    pub(crate) school_year: String,
    pub(crate) status: String,
    pub(crate) school: AnsweredSchool,
    #[serde(default)]
    pub(crate) validation_results: Vec<ValidationResult>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnsweredSchool {
    pub(crate) org_number: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ValidationResult {
    pub(crate) line_number: u32,
    #[serde(default)]
    pub(crate) messages: Vec<Message>,
}

/// A remark. Its text is not read: it may quote the pupil.
#[derive(Deserialize)]
pub(crate) struct Message {
    #[serde(default)]
    pub(crate) field: Option<String>,
    pub(crate) code: String,
    #[serde(default)]
    pub(crate) severity: Option<String>,
}

/// A refusal.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorAnswer {
    #[serde(default)]
    pub(crate) error_code: Option<String>,
    /// Compared with known phrases, and never kept, shown or logged.
    #[serde(default)]
    pub(crate) message: Option<String>,
    #[serde(default)]
    pub(crate) submission: Option<Submission>,
}
