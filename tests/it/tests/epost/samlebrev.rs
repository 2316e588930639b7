//! The letter once a day.

use crate::sted::{A, NAVN, NUMMER, Sted, alle};
use elevliste::{Skolestatus, Utfall};

#[tokio::test]
async fn a_day_is_one_letter_and_what_came_and_went_is_not_in_it() {
    let sted = Sted::nytt(alle()).await;
    sted.kjent().await;
    sted.skriv(A, &[&["EL-001"], &["EL-002"], &["EL-002"]]).await;
    sted.har_status(A, Skolestatus::Avvik).await;
    sted.skriv(A, &[&[], &["EL-002"], &["EL-002"]]).await;
    sted.star(A, |status| !status.apne.iter().any(|a| a.avvik.regel == "EL-001")).await;
    sted.ga_til("2026-10-06T07:00:00+02");
    let post = sted.post(3).await;
    let emner: Vec<_> = post.iter().map(|b| b.emne()).collect();
    let ventet =
        ["Nytt om elevlista for Åsen skule", "News of the list of Åsen skule", "Nytt om elevlisten for Åsen skule"];
    assert_eq!(emner, ventet);
    assert!(post[0].tekst.contains("(EL-002): 2 nye") && !post[0].tekst.contains("EL-001"), "{}", post[0].tekst);
    assert!(post[1].tekst.contains("something must be corrected: 1"), "{}", post[1].tekst);
    assert!(!post[2].tekst.contains("EL-002"), "the school puts it right: {}", post[2].tekst);
    for brev in &post {
        let alt = format!("{} {} {}", brev.ra, brev.tekst, brev.html.as_deref().unwrap());
        assert!(!alt.contains(NAVN) && !alt.contains(NUMMER) && !alt.contains("10A"), "{alt}");
    }

    // A day on which nothing happens has no letter; the one after tells what is new since.
    sted.ga_til("2026-10-07T07:00:00+02");
    for navn in ["skolen", "kommunen", "fylket"] {
        sted.stand(navn, |stand| stand["samlet_dag"] == "2026-10-07").await;
    }
    sted.skriv(A, &[&[], &[], &["EL-002"]]).await;
    sted.star(A, |status| status.apne.iter().filter(|a| a.avvik.regel == "EL-002").count() == 1).await;
    sted.ga_til("2026-10-08T07:00:00+02");
    let [brev] = sted.post(1).await.try_into().unwrap();
    assert_eq!(brev.til, ["a@skole.example"], "nothing else has changed for the others");
    assert!(brev.tekst.contains("(EL-002): 1 retta"), "{}", brev.tekst);
    sted.slutt().await;
}

#[tokio::test]
async fn an_unknown_outcome_is_told_at_once_to_everybody_who_may_find_out() {
    let sted = Sted::nytt(alle()).await;
    sted.kjent().await;
    sted.skriv(A, &[&[]]).await;
    sted.har_status(A, Skolestatus::Klar).await;
    sted.send(A, Utfall::Uavklart).await;
    sted.har_status(A, Skolestatus::Uavklart).await;
    let post = sted.post(3).await;
    let til: Vec<_> = post.iter().map(|b| b.til[0].as_str()).collect();
    assert_eq!(til, ["a@skole.example", "inntak@fylke.example", "skole@kommune.example"]);
    assert!(post[1].tekst.contains("Do not ask the school to send again."), "{}", post[1].tekst);
    assert_eq!(post[0].emne(), "Elevlista for Åsen skule: ikkje send på nytt");
    assert!(post[2].tekst.contains("Ikke send listen på nytt, verken her eller på annen måte."), "{}", post[2].tekst);
    sted.slutt().await;
}
