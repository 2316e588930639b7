//! A school.

use crate::metamodell::Antall::{HoystEn, Mange};
use crate::metamodell::{Klasseart, Klassemodell, avledet, eier, enveis, ident, klasse, kompleks, tekst};
use crate::ressurs::med_system_id;
use crate::{Adresse, Identifikator, Kontaktinformasjon, Lenke, Modellert};
use serde::{Deserialize, Serialize};

/// What stands before the systemId where VIGO's code base does not know the school.
const UKJENT: &str = "ukjent-";

/// A school. Nothing in FINT says whether it is a grunnskole: that comes from VIGO's code base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Skole {
    /// Internet domain.
    pub domenenavn: Option<String>,
    /// Legal name.
    pub juridisk_navn: Option<String>,
    /// Name in daily use.
    pub navn: String,
    /// VIGO's five-digit number, county number first.
    ///
    /// **Fill rule.** Required by FINT. Where VIGO's code base does not know the school it is `ukjent-` and the
    /// `systemId`. See [`Skole::skolenummer_av`] and [`Skole::vigonummer`].
    pub skolenummer: Identifikator,
    /// Identifier: a UUID of ours.
    pub system_id: Identifikator,
    /// Business address.
    pub forretningsadresse: Option<Adresse>,
    /// Name in the register of entities.
    pub organisasjonsnavn: Option<String>,
    /// Number in the register of entities. Optional in FINT, but a key for some receivers: carry it where known.
    pub organisasjonsnummer: Option<Identifikator>,
    /// How to reach the school.
    pub kontaktinformasjon: Option<Kontaktinformasjon>,
    /// Postal address.
    pub postadresse: Option<Adresse>,
    /// The school as part of an organisation.
    pub organisasjon: Option<Lenke>,
    /// Kind of owner: county, state, municipality or private.
    pub skoleeier_type: Option<Lenke>,
    /// The school in VIGO's code base.
    pub vigoreferanse: Option<Lenke>,
}

impl Skole {
    /// A school with a name and its two required identifiers.
    pub fn ny(system_id: Identifikator, skolenummer: Identifikator, navn: impl Into<String>) -> Self {
        Self {
            domenenavn: None,
            juridisk_navn: None,
            navn: navn.into(),
            skolenummer,
            system_id,
            forretningsadresse: None,
            organisasjonsnavn: None,
            organisasjonsnummer: None,
            kontaktinformasjon: None,
            postadresse: None,
            organisasjon: None,
            skoleeier_type: None,
            vigoreferanse: None,
        }
    }

    /// The school number by the fill rule: VIGO's own, or `ukjent-<system_id>`.
    pub fn skolenummer_av(vigo: Option<&str>, system_id: &str) -> Identifikator {
        vigo.map_or_else(|| Identifikator::ny(format!("{UKJENT}{system_id}")), Identifikator::ny)
    }

    /// VIGO's number, or none where the fill rule stands in for it.
    pub fn vigonummer(&self) -> Option<&str> {
        Some(self.skolenummer.verdi()).filter(|verdi| !verdi.starts_with(UKJENT))
    }
}

med_system_id!(Skole);

impl Modellert for Skole {
    const MODELL: &'static Klassemodell = &klasse(
        "utdanning-utdanningsprogram:Skole",
        Klasseart::Hoved,
        &[
            tekst("domenenavn").valgfri(),
            tekst("juridiskNavn").valgfri(),
            tekst("navn"),
            ident("skolenummer"),
            ident("systemId"),
            kompleks::<Adresse>("forretningsadresse").valgfri().skrivbar(),
            tekst("organisasjonsnavn").valgfri(),
            ident("organisasjonsnummer").valgfri(),
            kompleks::<Kontaktinformasjon>("kontaktinformasjon").valgfri().skrivbar(),
            kompleks::<Adresse>("postadresse").valgfri().skrivbar(),
        ],
        &[
            eier("organisasjon", "administrasjon-organisasjon:Organisasjonselement", HoystEn, "skole"),
            enveis("skoleeierType", "utdanning-kodeverk:Skoleeiertype", HoystEn),
            enveis("vigoreferanse", "utdanning-kodeverk:Vigoreferanse", HoystEn),
            avledet("elevforhold", "utdanning-elev:Elevforhold", Mange, "skole"),
            avledet("klasse", "utdanning-elev:Klasse", Mange, "skole"),
            avledet("kontaktlarergruppe", "utdanning-elev:Kontaktlarergruppe", Mange, "skole"),
            avledet("skoleressurs", "utdanning-elev:Skoleressurs", Mange, "skole"),
            avledet("undervisningsforhold", "utdanning-elev:Undervisningsforhold", Mange, "skole"),
            avledet("fag", "utdanning-timeplan:Fag", Mange, "skole"),
            avledet("faggruppe", "utdanning-timeplan:Faggruppe", Mange, "skole"),
            avledet("undervisningsgruppe", "utdanning-timeplan:Undervisningsgruppe", Mange, "skole"),
            avledet("eksamensgruppe", "utdanning-vurdering:Eksamensgruppe", Mange, "skole"),
            avledet("utdanningsprogram", "utdanning-utdanningsprogram:Utdanningsprogram", Mange, "skole"),
        ],
    )
    .av("felles-basisklasser:Enhet");
}
