//! The county's letter, reminders, escalation, and silence when it is done.

use crate::sted::{A, B, NAVN, NUMMER, Sted, alle};
use elevliste::{Skolestatus, Utfall};

#[tokio::test]
async fn the_countys_letter_goes_to_schools_and_owners_and_again_when_it_says_something_else() {
    let mut sted = Sted::nytt(alle()).await;
    sted.kjent().await;
    sted.skriv(A, &[&[]]).await;
    sted.har_status(A, Skolestatus::Klar).await;
    sted.runde(|runde| runde.instruks = Some("Les <dette> først.\n\nSå det andre.".into())).await;
    let [brev, kopi] = sted.post(2).await.try_into().unwrap();
    assert_eq!(brev.til, ["a@skole.example"]);
    assert_eq!(kopi.til, ["skole@kommune.example"]);
    assert!(kopi.tekst.contains("fra skolene deres") && kopi.tekst.contains("Les <dette> først."), "{}", kopi.tekst);
    assert_eq!(brev.emne(), "Elevlister for 10. trinn 2026/27: frist laurdag 31. oktober kl. 23.59");
    assert!(brev.tekst.contains("Les <dette> først.\n\nSå det andre.\n"), "{}", brev.tekst);
    assert!(brev.tekst.contains("Spørsmål? Inntak Vestland, 55 00 00 00"), "{}", brev.tekst);
    let html = brev.html.as_deref().unwrap();
    assert!(html.contains("<html lang=\"nn\">") && html.contains("Les &lt;dette&gt; først."), "{html}");
    assert_eq!(brev.hode("Auto-Submitted"), "auto-generated");
    assert_eq!((brev.hode("List-Unsubscribe"), brev.hode("Cc")), ("", ""));

    // Other days for reminders are nothing to write about, and neither is a restart.
    sted.runde(|runde| runde.paminnelser = vec![14, 0]).await;
    sted.stopp().await;
    sted.start();
    sted.runde(|runde| runde.stenger = "2026-11-02T12:01:00+01".parse().unwrap()).await;
    let [nytt, _] = sted.post(2).await.try_into().unwrap();
    assert!(nytt.emne().ends_with("frist måndag 2. november kl. 12.00"), "{}", nytt.emne());
    assert_ne!(nytt.hode("Message-ID"), brev.hode("Message-ID"));
    sted.slutt().await;
}

#[tokio::test]
async fn a_round_that_has_not_opened_may_be_written_and_rewritten_in_peace() {
    let sted = Sted::nytt(alle()).await;
    sted.kjent().await;
    sted.skriv(A, &[&[]]).await;
    sted.har_status(A, Skolestatus::Klar).await;
    let apner = "2026-10-12T08:00:00+02".parse().unwrap();
    sted.runde(|runde| (runde.apner, runde.instruks) = (apner, Some("Utkast.".into()))).await;
    // A letter would go out with the daily one.
    sted.ga_til("2026-10-06T07:00:00+02");
    sted.stand("fylket", |stand| stand["samlet_dag"] == "2026-10-06").await;
    for brev in sted.post(3).await {
        assert!(!brev.tekst.contains("Utkast."), "{}", brev.tekst);
    }
    sted.runde(|runde| runde.instruks = Some("Slik gjør dere.".into())).await;
    sted.ga_til("2026-10-12T06:00:00+02");
    sted.ga_til("2026-10-12T08:00:00+02");
    let brev = sted.post(2).await;
    assert!(brev.iter().all(|b| b.tekst.contains("Slik gjør dere.")), "the letter of the day that it opens");
    sted.slutt().await;
}

#[tokio::test]
async fn reminders_escalate_and_who_is_done_hears_no_more() {
    let sted = Sted::nytt(alle()).await;
    sted.kjent().await;
    sted.skriv(A, &[&[], &["EL-002"]]).await;
    sted.skriv(B, &[&[]]).await;
    sted.har_status(A, Skolestatus::Avvik).await;
    sted.har_status(B, Skolestatus::Klar).await;
    sted.runde(|_| {}).await;
    sted.post(2).await;

    // Fourteen days: the school, and the municipality in copy with all its schools in one letter. What is gathered for
    // the day goes beside it, and not to the county before it, too, has something to hear.
    sted.ga_til("2026-10-17T08:00:00+02");
    for skole in [A, B] {
        sted.star(skole, |status| status.paminnet.len() == 1).await;
    }
    let post = sted.post(5).await;
    let om = |til: &str, emne: &str| {
        let treff: Vec<_> = post.iter().filter(|b| b.til == [til] && b.emne() == emne).collect();
        assert_eq!(treff.len(), 1, "{til} {emne}: {:?}", post.iter().map(|b| (&b.til, b.emne())).collect::<Vec<_>>());
        treff[0].tekst.clone()
    };
    let skolen = om("a@skole.example", "Elevlista for Åsen skule er ikkje levert: frist om 14 dagar");
    assert!(skolen.contains("Åsen skule: noko må rettast (2 elevar, 1 må rettast)"), "{skolen}");
    let kommunen = om("skole@kommune.example", "2 elevlister er ikke levert: frist om 14 dager");
    assert!(kommunen.contains("Åsen skule") && kommunen.contains("Bø <ungdomsskole>"), "{kommunen}");
    om("inntak@fylke.example", "News of 2 lists");

    // B delivers. At two days only A is spoken of.
    sted.send(B, Utfall::Mottatt).await;
    sted.har_status(B, Skolestatus::Mottatt).await;
    sted.ga_til("2026-10-29T06:00:00+01");
    sted.star(A, |status| status.paminnet.len() == 2).await;
    sted.post(2).await;
    sted.ga_til("2026-10-29T08:00:00+01");
    sted.star(A, |status| status.paminnet.len() == 3).await;
    // The daily letter about B goes to municipality and county, the reminder to school and municipality.
    let post = sted.post(4).await;
    let paminnet: Vec<_> = post.iter().filter(|b| b.emne().contains("frist")).collect();
    assert_eq!(
        paminnet.iter().map(|b| b.til[0].as_str()).collect::<Vec<_>>(),
        ["a@skole.example", "skole@kommune.example"]
    );
    assert!(paminnet.iter().all(|b| b.emne().contains("Åsen skule") && !b.tekst.contains("Bø")));

    // Over: everybody hears that A has not delivered, in his own language.
    sted.ga_til("2026-10-31T23:59:59+01");
    sted.har_status(A, Skolestatus::Stengt).await;
    let post = sted.post(3).await;
    let emner: Vec<_> = post.iter().map(|b| b.emne().to_owned()).collect();
    let ventet = [
        "Elevlista for Åsen skule er ikkje levert, og fristen er ute",
        "The list of Åsen skule is not delivered, and the deadline has passed",
        "Elevlisten for Åsen skule er ikke levert, og fristen er ute",
    ];
    assert_eq!(emner, ventet);
    for brev in &post {
        assert!(!brev.ra.contains(NAVN) && !brev.ra.contains(NUMMER) && !brev.tekst.contains(NAVN), "{}", brev.ra);
    }
    sted.slutt().await;
}
