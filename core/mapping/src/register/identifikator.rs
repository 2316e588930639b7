//! What a dated identifier names.

use crate::identifikatorer::Identifikatorer;
use fint::tillegg::{DatertIdentifikator, FODSELSNUMMER, KILDE};
use hendelse::K;
use uuid::Uuid;

/// The user that an identifier of a source names.
pub(super) fn bruker(id: &DatertIdentifikator, ider: &Identifikatorer) -> Option<Uuid> {
    Some(ider.bruker(id.type_.strip_prefix(KILDE)?, id.verdi.vis()))
}

/// The hash of an identifier that is a number, as a school gave it.
pub(super) fn nummer(id: &DatertIdentifikator, ider: &Identifikatorer) -> Option<K> {
    (id.type_ == FODSELSNUMMER).then(|| ider.nummer(id.verdi.vis()))?
}
