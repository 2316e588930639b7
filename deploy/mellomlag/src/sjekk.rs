//! `mellomlag check`: every mistake at once, then every connection.

use crate::kobling;
use crate::oppsett::{Feil, Oppsett};
use anyhow::Result;
use bus::{Bus, Nats};
use flow::{Clock, SystemClock};
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, Serialize)]
struct Funn {
    fil: String,
    felt: String,
    hva: String,
}

impl From<Feil> for Funn {
    fn from(f: Feil) -> Self {
        Self { fil: f.fil, felt: f.felt, hva: f.hva }
    }
}

/// True when everything is right.
pub async fn sjekk(mappe: &Path, offline: bool, json: bool) -> Result<bool> {
    let oppsett = Oppsett::les(mappe);
    let advarsler = oppsett.as_ref().map(advarsler).unwrap_or_default();
    let feil = match oppsett {
        Err(feil) => feil,
        Ok(_) if offline => vec![],
        Ok(oppsett) => forbindelser(&oppsett, json).await,
    };
    if json {
        let funn = |feil: &[Feil]| feil.iter().cloned().map(Funn::from).collect::<Vec<_>>();
        let ut = serde_json::json!({ "ok": feil.is_empty(), "feil": funn(&feil), "advarsler": funn(&advarsler) });
        println!("{ut}");
    } else {
        for advarsel in &advarsler {
            println!("! {advarsel}");
        }
        for feil in &feil {
            println!("✗ {feil}");
        }
        match feil.len() {
            0 => println!("The configuration is right."),
            n => println!("{n} mistake(s)."),
        }
    }
    Ok(feil.is_empty())
}

/// What is no mistake, and still not as it should be in the long run.
fn advarsler(oppsett: &Oppsett) -> Vec<Feil> {
    let uten_kvitteringer = oppsett.signerer.is_none().then(|| Feil {
        fil: "mellomlag.toml".to_owned(),
        felt: "signering".to_owned(),
        hva: "no receipts are issued without it; make a key with `mellomlag keygen`".to_owned(),
    });
    uten_kvitteringer.into_iter().collect()
}

/// Tries everything that `run` would use, and says which file to look in.
async fn forbindelser(oppsett: &Oppsett, stille: bool) -> Vec<Feil> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let mut feil = vec![];
    let mut si = |fil: &str, felt: &str, resultat: Result<(), String>| match resultat {
        Ok(()) if stille => {}
        Ok(()) => println!("✓ {fil}: {felt} answers"),
        Err(hva) => feil.push(Feil { fil: fil.to_owned(), felt: felt.to_owned(), hva }),
    };
    match Nats::connect(&kobling::nats(oppsett)).await {
        Ok(nats) => {
            si("mellomlag.toml", "nats", Ok(()));
            nats.close().await;
        }
        Err(e) => si("mellomlag.toml", "nats", Err(e.to_string())),
    }
    for (fil, config) in &oppsett.kilder {
        let resultat = match config.clone().build(clock.clone()) {
            Ok(kilde) => kilde.probe().await.map_err(|e| e.to_string()),
            Err(e) => Err(e.to_string()),
        };
        si(fil, "the source", resultat);
    }
    match kobling::tokens(oppsett, &clock) {
        Err(e) => si("maskinporten", "key_file", Err(format!("{e:#}"))),
        Ok(tokens) => {
            for (fil, config) in &oppsett.registre {
                let resultat = match config.clone().build(tokens[fil].clone()) {
                    Ok(register) => register.probe().await.map(drop).map_err(|e| e.to_string()),
                    Err(e) => Err(e.to_string()),
                };
                si(fil, "the register", resultat);
            }
            for (fil, config) in &oppsett.mottakere {
                match config.build_sink(tokens[fil].clone()) {
                    Err(e) => si(fil, "", Err(e.to_string())),
                    Ok(sink) => {
                        let problemer = sink.probe().await;
                        if problemer.is_empty() {
                            si(fil, "the receiver", Ok(()));
                        }
                        for problem in problemer {
                            si(fil, "the receiver", Err(problem.to_string()));
                        }
                    }
                }
            }
        }
    }
    feil
}
