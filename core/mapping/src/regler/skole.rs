//! KA-01x: org → Skole.

use super::Mapped;
use crate::poster::Orgpost;
use fint::{Identifikator, Skole};
use kodeverk::Skolenummer;
use uuid::Uuid;

/// KA-010. `vigo` is VIGO's number for the school, if its code base tells.
pub(crate) fn skole(id: Uuid, post: &Orgpost, vigo: Option<Skolenummer>) -> Mapped<Skole> {
    let id = id.to_string();
    let skolenummer = Skole::skolenummer_av(vigo.as_ref().map(Skolenummer::as_str), &id);
    let mut skole = Skole::ny(Identifikator::ny(id), skolenummer, post.org.name.as_str());
    skole.organisasjonsnummer = post.orgnr.map(Identifikator::ny);
    let mut ut = Mapped::ren(skole);
    if vigo.is_none() {
        ut.avvik("KA-011", "identifier");
    }
    if post.orgnr.is_none() {
        ut.avvik("KA-012", "identifier");
    }
    ut
}
