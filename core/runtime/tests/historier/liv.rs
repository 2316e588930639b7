//! What happens at a school, day by day, and what goes wrong in reading it.

use crate::kilde::{Feil, Id, Lunefull, TYPER, Tilstand};
use hendelse::Kildeobjekt;
use identitet::{Grunnlag, tenor_nummer};
use jiff::Timestamp;
use oneroster::{AcademicSession, Class, Enrollment, Objekt, Org, Role, User};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

pub fn trekk(rng: &mut ChaCha8Rng, under: usize) -> usize {
    (rng.next_u64() % under.max(1) as u64) as usize
}

/// Something that happens so many times in a hundred.
pub fn skjer(rng: &mut ChaCha8Rng, prosent: usize) -> bool {
    trekk(rng, 100) < prosent
}

pub fn dager(rng: &mut ChaCha8Rng) -> usize {
    3 + trekk(rng, 12)
}

pub fn org(id: &str, navn: &str) -> Kildeobjekt {
    let (name, r#type) = (navn.to_owned(), "school".to_owned());
    Objekt::Org(Org { sourced_id: id.into(), name, r#type, identifier: None, vigo_id: None, parent: None }).into()
}

pub fn skolear(slutt: i16) -> Kildeobjekt {
    let (start_date, end_date) = (Some(jiff::civil::date(slutt - 1, 8, 1)), Some(jiff::civil::date(slutt, 8, 1)));
    let (sourced_id, title, school_year) = (format!("ar-{slutt}").into(), slutt.to_string(), Some(slutt.to_string()));
    let r#type = "schoolYear".to_owned();
    Objekt::AcademicSession(AcademicSession { sourced_id, title, r#type, start_date, end_date, school_year }).into()
}

pub fn klasse(id: &str, skole: &str, trinn: u8) -> Kildeobjekt {
    let (school, grades) = (skole.into(), vec![trinn.to_string()]);
    let title = format!("{trinn}A");
    Objekt::Class(Class { sourced_id: id.into(), title, class_code: None, school, terms: vec![], grades }).into()
}

pub fn elev(nummer: u16, skole: &str, trinn: u8, navn: &str) -> User {
    let fnr =
        (0..).find_map(|i| tenor_nummer(Grunnlag::Fnr, 2011, 1, 1 + (nummer % 28) as u8, 500 + (nummer + i) % 499));
    User {
        sourced_id: format!("elev-{nummer}").into(),
        given_name: Some(navn.into()),
        middle_name: None,
        family_name: Some("Prøvesen".into()),
        identifier: fnr.map(|n| n.verdi().vis().to_owned().into()),
        grades: vec![trinn.to_string()],
        roles: vec![Role { org: skole.into(), primary: true, begin_date: None, end_date: None }],
    }
}

pub fn medlemskap(id: &str, elev: &str, klasse: &str, skole: &str) -> Kildeobjekt {
    let (user, class, school) = (elev.into(), klasse.into(), skole.into());
    Objekt::Enrollment(Enrollment { sourced_id: id.into(), user, class, school, begin_date: None, end_date: None })
        .into()
}

/// A pupil with a membership.
pub fn kommer(t: &mut Tilstand, nummer: u16, skole: &str) {
    t.legg(Objekt::User(elev(nummer, skole, 10, "Ny")).into());
    let (elev, klasse) = (format!("elev-{nummer}"), format!("{skole}-10a"));
    t.legg(medlemskap(&format!("m-{nummer}-{skole}"), &elev, &klasse, skole));
}

/// Two schools and some pupils.
pub fn begynn(rng: &mut ChaCha8Rng) -> Tilstand {
    let mut t = Tilstand::default();
    t.ny_dag("2026-11-21T08:00:00Z".parse().unwrap(), 3 + trekk(rng, 20));
    t.legg(skolear(2027));
    for skole in ["s1", "s2"] {
        t.legg(org(skole, "Skole"));
        t.legg(klasse(&format!("{skole}-10a"), skole, 10));
    }
    for nummer in 0..10 + trekk(rng, 40) {
        kommer(&mut t, u16::try_from(nummer).unwrap(), if nummer % 3 == 0 { "s2" } else { "s1" });
    }
    t
}

fn en_elev(rng: &mut ChaCha8Rng, t: &Tilstand) -> Option<User> {
    let alle = t.av("user");
    let valgt = alle.get(trekk(rng, alle.len()))?.clone();
    match valgt {
        Kildeobjekt::Roster(Objekt::User(user)) => Some(user),
        _ => None,
    }
}

fn medlemskap_av(t: &Tilstand, elev: &str) -> Vec<Id> {
    let er_hans = |o: &Kildeobjekt| matches!(o, Kildeobjekt::Roster(Objekt::Enrollment(e)) if e.user.vis() == elev);
    t.av("enrollment").iter().filter(|o| er_hans(o)).map(|o| ("enrollment", o.kildeid().to_owned())).collect()
}

fn slutter(t: &mut Tilstand, elev: &str, hardt: bool) {
    for id in medlemskap_av(t, elev).into_iter().chain([("user", elev.to_owned())]) {
        if hardt { t.slett(&id) } else { t.merk_slettet(&id) }
    }
}

/// One thing that happens.
fn hendelse(rng: &mut ChaCha8Rng, t: &mut Tilstand) {
    let Some(mut user) = en_elev(rng, t) else { return };
    let id = user.sourced_id.vis().clone();
    match trekk(rng, 9) {
        0 | 1 => {
            let nummer = u16::try_from(trekk(rng, 400)).unwrap();
            // Nobody comes back while the source still says that he is removed.
            if !t.har(&("user", format!("elev-{nummer}"))) {
                let skole = if skjer(rng, 50) { "s1" } else { "s2" };
                kommer(t, nummer, skole);
            }
        }
        2 | 3 => {
            user.given_name = Some(format!("Navn{}", trekk(rng, 1000)).into());
            t.legg(Objekt::User(user).into());
        }
        4 => slutter(t, &id, true),
        5 => slutter(t, &id, false),
        6 => {
            // Moves, in a system that keeps one user for a person.
            let til = if user.roles[0].org.vis() == "s1" { "s2" } else { "s1" };
            user.roles[0].org = til.into();
            medlemskap_av(t, &id).iter().for_each(|m| t.slett(m));
            t.legg(Objekt::User(user).into());
            let m = format!("m-{id}-{til}-{}", trekk(rng, 1000));
            if !t.har(&("enrollment", m.clone())) {
                t.legg(medlemskap(&m, &id, &format!("{til}-10a"), til));
            }
        }
        7 => {
            // Moves, in a system that makes one user for person and school.
            let ny = format!("flyttet-{}", trekk(rng, 100_000));
            if !t.har(&("user", ny.clone())) {
                slutter(t, &id, true);
                (user.sourced_id, user.roles[0].org) = (ny.clone().into(), "s2".into());
                t.legg(Objekt::User(user).into());
                t.legg(medlemskap(&format!("m-{ny}"), &ny, "s2-10a", "s2"));
            }
        }
        _ => t.redater(),
    }
}

/// One day: what happens, and what goes wrong in reading.
pub fn dag(rng: &mut ChaCha8Rng, falsk: &Lunefull, na: Timestamp) {
    let mut t = falsk.tilstand();
    t.ny_dag(na, 3 + trekk(rng, 20));
    let antall = if skjer(rng, 12) { 10 + trekk(rng, 30) } else { trekk(rng, 5) };
    for _ in 0..antall {
        hendelse(rng, &mut t);
    }
    if skjer(rng, 4) {
        // A new school year: all memberships are others.
        for o in t.av("enrollment") {
            t.slett(&("enrollment", o.kildeid().to_owned()));
            if let Kildeobjekt::Roster(Objekt::Enrollment(e)) = o {
                let id = format!("n{}-{}", trekk(rng, 1_000_000), e.sourced_id.vis());
                t.legg(medlemskap(&id, e.user.vis(), e.class.vis(), e.school.vis()));
            }
        }
    }
    if skjer(rng, 50) {
        let feil = feil(rng, &t);
        t.feil.push(feil);
    }
}

fn feil(rng: &mut ChaCha8Rng, t: &Tilstand) -> Feil {
    let side = trekk(rng, 6);
    match trekk(rng, 9) {
        0 => Feil::Revet(1 + u32::try_from(trekk(rng, 4)).unwrap()),
        1 => Feil::Gjentatt(side),
        2 | 3 => {
            let alle: Vec<Id> =
                TYPER.iter().flat_map(|typ| t.av(typ)).map(|o| (o.typenavn(), o.kildeid().to_owned())).collect();
            let fra = trekk(rng, alle.len());
            Feil::Mistet(alle.into_iter().skip(fra).take(1 + trekk(rng, 12)).collect())
        }
        4 => Feil::Tom(TYPER[trekk(rng, TYPER.len())]),
        5 => Feil::Taus(side),
        6 => en_elev(rng, t).map_or(Feil::Gammel, |u| Feil::Uleselig(("user", u.sourced_id.vis().clone()))),
        7 => Feil::Flakkende(side),
        _ => Feil::Gammel,
    }
}

/// A day on which nothing goes wrong, and nothing happens but that one of each kind leaves: what is shown is new.
pub fn litt_nytt(falsk: &Lunefull, na: Timestamp) {
    let mut t = falsk.tilstand();
    t.ny_dag(na, 10);
    for typ in TYPER {
        if let Some(forste) = t.av(typ).first() {
            t.slett(&(typ, forste.kildeid().to_owned()));
        }
    }
}

/// A day on which nothing happens and nothing goes wrong.
pub fn rolig(falsk: &Lunefull, na: Timestamp) {
    falsk.tilstand().ny_dag(na, 10);
}
