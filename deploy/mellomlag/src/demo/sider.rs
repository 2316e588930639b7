//! Opens the pages, and says where to go.

use super::Scene;
use super::eksempel::{Demoskole, SKOLER, TENANT, Vei};
use super::folk::{self, Vist};
use super::pakke;
use super::sideoppsett::Sideoppsett;
use crate::kobling::{self, Sidevalg};
use anyhow::{Context, Result, bail};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longer than this, something is wrong.
const FRIST: Duration = Duration::from_secs(120);
/// The rule that holds a pupil back until the register has answered.
const VENTER_PA_REGISTERET: &str = "EL-017";

/// The open pages.
pub struct Sider {
    stopp: CancellationToken,
    oppgaver: Vec<JoinHandle<()>>,
}

/// Where everything is, for a program that uses it.
#[derive(Serialize)]
struct Steder {
    sider: String,
    vigilo: BTreeMap<String, String>,
    elevkort: BTreeMap<String, String>,
    vigo: String,
    oidc: String,
    epost: String,
    folkeregister: String,
    mappe: String,
    /// The key of each list, by the school's name.
    lister: BTreeMap<String, String>,
    personer: Vec<Vist>,
    /// Whom to key in at the school without a system.
    til_tasting: BTreeMap<&'static str, Vec<Value>>,
    /// The package to hand in for the school that hands in packages.
    pakker: BTreeMap<&'static str, String>,
}

/// Opens them when the lists of Eksempel are there, and says so.
pub async fn apne(scene: &Scene, oppsett: &Sideoppsett, json: bool) -> Result<Sider> {
    let stopp = CancellationToken::new();
    let valg = Sidevalg { demo: true, stopp: stopp.clone() };
    let operator = kobling::operator(&scene.oppsett, &scene.om, &scene.program, &valg)?;
    let (operator, config) =
        operator.zip(scene.oppsett.operator.as_ref()).context("the demo's own operator.toml opens the pages")?;
    let (_, tjeneste) = operator
        .server(config.listen, stopp.clone())
        .await
        .with_context(|| format!("the pages cannot be opened at {}; choose another --port", config.listen))?;
    let mut oppgaver = vec![tokio::spawn(tjeneste)];
    oppgaver.extend(kobling::epost(&scene.oppsett, &scene.om, stopp.clone()).map(tokio::spawn));
    folk::inviter(&oppsett.folk, &scene.om, config.faste()).await?;
    for skole in pakker() {
        std::fs::write(sti(scene, skole), pakke::hel(&oppsett.eksempel.sannhet, skole)?)?;
    }
    let steder = steder(scene, oppsett, lister(scene).await?);
    if json {
        println!("{}", serde_json::to_string(&steder)?);
    } else {
        vis(&steder);
    }
    Ok(Sider { stopp, oppgaver })
}

impl Sider {
    /// Answers those who wait, and closes.
    pub async fn lukk(self) -> Result<()> {
        self.stopp.cancel();
        for oppgave in self.oppgaver {
            oppgave.await?;
        }
        Ok(())
    }
}

/// Waits until every school that Vigilo has, has a list on which the register has answered.
async fn lister(scene: &Scene) -> Result<BTreeMap<String, String>> {
    let frist = Instant::now() + FRIST;
    loop {
        let saker = runtime::hent_alle(&scene.om).await?;
        let mut klare = BTreeMap::new();
        for (nokkel, sak) in saker.iter().filter(|(_, sak)| sak.liste.tenant == TENANT) {
            let bilde = scene.rundt.bilde(sak, scene.om.clock.now())?;
            if !bilde.plasseringer.iter().any(|linje| linje.avvik.iter().any(|a| a.regel == VENTER_PA_REGISTERET)) {
                klare.insert(sak.liste.skole.navn.clone(), (nokkel.clone(), bilde.avstemming.kilde));
            }
        }
        let ventet = SKOLER.iter().filter(|s| s.vei == Vei::Vigilo);
        let alle = ventet.clone().all(|s| klare.get(s.navn).is_some_and(|(_, n)| *n >= u32::from(s.elever)));
        if alle {
            return Ok(klare.into_iter().map(|(navn, (nokkel, _))| (navn, nokkel.to_string())).collect());
        }
        if Instant::now() > frist {
            let har = ventet.filter(|s| klare.contains_key(s.navn)).count();
            bail!("{har} lists have come within {} s, and not all; RUST_LOG=info shows why", FRIST.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn pakker() -> impl Iterator<Item = &'static Demoskole> {
    SKOLER.iter().filter(|s| s.vei == Vei::Pakker)
}

/// Where the package of a school lies.
fn sti(scene: &Scene, skole: &Demoskole) -> PathBuf {
    scene.omgivelser.mappe().join(format!("{}.zip", skole.kort))
}

fn steder(scene: &Scene, oppsett: &Sideoppsett, lister: BTreeMap<String, String>) -> Steder {
    let andre = scene.omgivelser.vigilo.iter().map(|(tenant, v)| (tenant.clone(), v.base_url()));
    let vigilo: BTreeMap<_, _> = andre.chain([(TENANT.to_owned(), oppsett.eksempel.vigilo.base_url())]).collect();
    Steder {
        sider: oppsett.adresse.clone(),
        elevkort: vigilo.iter().map(|(tenant, url)| (tenant.clone(), format!("{url}/_sim/elevkort"))).collect(),
        vigilo,
        vigo: scene.omgivelser.vigo.base_url(),
        oidc: oppsett.oidc().to_owned(),
        epost: oppsett.epost(),
        folkeregister: oppsett.register(),
        mappe: scene.omgivelser.mappe().display().to_string(),
        lister,
        personer: oppsett.folk.iter().map(folk::Folk::vist).collect(),
        til_tasting: SKOLER
            .iter()
            .filter(|s| s.vei == Vei::Tastet)
            .map(|s| (s.navn, oppsett.eksempel.til_tasting(s)))
            .collect(),
        pakker: pakker().map(|s| (s.navn, sti(scene, s).display().to_string())).collect(),
    }
}

fn vis(steder: &Steder) {
    let elevkort = steder.elevkort.get(TENANT).map_or("", String::as_str);
    println!(
        "\nÅpne {}/ i nettleseren, logg inn med «Liksom-innlogging» og velg «Solveig Sekretær».\n\
         Alle personer er oppdiktet, og ingenting forlater denne maskinen. Prøv dette:\n\
         \x20 1. Se hva som må rettes på listen til Eksempel ungdomsskole.\n\
         \x20 2. Rett det i stedfortrederen for Vigilo, {elevkort}, og se at siden oppdaterer seg.\n\
         \x20 3. Godkjenn listen, og logg så inn som «Ingrid Inntak» for å se det samme fra fylket.\n\
         \x20 4. «Sekretær 9» taster inn elevene ved Fjordskolen. «Sekretær 10» leverer filen til Friskolen, {}.\n\
         E-post som sendes, ligger på {}",
        steder.sider,
        steder.pakker.values().next().map_or("", String::as_str),
        steder.epost
    );
}
