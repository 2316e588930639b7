//! The command, with the receipts that `core/liste` keeps.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

use super::*;
use std::path::PathBuf;

fn fil(navn: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/liste/tests/kvittering").join(navn)
}

fn ring() -> Nokkelring {
    let mut ring = Nokkelring::default();
    ring.legg_til(&std::fs::read_to_string(fil("offentlig.pem")).unwrap()).unwrap();
    ring
}

fn valg(kvittering: PathBuf, json: bool) -> Verifiseringsvalg {
    Verifiseringsvalg { kvittering, key: vec![fil("offentlig.pem")], vis: false, json }
}

#[test]
fn a_county_officer_reads_what_was_received() {
    let liste = ring().verifiser(&les(&fil("liste.json")).unwrap()).unwrap();
    let tekst = visning::tekst(&liste, true);
    for ord in [
        "✓ Kvitteringen er ekte.",
        "(VIGO-nummer 46505, org.nr. 974738368)",
        "2026-2027, overføring 1",
        "Vestland",
        "  Elever       3\n",
        "9. november 2026 kl. 10.42.07 hos «vigo»",
        "Mottatt med 1 merknad. Mottakerens kvittering: 0b5f7a1e-52cf-4a0e-9d4b-2f6f6c1a7a11",
        "hel liste",
        "rektor@fjellsiden (skolen)",
        "Bergen kommune (org.nr. 964338531), gjennom leverandøren 312701103",
    ] {
        assert!(tekst.contains(ord), "{ord} is not in\n{tekst}");
    }
}

#[test]
fn a_pupil_is_shown_only_when_it_is_asked_for() {
    let elev = ring().verifiser(&les(&fil("elev.json")).unwrap()).unwrap();
    let vist = |vis| [visning::tekst(&elev, vis), visning::json(&elev, vis)];
    for skjult in vist(false) {
        assert!(!["Runa", "Eksempel", "10B", "14851170031"].iter().any(|ord| skjult.contains(ord)), "{skjult}");
    }
    for synlig in vist(true) {
        assert!(synlig.contains("Runa") && synlig.contains("10B") && !synlig.contains("14851170031"), "{synlig}");
    }
    assert!(!visning::tekst(&elev, true).trim_end().chars().any(|c| c.is_control() && c != '\n'));
    assert!(visning::tekst(&elev, true).lines().last().unwrap().contains("Runa \"Ø\"� Eksempel"));
}

#[test]
fn the_answer_is_the_exit_code() {
    for json in [false, true] {
        assert!(kjor(&valg(fil("liste.json"), json)).unwrap());
        assert!(kjor(&valg(fil("elev.json"), json)).unwrap());
        assert!(!kjor(&valg(fil("offentlig.pem"), json)).unwrap());
    }
    let mappe = tempfile::tempdir().unwrap();
    let endret = mappe.path().join("endret.json");
    let tekst = std::fs::read_to_string(fil("liste.json")).unwrap().replace("\"antall\":3", "\"antall\":2");
    std::fs::write(&endret, tekst).unwrap();
    assert!(!kjor(&valg(endret.clone(), false)).unwrap());
    assert!(kjor(&valg(mappe.path().join("mangler"), false)).is_err());
    let privat = Verifiseringsvalg { key: vec![fil("privat.pem")], ..valg(fil("liste.json"), false) };
    assert!(format!("{:#}", kjor(&privat).unwrap_err()).contains("private key"));
}
