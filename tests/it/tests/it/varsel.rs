//! A deviation opens and closes by itself, the whole way from the school system and back.

use crate::scene::{Scene, TENANT, Valg};
use anyhow::{Result, ensure};
use bus::Start;
use elevliste::{Skolestatus, Varsel, Varselslag};
use hendelse::VARSEL;
use simulators::generator::{Feilmengde, GeneratorConfig, Nummerserie};
use simulators::vigilo::Endring;
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_deviation_closes_by_itself_when_the_number_is_put_right_in_the_school_system() -> Result<()> {
    let mut kommune = GeneratorConfig::liten(7);
    kommune.feil = Feilmengde { ugyldig_nummer: 1, ..Feilmengde::ingen() };
    let scene = Scene::ny(Valg { kommune, ..Valg::default() }).await?;
    let kjoring = scene.kjor().await?;
    let om = kjoring.om.clone();
    kjoring.ro(1).await?;
    let nokkel = kjoring.sak().await?.liste.nokkel;
    let status = |onsket| {
        let (om, nokkel) = (&om, &nokkel);
        async move {
            let frist = Instant::now() + Duration::from_secs(60);
            loop {
                let status = runtime::listestatus(om, nokkel).await?;
                if let Some(status) = status.clone().filter(|s| s.status == onsket) {
                    return anyhow::Ok(status);
                }
                ensure!(Instant::now() < frist, "it stands otherwise: {status:?}");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    };
    let apen = status(Skolestatus::Avvik).await?;
    let [avvik] = &apen.apne.iter().filter(|a| a.elev.is_some()).collect::<Vec<_>>()[..] else {
        anyhow::bail!("one pupil with one deviation: {apen:?}")
    };
    let feil = &scene.vigilo.kommune().plantet[0];
    let elev = avvik.elev.expect("a pupil's");
    let kildeider = runtime::kildeider(&om, &TENANT.parse()?, elev).await?;
    let ider: Vec<_> = kildeider.iter().map(|(kilde, id)| (kilde.as_str(), id.vis().clone())).collect();
    assert_eq!(ider, [("vigilo", feil.elev.to_string())], "the school system finds the pupil again");

    let nummer = Nummerserie::ny(99, 70_000).fodselsnummer(scene.skolear.startar() - 15);
    scene.vigilo.endre(&[Endring::RettetNummer { elev: feil.elev, nummer: nummer.clone() }])?;
    kjoring.les_igjen().await?;
    let mottatt = status(Skolestatus::Mottatt).await?;
    assert!(mottatt.apne.is_empty() && mottatt.kvittering.is_some(), "{mottatt:?}");
    assert_eq!(mottatt.sendt, mottatt.kilde);

    let side = runtime::varsler(&om, 0, 1_000, Duration::ZERO, |_| true).await?.expect("from the start");
    let om_eleven = |varsel: &Varsel| match &varsel.slag {
        Varselslag::AvvikApnet { avvik } if avvik.elev == Some(elev) => Some(("+", avvik.id)),
        Varselslag::AvvikLukket { avvik } if avvik.elev == Some(elev) => Some(("-", avvik.id)),
        _ => None,
    };
    let eleven: Vec<_> = side.varsler.iter().filter_map(|(_, varsel)| om_eleven(varsel)).collect();
    assert_eq!(eleven, [("+", avvik.id), ("-", avvik.id)]);

    let mut reader = om.bus.read(VARSEL, &[">".to_owned()], Start::After(0)).await?;
    let mut igjen = reader.pending_at_start();
    let elever = scene.tiende();
    while igjen > 0 {
        for record in reader.next(500, Duration::from_secs(10)).await? {
            igjen = record.pending;
            let tekst = format!("{} {:?} {}", record.subject, record.headers, String::from_utf8_lossy(&record.payload));
            assert!(!tekst.contains(&nummer) && !tekst.contains(&feil.elev.to_string()), "{}", record.subject);
            for elev in &elever {
                let navn = format!("{} {}", elev.fornavn, elev.etternavn);
                assert!(!tekst.contains(&navn) && !tekst.contains(&elev.id.to_string()), "{}", record.subject);
            }
        }
    }
    kjoring.stopp().await;
    Ok(())
}
