//! What spreadsheets, exports and people do to packages: each with the code it gets and what comes out all the same.
#![allow(clippy::unwrap_used, reason = "helpers outside #[test] functions: a failure there is a failed test")]

mod felles;

use adapter_csv::rapport::Niva;
use adapter_csv::{Csvkilde, Klassefilter, Pakke};
use felles::*;

/// Adds columns to `users.csv`, the same values in each row.
fn flere_kolonner(filer: Filer, hode: &str, verdier: &str) -> Filer {
    let lest = tekst(&filer, "users.csv");
    let nye = std::iter::once(hode).chain(std::iter::repeat(verdier));
    let ny: String = lest.lines().zip(nye).map(|(rad, nytt)| format!("{rad},{nytt}\r\n")).collect();
    med(filer, "users.csv", ny)
}

/// What is done to a clean package of 1.1, the codes its report then has, and the pupils that come out.
type Tilfelle = (&'static str, fn(Filer) -> Filer, &'static [&'static str], usize);

fn brukere(filer: Filer, fra: &str, til: &str) -> Filer {
    bytt(filer, "users.csv", fra, til)
}

fn tekst(filer: &Filer, navn: &str) -> String {
    String::from_utf8(filer.iter().find(|(n, _)| n == navn).unwrap().1.clone()).unwrap()
}

fn kodet(filer: Filer, til: fn(&str) -> Vec<u8>) -> Filer {
    let bytes = til(&tekst(&filer, "users.csv"));
    med(filer, "users.csv", bytes)
}

fn latin(tekst: &str) -> Vec<u8> {
    tekst.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// `,` to another character in a file without fields in quotation marks.
fn skilt(filer: Filer, skille: &str) -> Filer {
    let tekst = tekst(&filer, "users.csv").replace("\"s1,k1\"", "s1").replace(',', skille);
    med(filer, "users.csv", tekst)
}

const TILFELLER: &[Tilfelle] = &[
    ("utf-8 with a mark", |f| kodet(f, |t| format!("\u{feff}{t}").into_bytes()), &[], 2),
    ("latin-1", |f| kodet(f, latin), &["not-utf-8"], 2),
    (
        "utf-16",
        |f| kodet(f, |t| format!("\u{feff}{t}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
        &["utf-16"],
        2,
    ),
    ("utf-16 without a mark", |f| kodet(f, |t| t.encode_utf16().flat_map(u16::to_be_bytes).collect()), &["utf-16"], 2),
    ("semicolons", |f| skilt(f, ";"), &["delimiter"], 2),
    ("tabs", |f| skilt(f, "\t"), &["delimiter"], 2),
    (
        "excel's own line",
        |f| {
            let t = format!("sep=;\r\n{}", tekst(&skilt(f.clone(), ";"), "users.csv"));
            med(f, "users.csv", t)
        },
        &["delimiter", "sep-line"],
        2,
    ),
    (
        "header in capitals and with blanks",
        |f| brukere(f, "sourcedId,status", "SOURCEDID, Status "),
        &["header-spelling"],
        2,
    ),
    ("misspelt header", |f| brukere(f, "middleName,identifier", "middleName,identfier"), &["header-spelling"], 2),
    ("columns of their own", |f| flere_kolonner(f, "metadata.x,skostørrelse", "a,b"), &["unknown-column"], 2),
    ("blank rows", |f| brukere(f, "u2,", "\r\n,,,,\r\nu2,"), &["blank-row"], 2),
    ("empty fields behind", |f| brukere(f, ",10,\r", ",10,,,,\r"), &["extra-empty-fields"], 2),
    ("name over two lines", |f| brukere(f, "Åse", "\"Åse\r\nMarie\""), &[], 2),
    ("quote inside", |f| brukere(f, "Åse", "Åse \"Å\""), &["stray-quote"], 2),
    ("formula to keep a zero", |f| brukere(f, "05820998865", "=\"05820998865\""), &["formula-text"], 2),
    ("formula", |f| brukere(f, "Åse", "=A1"), &["formula-cell"], 1),
    ("letters in two parts", |f| brukere(f, "Åse", "A\u{30a}se"), &["decomposed-letters"], 2),
    ("excel's lost zero", |f| brukere(f, "05820998865", "5820998865"), &["lost-zeros"], 2),
    ("excel's rounding", |f| brukere(f, "05820998865", "\"4,81E+10\""), &["spreadsheet-number"], 2),
    ("mistyped number", |f| brukere(f, "05820998865", "05820998866"), &["invalid-identity-number"], 2),
    ("no number", |f| brukere(f, "05820998865", ""), &["missing-identity-number"], 2),
    ("two numbers", |f| brukere(f, "{LDAP:12}", "{fnr:14821150036}"), &["identifiers-differ"], 2),
    ("role in capitals", |f| brukere(f, "student", "Student"), &["vocabulary-spelling"], 2),
    ("role in norwegian", |f| brukere(f, "student", "elev"), &["vocabulary-spelling"], 2),
    ("role that nobody knows", |f| brukere(f, "teacher", "vaktmester"), &["unknown-role"], 2),
    ("extension role", |f| brukere(f, "teacher", "ext:primaryGuardian"), &[], 2),
    ("no role", |f| brukere(f, "student", ""), &["missing-role"], 1),
    ("no school", |f| brukere(f, "true,s1,student", "true,,student"), &["pupil-without-org"], 2),
    ("unknown school", |f| brukere(f, "true,s1,student", "true,s9,student"), &["unknown-reference"], 2),
    ("no grade", |f| brukere(f, ",,,,,10,", ",,,,,,"), &["grades-empty"], 2),
    ("no name", |f| brukere(f, "Åse", ""), &["missing-name"], 2),
    ("no id", |f| brukere(f, "u1,", ","), &["missing-sourced-id", "unknown-reference"], 1),
    ("status in bulk", |f| brukere(f, "u1,,", "u1,active,"), &["status-in-bulk"], 2),
    ("status of 1.0", |f| brukere(f, "u1,,", "u1,inactive,"), &["status-in-bulk", "status-inactive"], 2),
    ("status that nobody knows", |f| brukere(f, "u1,,", "u1,kanskje,"), &["status-in-bulk", "unknown-status"], 1),
    ("odd time of change", |f| brukere(f, "u1,,,", "u1,,i går,"), &["unreadable-timestamp"], 2),
    ("too few fields", |f| brukere(f, "u1,,,true,", "u1,"), &["too-few-fields", "unknown-reference"], 1),
    ("too many fields", |f| brukere(f, "Åse", "Åse,Marie,Anne"), &["too-many-fields", "unknown-reference"], 1),
    ("open quote", |f| brukere(f, "Åse", "\"Åse"), &["unclosed-quote", "unknown-reference"], 1),
    ("nul", |f| brukere(f, "Åse", "\0"), &["nul-byte", "unknown-reference"], 1),
    ("long field", |f| brukere(f, "Åse", &"å".repeat(9000)), &["field-too-long", "unknown-reference"], 1),
    ("long line", |f| brukere(f, "Åse", &"å".repeat(90_000)), &["line-too-long", "unknown-reference"], 1),
    (
        "same row twice",
        |f| {
            let t = tekst(&f, "users.csv") + BRUKERE_1P1.lines().nth(1).unwrap();
            med(f, "users.csv", t)
        },
        &["duplicate-row"],
        3,
    ),
    ("two versions of one", |f| brukere(f, "u2,", "u1,"), &["conflicting-duplicate", "unknown-reference"], 0),
    ("missing column", |f| brukere(f, "familyName", "etternavnet"), &["missing-column", "unknown-column"], 0),
    ("column twice", |f| brukere(f, "middleName", "familyName"), &["duplicate-column"], 0),
    ("no role column", |f| brukere(f, "role", "rolle"), &["missing-column", "unknown-column"], 0),
    (
        "norwegian dates",
        |f| bytt(f, "enrollments.csv", "2026-08-01,2027-08-01", "01.08.2026,1.8.2027"),
        &["date-format"],
        2,
    ),
    ("dates with slashes", |f| bytt(f, "enrollments.csv", "2026-08-01", "1/08/2026"), &["date-with-slashes"], 2),
    (
        "moment for a day",
        |f| bytt(f, "enrollments.csv", "2026-08-01", "2026-07-31T22:00:00Z"),
        &["datetime-for-date"],
        2,
    ),
    ("american date", |f| bytt(f, "enrollments.csv", "2026-08-01", "8/31/2026"), &["unreadable-date"], 2),
    ("excel's day number", |f| bytt(f, "enrollments.csv", "2026-08-01", "46235"), &["unreadable-date"], 2),
    ("no class type", |f| bytt(f, "classes.csv", "homeroom", ""), &["missing-class-type"], 2),
    ("class that is not there", |f| bytt(f, "enrollments.csv", "m1,,,c1", "m1,,,c9"), &["unknown-reference"], 2),
    ("school number without zeros", |f| bytt(f, "orgs.csv", "974738368", "3503"), &["school-number-lost-zeros"], 2),
    (
        "wrong organisation number",
        |f| bytt(f, "orgs.csv", "974738368", "974738369"),
        &["invalid-organisation-number"],
        2,
    ),
    (
        "file name in capitals",
        |f| {
            let b = tekst(&f, "users.csv");
            med(uten(f, "users.csv"), "Users.CSV", b)
        },
        &["file-name-spelling"],
        2,
    ),
    ("all in a folder", |f| f.into_iter().map(|(n, b)| (format!("eksport/{n}"), b)).collect(), &["file-in-folder"], 2),
    ("what a mac adds", |f| med(med(f, "__MACOSX/._users.csv", "x"), ".DS_Store", "x"), &[], 2),
    ("a file of their own", |f| med(f, "lesmeg.txt", "x"), &["unknown-file"], 2),
    ("a zip beside", |f| med(f, "gammel.zip", "x"), &["unknown-file"], 2),
    ("other files of the standard", |f| med(med(f, "demographics.csv", "x"), "userprofiles.csv", "x"), &[], 2),
    ("blank modes", |f| bytt(f, "manifest.csv", "users,bulk", "users,"), &["blank-mode"], 2),
    ("unknown mode", |f| bytt(f, "manifest.csv", "classes,bulk", "classes,full"), &["unknown-mode"], 2),
    (
        "no versions",
        |f| {
            bytt(
                bytt(f, "manifest.csv", "oneroster.version,1.1", "oneroster.version,"),
                "manifest.csv",
                "manifest.version,1.0",
                "x,y",
            )
        },
        &["manifest-version", "missing-version"],
        2,
    ),
    (
        "says 1.2, is 1.1",
        |f| bytt(f, "manifest.csv", "oneroster.version,1.1", "oneroster.version,1.2"),
        &["role-column-in-1.2"],
        2,
    ),
];

#[tokio::test]
async fn each_kind_of_dirt_has_its_code_and_takes_no_more_than_it_must() {
    for (navn, gjor, ventet, elever) in TILFELLER {
        let kilde = apne(&gjor(ren_1p1()));
        assert_eq!(&koder(&kilde), ventet, "{navn}: {:?}", kilde.rapport().linjer);
        let lest = les(&kilde).await;
        assert_eq!(lest.brukere().len(), *elever, "{navn}");
        // What the report calls wrong is what the reading refuses, in the same words.
        for (kode, felt) in lest.avvist() {
            let linje = kilde.rapport().linjer.iter().find(|linje| {
                let kolonne = linje.kolonne.map(|k| format!(":{k}")).unwrap_or_default();
                linje.kode.as_str() == kode && felt == format!("{}:{}{kolonne}", linje.fil, linje.rad.unwrap_or(0))
            });
            assert!(linje.is_some_and(|linje| linje.niva == Niva::Feil), "{navn}: {kode} {felt}");
        }
        for kode in *ventet {
            let sagt = lest.findings.contains(kode) || lest.avvist().iter().any(|(k, _)| k == kode);
            assert!(sagt, "{navn}: {kode} is counted for the source too");
        }
    }
}

#[tokio::test]
async fn letters_come_out_the_same_from_every_character_set() {
    for navn in ["latin-1", "utf-16", "utf-16 without a mark", "letters in two parts"] {
        let (_, gjor, ..) = TILFELLER.iter().find(|(n, ..)| *n == navn).unwrap();
        let lest = les(&apne(&gjor(ren_1p1()))).await;
        assert_eq!(lest.brukere()[0].given_name.as_ref().unwrap().vis(), "Åse", "{navn}");
        assert_eq!(lest.brukere()[0].middle_name.as_ref().unwrap().vis(), "Bjørk", "{navn}");
    }
}

#[tokio::test]
async fn a_spoilt_number_is_passed_on_as_it_is() {
    for (navn, nummer) in [("excel's lost zero", "5820998865"), ("excel's rounding", "4,81E+10")] {
        let (_, gjor, ..) = TILFELLER.iter().find(|(n, ..)| *n == navn).unwrap();
        let kilde = apne(&gjor(ren_1p1()));
        assert_eq!(les(&kilde).await.brukere()[0].identifier.as_ref().unwrap().vis(), nummer);
        let linje = &kilde.rapport().linjer[0];
        assert_eq!((linje.fil, linje.rad, linje.kolonne), ("users.csv", Some(2), Some("identifier")));
        assert!(linje.tekst_nb.contains("regneark"));
    }
}

#[tokio::test]
async fn a_row_is_named_by_file_row_and_column_and_keeps_its_bytes() {
    let kilde = apne(&bytt(ren_1p1(), "enrollments.csv", "m2,,,c1", "m2,,,"));
    let lest = les(&kilde).await;
    assert_eq!(lest.avvist(), [("missing-reference", "enrollments.csv:3:classSourcedId")]);
    assert!(lest.refused[0].raw.starts_with(b"m2,,,,s1,u2,student"));
}

#[tokio::test]
async fn roles_that_cannot_be_read_hold_their_user_back() {
    let filer = bytt(ren_1p2(), "roles.csv", "r3,,,u2,secondary,student,,", "r3,,,u2,secondary,student,,en dag");
    let lest = les(&apne(&filer)).await;
    assert_eq!(lest.brukere().len(), 1);
    let ventet = [("unreadable-date", "roles.csv:4:endDate"), ("roles-unreadable", "users.csv:3:sourcedId")];
    assert_eq!(lest.avvist(), ventet);
    let uten_roller = uten(ren_1p2(), "roles.csv");
    let kilde = apne(&uten_roller);
    assert!(koder(&kilde).contains(&"roles-missing") && les(&kilde).await.brukere().is_empty());
}

#[tokio::test]
async fn blank_modes_are_told_apart_by_status() {
    let blank = bytt(ren_1p1(), "manifest.csv", "users,bulk", "users,");
    assert!(les(&apne(&blank)).await.typer.contains(&"user"));
    let filer = bytt(blank, "users.csv", "u1,,", "u1,active,");
    let kilde = apne(&filer);
    assert!(!les(&kilde).await.typer.contains(&"user"));
    assert_eq!(endringer(&kilde).await.unwrap().brukere().len(), 2);
}

#[tokio::test]
async fn groups_are_chosen_by_the_configuration() {
    for (filter, antall) in [(Klassefilter::Homeroom, 1), (Klassefilter::Alle, 2), (Klassefilter::GroupType, 1)] {
        let mut config = config();
        config.klassefilter = filter;
        let klasser = "sourcedId,title,classType,schoolSourcedId,metadata.groupType\n\
                       c1,10A,homeroom,s1,SfoGroup\nc2,Norsk,scheduled,s1,Class\n";
        let bytes = zip(&med(ren_1p1(), "classes.csv", klasser));
        let kilde = Csvkilde::ny("csv", Pakke::apne(bytes, &config).unwrap());
        assert_eq!(les(&kilde).await.av_type("class").len(), antall, "{filter:?}");
    }
}

#[tokio::test]
async fn nothing_that_is_said_holds_anything_personal() {
    for (navn, gjor, ..) in TILFELLER {
        let kilde = apne(&gjor(ren_1p1()));
        let lest = les(&kilde).await;
        let sagt = format!(
            "{} {} {:?} {:?} {:?}",
            serde_json::to_string(kilde.rapport()).unwrap(),
            kilde.rapport().til_csv(),
            lest.observed,
            lest.refused,
            kilde.pakke()
        );
        for personlig in
            ["Åse", "Bjørk", "olapro", "5820998865", "14821150036", "4,81E", "vaktmester", "kanskje", "etternavnet"]
        {
            assert!(!sagt.contains(personlig), "{navn}: {personlig}");
        }
    }
}
