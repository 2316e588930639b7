//! Who may ask: Maskinporten's token, and the role at Fiks.

use crate::lesing::{adapter, config, fylt};
use adapter_folkeregister::{Config, Folkeregister, Pakke};
use async_trait::async_trait;
use flow::{AccessToken, Personregister, TokenError, TokenSource};
use folkeregister::Personstatus;
use serde_json::json;
use simulators::folkeregister::{Folkeregister as Sim, FolkeregisterConfig};
use simulators::maskinporten::{Maskinporten, MaskinportenConfig};
use std::sync::Arc;

/// One token, again and again.
struct Fast(String);

#[async_trait]
impl TokenSource for Fast {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        Ok(AccessToken { value: self.0.as_str().into(), expires: jiff::Timestamp::now() })
    }

    async fn reject(&self, _: &AccessToken) {}
}

/// A Fiks configuration; the folder holds the password.
fn fiks(sim: &Sim, passord: &str) -> (Config, tempfile::TempDir) {
    let rolle = FolkeregisterConfig::ny().rolle;
    let mappe = tempfile::tempdir().unwrap();
    let fil = mappe.path().join("passord");
    std::fs::write(&fil, passord).unwrap();
    let config = Config::parse(&format!(
        "tenant = \"t\"\nprofil = \"fiks\"\nmodus = \"test\"\nbase_url = \"{}\"\nmaskinporten = \"m\"\nrolle = \"{}\"\n\
         integrasjon_id = \"{}\"\nintegrasjon_passord_file = \"{}\"\n",
        sim.base_url(),
        rolle.id,
        rolle.integrasjon_id,
        fil.display()
    ))
    .unwrap();
    (config, mappe)
}

#[tokio::test]
async fn fiks_takes_the_integration_and_gives_the_same() {
    let sim = fylt(FolkeregisterConfig::ny()).await;
    let (config, _mappe) = fiks(&sim, "hemmelig\n");
    let (register, _) = adapter(config.clone());
    assert_eq!(register.probe().await.unwrap(), sim.siste());
    assert!(register.hendelser(sim.siste() + 1).await.unwrap().innhentet);
    let numre: Vec<_> = sim.numre().iter().map(|n| n.as_str().into()).collect();
    assert!(register.personer(&numre).await.unwrap().iter().all(|p| p.as_ref().is_ok_and(|p| p.funnet)));
    let host = sim.base_url().replace("http://", "");
    assert_eq!(register.feed(), format!("{host}/rolle/{}", FolkeregisterConfig::ny().rolle.id));

    let (feil_passord, _mappe) = fiks(&sim, "gjettet");
    let sagt = adapter(feil_passord).0.probe().await.unwrap_err().to_string();
    assert!(sagt.contains("integrasjon_passord_file") && !sagt.contains("gjettet"), "{sagt}");
    let annen_rolle = Config { rolle: Some("11111111-0000-4000-8000-000000000000".into()), ..config };
    let sagt = adapter(annen_rolle).0.probe().await.unwrap_err().to_string();
    assert!(sagt.contains("the integration the role"), "{sagt}");
}

#[tokio::test]
async fn a_role_without_a_part_is_told_which_it_needs() {
    let mut config_sim = FolkeregisterConfig::ny();
    config_sim.rolle.deler.retain(|del| del != "adressebeskyttelse");
    let sim = fylt(config_sim).await;
    let (config, _mappe) = fiks(&sim, "hemmelig");
    let sagt = adapter(config).0.personer(&[sim.numre()[0].as_str().into()]).await.unwrap_err().to_string();
    assert!(sagt.contains("adressebeskyttelse"), "{sagt}");
}

#[tokio::test]
async fn the_token_must_be_for_the_package() {
    let maskinporten = Maskinporten::start(MaskinportenConfig::default()).await.unwrap();
    let sim = fylt(FolkeregisterConfig::ny().for_maskinporten(&maskinporten)).await;
    let register = |scope: &str, krav: serde_json::Value, pakke| -> Folkeregister {
        let mut alle = json!({ "scope": scope });
        alle.as_object_mut().unwrap().extend(krav.as_object().unwrap().clone());
        let token = maskinporten.signer_token(&alle).unwrap();
        let mut config = config(&sim.base_url(), "");
        config.pakke = Some(pakke);
        config.build(Arc::new(Fast(token))).unwrap()
    };
    let (med, uten) = (Pakke::OffentligMedHjemmel, Pakke::OffentligUtenHjemmel);
    let scope = "folkeregister:deling/offentligmedhjemmel";
    assert_eq!(register(scope, json!({}), med).probe().await.unwrap(), sim.siste());
    let sagt = register(scope, json!({}), uten).probe().await.unwrap_err().to_string();
    assert!(sagt.contains("403") && sagt.contains("scope"), "{sagt}");
    let sagt = register(scope, json!({"aud": "https://x.example"}), med).probe().await.unwrap_err().to_string();
    assert!(sagt.contains("401") && sagt.contains("no resource"), "{sagt}");

    let apen = register("folkeregister:deling/offentligutenhjemmel", json!({}), uten);
    assert!(apen.feed().ends_with("/offentligutenhjemmel"));
    let numre: Vec<_> = sim.numre().iter().map(|n| n.as_str().into()).collect();
    let statuser: Vec<_> = apen.personer(&numre).await.unwrap().into_iter().map(|p| p.unwrap().status).collect();
    assert!(statuser.contains(&Personstatus::Aktiv) && !statuser.contains(&Personstatus::Midlertidig));
}
