//! The demo on a file from Vigilo. The file names schools by reference only, so VIGO's simulator is told of them under
//! numbers made up for the occasion: a demo invents school numbers, never a pupil's.

use super::omgivelser::Kilde;
use anyhow::{Context, Result, bail};
use kodeverk::Skolear;
use serde_json::Value;
use simulators::generator::orgnr_med_kontrollsiffer;
use simulators::vigo::Skoleoppforing;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Where the numbers of the file's schools begin.
const ORGNR_FRA: u32 = 31_900_000;

/// Reads which schools the file names; the adapter itself reads the pupils.
pub fn les(sti: &Path, skolear: Skolear) -> Result<(Vec<Skoleoppforing>, Kilde)> {
    let vist = sti.display();
    let sti = sti.canonicalize().with_context(|| format!("{vist} cannot be read"))?;
    let fil = std::fs::File::open(&sti).with_context(|| format!("{vist} cannot be read"))?;
    let innhold: Value = serde_json::from_reader(std::io::BufReader::new(fil))
        .map_err(|e| anyhow::anyhow!("{vist} is no JSON: line {}, column {}", e.line(), e.column()))?;
    if !innhold["users"].is_array() {
        bail!("{vist} has no list `users`; give a file of pupils as Vigilo writes it");
    }
    let mut toml = format!(
        "tenant = \"demo\"\nnavn = \"vigilo\"\nkommunenummer = \"4601\"\nprofil = \"vigilo\"\nfil = {:?}\nskolear = \"{skolear}\"\nintervall_sekunder = 3600\n",
        sti
    );
    let mut skoler = vec![];
    for (nr, (referanse, orgnr)) in navngitte(&innhold).into_iter().enumerate() {
        let orgnr = match orgnr {
            Some(orgnr) => orgnr,
            None => {
                let laget = oppdiktet(ORGNR_FRA, nr).context("more schools than the demo has numbers for")?;
                write!(toml, "\n[skoler.{referanse:?}]\nnavn = {referanse:?}\norganisasjonsnummer = {laget:?}\n")?;
                laget
            }
        };
        skoler.push(Skoleoppforing {
            type_: "G".into(),
            org_nr: orgnr,
            name: referanse,
            municipality_nr: "4601".into(),
            county_nr: "46".into(),
            number: format!("46{:03}", 990 - nr % 490),
        });
    }
    Ok((skoler, Kilde { tenant: "demo".into(), toml }))
}

/// Every school that the file names, with its organisation number where the file gives one.
fn navngitte(innhold: &Value) -> BTreeMap<String, Option<String>> {
    let liste = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let mut ut = BTreeMap::new();
    for bruker in liste(&innhold["users"]) {
        for org in liste(&bruker["orgs"]) {
            if let Some(id) = org["sourcedId"].as_str() {
                ut.entry(id.to_owned()).or_insert(None);
            }
        }
    }
    for org in liste(&innhold["orgs"]) {
        if let (Some(id), Some(orgnr)) = (org["sourcedId"].as_str(), org["identifier"].as_str()) {
            ut.insert(id.to_owned(), Some(orgnr.to_owned()));
        }
    }
    ut
}

/// An organisation number of Tenor's series, which belongs to nobody: the one in place `nr` after `fra`.
pub fn oppdiktet(fra: u32, nr: usize) -> Option<String> {
    let start = fra + u32::try_from(nr).ok()? * 2;
    (start..start + 2).find_map(orgnr_med_kontrollsiffer)
}
