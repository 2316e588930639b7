//! The program as a user meets it: started as a process, judged by what it prints and how it ends.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

mod felles;

use felles::{mellomlag, tekst};
use serde_json::Value;
use std::path::Path;

/// Five mistakes in three files, all told at once, each with its file, its field and the way out.
#[test]
fn check_tells_all_mistakes_at_once() {
    let mappe = tempfile::tempdir().unwrap();
    let fil = |navn: &str, innhold: &str| std::fs::write(mappe.path().join(navn), innhold).unwrap();
    fil(
        "mellomlag.toml",
        "[nats]\nurl = \"nats://127.0.0.1:1\"\n\n[[tenant]]\nnavn = \"Bergen\"\nnokkelfil = \"mangler\"\n\n[[innsamling]]\n\
         fylke = \"46\"\nskolear = \"2026-2027\"\napner = \"2026-11-13T00:00:00\"\nstenger = \"2026-11-01T00:00:00\"\n\
         godkjenning = \"skole\"\n",
    );
    fil("kilde-a.toml", "tenant = \"bergen\"\nkommunenummer = \"460\"\nfil = \"x.json\"\nskolear = \"2026-2027\"\n");
    fil("mottaker-a.toml", "navn = \"vigo\"\nukjent = 1\n");
    let mappe = mappe.path().to_str().unwrap();

    let ut = mellomlag(&["check", "--json", "--config", mappe], "");
    assert_eq!(ut.status.code(), Some(1));
    let svar: Value = serde_json::from_slice(&ut.stdout).unwrap();
    assert_eq!(svar["ok"], false);
    let funn: Vec<(&str, &str)> = svar["feil"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["fil"].as_str().unwrap(), f["felt"].as_str().unwrap()))
        .collect();
    for ventet in [
        ("mellomlag.toml", "tenant[0].navn"),
        ("mellomlag.toml", "tenant[0].nokkelfil"),
        ("mellomlag.toml", "innsamling[0].stenger"),
        ("kilde-a.toml", "kommunenummer"),
        ("kilde-a.toml", "tenant"),
        ("mottaker-a.toml", "line 2"),
    ] {
        assert!(funn.contains(&ventet), "{ventet:?} is not in {funn:?}");
    }
    // `run` says the same and starts nothing.
    let ut = mellomlag(&["run", "--config", mappe], "");
    assert_eq!(ut.status.code(), Some(1));
    let feil = tekst(&ut.stderr);
    assert!(feil.contains("nothing was started") && feil.contains("openssl rand -hex 32"), "{feil}");
}

/// A right configuration whose NATS is not there: said with address and way out.
#[test]
fn check_tries_the_connections() {
    let mappe = tempfile::tempdir().unwrap();
    let toml = "[nats]\nurl = \"nats://127.0.0.1:1\"\n\n[[tenant]]\nnavn = \"bergen\"\nnokkelfil = \"n\"\n";
    std::fs::write(mappe.path().join("mellomlag.toml"), toml).unwrap();
    std::fs::write(mappe.path().join("n"), "0a".repeat(32)).unwrap();
    let sti = mappe.path().to_str().unwrap();
    assert_eq!(mellomlag(&["check", "--offline", "--config", sti], "").status.code(), Some(0));
    let ut = mellomlag(&["check", "--config", sti], "");
    assert_eq!(ut.status.code(), Some(1));
    assert!(tekst(&ut.stdout).contains("NATS is out of reach at nats://127.0.0.1:1"), "{}", tekst(&ut.stdout));
}

#[test]
fn identity_judges_numbers_without_printing_them() {
    let ut = mellomlag(&["identity"], "05820998865\nikke et nummer\n");
    assert_eq!(ut.status.code(), Some(0));
    let svar = tekst(&ut.stdout);
    assert!(
        svar.starts_with(r#"{"kind":"tenor_fnr","regime":"1964","production":"refuse","test":"accept","#),
        "{svar}"
    );
    assert_eq!(svar.lines().count(), 2);
    assert!(!svar.contains("0582"), "{svar}");
}

/// The pilot's file through the whole house. It says nothing of classes, so every pupil is a named deviation and no list
/// is sent: the sums add up all the same.
#[test]
fn the_demo_takes_a_file_from_vigilo() {
    let fil = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../adapters/oneroster/fixtures/pilot.json");
    let ut = mellomlag(&["demo", "--once", "--json", "--users", fil.to_str().unwrap()], "");
    assert_eq!(ut.status.code(), Some(0), "{}", tekst(&ut.stderr));
    let svar: Value = serde_json::from_slice(&ut.stdout).unwrap();
    let skoler = svar["skoler"].as_array().unwrap();
    assert!(!skoler.is_empty());
    for skole in skoler {
        let tall = |navn: &str| skole[navn].as_u64().unwrap();
        assert_eq!(tall("kilde"), tall("sendt") + tall("holdt") + tall("manuelt") + tall("avvik"), "{skole}");
        assert_eq!((tall("sendt"), &skole["status"]), (0, &"Avvik".into()));
    }
    assert!(svar["sum"]["kilde"].as_u64().unwrap() > 0 && svar["sekunder"].is_number());
}

#[test]
fn a_file_that_is_no_json_is_named_without_its_content() {
    let mappe = tempfile::tempdir().unwrap();
    let fil = mappe.path().join("users.json");
    std::fs::write(&fil, "{\"users\": [{\"givenName\": \"Kanarifugl\"").unwrap();
    let ut = mellomlag(&["demo", "--once", "--json", "--users", fil.to_str().unwrap()], "");
    assert_eq!(ut.status.code(), Some(1));
    let feil = tekst(&ut.stderr);
    assert!(feil.contains("is no JSON: line 1") && !feil.contains("Kanari"), "{feil}");
}
