//! The common code lists.

use super::{Identifikator, Periode};
use crate::metamodell::{Antall, Attributt, Klasseart, Klassemodell, Type, attr, eier, ident, klasse, kompleks, tekst};
use crate::ressurs::med_system_id;
use crate::{Lenke, Modellert};
use serde::{Deserialize, Serialize};

/// What every code has, from FINT's `Begrep`.
pub(crate) const BEGREP: &[Attributt] = &[
    kompleks::<Periode>("gyldighetsperiode").valgfri(),
    tekst("kode"),
    tekst("navn"),
    attr("passiv", Type::Boolsk).valgfri(),
    ident("systemId"),
];

/// A code list whose codes own no relation: they differ in name only.
macro_rules! begrep {
    ($($(#[$doc:meta])* $navn:ident = $full:literal $([$($relasjon:expr),+])?;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $navn {
            /// When the code is in use.
            pub gyldighetsperiode: Option<crate::Periode>,
            /// The code itself: text, leading zeros kept.
            pub kode: String,
            /// The code in words.
            pub navn: String,
            /// Whether the code is kept for old data only.
            pub passiv: Option<bool>,
            /// Identifier.
            pub system_id: crate::Identifikator,
        }

        impl $navn {
            /// A code in use, without a period.
            pub fn ny(system_id: crate::Identifikator, kode: impl Into<String>, navn: impl Into<String>) -> Self {
                Self { gyldighetsperiode: None, kode: kode.into(), navn: navn.into(), passiv: None, system_id }
            }
        }

        crate::ressurs::med_system_id!($navn);

        impl crate::Modellert for $navn {
            const MODELL: &'static crate::Klassemodell = &crate::metamodell::klasse(
                $full,
                crate::metamodell::Klasseart::Kodeliste,
                crate::felles::BEGREP,
                &[$($($relasjon),+)?],
            )
            .av("felles-basisklasser:Begrep");
        }
    )+};
}
pub(crate) use begrep;

begrep! {
    /// A county; `kode` is the two-digit number.
    Fylke = "felles-kodeverk:Fylke"
        [crate::metamodell::avledet("kommune", "felles-kodeverk:Kommune", Antall::Mange, "fylke")];
    /// Sex, as ISO 5218 has it.
    Kjonn = "felles-kodeverk-iso:Kjonn";
    /// A country, as ISO 3166 has it.
    Landkode = "felles-kodeverk-iso:Landkode";
    /// A language, as ISO 639 has it.
    Sprak = "felles-kodeverk-iso:Sprak";
}

/// A municipality; `kode` is the four-digit number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kommune {
    /// When the municipality exists under this number.
    pub gyldighetsperiode: Option<Periode>,
    /// Municipality number: text, leading zeros kept.
    pub kode: String,
    /// Name.
    pub navn: String,
    /// Whether the code is kept for old data only.
    pub passiv: Option<bool>,
    /// Identifier.
    pub system_id: Identifikator,
    /// The county it lies in.
    pub fylke: Lenke,
}

impl Kommune {
    /// A municipality in a county.
    pub fn ny(system_id: Identifikator, kode: impl Into<String>, navn: impl Into<String>, fylke: Lenke) -> Self {
        Self { gyldighetsperiode: None, kode: kode.into(), navn: navn.into(), passiv: None, system_id, fylke }
    }
}

med_system_id!(Kommune);

impl Modellert for Kommune {
    const MODELL: &'static Klassemodell = &klasse(
        "felles-kodeverk:Kommune",
        Klasseart::Kodeliste,
        BEGREP,
        &[eier("fylke", "felles-kodeverk:Fylke", Antall::En, "kommune")],
    )
    .av("felles-basisklasser:Begrep");
}
