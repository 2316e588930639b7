//! Address protection: who has it leaves the automatic path, and no address is ever anywhere.

use super::{besvart, med_nummer, valg};
use crate::scene::{Kjoring, Scene};
use anyhow::{Context, Result};
use bus::Start;
use hendelse::{FINT, INNSENDING, KARANTENE, KILDE, LISTE, REVISJON};
use runtime::Listesak;
use simulators::folkeregister::{Feil, Gradering, Handling, Ressurs};
use simulators::generator::Nummerserie;
use simulators::vigilo::Endring;
use std::time::Duration;

/// What the simulator's addresses are made of.
const ADRESSER: [&str; 4] = ["LØYNDVEGEN", "GØYMESTAD", "5998", "9998"];

/// Where an address stands in any stream: in every message that there has ever been, as bytes.
async fn adresse_i_strommene(kjoring: &Kjoring) -> Result<Option<String>> {
    for stream in [KILDE, FINT, LISTE, INNSENDING, KARANTENE, REVISJON] {
        let mut reader = kjoring.om.bus.read(stream, &[">".to_owned()], Start::After(0)).await?;
        let mut igjen = reader.pending_at_start();
        while igjen > 0 {
            for record in reader.next(500, Duration::from_secs(10)).await? {
                igjen = record.pending;
                let tekst = String::from_utf8_lossy(&record.payload).to_uppercase();
                // The postal codes are four digits that a number may hold by chance: the names are sure.
                if ADRESSER[..2].iter().any(|adresse| tekst.contains(adresse)) {
                    return Ok(Some(format!("{stream} {}", record.sequence)));
                }
            }
        }
    }
    Ok(None)
}

fn antall(sak: &Listesak) -> (usize, usize) {
    (sak.liste.linjer.len(), sak.liste.skjermede.len())
}

#[tokio::test]
async fn a_protected_pupil_never_reaches_vigo() -> Result<()> {
    let scene = Scene::ny(valg(true)).await?;
    let register = scene.folkeregister();
    // Everything is sent, whatever was asked for: what must not be kept has to be thrown away here.
    register.feil(Feil::AlleDeler);
    let elever = scene.tiende();
    let nummer = |nr: usize| elever[nr].nummer.clone().context("a number");
    register.utfor(&[
        Handling::Beskytt { nummer: nummer(0)?, gradering: Gradering::StrengtFortrolig },
        Handling::Beskytt { nummer: nummer(1)?, gradering: Gradering::Fortrolig },
    ])?;
    let kjoring = scene.kjor().await?;
    let igjen = elever.len() - 2;
    kjoring.vent("the list at VIGO", || scene.hos_vigo().len() == igjen).await?;
    let (sak, avstemming) = kjoring.til(&scene, "the receipt", |sak| sak.poster.len() == 3).await?;
    assert_eq!(antall(&sak), (igjen, 2));
    let sum = avstemming.sum();
    assert_eq!((sum.kilde as usize, sum.sendt as usize, sum.manuelt), (elever.len(), igjen, 2));
    for innsending in scene.vigo.innsendinger() {
        let alt = format!("{innsending:?}") + &serde_json::to_string(&innsending)?;
        for nr in [0, 1] {
            assert!(!alt.contains(&nummer(nr)?), "VIGO has never heard of the pupil");
        }
    }
    assert_eq!(adresse_i_strommene(&kjoring).await?, None);
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn protection_comes_and_goes_and_the_pupil_is_followed_all_the_while() -> Result<()> {
    let scene = Scene::ny(valg(false)).await?;
    let register = scene.folkeregister();
    register.feil(Feil::AlleDeler);
    let kjoring = scene.kjor().await?;
    let (sak, _) = kjoring.til(&scene, "answers", besvart).await?;
    let alle = scene.tiende().len();
    assert_eq!(antall(&sak), (alle, 0));
    let pupil = scene.tiende()[0].id;
    let gammelt = scene.tiende()[0].nummer.clone().context("a number")?;
    let elev = med_nummer(&sak, &gammelt).context("a line")?.elev;

    register.utfor(&[
        Handling::Flytt { nummer: gammelt.clone() },
        Handling::Beskytt { nummer: gammelt.clone(), gradering: Gradering::StrengtFortrolig },
    ])?;
    let (sak, avstemming) = kjoring.til(&scene, "protection", |sak| antall(sak) == (alle - 1, 1)).await?;
    assert_eq!(sak.liste.skjermede, [elev]);
    assert_eq!((avstemming.sum().kilde as usize, avstemming.sum().manuelt), (alle, 1));

    // While protected the pupil gets another number, and the school writes it down before anybody else.
    let nytt = Nummerserie::ny(99, 70_000).fodselsnummer(scene.skolear.startar() - 15);
    register.utfor(&[Handling::NyttNummer { nummer: gammelt.clone(), nytt: Some(nytt.clone()) }])?;
    scene.vigilo.endre(&[Endring::BytterNummer { elev: pupil, nummer: nytt.clone() }])?;
    let oppslag = register.kall(Ressurs::Bulkoppslag);
    kjoring.hent_na();
    kjoring
        .vent("the register is asked about the new number", || register.kall(Ressurs::Bulkoppslag) > oppslag)
        .await?;
    let (sak, _) = kjoring.til(&scene, "protection all the same", |sak| antall(sak) == (alle - 1, 1)).await?;
    assert_eq!(sak.liste.skjermede, [elev]);

    register.utfor(&[Handling::OpphevBeskyttelse { nummer: nytt.clone() }])?;
    let tilbake = |sak: &Listesak| antall(sak) == (alle, 0) && besvart(sak);
    let (sak, avstemming) = kjoring.til(&scene, "the end of protection", tilbake).await?;
    assert_eq!(med_nummer(&sak, &nytt).context("a line")?.elev, elev, "the same pupil, under the new number");
    assert_eq!((avstemming.sum().kilde as usize, avstemming.sum().manuelt), (alle, 0));
    assert_eq!(adresse_i_strommene(&kjoring).await?, None);
    kjoring.stopp().await;
    Ok(())
}
