//! Uploads that are no packages, and uploads that mean harm: refused by name, at once, and within the limits.
#![allow(clippy::unwrap_used, reason = "helpers outside #[test] functions: a failure there is a failed test")]

mod felles;

use adapter_csv::{Config, Pakke, Pakkefeil, fuzz, fuzz_users};
use felles::*;
use proptest::prelude::*;

fn feil(bytes: Vec<u8>) -> Pakkefeil {
    feil_med(bytes, &config())
}

fn feil_med(bytes: Vec<u8>, config: &Config) -> Pakkefeil {
    Pakke::apne(bytes, config).unwrap_err()
}

fn grenser(linje: &str) -> Config {
    Config::parse(&format!("tenant = \"a\"\nkommunenummer = \"4601\"\n[grenser]\n{linje}")).unwrap()
}

/// Changes bytes that stand somewhere, everywhere they stand.
fn bytt_bytes(mut bytes: Vec<u8>, fra: &[u8], til: &[u8]) -> Vec<u8> {
    assert_eq!(fra.len(), til.len());
    let steder: Vec<_> = bytes.windows(fra.len()).enumerate().filter(|(_, v)| *v == fra).map(|(i, _)| i).collect();
    assert!(!steder.is_empty());
    steder.into_iter().for_each(|i| bytes[i..i + til.len()].copy_from_slice(til));
    bytes
}

/// Writes into the central header of `users.csv`, at this distance from its beginning.
fn i_katalogen(mut bytes: Vec<u8>, plass: usize, verdi: &[u8]) -> Vec<u8> {
    let steder =
        bytes.windows(55).enumerate().filter(|(_, v)| v.starts_with(b"PK\x01\x02") && v.ends_with(b"users.csv"));
    let steder: Vec<_> = steder.map(|(i, _)| i).collect();
    assert_eq!(steder.len(), 1);
    steder.into_iter().for_each(|i| bytes[i + plass..i + plass + verdi.len()].copy_from_slice(verdi));
    bytes
}

#[test]
fn what_is_no_package_is_named() {
    assert_eq!(feil(Vec::new()), Pakkefeil::IkkeZip);
    assert_eq!(feil(b"sourcedId,givenName\nu1,x\n".to_vec()), Pakkefeil::IkkeZip);
    assert_eq!(feil(zip(&[])), Pakkefeil::IngenFiler);
    assert_eq!(feil(zip(&[fil("bilde.png", "x")])), Pakkefeil::IngenFiler);
    assert_eq!(feil(zip(&[("pakke.zip".into(), zip(&ren_1p1()))])), Pakkefeil::ZipIZip);
    assert_eq!(feil(zip(&uten(ren_1p1(), "manifest.csv"))), Pakkefeil::UtenManifest);
    for manifest in ["", "navn,verdi\na,b\n", "propertyName,value\na,b,c\n", "propertyName\n"] {
        assert_eq!(feil(zip(&med(ren_1p1(), "manifest.csv", manifest))), Pakkefeil::UlesbartManifest, "{manifest}");
    }
    assert_eq!(feil(zip(&bytt(ren_1p1(), "manifest.csv", "version,1.1", "version,2.0"))), Pakkefeil::Versjon);
}

#[test]
fn too_much_is_too_much() {
    assert_eq!(feil_med(zip(&ren_1p1()), &grenser("pakket_bytes = 100")), Pakkefeil::ForStor { grense: 100 });
    assert_eq!(feil_med(zip(&ren_1p1()), &grenser("filer = 6")), Pakkefeil::ForMangeFiler { grense: 6 });
    let rader = feil_med(zip(&ren_1p1()), &grenser("rader = 2"));
    assert_eq!(rader, Pakkefeil::ForMangeRader { fil: "users.csv", grense: 2 });
    let fil = feil_med(zip(&ren_1p1()), &grenser("utpakket_bytes = 300"));
    assert!(matches!(fil, Pakkefeil::Svulmer { .. }), "{fil:?}");
    let mange: Filer = (0..5000).map(fil_nr).collect();
    assert_eq!(feil(zip(&mange)), Pakkefeil::ForMangeFiler { grense: 200 });
}

fn fil_nr(i: usize) -> (String, Vec<u8>) {
    fil(&format!("fil{i}.txt"), "")
}

#[test]
fn a_bomb_is_put_out() {
    let bombe = zip(&med(ren_1p1(), "users.csv", vec![b'a'; 64 * 1024 * 1024]));
    assert!(bombe.len() < 1024 * 1024);
    assert_eq!(feil(bombe.clone()), Pakkefeil::Svulmer { fil: "users.csv" });
    // Sizes that lie, high or low, do not help it.
    for storrelse in [0_u32, 1000, u32::MAX - 1] {
        let loyn = i_katalogen(bombe.clone(), 24, &storrelse.to_le_bytes());
        assert_eq!(feil(loyn), Pakkefeil::Svulmer { fil: "users.csv" }, "{storrelse}");
        let loyn = i_katalogen(zip(&ren_1p1()), 24, &storrelse.to_le_bytes());
        assert!(matches!(feil(loyn), Pakkefeil::Skadet { .. }), "{storrelse}");
    }
}

#[test]
fn harm_done_on_the_way_is_seen() {
    let bytes = zip(&ren_1p1());
    let sum = i_katalogen(bytes.clone(), 16, &[1, 2, 3, 4]);
    assert!(matches!(feil(sum), Pakkefeil::Skadet { .. }));
    assert!(matches!(feil(bytes[..bytes.len() / 2].to_vec()), Pakkefeil::IkkeZip));
    let lengde = i_katalogen(bytes.clone(), 20, &u32::MAX.to_le_bytes()[..3]);
    assert!(matches!(feil(lengde), Pakkefeil::Skadet { .. } | Pakkefeil::IkkeZip));
    assert!(matches!(feil(i_katalogen(bytes.clone(), 8, &[1, 0])), Pakkefeil::Kryptert { .. }));
    assert!(matches!(feil(i_katalogen(bytes, 10, &[12, 0])), Pakkefeil::Pakkemate { .. }));
}

#[test]
fn two_files_of_one_name_are_refused() {
    let filer = med(ren_1p1(), "USERS.csv", BRUKERE_1P1);
    assert_eq!(feil(zip(&filer)), Pakkefeil::ToLike { fil: "users.csv" });
    let filer = med(ren_1p1(), "userz.csv", BRUKERE_1P1);
    assert!(matches!(feil(bytt_bytes(zip(&filer), b"userz.csv", b"users.csv")), Pakkefeil::ToLike { .. }));
}

#[tokio::test]
async fn a_path_that_points_out_is_a_file_that_is_not_read() {
    let filer = med(uten(ren_1p1(), "users.csv"), "../users.csv", BRUKERE_1P1);
    let kilde = apne(&filer);
    assert!(koder(&kilde).contains(&"unknown-file") && les(&kilde).await.brukere().is_empty());
    let filer = med(uten(ren_1p1(), "users.csv"), "a/b/users.csv", BRUKERE_1P1);
    assert!(les(&apne(&filer)).await.brukere().is_empty());
}

#[test]
fn every_refusal_tells_a_person_what_to_do() {
    let alle = [
        Pakkefeil::IkkeZip,
        Pakkefeil::ForStor { grense: 1 },
        Pakkefeil::ForMangeFiler { grense: 1 },
        Pakkefeil::Kryptert { fil: "users.csv" },
        Pakkefeil::ToLike { fil: "users.csv" },
        Pakkefeil::Pakkemate { fil: "users.csv" },
        Pakkefeil::Svulmer { fil: "users.csv" },
        Pakkefeil::Skadet { fil: "users.csv" },
        Pakkefeil::ForMangeRader { fil: "users.csv", grense: 1 },
        Pakkefeil::ZipIZip,
        Pakkefeil::IngenFiler,
        Pakkefeil::UtenManifest,
        Pakkefeil::UlesbartManifest,
        Pakkefeil::Versjon,
    ];
    let koder: std::collections::BTreeSet<_> = alle.iter().map(|feil| feil.forklaring().kode).collect();
    assert_eq!(koder.len(), alle.len());
    assert!(alle.iter().all(|feil| feil.forklaring().hva_gjore_nb.ends_with('.')));
}

/// A row that can be read, or one that cannot.
fn rad() -> impl Strategy<Value = (bool, String)> {
    prop_oneof![
        3 => "[A-ZÆØÅ][a-zæøå]{1,8}".prop_map(|navn| (true, format!("student,s1,{navn},Prøve,10"))),
        1 => "[a-z,;]{0,6}".prop_map(|rot| (false, format!("student,s1,{rot}"))),
        1 => "[a-z]{1,6}".prop_map(|rot| (false, format!("student,s1,\"{rot},Prøve,10"))),
        1 => "[a-z]{1,6}".prop_map(|rot| (false, format!("student,s1,={rot},Prøve,10"))),
        1 => "[a-z]{1,6}".prop_map(|rot| (false, format!("student,s1,{rot}\0,Prøve,10"))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn arbitrary_bytes_are_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        fuzz(&bytes);
    }

    #[test]
    fn a_package_with_some_bytes_changed_is_no_harm(endret in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = zip(&ren_1p2());
        for (plass, verdi) in endret {
            let plass = plass.index(bytes.len());
            bytes[plass] = verdi;
        }
        fuzz(&bytes);
    }

    #[test]
    fn arbitrary_rows_are_no_harm(tekst in "\\PC{0,300}", bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let hode = "sourcedId,role,orgSourcedIds,givenName,familyName,userIds,status,dateLastModified,grades\n";
        fuzz_users(&bytes);
        fuzz_users(tekst.as_bytes());
        fuzz_users(&[hode.as_bytes(), &bytes].concat());
        fuzz_users(&[hode.as_bytes(), tekst.replace(' ', ",").replace('a', "\n").as_bytes()].concat());
    }

    #[test]
    fn every_good_pupil_comes_out_whatever_stands_around(rader in proptest::collection::vec(rad(), 1..40)) {
        let hode = "sourcedId,role,orgSourcedIds,givenName,familyName,grades\n".to_owned();
        let rader = rader.iter().enumerate();
        let tekst = rader.clone().fold(hode, |alt, (i, (_, rad))| format!("{alt}u{i},{rad}\n"));
        let gode: Vec<_> = rader.filter(|(_, (god, _))| *god).map(|(i, _)| format!("u{i}")).collect();
        let kilde = apne(&med(ren_1p1(), "users.csv", tekst));
        let lest = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(les(&kilde));
        let funnet: Vec<_> = lest.brukere().iter().map(|bruker| bruker.sourced_id.vis().clone()).collect();
        for god in gode {
            prop_assert!(funnet.contains(&god), "{}", god);
        }
    }
}
