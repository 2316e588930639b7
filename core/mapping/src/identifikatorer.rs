//! Our ids. Each is a keyed hash of what the source calls the thing, so the same input gives the same id for ever, and
//! nobody without the tenant's key can tell which input it was.

use fint::Person;
use hendelse::{K, Kildenavn, Tenantnokkel};
use identitet::klassifiser;
use uuid::Uuid;

/// Makes ids for one tenant.
#[derive(Debug)]
pub struct Identifikatorer(pub(crate) Tenantnokkel);

impl Identifikatorer {
    /// The ids of the tenant with this secret.
    pub const fn ny(nokkel: Tenantnokkel) -> Self {
        Self(nokkel)
    }

    /// The Skole of a source's org.
    pub fn skole(&self, kilde: &Kildenavn, org: &str) -> Uuid {
        self.0.uuid(&["skole", kilde.as_str(), org])
    }

    /// The Klasse of a source's class.
    pub fn klasse(&self, kilde: &Kildenavn, class: &str) -> Uuid {
        self.0.uuid(&["klasse", kilde.as_str(), class])
    }

    /// An academic session is no FINT resource; the id stays inside.
    pub(crate) fn okt(&self, kilde: &Kildenavn, session: &str) -> Uuid {
        self.0.uuid(&["okt", kilde.as_str(), session])
    }

    /// A source's user, and the `Elev.systemId` of a pupil who was first seen as this user.
    pub(crate) fn bruker(&self, kilde: &str, user: &str) -> Uuid {
        self.0.uuid(&["elev", kilde, user])
    }

    /// Another `Elev.systemId` for a user whose first one is somebody else's by now.
    pub(crate) fn ny_elev(&self, bruker: Uuid, nr: u32) -> Uuid {
        self.0.uuid(&["elev", &bruker.to_string(), &nr.to_string()])
    }

    /// The Elevforhold of a source's user at an org.
    pub fn elevforhold(&self, kilde: &Kildenavn, user: &str, org: &str) -> Uuid {
        self.0.uuid(&["elevforhold", kilde.as_str(), user, org])
    }

    pub(crate) fn klassemedlemskap(&self, kilde: &Kildenavn, enrollment: &str) -> Uuid {
        self.0.uuid(&["klassemedlemskap", kilde.as_str(), enrollment])
    }

    /// The subject id of a Person. A number that is of no valid kind may be shared by chance, so the pupil is part of it.
    pub fn person(&self, kildens_nummer: Option<&str>, elev: Uuid) -> Uuid {
        let elev = elev.to_string();
        let fodselsnummer = Person::fodselsnummer_av(kildens_nummer, &elev);
        match kildens_nummer.filter(|n| gyldig(n)) {
            Some(nummer) => self.0.uuid(&["person", nummer]),
            None => self.0.uuid(&["person", fodselsnummer.verdi(), &elev]),
        }
    }

    /// What tells that two users are one person: the hash of a number of some valid kind.
    pub(crate) fn nummer(&self, nummer: &str) -> Option<K> {
        gyldig(nummer).then(|| self.0.k(&["nummer", nummer]))
    }
}

fn gyldig(nummer: &str) -> bool {
    klassifiser(nummer).ugyldig().is_none()
}
