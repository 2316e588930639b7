//! A list that the receiver says it has already, after an attempt of which nobody knows what it came to.

use crate::avbrudd::{Brudd, Linje};
use crate::sted::{Dialekt, Sted, Verden, elever, fasit, ord};
use elevliste::{Avklaring, Godkjenning, Handling, Skolestatus};
use liste::Oppgave;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// A person has looked too early, and said that it had not come. Then it comes.
async fn forhastet(verden: &Arc<Verden>, eneste: bool) -> (Sted, crate::sted::Prosess) {
    let sted =
        Sted::med(verden, Dialekt::Vigoskole, Godkjenning::Skole, eneste, &verden.sink(Dialekt::Vigoskole)).await;
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
    let linje = Linje::ny(&sted, [Brudd::Forsinket]);
    let prosess = sted.kjor_med(linje.clone());
    sted.vent_pa(Skolestatus::Uavklart).await;
    sted.vent("the late arrival", |_| linje.pa_vei.load(Ordering::SeqCst) == 0).await;
    sted.gjor(|bilde| avklart(&bilde.uavklarte[0], false)).await.unwrap();
    (sted, prosess)
}

fn avklart(segl: &str, mottatt: bool) -> Handling {
    Handling::Avklart {
        segl: segl.to_owned(),
        mottatt,
        hvordan: Avklaring::Person,
        grunn: "sett i VIGO".into(),
        kvittering: None,
        etag: None,
        bevis: None,
    }
}

#[tokio::test]
async fn what_only_we_can_have_delivered_is_ours() {
    let verden = Verden::ny().await;
    let (sted, prosess) = forhastet(&verden, true).await;
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(
        ord(&sted.sak().await),
        ["godkjent", "intensjon", "Uavklart", "Person:false", "intensjon", "AlleredeLevert", "Sammenlignet:true"]
    );
    assert_eq!((sted.hos_vigo(), sted.effekter()), (fasit(&elever(2)), 1));
}

#[tokio::test]
async fn what_somebody_else_may_have_delivered_is_a_question_to_a_person() {
    let verden = Verden::ny().await;
    let (sted, prosess) = forhastet(&verden, false).await;
    let bilde = sted.vent("the question", |b| b.oppgave == Some(Oppgave::BekreftAtDetErVar)).await;
    assert_eq!((bilde.status, bilde.avstemming.sendt), (Skolestatus::Uavklart, 0));
    sted.gjor(|bilde| avklart(&bilde.uavklarte[0], true)).await.unwrap();
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(sted.effekter(), 1);
}

/// The power goes between intent and answer, on either side of the request.
#[tokio::test]
async fn a_delivery_that_was_cut_off_is_unknown_and_not_repeated() {
    let verden = Verden::ny().await;
    for (brudd, kom_fram) in [(Brudd::ForSending, false), (Brudd::EtterSvar, true)] {
        let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
        sted.skriv(&elever(2)).await;
        sted.godkjenn().await;
        let linje = Linje::ny(&sted, [brudd]);
        let prosess = sted.kjor_med(linje.clone());
        sted.vent("the power cut", |_| linje.stromlos.load(Ordering::SeqCst)).await;
        assert_eq!(sted.status().await, Skolestatus::Sendes);
        prosess.drep();
        let prosess = sted.kjor_med(linje.clone());
        sted.vent_pa(Skolestatus::Uavklart).await;
        prosess.stopp().await;
        assert_eq!(ord(&sted.sak().await), ["godkjent", "intensjon", "Uavklart"]);
        assert_eq!((sted.hos_vigo().is_some(), linje.begynt.load(Ordering::SeqCst)), (kom_fram, 1), "{brudd:?}");
    }
}
