//! Short words for writing the tables down.

use super::{Antall, Attributt, Klasseart, Klassemodell, Relasjon, Side, Type};
use crate::{Identifikator, Modellert};

/// A required attribute.
pub(crate) const fn attr(navn: &'static str, type_: Type) -> Attributt {
    Attributt { navn, type_, liste: false, valgfri: false, skrivbar: false }
}

/// A required text.
pub(crate) const fn tekst(navn: &'static str) -> Attributt {
    attr(navn, Type::Tekst)
}

/// A required embedded class.
pub(crate) const fn kompleks<T: Modellert>(navn: &'static str) -> Attributt {
    attr(navn, Type::Kompleks(T::MODELL))
}

/// A required identifier.
pub(crate) const fn ident(navn: &'static str) -> Attributt {
    kompleks::<Identifikator>(navn)
}

impl Attributt {
    pub(crate) const fn valgfri(self) -> Self {
        Self { valgfri: true, ..self }
    }

    pub(crate) const fn liste(self) -> Self {
        Self { liste: true, ..self }
    }

    pub(crate) const fn skrivbar(self) -> Self {
        Self { skrivbar: true, ..self }
    }
}

/// A one-way relation.
pub(crate) const fn enveis(navn: &'static str, mal: &'static str, antall: Antall) -> Relasjon {
    Relasjon { navn, mal, antall, invers: None, side: Side::Enveis }
}

/// A two-way relation that this class owns.
pub(crate) const fn eier(navn: &'static str, mal: &'static str, antall: Antall, invers: &'static str) -> Relasjon {
    Relasjon { navn, mal, antall, invers: Some(invers), side: Side::Eier }
}

/// A two-way relation that the other class owns.
pub(crate) const fn avledet(navn: &'static str, mal: &'static str, antall: Antall, invers: &'static str) -> Relasjon {
    Relasjon { navn, mal, antall, invers: Some(invers), side: Side::Avledet }
}

/// A class with its tables. `full` is `package:Name`, written once so that the parts cannot disagree.
pub(crate) const fn klasse(
    full: &'static str,
    art: Klasseart,
    attributter: &'static [Attributt],
    relasjoner: &'static [Relasjon],
) -> Klassemodell {
    let mut kolon = 0;
    while full.as_bytes()[kolon] != b':' {
        kolon += 1;
    }
    let (pakke, _) = full.split_at(kolon);
    let (_, navn) = full.split_at(kolon + 1);
    Klassemodell { pakke, navn, full, art, felles: false, forelder: None, attributter, relasjoner }
}

impl Klassemodell {
    pub(crate) const fn felles(self) -> Self {
        Self { felles: true, ..self }
    }

    pub(crate) const fn av(self, forelder: &'static str) -> Self {
        Self { forelder: Some(forelder), ..self }
    }
}
