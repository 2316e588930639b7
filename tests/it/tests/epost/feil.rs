//! A mail server that says no, or says nothing.

use crate::sted::{A, Sted, alle};
use elevliste::{Skolestatus, Utfall};
use simulators::smtp::Feil;

async fn uavklart(mottakere: Vec<serde_json::Value>, feil: Feil, ganger: u32) -> Sted {
    let sted = Sted::nytt(mottakere).await;
    sted.kjent().await;
    sted.skriv(A, &[&[]]).await;
    sted.har_status(A, Skolestatus::Klar).await;
    sted.smtp.feil(feil, ganger);
    sted.send(A, Utfall::Uavklart).await;
    sted
}

#[tokio::test]
async fn a_letter_whose_answer_was_lost_is_the_same_letter_the_next_time_even_after_a_restart() {
    let mut sted = uavklart(alle()[..1].to_vec(), Feil::KuttEtterData, 1).await;
    let [forst] = sted.post(1).await.try_into().unwrap();
    sted.stand("skolen", |stand| stand["forsok"] == 1 && !stand["pa_vei"].is_null()).await;
    sted.stopp().await;
    sted.start();
    sted.ga_til("2026-10-05T10:05:00+02");
    let [igjen] = sted.post(1).await.try_into().unwrap();
    assert!(!forst.hode("Message-ID").is_empty());
    assert_eq!((igjen.hode("Message-ID"), &igjen.tekst), (forst.hode("Message-ID"), &forst.tekst));
    sted.stand("skolen", |stand| stand["forsok"] == 0 && stand["pa_vei"].is_null()).await;
    sted.slutt().await;
}

#[tokio::test]
async fn a_refused_address_keeps_nobody_waiting_and_is_told_without_being_named() {
    let nei = Feil::Avvis { adresse: "a@skole.example".into() };
    let sted = uavklart(alle(), nei, u32::MAX).await;
    let til: Vec<_> = sted.post(2).await.into_iter().map(|brev| brev.til).collect();
    assert_eq!(til, [["inntak@fylke.example"], ["skole@kommune.example"]]);
    let stand = sted.stand("skolen", |stand| stand["avvist"].is_string()).await;
    assert_eq!(stand["feil"], "smtp-550");
    assert!(!stand.to_string().contains("skole.example"), "{stand}");
    let maalt = sted.om.maalere.tekst();
    assert!(maalt.contains("slag=\"avvist\"") && !maalt.contains("skole.example"), "{maalt}");
    sted.slutt().await;
}

#[tokio::test]
async fn what_is_not_taken_now_is_sent_later() {
    for feil in [Feil::Opptatt { adresse: Some("a@skole.example".into()) }, Feil::Stengt] {
        let sted = uavklart(alle()[..1].to_vec(), feil, 1).await;
        sted.stand("skolen", |stand| stand["forsok"] == 1).await;
        assert_eq!(sted.smtp.brev().len(), 0);
        sted.ga_til("2026-10-05T10:05:00+02");
        sted.post(1).await;
        sted.slutt().await;
    }
}

#[tokio::test]
async fn of_two_processes_one_sends() {
    let mut sted = Sted::nytt(alle()[..1].to_vec()).await;
    sted.kjent().await;
    // A second one beside the first, which is stopped at the end.
    sted.start();
    sted.skriv(A, &[&[]]).await;
    sted.har_status(A, Skolestatus::Klar).await;
    sted.send(A, Utfall::Uavklart).await;
    sted.post(1).await;
    // The daily letter too, of what is open on the list: one.
    sted.ga_til("2026-10-06T07:00:00+02");
    sted.stand("skolen", |stand| stand["samlet_dag"] == "2026-10-06").await;
    sted.post(1).await;
    sted.slutt().await;
}
