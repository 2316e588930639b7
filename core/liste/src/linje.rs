//! One pupil's line, and the rules about it.

use crate::{folkeregister, regler::brudd, tilstand::Person, utvalg::Utvalg};
use elevliste::{Avvik, Elevlinje, Listenokkel, Opphav};
use hendelse::K;
use identitet::{Dom, Grunn, Skjermet, Ugyldig, klassifiser};
use kodeverk::Skolear;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// How often each pupil and each number stands on the list.
#[derive(Debug, Default)]
pub(crate) struct Opptelling {
    elever: HashMap<Uuid, u32>,
    numre: HashMap<K, u32>,
}

impl Opptelling {
    pub(crate) fn av(utvalg: Utvalg<'_>, elevforhold: &[Uuid]) -> Self {
        let mut tall = Self::default();
        for elev in elevforhold.iter().filter_map(|e| utvalg.tilstand.elevforhold.get(e)?.elev) {
            *tall.elever.entry(elev).or_default() += 1;
            if let Some(nummer) = utvalg.tilstand.person(elev).and_then(|p| p.samme) {
                *tall.numre.entry(nummer).or_default() += 1;
            }
        }
        tall
    }

    fn flere(&self, elev: Uuid, nummer: Option<K>) -> bool {
        self.elever.get(&elev).is_some_and(|n| *n > 1)
            || nummer.is_some_and(|n| self.numre.get(&n).is_some_and(|n| *n > 1))
    }
}

/// The line of an enrolment that is on this list.
pub(crate) fn linje(
    utvalg: Utvalg<'_>,
    elevforhold: Uuid,
    liste: &Listenokkel,
    tall: &Opptelling,
) -> Option<Elevlinje> {
    let elev = utvalg.tilstand.elevforhold.get(&elevforhold)?.elev?;
    let person = utvalg.tilstand.person(elev);
    let mut avvik = Vec::new();

    avvik.extend(nummer(utvalg, person, liste.skolear));
    let valgt = klasse(utvalg, elevforhold, &mut avvik);
    avvik.extend(navn(person));
    avvik.extend(folkeregister::avvik(utvalg, person, elevforhold));
    if tall.flere(elev, person.and_then(|p| p.samme)) {
        avvik.push(brudd("EL-004", None));
    }
    avvik.extend(andre_skoler(utvalg, elevforhold, liste).iter().map(|nr| brudd("EL-005", Some(nr))));
    if utvalg.trinnene(elevforhold).er_uenige() {
        avvik.push(brudd("EL-009", None));
    }
    avvik.sort_by(|a, b| (&a.regel, &a.detalj).cmp(&(&b.regel, &b.detalj)));

    let tom = || Skjermet::from("");
    Some(Elevlinje {
        elev,
        klasse: valgt.map(|(navn, _)| navn.to_owned()),
        identitetsnummer: person.and_then(|p| p.nummer.clone()),
        fornavn: person.map_or_else(tom, |p| p.navn.fornavn.clone()),
        mellomnavn: person.and_then(|p| p.navn.mellomnavn.clone()),
        etternavn: person.map_or_else(tom, |p| p.navn.etternavn.clone()),
        avvik,
        opphav: Some(opphav(utvalg, elevforhold, elev, valgt.map(|(_, klasse)| klasse))),
    })
}

/// The resources that the line is made from.
fn opphav(utvalg: Utvalg<'_>, elevforhold: Uuid, elev: Uuid, klasse: Option<Uuid>) -> Opphav {
    let t = utvalg.tilstand;
    let i_klassen = |id: &Uuid| klasse.is_some() && t.medlemskap.get(id).is_some_and(|m| m.klasse == klasse);
    let medlemskap = t.medlemskap_ved.ved(&elevforhold).filter(i_klassen).min();
    Opphav { elevforhold, person: t.person_id(elev), klasse, medlemskap }
}

/// EL-001, EL-006, EL-007, EL-008.
fn nummer(utvalg: Utvalg<'_>, person: Option<&Person>, skolear: Skolear) -> Vec<Avvik> {
    let Some(nummer) = person.and_then(|p| p.nummer.as_ref()) else { return vec![brudd("EL-007", None)] };
    let klassifisert = klassifiser(nummer.vis());
    let mut avvik = match utvalg.regelsett.politikk.vurder(&klassifisert) {
        Dom::Avvis(grunn) => return vec![brudd("EL-001", Some(&kode(grunn)))],
        Dom::Advar(grunn) => vec![brudd("EL-008", Some(&kode(grunn)))],
        Dom::Godta => Vec::new(),
    };
    let ventet = i32::from(utvalg.regelsett.trinn.vanlig_fodselsaar(skolear.startar()));
    if klassifisert.fodselsaar().is_some_and(|ar| ar != ventet) {
        avvik.push(brudd("EL-006", Some(&ventet.to_string())));
    }
    avvik
}

/// The reason's code; for a number of the wrong form also what is wrong with the form: `ID-FORMAT/ten_digits`.
fn kode(grunn: Grunn) -> String {
    match grunn {
        Grunn::Ugyldig(Ugyldig::Format(feil)) => format!("{}/{}", grunn.kode(), feil.as_str()),
        _ => grunn.kode().to_owned(),
    }
}

/// EL-002, EL-010, and the class: of several the first by name.
fn klasse<'a>(utvalg: Utvalg<'a>, elevforhold: Uuid, avvik: &mut Vec<Avvik>) -> Option<(&'a str, Uuid)> {
    let klasser = utvalg.klasser(elevforhold);
    let navn = |id: &Uuid| Some(utvalg.tilstand.klasser[id].navn.trim()).filter(|navn| !navn.is_empty());
    let valgt = klasser.iter().filter_map(|id| Some((navn(id)?, *id))).min();
    if valgt.is_none() {
        avvik.push(brudd("EL-002", None));
    } else if klasser.len() > 1 {
        avvik.push(brudd("EL-010", None));
    }
    valgt
}

/// EL-003.
fn navn(person: Option<&Person>) -> Option<Avvik> {
    let mangler = |navn: Option<&Skjermet<String>>| navn.is_none_or(|n| n.vis().trim().is_empty());
    let felt = match (mangler(person.map(|p| &p.navn.fornavn)), mangler(person.map(|p| &p.navn.etternavn))) {
        (false, false) => return None,
        (true, false) => "fornavn",
        (false, true) => "etternavn",
        (true, true) => "navn",
    };
    Some(Avvik { felt: Some(felt.to_owned()), ..brudd("EL-003", None) })
}

/// The numbers of other schools on whose list of the same year the person stands.
fn andre_skoler(utvalg: Utvalg<'_>, elevforhold: Uuid, liste: &Listenokkel) -> BTreeSet<String> {
    let andre = utvalg.tilstand.samme_person(elevforhold).into_iter().filter_map(|e| utvalg.pa_liste(e));
    andre.filter(|l| l != liste && l.skolear == liste.skolear).map(|l| l.skolenr).collect()
}
