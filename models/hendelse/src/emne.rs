//! Subjects. They name tenants, types and keyed hashes: never a person, a number or a source's own id.

use crate::K;
use elevliste::{Listenokkel, Rundenokkel};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// What the sources have said.
pub const KILDE: &str = "KILDE";
/// The shared information model.
pub const FINT: &str = "FINT";
/// One living list per school.
pub const LISTE: &str = "LISTE";
/// The ledger.
pub const INNSENDING: &str = "INNSENDING";
/// What could not be read or handled.
pub const KARANTENE: &str = "KARANTENE";
/// The rounds, and how they came to be what they are.
pub const INNSAMLING: &str = "INNSAMLING";
/// Where lists stand, and what has been told about them.
pub const VARSEL: &str = "VARSEL";
/// Who saw and sent what.
pub const REVISJON: &str = "REVISJON";

/// Why a name or a subject cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmneFeil {
    /// A tenant or source name has a letter that a subject cannot hold.
    #[error("{felt} must be 1 to 40 of a-z, 0-9 and -, and start with a letter")]
    Navn {
        /// `tenant` or `kilde`.
        felt: &'static str,
    },
    /// It is not one of ours.
    #[error("the subject is none of Mellomlag's")]
    Ukjent,
}

fn gyldig(s: &str) -> bool {
    (1..=40).contains(&s.len())
        && s.starts_with(|c: char| c.is_ascii_lowercase())
        && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

macro_rules! navn {
    ($(#[$doc:meta])* $navn:ident, $felt:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $navn(String);

        impl $navn {
            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $navn {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $navn {
            type Err = EmneFeil;

            fn from_str(s: &str) -> Result<Self, EmneFeil> {
                if gyldig(s) { Ok(Self(s.to_owned())) } else { Err(EmneFeil::Navn { felt: $felt }) }
            }
        }

        impl TryFrom<String> for $navn {
            type Error = EmneFeil;

            fn try_from(s: String) -> Result<Self, EmneFeil> {
                s.parse()
            }
        }

        impl From<$navn> for String {
            fn from(n: $navn) -> Self {
                n.0
            }
        }
    };
}

navn!(
    /// The owner of data, for example a municipality: `bergen`. `felles` is what everyone shares, such as code lists.
    Tenant,
    "tenant"
);
navn!(
    /// A source of a tenant: `vigilo`.
    Kildenavn,
    "kilde"
);

impl Tenant {
    /// The tenant of what everyone shares.
    pub fn felles() -> Self {
        Self("felles".into())
    }
}

/// The classes that the FINT stream holds: FINT's own, and what stands beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fintklasse {
    /// `utdanning-elev.person`: Person is a common class, served under the package that links to it.
    Person,
    /// `utdanning-elev.elev`.
    Elev,
    /// `utdanning-elev.elevforhold`.
    Elevforhold,
    /// `utdanning-elev.klasse`.
    Klasse,
    /// `utdanning-elev.klassemedlemskap`.
    Klassemedlemskap,
    /// `utdanning-utdanningsprogram.skole`.
    Skole,
    /// Not FINT: what FINT cannot say of an Elevforhold.
    Tillegg,
    /// Not FINT: the dated identifiers of an Elev.
    Identitet,
    /// Not FINT: what came of looking a Skole up in VIGO's code base.
    Skoletillegg,
}

impl Fintklasse {
    /// All of them.
    pub const ALLE: [Self; 9] = [
        Self::Person,
        Self::Elev,
        Self::Elevforhold,
        Self::Klasse,
        Self::Klassemedlemskap,
        Self::Skole,
        Self::Tillegg,
        Self::Identitet,
        Self::Skoletillegg,
    ];

    /// Package and class as they stand in the subject.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "utdanning-elev.person",
            Self::Elev => "utdanning-elev.elev",
            Self::Elevforhold => "utdanning-elev.elevforhold",
            Self::Klasse => "utdanning-elev.klasse",
            Self::Klassemedlemskap => "utdanning-elev.klassemedlemskap",
            Self::Skole => "utdanning-utdanningsprogram.skole",
            Self::Tillegg => "_tillegg.elevforhold",
            Self::Identitet => "_identitet.elev",
            Self::Skoletillegg => "_tillegg.skole",
        }
    }
}

/// A subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Emne {
    /// One object of a source.
    Kilde {
        /// The owner.
        tenant: Tenant,
        /// The source.
        kilde: Kildenavn,
        /// The object's type, as the source names it.
        typ: String,
        /// Keyed hash of the source's id.
        k: K,
    },
    /// How far a source has been read.
    Kildemarkor {
        /// The owner.
        tenant: Tenant,
        /// The source.
        kilde: Kildenavn,
    },
    /// One FINT resource, or what stands beside it.
    Fint {
        /// The owner.
        tenant: Tenant,
        /// Which class.
        klasse: Fintklasse,
        /// Our id.
        id: Uuid,
    },
    /// How far the mapping of a tenant has come.
    Fintposisjon(Tenant),
    /// One list.
    Liste(Listenokkel),
    /// How far the lists of a tenant have come.
    Listeposisjon(Tenant),
    /// The ledger of one list.
    Innsending(Listenokkel),
    /// The history of one round.
    Innsamling(Rundenokkel),
    /// Where one list stands.
    Status(Listenokkel),
    /// What has been told about one list.
    Varsel(Listenokkel),
    /// Something that could not be handled.
    Karantene {
        /// Where: `kilde`, `fint`, `liste`, `levering`.
        trinn: String,
        /// The owner.
        tenant: Tenant,
        /// Keyed hash of what it is.
        k: K,
    },
}

impl fmt::Display for Emne {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kilde { tenant, kilde, typ, k } => write!(f, "kilde.{tenant}.{kilde}.{typ}.{k}"),
            Self::Kildemarkor { tenant, kilde } => write!(f, "kilde._cursor.{tenant}.{kilde}"),
            Self::Fint { tenant, klasse, id } => write!(f, "fint.{tenant}.{}.{id}", klasse.as_str()),
            Self::Fintposisjon(tenant) => write!(f, "fint._pos.{tenant}"),
            Self::Liste(nokkel) => write!(f, "liste.{nokkel}"),
            Self::Listeposisjon(tenant) => write!(f, "liste._pos.{tenant}"),
            Self::Innsending(nokkel) => write!(f, "innsending.{nokkel}"),
            Self::Innsamling(nokkel) => write!(f, "innsamling.{nokkel}"),
            Self::Status(nokkel) => write!(f, "status.{nokkel}"),
            Self::Varsel(nokkel) => write!(f, "varsel.{nokkel}"),
            Self::Karantene { trinn, tenant, k } => write!(f, "karantene.{trinn}.{tenant}.{k}"),
        }
    }
}

impl FromStr for Emne {
    type Err = EmneFeil;

    fn from_str(s: &str) -> Result<Self, EmneFeil> {
        let (hode, hale) = s.split_once('.').ok_or(EmneFeil::Ukjent)?;
        let deler: Vec<&str> = hale.split('.').collect();
        let k = |t: &str| t.parse().map_err(|_| EmneFeil::Ukjent);
        match (hode, deler.as_slice()) {
            ("kilde", ["_cursor", tenant, kilde]) => {
                Ok(Self::Kildemarkor { tenant: tenant.parse()?, kilde: kilde.parse()? })
            }
            ("kilde", [tenant, kilde, typ, id]) => {
                Ok(Self::Kilde { tenant: tenant.parse()?, kilde: kilde.parse()?, typ: (*typ).to_owned(), k: k(id)? })
            }
            ("fint", ["_pos", tenant]) => Ok(Self::Fintposisjon(tenant.parse()?)),
            ("fint", [tenant, pakke, klasse, id]) => {
                let navn = format!("{pakke}.{klasse}");
                let klasse = Fintklasse::ALLE.into_iter().find(|k| k.as_str() == navn).ok_or(EmneFeil::Ukjent)?;
                Ok(Self::Fint { tenant: tenant.parse()?, klasse, id: id.parse().map_err(|_| EmneFeil::Ukjent)? })
            }
            ("liste", ["_pos", tenant]) => Ok(Self::Listeposisjon(tenant.parse()?)),
            ("liste", _) => hale.parse().map(Self::Liste).map_err(|_| EmneFeil::Ukjent),
            ("innsending", _) => hale.parse().map(Self::Innsending).map_err(|_| EmneFeil::Ukjent),
            ("innsamling", _) => hale.parse().map(Self::Innsamling).map_err(|_| EmneFeil::Ukjent),
            ("status", _) => hale.parse().map(Self::Status).map_err(|_| EmneFeil::Ukjent),
            ("varsel", _) => hale.parse().map(Self::Varsel).map_err(|_| EmneFeil::Ukjent),
            ("karantene", [trinn, tenant, id]) => {
                Ok(Self::Karantene { trinn: (*trinn).to_owned(), tenant: tenant.parse()?, k: k(id)? })
            }
            _ => Err(EmneFeil::Ukjent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_reads_back() {
        let k = "00112233445566778899aabbccddeeff";
        for tekst in [
            format!("kilde.bergen.vigilo.academicSession.{k}"),
            "kilde._cursor.bergen.vigilo".into(),
            "fint.bergen.utdanning-elev.klassemedlemskap.67e55044-10b1-426f-9247-bb680e5fe0c8".into(),
            "fint.bergen._tillegg.elevforhold.67e55044-10b1-426f-9247-bb680e5fe0c8".into(),
            "fint.bergen._tillegg.skole.67e55044-10b1-426f-9247-bb680e5fe0c8".into(),
            "fint._pos.bergen".into(),
            "liste.46.46503.2026-2027.1".into(),
            "liste._pos.voss".into(),
            "innsending.03.03503.2026-2027.1".into(),
            "innsamling.03.2026-2027.1".into(),
            "status.03.03503.2026-2027.1".into(),
            "varsel.03.03503.2026-2027.1".into(),
            format!("karantene.kilde.bergen.{k}"),
        ] {
            assert_eq!(tekst.parse::<Emne>().map(|e| e.to_string()), Ok(tekst));
        }
    }

    #[test]
    fn names_that_could_break_a_subject_are_refused() {
        for navn in ["", "Bergen", "a.b", "a*", "a>", "-a", "1a", "bærum"] {
            assert_eq!(navn.parse::<Tenant>(), Err(EmneFeil::Navn { felt: "tenant" }), "{navn}");
        }
        assert_eq!("fint.bergen.utdanning-elev.ukjent.x".parse::<Emne>(), Err(EmneFeil::Ukjent));
    }
}
