//! What a list builder is told about its receiver and its tenant.

use identitet::Politikk;
use kodeverk::{Fylkesnummer, Kommunenummer, Trinn};

/// The receiver's rules, and what is assumed of a school that nothing else is known of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regelsett {
    /// Which identity numbers the receiver takes.
    pub politikk: Politikk,
    /// The grade that the list is about.
    pub trinn: Trinn,
    /// The county of a school whose VIGO number does not tell it.
    pub fylke: Option<Fylkesnummer>,
    /// The municipality of the tenant's schools. FINT has no field for it on a school.
    pub kommune: Option<Kommunenummer>,
    /// Whether the tenant has Folkeregisteret: then nobody is sent of whom it has not answered.
    pub krever_register: bool,
}

impl Regelsett {
    /// Tenth grade, by this policy, with nothing assumed.
    pub const fn ny(politikk: Politikk) -> Self {
        Self { politikk, trinn: Trinn::TIENDE, fylke: None, kommune: None, krever_register: false }
    }

    /// The same for the schools of a municipality.
    pub const fn i_kommune(self, kommune: Kommunenummer) -> Self {
        Self { fylke: Some(kommune.fylke()), kommune: Some(kommune), ..self }
    }

    /// The same for a tenant that has Folkeregisteret.
    pub const fn med_register(self) -> Self {
        Self { krever_register: true, ..self }
    }
}
