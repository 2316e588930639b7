//! What we know about each supplier, as data. A new supplier is a new value here, never a branch elsewhere.

use oneroster::Objekttype;
use serde::Deserialize;
use std::num::NonZeroU32;

/// The suppliers we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profilnavn {
    /// Vigilo's OnEdHub: OneRoster 1.2, Norwegian Profile, with OnEdHub metadata.
    #[default]
    Vigilo,
    /// Visma Flyt Skole: OneRoster 1.2, tokens from Visma Connect that belong to one customer (`tenant_id`).
    VismaFlyt,
    /// A OneRoster 1.1 face on FINT: no grades, times of change that are its own, a count from before the filter.
    FintBridge,
    /// Any provider that follows the standard.
    Generic,
}

/// Version of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Versjon {
    /// OneRoster 1.1: one `role` and a list of `orgs` on the user.
    #[serde(rename = "1.1")]
    V1p1,
    /// OneRoster 1.2: a list of `roles` on the user.
    #[serde(rename = "1.2")]
    V1p2,
}

impl Versjon {
    /// The last part of the rostering service's path.
    pub const fn sti(self) -> &'static str {
        match self {
            Self::V1p1 => "v1p1",
            Self::V1p2 => "v1p2",
        }
    }

    /// The whole path that the standard gives the rostering service.
    pub const fn full_sti(self) -> &'static [&'static str] {
        match self {
            Self::V1p1 => &["ims", "oneroster", "v1p1"],
            Self::V1p2 => &["ims", "oneroster", "rostering", "v1p2"],
        }
    }

    /// The smallest scope that lets us read the collections.
    pub const fn scope(self) -> &'static str {
        match self {
            Self::V1p1 => "https://purl.imsglobal.org/spec/or/v1p1/scope/roster-core.readonly",
            Self::V1p2 => "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly",
        }
    }
}

/// How the client shows its secret to the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Klientautentisering {
    /// In the `Authorization` header, as 1EdTech's security framework says.
    Basic,
    /// In the form, beside `grant_type`.
    Skjema,
}

/// A place where a source may keep the identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nummersted {
    /// `identifier`.
    Identifier,
    /// `identfier`, as the pilot's file spells it.
    Identfier,
    /// An entry of `userIds` whose type says that it is an identity number.
    UserIds,
    /// A key of `metadata` that says so.
    Metadata,
}

/// Which classes make up the list's classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Klassefilter {
    /// Only metadata `groupType` = `Class`: the source also has groups for after-school care, special teaching and more.
    GroupType,
    /// Only `classType` = `homeroom`; teaching groups are `scheduled`.
    Homeroom,
}

/// What we know about a supplier.
#[derive(Debug, Clone)]
pub struct Profil {
    /// Its name in configuration.
    pub navn: Profilnavn,
    /// The version it speaks, unless the configuration says another.
    pub versjon: Versjon,
    /// Where the identity number is looked for, in order.
    pub nummersteder: &'static [Nummersted],
    /// Which classes are kept.
    pub klassefilter: Klassefilter,
    /// Whether the source can be asked for pupils only.
    pub rollefilter: bool,
    /// Seconds between two looks at what has changed, where the source's times of change are worth asking by.
    pub endringer: Option<NonZeroU32>,
    /// What its scopes begin with, before the standard's own text.
    pub scopeprefiks: &'static str,
    /// Whether a token belongs to one customer, whom the token request must name.
    pub krever_tenant_id: bool,
    /// Header with the revision of the data, where the source sends one.
    pub revisjonshode: Option<String>,
    /// Rows asked for at a time.
    pub sidestorrelse: NonZeroU32,
    /// How the token endpoint wants the secret.
    pub klientautentisering: Klientautentisering,
}

/// `userIds` says what it holds; the plain `identifier` may be any number of the supplier's.
const NUMMERSTEDER: &[Nummersted] =
    &[Nummersted::UserIds, Nummersted::Identifier, Nummersted::Identfier, Nummersted::Metadata];

const FEM_HUNDRE: NonZeroU32 = NonZeroU32::new(500).expect("500 is not zero");
const HUNDRE: NonZeroU32 = NonZeroU32::new(100).expect("100 is not zero");
const TO_MINUTTER: NonZeroU32 = NonZeroU32::new(120).expect("120 is not zero");

impl Profil {
    /// The profile of a supplier.
    pub fn av(navn: Profilnavn) -> Self {
        match navn {
            Profilnavn::Vigilo => Self {
                klassefilter: Klassefilter::GroupType,
                rollefilter: true,
                endringer: Some(TO_MINUTTER),
                sidestorrelse: FEM_HUNDRE,
                ..Self::standard(navn)
            },
            Profilnavn::VismaFlyt => Self {
                scopeprefiks: "one-roster-api:",
                krever_tenant_id: true,
                klientautentisering: Klientautentisering::Skjema,
                ..Self::standard(navn)
            },
            // It counts before it filters, and dates everything anew when it starts: ask for everything, and nothing by date.
            Profilnavn::FintBridge => {
                Self { versjon: Versjon::V1p1, sidestorrelse: FEM_HUNDRE, ..Self::standard(navn) }
            }
            Profilnavn::Generic => Self::standard(navn),
        }
    }

    /// The standard's own way, and the least asked of a stranger.
    fn standard(navn: Profilnavn) -> Self {
        Self {
            navn,
            versjon: Versjon::V1p2,
            nummersteder: NUMMERSTEDER,
            klassefilter: Klassefilter::Homeroom,
            rollefilter: false,
            endringer: None,
            scopeprefiks: "",
            krever_tenant_id: false,
            revisjonshode: None,
            sidestorrelse: HUNDRE,
            klientautentisering: Klientautentisering::Basic,
        }
    }

    /// The scope to ask for.
    pub fn scope(&self) -> String {
        format!("{}{}", self.scopeprefiks, self.versjon.scope())
    }

    /// The filter to send for a collection: one clause, since no provider promises more than two.
    ///
    /// It spares the source and us rows of adults. It is never trusted: a provider may answer 200 with everything, or
    /// with nothing, to a filter it does not understand.
    pub const fn filter(&self, samling: Objekttype) -> Option<&'static str> {
        match (samling, self.versjon) {
            _ if !self.rollefilter => None,
            (Objekttype::User, Versjon::V1p2) => Some("roles.role='student'"),
            (Objekttype::User, Versjon::V1p1) | (Objekttype::Enrollment, _) => Some("role='student'"),
            _ => None,
        }
    }
}
