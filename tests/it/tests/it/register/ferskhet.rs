//! Freshness and alarms, by the clock.

use super::falsk::Nede;
use super::{Sted, fremmede};
use anyhow::Result;
use runtime::Kildetilstand;

#[tokio::test]
async fn a_register_that_shows_nothing_new_is_stale_until_it_does() -> Result<()> {
    let (sted, numre) = Sted::ny(1).await?;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    assert!(!kjoring.alarm("stale"));
    let fremmed = &fremmede(1)[0];
    sted.falsk.hendelse(1, fremmed, Some(sted.na()));
    kjoring.innhentet(&sted.falsk).await?;
    sted.timer(24);
    kjoring.innhentet(&sted.falsk).await?;
    assert!(!kjoring.alarm("stale"), "a day to the second is not too long");
    sted.timer(1);
    kjoring.vent("the alarm", || kjoring.alarm("stale")).await?;
    // An old update is no sign of life; neither is one that claims to come from tomorrow and then is not followed up.
    sted.falsk.hendelse(2, fremmed, Some("2026-11-21T07:00:00Z".parse()?));
    kjoring.innhentet(&sted.falsk).await?;
    assert!(kjoring.alarm("stale"));
    sted.falsk.hendelse(3, fremmed, Some("2099-01-01T00:00:00Z".parse()?));
    kjoring.vent("the alarm is over", || !kjoring.alarm("stale")).await?;
    sted.timer(25);
    kjoring.vent("the alarm", || kjoring.alarm("stale")).await?;
    sted.falsk.hendelse(4, fremmed, Some(sted.na()));
    kjoring.vent("the alarm is over", || !kjoring.alarm("stale")).await?;
    let na = sted.na().as_second();
    assert_eq!(kjoring.niva(), [na, na, 5]);
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_register_that_refuses_us_or_is_silent_is_no_stale_one() -> Result<()> {
    let (sted, numre) = Sted::ny(1).await?;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    sted.falsk.t().nede = Some(Nede::Avviser);
    kjoring.vent("the alarm", || kjoring.alarm("denied")).await?;
    kjoring.status(Kildetilstand::Avviser).await?;
    sted.falsk.t().nede = Some(Nede::Borte);
    kjoring.vent("silence", || kjoring.stoppet("kilde-borte") > 0).await?;
    assert!(!kjoring.alarm("unreachable"), "a hiccup wakes nobody");
    sted.timer(30);
    kjoring.vent("the alarm", || kjoring.alarm("unreachable")).await?;
    assert!(!kjoring.alarm("stale"), "nobody knows whether it is");
    sted.falsk.hendelse(1, &fremmede(1)[0], Some(sted.na()));
    sted.falsk.t().nede = None;
    kjoring.vent("both are over", || !kjoring.alarm("unreachable") && !kjoring.alarm("denied")).await?;
    kjoring.innhentet(&sted.falsk).await?;
    assert!(!kjoring.alarm("stale"));
    let status = kjoring.status(Kildetilstand::Ok).await?;
    assert_eq!((status.rader, status.sist_lest, status.stum(sted.na())), (1, Some(sted.na()), false));
    kjoring.stopp().await;
    Ok(())
}
