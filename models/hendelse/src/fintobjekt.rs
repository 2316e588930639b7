//! What the FINT stream holds.

use crate::Fintklasse;
use fint::tillegg::{Elevtillegg, Identitetshistorikk, Skoletillegg};
use uuid::Uuid;

/// What names a resource in the FINT stream: its class and our id of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fintnokkel {
    /// Which class.
    pub klasse: Fintklasse,
    /// Our id. For a Person it is derived from the fodselsnummer by keyed hash.
    pub id: Uuid,
}

/// A resource of the FINT stream.
#[derive(Debug, Clone, PartialEq)]
pub enum Fintobjekt {
    /// A person.
    Person(Box<fint::Person>),
    /// A pupil.
    Elev(Box<fint::Elev>),
    /// A pupil at a school.
    Elevforhold(Box<fint::Elevforhold>),
    /// A class.
    Klasse(Box<fint::Klasse>),
    /// A pupil in a class.
    Klassemedlemskap(Box<fint::Klassemedlemskap>),
    /// A school.
    Skole(Box<fint::Skole>),
    /// Not FINT: what FINT cannot say of an Elevforhold.
    Tillegg(Box<Elevtillegg>),
    /// Not FINT: the dated identifiers of an Elev.
    Identitet(Box<Identitetshistorikk>),
    /// Not FINT: what came of looking a Skole up in VIGO's code base.
    Skoletillegg(Box<Skoletillegg>),
}

impl Fintobjekt {
    /// Its class.
    pub const fn klasse(&self) -> Fintklasse {
        match self {
            Self::Person(_) => Fintklasse::Person,
            Self::Elev(_) => Fintklasse::Elev,
            Self::Elevforhold(_) => Fintklasse::Elevforhold,
            Self::Klasse(_) => Fintklasse::Klasse,
            Self::Klassemedlemskap(_) => Fintklasse::Klassemedlemskap,
            Self::Skole(_) => Fintklasse::Skole,
            Self::Tillegg(_) => Fintklasse::Tillegg,
            Self::Identitet(_) => Fintklasse::Identitet,
            Self::Skoletillegg(_) => Fintklasse::Skoletillegg,
        }
    }
}
