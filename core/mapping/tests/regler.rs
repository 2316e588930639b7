//! Each rule of the mapping, from source records to what FINT gets.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;

use felles::*;
use hendelse::{Fintklasse, Kildeobjekt};
use jiff::civil::date;
use mapping::Kartlegger;
use oneroster::{Objekt, Org};

/// One school, one class, one pupil, all in order.
fn en_elev() -> Kartlegger {
    let mut kart = kartlegger();
    motta(&mut kart, "vigo", 0, vigoskole("46505", ORGNR, Some("G")));
    motta(&mut kart, "vigilo", 0, skole("s1", Some(ORGNR)));
    motta(&mut kart, "vigilo", 0, skolear("ar", "2027"));
    motta(&mut kart, "vigilo", 0, klasse("10A", "s1", &["ar"], &["10"]));
    motta(&mut kart, "vigilo", 0, elev("u1", Some(&nummer(0)), &["s1"]));
    motta(&mut kart, "vigilo", 0, innmelding("e1", "u1", "10A", "s1"));
    kart
}

fn regler_brutt(kart: &Kartlegger) -> Vec<&'static str> {
    kart.avvikstall().into_keys().map(|a| a.regel).collect()
}

#[test]
fn a_pupil_in_order_becomes_one_of_each() {
    let mut kart = en_elev();
    let fint = alt(&mut kart);
    for klasse in Fintklasse::ALLE {
        // Nothing stands beside a school that is simply found.
        let ventet = usize::from(klasse != Fintklasse::Skoletillegg);
        assert_eq!(av_klasse(&fint, klasse), ventet, "{klasse:?}");
    }
    assert_eq!(regler_brutt(&kart), [""; 0]);

    let (skole, klasse, forhold, medlemskap) =
        (skoler(&fint)[0], klasser(&fint)[0], elevforhold(&fint)[0], medlemskap(&fint)[0]);
    assert_eq!((skole.skolenummer.verdi(), skole.navn.as_str()), ("46505", "Skole s1"));
    assert_eq!(skole.organisasjonsnummer.as_ref().unwrap().verdi(), ORGNR);
    assert_eq!((klasse.navn.as_str(), klasse.trinn.verdi()), ("10A", "10"));
    assert_eq!(klasse.skolear.as_ref().unwrap().verdi(), "2026-2027");
    assert_eq!(klasse.skole.verdi(), skole.system_id.verdi());
    assert_eq!((forhold.beskrivelse.as_str(), forhold.hovedskole), ("10A, Skole s1", Some(true)));
    assert_eq!(forhold.skolear.as_ref().unwrap().verdi(), "2026-2027");
    assert_eq!(
        (forhold.elev.verdi(), forhold.skole.verdi()),
        (elever(&fint)[0].system_id.verdi(), skole.system_id.verdi())
    );
    assert_eq!(medlemskap.elevforhold.verdi(), forhold.system_id.verdi());
    assert_eq!(medlemskap.klasse.verdi(), klasse.system_id.verdi());
    assert_eq!(elever(&fint)[0].person.verdi(), nummer(0));
    assert_eq!(personer(&fint)[0].fodselsnummer.verdi(), nummer(0));
    assert_eq!((&tillegg(&fint)[0].trinn[..], tillegg(&fint)[0].kilde.as_str()), (&["10".to_owned()][..], "vigilo"));
    for (nokkel, objekt) in &fint {
        assert_eq!(nokkel.klasse, objekt.klasse());
    }
}

#[test]
fn what_the_source_takes_away_goes_and_leaves_the_register() {
    let mut kart = en_elev();
    let mut fint = Fint::new();
    publiser(&mut kart, &mut fint);
    for (typ, id) in [("enrollment", "e1"), ("user", "u1"), ("class", "10A"), ("org", "s1"), ("academicSession", "ar")]
    {
        fjern(&mut kart, "vigilo", 1, typ, id);
        publiser(&mut kart, &mut fint);
    }
    assert_eq!(fint.keys().map(|n| n.klasse).collect::<Vec<_>>(), [Fintklasse::Identitet]);
    fjern(&mut kart, "vigilo", 1, "user", "u1");
    fjern(&mut kart, "vigilo", 1, "user", "never seen");
    fjern(&mut kart, "vigilo", 1, "teapot", "u1");
    assert_eq!(publiser(&mut kart, &mut fint), 0);
}

#[test]
fn the_school_number_comes_from_vigo() {
    let nummer = |vigo: &[Kildeobjekt], org: Objekt| {
        let mut kart = kartlegger();
        vigo.iter().for_each(|v| motta(&mut kart, "vigo", 0, v.clone()));
        motta(&mut kart, "vigilo", 0, org);
        let fint = alt(&mut kart);
        let regler = regler_brutt(&kart);
        (skoler(&fint)[0].vigonummer().map(str::to_owned), regler)
    };
    let med_vigo_id = |orgnr: Option<&str>, id: &str| {
        let Objekt::Org(org) = skole("s1", orgnr) else { unreachable!() };
        Objekt::Org(Org { vigo_id: Some(id.to_owned()), ..org })
    };
    let to = [vigoskole("46505", ORGNR, Some("G")), vigoskole("46506", ORGNR, Some("G"))];
    let andre = [vigoskole("46505", ORGNR, Some("G")), vigoskole("46069", ORGNR, Some("V"))];
    assert_eq!(nummer(&andre, skole("s1", Some(ORGNR))), (Some("46505".into()), vec![]), "the grunnskole is chosen");
    assert_eq!(nummer(&to, skole("s1", Some(ORGNR))), (None, vec!["KA-011"]), "nothing tells two apart");
    assert_eq!(nummer(&to, med_vigo_id(Some(ORGNR), "46506")), (Some("46506".into()), vec![]), "but the source may");
    assert_eq!(nummer(&to, med_vigo_id(Some(ORGNR), "46999")), (None, vec!["KA-011"]), "if VIGO has the number");
    assert_eq!(nummer(&to, med_vigo_id(None, "46506")), (Some("46506".into()), vec!["KA-012"]));
    assert_eq!(nummer(&to, skole("s1", Some("974738369"))), (None, vec!["KA-011", "KA-012"]), "a wrong check digit");
    assert_eq!(nummer(&[], skole("s1", None)), (None, vec!["KA-011", "KA-012"]));
}

#[test]
fn what_the_code_base_leaves_open_stands_beside_the_school() {
    use fint::tillegg::Skolemerknad::{
        AnnetNummer, FlereGrunnskoler, IkkeGrunnskole, UkjentOrgnr, UkjentValg, Uspesifisert,
    };
    let svar = |vigo: &[Kildeobjekt], kildens: Option<&str>, valgt: Option<&str>| {
        let valg = valgt.map(|nr| (ORGNR.parse().unwrap(), nr.parse().unwrap()));
        let mut kart = kartlegger().med_skolesvar(valg.into_iter().collect());
        vigo.iter().for_each(|v| motta(&mut kart, "vigo", 0, v.clone()));
        let Objekt::Org(org) = skole("s1", Some(ORGNR)) else { unreachable!() };
        motta(&mut kart, "vigilo", 0, Objekt::Org(Org { vigo_id: kildens.map(str::to_owned), ..org }));
        let fint = alt(&mut kart);
        let merknader = fint.values().find_map(|o| match o {
            hendelse::Fintobjekt::Skoletillegg(t) => Some(t.merknader.clone()),
            _ => None,
        });
        (skoler(&fint)[0].vigonummer().map(str::to_owned), merknader)
    };
    let g = |nummer: &str| vigoskole(nummer, ORGNR, Some("G"));
    let nr = |nummer: &str| Some(nummer.to_owned());
    assert_eq!(svar(&[g("46505")], None, None), (nr("46505"), None), "simply found");
    assert_eq!(svar(&[g("46505")], Some("46505"), Some("46505")), (nr("46505"), None));
    assert_eq!(svar(&[], None, None), (None, None), "the missing number says it");
    let andres = vigoskole("12505", "974616777", Some("G"));
    assert_eq!(svar(&[andres], Some("12505"), None), (nr("12505"), Some(vec![UkjentOrgnr])));
    assert_eq!(svar(&[vigoskole("46069", ORGNR, Some("V"))], None, None), (None, Some(vec![IkkeGrunnskole])));
    let to = [g("46505"), g("46506")];
    assert_eq!(svar(&to, None, None), (None, Some(vec![FlereGrunnskoler])));
    assert_eq!(svar(&to, Some("46506"), None), (nr("46506"), None), "the source has answered");
    assert_eq!(svar(&to, None, Some("46505")), (nr("46505"), None), "a person has answered");
    assert_eq!(svar(&to, Some("46506"), Some("46505")), (nr("46505"), Some(vec![AnnetNummer])));
    assert_eq!(svar(&to, None, Some("46599")), (None, Some(vec![UkjentValg, FlereGrunnskoler])));
    assert_eq!(svar(&[g("46505")], Some("12505"), None), (nr("46505"), Some(vec![AnnetNummer])), "renumbered");
    assert_eq!(svar(&[g("24999")], None, None), (None, Some(vec![Uspesifisert])));
    assert_eq!(svar(&[g("24999")], None, Some("24999")), (None, Some(vec![UkjentValg, Uspesifisert])));
}

#[test]
fn a_change_in_vigos_code_base_touches_its_school_only() {
    let mut kart = en_elev();
    let mut fint = Fint::new();
    publiser(&mut kart, &mut fint);
    motta(&mut kart, "vigo", 1, vigoskole("46505", ORGNR, Some("V")));
    let berort: Vec<_> = kart.ta_berorte().into_iter().map(|n| n.klasse).collect();
    assert_eq!(berort, [Fintklasse::Skole, Fintklasse::Skoletillegg]);
    motta(&mut kart, "vigo", 1, vigoskole("15573", "974616777", Some("G")));
    assert!(kart.ta_berorte().is_empty());
}

#[test]
fn only_an_org_of_the_type_school_is_a_school() {
    let mut kart = kartlegger();
    let Objekt::Org(org) = skole("d1", None) else { unreachable!() };
    motta(&mut kart, "vigilo", 0, Objekt::Org(Org { r#type: "district".into(), ..org }));
    motta(&mut kart, "vigilo", 0, elev("u1", Some(&nummer(0)), &["d1"]));
    motta(&mut kart, "vigilo", 0, klasse("10A", "d1", &[], &["10"]));
    motta(&mut kart, "vigilo", 0, innmelding("e1", "u1", "10A", "d1"));
    let fint = alt(&mut kart);
    assert_eq!(fint.keys().map(|n| n.klasse).collect::<Vec<_>>(), [Fintklasse::Identitet]);
    assert_eq!(regler_brutt(&kart), ["KA-024", "KA-031", "KA-041"]);
}

#[test]
fn a_class_without_a_grade_asks_its_pupils() {
    let trinn = |klassens: &[&str], elevenes: &[&[&str]]| {
        let mut kart = kartlegger();
        motta(&mut kart, "vigilo", 0, skole("s1", Some(ORGNR)));
        motta(&mut kart, "vigilo", 0, klasse("A", "s1", &[], klassens));
        for (nr, grades) in elevenes.iter().enumerate() {
            let id = format!("u{nr}");
            motta(&mut kart, "vigilo", 0, Objekt::User(user(&id, None, grades, &["s1"])));
            motta(&mut kart, "vigilo", 0, innmelding(&format!("e{nr}"), &id, "A", "s1"));
        }
        let fint = alt(&mut kart);
        let avvik = regler_brutt(&kart).into_iter().find(|r| ["KA-021", "KA-022"].contains(r));
        (klasser(&fint)[0].trinn.verdi().to_owned(), avvik)
    };
    assert_eq!(trinn(&["010"], &[&["9"]]), ("10".into(), None));
    assert_eq!(trinn(&[], &[&["10"], &["010"], &[]]), ("10".into(), Some("KA-021")));
    assert_eq!(trinn(&["9", "10"], &[&["10"]]), ("10".into(), Some("KA-021")));
    assert_eq!(trinn(&["8", "9", "10"], &[&["9"], &["10"]]), ("ukjent".into(), Some("KA-022")));
    assert_eq!(trinn(&["KG"], &[]), ("ukjent".into(), Some("KA-022")));
}

#[test]
fn the_school_year_comes_from_the_terms_then_the_source_then_the_day() {
    let ar = |okter: &[Objekt], termer: &[&str]| {
        let mut kart = kartlegger();
        motta(&mut kart, "vigilo", 0, skole("s1", Some(ORGNR)));
        okter.iter().for_each(|o| motta(&mut kart, "vigilo", 0, o.clone()));
        motta(&mut kart, "vigilo", 0, klasse("10A", "s1", termer, &["10"]));
        let fint = alt(&mut kart);
        let antatt = regler_brutt(&kart).contains(&"KA-023");
        (klasser(&fint)[0].skolear.as_ref().unwrap().verdi().to_owned(), antatt)
    };
    let okt = |id: &str, typ: &str, start, slutt| {
        let Objekt::AcademicSession(mut okt) = skolear(id, "x") else { unreachable!() };
        (okt.r#type, okt.start_date, okt.end_date, okt.school_year) = (typ.to_owned(), start, slutt, None);
        Objekt::AcademicSession(okt)
    };
    assert_eq!(ar(&[skolear("a", "2026")], &["a"]), ("2025-2026".into(), false));
    let host = okt("h", "term", Some(date(2025, 8, 18)), Some(date(2026, 1, 15)));
    assert_eq!(ar(&[host], &["h"]), ("2025-2026".into(), false), "a term lies in a year");
    let helt = okt("h", "schoolYear", Some(date(2025, 7, 1)), Some(date(2026, 7, 1)));
    assert_eq!(ar(&[helt], &["h"]), ("2025-2026".into(), false), "a year that starts early is told by its middle");
    let ende = okt("h", "term", None, Some(date(2026, 8, 1)));
    assert_eq!(ar(&[ende], &["h"]), ("2025-2026".into(), false), "the end is the day after");
    assert_eq!(ar(&[skolear("a", "2027"), skolear("b", "2028")], &["a", "b"]), ("2026-2027".into(), false), "now");
    assert_eq!(ar(&[skolear("a", "2026")], &[]), ("2025-2026".into(), true), "the only year there is");
    assert_eq!(ar(&[skolear("a", "2026"), skolear("b", "2027")], &["gone"]), ("2026-2027".into(), true));
    assert_eq!(ar(&[], &[]), ("2026-2027".into(), true), "seen in November 2026");
}

#[test]
fn a_dangling_enrollment_is_counted_and_not_emitted() {
    let mut kart = en_elev();
    motta(&mut kart, "vigilo", 0, skole("s2", None));
    motta(&mut kart, "vigilo", 0, klasse("9B", "s2", &["ar"], &["9"]));
    motta(&mut kart, "vigilo", 0, innmelding("e2", "u1", "9B", "s2"));
    motta(&mut kart, "vigilo", 0, innmelding("e3", "nobody", "10A", "s1"));
    motta(&mut kart, "vigilo", 0, innmelding("e4", "u1", "nowhere", "s1"));
    motta(&mut kart, "vigilo", 0, innmelding("e5", "u1", "nowhere", "s1"));
    assert_eq!(av_klasse(&alt(&mut kart), Fintklasse::Klassemedlemskap), 1);
    let tall: Vec<_> =
        kart.avvikstall().into_iter().filter(|(a, _)| a.regel >= "KA-040").map(|(a, n)| (a.regel, a.felt, n)).collect();
    assert_eq!(tall, [("KA-041", "class", 2), ("KA-042", "user", 1), ("KA-043", "school", 1)]);
}

#[test]
fn periods_are_whole_days_with_the_last_day_inside() {
    let periode = |start, slutt| {
        let mut kart = en_elev();
        let mut bruker = user("u1", None, &["10"], &["s1"]);
        (bruker.roles[0].begin_date, bruker.roles[0].end_date) = (start, slutt);
        motta(&mut kart, "vigilo", 0, Objekt::User(bruker));
        let fint = alt(&mut kart);
        let p = elevforhold(&fint)[0].gyldighetsperiode.clone();
        let dato = |t: jiff::Timestamp| t.to_string()[..10].to_owned();
        (p.map(|p| (dato(p.start), p.slutt.map(dato))), regler_brutt(&kart).contains(&"KA-033"))
    };
    let tekst = |s: &str, t: Option<&str>| Some((s.to_owned(), t.map(str::to_owned)));
    assert_eq!(periode(None, None), (None, false));
    assert_eq!(
        periode(Some(date(2026, 8, 17)), Some(date(2027, 6, 19))),
        (tekst("2026-08-17", Some("2027-06-18")), false)
    );
    assert_eq!(periode(None, Some(date(2027, 6, 19))), (tekst("2026-08-01", Some("2027-06-18")), false));
    assert_eq!(periode(Some(date(2026, 9, 1)), Some(date(2026, 9, 1))), (tekst("2026-09-01", None), true));
}

#[test]
fn the_main_school_is_the_only_one_or_the_only_primary_one() {
    let hovedskoler = |primaer: [bool; 2]| {
        let mut kart = en_elev();
        motta(&mut kart, "vigilo", 0, skole("s2", None));
        let mut bruker = user("u1", Some(&nummer(0)), &["10"], &["s1", "s2", "missing"]);
        (bruker.roles[0].primary, bruker.roles[1].primary) = (primaer[0], primaer[1]);
        motta(&mut kart, "vigilo", 0, Objekt::User(bruker));
        let fint = alt(&mut kart);
        ["Skole s1", "Skole s2"]
            .map(|navn| elevforhold(&fint).iter().find(|e| e.beskrivelse.ends_with(navn)).unwrap().hovedskole)
    };
    assert_eq!(hovedskoler([true, false]), [Some(true), Some(false)]);
    assert_eq!(hovedskoler([false, false]), [None, None]);
    assert_eq!(hovedskoler([true, true]), [None, None]);
}

#[test]
fn a_missing_number_is_filled_and_a_wrong_one_stands() {
    let mut kart = kartlegger();
    motta(&mut kart, "vigilo", 0, skole("s1", Some(ORGNR)));
    for (id, nummer) in [("u1", None), ("u2", Some(" ")), ("u3", Some("123")), ("u4", Some("123"))] {
        motta(&mut kart, "vigilo", 0, elev(id, nummer, &["s1"]));
    }
    let fint = alt(&mut kart);
    let mut numre: Vec<_> = personer(&fint).iter().map(|p| p.kildens_nummer().map(|n| n.vis().clone())).collect();
    numre.sort();
    assert_eq!(numre, [None, None, Some("123".into()), Some("123".into())], "an invalid number joins nobody");
    for elev in elever(&fint) {
        assert!(personer(&fint).iter().any(|p| p.fodselsnummer.verdi() == elev.person.verdi()));
    }
    let tall = kart.avvikstall();
    let antall = |regel| tall.iter().filter(|(a, _)| a.regel == regel).map(|(_, n)| n).sum::<usize>();
    assert_eq!((antall("KA-061"), antall("KA-062"), antall("KA-063")), (2, 2, 0));
}

#[test]
fn nothing_personal_is_printed() {
    let mut kart = en_elev();
    alt(&mut kart);
    let tekst = format!("{kart:?}");
    assert!(!tekst.contains(&nummer(0)) && !tekst.contains("Eksempel"), "a mapper's Debug tells who is in it");
}

#[test]
fn one_changed_user_touches_its_neighbours_only() {
    let mut kart = kartlegger();
    motta(&mut kart, "vigilo", 0, skole("s1", Some(ORGNR)));
    motta(&mut kart, "vigilo", 0, klasse("10A", "s1", &[], &["10"]));
    for nr in 0..200 {
        let id = format!("u{nr}");
        motta(&mut kart, "vigilo", 0, elev(&id, Some(&nummer(nr)), &["s1"]));
        motta(&mut kart, "vigilo", 0, innmelding(&id, &id, "10A", "s1"));
    }
    assert!(kart.ta_berorte().len() > 1000);
    motta(&mut kart, "vigilo", 1, elev("u7", Some(&nummer(300)), &["s1"]));
    let mut klasser: Vec<_> = kart.ta_berorte().into_iter().map(|n| n.klasse).collect();
    klasser.dedup();
    // Two Persons: a new number is a new Person.
    assert_eq!(klasser.len(), 7, "{klasser:?}");
    assert!(kart.ta_berorte().is_empty());
}

#[test]
fn a_resource_carries_the_trace_of_what_touched_it_last() {
    let spor = |n: u8| hendelse::Spor::les(&format!("00-0af7651916cd43dd8448eb211c80319c-b7ad6b71692033{n:02}-01"));
    let mut kart = en_elev();
    kart.ta_berorte();
    for (nr, dagnr) in [(2, 2), (1, 1)] {
        let objekt = Kildeobjekt::from(elev("u1", Some(&nummer(1)), &["s1"]));
        let opphav = mapping::Opphav { spor: spor(nr), ..opphav("vigilo", dagnr) };
        kart.motta(k("vigilo", "user", "u1"), "user", Some(objekt), opphav);
    }
    let nokler = kart.ta_berorte();
    assert!(nokler.iter().filter_map(|n| kart.onsket(n)).all(|o| o.spor == spor(2)), "the latest, in whatever order");
    kart.ta_berorte();
    assert!(nokler.iter().filter_map(|n| kart.onsket(n)).all(|o| o.spor.is_none()));
}

#[test]
fn a_person_is_found_by_the_number_and_by_the_pupil_too_where_the_number_is_not_valid() {
    // The list builder looks persons up by these ids: see its state.
    let mut kart = kartlegger();
    motta(&mut kart, "vigilo", 0, skole("s1", Some(ORGNR)));
    let gyldig = nummer(0);
    for (id, nr) in [("u1", Some(gyldig.as_str())), ("u2", Some("123")), ("u3", None)] {
        motta(&mut kart, "vigilo", 0, elev(id, nr, &["s1"]));
    }
    let fint = alt(&mut kart);
    for elev in elever(&fint) {
        let (id, fnr) = (elev.system_id.verdi(), elev.person.verdi());
        let deler = if fnr == gyldig { vec!["person", fnr] } else { vec!["person", fnr, id] };
        let nokkel = hendelse::Fintnokkel { klasse: Fintklasse::Person, id: nokkel().uuid(&deler) };
        assert!(fint.contains_key(&nokkel));
    }
}
