//! From the school to VIGO.

use crate::scene::{Scene, Valg, ord};
use anyhow::Result;
use elevliste::Skolestatus;

#[tokio::test]
async fn every_tenth_grader_arrives_exactly_once() -> Result<()> {
    let scene = Scene::ny(Valg::default()).await?;
    let kjoring = scene.kjor().await?;
    let avstemming = kjoring.ro(1).await?;
    let sum = avstemming.sum();
    let elever = scene.tiende();
    assert!(avstemming.gar_opp());
    assert_eq!(sum.kilde as usize, elever.len());
    assert_eq!(sum.sendt, sum.kilde);
    let sak = kjoring.sak().await?;
    assert_eq!(scene.rundt().bilde(&sak, kjoring.om.clock.now())?.status, Skolestatus::Mottatt);
    assert_eq!(ord(&sak), ["godkjent", "intensjon", "Mottatt"]);
    let mut ventet: Vec<_> = elever.iter().map(|e| e.nummer.clone().unwrap()).collect();
    ventet.sort();
    assert_eq!(scene.hos_vigo(), ventet);
    assert_eq!(scene.vigo.innsendinger().len(), 1);
    kjoring.stopp().await;
    Ok(())
}
