//! Power cuts and double workers: afterwards everything is as if nothing had happened.

use crate::scene::{Kjoring, Scene, TENANT, Valg, innhold, ord};
use anyhow::Result;
use hendelse::{FINT, LISTE};
use runtime::Maalere;
use simulators::generator::GeneratorConfig;
use std::collections::BTreeMap;

/// What is derived, by subject: positions and removals aside, and the identifiers that are dated by when they were seen.
async fn avledet(kjoring: &Kjoring) -> Result<BTreeMap<String, bytes::Bytes>> {
    let mut ut = innhold(&kjoring.om, FINT, "fint.>").await?;
    ut.extend(innhold(&kjoring.om, LISTE, "liste.>").await?);
    let tidlos = |r: &bus::Record| !r.subject.contains("._pos.") && !r.subject.contains("._identitet.");
    let gjelder = |r: &bus::Record| tidlos(r) && !r.payload.is_empty();
    Ok(ut.into_iter().filter(gjelder).map(|r| (r.subject, r.payload)).collect())
}

/// Large enough for several batches.
fn stor() -> Valg {
    let mut kommune = GeneratorConfig::liten(11);
    kommune.skoler[0].per_trinn = 400;
    Valg { kommune, ..Valg::default() }
}

async fn uforstyrret() -> Result<BTreeMap<String, bytes::Bytes>> {
    let scene = Scene::ny(stor()).await?;
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    let ut = avledet(&kjoring).await?;
    kjoring.stopp().await;
    Ok(ut)
}

async fn samme(scene: &Scene, kjoring: &Kjoring, fasit: &BTreeMap<String, bytes::Bytes>) -> Result<()> {
    let avstemming = kjoring.ro(1).await?;
    let har = avledet(kjoring).await?;
    assert!(har.keys().eq(fasit.keys()), "{} subjects instead of {}", har.len(), fasit.len());
    let ulike: Vec<_> = har.iter().filter(|(emne, data)| fasit[*emne] != **data).map(|(emne, _)| emne).collect();
    assert!(ulike.is_empty(), "{} differ, among them {:?}", ulike.len(), ulike.first());
    let sum = avstemming.sum();
    assert_eq!((sum.sendt as usize, sum.avvik), (scene.tiende().len(), 0));
    assert_eq!(scene.vigo.innsendinger().len(), 1);
    assert_eq!(scene.hos_vigo().len(), scene.tiende().len());
    Ok(())
}

/// A program that starts compares everything that stands with what should: where they agree, it writes nothing.
async fn ingenting_a_rette(scene: &Scene) -> Result<()> {
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    for del in ["kilde", "fint", "liste"] {
        assert_eq!(Maalere::av(&kjoring.om.maalere.skrevet, del, TENANT).get(), 0, "{del} stands as it should");
    }
    assert_eq!(scene.vigo.innsendinger().len(), 1);
    kjoring.stopp().await;
    Ok(())
}

/// Kills NATS as soon as `del` has written its first batch.
async fn drep_under(del: &'static str) -> Result<()> {
    let fasit = uforstyrret().await?;
    let mut scene = Scene::ny(stor()).await?;
    let kjoring = scene.kjor().await?;
    kjoring.vent(del, || Maalere::av(&kjoring.om.maalere.skrevet, del, TENANT).get() > 0).await?;
    scene.nats.kill_and_restart().await?;
    samme(&scene, &kjoring, &fasit).await?;
    kjoring.stopp().await;
    ingenting_a_rette(&scene).await
}

#[tokio::test]
async fn nats_dies_while_the_source_is_read() -> Result<()> {
    drep_under("kilde").await
}

#[tokio::test]
async fn nats_dies_while_the_mapping_writes() -> Result<()> {
    drep_under("fint").await
}

#[tokio::test]
async fn two_programs_at_once_do_the_work_of_one() -> Result<()> {
    let fasit = uforstyrret().await?;
    let scene = Scene::ny(stor()).await?;
    let (en, to) = (scene.kjor().await?, scene.kjor().await?);
    samme(&scene, &en, &fasit).await?;
    samme(&scene, &to, &fasit).await?;
    let sak = en.sak().await?;
    assert_eq!(ord(&sak).iter().filter(|o| *o == "intensjon").count(), 1);
    en.stopp().await;
    to.stopp().await;
    ingenting_a_rette(&scene).await?;
    Ok(())
}
