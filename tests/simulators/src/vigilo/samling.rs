//! The collections, and what their rows may be asked about.

use super::Utgave;

/// A collection of OneRoster's rostering service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "spelled as OneRoster's paths")]
pub enum Samling {
    Orgs,
    Schools,
    AcademicSessions,
    Terms,
    GradingPeriods,
    Courses,
    Classes,
    Users,
    Students,
    Teachers,
    Enrollments,
    Demographics,
}

impl Samling {
    /// The collection that a path names.
    pub fn fra_sti(sti: &str) -> Option<Self> {
        Some(match sti {
            "orgs" => Self::Orgs,
            "schools" => Self::Schools,
            "academicSessions" => Self::AcademicSessions,
            "terms" => Self::Terms,
            "gradingPeriods" => Self::GradingPeriods,
            "courses" => Self::Courses,
            "classes" => Self::Classes,
            "users" => Self::Users,
            "students" => Self::Students,
            "teachers" => Self::Teachers,
            "enrollments" => Self::Enrollments,
            "demographics" => Self::Demographics,
            _ => return None,
        })
    }

    /// The name in the path.
    pub fn sti(self) -> &'static str {
        match self {
            Self::Schools => "schools",
            Self::Terms => "terms",
            Self::GradingPeriods => "gradingPeriods",
            Self::Students => "students",
            Self::Teachers => "teachers",
            annen => annen.konvolutt(),
        }
    }

    /// The key around a list: the plural of the entity, not of the path.
    pub fn konvolutt(self) -> &'static str {
        match self {
            Self::Orgs | Self::Schools => "orgs",
            Self::AcademicSessions | Self::Terms | Self::GradingPeriods => "academicSessions",
            Self::Courses => "courses",
            Self::Classes => "classes",
            Self::Users | Self::Students | Self::Teachers => "users",
            Self::Enrollments => "enrollments",
            Self::Demographics => "demographics",
        }
    }

    /// The key around a single object.
    pub fn entall(self) -> &'static str {
        match self {
            Self::Orgs | Self::Schools => "org",
            Self::AcademicSessions | Self::Terms | Self::GradingPeriods => "academicSession",
            Self::Courses => "course",
            Self::Classes => "class",
            Self::Users | Self::Students | Self::Teachers => "user",
            Self::Enrollments => "enrollment",
            Self::Demographics => "demographics",
        }
    }

    /// Fields without parts, that may be named in `filter`, `sort` and `fields`.
    fn enkle(self, utgave: Utgave) -> &'static [&'static str] {
        match (self.konvolutt(), utgave) {
            ("orgs", _) => &["name", "type", "identifier"],
            ("academicSessions", _) => &["title", "startDate", "endDate", "type", "schoolYear"],
            ("courses", _) => &["title", "courseCode", "grades", "subjects", "subjectCodes"],
            ("classes", _) => {
                &["title", "classCode", "classType", "location", "grades", "subjects", "subjectCodes", "periods"]
            }
            ("users", Utgave::V1p1) => &[
                "username",
                "enabledUser",
                "givenName",
                "familyName",
                "middleName",
                "role",
                "identifier",
                "email",
                "sms",
                "phone",
                "grades",
                "password",
            ],
            ("users", Utgave::V1p2) => &[
                "userMasterIdentifier",
                "username",
                "enabledUser",
                "givenName",
                "familyName",
                "middleName",
                "preferredFirstName",
                "preferredMiddleName",
                "preferredLastName",
                "pronouns",
                "identifier",
                "email",
                "sms",
                "phone",
                "grades",
                "password",
            ],
            ("demographics", _) => &["birthDate", "sex"],
            _ => &["role", "primary", "beginDate", "endDate"],
        }
    }

    /// Fields with parts, that may be named with a dot in `filter` and alone in `fields`.
    fn sammensatte(self, utgave: Utgave) -> &'static [&'static str] {
        match (self.konvolutt(), utgave) {
            ("orgs" | "academicSessions", _) => &["parent", "children", "metadata"],
            ("courses", _) => &["schoolYear", "org", "resources", "metadata"],
            ("classes", _) => &["course", "school", "terms", "resources", "metadata"],
            ("users", Utgave::V1p1) => &["orgs", "userIds", "agents", "metadata"],
            ("users", Utgave::V1p2) => {
                &["roles", "userProfiles", "primaryOrg", "userIds", "agents", "resources", "metadata"]
            }
            ("demographics", _) => &["metadata"],
            _ => &["user", "class", "school", "metadata"],
        }
    }

    /// Whether a path such as `familyName` or `roles.org.sourcedId` can be filtered and sorted on.
    pub(super) fn kan_filtreres(self, sti: &str, utgave: Utgave) -> bool {
        if matches!(sti, "sourcedId" | "status" | "dateLastModified") || self.enkle(utgave).contains(&sti) {
            return true;
        }
        let Some((rot, rest)) = sti.split_once('.') else { return false };
        !rest.is_empty() && self.sammensatte(utgave).contains(&rot)
    }

    /// Whether a field can be named in `fields`.
    pub(super) fn har_felt(self, felt: &str, utgave: Utgave) -> bool {
        matches!(felt, "sourcedId" | "status" | "dateLastModified")
            || self.enkle(utgave).contains(&felt)
            || self.sammensatte(utgave).contains(&felt)
    }
}
