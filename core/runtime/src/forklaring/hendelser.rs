//! What has changed, when, and in which trace: fields, never values.

use super::mappe::{Kildehistorie, Klassegang, Mappe};
use super::versjon::{Historie, sporets_id, ulike_felter};
use crate::Listeversjon;
use crate::melding::hode;
use elevliste::Listenokkel;
use hendelse::Fintklasse;
use liste::forklaring::{Hendelse, Lag};
use serde::Serialize;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a history does not tell of: how an address is or was protected.
const FORTIES: [&str; 1] = ["graderingsnivaa"];

/// The changes of what the sources and FINT say of a pupil.
pub(super) fn av_mappe(mappe: &Mappe) -> Vec<Hendelse> {
    let mut ut = Vec::new();
    mappe.brukere.iter().for_each(|bruker| kilde(&mut ut, bruker));
    mappe.register.iter().for_each(|svar| kilde(&mut ut, svar));
    mappe.personer.iter().for_each(|person| fint(&mut ut, person));
    for gang in &mappe.skolegang {
        kilde(&mut ut, &gang.org);
        fint(&mut ut, &gang.skole);
        fint(&mut ut, &gang.elevforhold);
    }
    ut
}

/// The changes of the pupil's class.
pub(super) fn av_klasse(gang: &Klassegang) -> Vec<Hendelse> {
    let mut ut = Vec::new();
    gang.class.iter().for_each(|class| kilde(&mut ut, class));
    gang.klasse.iter().for_each(|klasse| fint(&mut ut, klasse));
    gang.medlemskap.iter().for_each(|medlemskap| fint(&mut ut, medlemskap));
    ut
}

/// The changes of the pupil's line. A time in which people handled the pupil is passed over: it is nobody's to know.
pub(super) fn av_liste(nokkel: &Listenokkel, versjoner: &[Listeversjon], elever: &BTreeSet<Uuid>) -> Vec<Hendelse> {
    let mut ut = Vec::new();
    let mut for_ = None;
    let manuelt = |versjon: &&Listeversjon| {
        versjon.liste.iter().flat_map(|liste| &liste.skjermede).any(|elev| elever.contains(elev))
    };
    for versjon in versjoner.iter().filter(|versjon| !manuelt(versjon)) {
        let linjer = versjon.liste.iter().flat_map(|liste| &liste.linjer);
        let na = linjer.into_iter().find(|linje| elever.contains(&linje.elev));
        let (hva, felter) = match (for_, na) {
            (None, None) => continue,
            (None, Some(_)) => ("ny", vec![]),
            (Some(_), None) => ("fjernet", vec![]),
            (Some(a), Some(b)) if a == b => continue,
            (Some(a), Some(b)) => ("endret", ulike_felter(a, b)),
        };
        for_ = na;
        let spor = hode(&versjon.post).ok().and_then(|hode| hode.spor).as_ref().map(sporets_id);
        let (hvor, hva) = (nokkel.to_string(), hva.to_owned());
        ut.push(Hendelse { tid: versjon.tid, lag: Lag::Liste, hvor, hva, felter, spor });
    }
    ut
}

fn kilde<T: Serialize>(ut: &mut Vec<Hendelse>, historie: &Kildehistorie<T>) {
    av_historie(ut, Lag::Kilde, format!("{} {}", historie.kilde, historie.typ), &historie.historie);
}

fn fint<T: Serialize>(ut: &mut Vec<Hendelse>, historie: &Historie<T>) {
    let hendelse::Emne::Fint { klasse, .. } = historie.emne else { return };
    av_historie(ut, Lag::Fint, klassenavn(klasse), historie);
}

fn av_historie<T: Serialize>(ut: &mut Vec<Hendelse>, lag: Lag, hvor: String, historie: &Historie<T>) {
    let mut for_: Option<&T> = None;
    for versjon in &historie.versjoner {
        let mut felter = match (for_, &versjon.verdi) {
            (Some(a), Some(b)) => ulike_felter(a, b),
            _ => vec![],
        };
        let var = felter.len();
        felter.retain(|felt| !FORTIES.contains(&felt.as_str()));
        for_ = versjon.verdi.as_ref();
        if var == 0 || !felter.is_empty() {
            let (hvor, hva, spor) = (hvor.clone(), versjon.hva.clone(), versjon.spor.clone());
            ut.push(Hendelse { tid: versjon.tid, lag, hvor, hva, felter, spor });
        }
    }
}

/// FINT's name of a class: the end of its subject, as FINT writes it.
fn klassenavn(klasse: Fintklasse) -> String {
    let navn = klasse.as_str().rsplit('.').next().unwrap_or_default();
    let mut bokstaver = navn.chars();
    bokstaver.next().map_or_else(String::new, |forste| forste.to_uppercase().chain(bokstaver).collect())
}
