//! A person's name.

use crate::Modellert;
use crate::metamodell::{Klasseart, Klassemodell, klasse, tekst};
use identitet::Skjermet;
use serde::{Deserialize, Serialize};

/// A name exactly as the source holds it: no change of case, no trimming, no splitting.
///
/// **Fill rule.** FINT requires `etternavn` and `fornavn`. Where the source lacks one it is the empty text, and a list
/// rule reports it; nothing is moved over from the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Personnavn {
    /// Family name; empty where the source has none.
    pub etternavn: Skjermet<String>,
    /// Given name; empty where the source has none.
    pub fornavn: Skjermet<String>,
    /// Middle name.
    pub mellomnavn: Option<Skjermet<String>>,
}

impl Personnavn {
    /// A name of what the source has, by the fill rule. The order is that of speech.
    pub fn av(fornavn: Option<&str>, mellomnavn: Option<&str>, etternavn: Option<&str>) -> Self {
        let eller_tom = |del: Option<&str>| Skjermet::from(del.unwrap_or_default());
        Self {
            etternavn: eller_tom(etternavn),
            fornavn: eller_tom(fornavn),
            mellomnavn: mellomnavn.map(Skjermet::from),
        }
    }

    /// Whether both required parts say something.
    pub fn er_fullt(&self) -> bool {
        [&self.fornavn, &self.etternavn].iter().all(|del| !del.vis().trim().is_empty())
    }
}

impl Modellert for Personnavn {
    const MODELL: &'static Klassemodell = &klasse(
        "felles-kompleksedatatyper:Personnavn",
        Klasseart::Kompleks,
        &[tekst("etternavn"), tekst("fornavn"), tekst("mellomnavn").valgfri()],
        &[],
    );
}
