//! FINT's description of its own classes, as data: what HAL rendering and parsing go by.
//!
//! Each class has its table next to its struct. Tests hold the struct to the table, and the table to FINT.

mod bygg;
mod oversikt;

pub(crate) use bygg::{attr, avledet, eier, enveis, ident, klasse, kompleks, tekst};
pub use oversikt::{finn, modell};

/// The version of the information model that the tables describe.
pub const VERSJON: &str = "v4.1.0";

/// One class of the model, inherited attributes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Klassemodell {
    /// Package with dashes, e.g. `utdanning-elev`.
    pub pakke: &'static str,
    /// Class name, e.g. `Elevforhold`.
    pub navn: &'static str,
    /// Package and name joined, e.g. `utdanning-elev:Elevforhold`: how relations name their target.
    pub full: &'static str,
    /// What kind of class it is.
    pub art: Klasseart,
    /// Whether the class has no path of its own and is served under the package that links to it.
    pub felles: bool,
    /// The class it extends, as `package:Name`.
    pub forelder: Option<&'static str>,
    /// Attributes, own first, then inherited.
    pub attributter: &'static [Attributt],
    /// Relations, stored and derived.
    pub relasjoner: &'static [Relasjon],
}

/// The kinds of class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Klasseart {
    /// A resource with identifiers and an address.
    Hoved,
    /// A resource whose values are codes (extends `Begrep`).
    Kodeliste,
    /// A value inside a resource, without an address.
    Kompleks,
    /// A base that others extend; no struct here.
    Abstrakt,
    /// A marker for an address outside FINT, without attributes.
    Referanse,
}

/// One attribute of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributt {
    /// Name on the wire.
    pub navn: &'static str,
    /// Type of the value, or of each element of a list.
    pub type_: Type,
    /// Whether it is a list.
    pub liste: bool,
    /// Whether it may be absent.
    pub valgfri: bool,
    /// Whether FINT lets a client change it.
    pub skrivbar: bool,
}

/// The attribute types that occur in our classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// `string`
    Tekst,
    /// `date`
    Dato,
    /// `datetime`
    Tidspunkt,
    /// `boolean`
    Boolsk,
    /// `int`, 32 bits
    Heltall,
    /// Another class, embedded.
    Kompleks(&'static Klassemodell),
}

/// One relation of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relasjon {
    /// Name in `_links`, case-sensitive.
    pub navn: &'static str,
    /// The class pointed at, as `package:Name`.
    pub mal: &'static str,
    /// How many links there may be.
    pub antall: Antall,
    /// The name of the relation the other way, for a two-way relation.
    pub invers: Option<&'static str>,
    /// Which side of the relation this is.
    pub side: Side,
}

/// How many links a relation may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Antall {
    /// `1`
    En,
    /// `0..1`
    HoystEn,
    /// `0..*`
    Mange,
}

/// Which side of a relation a class is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Only this side knows of the relation.
    Enveis,
    /// Two-way, and FINT calls this side the source.
    Eier,
    /// Two-way, and the links are derived from the other side.
    Avledet,
}

impl Klassemodell {
    /// Whether instances have identifiers and addresses.
    pub const fn er_ressurs(&self) -> bool {
        matches!(self.art, Klasseart::Hoved | Klasseart::Kodeliste)
    }

    /// The identifier attributes.
    pub fn identifikatorer(&self) -> impl Iterator<Item = &'static Attributt> + use<> {
        self.attributter.iter().filter(|a| a.er_identifikator())
    }

    /// The identifier attribute with this name, ignoring case, in FINT's spelling.
    pub fn identifikator(&self, navn: &str) -> Option<&'static str> {
        self.identifikatorer().map(|a| a.navn).find(|n| n.eq_ignore_ascii_case(navn))
    }

    /// The relation with this exact name.
    pub fn relasjon(&self, navn: &str) -> Option<&'static Relasjon> {
        self.relasjoner.iter().find(|r| r.navn == navn)
    }
}

impl Attributt {
    /// Whether the attribute is an Identifikator, and so opens an address.
    pub fn er_identifikator(&self) -> bool {
        self.type_.fint() == "felles-kompleksedatatyper:Identifikator"
    }
}

impl Type {
    /// The type in FINT's spelling.
    pub const fn fint(&self) -> &'static str {
        match self {
            Self::Tekst => "string",
            Self::Dato => "date",
            Self::Tidspunkt => "datetime",
            Self::Boolsk => "boolean",
            Self::Heltall => "int",
            Self::Kompleks(klasse) => klasse.full,
        }
    }
}

impl Antall {
    /// The multiplicity in FINT's spelling.
    pub const fn fint(self) -> &'static str {
        match self {
            Self::En => "1",
            Self::HoystEn => "0..1",
            Self::Mange => "0..*",
        }
    }
}

impl Relasjon {
    /// Whether the links are a field of our struct; derived sides are not.
    pub fn lagres(&self) -> bool {
        self.side != Side::Avledet
    }
}
