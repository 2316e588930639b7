//! From a sealed list to what is sent: a pure function that refuses rather than sends something incomplete.

use super::wire::{Elev, Elevliste, Elevlisteendringer, Endring, Kontekst, Personnavn, Skole};
use crate::error::LagFeil;
use elevliste::{Elevlinje, Endringsslag};
use flow::{Forsendelse, Oppdatering};
use identitet::Organisasjonsnummer;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is sent.
#[derive(Debug)]
pub(crate) enum Body {
    /// The whole list, to a receiver that has none.
    List(Elevliste),
    /// What has changed in the version with this tag.
    Changes(Elevlisteendringer, String),
}

/// Makes what is to be sent of a list.
///
/// # Errors
/// The first thing that the contract requires and the list lacks.
pub(crate) fn make(forsendelse: &Forsendelse) -> Result<Body, LagFeil> {
    let orgnr = forsendelse.skole.organisasjonsnummer.as_deref().and_then(|nummer| nummer.parse().ok());
    let orgnr = orgnr.ok_or(LagFeil::Skole)?;
    if !is_key(&forsendelse.idempotens) {
        return Err(LagFeil::Felt { felt: "Idempotency-Key" });
    }
    let elever = pupils(&forsendelse.linjer)?;
    Ok(match &forsendelse.oppdatering {
        // An update may take the last one away that is free to be sent; a list of nobody is none.
        None if elever.is_empty() => return Err(LagFeil::Tom),
        None => Body::List(list(orgnr, forsendelse, elever)),
        Some(oppdatering) => Body::Changes(changes(orgnr, forsendelse, elever, oppdatering)?, oppdatering.etag.clone()),
    })
}

fn list(organisasjonsnummer: Organisasjonsnummer, forsendelse: &Forsendelse, elever: Vec<Elev>) -> Elevliste {
    let skole = Skole { organisasjonsnummer };
    Elevliste { context: Kontekst::V1, kind: "Elevliste", skole, skolear: forsendelse.skolear, elever }
}

fn changes(
    organisasjonsnummer: Organisasjonsnummer,
    forsendelse: &Forsendelse,
    elever: Vec<Elev>,
    oppdatering: &Oppdatering,
) -> Result<Elevlisteendringer, LagFeil> {
    if oppdatering.endringer.is_empty() {
        return Err(LagFeil::Felt { felt: "endringer" });
    }
    if !is_etag(&oppdatering.etag) {
        return Err(LagFeil::Felt { felt: "If-Match" });
    }
    let mut elever: BTreeMap<Uuid, Elev> = elever.into_iter().map(|elev| (elev.elev_ref, elev)).collect();
    let mut seen = BTreeSet::new();
    let mut endringer = Vec::with_capacity(oppdatering.endringer.len());
    for (elev_ref, slag) in &oppdatering.endringer {
        // A pupil who is named twice, or is to be there without having a line: what was sealed contradicts itself.
        let once = seen.insert(*elev_ref);
        let mut elev = || elever.remove(elev_ref).filter(|_| once).ok_or(LagFeil::Felt { felt: "endringer" });
        endringer.push(match slag {
            Endringsslag::Ny => Endring::Ny { elev: elev()? },
            Endringsslag::Endret => Endring::Endre { elev: elev()? },
            Endringsslag::Borte if once && !elever.contains_key(elev_ref) => Endring::Fjern { elev_ref: *elev_ref },
            Endringsslag::Borte => return Err(LagFeil::Felt { felt: "endringer" }),
        });
    }
    let skole = Skole { organisasjonsnummer };
    let kind = "Elevlisteendringer";
    Ok(Elevlisteendringer { context: Kontekst::V1, kind, skole, skolear: forsendelse.skolear, endringer })
}

fn pupils(linjer: &[Elevlinje]) -> Result<Vec<Elev>, LagFeil> {
    let mut seen = BTreeSet::new();
    let line = |(linje, nr): (&Elevlinje, usize)| {
        let felt = if seen.insert(linje.elev) { pupil(linje) } else { Err("elevRef") };
        felt.map_err(|felt| LagFeil::Linje { linje: nr, felt })
    };
    linjer.iter().zip(1..).map(line).collect()
}

/// A line as it is sent, or the field that it lacks.
pub(crate) fn pupil(linje: &Elevlinje) -> Result<Elev, &'static str> {
    let klassekode = linje.klasse.clone().filter(|kode| !kode.trim().is_empty()).ok_or("klassekode")?;
    let nummer = linje.identitetsnummer.clone().filter(|nummer| {
        let nummer = nummer.vis();
        nummer.len() == 11 && nummer.bytes().all(|b| b.is_ascii_digit())
    });
    Ok(Elev {
        elev_ref: linje.elev,
        klassekode,
        identitetsnummer: nummer.ok_or("identitetsnummer")?,
        navn: Personnavn {
            fornavn: linje.fornavn.clone(),
            mellomnavn: linje.mellomnavn.clone().filter(|navn| !navn.vis().trim().is_empty()),
            etternavn: linje.etternavn.clone(),
        },
    })
}

/// What may stand between quotes in `Idempotency-Key`.
fn is_key(text: &str) -> bool {
    (1..=255).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\')
}

/// A strong tag, quotes and all. A weak one cannot guard a write.
pub(crate) fn is_etag(text: &str) -> bool {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.is_some_and(|tag| (1..=64).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_graphic() && b != b'"'))
}

#[cfg(test)]
pub(crate) mod tests;
