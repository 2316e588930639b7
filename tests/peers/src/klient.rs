//! Our Vigilo, their clients: what a third party counts is what the simulator holds.

use crate::prosess;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::json;
use simulators::generator::liten;
use simulators::vigilo::{Samling, Utgave, Vigilo, VigiloConfig};
use std::collections::BTreeMap;
use std::path::Path;

/// A client to be read by.
#[derive(Debug)]
pub struct Klient {
    /// How it is called in what we print.
    pub navn: &'static str,
    skript: &'static str,
    utgave: Utgave,
    /// Collections that it refuses over a mistake of its own, with how its refusal begins. See the README.
    avviser: &'static [(&'static str, &'static str)],
}

/// Every client.
pub const KLIENTER: &[Klient] = &[
    Klient { navn: "strongmind client 2.0.5, 1.1", skript: "klient_strongmind.py", utgave: Utgave::V1p1, avviser: &[] },
    Klient {
        navn: "timeback client 0.4.0, 1.2",
        skript: "klient_timeback.py",
        utgave: Utgave::V1p2,
        // Its list of roles is closed; the standard lets a profile add `ext:` ones, and guardians have one.
        avviser: &[("users", "ValidationError: roles.0.role: literal_error")],
    },
];

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Svar {
    Lest { rader: usize, ider: usize },
    Avvist { avvist: String },
}

/// Lets a client read a fresh simulator, and compares.
pub async fn prov(python: &Path, klient: &Klient) -> Result<String> {
    let config = VigiloConfig { utgave: klient.utgave, ..VigiloConfig::ny(liten(8)) };
    let (id, hemmelighet) = (config.klient_id.clone(), config.hemmelighet.clone());
    let vigilo = Vigilo::start(config).await?;
    let valg = json!({
        "rot": vigilo.oneroster_url(), "token_url": vigilo.token_url(), "client_id": id,
        "client_secret": hemmelighet, "scope": format!("{}roster-core.readonly", klient.utgave.scope_prefiks()),
    });
    let ut = prosess::kjor(python, klient.skript, &valg.to_string()).await?;
    let svar: BTreeMap<String, Svar> = serde_json::from_str(&ut).context("the client did not say what it read")?;
    ensure!(!svar.is_empty(), "the client read nothing");

    let (mut linje, mut avvist) = (Vec::new(), 0);
    for (navn, svar) in &svar {
        let samling = Samling::fra_sti(navn).with_context(|| format!("{navn} is no collection"))?;
        let kjent = klient.avviser.iter().find(|(avviser, _)| avviser == navn);
        match (svar, kjent) {
            (Svar::Lest { rader, ider }, None) => {
                let ventet = vigilo.antall(samling);
                ensure!(*rader == ventet && *ider == ventet, "{navn}: {ventet} rows, read {rader} with {ider} ids");
                linje.push(format!("{rader} {navn}"));
            }
            (Svar::Avvist { avvist: grunn }, Some((_, ventet))) if grunn.starts_with(ventet) => avvist += 1,
            (Svar::Avvist { avvist: grunn }, _) => bail!("{navn} was refused: {grunn}"),
            (Svar::Lest { .. }, Some(_)) => bail!("{navn} is read now: take it off the list of refusals"),
        }
    }
    vigilo.stop().await;
    let kjente = if avvist == 0 { String::new() } else { format!(", {avvist} refused as known") };
    Ok(format!("{}{kjente}", linje.join(", ")))
}
