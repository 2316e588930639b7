//! From what is keyed in to OneRoster's objects, and back.

use super::{Tastet, Tastetelev, Tastetskole};
use flow::{Kildeobjekt, Observed};
use identitet::Skjermet;
use kodeverk::Skolear;
use oneroster::{AcademicSession, Class, Enrollment, Kildeid, Objekt, Org, Role, Status, User};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// The objects of a school and its pupils: what is referred to before what refers, each once.
///
/// A class of several grades is one object for each grade: FINT's classes have one, and each object then follows from
/// its pupils one by one, so that a change of one pupil says the same as the whole.
pub fn observasjoner(tastet: &Tastet) -> Vec<Observed> {
    let tastet = tastet.ryddet();
    let mut ut = vec![aktiv(skole(&tastet.skole)), aktiv(skolear(tastet.skolear))];
    let mut klasser = BTreeSet::new();
    for elev in &tastet.elever {
        if klasser.insert((&elev.trinn, &elev.klasse)) {
            ut.push(aktiv(klasse(&tastet.skole, tastet.skolear, elev)));
        }
    }
    for elev in &tastet.elever {
        ut.push(aktiv(bruker(&tastet.skole, elev)));
    }
    for elev in &tastet.elever {
        ut.push(aktiv(tilknytning(&tastet.skole, tastet.skolear, elev)));
    }
    ut
}

/// What says that a pupil is gone. The class stays: others may go in it.
pub(super) fn gravsteiner(skole: &Tastetskole, skolear: Skolear, elev: &Tastetelev) -> Vec<Observed> {
    let (skole, elev) = (skole.ryddet(), elev.ryddet());
    [bruker(&skole, &elev), tilknytning(&skole, skolear, &elev)]
        .map(|objekt| Observed { status: Status::Tobedeleted, ..aktiv(objekt) })
        .into()
}

fn aktiv(objekt: Objekt) -> Observed {
    Observed { status: Status::Active, modified: None, objekt: objekt.into() }
}

fn skole_id(skole: &Tastetskole) -> Kildeid {
    format!("skole-{}", skole.organisasjonsnummer).into()
}

fn skolear_id(skolear: Skolear) -> Kildeid {
    format!("skolear-{skolear}").into()
}

fn klasse_id(skole: &Tastetskole, skolear: Skolear, elev: &Tastetelev) -> Kildeid {
    format!("klasse-{}-{skolear}-{}-{}", skole.organisasjonsnummer, elev.trinn, elev.klasse).into()
}

fn skole(skole: &Tastetskole) -> Objekt {
    Objekt::Org(Org {
        sourced_id: skole_id(skole),
        name: skole.navn.clone(),
        r#type: "school".to_owned(),
        identifier: Some(skole.organisasjonsnummer.clone()),
        vigo_id: skole.vigo_id.clone(),
        parent: None,
    })
}

fn skolear(skolear: Skolear) -> Objekt {
    Objekt::AcademicSession(AcademicSession {
        sourced_id: skolear_id(skolear),
        title: skolear.to_string(),
        r#type: "schoolYear".to_owned(),
        start_date: Some(skolear.forste_dag()),
        end_date: skolear.siste_dag().tomorrow().ok(),
        school_year: Some(skolear.sluttar().to_string()),
    })
}

fn klasse(skole: &Tastetskole, skolear: Skolear, elev: &Tastetelev) -> Objekt {
    Objekt::Class(Class {
        sourced_id: klasse_id(skole, skolear, elev),
        title: elev.klasse.clone(),
        class_code: Some(elev.klasse.clone()),
        school: skole_id(skole),
        terms: vec![skolear_id(skolear)],
        grades: vec![elev.trinn.clone()],
    })
}

fn bruker(skole: &Tastetskole, elev: &Tastetelev) -> Objekt {
    let navn = |navn: &Skjermet<String>| Some(navn.clone()).filter(|navn| !navn.vis().is_empty());
    Objekt::User(User {
        sourced_id: elev.id.to_string().into(),
        given_name: navn(&elev.fornavn),
        middle_name: elev.mellomnavn.clone(),
        family_name: navn(&elev.etternavn),
        identifier: elev.identitetsnummer.clone(),
        grades: vec![elev.trinn.clone()],
        roles: vec![Role { org: skole_id(skole), primary: true, begin_date: None, end_date: None }],
    })
}

/// One for each pupil, school and year, whatever the class: who changes class changes it.
fn tilknytning(skole: &Tastetskole, skolear: Skolear, elev: &Tastetelev) -> Objekt {
    Objekt::Enrollment(Enrollment {
        sourced_id: format!("elev-{}-{}-{skolear}", elev.id, skole.organisasjonsnummer).into(),
        user: elev.id.to_string().into(),
        class: klasse_id(skole, skolear, elev),
        school: skole_id(skole),
        begin_date: None,
        end_date: None,
    })
}

/// What KILDE holds of a source of keyed-in pupils, as it was keyed in: by school and school year, pupils by their ids.
///
/// A school without pupils is shown for each school year that is known. What was not keyed in here is left out.
pub fn tilbake<'a>(objekter: impl IntoIterator<Item = &'a Kildeobjekt>) -> Vec<Tastet> {
    let (mut skoler, mut okter, mut klasser, mut brukere) =
        (HashMap::new(), HashMap::new(), HashMap::new(), HashMap::new());
    let mut tilknytninger = Vec::new();
    for objekt in objekter {
        let Kildeobjekt::Roster(objekt) = objekt else { continue };
        match objekt {
            Objekt::Org(o) => drop(skoler.insert(o.sourced_id.vis(), o)),
            Objekt::AcademicSession(o) => drop(okter.insert(o.sourced_id.vis(), o)),
            Objekt::Class(o) => drop(klasser.insert(o.sourced_id.vis(), o)),
            Objekt::User(o) => drop(brukere.insert(o.sourced_id.vis(), o)),
            Objekt::Enrollment(o) => tilknytninger.push(o),
        }
    }
    let ar = |okt: &&AcademicSession| okt.school_year.as_deref().and_then(|ar| Skolear::fra_oneroster(ar).ok());
    let mut ut: BTreeMap<(String, Skolear), Tastet> = BTreeMap::new();
    for skolear in okter.values().filter_map(ar) {
        for org in skoler.values() {
            let skole = Tastetskole {
                organisasjonsnummer: org.identifier.clone().unwrap_or_default(),
                navn: org.name.clone(),
                vigo_id: org.vigo_id.clone(),
            };
            let tastet = Tastet { skole, skolear, elever: Vec::new() };
            ut.insert((org.sourced_id.vis().clone(), skolear), tastet);
        }
    }
    for tilknytning in tilknytninger {
        let (Some(klasse), Some(bruker)) = (klasser.get(tilknytning.class.vis()), brukere.get(tilknytning.user.vis()))
        else {
            continue;
        };
        let skolear = klasse.terms.iter().find_map(|okt| okter.get(okt.vis()).and_then(ar));
        let Some((skolear, elev)) = skolear.zip(elev(bruker, klasse)) else { continue };
        if let Some(tastet) = ut.get_mut(&(tilknytning.school.vis().clone(), skolear)) {
            tastet.elever.push(elev);
        }
    }
    let mut ut: Vec<_> = ut.into_values().collect();
    ut.iter_mut().for_each(|tastet| tastet.elever.sort_by_key(|elev| elev.id));
    ut
}

fn elev(bruker: &User, klasse: &Class) -> Option<Tastetelev> {
    Some(Tastetelev {
        id: bruker.sourced_id.vis().parse::<Uuid>().ok()?,
        identitetsnummer: bruker.identifier.clone(),
        fornavn: bruker.given_name.clone().unwrap_or_default(),
        mellomnavn: bruker.middle_name.clone(),
        etternavn: bruker.family_name.clone().unwrap_or_default(),
        klasse: klasse.title.clone(),
        trinn: klasse.grades.first().cloned().unwrap_or_default(),
    })
}
