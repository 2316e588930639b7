//! A VIGO that loses answers, is closed, refuses, or does not know the school.

use crate::scene::{Scene, Valg, ord};
use anyhow::Result;
use elevliste::{Handling, Niva, Skolestatus};
use simulators::generator::{GeneratorConfig, orgnr_med_kontrollsiffer};
use simulators::vigilo::Endring;
use simulators::vigo::{Feil, Identitetsregler, Vindu};

#[tokio::test]
async fn a_lost_answer_is_never_sent_again() -> Result<()> {
    let scene = Scene::ny(Valg::default()).await?;
    scene.vigo.feil(Feil::MistetSvar.ganger(1));
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    let sak = kjoring.sak().await?;
    assert_eq!(scene.rundt().bilde(&sak, kjoring.om.clock.now())?.status, Skolestatus::Uavklart);
    assert_eq!(ord(&sak), ["godkjent", "intensjon", "Uavklart"]);

    // Not even when the list becomes another, or the program is started anew.
    let elev = scene.tiende()[0];
    scene.vigilo.endre(&[Endring::BytterNavn {
        elev: elev.id,
        fornavn: "Ny".into(),
        mellomnavn: None,
        etternavn: "Prøvesen".into(),
    }])?;
    kjoring.les_igjen().await?;
    kjoring.stopp().await;
    let kjoring = scene.kjor().await?;
    let avstemming = kjoring.ro(1).await?;
    let etter = kjoring.sak().await?;
    assert_ne!(etter.liste, sak.liste, "the change has come to the list");
    assert_eq!(scene.rundt().bilde(&etter, kjoring.om.clock.now())?.status, Skolestatus::Uavklart);
    assert_eq!(ord(&etter), ["godkjent", "intensjon", "Uavklart"]);
    assert_eq!(scene.vigo.innsendinger().len(), 1);
    assert!(avstemming.gar_opp());
    assert_eq!(avstemming.sum().avvik as usize, scene.tiende().len(), "nobody is believed to have arrived");
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn nothing_is_sent_after_the_round() -> Result<()> {
    let scene = Scene::ny(Valg { apen: false, ..Valg::default() }).await?;
    let kjoring = scene.kjor().await?;
    let avstemming = kjoring.ro(1).await?;
    let sak = kjoring.sak().await?;
    assert!(sak.poster.is_empty());
    assert_eq!(
        liste::neste(&scene.rundt().bilde(&sak, kjoring.om.clock.now())?, sak.runde.as_ref(), kjoring.om.clock.now()),
        liste::Steg::Stengt
    );
    assert!(avstemming.gar_opp());
    assert_eq!(avstemming.sum().avvik as usize, scene.tiende().len());
    kjoring.stopp().await;
    assert!(scene.vigo.innsendinger().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_closed_vigo_is_told_apart() -> Result<()> {
    let scene = Scene::ny(Valg::default()).await?;
    scene.vigo.sett_vindu(None, Vindu::stengt());
    let kjoring = scene.kjor().await?;
    let avstemming = kjoring.ro(1).await?;
    let sak = kjoring.sak().await?;
    assert_eq!(ord(&sak), ["godkjent", "intensjon", "Stengt"]);
    assert_eq!(scene.rundt().bilde(&sak, kjoring.om.clock.now())?.status, Skolestatus::Stengt);
    assert!(avstemming.gar_opp());
    assert_eq!(avstemming.sum().avvik as usize, scene.tiende().len());
    kjoring.stopp().await;
    assert!(scene.vigo.innsendinger().is_empty());
    Ok(())
}

/// VIGO as published today refuses every synthetic number.
#[tokio::test]
async fn a_refused_list_says_why_line_by_line() -> Result<()> {
    let scene = Scene::ny(Valg { regler: Identitetsregler::SomNovari, ..Valg::default() }).await?;
    let kjoring = scene.kjor().await?;
    let avstemming = kjoring.ro(1).await?;
    let sak = kjoring.sak().await?;
    assert_eq!(ord(&sak), ["godkjent", "intensjon", "Avvist"]);
    let bilde = scene.rundt().bilde(&sak, kjoring.om.clock.now())?;
    assert_eq!(bilde.status, Skolestatus::Avvist);
    assert_eq!(bilde.plasseringer.len(), scene.tiende().len());
    for linje in &bilde.plasseringer {
        let fra_vigo = |a: &&elevliste::Avvik| a.regel.starts_with("VI-") && a.niva == Niva::Feil;
        assert_eq!(linje.avvik.iter().filter(fra_vigo).count(), 1, "{:?}", linje.avvik);
    }
    let sum = avstemming.sum();
    assert!(avstemming.gar_opp());
    assert_eq!((sum.sendt, sum.avvik), (0, sum.kilde));
    assert!(scene.vigo.innsendinger().iter().all(|i| !i.er_godkjent()));
    kjoring.les_igjen().await?;
    assert_eq!(scene.vigo.innsendinger().len(), 1, "a refused list is not sent again by itself");
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_school_that_vigo_does_not_know_is_kept_back() -> Result<()> {
    let mut kommune = GeneratorConfig::liten(7);
    kommune.skoler[0].orgnr = (99_980_000..).find_map(orgnr_med_kontrollsiffer).unwrap();
    let scene = Scene::ny(Valg { kommune, registrert: false, ..Valg::default() }).await?;
    let kjoring = scene.kjor().await?;
    let avstemming = kjoring.ro(1).await?;
    let sak = kjoring.sak().await?;
    assert!(sak.liste.nokkel.skolenr.starts_with("ukjent-"), "{}", sak.liste.nokkel);
    let bilde = scene.rundt().bilde(&sak, kjoring.om.clock.now())?;
    assert!(bilde.avvik.iter().any(|a| a.regel == "EL-020"), "{:?}", bilde.avvik);
    assert_eq!(bilde.status, Skolestatus::Avvik);
    assert!(!sak.poster.iter().any(|p| matches!(p.handling, Handling::Intensjon { .. })));
    assert!(avstemming.gar_opp());
    assert_eq!(avstemming.sum().kilde as usize, scene.tiende().len(), "the pupils are on the list all the same");
    kjoring.stopp().await;
    assert!(scene.vigo.innsendinger().is_empty());
    Ok(())
}
