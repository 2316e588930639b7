//! There and back again, and what is said of what is keyed in.

use super::*;
use flow::{Cursor, Presence, Progress, Source, Vannmerker};
use identitet::{Grunnlag, tenor_nummer};
use oneroster::{Objekt, Status};
use proptest::prelude::*;

fn skole(orgnr: &str) -> Tastetskole {
    Tastetskole { organisasjonsnummer: orgnr.into(), navn: "Prøveskolen".into(), vigo_id: Some("03503".into()) }
}

fn elev(nr: u128, klasse: &str) -> Tastetelev {
    let nummer = tenor_nummer(Grunnlag::Fnr, 2010, 2, 5, 988);
    Tastetelev {
        id: Uuid::from_u128(nr),
        identitetsnummer: nummer.map(|nummer| nummer.verdi().clone()),
        fornavn: "Åse".into(),
        mellomnavn: None,
        etternavn: "Prøve".into(),
        klasse: klasse.into(),
        trinn: "10".into(),
    }
}

fn ar() -> Skolear {
    "2026-2027".parse().unwrap()
}

fn koder(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems.iter().map(|p| (p.felt.as_str(), p.kode.as_str())).collect()
}

#[test]
fn what_is_right_is_left_alone() {
    let tastet = Tastet { skole: skole("974738368"), skolear: ar(), elever: vec![elev(1, "10A"), elev(2, "10A")] };
    assert_eq!(tastet.check(), []);
    let objekter = observasjoner(&tastet);
    let typer: Vec<_> = objekter.iter().map(|o| o.objekt.typenavn()).collect();
    assert_eq!(typer, ["org", "academicSession", "class", "user", "user", "enrollment", "enrollment"]);
}

#[test]
fn every_fault_is_named_by_its_field_and_explained() {
    let feil = Tastetelev {
        identitetsnummer: Some("5820998865".into()),
        fornavn: " ".into(),
        mellomnavn: Some("x".repeat(300).into()),
        etternavn: "a\u{200b}b".into(),
        klasse: String::new(),
        trinn: "VG1".into(),
        ..elev(1, "10A")
    };
    let ventet = [
        ("identitetsnummer", "lost-zeros"),
        ("fornavn", "given-name-empty"),
        ("mellomnavn", "text-too-long"),
        ("etternavn", "text-unprintable"),
        ("klasse", "class-empty"),
        ("trinn", "grade-unknown"),
    ];
    assert_eq!(koder(&feil.check()), ventet);
    assert!(!feil.check()[0].hindrer() && feil.check()[1].hindrer());
    let uten = Tastetelev { identitetsnummer: None, ..elev(1, "10A") };
    assert_eq!(koder(&uten.check()), [("identitetsnummer", "missing-identity-number")]);
    let galt = Tastetskole { organisasjonsnummer: "123".into(), navn: String::new(), vigo_id: Some("3503".into()) };
    let tastet = Tastet { skole: galt, skolear: ar(), elever: vec![elev(1, "10A"), elev(1, "10B")] };
    let ventet = [
        ("skole.organisasjonsnummer", "organisation-number-invalid"),
        ("skole.navn", "school-name-empty"),
        ("skole.vigo_id", "school-number-invalid"),
        ("elever[1].id", "id-used-twice"),
    ];
    assert_eq!(koder(&tastet.check()), ventet);
    let json = serde_json::to_value(&tastet.check()[0]).unwrap();
    assert_eq!(json["niva"], "feil");
    let fremmed =
        serde_json::from_str::<Tastetelev>("{\"id\":\"00000000-0000-0000-0000-000000000001\",\"adresse\":\"\"}");
    assert!(fremmed.is_err());
}

#[tokio::test]
async fn the_whole_says_what_is_gone_and_a_change_does_not() {
    let tastet = Tastet { skole: skole("974738368"), skolear: ar(), elever: vec![elev(1, "10A")] };
    let hel = Tastetkilde::hel("tastet", std::slice::from_ref(&tastet));
    let side = hel.read(&Cursor::default()).await.unwrap();
    assert!(matches!(&side.progress, Progress::Complete(typer) if typer.len() == 5));
    assert!(hel.changes(&Vannmerker::new(), &Cursor::default()).await.unwrap().is_none());
    let ukjent = observasjoner(&Tastet { elever: vec![elev(9, "10A")], ..tastet.clone() }).pop().unwrap().objekt;
    assert_eq!(hel.look_up(&side.observed[3].objekt).await.unwrap(), Presence::Present);
    assert_eq!(hel.look_up(&ukjent).await.unwrap(), Presence::Gone);

    let fjernet = Tastetendring::Fjernet { skole: tastet.skole.clone(), skolear: ar(), elev: elev(1, "10A").into() };
    let lagret = Tastetendring::Lagret { skole: tastet.skole.clone(), skolear: ar(), elev: elev(2, "10B").into() };
    let endring = Tastetkilde::endringer("tastet", &[fjernet, lagret]);
    let tom = endring.read(&Cursor::default()).await.unwrap();
    assert!(tom.observed.is_empty() && tom.progress == Progress::Complete(Vec::new()));
    let side = endring.changes(&Vannmerker::new(), &Cursor::default()).await.unwrap().unwrap();
    let borte: Vec<_> =
        side.observed.iter().filter(|o| o.status == Status::Tobedeleted).map(|o| o.objekt.typenavn()).collect();
    assert_eq!((borte, side.observed.len()), (vec!["user", "enrollment"], 7));
    assert_eq!(endring.look_up(&side.observed[0].objekt).await.unwrap(), Presence::Gone);
    assert!(endring.look_up(&ukjent).await.is_err());
}

#[tokio::test]
async fn a_pupil_at_two_schools_is_one_and_two_versions_of_one_are_none() {
    let en = Tastet { skole: skole("974738368"), skolear: ar(), elever: vec![elev(1, "10A")] };
    let to = Tastet { skole: skole("842872022"), ..en.clone() };
    let side = Tastetkilde::hel("tastet", &[en.clone(), to.clone()]).read(&Cursor::default()).await.unwrap();
    let bruker = side.observed.iter().find_map(|o| match &o.objekt {
        flow::Kildeobjekt::Roster(Objekt::User(user)) => Some(user),
        _ => None,
    });
    assert_eq!(bruker.unwrap().roles.len(), 2);
    let annet = Tastet { elever: vec![Tastetelev { fornavn: "Kari".into(), ..elev(1, "10A") }], ..to };
    let side = Tastetkilde::hel("tastet", &[en, annet]).read(&Cursor::default()).await.unwrap();
    assert_eq!((side.refused.len(), side.refused[0].code), (1, "id-used-twice"));
    assert!(side.observed.iter().all(|o| o.objekt.typenavn() != "user"));
}

fn tekst() -> impl Strategy<Value = String> {
    "[A-ZÆØÅa-zæøå '\\-]{0,12}"
}

prop_compose! {
    fn vilkarlig()(
        elever in proptest::collection::btree_map(
            any::<u128>(),
            (tekst(), proptest::option::of(tekst()), tekst(), "[0-9A-Z ]{0,4}", "[0-9]{1,3}", proptest::option::of("[0-9]{0,11}")),
            0..20,
        ),
        vigo_id in proptest::option::of("[0-9]{5}"),
    ) -> Tastet {
        let elever = elever.into_iter().map(|(id, (fornavn, mellomnavn, etternavn, klasse, trinn, nummer))| Tastetelev {
            id: Uuid::from_u128(id),
            identitetsnummer: nummer.map(Skjermet::new),
            fornavn: fornavn.into(),
            mellomnavn: mellomnavn.map(Skjermet::new),
            etternavn: etternavn.into(),
            klasse,
            trinn,
        });
        Tastet { skole: Tastetskole { vigo_id, ..skole("974738368") }, skolear: ar(), elever: elever.collect() }
    }
}

proptest! {
    #[test]
    fn there_and_back_again(tastet in vilkarlig()) {
        let objekter: Vec<_> = observasjoner(&tastet).into_iter().map(|o| o.objekt).collect();
        prop_assert_eq!(tilbake(&objekter), [tastet.ryddet()]);
        let json = serde_json::to_string(&tastet).unwrap();
        prop_assert_eq!(serde_json::from_str::<Tastet>(&json).unwrap(), tastet);
    }

    #[test]
    fn the_order_of_pupils_does_not_matter(tastet in vilkarlig()) {
        let mut snudd = tastet.clone();
        snudd.elever.reverse();
        let les = |tastet: &Tastet| observasjoner(tastet).into_iter().map(|o| o.objekt).collect::<Vec<_>>();
        prop_assert_eq!(les(&tastet), les(&snudd));
    }

    #[test]
    fn one_pupil_says_the_same_alone_as_among_others(tastet in vilkarlig()) {
        let alle: Vec<_> = observasjoner(&tastet).into_iter().map(|o| o.objekt).collect();
        for elev in &tastet.elever {
            let alene = Tastet { elever: vec![elev.clone()], ..tastet.clone() };
            for observed in observasjoner(&alene) {
                prop_assert!(alle.contains(&observed.objekt));
            }
        }
    }
}
