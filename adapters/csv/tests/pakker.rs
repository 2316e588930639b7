//! Packages as they should be, and what a reading of them says and does not say.
#![allow(clippy::unwrap_used, reason = "helpers outside #[test] functions: a failure there is a failed test")]

mod felles;

use adapter_csv::{Csvkilde, Pakke};
use felles::*;
use flow::{Cursor, Kildeobjekt, Presence, Progress, Source, SourceError};
use oneroster::{Objekt, Status};

const ALLE: [&str; 5] = ["org", "academicSession", "class", "user", "enrollment"];

#[tokio::test]
async fn a_clean_package_of_either_version_says_the_same() {
    let mut sett = Vec::new();
    for filer in [ren_1p1(), ren_1p2()] {
        let kilde = apne(&filer);
        assert_eq!(koder(&kilde), [] as [&str; 0], "{:?}", kilde.rapport().linjer);
        let lest = les(&kilde).await;
        assert_eq!((lest.typer.as_slice(), lest.avvist().len(), lest.findings.len()), (&ALLE[..], 0, 0));
        let antall = ALLE.map(|typ| lest.av_type(typ).len());
        assert_eq!(antall, [2, 1, 1, 2, 2]);
        let Kildeobjekt::Roster(Objekt::Class(klasse)) = &lest.av_type("class")[0].objekt else { panic!() };
        assert_eq!((klasse.title.as_str(), klasse.grades.as_slice()), ("10A", &["10".to_owned()][..]));
        let [ase, ola] = lest.brukere()[..] else { panic!() };
        assert_eq!(ase.given_name.as_ref().unwrap().vis(), "Åse");
        assert_eq!(ase.middle_name.as_ref().unwrap().vis(), "Bjørk");
        assert_eq!(ase.identifier.as_ref().unwrap().vis(), "05820998865");
        assert_eq!(ola.identifier.as_ref().unwrap().vis(), "14821150036");
        assert_eq!(ola.roles.iter().map(|r| r.primary).collect::<Vec<_>>(), [true, false]);
        sett.push((lest.observed.len(), lest.av_type("enrollment")[0].objekt.clone()));
        assert!(endringer(&kilde).await.is_none());
    }
    assert_eq!(sett[0], sett[1]);
}

#[tokio::test]
async fn role_dates_come_from_the_file_of_roles() {
    let lest = les(&apne(&ren_1p2())).await;
    let rolle = &lest.brukere()[0].roles[0];
    assert_eq!(rolle.begin_date.unwrap().to_string(), "2026-08-01");
    assert_eq!(rolle.end_date.unwrap().to_string(), "2027-08-01");
}

fn delta_1p2() -> Filer {
    let brukere = "sourcedId,status,dateLastModified,givenName,familyName,identifier,grades\n\
        u1,active,2026-11-01T10:00:00Z,Åse,Ny-Prøve,05820998865,10\n\
        u2,tobedeleted,2026-11-02T10:00:00Z,Ola,Prøve,,10\n\
        u9,active,2026-11-02T10:00:00Z,Uten,Rolle,,10\n";
    let roller = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,orgSourcedId\n\
        r1,tobedeleted,2026-11-01T10:00:00Z,u1,primary,student,s1\n\
        r9,active,2026-11-01T10:00:00Z,u1,primary,student,s2\n\
        r8,active,2026-11-01T10:00:00Z,u8,primary,student,s2\n";
    vec![
        fil("manifest.csv", &manifest("1.2", &[("users", "delta"), ("roles", "delta")])),
        fil("users.csv", brukere),
        fil("roles.csv", roller),
    ]
}

#[tokio::test]
async fn a_delta_is_changes_and_complete_for_nothing() {
    let kilde = apne(&delta_1p2());
    let hel = les(&kilde).await;
    assert_eq!((hel.observed.len(), hel.typer.len()), (0, 0));
    let lest = endringer(&kilde).await.unwrap();
    assert_eq!(lest.typer, ["user"]);
    let [flyttet, borte] = &lest.observed[..] else { panic!("{lest:?}") };
    assert_eq!((flyttet.status, borte.status), (Status::Active, Status::Tobedeleted));
    assert_eq!(flyttet.modified.unwrap().to_string(), "2026-11-01T10:00:00Z");
    let [bruker, _] = lest.brukere()[..] else { panic!() };
    assert_eq!(bruker.roles.iter().map(|r| r.org.vis().as_str()).collect::<Vec<_>>(), ["s2"]);
    // Who is changed without roles, and whose roles are changed without the user, is told and not guessed at.
    let ventet = [
        ("delta-role-without-user", "roles.csv:4:userSourcedId"),
        ("delta-user-without-roles", "users.csv:4:sourcedId"),
    ];
    assert_eq!(lest.avvist(), ventet);
    let Err(feil) = kilde.look_up(&flyttet.objekt).await else { panic!("a delta cannot say who exists") };
    assert!(matches!(feil, SourceError::Malformed { .. }));
}

#[tokio::test]
async fn a_mixed_package_is_complete_for_its_bulk_files_only() {
    let modi = [("orgs", "bulk"), ("classes", "bulk"), ("users", "delta"), ("enrollments", "absent")];
    let filer = med(ren_1p1(), "manifest.csv", manifest("1.1", &modi));
    let filer = uten(uten(filer, "academicSessions.csv"), "courses.csv");
    let filer = bytt(filer, "users.csv", "u1,,,", "u1,tobedeleted,2026-11-01T00:00:00Z,");
    let kilde = apne(&filer);
    let hel = les(&kilde).await;
    assert_eq!(hel.typer, ["org", "class"]);
    assert!(hel.brukere().is_empty() && hel.av_type("enrollment").is_empty());
    let endret = endringer(&kilde).await.unwrap();
    assert_eq!((endret.typer.as_slice(), endret.brukere().len()), (&["user"][..], 2));
    assert!(koder(&kilde).contains(&"file-not-announced"));
}

#[tokio::test]
async fn bulk_users_with_delta_roles_are_changes() {
    let modi = [("users", "bulk"), ("roles", "delta"), ("orgs", "bulk")];
    let filer = med(ren_1p2(), "manifest.csv", manifest("1.2", &modi));
    let kilde = apne(&filer);
    assert!(koder(&kilde).contains(&"roles-not-bulk"));
    assert!(!les(&kilde).await.typer.contains(&"user"));
    assert_eq!(endringer(&kilde).await.unwrap().brukere().len(), 2);
}

#[tokio::test]
async fn what_is_not_there_or_empty_is_never_read_as_gone() {
    for navn in ["orgs", "academicSessions", "classes", "users", "enrollments"] {
        let fil = format!("{navn}.csv");
        let mangler = apne(&uten(ren_1p1(), &fil));
        assert!(koder(&mangler).contains(&"file-missing"), "{navn}");
        assert_eq!(les(&mangler).await.typer.len(), 4, "{navn}");
        let hode = String::from_utf8(ren_1p1().iter().find(|(n, _)| *n == fil).unwrap().1.clone()).unwrap();
        let tom = apne(&med(ren_1p1(), &fil, hode.lines().next().unwrap()));
        assert!(koder(&tom).contains(&"empty-file"), "{navn}");
        assert_eq!(les(&tom).await.typer.len(), 4, "{navn}");
        let blank = apne(&med(ren_1p1(), &fil, ""));
        assert_eq!(les(&blank).await.typer.len(), 4, "{navn}");
    }
    let bare_larere = ren_1p1();
    let bare_larere = bytt(bytt(bare_larere, "users.csv", "student", "teacher"), "users.csv", "student", "teacher");
    let kilde = apne(&bare_larere);
    assert!(koder(&kilde).contains(&"nothing-kept") && !les(&kilde).await.typer.contains(&"user"));
}

#[tokio::test]
async fn a_package_answers_for_what_it_is_complete_for() {
    let kilde = apne(&ren_1p1());
    let lest = les(&kilde).await;
    for observed in &lest.observed {
        assert_eq!(kilde.look_up(&observed.objekt).await.unwrap(), Presence::Present);
    }
    let mut andre = lest.observed[3].objekt.clone();
    let mut med_id = |id: &str| {
        let Kildeobjekt::Roster(Objekt::Class(o)) = &mut andre else { panic!("the class comes fourth") };
        o.sourced_id = id.into();
        andre.clone()
    };
    assert_eq!(kilde.look_up(&med_id("c99")).await.unwrap(), Presence::Gone);
    // A teaching group is there, and is none of ours.
    assert_eq!(kilde.look_up(&med_id("c2")).await.unwrap(), Presence::Gone);
    // A row that cannot be read may be the one that is asked for.
    let odelagt = apne(&bytt(ren_1p1(), "classes.csv", "c2,,,Norsk 10A,10,", "c2,"));
    assert!(odelagt.look_up(&med_id("c99")).await.is_err());
    let ulest = apne(&bytt(ren_1p1(), "classes.csv", "c2,,,Norsk 10A,", "c2,ukjent,,Norsk 10A,").clone());
    assert_eq!(ulest.look_up(&med_id("c99")).await.unwrap(), Presence::Gone);
}

#[tokio::test]
async fn a_school_year_of_the_configuration_stands_in_for_one_that_is_missing() {
    let mut config = config();
    config.skolear = Some("2026-2027".parse().unwrap());
    let filer = uten(ren_1p1(), "academicSessions.csv");
    let kilde = Csvkilde::ny("csv", Pakke::apne(zip(&filer), &config).unwrap());
    let lest = les(&kilde).await;
    assert!(lest.typer.contains(&"academicSession"));
    let [okt] = lest.av_type("academicSession")[..] else { panic!() };
    assert_eq!(kilde.look_up(&okt.objekt).await.unwrap(), Presence::Present);
    let egen = Csvkilde::ny("csv", Pakke::apne(zip(&ren_1p1()), &config).unwrap());
    let Kildeobjekt::Roster(okt) = &les(&egen).await.av_type("academicSession")[0].objekt.clone() else { panic!() };
    assert_eq!(okt.sourced_id().vis(), "y1");
}

/// Many pupils: a page holds a page's rows, and any page can be read again, from the middle, by a source that has just
/// been opened.
#[tokio::test]
async fn a_hundred_thousand_rows_come_page_by_page() {
    let hode = "sourcedId,role,orgSourcedIds,givenName,familyName,identifier,grades\n";
    let rader = (0..100_000).map(|i| format!("u{i},student,s1,Prøve{i},Elev,05820998865,10\n"));
    let brukere = rader.fold(hode.to_owned(), |alt, rad| alt + &rad);
    let bytes = zip(&med(ren_1p1(), "users.csv", brukere));
    let kilde = Csvkilde::ny("csv", Pakke::apne(bytes.clone(), &config()).unwrap());
    let (mut cursor, mut antall, mut midt) = (Cursor::default(), 0, None);
    loop {
        let page = kilde.read(&cursor).await.unwrap();
        assert!(page.observed.len() <= 501);
        assert_eq!(page.expected, Some(100_009));
        antall += page.observed.len();
        if antall > 50_000 && midt.is_none() {
            midt = Some((cursor.clone(), page.observed.iter().map(|o| o.objekt.clone()).collect::<Vec<_>>()));
        }
        match page.progress {
            Progress::More => cursor = page.next,
            Progress::Complete(_) => break,
        }
    }
    assert_eq!(antall, 100_006);
    let (cursor, ventet) = midt.unwrap();
    let ny = Csvkilde::ny("csv", Pakke::apne(bytes, &config()).unwrap());
    for kilde in [&kilde, &ny, &ny] {
        let igjen: Vec<_> = kilde.read(&cursor).await.unwrap().observed.into_iter().map(|o| o.objekt).collect();
        assert_eq!(igjen, ventet);
    }
    let annen = apne(&ren_1p1());
    assert!(matches!(annen.read(&cursor).await, Err(SourceError::Torn { .. })));
}
