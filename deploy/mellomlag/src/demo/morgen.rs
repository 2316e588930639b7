//! A morning at the schools: pupils come and go, the secretary corrects, a pupil without a number is reported by hand.

use super::{Scene, ro};
use anyhow::Result;
use elevliste::{Aktor, Handling, Skolestatus};
use runtime::Avstemming;

/// Plays the morning and waits until all that follows is done.
pub async fn spill(scene: &Scene, seed: u64) -> Result<Avstemming> {
    for (_, vigilo) in &scene.omgivelser.vigilo {
        let endringer = vigilo.morgen(seed);
        vigilo.endre(&endringer)?;
        let navn = &vigilo.kommune().navn;
        scene.forteller.si(&format!("{navn}: {} endringer i Vigilo denne morgenen", endringer.len()));
    }
    scene.program.hent_na();
    ro::vent(scene, 2).await?;
    // A pupil who has vanished without a word is believed to be gone only when missing a second time.
    scene.program.hent_na();
    ro::vent(scene, 3).await?;
    let (manuelt, holdt) = merkantil(scene).await?;
    scene.forteller.si(&format!(
        "Merkantil ved skolene: {manuelt} elever uten gyldig nummer meldt til inntakskontoret for hånd, {holdt} holdt tilbake"
    ));
    ro::vent(scene, 3).await
}

/// What people at the schools decide: a pupil without a number is reported by hand; of a pupil who stands twice on a
/// list, the second line is held back. All else waits for a correction in Vigilo.
async fn merkantil(scene: &Scene) -> Result<(usize, usize)> {
    let (mut manuelt, mut holdt) = (0, 0);
    for (nokkel, mut sak) in runtime::hent_alle(&scene.om).await? {
        let bilde = scene.rundt.bilde(&sak, scene.om.clock.now())?;
        if !Scene::av_maskiner(&nokkel) || bilde.status != Skolestatus::Avvik {
            continue;
        }
        let har = |i: &liste::Linjebilde, regel: &str| i.avvik.iter().any(|a| a.regel == regel);
        let mut handlinger = vec![];
        for linje in &bilde.plasseringer {
            let elev = sak.liste.linjer[linje.linje].elev;
            if har(linje, "EL-007") {
                manuelt += 1;
                handlinger.push(Handling::RutetManuelt { elev, grunn: "nyankommet, venter på nummer".into() });
            }
        }
        let mellom = bilde.plasseringer.iter().find(|l| har(l, "EL-005"));
        if let Some(linje) = mellom.filter(|_| nokkel.skolenr.ends_with(['0', '2', '4', '6', '8'])) {
            holdt += 1;
            let elev = sak.liste.linjer[linje.linje].elev;
            handlinger.push(Handling::HoldtTilbake { elev, grunn: "går på en annen skole, avklares".into() });
        }
        for handling in handlinger {
            let spor = sak.spor.clone();
            runtime::skriv(&scene.om, &mut sak, Aktor::person("merkantil-demo"), handling, spor).await?;
        }
    }
    Ok((manuelt, holdt))
}
