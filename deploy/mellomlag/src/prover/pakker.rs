//! Packages handed in.

use super::pakke::{blandet, hel, nummer, zip};
use super::sted::*;
use hendelse::Kildeobjekt;
use oneroster::Objekt;
use serde_json::json;

#[tokio::test]
async fn a_package_is_taken_in_once() {
    let sted = Sted::nytt().await;
    let svar = sted.lever(hel(&[1, 2, 3])).await;
    assert_eq!(svar.status, 200, "{svar:?}");
    assert_eq!((&svar.json()["utfall"], &svar.json()["resultat"][0]["nye"]), (&json!("lagret"), &json!(9)));
    assert!(!svar.tekst.contains("Kanarifugl") && !svar.tekst.contains(&nummer(1)), "{svar:?}");
    assert_eq!(sted.holder("friskolen", "user").await.len(), 3);

    let skrevet = sted.skrevet("friskolen");
    let igjen = sted.lever(hel(&[1, 2, 3])).await.json();
    assert_eq!((&igjen["utfall"], &igjen["resultat"][0]["nye"]), (&json!("lagret"), &json!(0)));
    assert_eq!(sted.skrevet("friskolen"), skrevet, "nothing is new, nothing is published");
}

#[tokio::test]
async fn a_missing_pupil_waits_for_a_person_and_goes_after_approval() {
    let sted = Sted::nytt().await;
    sted.lever(hel(&[1, 2, 3])).await;
    let svar = sted.lever(hel(&[1, 3])).await;
    assert_eq!((svar.status, &svar.json()["utfall"]), (202, &json!("holdt")));
    assert_eq!(svar.json()["hold"]["typer"]["user"]["savnet"], 1);
    assert_eq!(sted.holder("friskolen", "user").await.len(), 3, "nobody is gone before a person says so");
    let ja = json!({"digest": svar.json()["hold"]["digest"], "godkjent": true, "hvorfor": "flyttet"});
    assert_eq!(sted.json(KARI, "POST", &format!("{FRISKOLEN}/hold/avgjorelse"), &ja).await.status, 204);
    let svar = sted.lever(hel(&[1, 3])).await;
    assert_eq!((svar.status, &svar.json()["utfall"]), (200, &json!("lagret")));
    assert_eq!(sted.holder("friskolen", "user").await.len(), 2);
    assert_eq!(sted.hent(PER, &format!("{FRISKOLEN}/hold")).await.status, 204);
}

#[tokio::test]
async fn whole_files_and_files_of_changes_may_come_together() {
    let sted = Sted::nytt().await;
    sted.lever(hel(&[1, 2, 3])).await;
    let svar = sted.lever(blandet(&[2])).await;
    assert_eq!(svar.status, 200, "{svar:?}");
    let endret: Vec<_> = svar.json()["resultat"].as_array().unwrap().iter().map(|r| r["endret"].clone()).collect();
    assert_eq!(endret, [0, 1]);
    let fornavn = |objekt: &Kildeobjekt| match objekt {
        Kildeobjekt::Roster(Objekt::User(user)) => user.given_name.as_ref().unwrap().vis().clone(),
        _ => panic!("a user"),
    };
    let mut navn: Vec<_> = sted.holder("friskolen", "user").await.iter().map(fornavn).collect();
    navn.sort();
    assert_eq!(navn, ["Kari", "Åse", "Åse"]);
}

#[tokio::test]
async fn what_is_no_package_is_explained() {
    let sted = Sted::nytt().await;
    let mut avkuttet = hel(&[1]);
    avkuttet.truncate(avkuttet.len() / 2);
    let uten_manifest = zip(&[("users.csv", "sourcedId\r\nu1\r\n".to_owned())]);
    for (pakke, ord) in [(b"ikke en zip".to_vec(), "zip"), (avkuttet, "zip"), (uten_manifest, "manifest.csv")] {
        let svar = sted.lever(pakke).await;
        assert_eq!((svar.status, svar.problem().as_str()), (422, "feil-i-felt"));
        let hva = svar.json()["felt"][0]["hva"].as_str().unwrap().to_owned();
        assert!(hva.contains(ord), "{hva}");
    }
    let svar = sted.lever(vec![b'x'; MAKS + 1]).await;
    assert_eq!((svar.status, svar.problem().as_str()), (413, "for-stor"));
    assert_eq!(sted.skrevet("friskolen"), 0);
}

#[tokio::test]
async fn a_package_may_be_looked_at_without_being_stored() {
    let sted = Sted::nytt().await;
    let svar = sted.send(sted.sporr(OLA, "POST", &format!("{FRISKOLEN}/oneroster-csv/kontroll")).body(hel(&[1]))).await;
    assert_eq!((svar.status, &svar.json()["utfall"]), (200, &json!("kontrollert")));
    assert_eq!(svar.json()["rapport"]["filer"].as_array().unwrap().len(), 5);
    assert_eq!(sted.skrevet("friskolen"), 0);
    assert_eq!(sted.hent(PER, FRISKOLEN).await.json()["status"], json!(null));
}

#[tokio::test]
async fn only_a_source_of_packages_takes_packages() {
    let sted = Sted::nytt().await;
    for sti in [VIGILO, FJELLSKOLEN] {
        for (metode, hale) in [("PUT", "oneroster-csv"), ("POST", "oneroster-csv/kontroll")] {
            let svar = sted.send(sted.sporr(KARI, metode, &format!("{sti}/{hale}")).body(hel(&[1]))).await;
            assert_eq!((svar.status, svar.problem().as_str()), (409, "feil-slag"), "{sti}");
        }
    }
}
