//! Small changes to one Elev's dated identifiers. They stay sorted, oldest first.

use fint::tillegg::{DatertIdentifikator, FODSELSNUMMER, Identitetshistorikk, KILDE};
use identitet::Skjermet;
use jiff::Timestamp;

/// A source's own id for a user.
pub(super) fn kildeid(kilde: &str, verdi: &Skjermet<String>, fra: Timestamp) -> DatertIdentifikator {
    DatertIdentifikator {
        type_: format!("{KILDE}{kilde}"),
        verdi: verdi.clone(),
        fra,
        til: None,
        kilde: kilde.to_owned(),
    }
}

/// A number, as a source gave it.
pub(super) fn nummer(kilde: &str, verdi: &Skjermet<String>, fra: Timestamp) -> DatertIdentifikator {
    DatertIdentifikator {
        type_: FODSELSNUMMER.to_owned(),
        verdi: verdi.clone(),
        fra,
        til: None,
        kilde: kilde.to_owned(),
    }
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

/// Makes one history part of another.
pub(super) fn sla_sammen(i: &mut Identitetshistorikk, fra: Identitetshistorikk) {
    for id in fra.identifikatorer {
        let samme = |har: &&mut DatertIdentifikator| {
            har.til.is_none() && id.til.is_none() && har.type_ == id.type_ && har.verdi == id.verdi
        };
        match i.identifikatorer.iter_mut().find(samme) {
            Some(har) if har.fra <= id.fra => {}
            Some(har) => *har = id,
            None => i.identifikatorer.push(id),
        }
    }
    i.slatt_sammen_med.push(fra.elev);
    i.slatt_sammen_med.extend(fra.slatt_sammen_med);
    i.slatt_sammen_med.retain(|elev| *elev != i.elev);
    i.slatt_sammen_med.sort_unstable();
    i.slatt_sammen_med.dedup();
    sorter(i);
}

fn sorter(historikk: &mut Identitetshistorikk) {
    historikk.identifikatorer.sort_by(|a, b| {
        (a.fra, &a.type_, &a.verdi, a.til, &a.kilde).cmp(&(b.fra, &b.type_, &b.verdi, b.til, &b.kilde))
    });
}
