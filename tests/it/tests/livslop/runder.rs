//! Rounds that open, close, are extended, shortened and opened again, while lists wait.

use crate::sted::{Dialekt, Sted, Verden, elev, elever, fasit, ord};
use elevliste::{Aktor, Godkjenning, Innsamling, Rolle, Skolestatus, oslo};
use jiff::{Timestamp, ToSpan, civil::date};
use liste::Steg;
use runtime::{Endringsfeil, Rundeendring, Rundefeil};

#[tokio::test]
async fn an_approved_list_waits_for_the_round_and_goes_when_it_opens() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    sted.runde(Godkjenning::Skole, (2.hours(), 48.hours())).await;
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
    let prosess = sted.kjor();
    sted.ga(7_199);
    assert_eq!(sted.status().await, Skolestatus::Godkjent);
    assert!(sted.hos_vigo().is_none());
    sted.ga(1);
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
}

#[tokio::test]
async fn a_round_that_is_opened_early_is_seen_at_once() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    sted.runde(Godkjenning::Skole, (200.hours(), 400.hours())).await;
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
    let prosess = sted.kjor();
    assert_eq!(sted.status().await, Skolestatus::Godkjent);
    sted.endre_runde(Rundeendring::Apne(None)).await;
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
}

/// Shortened while a list is approved and waits: it is closed. Opened again: it goes, with the approval that it has.
#[tokio::test]
async fn a_round_that_is_shortened_and_opened_again_takes_the_list_that_was_approved() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    sted.runde(Godkjenning::Skole, (10.hours(), 400.hours())).await;
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
    let prosess = sted.kjor();
    sted.endre_runde(Rundeendring::Forkort(sted.om(11 * 3_600))).await;
    // The clock is put past the whole of it.
    sted.ga(12 * 3_600);
    sted.vent_pa(Skolestatus::Stengt).await;
    assert!(sted.hos_vigo().is_none());
    prosess.stopp().await;
    // Nobody was there when it was opened again: who starts finds the list.
    sted.endre_runde(Rundeendring::Forleng(sted.om(3_600))).await;
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(ord(&sted.sak().await), ["godkjent", "intensjon", "Mottatt"]);
}

/// A list that is changed and changed back has the seal that was approved.
#[tokio::test]
async fn a_list_that_comes_back_to_what_was_approved_goes() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
    sted.skriv(&[elev(0, "10A"), elev(1, "10B")]).await;
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Klar).await;
    sted.skriv(&elever(2)).await;
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(sted.hos_vigo(), fasit(&elever(2)));
}

/// 23:59:59 on the last day, by Norwegian clocks, in summer and winter time and on the night between.
#[tokio::test]
async fn the_last_second_is_the_last_second() {
    let tid = |d: jiff::civil::Date, t: i8, m: i8, s: i8| d.at(t, m, s, 0).to_zoned(oslo()).unwrap().timestamp();
    for siste in [date(2026, 11, 13), date(2026, 9, 30), date(2026, 10, 24), date(2026, 10, 25), date(2027, 3, 27)] {
        let verden = Verden::ny().await;
        let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
        let vindu = (tid(siste.yesterday().unwrap(), 8, 0, 0), tid(siste.tomorrow().unwrap(), 0, 0, 0));
        let runde = Innsamling::ny(sted.nokkel.fylke, sted.nokkel.skolear, vindu, Godkjenning::Skole);
        assert_eq!(runde.siste_dag(), siste);
        runtime::overfor_runder(&sted.om, &[runde]).await.unwrap();
        sted.klokke.set(tid(siste, 12, 0, 0));
        sted.skriv(&elever(2)).await;
        sted.godkjenn().await;
        let steg = async |na: Timestamp| {
            sted.klokke.set(na);
            let sak = sted.sak().await;
            liste::neste(&sted.se(&sak), sak.runde.as_ref(), na)
        };
        let sekund = tid(siste, 23, 59, 59);
        assert_eq!(steg(vindu.1).await, Steg::Stengt, "{siste}");
        assert_eq!(sted.status().await, Skolestatus::Stengt);
        assert_eq!(steg(sekund).await, Steg::Send(elevliste::Sending::Liste), "{siste}");
        let prosess = sted.kjor();
        sted.vent_pa(Skolestatus::Mottatt).await;
        prosess.stopp().await;
    }
}

#[tokio::test]
async fn quiet_hours_are_counted_from_the_last_change_or_act() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Automatisk).await;
    sted.stille_timer(24).await;
    sted.skriv(&elever(2)).await;
    let prosess = sted.kjor();
    sted.ga(23 * 3_600);
    sted.skriv(&elever(3)).await;
    sted.ga(23 * 3_600);
    sted.gjor(|_| elevliste::Handling::HoldtTilbake { elev: elever(3)[2].elev, grunn: "flytter".into() })
        .await
        .unwrap();
    sted.ga(24 * 3_600 - 1);
    assert_eq!(ord(&sted.sak().await), ["holdt-tilbake"]);
    sted.ga(1);
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(sted.hos_vigo(), fasit(&elever(2)));
}

/// A county that makes the school approve takes back what the policy has approved and not sent.
#[tokio::test]
async fn a_policy_that_is_changed_takes_its_approvals_along() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Automatisk).await;
    sted.runde(Godkjenning::Automatisk, (10.hours(), 400.hours())).await;
    sted.skriv(&elever(2)).await;
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Godkjent).await;
    sted.runde(Godkjenning::Skole, (0.hours(), 400.hours())).await;
    sted.vent_pa(Skolestatus::Klar).await;
    sted.ga(3_600);
    sted.godkjenn().await;
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(ord(&sted.sak().await), ["godkjent", "godkjent", "intensjon", "Mottatt"]);
}

#[tokio::test]
async fn two_who_change_a_round_at_once_do_not_overrule_each_other() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    let (om, nokkel) = (&sted.om, sted.nokkel.runde());
    let sak = runtime::rundesak(om, nokkel).await.unwrap().unwrap();
    sted.endre_runde(Rundeendring::Steng).await;
    let gammel = elevliste::Rundeversjon { runde: sak.runde().clone(), grunn: None };
    let resultat = runtime::skriv_runde(om, Some(&sak), Aktor::med_rolle("per", Rolle::Fylke), gammel).await;
    assert!(matches!(resultat, Err(Rundefeil::Endret(_))), "{resultat:?}");
    let steng = |av| runtime::endre_runde(om, nokkel, av, "avtalt", Rundeendring::Steng);
    let resultat = steng(Aktor::med_rolle("per", Rolle::Fylke)).await;
    assert!(matches!(resultat, Err(Rundefeil::Endring(Endringsfeil::Over))), "{resultat:?}");
    let resultat = steng(Aktor::med_rolle("kari", Rolle::Skole)).await;
    assert!(matches!(resultat, Err(Rundefeil::Endring(Endringsfeil::Rolle))), "{resultat:?}");
    let poster = runtime::rundesak(om, nokkel).await.unwrap().unwrap().poster;
    assert_eq!(poster.len(), 2);
    // The configuration still says what it said, and has been heard once: a person's word stands after a restart.
    runtime::overfor_runder(om, &[poster[0].handling.runde.clone()]).await.unwrap();
    assert_eq!(runtime::rundesak(om, nokkel).await.unwrap().unwrap().poster.len(), 2);
}
