//! A school system that is not read any more, and one that shows more than a program may believe.

use crate::sted::{Sted, alle, t};
use runtime::{Arsak, Avgjorelse, Hold, Kildestatus, Kildetilstand};

#[tokio::test]
async fn the_owner_is_told_once_that_a_school_system_is_silent_and_once_more_the_next_time() {
    let sted = Sted::nytt(alle()).await;
    sted.kjent().await;
    let lest = |nar: &str, frist: &str| Kildestatus {
        tilstand: Kildetilstand::Ok,
        sist_lest: Some(t(nar)),
        frist: Some(t(frist)),
        ..Kildestatus::default()
    };
    sted.kilde_er(&lest("2026-10-05T09:00:00+02", "2026-10-05T12:00:00+02")).await;
    sted.ga_til("2026-10-05T12:30:00+02");
    let [brev] = sted.post(1).await.try_into().unwrap();
    assert_eq!((brev.til[0].as_str(), brev.emne()), ("skole@kommune.example", "Vi får ikke kontakt med vigilo"));
    sted.stand("kommunen", |stand| stand["kilder"][0] == "voss.vigilo.stum").await;
    sted.ga_til("2026-10-05T13:00:00+02");
    // It answers again: nothing is said, and the next silence is another.
    sted.kilde_er(&lest("2026-10-05T13:00:00+02", "2026-10-05T16:00:00+02")).await;
    sted.stand("kommunen", |stand| stand["kilder"].as_array().is_some_and(Vec::is_empty)).await;
    sted.ga_til("2026-10-05T17:00:00+02");
    let [igjen] = sted.post(1).await.try_into().unwrap();
    assert_ne!(igjen.hode("Message-ID"), brev.hode("Message-ID"));
    sted.slutt().await;
}

#[tokio::test]
async fn the_owner_is_told_once_that_a_large_change_waits_however_it_grows() {
    let sted = Sted::nytt(alle()).await;
    sted.kjent().await;
    let holdt = async |digest: &str, avgjorelse: Option<Avgjorelse>| {
        let hold = Hold {
            digest: digest.into(),
            opprettet: t("2026-10-05T09:00:00+02"),
            lesninger: 2,
            typer: [].into(),
            utlost: vec![],
            skoler: vec![],
            eksempler: vec![],
            arsak: Arsak::Krymping,
            forklaring: "90 av 400 elever er borte.".into(),
            avgjorelse,
        };
        let verdi = serde_json::to_vec(&hold).unwrap();
        sted.om.bus.put(runtime::KILDER, "hold.voss.vigilo", verdi.into()).await.unwrap();
        let (tilstand, hold) = (Kildetilstand::Holdt, Some(digest.into()));
        sted.kilde_er(&Kildestatus { tilstand, hold, ..Kildestatus::default() }).await;
    };
    holdt("d1", None).await;
    let [brev] = sted.post(1).await.try_into().unwrap();
    let ventet = ("skole@kommune.example", "En stor endring i vigilo venter på dere");
    assert_eq!((brev.til[0].as_str(), brev.emne()), ventet);
    assert!(brev.tekst.contains("godkjenn eller forkast den"), "{}", brev.tekst);
    holdt("d2", None).await;
    let (hvem, hvorfor) = ("Kari [0a1b2c3d]".into(), "flyttet".into());
    holdt("d2", Some(Avgjorelse { godkjent: true, hvem, hvorfor, nar: t("2026-10-05T10:00:00+02") })).await;
    sted.stand("kommunen", |stand| stand["kilder"].as_array().is_some_and(Vec::is_empty)).await;
    assert!(sted.smtp.brev().is_empty(), "it was the same matter");
    sted.slutt().await;
}
