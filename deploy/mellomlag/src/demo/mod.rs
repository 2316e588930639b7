//! `mellomlag demo`: the whole house on this machine, with a real nats-server and simulated systems around it.
//!
//! It starts everything on free loopback ports, writes an ordinary configuration folder, runs the ordinary roles on it,
//! plays a morning at the schools, and reconciles with VIGO's own store. Then it opens the pages, where the schools of a
//! third municipality wait for people. Only the people are made up.

mod eksempel;
mod fil;
mod folk;
mod kommuner;
mod morgen;
mod omgivelser;
mod pakke;
mod ro;
mod sideoppsett;
mod sider;
mod vigo;

use crate::fremdrift::Fremdrift;
use crate::kjor::{les, omgivelse};
use crate::kommandoer::Demovalg;
use crate::oppsett::Oppsett;
use crate::{kobling, tabell};
use anyhow::{Context, Result};
use elevliste::Listenokkel;
use omgivelser::Omgivelser;
use runtime::{Avstemming, Format, Omgivelse, Program, Sammenheng, Telemetri};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tokio::signal::unix::{SignalKind, signal};

/// Says what is going on, unless a machine is listening.
pub(crate) struct Forteller {
    stille: bool,
    start: Instant,
}

impl Forteller {
    pub(crate) fn si(&self, tekst: &str) {
        if !self.stille {
            println!("{:>5.1} s  {tekst}", self.start.elapsed().as_secs_f64());
        }
    }
}

/// What a running demo holds on to.
pub(crate) struct Scene {
    pub(crate) omgivelser: Omgivelser,
    pub(crate) oppsett: Oppsett,
    pub(crate) om: Omgivelse,
    pub(crate) rundt: Sammenheng,
    pub(crate) program: Program,
    pub(crate) tenanter: Vec<String>,
    pub(crate) forteller: Forteller,
}

impl Scene {
    /// Whether machines finish the list: in Eksempel's county, people do.
    pub(crate) fn av_maskiner(nokkel: &Listenokkel) -> bool {
        nokkel.fylke.to_string() != eksempel::FYLKE
    }

    /// The reconciliation of the lists that machines finish.
    pub(crate) async fn avstem(&self) -> Result<Avstemming> {
        let mut avstemming = runtime::avstem(&self.om, &self.rundt).await?;
        avstemming.linjer.retain(|nokkel, _| Self::av_maskiner(nokkel));
        avstemming.etter.retain(|nokkel, _| Self::av_maskiner(nokkel));
        Ok(avstemming)
    }
}

/// True when the reconciliation adds up and VIGO's store agrees.
pub async fn kjor(valg: Demovalg) -> Result<bool> {
    let forteller = Forteller { stille: valg.json, start: Instant::now() };
    let filter = std::env::var("RUST_LOG").unwrap_or_else(|_| "warn".into());
    let telemetri = Telemetri { format: Format::Pretty, filter: Some(filter), otlp: None };
    let vakt = telemetri.start(env!("CARGO_PKG_VERSION"))?;

    let omgivelser = match &valg.users {
        Some(fil) => Omgivelser::fra_fil(fil).await?,
        None if valg.sider => Omgivelser::eksempel(valg.seed, valg.port).await?,
        None => Omgivelser::kommuner(valg.seed, (!valg.once).then_some(valg.port)).await?,
    };
    if let Some(minutter) = valg.okt_minutter {
        sideoppsett::kort_okt(omgivelser.mappe(), minutter)?;
    }
    forteller.si(&format!("nats-server, Maskinporten, VIGO og {} svarer", omgivelser.kildetekst()));
    let oppsett = les(omgivelser.mappe())?;
    let om = omgivelse(&oppsett).await?;
    runtime::klargjor(&*om.bus, oppsett.hoved.nats.replicas).await?;
    let plan = kobling::plan(&oppsett, &om.clock)?;
    let rundt = plan.rundt.clone();
    // Those whose lists machines finish; Eksempel's wait for people.
    let alle = oppsett.nokler.keys().map(ToString::to_string);
    let tenanter: Vec<String> =
        alle.filter(|t| ![eksempel::TENANT, eksempel::FRISKOLEN].contains(&t.as_str())).collect();
    let program = Program::start(om.clone(), plan);
    let scene = Scene { omgivelser, oppsett, om, rundt, program, tenanter, forteller };

    let riktig = if scene.tenanter.is_empty() { true } else { spill_og_avstem(&scene, &valg).await? };
    if !valg.once {
        apent(&scene, valg.json).await?;
    }
    scene.program.stopp(Duration::from_secs(30)).await;
    scene.omgivelser.stopp().await;
    tokio::task::spawn_blocking(move || vakt.avslutt()).await?;
    Ok(riktig)
}

/// Plays a morning in the municipalities that need nobody, and reconciles.
async fn spill_og_avstem(scene: &Scene, valg: &Demovalg) -> Result<bool> {
    let bjelker = Fremdrift::vis(&scene.om, &scene.tenanter.iter().map(String::as_str).collect::<Vec<_>>());
    let forste = ro::vent(scene, 1).await;
    bjelker.ferdig();
    let forste = forste.context("the first snapshot")?;
    let sum = forste.sum();
    scene.forteller.si(&format!(
        "{} tiendeklassinger lest, kartlagt og ført på {} lister; {} er mottatt i VIGO",
        sum.kilde,
        forste.linjer.len(),
        sum.sendt
    ));
    if !valg.json {
        vis(scene, &forste).await?;
    }
    let siste = if valg.users.is_some() { forste } else { morgen::spill(scene, valg.seed).await? };

    let sekunder = scene.forteller.start.elapsed().as_secs_f64();
    let uenig = vigo::sammenlign(scene).await?;
    if valg.json {
        println!("{}", serde_json::to_string(&tabell::Json::ny(&siste, sekunder))?);
    } else {
        vis(scene, &siste).await?;
        scene.forteller.si(if siste.gar_opp() { "Alle summer går opp." } else { "Summene går IKKE opp." });
        scene.forteller.si(if uenig.is_empty() {
            "VIGO har det samme som hovedboken."
        } else {
            "VIGO er UENIG med hovedboken:"
        });
    }
    for hva in &uenig {
        eprintln!("{hva}");
    }
    Ok(siste.gar_opp() && uenig.is_empty())
}

async fn vis(scene: &Scene, avstemming: &Avstemming) -> Result<()> {
    let saker = runtime::hent_alle(&scene.om).await?;
    let navn: BTreeMap<String, String> =
        saker.values().map(|s| (s.liste.skole.skolenr.clone(), s.liste.skole.navn.clone())).collect();
    println!("\n{}", tabell::tekst(avstemming, &navn));
    Ok(())
}

/// Keeps everything open until told to stop.
async fn apent(scene: &Scene, json: bool) -> Result<()> {
    let sider = match &scene.omgivelser.sider {
        Some(oppsett) => Some(sider::apne(scene, oppsett, json).await?),
        None => None,
    };
    if !json {
        println!("\nAlt går videre til du trykker ctrl-c. Se på listene fra et annet vindu:");
        println!("  mellomlag list show --config {}", scene.omgivelser.mappe().display());
        for adresse in scene.omgivelser.adresser() {
            println!("  {adresse}");
        }
    }
    let mut avslutt = signal(SignalKind::terminate())?;
    tokio::select! {
        r = tokio::signal::ctrl_c() => r?,
        _ = avslutt.recv() => {}
    }
    if let Some(sider) = sider {
        sider.lukk().await?;
    }
    Ok(())
}
