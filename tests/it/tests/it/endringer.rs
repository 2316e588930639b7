//! What happens to pupils, before and after VIGO has the list.

use crate::scene::{Scene, Valg, ord};
use anyhow::Result;
use elevliste::Skolestatus;
use simulators::generator::{Feilmengde, GeneratorConfig, Nummerserie};
use simulators::vigilo::Endring;

/// Gone without a word: believed the second time, when the source denies the pupil on a direct question too.
#[tokio::test]
async fn a_vanished_pupil_is_gone_only_the_second_time() -> Result<()> {
    let scene = Scene::ny(Valg::default()).await?;
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    let antall = scene.tiende().len();
    let elev = scene.tiende()[3].id;
    scene.vigilo.endre(&[Endring::Slutter { elev, hardt: true }])?;
    let en_gang = kjoring.les_igjen().await?;
    assert_eq!(en_gang.sum().kilde as usize, antall, "missing once is not gone");
    assert!(en_gang.etter.is_empty());
    let to_ganger = kjoring.les_igjen().await?;
    assert_eq!(to_ganger.sum().kilde as usize, antall - 1);
    let bilde = scene.rundt().bilde(&kjoring.sak().await?, kjoring.om.clock.now())?;
    assert_eq!(bilde.etter.borte.len(), 1);
    assert_eq!(bilde.status, Skolestatus::Mottatt);
    assert!(to_ganger.gar_opp());
    assert_eq!(scene.hos_vigo().len(), antall, "VIGO has what it was sent, once");
    assert_eq!(scene.vigo.innsendinger().len(), 1);
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_corrected_number_closes_the_deviation_and_the_list_goes() -> Result<()> {
    let mut kommune = GeneratorConfig::liten(7);
    kommune.feil = Feilmengde { ugyldig_nummer: 1, ..Feilmengde::ingen() };
    let scene = Scene::ny(Valg { kommune, ..Valg::default() }).await?;
    let kjoring = scene.kjor().await?;
    let avstemming = kjoring.ro(1).await?;
    let sak = kjoring.sak().await?;
    let bilde = scene.rundt().bilde(&sak, kjoring.om.clock.now())?;
    assert_eq!(bilde.status, Skolestatus::Avvik);
    assert!(sak.poster.is_empty());
    assert_eq!(sak.liste.linjer.iter().filter(|l| !l.avvik.is_empty()).count(), 1);
    assert!(avstemming.gar_opp());

    let feil = scene.vigilo.kommune().plantet[0];
    let nummer = Nummerserie::ny(99, 70_000).fodselsnummer(scene.skolear.startar() - 15);
    scene.vigilo.endre(&[Endring::RettetNummer { elev: feil.elev, nummer: nummer.clone() }])?;
    let avstemming = kjoring.les_igjen().await?;
    let sak = kjoring.sak().await?;
    assert_eq!(ord(&sak), ["godkjent", "intensjon", "Mottatt"]);
    assert!(sak.liste.linjer.iter().all(|l| l.avvik.is_empty()));
    assert_eq!(avstemming.sum().sendt as usize, scene.tiende().len());
    assert!(scene.hos_vigo().contains(&nummer));
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn what_comes_after_acceptance_is_shown_and_not_sent() -> Result<()> {
    let scene = Scene::ny(Valg::default()).await?;
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    let elever = scene.tiende();
    let klasse = elever.iter().find(|e| e.klasse != elever[0].klasse).unwrap().klasse.unwrap();
    let nummer = Nummerserie::ny(99, 70_000).fodselsnummer(scene.skolear.startar() - 15);
    scene.vigilo.endre(&[
        Endring::BytterKlasse { elev: elever[0].id, klasse },
        Endring::Slutter { elev: elever[1].id, hardt: false },
        Endring::Kommer {
            id: "0b0f0d1e-7a11-4c5e-9f00-5d2d1c1b0a09".parse()?,
            skole: elever[0].skole,
            klasse: Some(klasse),
            fornavn: "Ny".into(),
            mellomnavn: None,
            etternavn: "Prøvesen".into(),
            nummer: Some(nummer),
        },
    ])?;
    let avstemming = kjoring.les_igjen().await?;
    let sak = kjoring.sak().await?;
    let bilde = scene.rundt().bilde(&sak, kjoring.om.clock.now())?;
    assert_eq!((bilde.etter.nye.len(), bilde.etter.endret.len(), bilde.etter.borte.len()), (1, 1, 1));
    assert_eq!(avstemming.etter.values().sum::<usize>(), 3);
    assert!(avstemming.gar_opp());
    let sum = avstemming.sum();
    assert_eq!((sum.kilde as usize, sum.avvik), (elever.len(), 2), "the new and the changed one stand open");
    assert_eq!(ord(&sak), ["godkjent", "intensjon", "Mottatt"]);
    assert_eq!(scene.vigo.innsendinger().len(), 1);
    kjoring.stopp().await;
    Ok(())
}

/// A receiver that takes updates gets what has changed, by itself, and nothing else.
#[tokio::test]
async fn what_comes_after_acceptance_goes_out_where_vigo_takes_it() -> Result<()> {
    let scene = Scene::ny(Valg { oppdaterbar: true, ..Valg::default() }).await?;
    let kjoring = scene.kjor().await?;
    let avstemming = kjoring.ro(1).await?;
    assert_eq!(avstemming.sum().sendt as usize, scene.tiende().len());
    let elever = scene.tiende();
    let nummer = Nummerserie::ny(99, 70_000).fodselsnummer(scene.skolear.startar() - 15);
    scene.vigilo.endre(&[
        Endring::Slutter { elev: elever[1].id, hardt: false },
        Endring::Kommer {
            id: "0b0f0d1e-7a11-4c5e-9f00-5d2d1c1b0a09".parse()?,
            skole: elever[0].skole,
            klasse: elever[0].klasse,
            fornavn: "Ny".into(),
            mellomnavn: None,
            etternavn: "Prøvesen".into(),
            nummer: Some(nummer.clone()),
        },
    ])?;
    let avstemming = kjoring.les_igjen().await?;
    let sak = kjoring.sak().await?;
    assert_eq!(ord(&sak), ["godkjent", "intensjon", "Mottatt", "godkjent", "intensjon", "Mottatt"]);
    let sum = avstemming.sum();
    assert!(avstemming.gar_opp() && avstemming.etter.is_empty());
    assert_eq!((sum.sendt, sum.avvik), (sum.kilde, 0));
    assert!(scene.hos_vigo().contains(&nummer));
    assert_eq!(scene.hos_vigo().len(), elever.len());
    let skrivinger = scene.vigo.skrivinger();
    assert_eq!(skrivinger.iter().map(|s| s.endringer.len()).collect::<Vec<_>>(), [0, 2]);
    kjoring.stopp().await;
    Ok(())
}
