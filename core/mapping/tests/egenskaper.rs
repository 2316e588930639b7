//! Properties over random worlds: touched keys are all that change, order does not matter, twice is once, and a restart
//! changes nothing.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;

use felles::*;
use folkeregister::{Graderingsnivaa, Personstatus, Registerperson};
use hendelse::Kildeobjekt;
use jiff::civil::date;
use oneroster::Objekt;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One observation: of a record as it is, or that it is gone.
#[derive(Debug, Clone)]
struct Sett {
    kilde: &'static str,
    typ: &'static str,
    id: String,
    objekt: Option<Kildeobjekt>,
}

fn kilde() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just("vigilo"), 1 => Just("flyt")]
}

fn valg(navn: &'static str, antall: u8) -> impl Strategy<Value = String> {
    (0..antall).prop_map(move |n| format!("{navn}{n}"))
}

fn trinn() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(prop_oneof![Just("10"), Just("010"), Just("9"), Just("KG")].prop_map(str::to_owned), 0..3)
}

/// Few numbers, so that people meet.
fn identifikator() -> impl Strategy<Value = Option<String>> {
    prop_oneof![1 => Just(None), 1 => Just(Some("0".to_owned())), 6 => (0usize..4).prop_map(|n| Some(nummer(n)))]
}

fn dato() -> impl Strategy<Value = Option<jiff::civil::Date>> {
    proptest::option::of((0i32..400).prop_map(|n| date(2026, 8, 1).checked_add(jiff::Span::new().days(n)).unwrap()))
}

fn objekt() -> impl Strategy<Value = Kildeobjekt> {
    let org = (valg("s", 3), any::<bool>(), any::<bool>()).prop_map(|(id, orgnr, er_skole)| {
        let Objekt::Org(mut org) = skole(&id, orgnr.then_some(ORGNR)) else { unreachable!() };
        org.vigo_id = er_skole.then(|| "46506".to_owned());
        if !er_skole && !orgnr {
            org.r#type = "district".into();
        }
        Objekt::Org(org)
    });
    let okt = (valg("o", 2), 2026..2029i16).prop_map(|(id, ar)| skolear(&id, &ar.to_string()));
    let klassen = (valg("k", 3), valg("s", 3), proptest::collection::vec(valg("o", 2), 0..2), trinn()).prop_map(
        |(id, s, okter, trinn)| {
            let Objekt::Class(mut k) = klasse(&id, &s, &[], &[]) else { unreachable!() };
            (k.terms, k.grades) = (okter.into_iter().map(Into::into).collect(), trinn);
            Objekt::Class(k)
        },
    );
    let roller = proptest::collection::vec((valg("s", 3), any::<bool>(), dato(), dato()), 0..3);
    let bruker = (valg("u", 5), identifikator(), trinn(), roller).prop_map(|(id, nummer, grades, roller)| {
        let mut user = user(&id, nummer.as_deref(), &[], &[]);
        user.grades = grades;
        for (org, primary, begin_date, end_date) in roller {
            user.roles.push(oneroster::Role { org: org.into(), primary, begin_date, end_date });
        }
        Objekt::User(user)
    });
    let medlem =
        (valg("e", 5), valg("u", 5), valg("k", 3), valg("s", 3)).prop_map(|(id, u, k, s)| innmelding(&id, &u, &k, &s));
    let vigo = (0..3usize, 0..3usize)
        .prop_map(|(n, t)| vigoskole(["46505", "46506", "46069"][n], ORGNR, [Some("G"), Some("V"), None][t]));
    let register = registersvar().prop_map(registerperson);
    prop_oneof![
        4 => register,
        2 => org.prop_map(Kildeobjekt::from),
        1 => okt.prop_map(Kildeobjekt::from),
        2 => klassen.prop_map(Kildeobjekt::from),
        5 => bruker.prop_map(Kildeobjekt::from),
        3 => medlem.prop_map(Kildeobjekt::from),
        1 => vigo,
    ]
}

/// Answers that contradict each other, too.
fn registersvar() -> impl Strategy<Value = Registerperson> {
    let numre = proptest::collection::vec((0usize..4, any::<bool>()), 0..3);
    let navn = prop_oneof![Just(("PRØVE", "EKSEMPEL")), Just(("PRØVE", "ANNERLEDES")), Just(("*PIKE", "EKSEMPEL"))];
    let status = prop_oneof![
        3 => Just(Personstatus::Bosatt),
        1 => Just(Personstatus::Doed),
        1 => Just(Personstatus::Utflyttet),
        1 => Just(Personstatus::Opphoert)
    ];
    let gradering = prop_oneof![
        3 => Just(Graderingsnivaa::Ugradert),
        1 => Just(Graderingsnivaa::Klientadresse),
        1 => Just(Graderingsnivaa::Fortrolig),
        1 => Just(Graderingsnivaa::StrengtFortrolig)
    ];
    let svaret = (0usize..4, numre, navn, status, gradering, prop::bool::weighted(0.9));
    svaret.prop_map(|(om, andre, (fornavn, etternavn), status, graderingsnivaa, funnet)| {
        if !funnet {
            return Registerperson::ukjent(nummer(om).as_str().into());
        }
        let mut numre: BTreeMap<_, _> = andre.into_iter().collect();
        numre.entry(om).or_insert(true);
        let tekster: Vec<_> = numre.into_iter().map(|(n, i_bruk)| (nummer(n), i_bruk)).collect();
        let numre: Vec<_> = tekster.iter().map(|(n, i_bruk)| (n.as_str(), *i_bruk)).collect();
        let navn = Some(registernavn(fornavn, etternavn));
        Registerperson { navn, status, graderingsnivaa, ..svar(&nummer(om), &numre) }
    })
}

fn observasjon() -> impl Strategy<Value = Sett> {
    (kilde(), objekt(), prop::bool::weighted(0.8)).prop_map(|(kilde, objekt, finnes)| Sett {
        kilde,
        typ: objekt.typenavn(),
        id: objekt.kildeid().to_owned(),
        objekt: finnes.then_some(objekt),
    })
}

fn se(kart: &mut mapping::Kartlegger, sett: &Sett, dagnr: i64) {
    kart.motta(k(sett.kilde, sett.typ, &sett.id), sett.typ, sett.objekt.clone(), opphav(sett.kilde, dagnr));
}

fn forskjell(a: &Fint, b: &Fint) -> Vec<String> {
    let nokler: std::collections::BTreeSet<_> = a.keys().chain(b.keys()).collect();
    let ulike = nokler.into_iter().filter(|n| a.get(n) != b.get(n));
    ulike.map(|n| format!("{n:?}: {:?} / {:?}", a.get(n), b.get(n))).collect()
}

/// The last observation of each record, with its day: what a stream keeps.
fn siste(historie: &[Vec<Sett>]) -> Vec<(Sett, i64)> {
    let mut siste = BTreeMap::new();
    for (dagnr, bunke) in (0..).zip(historie) {
        for sett in bunke {
            siste.insert((sett.kilde, sett.typ, sett.id.clone()), (sett.clone(), dagnr));
        }
    }
    siste.into_values().collect()
}

fn historie() -> impl Strategy<Value = Vec<Vec<Sett>>> {
    proptest::collection::vec(proptest::collection::vec(observasjon(), 1..12), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn touched_keys_are_all_that_change_and_twice_is_once(historie in historie()) {
        let (mut kart, mut fint) = (kartlegger(), Fint::new());
        for (dagnr, bunke) in (0..).zip(&historie) {
            bunke.iter().for_each(|sett| se(&mut kart, sett, dagnr));
            publiser(&mut kart, &mut fint);
            prop_assert_eq!(forskjell(&alt(&mut kart), &fint), Vec::<String>::new());
        }
        for (sett, dagnr) in siste(&historie) {
            se(&mut kart, &sett, dagnr);
        }
        let foer = fint.clone();
        publiser(&mut kart, &mut fint);
        prop_assert_eq!(forskjell(&foer, &fint), Vec::<String>::new());
    }

    #[test]
    fn the_order_within_a_snapshot_does_not_matter(
        historie in historie(),
        fro in proptest::collection::vec(any::<u32>(), 64),
    ) {
        let bilde = siste(&historie);
        let mut stokket: Vec<_> = bilde.iter().zip(fro.iter().cycle()).enumerate().collect();
        stokket.sort_by_key(|(nr, (_, fro))| (**fro, *nr));
        let (mut a, mut b) = (kartlegger(), kartlegger());
        bilde.iter().for_each(|(sett, dagnr)| se(&mut a, sett, *dagnr));
        stokket.iter().for_each(|(_, ((sett, dagnr), _))| se(&mut b, sett, *dagnr));
        prop_assert_eq!(forskjell(&alt(&mut a), &alt(&mut b)), Vec::<String>::new());
        prop_assert_eq!(a.avvikstall(), b.avvikstall());
    }

    #[test]
    fn a_restart_from_the_register_and_the_last_records_changes_nothing(historie in historie()) {
        let (mut kart, mut fint) = (kartlegger(), Fint::new());
        for (dagnr, bunke) in (0..).zip(&historie) {
            bunke.iter().for_each(|sett| se(&mut kart, sett, dagnr));
            publiser(&mut kart, &mut fint);
        }
        let mut ny = kartlegger();
        identiteter(&fint).into_iter().for_each(|h| ny.gjenopprett(h.clone()));
        siste(&historie).iter().for_each(|(sett, dagnr)| se(&mut ny, sett, *dagnr));
        prop_assert_eq!(forskjell(&alt(&mut ny), &fint), Vec::<String>::new());
    }

    #[test]
    fn what_the_register_joins_and_parts_again_is_what_it_was(
        historie in historie(),
        pekere in proptest::collection::vec((0usize..4, 0usize..4), 1..4),
    ) {
        let (mut kart, mut fint) = (kartlegger(), Fint::new());
        let uten_register = |sett: &&Sett| sett.typ != "registerperson";
        for (dagnr, bunke) in (0..).zip(&historie) {
            bunke.iter().filter(uten_register).for_each(|sett| se(&mut kart, sett, dagnr));
            publiser(&mut kart, &mut fint);
        }
        let bindinger = |fint: &Fint| -> BTreeMap<String, String> {
            let forhold = elevforhold(fint);
            forhold.iter().map(|f| (f.system_id.verdi().to_owned(), f.elev.verdi().to_owned())).collect()
        };
        let foer = bindinger(&fint);
        for (dagnr, (fra, til)) in (10..).zip(&pekere) {
            let (fra, til) = (nummer(*fra), nummer(*til));
            motta(&mut kart, "freg", dagnr, registerperson(svar(&fra, &[(&fra, false), (&til, true)])));
            publiser(&mut kart, &mut fint);
        }
        for (fra, _) in &pekere {
            motta(&mut kart, "freg", 20, registerperson(svar(&nummer(*fra), &[(&nummer(*fra), true)])));
        }
        publiser(&mut kart, &mut fint);
        prop_assert_eq!(bindinger(&fint), foer);
    }

    #[test]
    fn a_pupil_has_one_person_and_every_link_leads_somewhere(historie in historie()) {
        let mut kart = kartlegger();
        siste(&historie).iter().for_each(|(sett, dagnr)| se(&mut kart, sett, *dagnr));
        let fint = alt(&mut kart);
        prop_assert_eq!(elever(&fint).len(), personer(&fint).len());
        let ider = |ider: Vec<&fint::Identifikator>| ider.iter().map(|i| i.verdi().to_owned()).collect::<Vec<_>>();
        let (e, s) = (ider(elever(&fint).iter().map(|e| &e.system_id).collect()), ider(skoler(&fint).iter().map(|s| &s.system_id).collect()));
        let (f, k) = (ider(elevforhold(&fint).iter().map(|e| &e.system_id).collect()), ider(klasser(&fint).iter().map(|k| &k.system_id).collect()));
        for forhold in elevforhold(&fint) {
            prop_assert!(e.contains(&forhold.elev.verdi().to_owned()) && s.contains(&forhold.skole.verdi().to_owned()));
        }
        for m in medlemskap(&fint) {
            prop_assert!(f.contains(&m.elevforhold.verdi().to_owned()) && k.contains(&m.klasse.verdi().to_owned()));
        }
        for elev in elever(&fint) {
            prop_assert!(personer(&fint).iter().any(|p| p.fodselsnummer.verdi() == elev.person.verdi()));
            prop_assert!(elevforhold(&fint).iter().any(|f| f.elev.verdi() == elev.system_id.verdi()));
        }
        // Whoever has a number that all registers call protected is so at every school.
        let bilde = siste(&historie);
        let beskyttet = |nummer: &str| {
            let svar = bilde.iter().filter(|(sett, _)| sett.id == nummer).filter_map(|(sett, _)| match &sett.objekt {
                Some(Kildeobjekt::Registerperson(person)) => Some(person.funnet && person.graderingsnivaa >= Graderingsnivaa::Fortrolig),
                _ => None,
            });
            let svar: Vec<_> = svar.collect();
            !svar.is_empty() && svar.iter().all(|beskyttet| *beskyttet)
        };
        for elev in elever(&fint).iter().filter(|e| beskyttet(e.person.verdi())) {
            let mut egne = tillegg(&fint).into_iter().filter(|t| t.elev.to_string() == elev.system_id.verdi()).peekable();
            prop_assert!(egne.peek().is_some() && egne.all(|t| t.adressebeskyttelse.er_beskyttet()));
        }
        // Numbers that are of a valid kind are one person each.
        let mut numre: Vec<_> = personer(&fint).iter().map(|p| p.fodselsnummer.verdi()).filter(|n| n.len() == 11).collect();
        numre.sort_unstable();
        prop_assert!(numre.windows(2).all(|par| par[0] != par[1]));
    }
}
