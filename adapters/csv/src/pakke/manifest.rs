//! `manifest.csv`: what the package says of itself.

use super::Versjon;
use crate::error::Pakkefeil;
use crate::fil::Fil;
use crate::rapport::{Kode, Rapport};
use crate::tabell::Tabell;
use std::collections::BTreeMap;
use std::io::Read;

/// What the manifest says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ord {
    Absent,
    Bulk,
    Delta,
    /// It says nothing.
    Blank,
    /// It says something else.
    Ukjent,
}

/// A manifest, read.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) versjon: Option<Versjon>,
    ord: BTreeMap<Fil, Ord>,
}

impl Manifest {
    pub(super) fn les(mut tabell: Tabell<impl Read>, rapport: &mut Rapport) -> Result<Self, Pakkefeil> {
        let ulesbart = |_| Pakkefeil::UlesbartManifest;
        let hode = tabell.hode();
        let (Some(navn), Some(verdi), None) = (hode.plass("propertyName"), hode.plass("value"), hode.hindring()) else {
            return Err(Pakkefeil::UlesbartManifest);
        };
        tabell.merknader().for_each(|(kode, kolonne)| rapport.merk(Fil::Manifest, Some(1), kolonne, kode));
        let mut manifest = Self { versjon: None, ord: BTreeMap::new() };
        let mut manifestversjon = false;
        while let Some(rad) = tabell.neste().map_err(ulesbart)? {
            let Ok(felter) = &rad.felter else { return Err(Pakkefeil::UlesbartManifest) };
            let (navn, verdi) = (felter[navn].trim().to_ascii_lowercase(), felter[verdi].trim());
            match navn.as_str() {
                "manifest.version" => manifestversjon = verdi == "1.0",
                "oneroster.version" if verdi.is_empty() => {}
                "oneroster.version" => manifest.versjon = Some(versjon(verdi).ok_or(Pakkefeil::Versjon)?),
                _ => {
                    let fil = navn.strip_prefix("file.").and_then(|fil| Fil::les(&format!("{fil}.csv")));
                    fil.map(|fil| manifest.ord.insert(fil, Ord::les(verdi)));
                }
            }
        }
        if !manifestversjon {
            rapport.merk(Fil::Manifest, None, Some("manifest.version"), Kode::Manifestversjon);
        }
        if manifest.versjon.is_none() {
            rapport.merk(Fil::Manifest, None, Some("oneroster.version"), Kode::VersjonMangler);
        }
        Ok(manifest)
    }

    pub(super) fn ord(&self, fil: Fil) -> Ord {
        self.ord.get(&fil).copied().unwrap_or(Ord::Blank)
    }
}

impl Ord {
    fn les(tekst: &str) -> Self {
        match tekst.to_ascii_lowercase().as_str() {
            "absent" => Self::Absent,
            "bulk" => Self::Bulk,
            "delta" => Self::Delta,
            "" => Self::Blank,
            _ => Self::Ukjent,
        }
    }
}

/// `1.1`, `1.2`, and what a spreadsheet in Norwegian makes of them.
fn versjon(tekst: &str) -> Option<Versjon> {
    let tekst = tekst.trim_start_matches(['v', 'V']).replace(',', ".");
    match tekst.as_str() {
        "1.1" | "1.1.0" | "1p1" => Some(Versjon::V1p1),
        "1.2" | "1.2.0" | "1.2.1" | "1p2" => Some(Versjon::V1p2),
        _ => None,
    }
}
