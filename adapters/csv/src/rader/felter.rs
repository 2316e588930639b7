//! Single fields, with the tolerances that apply to all of them.

use super::dato;
use crate::pakke::Modus;
use crate::rapport::Kode;
use crate::tabell::Hode;
use identitet::Skjermet;
use jiff::{Timestamp, civil::Date};
use oneroster::{Kildeid, Status};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Why a row is refused: a code, and the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Avvisning {
    pub(crate) kode: Kode,
    pub(crate) kolonne: Option<&'static str>,
}

pub(super) fn avvis<T>(kode: Kode, kolonne: &'static str) -> Result<T, Avvisning> {
    Err(Avvisning { kode, kolonne: Some(kolonne) })
}

/// Remarks on a row: a code, and the column.
pub(crate) type Merknader = Vec<(Kode, Option<&'static str>)>;

/// Reads the fields of one row and notes the tolerances used.
pub(crate) struct Felter<'a> {
    pub(super) modus: Modus,
    pub(super) hode: &'a Hode,
    pub(super) felter: &'a [String],
    pub(super) merknader: &'a mut Merknader,
}

impl<'a> Felter<'a> {
    pub(super) fn merk(&mut self, kode: Kode, kolonne: &'static str) {
        self.merknader.push((kode, Some(kolonne)));
    }

    /// A value without the blanks around it. Nothing but blanks is nothing.
    pub(super) fn tekst(&mut self, kolonne: &'static str) -> Result<Option<&'a str>, Avvisning> {
        match self.hode.plass(kolonne) {
            Some(plass) => self.pa_plass(plass, kolonne),
            None => Ok(None),
        }
    }

    fn pa_plass(&mut self, plass: usize, kolonne: &'static str) -> Result<Option<&'a str>, Avvisning> {
        let felt = self.felter.get(plass).map(|felt| felt.trim()).unwrap_or_default();
        // A spreadsheet's only way of writing digits as text in CSV.
        if let Some(formel) = felt.strip_prefix('=') {
            let Some(inni) = formel.strip_prefix('"').and_then(|f| f.strip_suffix('"')).filter(|f| !f.contains('"'))
            else {
                return avvis(Kode::Formel, kolonne);
            };
            self.merk(Kode::FormelTekst, kolonne);
            return Ok(Some(inni.trim()).filter(|inni| !inni.is_empty()));
        }
        // Databases write what they do not have as a word. `Null` is somebody's name.
        Ok(Some(felt).filter(|felt| !matches!(*felt, "" | "NULL" | "null")))
    }

    /// A supplier's own columns, `metadata.…`, by their name in lower case, those with a value.
    pub(super) fn metadata(&mut self, passer: impl Fn(&str) -> bool) -> Result<Option<&'a str>, Avvisning> {
        for (navn, plass) in self.hode.metadata() {
            if passer(navn)
                && let Some(verdi) = self.pa_plass(plass, "metadata")?
            {
                return Ok(Some(verdi));
            }
        }
        Ok(None)
    }

    /// Text for people, its letters composed.
    pub(super) fn komponert(&mut self, kolonne: &'static str) -> Result<Option<String>, Avvisning> {
        let Some(tekst) = self.tekst(kolonne)? else { return Ok(None) };
        if is_nfc_quick(tekst.chars()) == IsNormalized::Yes {
            return Ok(Some(tekst.to_owned()));
        }
        let komponert: String = tekst.nfc().collect();
        if komponert != tekst {
            self.merk(Kode::Nfd, kolonne);
        }
        Ok(Some(komponert))
    }

    pub(super) fn navn(&mut self, kolonne: &'static str) -> Result<Option<Skjermet<String>>, Avvisning> {
        Ok(self.komponert(kolonne)?.map(Skjermet::new))
    }

    pub(super) fn sourced_id(&mut self) -> Result<Kildeid, Avvisning> {
        self.tekst("sourcedId")?.map_or_else(|| avvis(Kode::ManglerId, "sourcedId"), |id| Ok(id.into()))
    }

    pub(super) fn referanse(&mut self, kolonne: &'static str) -> Result<Option<Kildeid>, Avvisning> {
        Ok(self.tekst(kolonne)?.map(Kildeid::from))
    }

    pub(super) fn krev_referanse(&mut self, kolonne: &'static str) -> Result<Kildeid, Avvisning> {
        self.referanse(kolonne)?.map_or_else(|| avvis(Kode::ManglerReferanse, kolonne), Ok)
    }

    /// The parts of a list in one field.
    pub(super) fn liste(&mut self, kolonne: &'static str) -> Result<Vec<&'a str>, Avvisning> {
        let tekst = self.tekst(kolonne)?.unwrap_or_default();
        Ok(tekst.split([',', ';', '|']).map(str::trim).filter(|del| !del.is_empty()).collect())
    }

    /// A day. An end day that cannot be read would make a pupil who has left look like one who has not: refused.
    pub(super) fn dato(&mut self, kolonne: &'static str) -> Result<Option<Date>, Avvisning> {
        let Some(tekst) = self.tekst(kolonne)? else { return Ok(None) };
        let Some((dato, merknad)) = dato::dato(tekst) else { return avvis(Kode::UlesbarDato, kolonne) };
        if let Some(kode) = merknad {
            self.merk(kode, kolonne);
        }
        Ok(Some(dato))
    }

    /// When the source says that the row was changed. It is only a hint: nothing where it cannot be read.
    pub(super) fn endret(&mut self) -> Option<Timestamp> {
        let tekst = self.tekst("dateLastModified").ok().flatten()?;
        let Some((tid, merknad)) = dato::tidspunkt(tekst) else {
            self.merk(Kode::UlesbartTidspunkt, "dateLastModified");
            return None;
        };
        if let Some(kode) = merknad {
            self.merk(kode, "dateLastModified");
        }
        Some(tid)
    }

    /// Whether a word of a vocabulary is this one, whatever its case.
    pub(super) fn er(&mut self, tekst: &str, ordet: &str, kolonne: &'static str) -> bool {
        let likt = tekst.eq_ignore_ascii_case(ordet);
        if likt && tekst != ordet {
            self.merk(Kode::Ordlyd, kolonne);
        }
        likt
    }

    /// `status`, which a bulk file leaves out and a delta file must have.
    pub(super) fn status(&mut self) -> Result<Status, Avvisning> {
        const KOLONNE: &str = "status";
        let Some(tekst) = self.tekst(KOLONNE)? else {
            if self.modus == Modus::Delta {
                self.merk(Kode::ManglerStatus, KOLONNE);
            }
            return Ok(Status::Active);
        };
        if self.modus == Modus::Bulk {
            self.merk(Kode::StatusIBulk, KOLONNE);
        }
        if self.er(tekst, "active", KOLONNE) {
            return Ok(Status::Active);
        }
        if self.er(tekst, "tobedeleted", KOLONNE) {
            return Ok(Status::Tobedeleted);
        }
        if self.er(tekst, "inactive", KOLONNE) {
            self.merk(Kode::StatusInaktiv, KOLONNE);
            return Ok(Status::Tobedeleted);
        }
        avvis(Kode::UkjentStatus, KOLONNE)
    }
}
