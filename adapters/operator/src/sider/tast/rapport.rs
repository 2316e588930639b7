//! The report on a package as it is shown: cause by cause, with the rows that it stands on.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Most rows that are named for one cause.
const MAKS_RADER: usize = 20;

/// What came of a package.
#[derive(Default)]
pub(super) struct Rapport {
    pub(super) filer: Vec<Fil>,
    /// What must be put right, the most serious first.
    pub(super) saker: Vec<Sak>,
    /// Remarks that were only counted.
    pub(super) utelatt: u64,
}

/// What came of one file.
#[derive(Deserialize)]
pub(super) struct Fil {
    pub(super) fil: String,
    pub(super) rader: u64,
    pub(super) beholdt: u64,
    pub(super) utenfor: u64,
    pub(super) avvist: u64,
}

/// One cause in one file. Its texts are in bokmål.
pub(super) struct Sak {
    pub(super) fil: String,
    pub(super) alvorlig: bool,
    pub(super) tekst: String,
    pub(super) hva_gjore: String,
    pub(super) kode: String,
    /// Rows with their columns, the first of them.
    pub(super) rader: Vec<(u64, Option<String>)>,
    /// Rows that are not named.
    pub(super) flere: usize,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Lest {
    filer: Vec<Fil>,
    linjer: Vec<Linje>,
    utelatt: u64,
}

#[derive(Deserialize)]
struct Linje {
    fil: String,
    rad: Option<u64>,
    kolonne: Option<String>,
    kode: String,
    niva: String,
    tekst_nb: String,
    hva_gjore_nb: String,
}

impl Rapport {
    /// Of the report as the API gives it.
    pub(super) fn av(json: Value) -> Self {
        let Lest { filer, linjer, utelatt } = serde_json::from_value(json).unwrap_or_default();
        let mut saker: BTreeMap<(bool, String, String), Sak> = BTreeMap::new();
        for linje in linjer {
            let alvorlig = linje.niva == "feil";
            let sak = saker.entry((!alvorlig, linje.fil.clone(), linje.kode.clone())).or_insert_with(|| Sak {
                fil: linje.fil,
                alvorlig,
                tekst: linje.tekst_nb,
                hva_gjore: linje.hva_gjore_nb,
                kode: linje.kode,
                rader: Vec::new(),
                flere: 0,
            });
            match linje.rad {
                Some(rad) if sak.rader.len() < MAKS_RADER => sak.rader.push((rad, linje.kolonne)),
                Some(_) => sak.flere += 1,
                None => {}
            }
        }
        Self { filer, saker: saker.into_values().collect(), utelatt }
    }

    /// Whether something of the package will not be taken in.
    pub(super) fn har_feil(&self) -> bool {
        self.saker.iter().any(|sak| sak.alvorlig)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn linje(rad: Option<u64>, kode: &str, niva: &str) -> Value {
        json!({ "fil": "users.csv", "rad": rad, "kolonne": "role", "kode": kode, "niva": niva, "tekst_nb": "t", "hva_gjore_nb": "h" })
    }

    #[test]
    fn a_cause_is_said_once_with_its_rows_and_what_is_lost_comes_first() {
        let mut linjer = vec![linje(Some(9), "duplicate-row", "advarsel"), linje(None, "empty-file", "feil")];
        linjer.extend((2..24).map(|rad| linje(Some(rad), "missing-role", "feil")));
        let rapport = Rapport::av(json!({ "filer": [], "linjer": linjer, "utelatt": 3, "antall": {} }));
        let saker: Vec<_> = rapport.saker.iter().map(|s| (s.kode.as_str(), s.rader.len(), s.flere)).collect();
        assert_eq!(saker, [("empty-file", 0, 0), ("missing-role", 20, 2), ("duplicate-row", 1, 0)]);
        assert!(rapport.har_feil() && rapport.utelatt == 3);
    }
}
