//! What is kept of a person who may sign in.

use crate::adgang::{Adgangsrolle, Omfang};
use hendelse::Tenant;
use identitet::Skjermet;
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Whose people they are. Its text form is the key in the bucket.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Eier {
    /// A municipality, or another owner of schools.
    Tenant(Tenant),
    /// A county.
    Fylke(Fylkesnummer),
}

impl Eier {
    /// The audit log that tells of its people.
    pub fn revisjonstenant(&self) -> Tenant {
        match self {
            Self::Tenant(tenant) => tenant.clone(),
            Self::Fylke(fylke) => crate::revisjon::fylkets(*fylke),
        }
    }
}

impl fmt::Display for Eier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant(tenant) => write!(f, "tenant.{tenant}"),
            Self::Fylke(fylke) => write!(f, "fylke.{fylke}"),
        }
    }
}

/// A text that names no owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an owner is written tenant.NAME or fylke.NN")]
pub struct Eierfeil;

impl FromStr for Eier {
    type Err = Eierfeil;

    fn from_str(tekst: &str) -> Result<Self, Eierfeil> {
        match tekst.split_once('.') {
            Some(("tenant", navn)) => navn.parse().map(Self::Tenant).map_err(|_| Eierfeil),
            Some(("fylke", nummer)) => nummer.parse().map(Self::Fylke).map_err(|_| Eierfeil),
            _ => Err(Eierfeil),
        }
    }
}

impl TryFrom<String> for Eier {
    type Error = Eierfeil;

    fn try_from(tekst: String) -> Result<Self, Eierfeil> {
        tekst.parse()
    }
}

impl From<Eier> for String {
    fn from(eier: Eier) -> Self {
        eier.to_string()
    }
}

/// What a person is to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oppdrag {
    /// As what.
    pub rolle: Adgangsrolle,
    /// For whom.
    pub omfang: Omfang,
    /// The one that a supplier acts for; not set for the owner's own people.
    #[serde(default)]
    pub pa_vegne_av: Option<String>,
    /// Sees, and does nothing.
    #[serde(default)]
    pub bare_lese: bool,
}

/// How a person is known again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kobling {
    /// Who vouches: the issuer's address.
    pub utsteder: String,
    /// A hash of the issuer and what it calls the person.
    pub avtrykk: String,
}

impl Kobling {
    /// The link to `sub` at `utsteder`. What the issuer calls a person is not kept itself: some use the identity number.
    pub fn av(utsteder: &str, sub: &str) -> Self {
        let sum = Sha256::new().chain_update(utsteder).chain_update([0]).chain_update(sub).finalize();
        Self { utsteder: utsteder.to_owned(), avtrykk: hex(&sum) }
    }
}

/// An invitation that has not been answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitasjon {
    /// A hash of the code; none where only the e-mail address counts.
    pub kode: Option<String>,
    /// Until when it can be answered.
    pub utloper: Option<Timestamp>,
}

impl Invitasjon {
    /// A new one, and the code that answers it: random, of which nothing but a hash is kept.
    pub(super) fn ny(utloper: Timestamp) -> (Self, String) {
        let kode = hex(&[Uuid::new_v4().into_bytes(), Uuid::new_v4().into_bytes()].concat());
        (Self { kode: Some(Self::sum(&kode)), utloper: Some(utloper) }, kode)
    }

    pub(super) fn gjelder(&self, na: Timestamp) -> bool {
        self.utloper.is_none_or(|utloper| na < utloper)
    }

    pub(super) fn sum(kode: &str) -> String {
        hex(&Sha256::digest(kode.trim().as_bytes()))
    }
}

/// A person who may sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bruker {
    /// The id.
    pub id: Uuid,
    /// The employee's name.
    pub navn: String,
    /// The e-mail address.
    pub epost: Option<Skjermet<String>>,
    /// How the person is known again; none until the first sign-in.
    #[serde(default)]
    pub kobling: Option<Kobling>,
    /// What the person is, to whom.
    pub oppdrag: Vec<Oppdrag>,
    /// The language of texts: `nb`, `nn` or `en`.
    #[serde(default)]
    pub sprak: Option<String>,
    /// Whether the person is told by e-mail.
    pub varsles: bool,
    /// The invitation, until it is answered.
    #[serde(default)]
    pub invitasjon: Option<Invitasjon>,
    /// Whether the person stands in the configuration, and is changed there.
    #[serde(default)]
    pub fast: bool,
    /// When the person was invited.
    pub opprettet: Timestamp,
    /// When the person was last signed in.
    #[serde(default)]
    pub sist_inne: Option<Timestamp>,
}

impl Bruker {
    /// Somebody of the configuration, who is linked by e-mail. The id follows from owner and address.
    pub fn fast(eier: &Eier, navn: &str, epost: &str, oppdrag: Vec<Oppdrag>) -> Self {
        let epost = epost.trim().to_lowercase();
        let sum = Sha256::new().chain_update(eier.to_string()).chain_update([0]).chain_update(&epost).finalize();
        let mut id = [0; 16];
        id.copy_from_slice(&sum[..16]);
        Self {
            id: Uuid::new_v8(id),
            navn: navn.trim().to_owned(),
            epost: Some(epost.into()),
            kobling: None,
            oppdrag,
            sprak: None,
            varsles: true,
            invitasjon: Some(Invitasjon { kode: None, utloper: None }),
            fast: true,
            opprettet: Timestamp::UNIX_EPOCH,
            sist_inne: None,
        }
    }
}

/// What is written of a person who is invited or changed.
#[derive(Debug, Clone)]
pub struct Nybruker {
    /// The employee's name.
    pub navn: String,
    /// The e-mail address.
    pub epost: Option<Skjermet<String>>,
    /// What the person shall be.
    pub oppdrag: Vec<Oppdrag>,
    /// `nb`, `nn` or `en`.
    pub sprak: Option<String>,
    /// Whether the person is told by e-mail.
    pub varsles: bool,
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut ut, b| {
        write!(ut, "{b:02x}").expect("a String takes everything");
        ut
    })
}
