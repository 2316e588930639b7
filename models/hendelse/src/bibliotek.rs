//! Reading any schema version, also one that a newer program has published.

use crate::{Data, Fingeravtrykk, Fintklasse, Fintobjekt, Kildeobjekt, SkjemaFeil, kod, les, les_med};
use oneroster::{Objekt, Objekttype};
use std::collections::HashMap;

/// Our own schemas, and those of newer programs that have been fetched.
#[derive(Debug, Clone, Default)]
pub struct Bibliotek {
    nyere: HashMap<Fingeravtrykk, String>,
}

impl Bibliotek {
    /// Adds a schema that a newer program has published.
    pub fn legg_til(&mut self, avtrykk: Fingeravtrykk, skjema: String) {
        self.nyere.insert(avtrykk, skjema);
    }

    /// Reads a value that was written with schema `avtrykk`.
    pub fn les<T: Data>(&self, avtrykk: Fingeravtrykk, data: &[u8]) -> Result<T, SkjemaFeil> {
        match self.nyere.get(&avtrykk) {
            Some(skjema) => les_med(skjema, data),
            None => les(avtrykk, data),
        }
    }

    /// Reads what a source said, by the type's name in the subject.
    pub fn les_kilde(&self, typ: &str, avtrykk: Fingeravtrykk, data: &[u8]) -> Result<Kildeobjekt, SkjemaFeil> {
        let objekt = match Objekttype::ALLE.into_iter().find(|t| t.as_str() == typ) {
            Some(Objekttype::Org) => Objekt::Org(self.les(avtrykk, data)?),
            Some(Objekttype::AcademicSession) => Objekt::AcademicSession(self.les(avtrykk, data)?),
            Some(Objekttype::Class) => Objekt::Class(self.les(avtrykk, data)?),
            Some(Objekttype::User) => Objekt::User(self.les(avtrykk, data)?),
            Some(Objekttype::Enrollment) => Objekt::Enrollment(self.les(avtrykk, data)?),
            None if typ == "vigoskole" => return Ok(Kildeobjekt::Vigoskole(self.les(avtrykk, data)?)),
            None if typ == "registerperson" => {
                return Ok(Kildeobjekt::Registerperson(Box::new(self.les(avtrykk, data)?)));
            }
            None => return Err(SkjemaFeil::Ukjent(avtrykk)),
        };
        Ok(Kildeobjekt::Roster(objekt))
    }

    /// Reads a resource of the FINT stream.
    pub fn les_fint(&self, klasse: Fintklasse, avtrykk: Fingeravtrykk, data: &[u8]) -> Result<Fintobjekt, SkjemaFeil> {
        Ok(match klasse {
            Fintklasse::Person => Fintobjekt::Person(Box::new(self.les(avtrykk, data)?)),
            Fintklasse::Elev => Fintobjekt::Elev(Box::new(self.les(avtrykk, data)?)),
            Fintklasse::Elevforhold => Fintobjekt::Elevforhold(Box::new(self.les(avtrykk, data)?)),
            Fintklasse::Klasse => Fintobjekt::Klasse(Box::new(self.les(avtrykk, data)?)),
            Fintklasse::Klassemedlemskap => Fintobjekt::Klassemedlemskap(Box::new(self.les(avtrykk, data)?)),
            Fintklasse::Skole => Fintobjekt::Skole(Box::new(self.les(avtrykk, data)?)),
            Fintklasse::Tillegg => Fintobjekt::Tillegg(Box::new(self.les(avtrykk, data)?)),
            Fintklasse::Identitet => Fintobjekt::Identitet(Box::new(self.les(avtrykk, data)?)),
            Fintklasse::Skoletillegg => Fintobjekt::Skoletillegg(Box::new(self.les(avtrykk, data)?)),
        })
    }
}

impl Kildeobjekt {
    /// Writes it with its newest schema.
    pub fn kod(&self) -> Result<(Fingeravtrykk, Vec<u8>), SkjemaFeil> {
        match self {
            Self::Roster(Objekt::Org(o)) => kod(o),
            Self::Roster(Objekt::AcademicSession(o)) => kod(o),
            Self::Roster(Objekt::Class(o)) => kod(o),
            Self::Roster(Objekt::User(o)) => kod(o),
            Self::Roster(Objekt::Enrollment(o)) => kod(o),
            Self::Vigoskole(s) => kod(s),
            Self::Registerperson(p) => kod(&**p),
        }
    }
}

impl Fintobjekt {
    /// Writes it with its newest schema.
    pub fn kod(&self) -> Result<(Fingeravtrykk, Vec<u8>), SkjemaFeil> {
        match self {
            Self::Person(o) => kod(&**o),
            Self::Elev(o) => kod(&**o),
            Self::Elevforhold(o) => kod(&**o),
            Self::Klasse(o) => kod(&**o),
            Self::Klassemedlemskap(o) => kod(&**o),
            Self::Skole(o) => kod(&**o),
            Self::Tillegg(o) => kod(&**o),
            Self::Identitet(o) => kod(&**o),
            Self::Skoletillegg(o) => kod(&**o),
        }
    }
}
