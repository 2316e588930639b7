//! A receiver whose list can be updated and read back: dialect `elevliste_v1`.

use crate::sted::{Dialekt, Prosess, Sted, Verden, elev, elever, fasit, ord};
use elevliste::{Elevlinje, Godkjenning, Handling, Skolestatus};
use liste::Oppgave;
use simulators::vigo::Feil;
use std::sync::Arc;

async fn sted(verden: &Arc<Verden>, godkjenning: Godkjenning) -> Sted {
    Sted::ny(verden, Dialekt::V1, godkjenning).await
}

/// A list of two pupils that the receiver has accepted.
async fn mottatt(verden: &Arc<Verden>, godkjenning: Godkjenning) -> (Sted, Prosess) {
    let sted = sted(verden, godkjenning).await;
    sted.skriv(&elever(2)).await;
    let prosess = sted.kjor();
    if godkjenning == Godkjenning::Skole {
        sted.godkjenn().await;
    }
    sted.vent_pa(Skolestatus::Mottatt).await;
    sted.ga(60);
    (sted, prosess)
}

/// One moves to another class, one goes, and one comes.
fn endret() -> Vec<Elevlinje> {
    vec![elev(0, "10B"), elev(7, "10A")]
}

async fn har(sted: &Sted, linjer: &[Elevlinje]) {
    sted.vent("the update", |b| b.status == Skolestatus::Mottatt && b.endringer.is_empty() && b.etter.er_tom()).await;
    assert_eq!(sted.hos_vigo(), fasit(linjer));
}

#[tokio::test]
async fn a_change_goes_out_by_itself_where_the_round_says_so() {
    let verden = Verden::ny().await;
    let (sted, prosess) = mottatt(&verden, Godkjenning::Automatisk).await;
    sted.skriv(&endret()).await;
    har(&sted, &endret()).await;
    prosess.stopp().await;
    assert_eq!(ord(&sted.sak().await), ["godkjent", "intensjon", "Mottatt", "godkjent", "oppdatering", "Mottatt"]);
    assert_eq!(sted.effekter(), 2);
}

#[tokio::test]
async fn a_change_waits_for_the_school_where_the_school_approves() {
    let verden = Verden::ny().await;
    let (sted, prosess) = mottatt(&verden, Godkjenning::Skole).await;
    sted.skriv(&endret()).await;
    let bilde = sted.vent_pa(Skolestatus::Klar).await;
    assert_eq!(bilde.endringer.len(), 3);
    assert_eq!((sted.hos_vigo(), sted.effekter()), (fasit(&elever(2)), 1));
    // Back to what was accepted: there is nothing to send any more.
    sted.skriv(&elever(2)).await;
    sted.vent_pa(Skolestatus::Mottatt).await;
    sted.skriv(&endret()).await;
    sted.godkjenn().await;
    har(&sted, &endret()).await;
    prosess.stopp().await;
    assert_eq!(sted.effekter(), 2);
}

/// The answer to the first list is lost, and then the answer to an update: each is found out by reading back, with one
/// effect.
#[tokio::test]
async fn a_lost_answer_is_found_out_by_reading_back() {
    let verden = Verden::ny().await;
    for (feil, kom_fram) in [
        (Feil::MistetSvar, true),
        (Feil::HalvtSvar, true),
        (Feil::TregtSvar { millisekunder: 1_500 }, true),
        (Feil::MistetForesporsel, false),
    ] {
        let sted = sted(&verden, Godkjenning::Skole).await;
        let svar: &[&str] =
            if kom_fram { &["Uavklart", "Tilbakelest:true"] } else { &["Uavklart", "Tilbakelest:false"] };
        let prosess = sted.kjor();
        let mut ventet: Vec<&str> = vec![];
        for (intensjon, linjer) in [("intensjon", elever(2)), ("oppdatering", endret())] {
            verden.vigo.feil(feil.clone().for_skole(sted.orgnr()).ganger(1));
            sted.skriv(&linjer).await;
            sted.godkjenn().await;
            sted.vent_lenge("the read-back", |b| b.status == Skolestatus::Mottatt && b.etter.er_tom()).await;
            assert_eq!(sted.hos_vigo(), fasit(&linjer), "{feil:?}");
            ventet.extend(["godkjent", intensjon]);
            ventet.extend(svar);
            if !kom_fram {
                ventet.extend([intensjon, "Mottatt"]);
            }
            assert_eq!(ord(&sted.sak().await), ventet, "{feil:?}");
        }
        prosess.stopp().await;
        assert_eq!(sted.effekter(), 2, "{feil:?}");
    }
}

/// A receiver that cannot be asked is asked again, for as long as it takes, and other lists do not wait for it.
#[tokio::test]
async fn reading_back_is_tried_again_until_there_is_an_answer() {
    let verden = Verden::ny().await;
    let sted = sted(&verden, Godkjenning::Skole).await;
    verden.vigo.feil(Feil::MistetSvar.for_skole(sted.orgnr()).ganger(1));
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Uavklart).await;
    verden.vigo.feil(Feil::Status { status: 503 }.for_skole(sted.orgnr()).ganger(5));
    sted.vent_lenge("an answer at last", |b| b.status == Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(ord(&sted.sak().await), ["godkjent", "intensjon", "Uavklart", "Tilbakelest:true"]);
}

/// Somebody else has written the same list again, so its tag is another: what is there is not what we think.
#[tokio::test]
async fn a_list_that_was_written_by_somebody_else_is_not_overwritten() {
    let verden = Verden::ny().await;
    let (sted, prosess) = mottatt(&verden, Godkjenning::Skole).await;
    verden.vigo.feil(Feil::EndretUtenfra.for_skole(sted.orgnr()).ganger(1));
    sted.skriv(&endret()).await;
    sted.godkjenn().await;
    let bilde = sted.vent_lenge("a task for a person", |b| b.oppgave == Some(Oppgave::AnnenHarLevert)).await;
    assert_eq!((sted.hos_vigo(), sted.effekter()), (fasit(&elever(2)), 1));
    assert_eq!(bilde.status, Skolestatus::Uavklart);
    // The person sees that it is the list that we had sent, and says that the update has not come: then it goes.
    sted.gjor(|bilde| Handling::Avklart {
        segl: bilde.uavklarte[0].clone(),
        mottatt: false,
        hvordan: elevliste::Avklaring::Person,
        grunn: "samme liste, ny versjon".into(),
        kvittering: None,
        etag: None,
        bevis: None,
    })
    .await
    .unwrap();
    har(&sted, &endret()).await;
    prosess.stopp().await;
    assert_eq!(sted.effekter(), 2);
}

#[tokio::test]
async fn after_the_close_a_change_is_for_the_intake_office() {
    let verden = Verden::ny().await;
    let (sted, prosess) = mottatt(&verden, Godkjenning::Automatisk).await;
    sted.endre_runde(runtime::Rundeendring::Steng).await;
    sted.ga(60);
    sted.skriv(&endret()).await;
    let bilde = sted.vent("the change", |b| !b.etter.er_tom()).await;
    assert_eq!((bilde.status, bilde.ettermeldinger.len()), (Skolestatus::Mottatt, 3));
    // The county opens again: now an update can carry it.
    sted.endre_runde(runtime::Rundeendring::Forleng(sted.om(3_600))).await;
    har(&sted, &endret()).await;
    prosess.stopp().await;
    assert_eq!(sted.effekter(), 2);
}
