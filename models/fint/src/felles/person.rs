//! A private individual.

use super::{Adresse, Identifikator, Kontaktinformasjon, Personnavn};
use crate::metamodell::Antall::{HoystEn, Mange};
use crate::metamodell::{Klasseart, Klassemodell, Type, attr, avledet, eier, enveis, ident, klasse, kompleks, tekst};
use crate::{Lenke, Modellert, Ressurs};
use identitet::Skjermet;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What stands before the pupil's systemId where the source has no number.
const MANGLER: &str = "mangler-";

/// A person, keyed by fodselsnummer alone: a new number is a new Person. Our own stable key is `Elev.systemId`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Photograph.
    pub bilde: Option<Skjermet<String>>,
    /// Registered home address.
    pub bostedsadresse: Option<Adresse>,
    /// Date of birth, from a source that says it: never worked out of a number.
    pub fodselsdato: Option<Skjermet<Date>>,
    /// Fodselsnummer, D-number or a fictitious one, eleven digits.
    ///
    /// **Fill rule.** Required by FINT. A malformed value of the source stands as it is, for a rule to report. Where the
    /// source has no number it is `mangler-` and the pupil's `systemId`; a number is never made up. See
    /// [`Person::fodselsnummer_av`] and [`Person::kildens_nummer`].
    pub fodselsnummer: Identifikator,
    /// Name.
    pub navn: Personnavn,
    /// How to reach the person.
    pub kontaktinformasjon: Option<Kontaktinformasjon>,
    /// Postal address.
    pub postadresse: Option<Adresse>,
    /// Citizenships.
    pub statsborgerskap: Vec<Lenke>,
    /// Municipality of residence.
    pub kommune: Option<Lenke>,
    /// Sex.
    pub kjonn: Option<Lenke>,
    /// Children this person has custody of.
    pub foreldreansvar: Vec<Lenke>,
    /// Written form of Norwegian.
    pub malform: Option<Lenke>,
    /// The person as an employee.
    pub personalressurs: Option<Lenke>,
    /// First language.
    pub morsmal: Option<Lenke>,
    /// Those who have custody of this person.
    pub foreldre: Vec<Lenke>,
}

impl Person {
    /// A person with a number and a name, and nothing else.
    pub const fn ny(fodselsnummer: Identifikator, navn: Personnavn) -> Self {
        Self {
            bilde: None,
            bostedsadresse: None,
            fodselsdato: None,
            fodselsnummer,
            navn,
            kontaktinformasjon: None,
            postadresse: None,
            statsborgerskap: Vec::new(),
            kommune: None,
            kjonn: None,
            foreldreansvar: Vec::new(),
            malform: None,
            personalressurs: None,
            morsmal: None,
            foreldre: Vec::new(),
        }
    }

    /// The number by the fill rule: the source's own value as it stands, or `mangler-<elev_system_id>` for none or blank.
    pub fn fodselsnummer_av(kilde: Option<&str>, elev_system_id: &str) -> Identifikator {
        match kilde {
            Some(nummer) if !nummer.trim().is_empty() => Identifikator::ny(nummer),
            _ => Identifikator::ny(format!("{MANGLER}{elev_system_id}")),
        }
    }

    /// The number the source gave, well-formed or not; none where the fill rule stands in for it.
    pub fn kildens_nummer(&self) -> Option<&Skjermet<String>> {
        let verdi = &self.fodselsnummer.identifikatorverdi;
        (!verdi.vis().starts_with(MANGLER)).then_some(verdi)
    }
}

impl Ressurs for Person {
    const NOKKEL: &'static str = "fodselsnummer";

    fn nokkel(&self) -> &Identifikator {
        &self.fodselsnummer
    }
}

impl Modellert for Person {
    const MODELL: &'static Klassemodell = &klasse(
        "felles:Person",
        Klasseart::Hoved,
        &[
            tekst("bilde").valgfri(),
            kompleks::<Adresse>("bostedsadresse").valgfri().skrivbar(),
            attr("fodselsdato", Type::Dato).valgfri(),
            ident("fodselsnummer"),
            kompleks::<Personnavn>("navn"),
            kompleks::<Kontaktinformasjon>("kontaktinformasjon").valgfri().skrivbar(),
            kompleks::<Adresse>("postadresse").valgfri().skrivbar(),
        ],
        &[
            enveis("statsborgerskap", "felles-kodeverk-iso:Landkode", Mange),
            enveis("kommune", "felles-kodeverk:Kommune", HoystEn),
            enveis("kjonn", "felles-kodeverk-iso:Kjonn", HoystEn),
            eier("foreldreansvar", "felles:Person", Mange, "foreldre"),
            enveis("malform", "felles-kodeverk-iso:Sprak", HoystEn),
            eier("personalressurs", "administrasjon-personal:Personalressurs", HoystEn, "person"),
            enveis("morsmal", "felles-kodeverk-iso:Sprak", HoystEn),
            avledet("parorende", "felles:Kontaktperson", Mange, "kontaktperson"),
            eier("foreldre", "felles:Person", Mange, "foreldreansvar"),
            avledet("larling", "utdanning-larling:Larling", Mange, "person"),
            avledet("elev", "utdanning-elev:Elev", HoystEn, "person"),
            avledet("otungdom", "utdanning-ot:OtUngdom", HoystEn, "person"),
        ],
    )
    .felles()
    .av("felles-basisklasser:Aktor");
}
