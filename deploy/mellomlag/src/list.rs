//! `mellomlag list`: lists for people, and what people do with them.

mod visning;

use crate::kjor::{les, omgivelse};
use crate::kommandoer::{Handlingsvalg, Listekommando};
use crate::{kobling, tabell};
use anyhow::{Context, Result, bail};
use elevliste::{Aktor, Handling, Listenokkel, Skolestatus};
use liste::Listebilde;
use runtime::{Listesak, Omgivelse, Sammenheng};
use std::io::Write as _;
use std::path::Path;
use uuid::Uuid;

/// Does what was asked.
pub async fn kjor(kommando: Listekommando) -> Result<bool> {
    match kommando {
        Listekommando::Show { mappe, liste: None, json } => alle(&mappe.config, json).await,
        Listekommando::Show { mappe, liste: Some(liste), json } => en(&mappe.config, &liste, json).await,
        Listekommando::Approve(valg) => {
            let mut sak = Sak::hent(&valg).await?;
            if sak.bilde.status != Skolestatus::Klar {
                let status = sak.bilde.status.as_str();
                bail!(
                    "list {} is {status}, not Klar: it cannot be approved now; `mellomlag list show` says what is open",
                    valg.liste
                );
            }
            let segl = sak.bilde.segl.clone();
            sak.skriv(&valg, Handling::Godkjent { segl }).await
        }
        Listekommando::Hold(v) => {
            let mut sak = Sak::hent(&v.valg).await?;
            sak.finn(v.elev)?;
            sak.skriv(&v.valg, Handling::HoldtTilbake { elev: v.elev, grunn: v.grunn }).await
        }
        Listekommando::Route(v) => {
            let mut sak = Sak::hent(&v.valg).await?;
            sak.finn(v.elev)?;
            sak.skriv(&v.valg, Handling::RutetManuelt { elev: v.elev, grunn: v.grunn }).await
        }
        Listekommando::Release { valg, elev } => {
            let mut sak = Sak::hent(&valg).await?;
            sak.finn(elev)?;
            sak.skriv(&valg, Handling::Frigitt { elev }).await
        }
    }
}

struct Sak {
    om: Omgivelse,
    sak: Listesak,
    bilde: Listebilde,
}

impl Sak {
    async fn hent(valg: &Handlingsvalg) -> Result<Self> {
        let (om, rundt) = apne(&valg.mappe.config).await?;
        let sak = runtime::hent(&om, &valg.liste).await?;
        let bilde = rundt.bilde(&sak, om.clock.now())?;
        if let Some(segl) = &valg.segl
            && *segl != bilde.segl
        {
            bail!("list {} has changed since it was shown: look at it again", valg.liste);
        }
        Ok(Self { om, sak, bilde })
    }

    fn finn(&self, elev: Uuid) -> Result<()> {
        let finnes = self.sak.liste.linjer.iter().any(|l| l.elev == elev);
        if finnes {
            Ok(())
        } else {
            bail!("no pupil with this id is on the list; `mellomlag list show` prints the ids")
        }
    }

    async fn skriv(&mut self, valg: &Handlingsvalg, handling: Handling) -> Result<bool> {
        let spor = self.sak.spor.clone();
        runtime::skriv(&self.om, &mut self.sak, Aktor::person(&valg.av), handling, spor).await?;
        println!("{}: written to the ledger as entry {}", valg.liste, self.sak.poster.len());
        self.om.bus.close().await;
        Ok(true)
    }
}

async fn apne(mappe: &Path) -> Result<(Omgivelse, Sammenheng)> {
    let oppsett = les(mappe)?;
    let om = omgivelse(&oppsett).await?;
    Ok((om, kobling::rundt(&oppsett)))
}

async fn alle(mappe: &Path, json: bool) -> Result<bool> {
    let (om, rundt) = apne(mappe).await?;
    let avstemming = runtime::avstem(&om, &rundt).await?;
    if json {
        vis_alt(&format!("{}\n", serde_json::to_string(&tabell::Json::ny(&avstemming, 0.0))?))?;
    } else {
        let saker = runtime::hent_alle(&om).await?;
        let navn = saker.values().map(|s| (s.liste.skole.skolenr.clone(), s.liste.skole.navn.clone())).collect();
        vis_alt(&tabell::tekst(&avstemming, &navn))?;
    }
    om.bus.close().await;
    Ok(avstemming.gar_opp())
}

/// One list: where it stands and what is open, without names and numbers.
async fn en(mappe: &Path, nokkel: &Listenokkel, json: bool) -> Result<bool> {
    let (om, rundt) = apne(mappe).await?;
    let sak = runtime::hent(&om, nokkel).await?;
    let bilde = rundt.bilde(&sak, om.clock.now())?;
    om.bus.close().await;
    if json {
        vis_alt(&format!("{}\n", visning::json(&sak.liste, &bilde)))?;
    } else {
        vis_alt(&visning::tekst(&sak.liste, &bilde)?)?;
    }
    Ok(true)
}

/// Prints; a reader that has seen enough, such as `head`, is no error.
fn vis_alt(tekst: &str) -> Result<()> {
    match std::io::stdout().write_all(tekst.as_bytes()) {
        Err(feil) if feil.kind() != std::io::ErrorKind::BrokenPipe => Err(feil).context("standard output"),
        _ => Ok(()),
    }
}
