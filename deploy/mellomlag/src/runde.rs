//! `mellomlag round`: when lists may be sent, and who has changed that.

use crate::kjor::{les, omgivelse};
use crate::kommandoer::{Rundekommando, Rundevalg};
use anyhow::{Context, Result};
use elevliste::{Aktor, Innsamling, Innsamlingspost, Rundenokkel, Rundeversjon, oslo};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::AmbiguousOffset;
use runtime::{Rundeendring, Rundesak};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Does what was asked.
pub async fn kjor(kommando: Rundekommando) -> Result<bool> {
    match kommando {
        Rundekommando::Show { mappe, runde, json } => vis(&mappe.config, runde, json).await,
        Rundekommando::Open { valg, fra } => {
            let fra = fra.map(moment).transpose()?;
            endre(valg, Rundeendring::Apne(fra)).await
        }
        Rundekommando::Extend { valg, til } => endre(valg, Rundeendring::Forleng(moment(til)?)).await,
        Rundekommando::Shorten { valg, til } => endre(valg, Rundeendring::Forkort(moment(til)?)).await,
        Rundekommando::Close(valg) => endre(valg, Rundeendring::Steng).await,
    }
}

/// The moment that a Norwegian clock shows so. In the hour that comes twice in October it is the first; in the one that
/// does not come in March there is none.
fn moment(tid: DateTime) -> Result<Timestamp> {
    let tvetydig = oslo().to_ambiguous_timestamp(tid);
    if matches!(tvetydig.offset(), AmbiguousOffset::Gap { .. }) {
        anyhow::bail!("{tid} is never shown by a Norwegian clock: it is put forward past it that night");
    }
    tvetydig.earlier().context("the moment is out of range")
}

async fn endre(valg: Rundevalg, endring: Rundeendring) -> Result<bool> {
    let om = omgivelse(&les(&valg.mappe.config)?).await?;
    let resultat = runtime::endre_runde(&om, valg.runde, valg.hvem.aktor(), &valg.grunn, endring).await;
    let na = om.clock.now();
    om.bus.close().await;
    print!("{}", linje(&valg.runde, &resultat?, na));
    Ok(true)
}

async fn vis(mappe: &Path, nokkel: Option<Rundenokkel>, json: bool) -> Result<bool> {
    let om = omgivelse(&les(mappe)?).await?;
    let runder = match nokkel {
        None => runtime::runder(&om).await?,
        Some(nokkel) => {
            let sak = runtime::rundesak(&om, nokkel).await?.ok_or(runtime::Rundefeil::Finnes(nokkel))?;
            [(nokkel, sak)].into()
        }
    };
    let na = om.clock.now();
    om.bus.close().await;
    if json {
        println!("{}", serde_json::to_string(&som_json(&runder, na))?);
    } else {
        print!("{}", som_tekst(&runder, nokkel.is_some(), na));
    }
    Ok(true)
}

fn som_json(runder: &BTreeMap<Rundenokkel, Rundesak>, na: Timestamp) -> serde_json::Value {
    let en = |(nokkel, sak): (&Rundenokkel, &Rundesak)| {
        serde_json::json!({
            "runde": nokkel.to_string(), "apen": sak.runde().apen(na), "siste_dag": sak.runde().siste_dag(),
            "star": sak.runde(), "historikk": sak.poster,
        })
    };
    runder.iter().map(en).collect()
}

fn som_tekst(runder: &BTreeMap<Rundenokkel, Rundesak>, historikk: bool, na: Timestamp) -> String {
    let mut ut = String::new();
    for (nokkel, sak) in runder {
        ut += &linje(nokkel, sak.runde(), na);
        if historikk {
            for post in &sak.poster {
                ut += &versjon(post);
            }
        }
    }
    ut
}

fn linje(nokkel: &Rundenokkel, runde: &Innsamling, na: Timestamp) -> String {
    let star = match () {
        () if runde.apen(na) => "åpen",
        () if na < runde.apner => "ikke åpnet",
        () => "stengt",
    };
    format!(
        "{nokkel}: {star}, åpner {}, stenger {} (siste dag {}), godkjenning: {:?}\n",
        norsk(runde.apner),
        norsk(runde.stenger),
        runde.siste_dag(),
        runde.godkjenning,
    )
}

fn versjon(post: &Innsamlingspost) -> String {
    let hvem = if Rundeversjon::er_oppsett(&post.av) { "oppsettet".to_owned() } else { navn(&post.av) };
    let runde = &post.handling.runde;
    let mut ut = format!(
        "  {:>3}  {}  {hvem}: {} til {}",
        post.lopenr,
        norsk(post.tidspunkt),
        norsk(runde.apner),
        norsk(runde.stenger)
    );
    if let Some(grunn) = &post.handling.grunn {
        _ = write!(ut, " – {grunn}");
    }
    ut.push('\n');
    ut
}

fn navn(av: &Aktor) -> String {
    av.rolle.map_or_else(|| av.id.clone(), |rolle| format!("{} ({})", av.id, rolle.as_str()))
}

/// Norwegian time, to the second: rounds close at one.
fn norsk(tid: Timestamp) -> String {
    tid.to_zoned(oslo()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_norwegian_also_when_the_clock_is_put() {
        let m = |tid: &str| moment(tid.parse().unwrap()).map(|t| t.to_string()).map_err(|f| f.to_string());
        assert_eq!(m("2026-11-13T23:59:59").unwrap(), "2026-11-13T22:59:59Z");
        assert_eq!(m("2026-07-01T12:00:00").unwrap(), "2026-07-01T10:00:00Z");
        assert_eq!(m("2026-10-25T02:30:00").unwrap(), "2026-10-25T00:30:00Z", "the first of two");
        assert!(m("2027-03-28T02:30:00").unwrap_err().contains("never shown"));
    }
}
