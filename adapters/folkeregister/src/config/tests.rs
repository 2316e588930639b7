//! The examples are right, and every mistake is named.

use super::*;

const SKATTEETATEN: &str = include_str!("../../fixtures/skatteetaten.toml");
const FIKS: &str = include_str!("../../fixtures/fiks.toml");

fn fields(config: &Config) -> Vec<String> {
    config.check().into_iter().map(|p| p.field).collect()
}

#[test]
fn the_examples_are_correct() {
    for example in [SKATTEETATEN, FIKS] {
        let config = Config::parse(example).unwrap();
        assert_eq!(config.check(), []);
        assert_eq!((config.poll(), config.ferskhet_alarm()), (Duration::from_secs(60), Duration::from_secs(86_400)));
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let config = Config::parse(
        r#"
        tenant = "Bergen"
        navn = ""
        profil = "skatteetaten"
        modus = "test"
        base_url = "http://folkeregisteret.api.skatteetaten.no/folkeregisteret?part=navn"
        rolle = "r"
        maskinporten = "folkeregisteret"
        tidsgrense_sekunder = 2
        "#,
    )
    .unwrap();
    let expected =
        ["tenant", "navn", "base_url", "base_url", "base_url", "modus", "pakke", "rolle", "tidsgrense_sekunder"];
    assert_eq!(fields(&config), expected);
}

#[test]
fn fiks_needs_its_role_and_integration() {
    let mut config = Config::parse(FIKS).unwrap();
    (config.rolle, config.integrasjon_id, config.integrasjon_passord_file) = (Some("../x".into()), None, None);
    config.pakke = Some(Pakke::OffentligMedHjemmel);
    assert_eq!(fields(&config), ["pakke", "rolle", "integrasjon_id", "integrasjon_passord_file"]);
}

#[test]
fn an_environment_and_a_mode_that_contradict_each_other_are_found() {
    for (example, test) in
        [(SKATTEETATEN, "https://folkeregisteret-api-konsument.sits.no/"), (FIKS, "https://api.fiks.test.ks.no/")]
    {
        let mut config = Config::parse(example).unwrap();
        config.modus = Modus::Test;
        assert_eq!(fields(&config), ["modus"]);
        config.base_url = test.parse().unwrap();
        assert_eq!(config.check(), []);
        config.modus = Modus::Produksjon;
        assert_eq!(fields(&config), ["modus"]);
    }
}

#[test]
fn there_is_no_way_to_ask_for_an_address() {
    let error = Config::parse(&format!("deler = [\"bostedsadresse\"]\n{SKATTEETATEN}")).unwrap_err().to_string();
    assert!(error.contains("deler"), "{error}");
}

#[test]
fn a_password_that_cannot_be_sent_is_refused_without_being_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passord");
    for (content, told) in [(None, "cannot read"), (Some(" \n"), "is empty"), (Some("hysj\u{1f92b}"), "ascii")] {
        if let Some(content) = content {
            std::fs::write(&path, content).unwrap();
        }
        let error = secret(&path).unwrap_err().to_string();
        assert!(error.contains(told) && !error.contains("hysj"), "{error}");
    }
    std::fs::write(&path, "hysj \n").unwrap();
    assert_eq!(secret(&path).unwrap().expose_secret(), "hysj");
}
