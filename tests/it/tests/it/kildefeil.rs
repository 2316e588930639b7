//! A school system that misbehaves: the last complete snapshot stays in force, and the stop is counted by cause.

use crate::scene::{Kjoring, Scene, Valg, innhold};
use anyhow::Result;
use hendelse::{KARANTENE, KILDE, LISTE};
use simulators::vigilo::{Endring, Feil, Feilplan, Samling};
use std::collections::BTreeMap;

type Bilde = BTreeMap<String, (u64, bytes::Bytes)>;

/// Every subject of the source and of the lists, with what stands on it.
async fn bilde(kjoring: &Kjoring) -> Result<Bilde> {
    let mut ut = innhold(&kjoring.om, KILDE, "kilde.>").await?;
    ut.extend(innhold(&kjoring.om, LISTE, "liste.>").await?);
    Ok(ut.into_iter().map(|r| (r.subject, (r.sequence, r.payload))).collect())
}

/// A good snapshot, a fault with a change behind it, nothing moves; the fault is gone, and the change comes through.
async fn gjennom(feil: Vec<Feilplan>, kode: &str) -> Result<()> {
    let scene = Scene::ny(Valg { side: 40, ..Valg::default() }).await?;
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    let for_feilen = bilde(&kjoring).await?;
    for plan in feil {
        scene.vigilo.feil(plan);
    }
    let elev = scene.tiende()[0];
    let (fornavn, etternavn) = ("Ny".to_owned(), "Prøvesen".to_owned());
    scene.vigilo.endre(&[Endring::BytterNavn { elev: elev.id, fornavn, mellomnavn: None, etternavn }])?;
    let snapshots = kjoring.snapshot();
    kjoring.hent_na();
    kjoring.vent(kode, || kjoring.stoppet("kilde", kode) > 0).await?;
    assert!(bilde(&kjoring).await? == for_feilen, "{kode}: what was known stays as it was");
    assert_eq!(kjoring.snapshot(), snapshots);

    scene.vigilo.fjern_feil();
    kjoring.hent_na();
    let avstemming = kjoring.ro(snapshots + 1).await?;
    assert!(bilde(&kjoring).await? != for_feilen);
    assert_eq!(avstemming.etter.values().sum::<usize>(), 1, "the change flows");
    assert_eq!(avstemming.sum().kilde as usize, scene.tiende().len());
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn broken_json() -> Result<()> {
    gjennom(vec![Feil::UgyldigJson.i(Samling::Users).paa_side(2)], "kilde-uleselig").await
}

#[tokio::test]
async fn a_missing_page() -> Result<()> {
    gjennom(vec![Feil::TomSamling.i(Samling::Users).paa_side(2)], "kilde-revet").await
}

#[tokio::test]
async fn a_page_that_answers_404() -> Result<()> {
    gjennom(vec![Feil::Status { status: 404 }.i(Samling::Users).paa_side(2)], "kilde-revet").await
}

#[tokio::test]
async fn a_wrong_token() -> Result<()> {
    gjennom(vec![Feil::Avvis401.i(Samling::Users)], "kilde-avviser").await
}

#[tokio::test]
async fn a_web_page_with_status_200() -> Result<()> {
    gjennom(vec![Feil::Html200.i(Samling::Users)], "kilde-uleselig").await
}

#[tokio::test]
async fn an_empty_collection() -> Result<()> {
    gjennom(vec![Feil::TomSamling.i(Samling::Users), Feil::UtenHoder.i(Samling::Users)], "kilde-holdt").await
}

#[tokio::test]
async fn one_id_with_two_contents() -> Result<()> {
    gjennom(vec![Feil::DobbelSourcedId.i(Samling::Users).paa_side(1)], "kilde-revet").await
}

#[tokio::test]
async fn a_record_without_id_is_put_aside_and_nobody_is_missed() -> Result<()> {
    let scene = Scene::ny(Valg::default()).await?;
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    scene.vigilo.feil(Feil::UtenSourcedId.i(Samling::Users).paa_side(1));
    let elever = scene.tiende();
    let elev = elever.last().unwrap();
    let (fornavn, etternavn) = ("Ny".to_owned(), "Prøvesen".to_owned());
    scene.vigilo.endre(&[Endring::BytterNavn { elev: elev.id, fornavn, mellomnavn: None, etternavn }])?;
    // Twice and once more: enough to be believed gone, if anybody were believed to be missing.
    for _ in 0..3 {
        kjoring.les_igjen().await?;
    }
    let avstemming = kjoring.les_igjen().await?;
    assert_eq!(innhold(&kjoring.om, KARANTENE, "karantene.>").await?.len(), 1);
    assert_eq!(avstemming.sum().kilde as usize, elever.len(), "nobody has left");
    assert_eq!(avstemming.etter.values().sum::<usize>(), 1, "the others flow");
    assert!(avstemming.gar_opp());
    kjoring.stopp().await;
    Ok(())
}
