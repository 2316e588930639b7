//! The explanation of one pupil: from what the source said, through rules and people's decisions, to the receipt.
//!
//! And what would happen if a list were sent now: [`Proveskudd`].
//!
//! Values only; [`tekst()`] and [`proveskuddtekst`] say them in bokmål. Nothing here is a name or a number unless it was asked for: a field that
//! is not shown says only whether it is empty.

mod handlinger;
mod proveskudd;
mod tekst;

use crate::Plassering;
use elevliste::{Ettermelding, Listenokkel, Merknad, Niva, Rolle, Skolestatus, Utfall};
use identitet::Skjermet;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub use handlinger::handlinger;
pub use proveskudd::{Brutt, Elevmerknad, Forutsagt, Hinder, Proveskudd, Regelverk, Sidensist, proveskuddtekst};
pub use tekst::{Regeltekst, tekst};

/// Everything that is known of one pupil.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forklaring {
    /// Our id of the pupil, as it was asked for.
    pub elev: Uuid,
    /// The pupil that this one has turned out to be, where it is another.
    pub del_av: Option<Uuid>,
    /// Whose pupil.
    pub tenant: String,
    /// Handled by people, outside Mellomlag. Nothing else is said then.
    pub handteres_manuelt: bool,
    /// The lists that the pupil is or was on.
    pub lister: Vec<Listedel>,
    /// How what the sources say has changed, the first change first. The oldest may have been forgotten.
    pub hendelser: Vec<Hendelse>,
}

/// The pupil on one list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listedel {
    /// Which list.
    #[serde(serialize_with = "som_tekst")]
    pub liste: Listenokkel,
    /// The school's name.
    pub skole: String,
    /// Where the list stands.
    pub status: Skolestatus,
    /// Where the pupil is on it; none if the pupil is not on it any more.
    pub plassering: Option<Plassert>,
    /// What the fields below are: what the receiver accepted, or the line as it stands.
    pub gjelder: Gjelder,
    /// The fields of the line, each with where it is from.
    pub felter: Vec<Feltspor>,
    /// What our rules and the receiver say of the line now.
    pub regler: Vec<Regelspor>,
    /// What people and programs did, about the pupil or about a list with the pupil on it.
    pub handlinger: Vec<Handlingsspor>,
    /// Changes after acceptance that the intake office must be told.
    pub ettermeldinger: Vec<Ettermelding>,
}

/// Where a pupil is on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plassert {
    /// For programs that say it themselves.
    #[serde(skip)]
    pub plassering: Plassering,
    /// In a few words, bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
    /// And English.
    pub en: String,
    /// Why, where somebody decided so.
    pub grunn: Option<String>,
}

/// Which line the fields are of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "hva")]
pub enum Gjelder {
    /// The line that the receiver has accepted.
    Sendt {
        /// When it was sent.
        nar: Timestamp,
        /// The seal of what it was sent in.
        segl: String,
        /// The receiver's id of the submission.
        kvittering: Option<String>,
    },
    /// The line as it stands, which the receiver does not have.
    Na,
    /// There is no line.
    Ingen,
}

/// One field of a line, and where it is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feltspor {
    /// The list's name of the field.
    pub felt: &'static str,
    /// The value, where it may be shown.
    pub verdi: Option<Skjermet<String>>,
    /// Whether it is empty.
    pub tom: bool,
    /// Where it stands in FINT: class and field.
    pub fint: &'static str,
    /// Where it is from; none if no source object that is kept has this value.
    pub kilde: Option<Kildespor>,
    /// The mapping rules that carried it, by id.
    pub regler: Vec<&'static str>,
    /// The pupil's number was issued by the intake office and entered by somebody.
    pub fiktivt: Option<Fiktivspor>,
    /// Whether the line has another value now than what was sent.
    pub endret_etter: bool,
}

/// A field of a source object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kildespor {
    /// The source's name.
    pub kilde: String,
    /// The object's type, as the source names it.
    pub objekt: String,
    /// The field.
    pub felt: &'static str,
    /// The object's subject in KILDE.
    pub emne: String,
    /// When the source was seen to say so.
    pub sett: Timestamp,
    /// The trace of that reading.
    pub spor: Option<String>,
}

/// Who entered a fictitious number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fiktivspor {
    /// Who.
    pub av: String,
    /// When.
    pub nar: Timestamp,
    /// Where it is known from.
    pub kilde: String,
}

/// What a rule says of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Regelspor {
    /// The rule's id.
    pub id: String,
    /// How bad it is.
    pub niva: Niva,
    /// A detail that is not personal.
    pub detalj: Option<String>,
    /// The rule's title and what is wrong, in bokmål.
    pub nb: [&'static str; 2],
    /// In nynorsk.
    pub nn: [&'static str; 2],
    /// And in English.
    pub en: [&'static str; 2],
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Handlingsspor {
    /// Its number in the ledger.
    pub lopenr: i64,
    /// When.
    pub tid: Timestamp,
    /// Who.
    pub av: String,
    /// `person`, `policy` or `system`.
    pub slag: String,
    /// A person's capacity.
    pub rolle: Option<Rolle>,
    /// What was done: the act's name.
    pub handling: &'static str,
    /// Whether it is about this pupil alone.
    pub om_eleven: bool,
    /// Why, as it was given.
    pub grunn: Option<String>,
    /// What the receiver answered.
    pub utfall: Option<Utfall>,
    /// Whether an unknown attempt turned out to have arrived, or a notice to be taken.
    pub ja: Option<bool>,
    /// The receiver's id of the submission.
    pub kvittering: Option<String>,
    /// Whether we issued a signed receipt for it.
    pub bevis: bool,
    /// The number of the pupil's line in what was sent.
    pub linje: Option<usize>,
    /// The receiver's remarks on that line.
    pub merknader: Vec<Merknad>,
}

/// From where something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lag {
    /// A source.
    Kilde,
    /// FINT.
    Fint,
    /// The list.
    Liste,
}

/// Something changed. Which fields, never what they hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hendelse {
    /// When.
    pub tid: Timestamp,
    /// Where.
    pub lag: Lag,
    /// Source and type, class, or list.
    pub hvor: String,
    /// What happened: `ny`, `endret`, `flyttet`, `fjernet`, `forsvunnet`.
    pub hva: String,
    /// The fields that changed.
    pub felter: Vec<String>,
    /// The trace that it belongs to.
    pub spor: Option<String>,
}

impl Forklaring {
    /// Of a pupil who is handled by people this is all that is said.
    pub const fn manuelt(elev: Uuid, tenant: String) -> Self {
        Self { elev, del_av: None, tenant, handteres_manuelt: true, lister: Vec::new(), hendelser: Vec::new() }
    }
}

/// Names the rules that lists are judged by: another digest, other rules. Texts are not part of it.
///
/// `mottaker` says which receiver and how it is set, in any form that is stable.
pub fn regelavtrykk(mottaker: &str) -> String {
    let mut sum = Sha256::new();
    for regel in crate::regler() {
        sum.update(format!("{}\t{:?}\t{:?}\t{:?}\n", regel.id, regel.niva, regel.eier, regel.felt));
    }
    sum.update(mottaker);
    sum.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn som_tekst<S: serde::Serializer>(nokkel: &Listenokkel, s: S) -> Result<S::Ok, S::Error> {
    s.collect_str(nokkel)
}
