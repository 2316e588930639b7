//! Checking receipts. Strict: what is not exactly as it was issued is refused, and nothing that was read is quoted.

use super::form::{ALG, ELEV, Elevkvittering, LISTE, Listekvittering, VERSJON, kanonisk};
use super::nokkel::Nokkelring;
use super::tre;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// No receipt is larger: a pupil's has names, and some tens of hashes.
const MAKS: usize = 64 * 1024;

/// Why a receipt proves nothing. Holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Bevisfeil {
    /// Too large.
    #[error("it is larger than any receipt")]
    ForStor,
    /// It is something else, or a receipt with missing, unknown or unreadable fields.
    #[error("it is not a receipt, or some of it is missing, foreign or unreadable")]
    Ukjent,
    /// A version that this program does not know.
    #[error("it is of version {0}, which this program does not know; take a newer program")]
    Versjon(u32),
    /// It says what a receipt says, but is not written as one.
    #[error("it is not written as it was issued: a receipt is the canonical form of its JSON, byte for byte")]
    IkkeKanonisk,
    /// Signed with a key that is not among the trusted.
    #[error("it is signed with a key that is not among those you trust (kid {kid})")]
    UkjentNokkel {
        /// The key that it names.
        kid: String,
    },
    /// The signature does not fit.
    #[error("the signature does not fit: the receipt was changed, or somebody else has made it")]
    Signatur,
    /// The pupil is not on the list.
    #[error("the pupil does not belong to the list: the receipt was changed, or somebody else has made it")]
    Elev,
}

/// A receipt that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verifisert {
    /// Of a list.
    Liste(Listekvittering),
    /// Of a pupil.
    Elev(Elevkvittering),
}

impl Verifisert {
    /// The receipt of the list.
    pub const fn liste(&self) -> &Listekvittering {
        match self {
            Self::Liste(liste) => liste,
            Self::Elev(elev) => &elev.liste,
        }
    }
}

#[derive(Deserialize)]
struct Hode {
    slag: String,
    versjon: u32,
}

impl Nokkelring {
    /// Checks the content of a receipt file with the keys of this ring.
    ///
    /// # Errors
    /// The first reason why it proves nothing.
    pub fn verifiser(&self, fil: &[u8]) -> Result<Verifisert, Bevisfeil> {
        let fil = fil.strip_suffix(b"\n").unwrap_or(fil);
        let slag = hode(fil)?.slag;
        match slag.as_str() {
            LISTE => {
                let liste: Listekvittering = les(fil)?;
                self.signatur(&liste)?;
                Ok(Verifisert::Liste(liste))
            }
            ELEV => {
                let elev: Elevkvittering = les(fil)?;
                self.signatur(&elev.liste)?;
                let liste = (elev.liste.rot, elev.liste.antall);
                if tre::star_i(liste, elev.linje, &elev.elev, elev.salt, &elev.bevis) {
                    Ok(Verifisert::Elev(elev))
                } else {
                    Err(Bevisfeil::Elev)
                }
            }
            _ => Err(Bevisfeil::Ukjent),
        }
    }

    fn signatur(&self, kvittering: &Listekvittering) -> Result<(), Bevisfeil> {
        if kvittering.slag != LISTE || kvittering.alg != ALG {
            return Err(Bevisfeil::Ukjent);
        }
        if kvittering.versjon != VERSJON {
            return Err(Bevisfeil::Versjon(kvittering.versjon));
        }
        let signatur = kvittering.signatur.ok_or(Bevisfeil::Ukjent)?;
        let usignert = kanonisk(&Listekvittering { signatur: None, ..kvittering.clone() });
        match self.stemmer(kvittering.kid, &usignert, signatur) {
            None => Err(Bevisfeil::UkjentNokkel { kid: kvittering.kid() }),
            Some(false) => Err(Bevisfeil::Signatur),
            Some(true) => Ok(()),
        }
    }
}

fn hode(fil: &[u8]) -> Result<Hode, Bevisfeil> {
    if fil.len() > MAKS {
        return Err(Bevisfeil::ForStor);
    }
    let hode: Hode = serde_json::from_slice(fil).map_err(|_| Bevisfeil::Ukjent)?;
    if hode.versjon == VERSJON { Ok(hode) } else { Err(Bevisfeil::Versjon(hode.versjon)) }
}

/// Reads a receipt that is written as it was issued. Says nothing about who has issued it.
pub(crate) fn les<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T, Bevisfeil> {
    hode(bytes)?;
    let kvittering: T = serde_json::from_slice(bytes).map_err(|_| Bevisfeil::Ukjent)?;
    if kanonisk(&kvittering) == bytes { Ok(kvittering) } else { Err(Bevisfeil::IkkeKanonisk) }
}
