//! Pupils keyed in for a school without a system of its own.
//!
//! What a person writes becomes the same OneRoster objects that a school system would have given, with ids that are the
//! same each time, so that everything after it is the same. [`observasjoner()`] goes there, [`tilbake()`] comes back from
//! what KILDE holds, and [`Tastetkilde`] is the source: of everything that is keyed in, or of single changes.

mod kilde;
mod objekter;
#[cfg(test)]
mod tests;

pub use kilde::{Tastetendring, Tastetkilde};
pub use objekter::{observasjoner, tilbake};

use crate::rader::nummerfeil;
use crate::rapport::{Kode, Niva};
use identitet::{Organisasjonsnummer, Skjermet};
use kodeverk::{Skolear, Trinn};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

/// Longest text that is taken for a name or a class, in characters.
const MAKS_TEGN: usize = 200;

/// A school whose pupils are keyed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tastetskole {
    /// Its organisation number, nine digits.
    pub organisasjonsnummer: String,
    /// Its name.
    pub navn: String,
    /// Its number in VIGO, five digits, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vigo_id: Option<String>,
}

/// A pupil who is keyed in. Personal values print as `***`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tastetelev {
    /// Our id, made when the pupil is first keyed in. It never changes, whatever else does.
    pub id: Uuid,
    /// Fødselsnummer, D-nummer or the county's fiktive number, as written. It may be wrong, or missing: see [`Self::check`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identitetsnummer: Option<Skjermet<String>>,
    /// Given name.
    pub fornavn: Skjermet<String>,
    /// Middle name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mellomnavn: Option<Skjermet<String>>,
    /// Family name.
    pub etternavn: Skjermet<String>,
    /// The class, as in `10A`.
    pub klasse: String,
    /// The grade, `1` to `10`.
    pub trinn: String,
}

/// The pupils of one school in one school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tastet {
    /// The school.
    pub skole: Tastetskole,
    /// The school year, `2026-2027`.
    pub skolear: Skolear,
    /// The pupils.
    pub elever: Vec<Tastetelev>,
}

/// Something about what is keyed in. It names the field and never the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field, as JSON names it; with its place where there are several pupils (`elever[3].fornavn`).
    pub felt: String,
    /// What it is, with texts for people. A [`Niva::Advarsel`] does not stand in the way.
    pub kode: Kode,
}

impl Problem {
    fn ny(felt: &str, kode: Kode) -> Self {
        Self { felt: felt.to_owned(), kode }
    }

    /// Whether it must be corrected before the pupil can be kept.
    pub fn hindrer(&self) -> bool {
        self.kode.niva() == Niva::Feil
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut ut = s.serialize_struct("Problem", 5)?;
        ut.serialize_field("felt", &self.felt)?;
        ut.serialize_field("kode", &self.kode)?;
        ut.serialize_field("niva", &self.kode.niva())?;
        ut.serialize_field("tekst_nb", self.kode.tekst_nb())?;
        ut.serialize_field("hva_gjore_nb", self.kode.hva_gjore_nb())?;
        ut.end()
    }
}

impl Tastetskole {
    /// What is wrong with it.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.organisasjonsnummer.trim().parse::<Organisasjonsnummer>().is_err() {
            problems.push(Problem::ny("organisasjonsnummer", Kode::TastetOrgnr));
        }
        tekst("navn", &self.navn, Kode::TastetNavn, &mut problems);
        if self
            .vigo_id
            .as_deref()
            .map(str::trim)
            .is_some_and(|id| id.len() != 5 || !id.bytes().all(|b| b.is_ascii_digit()))
        {
            problems.push(Problem::ny("vigo_id", Kode::TastetSkolenummer));
        }
        problems
    }

    fn ryddet(&self) -> Self {
        Self {
            organisasjonsnummer: self.organisasjonsnummer.trim().to_owned(),
            navn: rydd(&self.navn),
            vigo_id: self.vigo_id.as_deref().map(rydd).filter(|id| !id.is_empty()),
        }
    }
}

impl Tastetelev {
    /// What is wrong with the pupil, and what is odd about the identity number.
    ///
    /// A number that is missing or wrong is advice and no hindrance: the pupil exists, and the list's own rules stop what
    /// cannot be sent.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        match self.identitetsnummer.as_ref().map(|nummer| nummer.vis().trim()).filter(|nummer| !nummer.is_empty()) {
            None => problems.push(Problem::ny("identitetsnummer", Kode::ManglerNummer)),
            Some(nummer) => {
                problems.extend(nummerfeil(nummer).map(|kode| Problem::ny("identitetsnummer", kode)));
            }
        }
        tekst("fornavn", self.fornavn.vis(), Kode::TastetFornavn, &mut problems);
        if let Some(mellomnavn) = self.mellomnavn.as_ref().filter(|navn| !navn.vis().trim().is_empty()) {
            tekst("mellomnavn", mellomnavn.vis(), Kode::TastetForLangt, &mut problems);
        }
        tekst("etternavn", self.etternavn.vis(), Kode::TastetEtternavn, &mut problems);
        tekst("klasse", &self.klasse, Kode::TastetKlasse, &mut problems);
        if self.trinn.trim().parse::<Trinn>().is_err() {
            problems.push(Problem::ny("trinn", Kode::TastetTrinn));
        }
        problems
    }

    /// The pupil without blanks around texts and with composed letters, as it is kept.
    #[must_use]
    pub fn ryddet(&self) -> Self {
        let valgfri = |verdi: &Option<Skjermet<String>>| {
            verdi.as_ref().map(|verdi| rydd(verdi.vis())).filter(|verdi| !verdi.is_empty()).map(Skjermet::new)
        };
        let trinn = self.trinn.trim();
        Self {
            id: self.id,
            identitetsnummer: valgfri(&self.identitetsnummer),
            fornavn: rydd(self.fornavn.vis()).into(),
            mellomnavn: valgfri(&self.mellomnavn),
            etternavn: rydd(self.etternavn.vis()).into(),
            klasse: rydd(&self.klasse),
            trinn: trinn.parse::<Trinn>().map_or_else(|_| trinn.to_owned(), |trinn| trinn.to_string()),
        }
    }
}

impl Tastet {
    /// What is wrong with the school and its pupils, one by one and together.
    pub fn check(&self) -> Vec<Problem> {
        let under = |sted: String, problem: Problem| Problem { felt: format!("{sted}.{}", problem.felt), ..problem };
        let mut problems: Vec<_> = self.skole.check().into_iter().map(|p| under("skole".into(), p)).collect();
        let mut sett = HashSet::new();
        for (i, elev) in self.elever.iter().enumerate() {
            problems.extend(elev.check().into_iter().map(|p| under(format!("elever[{i}]"), p)));
            if !sett.insert(elev.id) {
                problems.push(Problem { felt: format!("elever[{i}].id"), kode: Kode::TastetDobbel });
            }
        }
        problems
    }

    /// The same without blanks around texts and with composed letters, as it is kept: pupils in the order of their ids.
    #[must_use]
    pub fn ryddet(&self) -> Self {
        let mut elever: Vec<_> = self.elever.iter().map(Tastetelev::ryddet).collect();
        elever.sort_by_key(|elev| elev.id);
        Self { skole: self.skole.ryddet(), skolear: self.skolear, elever }
    }
}

fn rydd(tekst: &str) -> String {
    tekst.trim().nfc().collect()
}

/// A text that must be there and can be shown on one line.
fn tekst(felt: &str, tekst: &str, tom: Kode, problems: &mut Vec<Problem>) {
    let kode = if tekst.trim().is_empty() {
        tom
    } else if tekst.trim().chars().count() > MAKS_TEGN {
        Kode::TastetForLangt
    } else if tekst
        .trim()
        .chars()
        .any(|c| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}'))
    {
        Kode::TastetTegn
    } else {
        return;
    };
    problems.push(Problem::ny(felt, kode));
}
