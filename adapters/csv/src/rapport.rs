//! The report on a package: what a person should look at, where it stands, and what to do.
//!
//! It names files, rows and columns, and never a value: it may be shown, mailed and kept where the package may not.

mod koder;

pub use koder::{Kode, Niva};

use crate::fil::Fil;
use crate::pakke::Modus;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// Remarks on rows that are kept one by one. Those beyond are counted. Remarks on whole files are always kept.
pub const MAKS_LINJER: usize = 1000;

/// One remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rapportlinje {
    /// The file, by its standard name.
    pub fil: &'static str,
    /// The row as a spreadsheet counts it: the header is row 1. None where the whole file is meant.
    pub rad: Option<u64>,
    /// The column, by its standard name.
    pub kolonne: Option<&'static str>,
    /// The stable code.
    pub kode: Kode,
    /// How serious it is.
    pub niva: Niva,
    /// What is wrong, in bokmål.
    pub tekst_nb: &'static str,
    /// What to do, in bokmål.
    pub hva_gjore_nb: &'static str,
}

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filsammendrag {
    /// The file, by its standard name.
    pub fil: &'static str,
    /// How it was read.
    pub modus: Modus,
    /// Its character set.
    pub tegnsett: &'static str,
    /// Rows with content, the header not counted.
    pub rader: u64,
    /// Rows that became something of ours.
    pub beholdt: u64,
    /// Rows that were read and are not ours: teachers, guardians, groups that are no classes.
    pub utenfor: u64,
    /// Rows that could not be read.
    pub avvist: u64,
}

/// The report on a package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Rapport {
    /// What came of each file, in the order they were read.
    pub filer: Vec<Filsammendrag>,
    /// The remarks, by file and row; those on rows only as far as [`MAKS_LINJER`] goes.
    pub linjer: Vec<Rapportlinje>,
    /// How often each code was remarked, those beyond the first remarks included.
    pub antall: BTreeMap<&'static str, u64>,
    /// Remarks that are counted only.
    pub utelatt: u64,
    #[serde(skip)]
    sagt: HashSet<(Fil, Kode, Option<&'static str>)>,
}

impl Rapport {
    /// Notes a remark. What concerns a whole file is said once.
    pub(crate) fn merk(&mut self, fil: Fil, rad: Option<u64>, kolonne: Option<&'static str>, kode: Kode) {
        *self.antall.entry(kode.as_str()).or_default() += 1;
        let rad = if kode.per_fil() {
            if !self.sagt.insert((fil, kode, kolonne)) {
                return;
            }
            None
        } else if self.linjer.len() >= MAKS_LINJER {
            self.utelatt += 1;
            return;
        } else {
            rad
        };
        self.linjer.push(Rapportlinje {
            fil: fil.navn(),
            rad,
            kolonne,
            kode,
            niva: kode.niva(),
            tekst_nb: kode.tekst_nb(),
            hva_gjore_nb: kode.hva_gjore_nb(),
        });
    }

    /// Puts the remarks in the order of files and rows.
    pub(crate) fn sorter(&mut self) {
        let plass = |navn: &str| Fil::les(navn).unwrap_or(Fil::Manifest);
        self.linjer.sort_by_key(|linje| (plass(linje.fil), linje.rad));
    }

    /// Whether anything was not read.
    pub fn har_feil(&self) -> bool {
        Kode::ALLE.iter().any(|kode| kode.niva() == Niva::Feil && self.antall.contains_key(kode.as_str()))
    }

    /// The remarks as a CSV that a Norwegian spreadsheet opens: semicolons, and a mark for UTF-8 in front.
    pub fn til_csv(&self) -> String {
        let mut ut = csv::WriterBuilder::new().delimiter(b';').from_writer(vec![0xEF, 0xBB, 0xBF]);
        let rader = self.linjer.iter().map(|l| {
            let niva = match l.niva {
                Niva::Feil => "feil",
                Niva::Advarsel => "advarsel",
            };
            let rad = l.rad.map(|rad| rad.to_string()).unwrap_or_default();
            let kolonne = l.kolonne.unwrap_or_default();
            [
                l.fil.to_owned(),
                rad,
                kolonne.into(),
                l.kode.as_str().into(),
                niva.into(),
                l.tekst_nb.into(),
                l.hva_gjore_nb.into(),
            ]
        });
        let hode = ["fil", "rad", "kolonne", "kode", "nivå", "hva er galt", "hva du kan gjøre"].map(String::from);
        for rad in std::iter::once(hode).chain(rader) {
            ut.write_record(&rad).expect("writing to memory, rows of one length");
        }
        if self.utelatt > 0 {
            let resten = format!("{} merknader til er bare talt", self.utelatt);
            let rad = ["", "", "", "", "", resten.as_str(), "Rett det som står over, og last opp på nytt."];
            ut.write_record(rad).expect("writing to memory, rows of one length");
        }
        let bytes = ut.into_inner().expect("writing to memory");
        String::from_utf8(bytes).expect("only texts were written")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_texts_are_whole_sentences() {
        let mut sett = HashSet::new();
        for kode in Kode::ALLE {
            assert!(sett.insert(kode.as_str()), "{kode:?}");
            for tekst in [kode.tekst_nb(), kode.hva_gjore_nb()] {
                assert!(
                    tekst.ends_with('.')
                        && tekst.chars().next().is_some_and(|c| !c.is_lowercase()
                            || tekst.starts_with("manifest")
                            || tekst.starts_with("users")
                            || tekst.starts_with("date")),
                    "{tekst}"
                );
            }
        }
    }

    #[test]
    fn it_stops_growing_and_goes_on_counting() {
        let mut rapport = Rapport::default();
        for rad in 0..5000 {
            rapport.merk(Fil::Users, Some(rad + 2), Some("identifier"), Kode::TapteNuller);
            rapport.merk(Fil::Users, Some(rad + 2), Some("status"), Kode::StatusIBulk);
        }
        assert_eq!((rapport.linjer.len(), rapport.utelatt), (MAKS_LINJER, 5001 - MAKS_LINJER as u64));
        rapport.merk(Fil::Roles, None, None, Kode::Skilletegn);
        assert_eq!(rapport.linjer.len(), MAKS_LINJER + 1);
        assert_eq!((rapport.antall["lost-zeros"], rapport.antall["status-in-bulk"]), (5000, 5000));
        let csv = rapport.til_csv();
        assert!(csv.starts_with("\u{feff}fil;rad;kolonne;kode;nivå;"));
        assert!(csv.contains("users.csv;2;identifier;lost-zeros;advarsel;"));
        assert!(!rapport.har_feil());
        let json = serde_json::to_value(&rapport).unwrap();
        assert_eq!(json["linjer"][0]["kode"], "lost-zeros");
        assert_eq!(json["linjer"][0]["niva"], "advarsel");
    }
}
