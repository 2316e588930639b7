//! The place in the feed: kept, lost, and found again.

use super::falsk::Falsk;
use super::{Sted, fremmede, historikk, merke};
use anyhow::Result;
use std::collections::BTreeMap;

#[tokio::test]
async fn the_first_start_asks_about_everyone_on_a_list_and_goes_on_from_the_newest_event() -> Result<()> {
    let (sted, numre) = Sted::ny(5).await?;
    sted.falsk.hendelse(41, &numre[0], None);
    sted.falsk.t().maks = 2;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    assert_eq!(merke(&kjoring.om).await?.map(|m| m["neste"].clone()), Some(42.into()));
    assert_eq!(sted.falsk.t().spurt.len(), 3, "two at a time");
    let tomme = sted.falsk.tomme();
    assert!(sted.falsk.t().sider <= tomme + 1, "nothing before the newest event is read");
    kjoring.stopp().await;
    Ok(())
}

/// Forty events on ten pages; the program dies while it waits for each of them in turn.
#[tokio::test]
async fn a_crash_at_any_page_loses_nothing_and_doubles_nothing() -> Result<()> {
    let (sted, numre) = Sted::ny(20).await?;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.stopp().await;
    let fremmede = fremmede(20);
    for (i, (var, annen)) in numre.iter().zip(&fremmede).enumerate() {
        let sekvens = 1 + 7 * i as i64;
        sted.falsk.hendelse(sekvens, annen, None);
        sted.falsk.hendelse(sekvens + 3, var, None);
        sted.falsk.person(var, 2, &[]);
    }
    (sted.falsk.t().side, sted.falsk.t().maks) = (4, 3);
    let sider: Vec<i64> = sted.falsk.t().hendelser.keys().copied().skip(3).step_by(4).collect();
    assert_eq!(sider.len(), 10);
    for side in sider {
        sted.falsk.t().taus_fra = Some(side);
        let for_dette = sted.falsk.t().bedt_om_taus;
        let kjoring = sted.kjor().await?;
        kjoring.vent("the page is asked for", || sted.falsk.t().bedt_om_taus > for_dette).await?;
        kjoring.stopp().await;
    }
    sted.falsk.t().taus_fra = None;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    let mut versjoner: BTreeMap<String, usize> = BTreeMap::new();
    for person in historikk(&kjoring.om).await? {
        *versjoner.entry(person.nummer.vis().clone()).or_default() += 1;
    }
    assert!(versjoner.values().all(|antall| *antall == 2), "every answer once: {:?}", versjoner.values());
    assert_eq!(sted.falsk.alle_spurte(), numre.into_iter().collect());
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn gaps_are_no_end_and_a_replay_publishes_nothing() -> Result<()> {
    let (sted, numre) = Sted::ny(3).await?;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    sted.falsk.person(&numre[2], 2, &[]);
    for (sekvens, nummer) in [(100, &numre[0]), (102, &numre[1]), (5_000_000_000, &numre[2])] {
        sted.falsk.hendelse(sekvens, nummer, None);
    }
    kjoring.har(&sted.falsk, &numre).await?;
    assert_eq!(kjoring.skrevet(), 4);
    // The same once more, with higher numbers, as when a register wants everyone to fetch again.
    for runde in 1..=3 {
        for (i, nummer) in numre.iter().enumerate() {
            sted.falsk.hendelse(5_000_000_000 + runde * 10 + i as i64, nummer, None);
        }
    }
    kjoring.innhentet(&sted.falsk).await?;
    assert_eq!(kjoring.skrevet(), 4);
    kjoring.stopp().await;
    // The place was not stored for that alone, so it is read again after a restart; that too publishes nothing.
    let kjoring = sted.kjor().await?;
    kjoring.innhentet(&sted.falsk).await?;
    assert_eq!(kjoring.skrevet(), 0);
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn the_place_is_stored_after_a_hundred_pages_that_concern_nobody() -> Result<()> {
    let (sted, numre) = Sted::ny(1).await?;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    sted.falsk.t().side = 1;
    for (i, fremmed) in fremmede(250).iter().enumerate() {
        sted.falsk.hendelse(1 + i as i64, fremmed, None);
    }
    kjoring.innhentet(&sted.falsk).await?;
    assert_eq!(merke(&kjoring.om).await?.map(|m| m["neste"].clone()), Some(201.into()));
    assert_eq!((kjoring.skrevet(), sted.falsk.alle_spurte().len()), (1, 1));
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn events_deleted_before_they_were_read_are_made_up_for_by_asking_everyone() -> Result<()> {
    let (sted, numre) = Sted::ny(4).await?;
    sted.falsk.hendelse(10, &numre[0], None);
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.stopp().await;
    sted.falsk.person(&numre[3], 2, &[]);
    sted.falsk.hendelse(90, &fremmede(1)[0], None);
    sted.falsk.t().eldste = 80;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    assert_eq!(merke(&kjoring.om).await?.map(|m| m["neste"].clone()), Some(91.into()));
    kjoring.vent("the alarm is over", || !kjoring.alarm("too_old")).await?;
    sted.falsk.person(&numre[0], 3, &[]);
    sted.falsk.hendelse(92, &numre[0], None);
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_feed_that_says_so_of_its_newest_events_is_not_asked_in_circles() -> Result<()> {
    let (sted, numre) = Sted::ny(2).await?;
    sted.falsk.t().eldste = i64::MAX;
    let kjoring = sted.kjor().await?;
    kjoring.vent("two rounds are given up", || kjoring.stoppet("kilde-uleselig") >= 2).await?;
    assert!(kjoring.alarm("too_old"));
    assert_eq!(sted.falsk.t().spurt.len(), 2, "everyone at the start, and once more");
    sted.falsk.t().eldste = 0;
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.vent("the alarm is over", || !kjoring.alarm("too_old")).await?;
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_feed_that_was_spooled_anew_is_noticed_while_it_is_followed() -> Result<()> {
    let (sted, numre) = Sted::ny(4).await?;
    sted.falsk.hendelse(100, &numre[0], None);
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    let fremmed = &fremmede(1)[0];
    {
        sted.falsk.person(&numre[1], 2, &[]);
        let mut t = sted.falsk.t();
        t.hendelser.clear();
        t.hendelser.insert(3, (fremmed.clone(), None));
    }
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.vent("the alarm is over", || !kjoring.alarm("respooled")).await?;
    assert_eq!(merke(&kjoring.om).await?.map(|m| m["neste"].clone()), Some(4.into()));
    sted.falsk.person(&numre[2], 3, &[]);
    sted.falsk.hendelse(4, &numre[2], None);
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_place_in_another_feed_means_nothing() -> Result<()> {
    let (sted, numre) = Sted::ny(3).await?;
    sted.falsk.hendelse(7, &numre[0], None);
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.stopp().await;
    // Without an event: only asking everyone finds it.
    sted.falsk.person(&numre[2], 2, &[]);
    let annen: Falsk = sted.falsk.med_feed("test/med-hjemmel");
    let kjoring = sted.kjor_med(&annen).await?;
    kjoring.har(&annen, &numre).await?;
    assert_eq!(merke(&kjoring.om).await?.map(|m| m["feed"].clone()), Some("test/med-hjemmel".into()));
    assert_eq!(kjoring.skrevet(), 1);
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn after_a_restart_only_those_without_an_answer_are_asked_about() -> Result<()> {
    let (sted, numre) = Sted::ny(6).await?;
    sted.falsk.t().maks = 2;
    sted.falsk.t().uleselige = numre.iter().skip(2).cloned().collect();
    let kjoring = sted.kjor().await?;
    kjoring.vent("two answers", || kjoring.skrevet() == 2).await?;
    kjoring.innhentet(&sted.falsk).await?;
    kjoring.stopp().await;
    sted.falsk.t().uleselige.clear();
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    assert_eq!(sted.falsk.ganger(&numre[0]), 1, "only those without an answer are asked about again");
    kjoring.stopp().await;
    Ok(())
}
