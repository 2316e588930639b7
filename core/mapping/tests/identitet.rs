//! Who is who, when numbers and sources come and go.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;

use felles::*;
use fint::tillegg::{FODSELSNUMMER, Identitetshistorikk};
use mapping::Kartlegger;

struct Verden {
    kart: Kartlegger,
    fint: Fint,
}

impl Verden {
    fn ny() -> Self {
        let mut verden = Self { kart: kartlegger(), fint: Fint::new() };
        for kilde in ["vigilo", "flyt"] {
            motta(&mut verden.kart, kilde, 0, skole("s1", Some(ORGNR)));
        }
        verden
    }

    fn elev(&mut self, kilde: &str, dag: i64, id: &str, nr: Option<usize>) {
        let nummer = nr.map(nummer);
        motta(&mut self.kart, kilde, dag, elev(id, nummer.as_deref(), &["s1"]));
    }

    fn borte(&mut self, kilde: &str, dag: i64, id: &str) {
        fjern(&mut self.kart, kilde, dag, "user", id);
        self.tikk();
    }

    fn tikk(&mut self) {
        publiser(&mut self.kart, &mut self.fint);
        let helt = alt(&mut self.kart);
        assert!(helt == self.fint, "the touched keys were not all that changed");
    }

    fn elever(&self) -> Vec<String> {
        elever(&self.fint).iter().map(|e| e.system_id.verdi().to_owned()).collect()
    }

    fn register(&self) -> Vec<Identitetshistorikk> {
        identiteter(&self.fint).into_iter().cloned().collect()
    }

    /// Numbers of the only history, with the days on which they came and went.
    fn numre(&self) -> Vec<(String, i64, Option<i64>)> {
        let register = self.register();
        let [historikk] = &register[..] else { panic!("{} histories", register.len()) };
        let dagnr = |t: jiff::Timestamp| (t.as_second() - dag(0).as_second()) / 86_400;
        let numre = historikk.identifikatorer.iter().filter(|i| i.type_ == FODSELSNUMMER);
        numre.map(|i| (i.verdi.vis().clone(), dagnr(i.fra), i.til.map(dagnr))).collect()
    }
}

#[test]
fn a_pupil_keeps_its_id_when_the_number_changes() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", Some(0));
    v.tikk();
    let for_ = v.elever();
    v.elev("vigilo", 2, "u1", Some(1));
    v.tikk();
    assert_eq!(v.elever(), for_);
    assert_eq!(personer(&v.fint).len(), 1);
    assert_eq!(personer(&v.fint)[0].fodselsnummer.verdi(), nummer(1));
    assert_eq!(v.numre(), [(nummer(0), 1, Some(2)), (nummer(1), 2, None)]);
    // A number that is lost or mistyped says nothing, and ends nothing.
    v.elev("vigilo", 3, "u1", None);
    v.tikk();
    assert_eq!((v.elever(), v.numre().len()), (for_, 2));
}

#[test]
fn two_users_with_the_same_number_are_one_pupil_with_two_enrolments() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", Some(0));
    v.tikk();
    let forste = v.elever();
    v.elev("flyt", 2, "a7", Some(0));
    v.tikk();
    assert_eq!(v.elever(), forste);
    assert_eq!((elevforhold(&v.fint).len(), personer(&v.fint).len(), v.register().len()), (2, 1, 1));
    assert_eq!(v.numre(), [(nummer(0), 1, None)]);
    // The other way round in one and the same snapshot gives the same.
    let mut w = Verden::ny();
    w.elev("flyt", 2, "a7", Some(0));
    w.elev("vigilo", 1, "u1", Some(0));
    w.tikk();
    assert!(w.fint == v.fint);
}

#[test]
fn a_number_that_another_pupil_holds_merges_the_younger_into_the_older() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", Some(0));
    v.tikk();
    let eldste = v.elever();
    v.elev("flyt", 2, "a7", Some(1));
    v.tikk();
    let yngste = v.elever().into_iter().find(|e| *e != eldste[0]).unwrap();
    v.elev("flyt", 3, "a7", Some(0));
    v.tikk();
    assert_eq!(v.elever(), eldste);
    let slatt_sammen: Vec<_> = v.register()[0].slatt_sammen_med.iter().map(ToString::to_string).collect();
    assert_eq!(slatt_sammen.join(" "), yngste);
    // Each holds the number on its own, so that they can part again.
    assert_eq!(v.numre(), [(nummer(0), 1, None), (nummer(1), 2, Some(3)), (nummer(0), 3, None)]);

    // The number was wrong after all: the younger is itself again.
    v.elev("flyt", 4, "a7", Some(1));
    v.tikk();
    assert_eq!(v.elever().len(), 2);
    assert!(v.elever().contains(&yngste) && v.elever().contains(&eldste[0]));
    assert!(v.register().iter().all(|h| h.slatt_sammen_med.is_empty()));
}

#[test]
fn the_first_user_keeps_the_pupil_when_numbers_part() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", Some(0));
    v.tikk();
    let eldste = v.elever();
    v.elev("flyt", 2, "a7", Some(0));
    v.tikk();
    // The pupil gets a new number, and one source is ahead of the other.
    v.elev("vigilo", 3, "u1", Some(1));
    v.tikk();
    assert_eq!(v.elever().len(), 2);
    v.elev("flyt", 4, "a7", Some(1));
    v.tikk();
    assert_eq!(v.elever(), eldste);
    // Both at once leave no trace of a split.
    let mut w = Verden::ny();
    w.elev("vigilo", 1, "u1", Some(0));
    w.elev("flyt", 1, "a7", Some(0));
    w.tikk();
    w.elev("flyt", 3, "a7", Some(1));
    w.elev("vigilo", 3, "u1", Some(1));
    w.tikk();
    assert_eq!(w.elever().len(), 1);
    assert!(w.register()[0].slatt_sammen_med.is_empty());
    assert_eq!(w.numre(), [(nummer(0), 1, Some(3)), (nummer(1), 3, None)]);
}

#[test]
fn two_pupils_who_swap_numbers_stay_who_they_are() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", Some(0));
    v.elev("vigilo", 1, "u2", Some(1));
    v.tikk();
    let ved_nummer = |v: &Verden, nr: usize| {
        elever(&v.fint).iter().find(|e| e.person.verdi() == nummer(nr)).unwrap().system_id.verdi().to_owned()
    };
    let (a, b) = (ved_nummer(&v, 0), ved_nummer(&v, 1));
    v.elev("vigilo", 2, "u1", Some(1));
    v.elev("vigilo", 2, "u2", Some(0));
    v.tikk();
    assert_eq!((ved_nummer(&v, 1), ved_nummer(&v, 0)), (a, b));
}

#[test]
fn a_pupil_who_moves_between_systems_keeps_its_id() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", Some(0));
    v.tikk();
    let id = v.elever();
    v.borte("vigilo", 2, "u1");
    assert_eq!(v.elever(), [""; 0]);
    v.elev("flyt", 5, "a7", Some(0));
    v.tikk();
    assert_eq!(v.elever(), id);
    v.borte("flyt", 6, "a7");
    v.elev("vigilo", 7, "u1", None);
    v.tikk();
    assert_eq!(v.elever(), id, "a user who comes back without a number is known by its source id");
}

#[test]
fn a_restart_changes_nothing() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", Some(0));
    v.elev("vigilo", 1, "u2", Some(1));
    v.tikk();
    v.elev("flyt", 2, "a7", Some(0));
    v.elev("vigilo", 2, "u1", Some(2));
    v.tikk();
    v.borte("vigilo", 3, "u2");

    let mut w = Verden::ny();
    v.register().into_iter().for_each(|h| w.kart.gjenopprett(h));
    w.fint = v.fint.clone();
    w.elev("flyt", 2, "a7", Some(0));
    w.elev("vigilo", 2, "u1", Some(2));
    w.tikk();
    assert!(w.fint == v.fint);
}

#[test]
fn a_number_that_is_lost_parts_nobody() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", Some(0));
    v.elev("flyt", 2, "a7", Some(1));
    v.tikk();
    v.elev("flyt", 3, "a7", Some(0));
    v.tikk();
    let felles = v.elever();
    v.elev("vigilo", 4, "u1", None);
    v.tikk();
    assert_eq!(v.elever(), felles);
    v.elev("vigilo", 5, "u1", Some(2));
    v.tikk();
    assert_eq!(v.elever().len(), 2, "another number parts them");
}

#[test]
fn a_user_who_went_while_nobody_watched_is_let_go_of() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", Some(0));
    v.elev("flyt", 1, "a7", Some(1));
    v.tikk();
    let mut w = Verden { kart: kartlegger(), fint: Fint::new() };
    v.register().into_iter().for_each(|h| w.kart.gjenopprett(h));
    motta(&mut w.kart, "vigilo", 4, skole("s1", Some(ORGNR)));
    let fint = alt(&mut w.kart);
    let apne = |kilde: &str| {
        let type_ = format!("kilde:{kilde}");
        identiteter(&fint).iter().flat_map(|h| &h.identifikatorer).find(|i| i.type_ == type_).unwrap().til
    };
    assert_eq!(apne("vigilo"), Some(dag(4)), "its source was heard of last on that day");
    assert_eq!(apne("flyt"), None, "a source that is silent takes nobody away");
}
