//! Reasons that people write: something, not too long, and never an identity number.

use super::Handlingsfeil;
use crate::holder_nummer;

/// Longer is a letter, not a reason.
const LENGST: usize = 500;

pub(super) fn sjekk(grunn: &str) -> Result<(), Handlingsfeil> {
    if grunn.trim().is_empty() {
        Err(Handlingsfeil::TomGrunn)
    } else if grunn.chars().count() > LENGST {
        Err(Handlingsfeil::LangGrunn)
    } else if holder_nummer(grunn) {
        Err(Handlingsfeil::NummerIGrunn)
    } else {
        Ok(())
    }
}
