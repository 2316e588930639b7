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
    // What is indented is a choice, not a default.
    let linje =
        |l: &'static str| l.strip_prefix("# ").filter(|l| l.contains(" = ") && !l.starts_with(' ')).unwrap_or(l);
    let alle = tekst.lines().map(linje);
    let alle = Config::parse(&alle.collect::<Vec<_>>().join("\n")).unwrap();
    let api = Config::parse(tekst).unwrap();
    assert_eq!((alle.maks_bytes, alle.maks_rader), (api.maks_bytes, api.maks_rader));
    assert_eq!(alle.tidsgrense_sekunder, api.tidsgrense_sekunder);
    assert_eq!(alle.scope, Some(api.profil().scope()));
    assert_eq!((alle.lesevalg(), alle.maks_per_sekund), (api.lesevalg(), api.maks_per_sekund));
    assert_eq!(alle.overlapp_sekunder, api.overlapp_sekunder);
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

/// A right configuration of an API with more lines to it.
fn api_med(resten: &str) -> Config {
    let toml = format!(
        "tenant = \"a\"\nkommunenummer = \"4601\"\nbase_url = \"https://x.no\"\ntoken_url = \"https://x.no/t\"\n\
         client_id = \"y\"\nclient_secret_file = \"z\"\n{resten}"
    );
    Config::parse(&toml).unwrap()
}

fn felter(config: &Config) -> Vec<String> {
    config.check().into_iter().map(|p| p.field).collect()
}

#[test]
fn when_and_how_carefully_a_source_is_read_can_be_chosen() {
    let valg = api_med("").lesevalg();
    assert_eq!((valg.intervall.as_secs(), valg.endringer.map(|e| e.as_secs())), (900, Some(120)));
    assert_eq!((valg.vindu, valg.terskler), (None, flow::Terskler::default()));
    let valg = api_med(
        "intervall_sekunder = 3600\nendringer_sekunder = 30\nvindu = { fra = \"22:00\", til = \"05:30\" }\n\
         [masseendring]\nfjernet_andel = 0.2\n[masseendring.typer.enrollment]\nfjernet_andel = 0.5",
    )
    .lesevalg();
    assert_eq!((valg.intervall.as_secs(), valg.endringer.map(|e| e.as_secs())), (3_600, Some(30)));
    let vindu = valg.vindu.unwrap();
    assert!(vindu.har(jiff::civil::time(23, 0, 0, 0)) && !vindu.har(jiff::civil::time(5, 30, 0, 0)));
    assert!(valg.terskler.taler_fjernet("enrollment", 100, 50) && !valg.terskler.taler_fjernet("user", 100, 50));
    assert_eq!(api_med("endringer_sekunder = 0").lesevalg().endringer, None);
    assert_eq!(api_med("profil = \"generic\"").lesevalg().endringer, None);
    assert_eq!(api_med("intervall_sekunder = 60").lesevalg().endringer, None, "the whole comes more often");
}

#[test]
fn what_is_wrong_with_the_choices_is_told() {
    let cases = [
        ("endringer_sekunder = 900", "endringer_sekunder"),
        ("vindu = { fra = \"22:00\", til = \"22:00\" }", "vindu"),
        ("[masseendring]\nendret_andel = 75", "masseendring.endret_andel"),
        ("[masseendring.typer.elev]\nminste = 1", "masseendring.typer.elev"),
        ("revisjonshode = \"x perm\"", "revisjonshode"),
        ("profil = \"visma_flyt\"", "tenant_id"),
        ("tenant_id = \" \"", "tenant_id"),
    ];
    for (resten, felt) in cases {
        assert_eq!(felter(&api_med(resten)), [felt], "{resten}");
    }
    assert!(felter(&api_med("profil = \"visma_flyt\"\ntenant_id = \"kunde\"")).is_empty());
    assert!(felter(&api_med("revisjonshode = \"x-perm-rev\"")).is_empty());
}

#[test]
fn the_examples_of_other_suppliers_are_right() {
    let flyt = Config::parse(include_str!("../../fixtures/visma_flyt.toml")).unwrap();
    assert_eq!((flyt.check(), flyt.profil, flyt.lesevalg().endringer), (vec![], Profilnavn::VismaFlyt, None));
    let fint = Config::parse(include_str!("../../fixtures/fint_bridge.toml")).unwrap();
    assert_eq!((fint.check(), fint.profil, fint.profil().versjon), (vec![], Profilnavn::FintBridge, Versjon::V1p1));
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
