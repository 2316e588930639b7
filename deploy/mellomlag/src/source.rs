//! `mellomlag source`: how the sources are doing, and what people decide about mass changes.

use crate::kjor::{les, omgivelse};
use crate::kommandoer::{Avgjorvalg, Kildekommando};
use crate::oppsett::Oppsett;
use anyhow::{Context, Result, bail};
use hendelse::{Kildenavn, Tenant};
use jiff::{Timestamp, tz::TimeZone};
use runtime::{Avgjorelse, Hold, Kildestatus, Kildetilstand, Omgivelse};
use std::fmt::Write as _;

/// Does what was asked.
pub async fn kjor(kommando: Kildekommando) -> Result<bool> {
    match kommando {
        Kildekommando::Show { mappe, kilde: None, json } => alle(&les(&mappe.config)?, json).await,
        Kildekommando::Show { mappe, kilde: Some(kilde), json } => {
            let oppsett = les(&mappe.config)?;
            let kilde = finn(&oppsett, &kilde)?;
            en(&oppsett, &kilde, json).await
        }
        Kildekommando::Approve(valg) => avgjor(valg, true).await,
        Kildekommando::Discard(valg) => avgjor(valg, false).await,
    }
}

async fn alle(oppsett: &Oppsett, json: bool) -> Result<bool> {
    let om = omgivelse(oppsett).await?;
    let statuser = runtime::alle_kildestatus(&om, oppsett.kildenavn()).await?;
    om.bus.close().await;
    let na = om.clock.now();
    if json {
        let ut: Vec<_> =
            statuser.iter().map(|((t, k), s)| serde_json::json!({"tenant": t, "kilde": k, "status": s})).collect();
        println!("{}", serde_json::to_string(&ut)?);
    } else {
        let mut ut = format!(
            "{:<28} {:<11} {:>9}  {:<16} {:<16} {:<16}\n{}\n",
            "Kilde",
            "Tilstand",
            "Rader",
            "Sist hele",
            "Sist endret",
            "Ventes",
            "─".repeat(102)
        );
        for ((tenant, kilde), s) in &statuser {
            let navn = format!("{tenant} {kilde}");
            let (hel, endring, ventet) = (tid(s.sist_hel), tid(s.sist_endring), tid(s.ventet));
            writeln!(
                ut,
                "{navn:<28} {:<11} {:>9}  {hel:<16} {endring:<16} {ventet:<16}{}",
                tilstand(s, na),
                s.rader,
                neste(s, na)
            )?;
        }
        print!("{ut}");
    }
    Ok(statuser.values().all(|s| !s.stum(na)))
}

async fn en(oppsett: &Oppsett, (tenant, kilde): &(Tenant, Kildenavn), json: bool) -> Result<bool> {
    let om = omgivelse(oppsett).await?;
    let status = runtime::kildestatus(&om, tenant, kilde).await?.unwrap_or_default();
    let hold = runtime::holdt(&om, tenant, kilde).await?;
    om.bus.close().await;
    if json {
        println!("{}", serde_json::json!({"tenant": tenant, "kilde": kilde, "status": status, "hold": hold}));
        return Ok(true);
    }
    let na = om.clock.now();
    let mut ut = String::new();
    writeln!(ut, "{tenant} {kilde}: {}{}", tilstand(&status, na), neste(&status, na))?;
    for (hva, nar) in [
        ("Siste forsøk", status.sist_forsok),
        ("Sist lest helt", status.sist_lest),
        ("Gjelder fra", status.sist_hel),
        ("Sist noe nytt", status.sist_endring),
        ("Ventes igjen", status.ventet),
    ] {
        writeln!(ut, "  {hva:<15} {}", tid(nar))?;
    }
    writeln!(ut, "  {:<15} {}", "Rader", status.rader)?;
    for (kode, antall) in &status.toleranser {
        writeln!(ut, "  avvik fra standarden: {kode} ({antall})")?;
    }
    if let Some(hold) = &hold {
        vis_hold(&mut ut, hold)?;
    }
    print!("{ut}");
    Ok(true)
}

fn vis_hold(ut: &mut String, hold: &Hold) -> Result<()> {
    writeln!(ut, "\n{}\n", hold.forklaring)?;
    writeln!(ut, "  {:<18} {:>8} {:>8} {:>8} {:>8} {:>8}", "Type", "Hadde", "Nye", "Endret", "Fjernet", "Mangler")?;
    for (typ, t) in &hold.typer {
        writeln!(ut, "  {typ:<18} {:>8} {:>8} {:>8} {:>8} {:>8}", t.hadde, t.nye, t.endret, t.fjernet, t.savnet)?;
    }
    for skole in &hold.skoler {
        let navn = skole.navn.as_deref().unwrap_or("ukjent skole");
        writeln!(ut, "  {navn}: {} nye, {} endret, {} borte", skole.nye, skole.endret, skole.borte)?;
    }
    match &hold.avgjorelse {
        Some(a) => {
            let ord = if a.godkjent { "Godkjent" } else { "Forkastet" };
            writeln!(ut, "\n{ord} av {} {}: {}", a.hvem, tid(Some(a.nar)), a.hvorfor)?;
        }
        None => writeln!(ut, "\nAvgjøres med digest {}", hold.digest)?,
    }
    Ok(())
}

async fn avgjor(valg: Avgjorvalg, godkjent: bool) -> Result<bool> {
    let oppsett = les(&valg.mappe.config)?;
    let (tenant, kilde) = finn(&oppsett, &[valg.tenant, valg.kilde])?;
    if valg.grunn.trim().is_empty() {
        bail!("--grunn is empty: say why, without personal data");
    }
    let om: Omgivelse = omgivelse(&oppsett).await?;
    let avgjorelse = Avgjorelse { godkjent, hvem: valg.av, hvorfor: valg.grunn, nar: om.clock.now() };
    runtime::avgjor(&om, &tenant, &kilde, &valg.digest, avgjorelse).await?;
    om.bus.close().await;
    let innlevert = oppsett.pakker.iter().any(|(_, p)| p.tenant == tenant.as_str() && p.navn == kilde.as_str());
    let videre = match (godkjent, innlevert) {
        (true, true) => "what was held is not kept here: hand the package in again, and it is published",
        (true, false) => "what was held is published at the source's next reading",
        (false, _) => "what was held is never published",
    };
    println!("{tenant} {kilde}: decided; {videre}");
    Ok(true)
}

fn finn(oppsett: &Oppsett, ord: &[String]) -> Result<(Tenant, Kildenavn)> {
    let [tenant, kilde] = ord else { bail!("name the tenant and the source, as `mellomlag source show` prints them") };
    let kjente = oppsett.kildenavn();
    let funnet = kjente.into_iter().find(|(t, k)| t.as_str() == tenant && k.as_str() == kilde);
    funnet.with_context(|| format!("no source {tenant} {kilde} is configured; `mellomlag source show` lists them"))
}

fn tilstand(s: &Kildestatus, na: Timestamp) -> &'static str {
    if s.stum(na) {
        return "stum";
    }
    match s.tilstand {
        Kildetilstand::Ny => "ikke lest",
        Kildetilstand::Ok => "ok",
        Kildetilstand::Revet => "revet",
        Kildetilstand::Borte => "borte",
        Kildetilstand::Brems => "bremser",
        Kildetilstand::Avviser => "avviser oss",
        Kildetilstand::Uleselig => "uleselig",
        Kildetilstand::Holdt => "holdt",
        Kildetilstand::Forkastet => "forkastet",
        Kildetilstand::Feil => "feil",
    }
}

/// What a person should do, where there is something to do.
fn neste(s: &Kildestatus, na: Timestamp) -> &'static str {
    match s.tilstand {
        Kildetilstand::Holdt => "  ← venter på en avgjørelse",
        Kildetilstand::Avviser => "  ← kontroller klient-id, hemmelighet og scope",
        _ if s.stum(na) => "  ← ikke lest i tide",
        _ => "",
    }
}

/// To the minute, Norwegian time.
fn tid(nar: Option<Timestamp>) -> String {
    let oslo = TimeZone::get("Europe/Oslo").expect("the time zone database is part of the program");
    nar.map_or_else(|| "–".to_owned(), |t| t.to_zoned(oslo).strftime("%Y-%m-%d %H:%M").to_string())
}
