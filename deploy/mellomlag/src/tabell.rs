//! The reconciliation, for people and for machines.

use elevliste::{Avstemmingslinje, Avstemmingssum};
use runtime::Avstemming;
use serde::Serialize;
use std::collections::BTreeMap;

/// One school in the JSON form.
#[derive(Debug, Serialize)]
pub struct Skole<'a> {
    skolenr: &'a str,
    kilde: u32,
    sendt: u32,
    holdt: u32,
    manuelt: u32,
    avvik: u32,
    status: &'a str,
}

impl<'a> From<&'a Avstemmingslinje> for Skole<'a> {
    fn from(l: &'a Avstemmingslinje) -> Self {
        Self {
            skolenr: &l.skolenr,
            kilde: l.kilde,
            sendt: l.sendt,
            holdt: l.holdt,
            manuelt: l.manuelt,
            avvik: l.avvik,
            status: l.status.as_str(),
        }
    }
}

/// The reconciliation as JSON.
#[derive(Debug, Serialize)]
pub struct Json<'a> {
    skoler: Vec<Skole<'a>>,
    sum: Avstemmingssum,
    sekunder: f64,
}

impl<'a> Json<'a> {
    /// All lists, in the order of their keys.
    pub fn ny(avstemming: &'a Avstemming, sekunder: f64) -> Self {
        Self {
            skoler: avstemming.linjer.values().map(Skole::from).collect(),
            sum: avstemming.sum(),
            sekunder: (sekunder * 10.0).round() / 10.0,
        }
    }
}

/// The reconciliation as a table; `navn` names the schools.
pub fn tekst(avstemming: &Avstemming, navn: &BTreeMap<String, String>) -> String {
    let bredde = navn.values().map(|n| n.chars().count()).max().unwrap_or(0).clamp(6, 40);
    let mut ut = format!(
        "{:<16} {:<bredde$} {:>6} {:>6} {:>6} {:>8} {:>6}  {}\n",
        "Skolenr", "Skole", "Kilde", "Sendt", "Holdt", "Manuelt", "Avvik", "Status"
    );
    let strek = "─".repeat(16 + bredde + 46);
    ut.push_str(&strek);
    ut.push('\n');
    for (nokkel, l) in &avstemming.linjer {
        let navn: String = navn.get(&l.skolenr).map(|n| n.chars().take(bredde).collect()).unwrap_or_default();
        let etter = avstemming.etter.get(nokkel).map(|n| format!(" · {n} endret etter mottak")).unwrap_or_default();
        let feil = if l.gar_opp() { "" } else { "  ← går ikke opp" };
        ut.push_str(&format!(
            "{:<16} {navn:<bredde$} {:>6} {:>6} {:>6} {:>8} {:>6}  {}{etter}{feil}\n",
            l.skolenr,
            l.kilde,
            l.sendt,
            l.holdt,
            l.manuelt,
            l.avvik,
            l.status.as_str()
        ));
    }
    let s = avstemming.sum();
    ut.push_str(&strek);
    ut.push_str(&format!(
        "\n{:<16} {:<bredde$} {:>6} {:>6} {:>6} {:>8} {:>6}\n",
        "Sum", "", s.kilde, s.sendt, s.holdt, s.manuelt, s.avvik
    ));
    ut
}
