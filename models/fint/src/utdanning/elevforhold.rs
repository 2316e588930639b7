//! A pupil's enrolment at a school.

use super::Anmerkninger;
use crate::metamodell::Antall::{En, HoystEn, Mange};
use crate::metamodell::{Klasseart, Klassemodell, Type, attr, avledet, eier, enveis, ident, klasse, kompleks, tekst};
use crate::ressurs::med_system_id;
use crate::{Identifikator, Lenke, Modellert, Periode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One pupil at one school. A pupil may have several, but `hovedskole` is true for one at most.
///
/// FINT has no status field: an enrolment is told apart by its dates alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Elevforhold {
    /// Remarks on order and conduct; an empty list means absent.
    pub anmerkninger: Vec<Anmerkninger>,
    /// The day the enrolment was broken off.
    pub avbruddsdato: Option<Date>,
    /// When the enrolment lasts.
    pub gyldighetsperiode: Option<Periode>,
    /// Whether this is the pupil's main school.
    pub hovedskole: Option<bool>,
    /// Whether the pupil is taught in two languages.
    pub tospraklig_fagopplaring: Option<bool>,
    /// The enrolment in words.
    ///
    /// **Fill rule.** Required by FINT and unknown to the sources: class code and school name. See
    /// [`Elevforhold::beskrivelse_av`].
    pub beskrivelse: String,
    /// Identifier: a UUID of ours.
    pub system_id: Identifikator,
    /// The pupil.
    pub elev: Lenke,
    /// Kind of pupil.
    pub kategori: Option<Lenke>,
    /// The school.
    pub skole: Lenke,
    /// Why it was broken off.
    pub avbruddsarsak: Vec<Lenke>,
    /// Absence; FINT's name for a link to one Elevfravar.
    pub fravarsregistreringer: Option<Lenke>,
    /// Subject groups.
    pub faggruppemedlemskap: Vec<Lenke>,
    /// School year.
    pub skolear: Option<Lenke>,
}

impl Elevforhold {
    /// An enrolment of a pupil at a school.
    pub fn ny(system_id: Identifikator, beskrivelse: impl Into<String>, elev: Lenke, skole: Lenke) -> Self {
        Self {
            anmerkninger: Vec::new(),
            avbruddsdato: None,
            gyldighetsperiode: None,
            hovedskole: None,
            tospraklig_fagopplaring: None,
            beskrivelse: beskrivelse.into(),
            system_id,
            elev,
            kategori: None,
            skole,
            avbruddsarsak: Vec::new(),
            fravarsregistreringer: None,
            faggruppemedlemskap: Vec::new(),
            skolear: None,
        }
    }

    /// The description by the fill rule: `10A, Solvang skole`, or the school alone for a pupil without a class.
    pub fn beskrivelse_av(klasse: Option<&str>, skole: &str) -> String {
        match klasse {
            Some(klasse) if !klasse.trim().is_empty() => format!("{klasse}, {skole}"),
            _ => skole.to_owned(),
        }
    }
}

med_system_id!(Elevforhold);

impl Modellert for Elevforhold {
    const MODELL: &'static Klassemodell = &klasse(
        "utdanning-elev:Elevforhold",
        Klasseart::Hoved,
        &[
            kompleks::<Anmerkninger>("anmerkninger").liste().valgfri(),
            attr("avbruddsdato", Type::Dato).valgfri(),
            kompleks::<Periode>("gyldighetsperiode").valgfri(),
            attr("hovedskole", Type::Boolsk).valgfri(),
            attr("tosprakligFagopplaring", Type::Boolsk).valgfri(),
            tekst("beskrivelse"),
            ident("systemId"),
        ],
        &[
            eier("elev", "utdanning-elev:Elev", En, "elevforhold"),
            enveis("kategori", "utdanning-kodeverk:Elevkategori", HoystEn),
            eier("skole", "utdanning-utdanningsprogram:Skole", En, "elevforhold"),
            enveis("avbruddsarsak", "utdanning-kodeverk:Avbruddsarsak", Mange),
            eier("fravarsregistreringer", "utdanning-vurdering:Elevfravar", HoystEn, "elevforhold"),
            eier("faggruppemedlemskap", "utdanning-timeplan:Faggruppemedlemskap", Mange, "elevforhold"),
            enveis("skolear", "utdanning-kodeverk:Skolear", HoystEn),
            avledet(
                "undervisningsgruppemedlemskap",
                "utdanning-timeplan:Undervisningsgruppemedlemskap",
                Mange,
                "elevforhold",
            ),
            avledet("persongruppemedlemskap", "utdanning-elev:Persongruppemedlemskap", Mange, "elevforhold"),
            avledet("eksamensgruppemedlemskap", "utdanning-vurdering:Eksamensgruppemedlemskap", Mange, "elevforhold"),
            avledet(
                "kontaktlarergruppemedlemskap",
                "utdanning-elev:Kontaktlarergruppemedlemskap",
                Mange,
                "elevforhold",
            ),
            avledet("elevfravar", "utdanning-vurdering:Fravarsoversikt", Mange, "elevforhold"),
            avledet("tilrettelegging", "utdanning-elev:Elevtilrettelegging", Mange, "elev"),
            avledet("elevvurdering", "utdanning-vurdering:Elevvurdering", HoystEn, "elevforhold"),
            avledet(
                "programomrademedlemskap",
                "utdanning-utdanningsprogram:Programomrademedlemskap",
                Mange,
                "elevforhold",
            ),
            avledet("klassemedlemskap", "utdanning-elev:Klassemedlemskap", Mange, "elevforhold"),
        ],
    )
    .av("utdanning-basisklasser:Utdanningsforhold");
}
