//! `mellomlag pause`, `resume`, `paused` and `quarantine`: what those who run Mellomlag steer. What runs honours it within
//! seconds.

use crate::kjor::{les, omgivelse};
use crate::kommandoer::{Gjenopptavalg, Karantenekommando, Pausevalg};
use crate::oppsett::Oppsett;
use anyhow::{Result, bail};
use runtime::drift::{Arsak, Arsakstall, Drift, Hva, Hvem, Pause, Utvalg};
use std::fmt::Write as _;
use std::path::Path;

fn hvem(av: String) -> Hvem {
    Hvem { id: av.clone(), navn: av }
}

/// A name that is written wrong would pause nothing, and nobody would know.
fn finnes(oppsett: &Oppsett, hva: &Hva) -> Result<()> {
    let funnet = match hva {
        Hva::Tenant(tenant) => oppsett.kildenavn().into_iter().any(|(t, _)| t == *tenant),
        Hva::Kilde(tenant, kilde) => oppsett.kildenavn().into_iter().any(|(t, k)| t == *tenant && k == *kilde),
        Hva::Mottaker(fylke) => oppsett.mottakere.iter().any(|(_, m)| m.fylker.contains(fylke)),
        Hva::Skole(liste) => oppsett.mottakere.iter().any(|(_, m)| m.fylker.contains(&liste.fylke)),
    };
    if funnet { Ok(()) } else { bail!("{hva} is not in this configuration") }
}

/// Pauses.
pub async fn pause(valg: Pausevalg) -> Result<bool> {
    let oppsett = les(&valg.mappe.config)?;
    finnes(&oppsett, &valg.hva)?;
    let om = omgivelse(&oppsett).await?;
    let pause = Drift::ny(om.clone()).pause(valg.hva, hvem(valg.av), &valg.grunn).await;
    om.bus.close().await;
    print!("{}", linje(&pause?));
    Ok(true)
}

/// Goes on.
pub async fn gjenoppta(valg: Gjenopptavalg) -> Result<bool> {
    let om = omgivelse(&les(&valg.mappe.config)?).await?;
    let pause = Drift::ny(om.clone()).gjenoppta(&valg.hva, hvem(valg.av)).await;
    om.bus.close().await;
    println!("{} går videre", pause?.hva);
    Ok(true)
}

/// Shows what is paused.
pub async fn pauser(mappe: &Path) -> Result<bool> {
    let om = omgivelse(&les(mappe)?).await?;
    let pauser = Drift::ny(om.clone()).pauser().await;
    om.bus.close().await;
    pauser?.iter().for_each(|pause| print!("{}", linje(pause)));
    Ok(true)
}

fn linje(pause: &Pause) -> String {
    format!("{} er satt på pause av {} {}: {}\n", pause.hva, pause.hvem.navn, pause.siden, pause.hvorfor)
}

/// Shows the quarantine, or has some of it tried again.
pub async fn karantene(kommando: Karantenekommando) -> Result<bool> {
    match kommando {
        Karantenekommando::Show(mappe) => {
            let om = omgivelse(&les(&mappe.config)?).await?;
            let arsaker = Drift::ny(om.clone()).arsaker().await;
            om.bus.close().await;
            print!("{}", tabell(&arsaker?));
        }
        Karantenekommando::Replay { mappe, trinn, tenant, kode, felt, av } => {
            let om = omgivelse(&les(&mappe.config)?).await?;
            let arsak = Utvalg::Arsak(Arsak { trinn, tenant, kode, felt });
            let bestilt = Drift::ny(om.clone()).spill_igjen(&arsak, hvem(av)).await;
            om.bus.close().await;
            println!(
                "{} prøves en gang til av den som kjører; det som fortsatt ikke kan leses, blir liggende",
                bestilt?
            );
        }
    }
    Ok(true)
}

fn tabell(arsaker: &[Arsakstall]) -> String {
    let mut ut = String::new();
    for Arsakstall { arsak, antall, eldste, nyeste } in arsaker {
        let Arsak { trinn, tenant, kode, felt } = arsak;
        let _ = writeln!(ut, "{antall:>6}  {trinn} {tenant} {kode} '{felt}'  {eldste} til {nyeste}");
    }
    ut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kommandoer::{Kommando, Kommandolinje};
    use clap::Parser as _;

    #[test]
    fn what_is_printed_can_be_typed() {
        let tid = jiff::Timestamp::UNIX_EPOCH;
        let arsak = Arsak {
            trinn: "kilde".into(),
            tenant: "voss".parse().unwrap(),
            kode: "missing-sourced-id".into(),
            felt: "users[].sourcedId".into(),
        };
        let vist = tabell(&[Arsakstall { arsak: arsak.clone(), antall: 40, eldste: tid, nyeste: tid }]);
        let ord = vist.split_whitespace().skip(1).take(4).map(|ord| ord.trim_matches('\''));
        let linje: Vec<_> = ["mellomlag", "quarantine", "replay"].into_iter().chain(ord).collect();
        let linje = linje.into_iter().chain(["--config", "c", "--av", "kari"]);
        let Kommando::Quarantine { kommando: Karantenekommando::Replay { trinn, tenant, kode, felt, .. } } =
            Kommandolinje::try_parse_from(linje).unwrap().kommando
        else {
            panic!("another command")
        };
        assert_eq!(Arsak { trinn, tenant, kode, felt }, arsak);
    }

    #[test]
    fn what_can_be_paused_is_named() {
        let pause = |hva| {
            Kommandolinje::try_parse_from(["mellomlag", "pause", hva, "--config", "c", "--av", "k", "--grunn", "g"])
        };
        for hva in ["tenant.voss", "kilde.voss.vigilo", "skole.46.46503.2026-2027.1", "mottaker.46"] {
            let Kommando::Pause(valg) = pause(hva).unwrap().kommando else { panic!("another command") };
            assert_eq!(valg.hva.to_string(), hva);
        }
        for hva in ["voss", "kilde.voss", "skole.46503", "mottaker.bergen"] {
            assert!(pause(hva).is_err(), "{hva}");
        }
    }
}
