//! KA-01x: org → Skole, and what stands beside it.

use super::Mapped;
use crate::poster::Orgpost;
use crate::vigo::Oppslag;
use fint::{Identifikator, Skole, tillegg::Skoletillegg};
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

/// KA-013: nothing stands beside a school that is simply found.
pub(crate) fn skoletillegg(id: Uuid, kildens: Option<Skolenummer>, vigo: Oppslag) -> Mapped<Skoletillegg> {
    if vigo.merknader.is_empty() {
        return Mapped { verdi: None, avvik: Vec::new() };
    }
    Mapped::ren(Skoletillegg {
        skole: id,
        merknader: vigo.merknader,
        numre: vigo.numre.into_iter().map(String::from).collect(),
        kildens: kildens.map(String::from),
        valgt: vigo.valgt.map(String::from),
    })
}
