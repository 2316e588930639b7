//! Several lists and several workers at once.

use crate::avbrudd::{Brudd, Linje};
use crate::sted::{Dialekt, Sted, Verden, elever, fasit, ord};
use elevliste::{Godkjenning, Skolestatus};
use runtime::Mottaker;
use simulators::vigo::Feil;
use std::num::NonZeroUsize;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Two workers are given the same approval, again and again: the ledger lets one of them send.
#[tokio::test]
async fn two_workers_send_a_list_once() {
    let verden = Verden::ny().await;
    for _ in 0..10 {
        let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
        sted.skriv(&elever(2)).await;
        sted.godkjenn().await;
        let (en, to) = (Linje::ny(&sted, []), Linje::ny(&sted, []));
        // Each worker has a queue of its own, so both get the approval at once: the ledger is all that stands between.
        let mottaker = |linje: &std::sync::Arc<Linje>, navn: &'static str| {
            Mottaker::ny(crate::avbrudd::med_navn(linje.clone(), navn), vec![sted.nokkel.fylke])
        };
        let prosesser = [sted.kjor_plan(mottaker(&en, "en")), sted.kjor_plan(mottaker(&to, "to"))];
        sted.vent_pa(Skolestatus::Mottatt).await;
        for prosess in prosesser {
            prosess.stopp().await;
        }
        assert_eq!(en.begynt.load(Ordering::SeqCst) + to.begynt.load(Ordering::SeqCst), 1, "one in flight");
        // The other one may have believed that the intent was left behind; the answer has the last word.
        let ord = ord(&sted.sak().await);
        assert_eq!(ord.iter().filter(|o| *o == "intensjon").count(), 1, "{ord:?}");
        assert_eq!((ord.last().unwrap().as_str(), sted.effekter()), ("Mottatt", 1), "{ord:?}");
    }
}

/// A request that takes longer than the queue waits is not given to another worker.
#[tokio::test]
async fn a_long_request_is_left_alone() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    verden.vigo.feil(Feil::TregtSvar { millisekunder: 900 }.for_skole(sted.orgnr()).ganger(1));
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
    let taushet = Duration::from_millis(300);
    let mottaker = || Mottaker { taushet, ..Mottaker::ny(sted.sink.clone(), vec![sted.nokkel.fylke]) };
    let (en, to) = (sted.kjor_plan(mottaker()), sted.kjor_plan(mottaker()));
    sted.vent_pa(Skolestatus::Mottatt).await;
    en.stopp().await;
    to.stopp().await;
    assert_eq!(ord(&sted.sak().await), ["godkjent", "intensjon", "Mottatt"], "nobody thought that it was cut off");
}

/// A program that is told to stop waits for the answer that is on its way, and writes it.
#[tokio::test]
async fn what_is_under_way_is_finished_before_the_end() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    verden.vigo.feil(Feil::TregtSvar { millisekunder: 500 }.for_skole(sted.orgnr()).ganger(1));
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Sendes).await;
    prosess.stopp().await;
    assert_eq!(ord(&sted.sak().await), ["godkjent", "intensjon", "Mottatt"]);
}

/// Lists whose answers are late do not keep others from being sent.
#[tokio::test]
async fn one_that_waits_does_not_stop_the_others() {
    let verden = Verden::ny().await;
    let treg = Sted::ny(&verden, Dialekt::V1, Godkjenning::Skole).await;
    treg.skriv(&elever(1)).await;
    treg.godkjenn().await;
    // Unknown, and then out of reach for a long time: it is asked again and again.
    let linje = Linje::ny(&treg, [Brudd::Forsinket]);
    verden.vigo.feil(Feil::Status { status: 502 }.for_skole(treg.orgnr()));
    let mut rask = Sted::ny(&verden, Dialekt::V1, Godkjenning::Skole).await;
    (rask.om, rask.klokke) = (treg.om.clone(), treg.klokke.clone());
    rask.skriv(&elever(3)).await;
    rask.godkjenn().await;
    let samtidige = NonZeroUsize::MIN;
    let prosess = treg.kjor_plan(Mottaker { samtidige, ..Mottaker::ny(linje, vec![treg.nokkel.fylke]) });
    rask.vent_lenge("the other list", |b| b.status == Skolestatus::Mottatt).await;
    assert_eq!(rask.hos_vigo(), fasit(&elever(3)));
    prosess.stopp().await;
    assert_ne!(treg.status().await, Skolestatus::Mottatt);
}
