//! Who is told, and about which lists.

use crate::Sprak;
use async_trait::async_trait;
use elevliste::Listenokkel;
use hendelse::Tenant;
use identitet::Skjermet;
use kodeverk::Fylkesnummer;
use runtime::{Omgivelse, Stopp};

/// As what somebody is told something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Adressat {
    /// The school, which corrects and approves its list.
    Skole,
    /// The municipality, which owns the schools.
    Kommune,
    /// The county's intake office.
    Fylke,
}

/// Lists that somebody answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ansvar {
    /// Those of a school.
    Skole {
        /// Whose the school is; anybody's when it is not said.
        tenant: Option<String>,
        /// Its organisation number; empty for a school that is known by its VIGO number alone.
        organisasjonsnummer: String,
        /// Its VIGO number, where it has no organisation number or the organisation number has several.
        skolenr: Option<String>,
    },
    /// Those of every school of a municipality, or of another owner.
    Kommune(String),
    /// Those that a county receives.
    Fylke(Fylkesnummer),
}

impl Ansvar {
    /// As what: when it is about this list.
    pub(crate) fn om(&self, nokkel: &Listenokkel, eies_av: &str, orgnr: Option<&str>) -> Option<Adressat> {
        match self {
            Self::Skole { tenant, organisasjonsnummer, skolenr } => {
                // A school that no source has told of yet has no tenant, and is known by its numbers alone.
                let tenant = tenant.as_ref().filter(|_| eies_av != Tenant::felles().as_str());
                let nummer = |nr: &String| *nr == nokkel.skolenr;
                let skolen = match orgnr {
                    Some(orgnr) if !organisasjonsnummer.is_empty() => {
                        orgnr == organisasjonsnummer && skolenr.as_ref().is_none_or(nummer)
                    }
                    _ => skolenr.as_ref().is_some_and(nummer),
                };
                (skolen && tenant.is_none_or(|tenant| tenant == eies_av)).then_some(Adressat::Skole)
            }
            Self::Kommune(tenant) => (tenant == eies_av).then_some(Adressat::Kommune),
            Self::Fylke(fylke) => (*fylke == nokkel.fylke).then_some(Adressat::Fylke),
        }
    }
}

/// One person or office that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mottaker {
    /// Names it for good, and is no address: lower case letters, digits and -. How far it has come is kept by it.
    pub id: String,
    /// Where letters go. Never printed.
    pub epost: Skjermet<String>,
    /// What it answers for.
    pub ansvar: Vec<Ansvar>,
    /// In which language it is written to.
    pub sprak: Sprak,
}

impl Mottaker {
    /// As what it is told of this list: as the one nearest to the pupils, where it is several things.
    pub(crate) fn om(&self, nokkel: &Listenokkel, eies_av: &str, orgnr: Option<&str>) -> Option<Adressat> {
        self.ansvar.iter().filter_map(|ansvar| ansvar.om(nokkel, eies_av, orgnr)).min()
    }
}

/// Where it is known who is to be told.
#[async_trait]
pub trait Mottakerregister: Send + Sync {
    /// Everybody who wants to be told, as it stands now.
    async fn alle(&self, om: &Omgivelse) -> Result<Vec<Mottaker>, Stopp>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_without_an_organisation_number_is_told_too() {
        let skole = |org: &str, nr: Option<&str>| Ansvar::Skole {
            tenant: Some("voss".into()),
            organisasjonsnummer: org.into(),
            skolenr: nr.map(Into::into),
        };
        let nokkel: Listenokkel = "46.46503.2026-2027.1".parse().unwrap();
        for (ansvar, eies_av, orgnr, sies) in [
            (skole("", Some("46503")), "voss", None, true),
            (skole("", Some("46503")), "voss", Some("312701103"), true),
            (skole("", Some("46503")), "bergen", None, false),
            (skole("", Some("46504")), "voss", None, false),
            (skole("", None), "voss", None, false),
            (skole("312701103", None), "voss", Some("312701103"), true),
            (skole("312701103", None), "voss", Some("312701111"), false),
            (skole("312701103", None), "voss", None, false),
            (skole("312701103", Some("46503")), "voss", None, true),
            (skole("312701103", Some("46504")), "voss", Some("312701103"), false),
        ] {
            assert_eq!(ansvar.om(&nokkel, eies_av, orgnr).is_some(), sies, "{ansvar:?} {eies_av} {orgnr:?}");
        }
    }
}
