//! The example configurations, and what is said of wrong ones.

use adapter_oneroster::{BuildError, Config, Profilnavn, Versjon};
use flow::SystemClock;
use std::sync::Arc;

#[test]
fn the_examples_are_right() {
    let api = Config::parse(include_str!("../../fixtures/api.toml")).unwrap();
    assert_eq!(api.check(), []);
    assert_eq!((api.navn.as_str(), api.profil, api.profil().versjon), ("vigilo", Profilnavn::Vigilo, Versjon::V1p2));
    assert_eq!(api.intervall().as_secs(), 900);
    let fil = Config::parse(include_str!("../../fixtures/fil.toml")).unwrap();
    assert_eq!(fil.check(), []);
    assert_eq!(fil.skoler["bergen-skule-fana"].navn.as_deref(), Some("Fana skule"));
}

#[test]
fn the_commented_lines_of_the_example_are_the_defaults() {
    let tekst = include_str!("../../fixtures/api.toml");
    let alle = tekst.lines().map(|l| if l.contains(" = ") { l.trim_start_matches("# ") } else { l });
    let alle = Config::parse(&alle.collect::<Vec<_>>().join("\n")).unwrap();
    let api = Config::parse(tekst).unwrap();
    assert_eq!((alle.maks_bytes, alle.maks_rader), (api.maks_bytes, api.maks_rader));
    assert_eq!(alle.tidsgrense_sekunder, api.tidsgrense_sekunder);
    assert_eq!(alle.scope.as_deref(), Some(api.profil().versjon.scope()));
    assert_eq!(format!("{:?}", alle.profil()), format!("{:?}", api.profil()));
}

#[test]
fn all_mistakes_are_told_at_once() {
    let config = Config::parse(
        r#"
        tenant = "Bergen kommune"
        kommunenummer = "301"
        versjon = "1.1"
        base_url = "http://bruker:passord@api.example.no/ims/oneroster/rostering/v1p2?x=1"
        client_id = " "
        [skoler.a]
        organisasjonsnummer = "123"
        "#,
    );
    let problems = config.unwrap().check();
    let felter: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
    let ventet = [
        "tenant",
        "kommunenummer",
        "base_url",
        "base_url",
        "base_url",
        "base_url",
        "token_url",
        "client_id",
        "client_secret_file",
        "skoler",
        "skoler.a.organisasjonsnummer",
    ];
    assert_eq!(felter, ventet);
    assert!(problems.iter().all(|p| p.message.len() > 15), "each says the way out: {problems:?}");
    assert!(!problems.iter().any(|p| p.to_string().contains("passord")), "a password is not repeated");
}

#[test]
fn a_source_is_an_api_or_a_file() {
    let begge = Config::parse(
        "tenant = \"a\"\nkommunenummer = \"4601\"\nfil = \"x\"\nskolear = \"2026-2027\"\nclient_id = \"y\"",
    )
    .unwrap();
    assert_eq!(begge.check().iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), ["client_id"]);
}

#[test]
fn an_unknown_field_is_named_with_its_line() {
    let feil = Config::parse("tenant = \"a\"\nkommunenummer = \"4601\"\nklientid = \"x\"").unwrap_err().to_string();
    assert!(feil.contains("klientid") && feil.contains("line 3"), "{feil}");
}

#[test]
fn the_secrets_file_must_be_there_and_hold_something() {
    let bygg = |sti: &std::path::Path| {
        let toml = format!(
            "tenant = \"a\"\nkommunenummer = \"4601\"\nbase_url = \"https://x.no\"\ntoken_url = \"https://x.no/t\"\n\
             client_id = \"y\"\nclient_secret_file = \"{}\"",
            sti.display()
        );
        Config::parse(&toml).unwrap().build(Arc::new(SystemClock))
    };
    let mappe = tempfile::tempdir().unwrap();
    let sti = mappe.path().join("hemmelighet");
    assert!(matches!(bygg(&sti), Err(BuildError::Secret { .. })));
    std::fs::write(&sti, "\n").unwrap();
    assert!(matches!(bygg(&sti), Err(BuildError::EmptySecret { .. })));
    std::fs::write(&sti, "hysjhysj\n").unwrap();
    let kilde = bygg(&sti).unwrap();
    assert!(!format!("{kilde:?}").contains("hysj"));
}
