//! What all classes have in common: a place in the metamodel, and for resources a key.

use crate::{Identifikator, Klassemodell, Lenke};
use serde::{Serialize, de::DeserializeOwned};

/// A struct that mirrors one class of the metamodel.
pub trait Modellert: Serialize + DeserializeOwned {
    /// The class as FINT describes it.
    const MODELL: &'static Klassemodell;
}

/// A class with identifiers and therefore addresses of its own.
pub trait Ressurs: Modellert {
    /// The required identifier by which others link to it.
    const NOKKEL: &'static str = "systemId";

    /// The value of [`Self::NOKKEL`].
    fn nokkel(&self) -> &Identifikator;

    /// A link to this resource by its key.
    fn lenke(&self) -> Lenke {
        Lenke::til::<Self>(self.nokkel().verdi())
    }
}

/// Implements [`Ressurs`] for classes keyed by `systemId`.
macro_rules! med_system_id {
    ($($klasse:ty),+ $(,)?) => {$(
        impl crate::Ressurs for $klasse {
            fn nokkel(&self) -> &crate::Identifikator {
                &self.system_id
            }
        }
    )+};
}
pub(crate) use med_system_id;
