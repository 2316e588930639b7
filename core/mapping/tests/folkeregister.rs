//! What Folkeregisteret does to who is who, and to what is told of them.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;

use felles::*;
use fint::tillegg::{
    Adressebeskyttelse, FODSELSNUMMER, FOLKEREGISTERIDENTIFIKATOR, Identitetshistorikk, Registermerknad,
};
use folkeregister::{Graderingsnivaa, Personstatus, Registerperson};
use mapping::Kartlegger;
use oneroster::Objekt;

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

    fn elev(&mut self, kilde: &str, dag: i64, id: &str, nr: usize) -> &mut Self {
        motta(&mut self.kart, kilde, dag, elev(id, Some(&nummer(nr)), &["s1"]));
        self.tikk()
    }

    /// The register's answer on the first of these numbers. All but the last have been replaced.
    fn svar(&mut self, dag: i64, numre: &[usize]) -> &mut Self {
        let tekster: Vec<_> = numre.iter().map(|n| nummer(*n)).collect();
        let siste = numre.len() - 1;
        let numre: Vec<_> = tekster.iter().enumerate().map(|(i, n)| (n.as_str(), i == siste)).collect();
        self.person(dag, svar(&tekster[0], &numre))
    }

    fn person(&mut self, dag: i64, person: Registerperson) -> &mut Self {
        motta(&mut self.kart, "freg", dag, registerperson(person));
        self.tikk()
    }

    fn tikk(&mut self) -> &mut Self {
        publiser(&mut self.kart, &mut self.fint);
        assert!(alt(&mut self.kart) == self.fint, "the touched keys were not all that changed");
        self
    }

    fn elever(&self) -> Vec<String> {
        elever(&self.fint).iter().map(|e| e.system_id.verdi().to_owned()).collect()
    }

    fn numre(&self) -> Vec<String> {
        personer(&self.fint).iter().map(|p| p.fodselsnummer.verdi().to_owned()).collect()
    }

    fn merknader(&self) -> Vec<Option<Vec<Registermerknad>>> {
        tillegg(&self.fint).iter().map(|t| t.register.clone()).collect()
    }

    fn beskyttelse(&self) -> Adressebeskyttelse {
        let [tillegg] = tillegg(&self.fint)[..] else { panic!("not one pupil") };
        tillegg.adressebeskyttelse
    }

    fn register(&self) -> Vec<Identitetshistorikk> {
        identiteter(&self.fint).into_iter().cloned().collect()
    }
}

fn gradert(nr: usize, graderingsnivaa: Graderingsnivaa) -> Registerperson {
    Registerperson { graderingsnivaa, ..svar(&nummer(nr), &[(&nummer(nr), true)]) }
}

fn regler_brutt(kart: &Kartlegger) -> Vec<&'static str> {
    kart.avvikstall().into_keys().map(|a| a.regel).filter(|r| *r >= "KA-060").collect()
}

#[test]
fn a_number_that_the_register_has_replaced_gives_way_whatever_the_school_does() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", 0);
    let id = v.elever();
    assert_eq!(v.merknader(), [None]);
    v.svar(2, &[0, 1]);
    assert_eq!((v.elever(), v.numre()), (id.clone(), vec![nummer(1)]));
    assert_eq!(v.merknader(), [Some(vec![Registermerknad::GammeltNummer])]);
    assert_eq!(regler_brutt(&v.kart), ["KA-064"]);
    assert_eq!(elever(&v.fint)[0].person.verdi(), nummer(1));
    // The school follows.
    v.elev("vigilo", 3, "u1", 1);
    assert_eq!((v.elever(), v.numre(), v.merknader()), (id.clone(), vec![nummer(1)], vec![Some(vec![])]));
    // Another school had the new number all along, or was ahead of the register.
    let mut w = Verden::ny();
    w.elev("vigilo", 1, "u1", 0).elev("flyt", 2, "a7", 1);
    assert_eq!(w.elever().len(), 2);
    w.svar(3, &[0, 1]);
    assert_eq!((w.elever(), w.numre()), (id, vec![nummer(1)]));
}

#[test]
fn a_user_of_a_new_system_is_the_pupil_whose_number_was_replaced() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", 0).svar(2, &[0, 1]);
    let id = v.elever();
    fjern(&mut v.kart, "vigilo", 3, "user", "u1");
    v.tikk().elev("flyt", 4, "a7", 1);
    assert_eq!(v.elever(), id);
}

#[test]
fn the_way_from_an_old_number_may_go_over_several_answers() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", 0).svar(2, &[0, 1]).svar(3, &[1, 2]);
    assert_eq!(v.numre(), [nummer(2)]);
    // Answers that contradict each other replace nothing.
    v.svar(4, &[2, 0]);
    assert_eq!(v.numre(), [nummer(0)]);
}

#[test]
fn a_number_that_was_not_asked_about_goes_by_the_answer_that_mentions_it() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", 0).elev("flyt", 1, "a7", 1);
    v.person(2, svar(&nummer(1), &[(&nummer(0), false), (&nummer(1), true)]));
    assert_eq!((v.elever().len(), v.numre()), (1, vec![nummer(1)]));
    // Its own answer is better.
    v.svar(3, &[0]);
    assert_eq!(v.elever().len(), 2);
}

#[test]
fn a_merge_that_the_register_undoes_leaves_everyone_who_they_were() {
    let mut v = Verden::ny();
    // The younger pupil has moved system: no user bears its id any more.
    v.elev("vigilo", 1, "u1", 0).elev("vigilo", 2, "u2", 1).elev("flyt", 3, "a7", 1);
    fjern(&mut v.kart, "vigilo", 4, "user", "u2");
    v.tikk();
    let foer = (v.elever(), v.numre());
    v.svar(5, &[1, 0]);
    assert_eq!((v.elever().len(), v.numre()), (1, vec![nummer(0)]));
    let [felles] = &v.register()[..] else { panic!("not one history") };
    assert_eq!(felles.slatt_sammen_med.len(), 1);
    assert!(felles.identifikatorer.iter().any(|id| id.opprinnelig == felles.slatt_sammen_med.first().copied()));

    // A restart in between does not matter.
    let mut w = Verden::ny();
    v.register().into_iter().for_each(|h| w.kart.gjenopprett(h));
    w.fint = v.fint.clone();
    motta(&mut w.kart, "vigilo", 1, elev("u1", Some(&nummer(0)), &["s1"]));
    motta(&mut w.kart, "flyt", 3, elev("a7", Some(&nummer(1)), &["s1"]));
    w.svar(5, &[1, 0]);
    assert!(w.fint == v.fint);
    for verden in [&mut v, &mut w] {
        verden.svar(6, &[1]);
        assert_eq!((verden.elever(), verden.numre()), foer);
        assert!(verden.register().iter().all(|h| h.slatt_sammen_med.is_empty()));
    }
}

#[test]
fn the_history_has_every_number_with_its_dates_and_who_said_so() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", 0).svar(2, &[0]).svar(5, &[0, 1]).elev("vigilo", 8, "u1", 1);
    let [historikk] = &v.register()[..] else { panic!("not one history") };
    let numre = historikk.identifikatorer.iter().filter(|id| !id.type_.starts_with("kilde:"));
    let numre: Vec<_> =
        numre.map(|id| (id.type_.as_str(), id.verdi.vis().clone(), id.fra, id.til, &*id.kilde)).collect();
    assert_eq!(
        numre,
        [
            (FODSELSNUMMER, nummer(0), dag(1), Some(dag(8)), "vigilo"),
            (FOLKEREGISTERIDENTIFIKATOR, nummer(0), dag(2), Some(dag(5)), "freg"),
            (FOLKEREGISTERIDENTIFIKATOR, nummer(1), dag(5), None, "freg"),
            (FODSELSNUMMER, nummer(1), dag(8), None, "vigilo"),
        ]
    );
}

#[test]
fn the_registers_name_governs_where_it_is_another() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", 0).svar(2, &[0]);
    let navn = |v: &Verden| {
        let navn = &personer(&v.fint)[0].navn;
        [navn.fornavn.vis().clone(), navn.etternavn.vis().clone()].join(" ")
    };
    assert_eq!((navn(&v), v.merknader()), ("Prøve Eksempel".into(), vec![Some(vec![])]));
    let kalt = |fornavn, etternavn| {
        let navn = Some(registernavn(fornavn, etternavn));
        Registerperson { navn, ..svar(&nummer(0), &[(&nummer(0), true)]) }
    };
    v.person(3, kalt("PRØVE", "NY-ÅSEN"));
    assert_eq!((navn(&v), regler_brutt(&v.kart)), ("Prøve Ny-Åsen".into(), vec!["KA-065"]));
    assert_eq!(v.merknader(), [Some(vec![Registermerknad::AnnetNavn])]);
    v.person(4, kalt("*PIKE", "EKSEMPEL"));
    assert_eq!((navn(&v), v.merknader()), ("Prøve Eksempel".into(), vec![Some(vec![])]));
    // The school without a name gets one, and is still the one that lacks it.
    let Objekt::User(mut bruker) = elev("u1", Some(&nummer(0)), &["s1"]) else { unreachable!() };
    (bruker.given_name, bruker.family_name) = (None, None);
    motta(&mut v.kart, "vigilo", 5, Objekt::User(bruker));
    v.tikk().person(6, kalt("PRØVE", "NORDLI"));
    assert_eq!(navn(&v), "Prøve Nordli");
}

#[test]
fn what_the_register_says_of_a_person_becomes_remarks() {
    use Registermerknad::{DodEllerForsvunnet, UkjentNummer, UtenNummer, Utflyttet};
    let merknader = |person: Registerperson| {
        let mut v = Verden::ny();
        v.elev("vigilo", 1, "u1", 0).person(2, person);
        v.merknader().remove(0).unwrap()
    };
    let nr = nummer(0);
    let med = |status| Registerperson { status, ..svar(&nr, &[(&nr, true)]) };
    assert_eq!(merknader(Registerperson::ukjent(nr.as_str().into())), [UkjentNummer]);
    assert_eq!(merknader(med(Personstatus::Doed)), [DodEllerForsvunnet]);
    assert_eq!(merknader(med(Personstatus::Forsvunnet)), [DodEllerForsvunnet]);
    assert_eq!(merknader(med(Personstatus::Utflyttet)), [Utflyttet]);
    for status in [Personstatus::Midlertidig, Personstatus::Inaktiv, Personstatus::Aktiv, Personstatus::Ukjent] {
        assert_eq!(merknader(med(status)), []);
    }
    assert_eq!(merknader(svar(&nr, &[(&nr, false)])), [UtenNummer]);
    assert_eq!(merknader(Registerperson { status: Personstatus::Opphoert, ..svar(&nr, &[]) }), [UtenNummer]);
}

#[test]
fn the_strictest_answer_protects() {
    use Graderingsnivaa as G;
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", 0);
    assert_eq!(v.beskyttelse(), Adressebeskyttelse::Ukjent);
    v.person(2, Registerperson::ukjent(nummer(0).as_str().into()));
    assert_eq!(v.beskyttelse(), Adressebeskyttelse::Ukjent, "a register that knows nobody says nothing");
    for (gradering, ventet) in [
        (G::Ugradert, Adressebeskyttelse::Ugradert),
        (G::Klientadresse, Adressebeskyttelse::Klientadresse),
        (G::Fortrolig, Adressebeskyttelse::Fortrolig),
        (G::StrengtFortrolig, Adressebeskyttelse::StrengtFortrolig),
    ] {
        v.person(3, gradert(0, gradering));
        assert!(v.beskyttelse() == ventet);
    }
    // The school mistypes the number, or loses it: as long as the register has not answered, nothing is lifted.
    v.elev("vigilo", 4, "u1", 1);
    assert!(v.beskyttelse() == Adressebeskyttelse::StrengtFortrolig);
    motta(&mut v.kart, "vigilo", 5, elev("u1", None, &["s1"]));
    assert!(v.tikk().beskyttelse() == Adressebeskyttelse::StrengtFortrolig);
    v.person(6, gradert(0, G::Ugradert));
    assert!(v.beskyttelse() == Adressebeskyttelse::Ugradert);
    // The number that the school took by mistake was another person's: neither lifts the protection nor gives one.
    let annens = |gradering| Registerperson { navn: Some(registernavn("ANNEN", "PERSON")), ..gradert(1, gradering) };
    v.person(7, gradert(0, G::Fortrolig)).elev("vigilo", 7, "u1", 1).person(7, annens(G::Ugradert));
    assert!(v.beskyttelse() == Adressebeskyttelse::Fortrolig);
    v.person(7, gradert(0, G::Ugradert)).person(7, annens(G::Fortrolig)).elev("vigilo", 7, "u1", 0);
    assert!(v.beskyttelse() == Adressebeskyttelse::Ugradert);
    // An older answer about another number of the same person still protects.
    v.elev("vigilo", 7, "u1", 0).person(8, gradert(1, G::Fortrolig)).svar(9, &[0, 1]);
    assert!(v.beskyttelse() == Adressebeskyttelse::Fortrolig);
    v.person(10, gradert(1, G::Ugradert));
    assert!(v.beskyttelse() == Adressebeskyttelse::Ugradert);
}

/// What the register said last could not be used: the old answer may hide a protection, and may not lift one.
#[test]
fn an_answer_in_doubt_protects_and_lets_nobody_through() {
    let i_tvil = |v: &mut Verden, dagnr: i64, numre: &[usize]| {
        let poster = numre.iter().map(|nr| k("freg", "registerperson", &nummer(*nr))).collect();
        v.kart.motta_tvil(&"freg".parse().unwrap(), dag(dagnr), &poster, None);
        v.tikk();
    };
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", 0).person(2, gradert(0, Graderingsnivaa::Fortrolig));
    i_tvil(&mut v, 3, &[0]);
    assert_eq!(v.merknader(), [None], "as one of whom there is no answer");
    assert!(v.beskyttelse() == Adressebeskyttelse::Fortrolig);
    v.person(4, gradert(0, Graderingsnivaa::Ugradert));
    assert_eq!(v.merknader(), [None], "until the register says that it is answered");
    i_tvil(&mut v, 4, &[]);
    assert_eq!(v.merknader(), [Some(vec![])]);
    // The answer on any number of the person may be the one that protects.
    v.person(5, svar(&nummer(1), &[(&nummer(1), false), (&nummer(0), true)]));
    i_tvil(&mut v, 6, &[1]);
    assert_eq!(v.merknader(), [None]);
    // At a start the doubt may be read before the answer that it is about.
    let mut w = Verden::ny();
    i_tvil(&mut w, 1, &[0]);
    w.elev("vigilo", 1, "u1", 0).person(2, gradert(0, Graderingsnivaa::Ugradert));
    assert_eq!(w.merknader(), [None]);
}

#[test]
fn an_answer_that_is_withdrawn_says_nothing_any_more() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", 0).svar(2, &[0, 1]);
    fjern(&mut v.kart, "freg", 3, "registerperson", &nummer(0));
    v.tikk();
    assert_eq!((v.numre(), v.merknader()), (vec![nummer(0)], vec![None]));
    assert!(v.beskyttelse() == Adressebeskyttelse::Ukjent);
}

#[test]
fn of_two_registers_the_later_word_counts_whatever_the_order() {
    let verden = |rekkefolge: [(&str, i64, bool); 2]| {
        let mut v = Verden::ny();
        v.elev("vigilo", 1, "u1", 0);
        for (kilde, dag, erstattet) in rekkefolge {
            let (gammelt, nytt) = (nummer(0), nummer(1));
            let numre = [(gammelt.as_str(), !erstattet), (nytt.as_str(), erstattet)];
            motta(&mut v.kart, kilde, dag, registerperson(svar(&gammelt, &numre[..1 + usize::from(erstattet)])));
        }
        v.tikk().numre()
    };
    let (a, b) = (("fiks", 2, true), ("freg", 3, false));
    assert_eq!((verden([a, b]), verden([b, a])), (vec![nummer(0)], vec![nummer(0)]));
}

#[test]
fn nothing_of_the_registers_is_printed() {
    let mut v = Verden::ny();
    v.elev("vigilo", 1, "u1", 0).person(2, gradert(0, Graderingsnivaa::StrengtFortrolig));
    let tekst = format!("{:?} {:?}", v.kart, v.fint).to_lowercase();
    assert!(!tekst.contains(&nummer(0)) && !tekst.contains("fortrolig") && !tekst.contains("eksempel"));
}
