//! The school system's memory: rows that change, each with its own `dateLastModified`.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use super::Samling;
use crate::generator::{Elev, Foresatt, Klasse, Laerer, Nummerserie, Skole};

/// A row and what OneRoster's base object says of it.
#[derive(Clone, Debug)]
pub(super) struct Rad<T> {
    pub(super) data: T,
    pub(super) endret: Timestamp,
    /// `tobedeleted`
    pub(super) slettet: bool,
}

/// A user.
#[derive(Clone, Debug)]
pub(super) enum Bruker {
    Elev(Elev),
    Laerer(Laerer),
    Foresatt(Foresatt),
}

impl Bruker {
    pub(super) fn skole(&self) -> Uuid {
        match self {
            Self::Elev(e) => e.skole,
            Self::Laerer(l) => l.skole,
            Self::Foresatt(f) => f.skole,
        }
    }

    pub(super) fn rolle(&self) -> &'static str {
        match self {
            Self::Elev(_) => "student",
            Self::Laerer(_) => "teacher",
            Self::Foresatt(_) => "guardian",
        }
    }
}

/// Someone's membership of a group.
#[derive(Clone, Debug)]
pub(super) struct Paamelding {
    pub(super) bruker: Uuid,
    pub(super) klasse: Uuid,
    pub(super) skole: Uuid,
    pub(super) rolle: &'static str,
    pub(super) fra: Date,
    /// Exclusive.
    pub(super) til: Date,
}

/// The municipality itself, and the school year it is in.
#[derive(Clone, Debug)]
pub(super) struct Eier {
    pub(super) id: Uuid,
    pub(super) orgnr: String,
    pub(super) navn: String,
    pub(super) domene: String,
    pub(super) skolear: i16,
    /// The school year the simulator began in; ids of cohorts and periods are counted from it.
    pub(super) forste_skolear: i16,
    pub(super) opprettet: Timestamp,
    /// When schools, cohorts and periods last changed.
    pub(super) endret: Timestamp,
}

/// All rows of a tenant.
#[derive(Debug)]
pub(super) struct Tilstand {
    pub(super) eier: Eier,
    pub(super) skoler: BTreeMap<Uuid, Skole>,
    pub(super) klasser: BTreeMap<Uuid, Rad<Klasse>>,
    pub(super) brukere: BTreeMap<Uuid, Rad<Bruker>>,
    pub(super) paameldinger: BTreeMap<Uuid, Rad<Paamelding>>,
    pub(super) nummerserie: Nummerserie,
    /// Counts changes; a selection of rows made at another count is stale.
    pub(super) revisjon: u64,
}

impl Tilstand {
    /// The rows of a collection in the order of their sourcedId.
    pub(super) fn ider(&self, samling: Samling) -> Vec<Uuid> {
        let med_rolle =
            |rolle: &str| self.brukere.iter().filter(|(_, rad)| rad.data.rolle() == rolle).map(|(id, _)| *id).collect();
        match samling {
            Samling::Orgs => {
                let mut ider: Vec<Uuid> = self.skoler.keys().copied().chain([self.eier.id]).collect();
                ider.sort_unstable();
                ider
            }
            Samling::Schools => self.skoler.keys().copied().collect(),
            Samling::AcademicSessions => sortert(vec![self.skolear_id(), self.termin_id(1), self.termin_id(2)]),
            Samling::Terms => sortert(vec![self.termin_id(1), self.termin_id(2)]),
            Samling::Courses => sortert((1..=10).map(|trinn| self.kull_id(trinn)).collect()),
            Samling::Classes => self.klasser.keys().copied().collect(),
            Samling::Users => self.brukere.keys().copied().collect(),
            Samling::Students => med_rolle("student"),
            Samling::Teachers => med_rolle("teacher"),
            Samling::Enrollments => self.paameldinger.keys().copied().collect(),
            Samling::GradingPeriods => Vec::new(),
            Samling::Demographics => med_rolle("student"),
        }
    }

    /// Whether a row belongs to the collection.
    pub(super) fn finnes(&self, samling: Samling, id: Uuid) -> bool {
        let rolle = self.brukere.get(&id).map(|rad| rad.data.rolle());
        match samling {
            Samling::Users => rolle.is_some(),
            Samling::Students | Samling::Demographics => rolle == Some("student"),
            Samling::Teachers => rolle == Some("teacher"),
            Samling::Classes => self.klasser.contains_key(&id),
            Samling::Enrollments => self.paameldinger.contains_key(&id),
            _ => self.ider(samling).contains(&id),
        }
    }

    pub(super) fn skolear_id(&self) -> Uuid {
        self.termin_id(0)
    }

    /// A term of this school year, 1 or 2; 0 is the year itself.
    pub(super) fn termin_id(&self, nr: u128) -> Uuid {
        let ar = self.eier.skolear.abs_diff(self.eier.forste_skolear);
        avledet(self.eier.id, 100 + 10 * u128::from(ar) + nr)
    }

    /// The course of a cohort, named by the grade it is in this year. It keeps its id from year to year.
    pub(super) fn kull_id(&self, trinn: u8) -> Uuid {
        let trinn_forst = i32::from(trinn) - i32::from(self.eier.skolear - self.eier.forste_skolear);
        match u128::try_from(trinn_forst) {
            Ok(trinn) => avledet(self.eier.id, trinn),
            // Cohorts that began after the simulator did.
            Err(_) => avledet(self.eier.id, 10_000 + u128::from(trinn_forst.unsigned_abs())),
        }
    }

    pub(super) fn tiende_per_skole(&self) -> BTreeMap<String, usize> {
        let mut antall: BTreeMap<String, usize> =
            self.skoler.values().filter(|s| s.trinn_til == 10).map(|s| (s.orgnr.clone(), 0)).collect();
        for rad in self.brukere.values().filter(|rad| !rad.slettet) {
            if let Bruker::Elev(elev) = &rad.data
                && elev.trinn == 10
                && let Some(skole) = self.skoler.get(&elev.skole)
            {
                *antall.entry(skole.orgnr.clone()).or_default() += 1;
            }
        }
        antall
    }
}

fn sortert(mut ider: Vec<Uuid>) -> Vec<Uuid> {
    ider.sort_unstable();
    ider
}

/// An id that follows from another, without a table.
pub(super) fn avledet(id: Uuid, del: u128) -> Uuid {
    const SPREDNING: u128 = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835;
    let blandet = (id.as_u128() ^ del.wrapping_mul(SPREDNING).rotate_left(61)).wrapping_mul(SPREDNING);
    uuid::Builder::from_random_bytes(blandet.to_be_bytes()).into_uuid()
}
