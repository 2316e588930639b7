//! The dry run says what the receiver would answer, and leaves no trace.

use crate::scene::{Scene, Valg};
use anyhow::{Context, Result};
use bus::Start;
use elevliste::{Merknad, Utfall};
use flow::{Avslag, Outcome};
use liste::forklaring::{Forutsagt, Hinder};
use runtime::{Omgivelse, proveskudd};
use simulators::generator::{Feilmengde, GeneratorConfig, orgnr_med_kontrollsiffer};
use std::time::Duration;

/// Everything that stands in the streams.
async fn alt(om: &Omgivelse) -> Result<Vec<(String, u64)>> {
    let mut ut = Vec::new();
    for strom in runtime::strommer(1) {
        let filtre: Vec<String> = strom.subjects.iter().map(ToString::to_string).collect();
        let mut reader = om.bus.read(strom.name, &filtre, Start::After(0)).await?;
        let mut igjen = reader.pending_at_start();
        while igjen > 0 {
            for post in reader.next(1000, Duration::from_secs(10)).await? {
                igjen = post.pending;
                ut.push((post.subject, post.sequence));
            }
        }
    }
    Ok(ut)
}

/// The real answer in the words of the prediction.
fn svaret(utfall: Outcome) -> (Utfall, Option<String>, Vec<Merknad>) {
    match utfall {
        Outcome::Delivered(s) if s.merknader.is_empty() => (Utfall::Mottatt, None, vec![]),
        Outcome::Delivered(s) => (Utfall::MottattMedAdvarsler, None, s.merknader),
        Outcome::Rejected(Avslag::Linjer(s)) => (Utfall::Avvist, None, s.merknader),
        Outcome::Rejected(Avslag::UkjentSkole) => (Utfall::UkjentSkole, None, vec![]),
        Outcome::Rejected(Avslag::AlleredeLevert) => (Utfall::AlleredeLevert, None, vec![]),
        Outcome::Rejected(Avslag::Ugyldig { kode }) => (Utfall::AvvistUtenGrunn, Some(kode), vec![]),
        annet => panic!("no answer to compare with: {annet:?}"),
    }
}

fn forutsagt(f: Forutsagt) -> (Utfall, Option<String>, Vec<Merknad>) {
    (f.utfall, f.kode, f.merknader.into_iter().map(|m| m.merknad).collect())
}

/// Every list of a scene is tried, and then really sent; returns what was foretold.
async fn prov_alle(valg: Valg) -> Result<Vec<Utfall>> {
    let scene = Scene::ny(Valg { apen: false, ..valg }).await?;
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    kjoring.stopp().await;
    let om = scene.omgivelse().await?;
    let sink = scene.plan()?.mottakere.pop().context("a receiver")?.sink;
    let mut ut = Vec::new();
    for nokkel in runtime::hent_alle(&om).await?.into_keys() {
        let (for_strommer, for_vigo) = (alt(&om).await?, scene.vigo.innsendinger());
        let (spadd, forsendelse) = proveskudd(&om, &scene.rundt(), &*sink, &nokkel).await?;
        let (igjen, _) = proveskudd(&om, &scene.rundt(), &*sink, &nokkel).await?;
        assert_eq!(spadd, igjen);
        assert_eq!((alt(&om).await?, scene.vigo.innsendinger()), (for_strommer, for_vigo), "a dry run leaves no trace");
        assert!(spadd.hinder.contains(&Hinder::Stengt) && spadd.siden_sist.is_none());
        assert_eq!(spadd.antall, forsendelse.linjer.len());
        let ventet = forutsagt(spadd.forutsagt);
        assert_eq!(ventet, svaret(sink.deliver(&forsendelse).await?), "{nokkel}");
        ut.push(ventet.0);
    }
    Ok(ut)
}

#[tokio::test]
async fn what_is_foretold_is_what_is_answered() -> Result<()> {
    let ren = Feilmengde::ingen();
    let feil = [
        (ren, vec![Utfall::Mottatt]),
        (Feilmengde { ugyldig_nummer: 4, mangler_fornavn: 2, ..ren }, vec![Utfall::Avvist]),
        (Feilmengde { mangler_fornavn: 3, ..ren }, vec![Utfall::MottattMedAdvarsler]),
        (Feilmengde { mangler_klasse: 2, ..ren }, vec![Utfall::AvvistUtenGrunn]),
    ];
    for (feil, ventet) in feil {
        let mut kommune = GeneratorConfig::liten(7);
        kommune.feil = feil;
        assert_eq!(prov_alle(Valg { kommune, ..Valg::default() }).await?, ventet, "{feil:?}");
    }
    let mut kommune = GeneratorConfig::liten(7);
    kommune.skoler[0].orgnr = (99_980_000..).find_map(orgnr_med_kontrollsiffer).context("a number")?;
    assert_eq!(prov_alle(Valg { kommune, registrert: false, ..Valg::default() }).await?, [Utfall::UkjentSkole]);
    let spadd = prov_alle(Valg { kommune: GeneratorConfig::voss(3), ..Valg::default() }).await?;
    assert_eq!(spadd.len(), 3);
    Ok(())
}

#[tokio::test]
async fn a_list_that_is_in_is_not_taken_again() -> Result<()> {
    let scene = Scene::ny(Valg::default()).await?;
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    let nokkel = kjoring.sak().await?.liste.nokkel;
    let sink = scene.plan()?.mottakere.pop().context("a receiver")?.sink;
    let (spadd, forsendelse) = proveskudd(&kjoring.om, &scene.rundt(), &*sink, &nokkel).await?;
    assert_eq!(spadd.hinder, [Hinder::Mottatt]);
    assert!(spadd.siden_sist.is_some_and(|s| s.nye.is_empty() && s.endret.is_empty() && s.borte.is_empty()));
    assert_eq!(spadd.forutsagt.utfall, Utfall::AlleredeLevert);
    assert_eq!(svaret(sink.deliver(&forsendelse).await?).0, Utfall::AlleredeLevert);
    kjoring.stopp().await;
    Ok(())
}
