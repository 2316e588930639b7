//! A package: the zip, its manifest and its files, gone through once and known to be whole.

mod gjennomgang;
mod katalog;
mod manifest;

pub(crate) use katalog::Utpakker;

use crate::config::{Config, Grenser, Klassefilter, Nummersted};
use crate::error::Pakkefeil;
use crate::fil::Fil;
use crate::indeks::Indeks;
use crate::rader::Leser;
use crate::rapport::{Kode, Rapport};
use crate::tabell::{Tabell, Tegnsett, Tegnsettfinner};
use bytes::Bytes;
use flow::{Kildeobjekt, Observed};
use gjennomgang::Gjennomgang;
use katalog::Plass;
use kodeverk::Skolear;
use manifest::{Manifest, Ord};
use oneroster::{AcademicSession, Kildeid, Objekt, Objekttype, Status};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::io;

/// Version of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Versjon {
    /// OneRoster 1.1: one `role` on the user.
    #[serde(rename = "1.1")]
    V1p1,
    /// OneRoster 1.2: roles in a file of their own.
    #[serde(rename = "1.2")]
    V1p2,
}

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Modus {
    /// It holds all there is.
    Bulk,
    /// It holds what has changed.
    Delta,
}

/// One file of a package.
pub(crate) struct Pakkefil {
    plass: Plass,
    tegnsett: Tegnsett,
    pub(crate) modus: Modus,
    pub(crate) rader: u64,
    /// Why nothing in it can be read, and the column.
    pub(crate) hindring: Option<(Kode, &'static str)>,
}

impl Pakkefil {
    /// How the file is to be read; not at all, where the manifest says that it is not there or says nothing we know.
    fn avgjor_modus(
        &self,
        fil: Fil,
        ord: Ord,
        grenser: &Grenser,
        rapport: &mut Rapport,
    ) -> Result<Option<Modus>, Pakkefeil> {
        let mut merk = |kode| rapport.merk(fil, None, None, kode);
        match ord {
            Ord::Bulk => return Ok(Some(Modus::Bulk)),
            Ord::Delta => return Ok(Some(Modus::Delta)),
            Ord::Absent => {
                merk(Kode::FilUventet);
                return Ok(None);
            }
            Ord::Ukjent => {
                merk(Kode::ModusUkjent);
                return Ok(None);
            }
            Ord::Blank => merk(Kode::ModusBlank),
        }
        // The standard has status filled in every row of a delta. A file without a single one cannot be a delta, and
        // anything else is safe to read as changes.
        let skadet = |_| Pakkefeil::Skadet { fil: fil.navn() };
        let Some(mut tabell) = self.tabell(fil, grenser).map_err(skadet)? else { return Ok(Some(Modus::Delta)) };
        let Some(plass) = tabell.hode().plass("status") else { return Ok(Some(Modus::Bulk)) };
        while let Some(rad) = tabell.neste().map_err(skadet)? {
            if rad.felter.is_ok_and(|felter| !felter[plass].trim().is_empty()) {
                return Ok(Some(Modus::Delta));
            }
        }
        Ok(Some(Modus::Bulk))
    }

    fn tabell(&self, fil: Fil, grenser: &Grenser) -> io::Result<Option<Tabell<Utpakker>>> {
        Tabell::apne(fil, self.plass.les(), self.tegnsett, grenser)
    }
}

/// A package, opened.
pub struct Pakke {
    avtrykk: String,
    versjon: Versjon,
    grenser: Grenser,
    nummersteder: Vec<Nummersted>,
    klassefilter: Klassefilter,
    roller_i_fil: bool,
    /// The school year of the configuration, where the package has none of its own.
    skolear: Option<Skolear>,
    pub(crate) filer: BTreeMap<Fil, Pakkefil>,
    pub(crate) indeks: Indeks,
    komplett: Vec<&'static str>,
    rapport: Rapport,
}

impl std::fmt::Debug for Pakke {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pakke")
            .field("versjon", &self.versjon)
            .field("filer", &self.rapport.filer)
            .finish_non_exhaustive()
    }
}

impl Pakke {
    /// Opens a package and goes through all of it. The work grows with the package: run it where blocking is allowed.
    ///
    /// # Errors
    /// [`Pakkefeil`] where nothing of the package may be used. What is wrong inside one that is opened, stands in
    /// [`Pakke::rapport`].
    pub fn apne(bytes: impl Into<Bytes>, config: &Config) -> Result<Self, Pakkefeil> {
        let bytes = bytes.into();
        let grenser = config.grenser;
        let mut rapport = Rapport::default();
        let plasser = katalog::les(&bytes, &grenser, &mut rapport)?;
        let mut tegnsett = BTreeMap::new();
        let mut utpakket = 0;
        for (fil, plass) in &plasser {
            let mut finner = Tegnsettfinner::default();
            plass.ga_gjennom(*fil, &grenser, &mut utpakket, |bit| finner.se(bit))?;
            tegnsett.insert(*fil, finner.svar());
        }
        let manifest = plasser.get(&Fil::Manifest).ok_or(Pakkefeil::UtenManifest)?;
        let manifest = Tabell::apne(Fil::Manifest, manifest.les(), tegnsett[&Fil::Manifest], &grenser)
            .map_err(|_| Pakkefeil::UlesbartManifest)?
            .ok_or(Pakkefeil::UlesbartManifest)?;
        let manifest = Manifest::les(manifest, &mut rapport)?;
        let mut filer = BTreeMap::new();
        for fil in Fil::RADFILER {
            let Some(plass) = plasser.get(&fil) else {
                if matches!(manifest.ord(fil), Ord::Bulk | Ord::Delta) {
                    rapport.merk(fil, None, None, Kode::FilMangler);
                }
                continue;
            };
            let (plass, tegnsett) = (plass.clone(), tegnsett[&fil]);
            let mut pakkefil = Pakkefil { plass, tegnsett, modus: Modus::Delta, rader: 0, hindring: None };
            if let Some(modus) = pakkefil.avgjor_modus(fil, manifest.ord(fil), &grenser, &mut rapport)? {
                pakkefil.modus = modus;
                filer.insert(fil, pakkefil);
            }
        }
        let versjon = manifest.versjon.unwrap_or(match filer.contains_key(&Fil::Roles) {
            true => Versjon::V1p2,
            false => Versjon::V1p1,
        });
        let uten_okter = !filer.contains_key(&Fil::AcademicSessions);
        let mut pakke = Self {
            avtrykk: Sha256::digest(&bytes)[..16].iter().map(|b| format!("{b:02x}")).collect(),
            versjon,
            grenser,
            nummersteder: config.nummersteder.clone(),
            klassefilter: config.klassefilter,
            roller_i_fil: false,
            skolear: config.skolear.filter(|_| uten_okter),
            filer,
            indeks: Indeks::default(),
            komplett: Vec::new(),
            rapport,
        };
        pakke.les_hoder()?;
        pakke.avgjor_roller()?;
        pakke.ga_gjennom()?;
        Ok(pakke)
    }

    /// What the files say before their rows.
    fn les_hoder(&mut self) -> Result<(), Pakkefeil> {
        for (fil, pakkefil) in &mut self.filer {
            let skadet = |_| Pakkefeil::Skadet { fil: fil.navn() };
            match pakkefil.tegnsett {
                Tegnsett::Utf8 => {}
                Tegnsett::Windows1252 => self.rapport.merk(*fil, None, None, Kode::IkkeUtf8),
                Tegnsett::Utf16Le | Tegnsett::Utf16Be => self.rapport.merk(*fil, None, None, Kode::Utf16),
            }
            let Some(tabell) = pakkefil.tabell(*fil, &self.grenser).map_err(skadet)? else { continue };
            for (kode, kolonne) in tabell.merknader() {
                self.rapport.merk(*fil, Some(1), kolonne, kode);
            }
            pakkefil.hindring = tabell.hode().hindring();
        }
        Ok(())
    }

    /// Finds out where the users' roles stand: without them nobody is known to be a pupil.
    fn avgjor_roller(&mut self) -> Result<(), Pakkefeil> {
        let roller = self.filer.get(&Fil::Roles).map(|roller| (roller.modus, roller.hindring));
        let Some(brukere) = self.filer.get_mut(&Fil::Users) else { return Ok(()) };
        let skadet = |_| Pakkefeil::Skadet { fil: Fil::Users.navn() };
        let tabell = brukere.tabell(Fil::Users, &self.grenser).map_err(skadet)?;
        let Some(tabell) = tabell else { return Ok(()) };
        let rollekolonne = tabell.hode().plass("role").is_some();
        match (self.versjon, rollekolonne, roller) {
            (Versjon::V1p1, true, _) => {}
            (_, _, Some((modus, None))) => {
                self.roller_i_fil = true;
                if brukere.modus == Modus::Bulk && modus == Modus::Delta {
                    self.rapport.merk(Fil::Users, None, None, Kode::RollerIkkeBulk);
                    brukere.modus = Modus::Delta;
                }
            }
            (Versjon::V1p2, true, None) => self.rapport.merk(Fil::Users, None, Some("role"), Kode::RollekolonneI12),
            (versjon, _, _) => {
                let kode = if versjon == Versjon::V1p2 { Kode::RollerMangler } else { Kode::KolonneMangler };
                self.rapport.merk(Fil::Users, Some(1), Some("role"), kode);
                brukere.hindring = brukere.hindring.or(Some((kode, "role")));
            }
        }
        Ok(())
    }

    fn ga_gjennom(&mut self) -> Result<(), Pakkefeil> {
        if self.filer.get(&Fil::Roles).is_some_and(|roller| roller.modus == Modus::Delta) {
            let ider = self.brukerider()?;
            self.indeks.sett_ider(Fil::Users, ider, false);
        }
        let mut rapport = std::mem::take(&mut self.rapport);
        for fil in Fil::RADFILER {
            let Some(pakkefil) = self.lesbar(fil) else { continue };
            let lest = Gjennomgang::av(fil, pakkefil, &self.leser(), &self.grenser, &mut rapport)?;
            let sammendrag = lest.til(fil, &mut self.indeks, &mut rapport);
            if let Some(pakkefil) = self.filer.get_mut(&fil) {
                pakkefil.rader = sammendrag.rader;
            }
            let bulk = fil.objekttype().filter(|_| sammendrag.modus == Modus::Bulk);
            match (bulk, sammendrag.rader, sammendrag.beholdt) {
                (Some(_), 0, _) => rapport.merk(fil, None, None, Kode::TomFil),
                (Some(_), _, 0) if sammendrag.avvist == 0 => rapport.merk(fil, None, None, Kode::IngenBeholdt),
                (Some(_), _, 0) => {}
                (Some(objekttype), ..) => self.komplett.push(objekttype.as_str()),
                (None, ..) => {}
            }
            rapport.filer.push(sammendrag);
        }
        rapport.sorter();
        self.rapport = rapport;
        if !self.komplett.is_empty() && self.skolear.is_some() {
            self.komplett.push(Objekttype::AcademicSession.as_str());
        }
        Ok(())
    }

    /// The ids in a delta of users, before its rows are read: a role without its user cannot be used.
    fn brukerider(&self) -> Result<Vec<u64>, Pakkefeil> {
        let skadet = |_| Pakkefeil::Skadet { fil: Fil::Users.navn() };
        let Some(mut tabell) = self.tabell(Fil::Users).map_err(skadet)? else { return Ok(Vec::new()) };
        let Some(plass) = tabell.hode().plass("sourcedId") else { return Ok(Vec::new()) };
        let mut ider = Vec::new();
        while let Some(rad) = tabell.neste().map_err(skadet)? {
            ider.extend(rad.felter.ok().map(|felter| self.indeks.avtrykk(felter[plass].trim())));
        }
        Ok(ider)
    }

    fn lesbar(&self, fil: Fil) -> Option<&Pakkefil> {
        self.filer.get(&fil).filter(|pakkefil| pakkefil.hindring.is_none())
    }

    pub(crate) fn leser(&self) -> Leser<'_> {
        Leser {
            nummersteder: &self.nummersteder,
            klassefilter: self.klassefilter,
            roller_i_fil: self.roller_i_fil,
            indeks: &self.indeks,
        }
    }

    /// A file from its first row. None: it is not there, cannot be read, or is empty.
    pub(crate) fn tabell(&self, fil: Fil) -> io::Result<Option<Tabell<Utpakker>>> {
        self.lesbar(fil).map_or(Ok(None), |pakkefil| pakkefil.tabell(fil, &self.grenser))
    }

    /// The files to read, in order.
    pub(crate) fn plan(&self, modus: Modus) -> Vec<Fil> {
        let filer = Fil::RADFILER.into_iter();
        filer.filter(|fil| self.lesbar(*fil).is_some_and(|pakkefil| pakkefil.modus == modus)).collect()
    }

    pub(crate) fn side(&self) -> u64 {
        self.grenser.side.get().into()
    }

    /// Digest of the bytes, in hexadecimal.
    pub fn avtrykk(&self) -> &str {
        &self.avtrykk
    }

    /// The version of the standard.
    pub const fn versjon(&self) -> Versjon {
        self.versjon
    }

    /// The types that the package has all of.
    pub fn komplett(&self) -> &[&'static str] {
        &self.komplett
    }

    /// What a person should know of it.
    pub const fn rapport(&self) -> &Rapport {
        &self.rapport
    }

    /// The school year of the configuration, as the package would have said it.
    pub(crate) fn skolearet(&self) -> Option<Observed> {
        let skolear = self.skolear?;
        let okt = AcademicSession {
            sourced_id: Kildeid::new(format!("skolear-{skolear}")),
            title: skolear.to_string(),
            r#type: "schoolYear".to_owned(),
            start_date: Some(skolear.forste_dag()),
            end_date: skolear.siste_dag().tomorrow().ok(),
            school_year: Some(skolear.sluttar().to_string()),
        };
        Some(Observed { status: Status::Active, modified: None, objekt: Objekt::AcademicSession(okt).into() })
    }
}

/// What an observation says, as a hash: two rows that say the same have the same.
fn innhold(observed: &Observed) -> u64 {
    let Kildeobjekt::Roster(objekt) = &observed.objekt else { return 0 };
    let mut avtrykk = Avtrykk(DefaultHasher::new());
    let status = observed.status;
    let skrevet = match objekt {
        Objekt::Org(o) => serde_json::to_writer(&mut avtrykk, &(status, o)),
        Objekt::AcademicSession(o) => serde_json::to_writer(&mut avtrykk, &(status, o)),
        Objekt::Class(o) => serde_json::to_writer(&mut avtrykk, &(status, o)),
        Objekt::User(o) => serde_json::to_writer(&mut avtrykk, &(status, o)),
        Objekt::Enrollment(o) => serde_json::to_writer(&mut avtrykk, &(status, o)),
    };
    skrevet.expect("texts, dates and lists always have a json form");
    avtrykk.0.finish()
}

/// Takes bytes for a hash.
struct Avtrykk(DefaultHasher);

impl io::Write for Avtrykk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
