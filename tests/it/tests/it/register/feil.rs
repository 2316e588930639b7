//! Errors, refusals, double workers and stopping.

use super::falsk::Nede;
use super::{Sted, historikk, svar};
use crate::scene::{TENANT, innhold};
use anyhow::Result;
use hendelse::KARANTENE;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Barrier;

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_put_aside_and_asked_for_again() -> Result<()> {
    let (sted, numre) = Sted::ny(4).await?;
    sted.falsk.t().uleselige = [numre[3].clone()].into();
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre[..3]).await?;
    let filter = format!("karantene.register.{TENANT}.*");
    assert_eq!(innhold(&kjoring.om, KARANTENE, &filter).await?.len(), 1);
    // What was known of another stays.
    let for_dette = sted.falsk.sier(&numre[0]);
    sted.falsk.t().uleselige.insert(numre[0].clone());
    sted.falsk.person(&numre[0], 2, &[]);
    sted.falsk.hendelse(1, &numre[0], None);
    kjoring.vent("the question", || sted.falsk.ganger(&numre[0]) == 2).await?;
    kjoring.innhentet(&sted.falsk).await?;
    assert_eq!(svar(&kjoring.om).await?.get(&numre[0]), Some(&for_dette));
    assert_eq!(sted.falsk.ganger(&numre[3]), 1, "not asked in circles");
    // Nothing happens to them in the register, and still they are asked about later.
    sted.falsk.t().uleselige.clear();
    sted.timer(2);
    kjoring.har(&sted.falsk, &numre).await?;
    assert_eq!(innhold(&kjoring.om, KARANTENE, &filter).await?.len(), 2);
    kjoring.stopp().await;
    Ok(())
}

/// The event is accounted for and its answer was of no use: after a restart the place alone would not bring it back.
#[tokio::test]
async fn an_unusable_answer_is_remembered_with_the_place() -> Result<()> {
    let (sted, numre) = Sted::ny(2).await?;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    sted.falsk.t().uleselige = [numre[0].clone()].into();
    numre.iter().for_each(|nummer| sted.falsk.person(nummer, 2, &[]));
    sted.falsk.hendelse(1, &numre[0], None);
    sted.falsk.hendelse(2, &numre[1], None);
    kjoring.vent("the other's answer", || kjoring.skrevet() == 3).await?;
    kjoring.stopp().await;
    sted.falsk.t().uleselige.clear();
    sted.falsk.t().hendelser.clear();
    sted.falsk.hendelse(2, &numre[1], None);
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_register_that_is_away_or_slows_us_down_loses_nothing() -> Result<()> {
    let (sted, numre) = Sted::ny(3).await?;
    sted.falsk.t().nede = Some(Nede::Bremser(Duration::from_millis(10)));
    let kjoring = sted.kjor().await?;
    kjoring.vent("the brake", || kjoring.stoppet("kilde-brems") > 1).await?;
    sted.falsk.t().nede = None;
    kjoring.har(&sted.falsk, &numre).await?;
    sted.falsk.t().nede = Some(Nede::Borte);
    kjoring.vent("silence", || kjoring.stoppet("kilde-borte") > 0).await?;
    sted.falsk.person(&numre[1], 2, &[]);
    sted.falsk.hendelse(1, &numre[1], None);
    sted.falsk.t().nede = None;
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.stopp().await;
    Ok(())
}

/// Both have asked about everyone before either has written: one writes, the other is refused and reads what it wrote.
#[tokio::test]
async fn two_workers_do_the_work_of_one() -> Result<()> {
    let (sted, numre) = Sted::ny(5).await?;
    sted.falsk.t().mote = Some(Arc::new(Barrier::new(2)));
    let (en, to) = (sted.kjor().await?, sted.kjor().await?);
    en.vent("one is fenced", || en.stoppet("avlost") + to.stoppet("avlost") == 1).await?;
    sted.falsk.t().mote = None;
    en.har(&sted.falsk, &numre).await?;
    for versjon in 2..5 {
        sted.falsk.person(&numre[0], versjon, &[]);
        sted.falsk.hendelse(i64::from(versjon), &numre[0], None);
        en.har(&sted.falsk, &numre).await?;
    }
    en.stopp().await;
    to.stopp().await;
    let om = sted.om().await?;
    let alle = historikk(&om).await?;
    let ganger = |nummer: &String| alle.iter().filter(|p| p.nummer.vis() == nummer).count();
    assert_eq!(numre.iter().map(ganger).collect::<Vec<_>>(), [4, 1, 1, 1, 1], "nothing is written twice");
    Ok(())
}

#[tokio::test]
async fn it_stops_while_the_register_keeps_it_waiting() -> Result<()> {
    let (sted, numre) = Sted::ny(1).await?;
    sted.falsk.t().taus = true;
    let kjoring = sted.kjor().await?;
    kjoring.vent("a question", || sted.falsk.t().bedt_om_taus == 1).await?;
    kjoring.stopp().await;
    sted.falsk.t().taus = false;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    sted.falsk.t().taus_fra = Some(0);
    kjoring.vent("a page", || sted.falsk.t().bedt_om_taus == 2).await?;
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn nats_may_die_while_answers_are_written() -> Result<()> {
    let (mut sted, numre) = Sted::ny(40).await?;
    sted.falsk.t().maks = 3;
    let kjoring = sted.kjor().await?;
    kjoring.vent("the first answers", || kjoring.skrevet() > 0).await?;
    sted.nats.kill_and_restart().await?;
    kjoring.vent("the end of the feed", || sted.falsk.tomme() > 0).await?;
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.stopp().await;
    Ok(())
}
