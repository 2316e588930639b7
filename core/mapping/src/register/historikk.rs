//! Small changes to one Elev's dated identifiers. They stay sorted, oldest first.

use crate::personregister::Svar;
use fint::tillegg::{DatertIdentifikator, FODSELSNUMMER, FOLKEREGISTERIDENTIFIKATOR, Identitetshistorikk, KILDE};
use folkeregister::Identifikatorstatus;
use identitet::Skjermet;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A source's own id for a user.
pub(super) fn kildeid(kilde: &str, verdi: &Skjermet<String>, fra: Timestamp) -> DatertIdentifikator {
    ny(format!("{KILDE}{kilde}"), kilde, verdi, fra)
}

/// A number, as a source gave it.
pub(super) fn nummer(kilde: &str, verdi: &Skjermet<String>, fra: Timestamp) -> DatertIdentifikator {
    ny(FODSELSNUMMER.to_owned(), kilde, verdi, fra)
}

fn ny(type_: String, kilde: &str, verdi: &Skjermet<String>, fra: Timestamp) -> DatertIdentifikator {
    DatertIdentifikator { type_, verdi: verdi.clone(), fra, til: None, kilde: kilde.to_owned(), opprinnelig: None }
}

/// Adds an identifier, unless the same is in use already.
pub(super) fn apne(historikk: &mut Identitetshistorikk, ny: DatertIdentifikator) {
    let har = |id: &DatertIdentifikator| id.til.is_none() && id.type_ == ny.type_ && id.verdi == ny.verdi;
    if !historikk.identifikatorer.iter().any(har) {
        historikk.identifikatorer.push(ny);
        sorter(historikk);
    }
}

/// Ends the identifiers in use for which there is an end. It is never before their start.
pub(super) fn lukk(historikk: &mut Identitetshistorikk, slutt: impl Fn(&DatertIdentifikator) -> Option<Timestamp>) {
    for id in historikk.identifikatorer.iter_mut().filter(|id| id.til.is_none()) {
        id.til = slutt(id).map(|til| til.max(id.fra));
    }
    sorter(historikk);
}

/// Notes which numbers the answers of Folkeregisteret give the Elev. One that the register calls replaced when it is first
/// seen is in use for no time at all.
pub(super) fn for_register(historikk: &mut Identitetshistorikk, svar: &[&Svar]) {
    let Some(siste) = svar.iter().map(|s| s.sett).max() else { return };
    let mut sagt: BTreeMap<&Skjermet<String>, (&Svar, bool)> = BTreeMap::new();
    for svar in svar {
        for (_, verdi, status) in svar.numre() {
            let ny = (*svar, status != Identifikatorstatus::Opphoert);
            let har = sagt.entry(verdi).or_insert(ny);
            if ny.0.rang() > har.0.rang() {
                *har = ny;
            }
        }
    }
    let er_registerets = |id: &DatertIdentifikator| id.type_ == FOLKEREGISTERIDENTIFIKATOR;
    lukk(historikk, |id| match sagt.get(&id.verdi) {
        _ if !er_registerets(id) => None,
        Some((_, true)) => None,
        Some((svar, false)) => Some(svar.sett),
        None => Some(siste),
    });
    for (verdi, (svar, i_bruk)) in sagt {
        let ny = ny(FOLKEREGISTERIDENTIFIKATOR.to_owned(), svar.kilde.as_str(), verdi, svar.sett);
        if i_bruk {
            apne(historikk, ny);
        } else if !historikk.identifikatorer.iter().any(|id| er_registerets(id) && id.verdi == *verdi) {
            historikk.identifikatorer.push(DatertIdentifikator { til: Some(ny.fra), ..ny });
            sorter(historikk);
        }
    }
}

/// The history of an Elev, which comes first, and its parts.
pub(super) fn hel<'a>(mut alle: impl Iterator<Item = &'a Identitetshistorikk>) -> Option<Identitetshistorikk> {
    let mut hel = alle.next()?.clone();
    for del in alle {
        let opprinnelig = Some(del.elev);
        let identifikatorer = del.identifikatorer.iter().map(|id| DatertIdentifikator { opprinnelig, ..id.clone() });
        hel.identifikatorer.extend(identifikatorer);
        hel.slatt_sammen_med.push(del.elev);
        hel.slatt_sammen_med.extend(&del.slatt_sammen_med);
    }
    hel.slatt_sammen_med.sort_unstable();
    hel.slatt_sammen_med.dedup();
    sorter(&mut hel);
    Some(hel)
}

fn sorter(historikk: &mut Identitetshistorikk) {
    historikk.identifikatorer.sort_by(|a, b| {
        let a = (a.fra, &a.type_, &a.verdi, a.til, &a.kilde, a.opprinnelig);
        a.cmp(&(b.fra, &b.type_, &b.verdi, b.til, &b.kilde, b.opprinnelig))
    });
}
