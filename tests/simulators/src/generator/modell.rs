//! What the generator makes. Everything refers to everything else by id, as the school system does.

use std::{borrow::Cow, fmt};

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use super::{Nummerserie, PlantetFeil};

/// A municipality with its schools and people at the start of a school year.
#[derive(Clone, Debug, PartialEq)]
pub struct Kommune {
    /// Four digits, with leading zero.
    pub kommunenummer: String,
    /// As people write it.
    pub navn: String,
    /// Id of the municipality as an organisation in the school system.
    pub id: Uuid,
    /// Nine digits.
    pub orgnr: String,
    /// The tenant name in Vigilo's base path, for example `bergen.kommune.no`.
    pub domene: String,
    /// The first calendar year of the school year.
    pub skolear: i16,
    /// When the school system was filled: the first `dateLastModified`.
    pub opprettet: Timestamp,
    /// In the order of the configuration.
    pub skoler: Vec<Skole>,
    /// Classes and other groups of all schools.
    pub klasser: Vec<Klasse>,
    /// Pupils of all grades. A person who is planted twice is two pupils with one number.
    pub elever: Vec<Elev>,
    /// Teachers.
    pub laerere: Vec<Laerer>,
    /// Guardians of some of the pupils.
    pub foresatte: Vec<Foresatt>,
    /// The flaws that were planted, so that a test can count them.
    pub plantet: Vec<PlantetFeil>,
    /// Where numbers for pupils who arrive later are taken from.
    pub nummerserie: Nummerserie,
}

impl Kommune {
    /// The pupils in tenth grade, planted doubles included.
    pub fn tiende(&self) -> impl Iterator<Item = &Elev> {
        self.elever.iter().filter(|e| e.trinn == 10)
    }

    /// The schools that have a tenth grade.
    pub fn skoler_med_tiende(&self) -> impl Iterator<Item = &Skole> {
        self.skoler.iter().filter(|s| s.trinn_til == 10)
    }
}

/// A school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skole {
    /// sourcedId in the school system.
    pub id: Uuid,
    /// Nine digits.
    pub orgnr: String,
    /// VIGO's school number, for schools with tenth grade.
    pub skolenummer: Option<String>,
    /// Invented name.
    pub navn: String,
    /// Lowest grade.
    pub trinn_fra: u8,
    /// Highest grade.
    pub trinn_til: u8,
}

/// A class, or a group that must not be taken for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Klasse {
    /// sourcedId in the school system.
    pub id: Uuid,
    /// The school.
    pub skole: Uuid,
    /// Grade, 1 to 10.
    pub trinn: u8,
    /// `10A`; for other groups a name.
    pub kode: String,
    /// Only [`Gruppetype::Klasse`] is a class in the sense of the elevliste.
    pub gruppetype: Gruppetype,
}

/// The kinds of group in Vigilo that the generator makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gruppetype {
    /// `Class`
    Klasse,
    /// `SfoGroup`: after-school care.
    Sfo,
    /// `SubjectGroup`: a subject across classes.
    Fag,
}

impl Gruppetype {
    /// As Vigilo spells it in `groupType`.
    pub fn vigilo(self) -> &'static str {
        match self {
            Self::Klasse => "Class",
            Self::Sfo => "SfoGroup",
            Self::Fag => "SubjectGroup",
        }
    }
}

/// A pupil at one school.
#[derive(Clone, PartialEq, Eq)]
pub struct Elev {
    /// sourcedId in the school system.
    pub id: Uuid,
    /// Empty when planted as missing.
    pub fornavn: Cow<'static, str>,
    /// Middle name.
    pub mellomnavn: Option<Cow<'static, str>>,
    /// Family name.
    pub etternavn: Cow<'static, str>,
    /// Eleven digits, when the school has one.
    pub nummer: Option<String>,
    /// Date of birth, without Tenor's offset.
    pub fodselsdato: Date,
    /// Girl, as the ninth digit says.
    pub jente: bool,
    /// Written language: nynorsk rather than bokmål.
    pub nynorsk: bool,
    /// Grade, 1 to 10.
    pub trinn: u8,
    /// The school.
    pub skole: Uuid,
    /// The class, unless planted as missing.
    pub klasse: Option<Uuid>,
    /// Other groups.
    pub grupper: Vec<Uuid>,
    /// Guardians.
    pub foresatte: Vec<Uuid>,
}

impl fmt::Debug for Elev {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Elev").field("id", &self.id).field("trinn", &self.trinn).finish_non_exhaustive()
    }
}

/// A teacher.
#[derive(Clone, PartialEq, Eq)]
pub struct Laerer {
    /// sourcedId in the school system.
    pub id: Uuid,
    /// Given name.
    pub fornavn: Cow<'static, str>,
    /// Family name.
    pub etternavn: Cow<'static, str>,
    /// The school.
    pub skole: Uuid,
    /// The class this person has the main responsibility for.
    pub klasse: Option<Uuid>,
}

impl fmt::Debug for Laerer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Laerer").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A guardian.
#[derive(Clone, PartialEq, Eq)]
pub struct Foresatt {
    /// sourcedId in the school system.
    pub id: Uuid,
    /// Given name.
    pub fornavn: Cow<'static, str>,
    /// Family name.
    pub etternavn: Cow<'static, str>,
    /// Mother rather than father.
    pub mor: bool,
    /// The school of the child.
    pub skole: Uuid,
    /// The children.
    pub barn: Vec<Uuid>,
}

impl fmt::Debug for Foresatt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Foresatt").field("id", &self.id).finish_non_exhaustive()
    }
}
