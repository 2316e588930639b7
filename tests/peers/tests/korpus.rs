//! The fuzz targets' kept corpora, through the same entries and without libFuzzer: what once was found stays found.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

use hendelse::{Bibliotek, Fingeravtrykk, Kildeobjekt};
use oneroster::Objekt;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Writes what the tests here would otherwise compare with.
const SKRIV: &str = "MELLOMLAG_WRITE_CORPUS";

fn korpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus")
}

fn filer(mal: &str) -> Vec<PathBuf> {
    let mut filer: Vec<_> = fs::read_dir(korpus().join(mal)).unwrap().map(|post| post.unwrap().path()).collect();
    filer.sort();
    filer
}

#[test]
fn nothing_in_the_corpus_makes_a_parser_panic() {
    for (mal, inngang) in fuzz::INNGANGER {
        let filer = filer(mal);
        assert!(!filer.is_empty(), "{mal} has no corpus");
        for fil in filer {
            println!("{}", fil.display());
            inngang(&fs::read(fil).unwrap());
        }
        inngang(b"");
    }
}

#[test]
fn every_target_has_an_entry_and_a_corpus() {
    let ventet: BTreeSet<String> = fuzz::INNGANGER.iter().map(|(mal, _)| (*mal).to_owned()).collect();
    let navn = |mappe: PathBuf| -> BTreeSet<String> {
        let stamme = |fil: PathBuf| fil.file_stem().unwrap().to_string_lossy().into_owned();
        fs::read_dir(mappe).unwrap().map(|post| stamme(post.unwrap().path())).collect()
    };
    assert_eq!(navn(korpus()), ventet);
    assert_eq!(navn(korpus().join("../fuzz_targets")), ventet);
}

#[test]
fn the_corpus_has_no_identity_number_of_a_real_month() {
    for (mal, _) in fuzz::INNGANGER {
        for fil in filer(mal) {
            let innhold = fs::read(&fil).unwrap();
            for siffer in innhold.split(|byte| !byte.is_ascii_digit()).filter(|siffer| siffer.len() == 11) {
                let tekst = str::from_utf8(siffer).unwrap();
                let maned: u8 = tekst[2..4].parse().unwrap();
                let mulig = tekst.parse::<identitet::Identitetsnummer>().is_ok();
                assert!(!mulig || maned > 80, "{}: a number that is not synthetic", fil.display());
            }
        }
    }
}

/// Events as they are written today, from the pages of the corpus of OneRoster.
#[test]
fn events_of_the_corpus_can_be_read() {
    let mappe = korpus().join("avro_hendelse");
    if std::env::var_os(SKRIV).is_some() {
        for (navn, objekt) in hendelser() {
            let (avtrykk, data) = objekt.kod().unwrap();
            let hva = fuzz::KILDETYPER.iter().position(|typ| *typ == navn).unwrap();
            let innhold = [&[u8::try_from(hva).unwrap()][..], &avtrykk.0.to_be_bytes(), &data].concat();
            fs::write(mappe.join(navn), innhold).unwrap();
        }
    }
    for typ in hendelser().map(|(navn, _)| navn) {
        let innhold = fs::read(mappe.join(typ)).unwrap();
        let ([_, avtrykk @ ..], data) = innhold.split_first_chunk::<9>().unwrap();
        let avtrykk = Fingeravtrykk(u64::from_be_bytes(*avtrykk));
        Bibliotek::default().les_kilde(typ, avtrykk, data).unwrap_or_else(|feil| panic!("{typ}: {feil}"));
    }
}

fn hendelser() -> impl Iterator<Item = (&'static str, Kildeobjekt)> {
    let id = oneroster::Kildeid::from;
    let roster = [
        Objekt::Org(oneroster::Org {
            sourced_id: id("skole"),
            name: "Litlevik ungdomsskole".into(),
            r#type: "school".into(),
            identifier: Some("974738368".into()),
            vigo_id: Some("46505".into()),
            parent: Some(id("kommune")),
        }),
        Objekt::User(oneroster::User {
            sourced_id: id("elev"),
            given_name: Some("Åse".into()),
            middle_name: None,
            family_name: Some("Øst".into()),
            identifier: Some("05820998865".into()),
            grades: vec!["10".into()],
            roles: vec![oneroster::Role { org: id("skole"), primary: true, begin_date: None, end_date: None }],
        }),
        Objekt::Enrollment(oneroster::Enrollment {
            sourced_id: id("innmelding"),
            user: id("elev"),
            class: id("10A"),
            school: id("skole"),
            begin_date: None,
            end_date: None,
        }),
    ];
    roster.into_iter().map(|objekt| (objekt.objekttype().as_str(), objekt.into()))
}
