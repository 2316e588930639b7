//! What the source says of a pupil at a school and FINT has no field for.

use super::{Adressebeskyttelse, Registermerknad, uuid_tekst};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Stands beside one Elevforhold.
///
/// `Debug` hides what Folkeregisteret says: a pupil's id next to it would tell a log reader who is in hiding.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Elevtillegg {
    /// `Elevforhold.systemId`.
    #[serde(with = "uuid_tekst")]
    pub elevforhold: Uuid,
    /// `Elev.systemId`.
    #[serde(with = "uuid_tekst")]
    pub elev: Uuid,
    /// The source's grades as they stand, e.g. `10`. FINT knows only the grade of the class.
    pub trinn: Vec<String>,
    /// Which source said it.
    pub kilde: String,
    /// When the source says it last changed the pupil.
    pub kilde_endret: Option<Timestamp>,
    /// Address protection of the pupil.
    pub adressebeskyttelse: Adressebeskyttelse,
    /// What Folkeregisteret has to remark; absent where it has not been asked, or has not answered.
    #[serde(default)]
    pub register: Option<Vec<Registermerknad>>,
}

impl fmt::Debug for Elevtillegg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { elevforhold, elev, trinn, kilde, kilde_endret, adressebeskyttelse: _, register: _ } = self;
        f.debug_struct("Elevtillegg")
            .field("elevforhold", elevforhold)
            .field("elev", elev)
            .field("trinn", trinn)
            .field("kilde", kilde)
            .field("kilde_endret", kilde_endret)
            .field("adressebeskyttelse", &format_args!("***"))
            .field("register", &format_args!("***"))
            .finish()
    }
}
