//! Numbers that change hands: the pupil stays the same.

use super::{besvart, linje, med_nummer, regler, valg};
use crate::scene::Scene;
use anyhow::{Context, Result};
use runtime::Listesak;
use simulators::folkeregister::Handling;
use simulators::generator::Nummerserie;

fn har_nummer(sak: &Listesak, elev: uuid::Uuid, nummer: &str) -> bool {
    linje(sak, elev).is_ok_and(|l| l.identitetsnummer.as_ref().is_some_and(|n| n.vis() == nummer))
}

#[tokio::test]
async fn from_d_number_to_fodselsnummer_with_the_old_number_first() -> Result<()> {
    let mut valg = valg(false);
    valg.kommune.feil.d_nummer = 1;
    let scene = Scene::ny(valg).await?;
    let kjoring = scene.kjor().await?;
    let (sak, _) = kjoring.til(&scene, "answers", besvart).await?;
    let er_dnummer = |nummer: &&String| matches!(nummer.as_bytes()[0], b'4'..=b'7');
    let elever = scene.tiende();
    let gammelt = elever.iter().filter_map(|e| e.nummer.as_ref()).find(er_dnummer).context("a D-number")?;
    let elev = med_nummer(&sak, gammelt).context("a line")?.elev;

    scene.folkeregister().utfor(&[Handling::NyttNummer { nummer: gammelt.clone(), nytt: None }])?;
    let nytt = scene.folkeregister().gjeldende(gammelt).context("a number in use")?;
    assert_ne!(&nytt, gammelt);
    let (sak, _) = kjoring.til(&scene, "the new number", |sak| har_nummer(sak, elev, &nytt)).await?;
    assert!(regler(linje(&sak, elev)?).contains(&"EL-011"), "the school is told that it has the old one");
    assert_eq!(sak.liste.linjer.len(), elever.len(), "one pupil still");

    // The school catches up: the same pupil, and nothing more to say.
    let elev_id = elever.iter().find(|e| e.nummer.as_ref() == Some(gammelt)).context("the pupil")?.id;
    scene.vigilo.endre(&[simulators::vigilo::Endring::BytterNummer { elev: elev_id, nummer: nytt.clone() }])?;
    kjoring.hent_na();
    let rett = |sak: &Listesak| har_nummer(sak, elev, &nytt) && linje(sak, elev).is_ok_and(|l| regler(l).is_empty());
    kjoring.til(&scene, "the school's correction", rett).await?;
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_merge_and_a_split_keep_the_pupil() -> Result<()> {
    let scene = Scene::ny(valg(false)).await?;
    let kjoring = scene.kjor().await?;
    let (sak, _) = kjoring.til(&scene, "answers", besvart).await?;
    let dublett = scene.tiende()[0].nummer.clone().context("a number")?;
    let elev = med_nummer(&sak, &dublett).context("a line")?.elev;
    let gjeldende = Nummerserie::ny(99, 70_000).fodselsnummer(scene.skolear.startar() - 15);
    let foedselsdato = scene.tiende()[0].fodselsdato;
    scene.folkeregister().utfor(&[
        Handling::Registrer {
            nummer: gjeldende.clone(),
            fornavn: "Ågot".into(),
            etternavn: "Prøvesen".into(),
            foedselsdato,
        },
        Handling::SlaaSammen { gjeldende: gjeldende.clone(), dublett: dublett.clone() },
    ])?;
    let (sak, _) = kjoring.til(&scene, "a merge", |sak| har_nummer(sak, elev, &gjeldende)).await?;
    assert_eq!(sak.liste.linjer.len(), scene.tiende().len());

    scene.folkeregister().utfor(&[Handling::Splitt { dublett: dublett.clone() }])?;
    let (sak, _) = kjoring.til(&scene, "a split", |sak| har_nummer(sak, elev, &dublett)).await?;
    assert_eq!(sak.liste.linjer.len(), scene.tiende().len());
    assert!(med_nummer(&sak, &gjeldende).is_none(), "the other one is nobody's here");
    kjoring.stopp().await;
    Ok(())
}
