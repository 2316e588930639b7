//! Folkeregisteret, from its feed to VIGO: the real adapter and mapping, with a register in which things happen.

mod beskyttelse;
mod nummer;

use crate::scene::{Kjoring, Scene, Valg};
use anyhow::{Context, Result, ensure};
use elevliste::{Elevlinje, Skolestatus};
use runtime::{Avstemming, Listesak};
use simulators::folkeregister::{Feil, Handling, Ressurs};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Never reached when all is well: what is waited for is a state, not a time.
const FRIST: Duration = Duration::from_secs(60);

/// A scene with Folkeregisteret. When it is closed, lists are made and nothing is sent.
pub fn valg(apen: bool) -> Valg {
    Valg { register: true, apen, ..Valg::default() }
}

impl Kjoring {
    /// Waits until the only list is as asked for, and gives it with its reconciliation.
    pub async fn til(
        &self,
        scene: &Scene,
        hva: &str,
        er: impl Fn(&Listesak) -> bool,
    ) -> Result<(Listesak, Avstemming)> {
        let frist = Instant::now() + FRIST;
        loop {
            if let Ok(sak) = self.sak().await
                && er(&sak)
            {
                let avstemming = runtime::avstem(&self.om, &scene.rundt()).await?;
                assert!(avstemming.gar_opp(), "{hva}: the counts add up");
                return Ok((sak, avstemming));
            }
            ensure!(Instant::now() < frist, "{hva} did not happen\n{}", self.om.maalere.tekst());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Whether the register has answered for everybody on the list.
pub fn besvart(sak: &Listesak) -> bool {
    let ubesvart = |linje: &Elevlinje| linje.avvik.iter().any(|a| a.regel == "EL-017");
    !sak.liste.linjer.is_empty() && !sak.liste.linjer.iter().any(ubesvart)
}

/// The line of a pupil.
pub fn linje(sak: &Listesak, elev: Uuid) -> Result<&Elevlinje> {
    sak.liste.linjer.iter().find(|linje| linje.elev == elev).context("the pupil is on the list")
}

/// The line with a number.
pub fn med_nummer<'a>(sak: &'a Listesak, nummer: &str) -> Option<&'a Elevlinje> {
    sak.liste.linjer.iter().find(|l| l.identitetsnummer.as_ref().is_some_and(|n| n.vis() == nummer))
}

/// The rules that a line breaks.
pub fn regler(linje: &Elevlinje) -> Vec<&str> {
    linje.avvik.iter().map(|avvik| avvik.regel.as_str()).collect()
}

#[tokio::test]
async fn nobody_is_sent_before_the_register_has_answered() -> Result<()> {
    let scene = Scene::ny(valg(true)).await?;
    let register = scene.folkeregister();
    register.feil(Feil::Status { status: 503, form: Default::default() }.i(Ressurs::Bulkoppslag));
    let kjoring = scene.kjor().await?;
    let antall = scene.tiende().len();
    let ubesvart = |sak: &Listesak| {
        sak.liste.linjer.len() == antall && sak.liste.linjer.iter().all(|linje| regler(linje).contains(&"EL-017"))
    };
    let (sak, avstemming) = kjoring.til(&scene, "a list that waits for the register", ubesvart).await?;
    assert_eq!(scene.rundt().bilde(&sak, kjoring.om.clock.now())?.status, Skolestatus::Avvik);
    assert_eq!(avstemming.sum().avvik as usize, antall);
    kjoring.vent("a look-up", || register.kall(Ressurs::Bulkoppslag) > 1).await?;
    assert!(scene.vigo.innsendinger().is_empty() && kjoring.sak().await?.poster.is_empty());

    register.fjern_feil();
    kjoring.hent_na();
    kjoring.vent("the list at VIGO", || scene.hos_vigo().len() == antall).await?;
    let (sak, avstemming) = kjoring.til(&scene, "the receipt", |sak| sak.poster.len() == 3).await?;
    assert!(besvart(&sak));
    assert_eq!((avstemming.sum().sendt as usize, scene.vigo.innsendinger().len()), (antall, 1));
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_name_and_a_death() -> Result<()> {
    let scene = Scene::ny(valg(false)).await?;
    let kjoring = scene.kjor().await?;
    let (sak, _) = kjoring.til(&scene, "answers", besvart).await?;
    let elever = scene.tiende();
    let numre: Vec<_> = elever.iter().filter_map(|e| e.nummer.clone()).take(2).collect();
    let [navn, dod] = numre.as_slice() else { panic!("two pupils") };
    let (med_navn, den_dode) =
        (med_nummer(&sak, navn).context("a line")?.elev, med_nummer(&sak, dod).context("a line")?.elev);
    assert!(regler(linje(&sak, den_dode)?).is_empty());
    scene.folkeregister().utfor(&[
        Handling::NyttNavn {
            nummer: navn.clone(),
            fornavn: "Ågot".into(),
            mellomnavn: None,
            etternavn: "Prøvesen".into(),
        },
        Handling::Doed { nummer: dod.clone() },
    ])?;
    let hendt = |sak: &Listesak| {
        let harregel = |elev, regel| linje(sak, elev).is_ok_and(|linje| regler(linje).contains(&regel));
        harregel(med_navn, "EL-016") && harregel(den_dode, "EL-014")
    };
    let (sak, avstemming) = kjoring.til(&scene, "a name and a death", hendt).await?;
    assert_eq!(sak.liste.linjer.len(), elever.len(), "nobody leaves the list by it: a person decides");
    let blokkerer = |elev| linje(&sak, elev).map(|l| l.avvik.iter().any(|a| a.niva == elevliste::Niva::Feil));
    assert!(blokkerer(den_dode)? && !blokkerer(med_navn)?);
    assert!(avstemming.sum().avvik > 0);

    scene.folkeregister().utfor(&[Handling::AnnullerDoed { nummer: dod.clone() }])?;
    let lever = |sak: &Listesak| linje(sak, den_dode).is_ok_and(|linje| regler(linje).is_empty());
    kjoring.til(&scene, "an annulled death", lever).await?;
    kjoring.stopp().await;
    Ok(())
}
