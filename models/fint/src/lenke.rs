//! A relation to another resource, kept as what it points at and not as an address.

use crate::Ressurs;
use identitet::Skjermet;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A link to one resource: its class, one of its identifier fields, and the value of that field.
///
/// The value is masked because a link to a Person holds a fodselsnummer. An address that FINT cannot take apart, such
/// as a Grep reference or an unknown id field, is kept as it stands: see [`Lenke::ekstern`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lenke {
    /// The class pointed at, as `package:Name`, e.g. `utdanning-elev:Klasse`.
    pub klasse: Cow<'static, str>,
    /// The identifier field in FINT's spelling, e.g. `systemId`; empty for an external address.
    pub id_felt: String,
    /// The identifier's value, never percent-encoded; for an external address the address itself.
    pub verdi: Skjermet<String>,
}

impl Lenke {
    /// A link by the class's own key: `systemId`, or `fodselsnummer` for a Person.
    pub fn til<T: Ressurs>(verdi: impl Into<String>) -> Self {
        Self::med::<T>(T::NOKKEL, verdi)
    }

    /// A link by one of the class's other identifiers, e.g. `organisasjonsnummer` of a Skole.
    ///
    /// `id_felt` must be an identifier of `T`; a debug build panics otherwise.
    pub fn med<T: Ressurs>(id_felt: &'static str, verdi: impl Into<String>) -> Self {
        debug_assert!(T::MODELL.identifikator(id_felt) == Some(id_felt), "{id_felt} does not identify the class");
        Self::rett(T::MODELL.full, id_felt, verdi)
    }

    /// A link to a class that this crate has no struct for, e.g. `utdanning-elev:Undervisningsforhold`.
    pub fn rett(klasse: impl Into<Cow<'static, str>>, id_felt: impl Into<String>, verdi: impl Into<String>) -> Self {
        Self { klasse: klasse.into(), id_felt: id_felt.into(), verdi: Skjermet::new(verdi.into()) }
    }

    /// An address outside FINT, rendered exactly as given.
    pub fn ekstern(klasse: impl Into<Cow<'static, str>>, href: impl Into<String>) -> Self {
        Self::rett(klasse, "", href)
    }

    /// Whether this is an address kept as it stands.
    pub fn er_ekstern(&self) -> bool {
        self.id_felt.is_empty()
    }

    /// The identifier's value. Treat it as personal: it may be a fodselsnummer.
    pub fn verdi(&self) -> &str {
        self.verdi.vis()
    }
}
