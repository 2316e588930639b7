//! What is kept of each source record: the record itself where texts are needed, ids where they are not.

use crate::identifikatorer::Identifikatorer;
use hendelse::{K, Kildenavn};
use identitet::Organisasjonsnummer;
use jiff::{Timestamp, civil::Date, tz::Offset};
use kodeverk::{Skolear, Trinn};
use oneroster::{AcademicSession, Class, Enrollment, Org, Role, User};
use uuid::Uuid;

/// A source's place in the list of sources.
pub(crate) type Kildenr = u16;

/// An organisation of the type school is a Skole; others are kept to tell what is missing from what is no school.
#[derive(Debug)]
pub(crate) struct Orgpost {
    pub(crate) org: Org,
    pub(crate) orgnr: Option<Organisasjonsnummer>,
}

impl Orgpost {
    pub(crate) fn av(org: Org) -> Self {
        Self { orgnr: org.identifier.as_deref().and_then(|i| i.trim().parse().ok()), org }
    }

    pub(crate) fn er_skole(&self) -> bool {
        self.org.r#type == "school"
    }
}

/// A school year, or something that lies in one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Okt {
    pub(crate) kilde: Kildenr,
    pub(crate) er_skolear: bool,
    pub(crate) skolear: Option<Skolear>,
}

impl Okt {
    pub(crate) fn av(okt: &AcademicSession, kilde: Kildenr) -> Self {
        Self { kilde, er_skolear: okt.r#type == "schoolYear", skolear: oktens_skolear(okt) }
    }
}

/// The school year of a session: what it says, else the one in which its middle lies, else its only date.
fn oktens_skolear(okt: &AcademicSession) -> Option<Skolear> {
    let sagt = okt.school_year.as_deref().and_then(|ar| Skolear::fra_oneroster(ar.trim()).ok());
    let dag = || match (okt.start_date, okt.end_date) {
        (Some(start), Some(slutt)) => start.checked_add(jiff::Span::new().days((slutt - start).get_days() / 2)).ok(),
        (Some(start), None) => Some(start),
        (None, slutt) => slutt?.yesterday().ok(),
    };
    sagt.or_else(|| dag()?.try_into().ok())
}

#[derive(Debug)]
pub(crate) struct Klassepost {
    pub(crate) kilde: Kildenr,
    pub(crate) skole: Uuid,
    pub(crate) okter: Box<[Uuid]>,
    pub(crate) trinn: Box<[Trinn]>,
    pub(crate) navn: String,
    pub(crate) sett: Timestamp,
}

impl Klassepost {
    pub(crate) fn av(class: Class, kilde: Kildenr, navn: &Kildenavn, sett: Timestamp, ider: &Identifikatorer) -> Self {
        Self {
            kilde,
            skole: ider.skole(navn, class.school.vis()),
            okter: class.terms.iter().map(|okt| ider.okt(navn, okt.vis())).collect(),
            trinn: les_trinn(&class.grades),
            navn: class.class_code.filter(|kode| !kode.trim().is_empty()).unwrap_or(class.title),
            sett,
        }
    }
}

/// One user, with the ids that its roles lead to.
#[derive(Debug)]
pub(crate) struct Brukerpost {
    pub(crate) kilde: Kildenr,
    pub(crate) user: User,
    /// One per organisation, in the order of the user's roles.
    pub(crate) roller: Box<[Rolle]>,
    /// Hash of a number that is of some valid kind.
    pub(crate) nummer: Option<K>,
    pub(crate) endret: Option<Timestamp>,
    pub(crate) sett: Timestamp,
}

#[derive(Debug)]
pub(crate) struct Rolle {
    pub(crate) elevforhold: Uuid,
    pub(crate) skole: Uuid,
    /// Index among the user's roles.
    pub(crate) nr: usize,
}

impl Brukerpost {
    pub(crate) fn av(
        user: User,
        kilde: Kildenr,
        navn: &Kildenavn,
        (endret, sett): (Option<Timestamp>, Timestamp),
        ider: &Identifikatorer,
    ) -> Self {
        let roller = (0..user.roles.len())
            .filter(|nr| gjelder(&user.roles, *nr))
            .map(|nr| {
                let org = user.roles[nr].org.vis();
                let elevforhold = ider.elevforhold(navn, user.sourced_id.vis(), org);
                Rolle { elevforhold, skole: ider.skole(navn, org), nr }
            })
            .collect();
        let nummer = user.identifier.as_ref().and_then(|n| ider.nummer(n.vis()));
        Self { kilde, roller, nummer, endret, sett, user }
    }

    pub(crate) fn rolle_ved(&self, skole: Uuid) -> Option<&Rolle> {
        self.roller.iter().find(|rolle| rolle.skole == skole)
    }

    pub(crate) fn role(&self, rolle: &Rolle) -> &Role {
        &self.user.roles[rolle.nr]
    }

    pub(crate) fn trinn(&self) -> Box<[Trinn]> {
        les_trinn(&self.user.grades)
    }

    /// What decides whose word counts when two users are one pupil: the last change, then the last sight.
    pub(crate) fn ferskhet(&self) -> (Timestamp, Timestamp) {
        (self.endret.unwrap_or(self.sett), self.sett)
    }
}

/// Whether this is the one role that counts at its organisation: the one that lasts longest, then the one that began last.
fn gjelder(roles: &[Role], nr: usize) -> bool {
    let rang = |nr: usize| {
        let role = &roles[nr];
        (role.end_date.is_none(), role.end_date, role.begin_date, role.primary, std::cmp::Reverse(nr))
    };
    (0..roles.len()).filter(|i| roles[*i].org == roles[nr].org).max_by_key(|i| rang(*i)) == Some(nr)
}

/// A membership is ids and dates only.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Innmelding {
    pub(crate) bruker: Uuid,
    pub(crate) klasse: Uuid,
    pub(crate) start: Option<Date>,
    /// The day after the last day.
    pub(crate) slutt: Option<Date>,
}

impl Innmelding {
    pub(crate) fn av(e: &Enrollment, navn: &Kildenavn, ider: &Identifikatorer) -> Self {
        Self {
            bruker: ider.bruker(navn.as_str(), e.user.vis()),
            klasse: ider.klasse(navn, e.class.vis()),
            start: e.begin_date,
            slutt: e.end_date,
        }
    }
}

/// The grades among the source's words for grades, each once, in order.
fn les_trinn(grades: &[String]) -> Box<[Trinn]> {
    let mut trinn: Vec<Trinn> = grades.iter().filter_map(|g| g.trim().parse().ok()).collect();
    trinn.sort_unstable();
    trinn.dedup();
    trinn.into()
}

/// The school year in which something was seen. The year turns at midnight on 1 August, when Norway is always two hours
/// ahead of UTC, so no time zone data is needed.
pub(crate) fn skolear_da(sett: Timestamp) -> Option<Skolear> {
    Offset::constant(2).to_datetime(sett).date().try_into().ok()
}
