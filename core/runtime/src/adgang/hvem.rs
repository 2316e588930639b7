//! Who somebody is here: a role, and what it is for.

use super::tabell::{Gjoremal, Tillatelse, tillatelse};
use crate::utsikt::Sammendrag;
use elevliste::{Aktor, Elevliste, Listenokkel, Rolle, Skolereferanse};
use hendelse::{Kildenavn, Tenant};
use kodeverk::Fylkesnummer;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::Arc};

/// What somebody does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Adgangsrolle {
    /// Sees to the list of a school.
    Skole,
    /// Follows the schools of a municipality, or of another owner.
    Kommune,
    /// Receives the lists of a county.
    Fylke,
    /// Runs the connections. Sees no pupil.
    Integrator,
    /// Checks who has seen and done what. Sees no pupil's name or number.
    Revisor,
}

impl Adgangsrolle {
    /// All of them.
    pub const ALLE: [Self; 5] = [Self::Skole, Self::Kommune, Self::Fylke, Self::Integrator, Self::Revisor];

    /// The word for people and machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skole => "skole",
            Self::Kommune => "kommune",
            Self::Fylke => "fylke",
            Self::Integrator => "integrator",
            Self::Revisor => "revisor",
        }
    }
}

/// One school of somebody's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skolevalg {
    /// Whose school it is.
    pub tenant: Tenant,
    /// Its organisation number; empty for one that has none.
    pub organisasjonsnummer: String,
    /// VIGO's number, where only one of the lists of the organisation is meant.
    #[serde(default)]
    pub skolenr: Option<String>,
}

impl Skolevalg {
    /// A school without an organisation number, here or in its source, is known by VIGO's number alone.
    fn er(&self, skole: &Skolereferanse, tenant: &str) -> bool {
        self.tenant.as_str() == tenant && self.er_nummer(skole.organisasjonsnummer.as_deref(), Some(&skole.skolenr))
    }

    /// The same by the numbers, where it is known whose school it is.
    pub fn er_nummer(&self, organisasjonsnummer: Option<&str>, skolenr: Option<&str>) -> bool {
        let nummer = |nr: &String| Some(nr.as_str()) == skolenr;
        match organisasjonsnummer {
            Some(org) if !self.organisasjonsnummer.is_empty() => {
                org == self.organisasjonsnummer && self.skolenr.as_ref().is_none_or(nummer)
            }
            _ => self.skolenr.as_ref().is_some_and(nummer),
        }
    }
}

/// What a role is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Omfang {
    /// These schools.
    Skoler(BTreeSet<Skolevalg>),
    /// Everything of these owners.
    Tenanter(BTreeSet<Tenant>),
    /// Everything that these counties receive.
    Fylker(BTreeSet<Fylkesnummer>),
}

/// The person, or the system that asks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identitet {
    /// Names the person for good: made of issuer and subject, or an API user's name. Never an identity number.
    pub id: String,
    /// The employee's name, as it stands in the ledger and the audit log.
    pub navn: String,
}

/// Somebody in one role. Whoever has several chooses one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adgang {
    /// Who.
    pub hvem: Arc<Identitet>,
    /// As what.
    pub rolle: Adgangsrolle,
    /// For what.
    pub omfang: Omfang,
    /// The one on whose behalf a supplier acts.
    pub pa_vegne_av: Option<String>,
    /// Sees and does nothing.
    pub bare_lese: bool,
}

impl Adgang {
    /// Whether a list is within reach, for whatever the role may do with it.
    pub fn ser_liste(&self, liste: &Sammendrag) -> bool {
        self.ser(&liste.nokkel, &liste.skole, &liste.tenant)
    }

    /// The same of a list as it is stored.
    pub fn ser_elevliste(&self, liste: &Elevliste) -> bool {
        self.ser(&liste.nokkel, &liste.skole, &liste.tenant)
    }

    /// The same of a list by its key, its school, and whose it is.
    pub fn ser(&self, nokkel: &Listenokkel, skole: &Skolereferanse, tenant: &str) -> bool {
        self.passer()
            && match &self.omfang {
                Omfang::Skoler(skoler) => skoler.iter().any(|valg| valg.er(skole, tenant)),
                Omfang::Tenanter(tenanter) => tenanter.iter().any(|t| t.as_str() == tenant),
                Omfang::Fylker(fylker) => fylker.contains(&nokkel.fylke),
            }
    }

    /// Whether what an owner has, and not a single list of it, is within reach: its sources and its log. A county sees
    /// lists only.
    pub fn ser_tenant(&self, tenant: &Tenant) -> bool {
        self.passer()
            && match &self.omfang {
                Omfang::Skoler(skoler) => skoler.iter().any(|valg| valg.tenant == *tenant),
                Omfang::Tenanter(tenanter) => tenanter.contains(tenant),
                Omfang::Fylker(_) => false,
            }
    }

    /// Whether a source is within reach.
    pub fn ser_kilde(&self, tenant: &Tenant, _: &Kildenavn) -> bool {
        self.ser_tenant(tenant)
    }

    /// Whether a county's own affairs are within reach: its rounds' history, its log.
    pub fn ser_fylke(&self, fylke: Fylkesnummer) -> bool {
        self.passer() && matches!(&self.omfang, Omfang::Fylker(fylker) if fylker.contains(&fylke))
    }

    /// Whether names of pupils may be shown at all.
    pub const fn ser_navn(&self) -> bool {
        matches!(self.rolle, Adgangsrolle::Skole | Adgangsrolle::Kommune | Adgangsrolle::Fylke)
    }

    /// Whether this may be asked for, wherever it is within reach.
    pub const fn ma(&self, hva: Gjoremal) -> Tillatelse {
        match tillatelse(self.rolle, hva) {
            Tillatelse::Ja if self.bare_lese && hva.er_handling() => Tillatelse::BareSe,
            annet => annet,
        }
    }

    /// As whom this person's acts stand in the ledger; none when there are no acts.
    ///
    /// The name is for people. What follows it tells two of one name apart, and finds the person in the audit log.
    pub fn aktor(&self) -> Option<Aktor> {
        let egen = self.egen_rolle()?;
        let rolle = if self.pa_vegne_av.is_some() { Rolle::Leverandor } else { egen };
        let Identitet { id, navn } = &*self.hvem;
        let merke: String = id.chars().take(8).collect();
        let hvem = if id == navn { id.clone() } else { format!("{navn} [{merke}]") };
        Some(Aktor::med_rolle(&hvem, rolle))
    }

    /// The role that this person, or whoever the supplier acts for, has.
    pub(crate) const fn egen_rolle(&self) -> Option<Rolle> {
        match self.rolle {
            _ if self.bare_lese => None,
            Adgangsrolle::Skole => Some(Rolle::Skole),
            Adgangsrolle::Kommune => Some(Rolle::Kommune),
            Adgangsrolle::Fylke => Some(Rolle::Fylke),
            Adgangsrolle::Integrator | Adgangsrolle::Revisor => None,
        }
    }

    /// A role for something that it cannot be for sees nothing: a mistake in who may what opens no doors.
    const fn passer(&self) -> bool {
        match self.rolle {
            Adgangsrolle::Skole => matches!(self.omfang, Omfang::Skoler(_)),
            Adgangsrolle::Kommune => matches!(self.omfang, Omfang::Tenanter(_)),
            Adgangsrolle::Fylke => matches!(self.omfang, Omfang::Fylker(_)),
            Adgangsrolle::Integrator | Adgangsrolle::Revisor => !matches!(self.omfang, Omfang::Skoler(_)),
        }
    }
}
