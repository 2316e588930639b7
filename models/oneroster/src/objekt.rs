//! The five object kinds that make an elevliste.

use identitet::Skjermet;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The source's own id of an object (`sourcedId`). Never leaves payloads: elsewhere its keyed hash is used.
pub type Kildeid = Skjermet<String>;

/// Which collection an object belongs to. The text form is the collection's entity name in OneRoster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Objekttype {
    /// A school, a municipality or a department.
    Org,
    /// A school year or a term.
    AcademicSession,
    /// A class.
    Class,
    /// A pupil. Other roles are not kept.
    User,
    /// A pupil's membership of a class.
    Enrollment,
}

impl Objekttype {
    /// All kinds, in the order they are read: what is referred to comes before what refers.
    pub const ALLE: [Self; 5] = [Self::Org, Self::AcademicSession, Self::Class, Self::User, Self::Enrollment];

    /// OneRoster's entity name, used in subjects and event types.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Org => "org",
            Self::AcademicSession => "academicSession",
            Self::Class => "class",
            Self::User => "user",
            Self::Enrollment => "enrollment",
        }
    }

    /// OneRoster's collection name, as it stands in paths.
    pub const fn samling(self) -> &'static str {
        match self {
            Self::Org => "orgs",
            Self::AcademicSession => "academicSessions",
            Self::Class => "classes",
            Self::User => "users",
            Self::Enrollment => "enrollments",
        }
    }
}

/// What the source says of an object's life. OneRoster 1.0's `inactive` is read as `tobedeleted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// In use.
    Active,
    /// The source says that it is gone, or soon will be.
    Tobedeleted,
}

/// `org`: a school or the municipality above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Org {
    /// The source's id.
    pub sourced_id: Kildeid,
    /// Name as the source spells it. Not personal.
    pub name: String,
    /// `school`, `district`, …; unknown `ext:` values are kept as they are.
    pub r#type: String,
    /// The organisation number where the source gives one, as text.
    pub identifier: Option<String>,
    /// VIGO's school number where the source gives one (OnEdHub metadata `vigoId`), as text with its zeros.
    pub vigo_id: Option<String>,
    /// The organisation above.
    pub parent: Option<Kildeid>,
}

/// `academicSession`: a school year or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AcademicSession {
    /// The source's id.
    pub sourced_id: Kildeid,
    /// Title as the source spells it.
    pub title: String,
    /// `schoolYear`, `term`, `semester`, `gradingPeriod`, or an extension.
    pub r#type: String,
    /// First day.
    pub start_date: Option<Date>,
    /// The day after the last day: OneRoster's end dates are exclusive.
    pub end_date: Option<Date>,
    /// The calendar year in which the school year ends, as text ("2027").
    pub school_year: Option<String>,
}

/// `class`: a class, or a group that the source calls so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Class {
    /// The source's id.
    pub sourced_id: Kildeid,
    /// Title as the source spells it ("10A").
    pub title: String,
    /// Short code, where there is one; this is what VIGO calls the class.
    pub class_code: Option<String>,
    /// The school.
    pub school: Kildeid,
    /// School years or terms in which the class exists.
    pub terms: Vec<Kildeid>,
    /// Grades as the source spells them.
    pub grades: Vec<String>,
}

/// One role of a user at one organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Role {
    /// The organisation.
    pub org: Kildeid,
    /// Whether the source calls it the user's primary role.
    pub primary: bool,
    /// First day, where given.
    pub begin_date: Option<Date>,
    /// The day after the last day, where given.
    pub end_date: Option<Date>,
}

/// `user` with the role `student`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The source's id.
    pub sourced_id: Kildeid,
    /// Given name as the source holds it; absent when the source has null or nothing.
    pub given_name: Option<Skjermet<String>>,
    /// Middle names, space separated.
    pub middle_name: Option<Skjermet<String>>,
    /// Family name as the source holds it.
    pub family_name: Option<Skjermet<String>>,
    /// The identity number as the source holds it, valid or not; classified later, never repaired.
    pub identifier: Option<Skjermet<String>>,
    /// Grades as the source spells them ("10").
    pub grades: Vec<String>,
    /// Where the user is a pupil.
    pub roles: Vec<Role>,
}

/// `enrollment` with the role `student`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Enrollment {
    /// The source's id.
    pub sourced_id: Kildeid,
    /// The pupil.
    pub user: Kildeid,
    /// The class.
    pub class: Kildeid,
    /// The school.
    pub school: Kildeid,
    /// First day, where given.
    pub begin_date: Option<Date>,
    /// The day after the last day, where given.
    pub end_date: Option<Date>,
}

/// Any of the five.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objekt {
    /// An organisation.
    Org(Org),
    /// A school year or term.
    AcademicSession(AcademicSession),
    /// A class.
    Class(Class),
    /// A pupil.
    User(User),
    /// A membership.
    Enrollment(Enrollment),
}

impl Objekt {
    /// Which kind it is.
    pub const fn objekttype(&self) -> Objekttype {
        match self {
            Self::Org(_) => Objekttype::Org,
            Self::AcademicSession(_) => Objekttype::AcademicSession,
            Self::Class(_) => Objekttype::Class,
            Self::User(_) => Objekttype::User,
            Self::Enrollment(_) => Objekttype::Enrollment,
        }
    }

    /// The source's id.
    pub const fn sourced_id(&self) -> &Kildeid {
        match self {
            Self::Org(o) => &o.sourced_id,
            Self::AcademicSession(o) => &o.sourced_id,
            Self::Class(o) => &o.sourced_id,
            Self::User(o) => &o.sourced_id,
            Self::Enrollment(o) => &o.sourced_id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_prints_nothing_personal() {
        let user = User {
            sourced_id: "kanarifugl-id".into(),
            given_name: Some("Kanarifugl".into()),
            middle_name: None,
            family_name: Some("Kanarifugl".into()),
            identifier: Some("05820998865".into()),
            grades: vec!["10".into()],
            roles: vec![Role { org: "kanarifugl".into(), primary: true, begin_date: None, end_date: None }],
        };
        let text = format!("{:?}", Objekt::User(user)).to_lowercase();
        assert!(!text.contains("kanarifugl") && !text.contains("05820998865"), "{text}");
    }
}
