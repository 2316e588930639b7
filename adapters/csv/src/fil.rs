//! The files of a package that we read, and the columns they have.

use oneroster::Objekttype;

/// A file of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Fil {
    Manifest,
    Orgs,
    AcademicSessions,
    Courses,
    Classes,
    Roles,
    Users,
    Enrollments,
}

const FELLES: [&str; 3] = ["sourcedId", "status", "dateLastModified"];

impl Fil {
    /// The files with rows, in the order they are read: what is referred to comes before what refers.
    pub(crate) const RADFILER: [Self; 7] =
        [Self::Orgs, Self::AcademicSessions, Self::Courses, Self::Classes, Self::Roles, Self::Users, Self::Enrollments];

    /// The name in the package.
    pub(crate) const fn navn(self) -> &'static str {
        match self {
            Self::Manifest => "manifest.csv",
            Self::Orgs => "orgs.csv",
            Self::AcademicSessions => "academicSessions.csv",
            Self::Courses => "courses.csv",
            Self::Classes => "classes.csv",
            Self::Roles => "roles.csv",
            Self::Users => "users.csv",
            Self::Enrollments => "enrollments.csv",
        }
    }

    /// The collection, as findings and refusals name it.
    pub(crate) const fn samling(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Orgs => "orgs",
            Self::AcademicSessions => "academicSessions",
            Self::Courses => "courses",
            Self::Classes => "classes",
            Self::Roles => "roles",
            Self::Users => "users",
            Self::Enrollments => "enrollments",
        }
    }

    /// The type of the objects its rows are, where they are objects of ours.
    pub(crate) const fn objekttype(self) -> Option<Objekttype> {
        match self {
            Self::Orgs => Some(Objekttype::Org),
            Self::AcademicSessions => Some(Objekttype::AcademicSession),
            Self::Classes => Some(Objekttype::Class),
            Self::Users => Some(Objekttype::User),
            Self::Enrollments => Some(Objekttype::Enrollment),
            Self::Manifest | Self::Courses | Self::Roles => None,
        }
    }

    /// The file that holds a type.
    pub(crate) const fn av(objekttype: Objekttype) -> Self {
        match objekttype {
            Objekttype::Org => Self::Orgs,
            Objekttype::AcademicSession => Self::AcademicSessions,
            Objekttype::Class => Self::Classes,
            Objekttype::User => Self::Users,
            Objekttype::Enrollment => Self::Enrollments,
        }
    }

    /// The file with this name, whatever its case.
    pub(crate) fn les(navn: &str) -> Option<Self> {
        std::iter::once(Self::Manifest).chain(Self::RADFILER).find(|fil| fil.navn().eq_ignore_ascii_case(navn))
    }

    /// The columns that 1.1 and 1.2 give it, beside those that all files have.
    const fn egne(self) -> &'static [&'static str] {
        match self {
            Self::Manifest => &["propertyName", "value"],
            Self::Orgs => &["name", "type", "identifier", "parentSourcedId"],
            Self::AcademicSessions => &["title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"],
            Self::Courses => {
                &["schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes"]
            }
            Self::Classes => &[
                "title",
                "grades",
                "courseSourcedId",
                "classCode",
                "classType",
                "location",
                "schoolSourcedId",
                "termSourcedIds",
                "subjects",
                "subjectCodes",
                "periods",
            ],
            Self::Roles => {
                &["userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId", "userProfileSourcedId"]
            }
            Self::Users => &[
                "enabledUser",
                "orgSourcedIds",
                "role",
                "username",
                "userIds",
                "givenName",
                "familyName",
                "middleName",
                "identifier",
                "email",
                "sms",
                "phone",
                "agentSourcedIds",
                "grades",
                "password",
                "userMasterIdentifier",
                "preferredGivenName",
                "preferredMiddleName",
                "preferredFamilyName",
                "primaryOrgSourcedId",
                "pronouns",
                "resourceSourcedIds",
            ],
            Self::Enrollments => {
                &["classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate"]
            }
        }
    }

    /// Every column that the file may have.
    pub(crate) fn kolonner(self) -> impl Iterator<Item = &'static str> {
        let felles = if self == Self::Manifest { &[][..] } else { &FELLES[..] };
        felles.iter().chain(self.egne()).copied()
    }

    /// The columns without which nothing in the file can be read. `role` of users is asked for where it is needed.
    pub(crate) const fn krav(self) -> &'static [&'static str] {
        match self {
            Self::Manifest => &["propertyName", "value"],
            Self::Orgs => &["sourcedId", "name", "type"],
            Self::AcademicSessions => &["sourcedId", "type", "startDate", "endDate"],
            Self::Courses => &["sourcedId", "grades"],
            Self::Classes => &["sourcedId", "title", "schoolSourcedId"],
            Self::Roles => &["userSourcedId", "role", "orgSourcedId"],
            Self::Users => &["sourcedId", "givenName", "familyName"],
            Self::Enrollments => &["sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role"],
        }
    }

    /// Spellings seen in the wild that are more than capitals and spaces.
    pub(crate) const fn skrivefeil(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Manifest => &[],
            Self::Users => &[
                ("datalastmodified", "dateLastModified"),
                ("identfier", "identifier"),
                ("prefferedgivenname", "preferredGivenName"),
                ("prefferedmiddlename", "preferredMiddleName"),
                ("prefferedfamilyname", "preferredFamilyName"),
                ("orgsourcedid", "orgSourcedIds"),
            ],
            Self::Classes => &[("datalastmodified", "dateLastModified"), ("termsourcedid", "termSourcedIds")],
            Self::Orgs => &[("datalastmodified", "dateLastModified"), ("identfier", "identifier")],
            _ => &[("datalastmodified", "dateLastModified")],
        }
    }
}
