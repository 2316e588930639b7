//! A school system that suddenly lacks many pupils: nothing moves before a person has decided, and then at once.

use crate::scene::{Scene, Valg, tenant};
use anyhow::{Context, Result};
use runtime::{Avgjorelse, Kildetilstand};
use simulators::generator::GeneratorConfig;
use simulators::vigilo::Endring;

#[tokio::test]
async fn a_mass_removal_waits_until_a_person_has_decided() -> Result<()> {
    let mut kommune = GeneratorConfig::liten(7);
    kommune.skoler[0].per_trinn = 40;
    let scene = Scene::ny(Valg { kommune, ..Valg::default() }).await?;
    let kjoring = scene.kjor().await?;
    let for_dette = kjoring.ro(1).await?.sum().kilde;
    let (tenant, navn) = (tenant(), "vigilo".parse()?);
    let borte: Vec<_> = scene.tiende().iter().take(30).map(|e| Endring::Slutter { elev: e.id, hardt: true }).collect();
    scene.vigilo.endre(&borte)?;
    let snapshots = kjoring.snapshot();
    kjoring.hent_na();
    kjoring.vent("a hold", || kjoring.om.maalere.alarm(&tenant, &navn, "holdt")).await?;
    assert_eq!(runtime::avstem(&kjoring.om, &scene.rundt()).await?.sum().kilde, for_dette, "nobody has left");
    let hold = runtime::holdt(&kjoring.om, &tenant, &navn).await?.context("it is held")?;
    assert_eq!(hold.typer["user"].savnet, 30);

    let nar = kjoring.om.clock.now();
    let ja = Avgjorelse { godkjent: true, hvem: "Kari Prøvesen".into(), hvorfor: "flyttet skolekrets".into(), nar };
    runtime::avgjor(&kjoring.om, &tenant, &navn, &hold.digest, ja).await?;
    let avstemming = kjoring.ro(snapshots + 1).await?;
    assert_eq!(avstemming.sum().kilde, for_dette - 30);
    kjoring.vent("the alarm to end", || !kjoring.om.maalere.alarm(&tenant, &navn, "holdt")).await?;
    let status = runtime::kildestatus(&kjoring.om, &tenant, &navn).await?.context("a status")?;
    assert_eq!((status.tilstand, status.resultat.savnet), (Kildetilstand::Ok, 0));
    assert_eq!(status.sist.context("the hold is over")?.digest, hold.digest);
    kjoring.stopp().await;
    Ok(())
}
