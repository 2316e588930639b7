//! All classes in one list.

use super::{Klasseart, Klassemodell, ident, klasse, kompleks, tekst};
use crate::felles::BEGREP;
use crate::{
    Adresse, Anmerkninger, Arstrinn, Elev, Elevforhold, Elevkategori, Fylke, Identifikator, Kjonn, Klasse,
    Klassemedlemskap, Kommune, Kontaktinformasjon, Kontaktperson, Landkode, Matrikkelnummer, Modellert, Periode,
    Person, Personnavn, Skole, Skolear, Sprak, Termin,
};

/// Every class this crate knows: those with a struct, the bases they extend, and the references they point at.
pub fn modell() -> &'static [Klassemodell] {
    MODELL
}

/// The class with this full name, e.g. `utdanning-elev:Elev`; none for a class outside this crate.
pub fn finn(full: &str) -> Option<&'static Klassemodell> {
    MODELL.iter().find(|klasse| klasse.full == full)
}

static MODELL: &[Klassemodell] = &[
    *Person::MODELL,
    *Kontaktperson::MODELL,
    *Adresse::MODELL,
    *Identifikator::MODELL,
    *Kontaktinformasjon::MODELL,
    *Matrikkelnummer::MODELL,
    *Periode::MODELL,
    *Personnavn::MODELL,
    *Fylke::MODELL,
    *Kommune::MODELL,
    *Kjonn::MODELL,
    *Landkode::MODELL,
    *Sprak::MODELL,
    *Elev::MODELL,
    *Elevforhold::MODELL,
    *Klasse::MODELL,
    *Klassemedlemskap::MODELL,
    *Arstrinn::MODELL,
    *Skole::MODELL,
    *Elevkategori::MODELL,
    *Skolear::MODELL,
    *Termin::MODELL,
    *Anmerkninger::MODELL,
    klasse("felles-basisklasser:Aktor", Klasseart::Abstrakt, AKTOR, &[]),
    klasse("felles-basisklasser:Begrep", Klasseart::Abstrakt, BEGREP, &[]),
    klasse("felles-basisklasser:Enhet", Klasseart::Abstrakt, ENHET, &[]).av("felles-basisklasser:Aktor"),
    klasse("utdanning-basisklasser:Gruppe", Klasseart::Abstrakt, GRUPPE, &[]),
    klasse("utdanning-basisklasser:Gruppemedlemskap", Klasseart::Abstrakt, GRUPPEMEDLEMSKAP, &[]),
    klasse("utdanning-basisklasser:Utdanningsforhold", Klasseart::Abstrakt, UTDANNINGSFORHOLD, &[]),
    klasse("utdanning-kodeverk:Grepreferanse", Klasseart::Referanse, &[], &[]),
    klasse("utdanning-kodeverk:Vigoreferanse", Klasseart::Referanse, &[], &[]),
];

const AKTOR: &[super::Attributt] = &[
    kompleks::<Kontaktinformasjon>("kontaktinformasjon").valgfri().skrivbar(),
    kompleks::<Adresse>("postadresse").valgfri().skrivbar(),
];

const ENHET: &[super::Attributt] = &[
    kompleks::<Adresse>("forretningsadresse").valgfri().skrivbar(),
    tekst("organisasjonsnavn").valgfri(),
    ident("organisasjonsnummer").valgfri(),
    AKTOR[0],
    AKTOR[1],
];

const GRUPPE: &[super::Attributt] = &[tekst("beskrivelse"), tekst("navn"), ident("systemId")];

const GRUPPEMEDLEMSKAP: &[super::Attributt] = &[kompleks::<Periode>("gyldighetsperiode").valgfri(), ident("systemId")];

const UTDANNINGSFORHOLD: &[super::Attributt] = &[tekst("beskrivelse"), ident("systemId")];
