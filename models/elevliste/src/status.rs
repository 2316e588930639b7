//! Where a list stands and what is open on it, as told to those who correct it: the school system, the school, the county.

use crate::{Avvik, Eier, Listenokkel, Skolestatus};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A deviation that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApentAvvik {
    /// Names exactly this deviation of this pupil on this list: closed when it is gone, and the same if it comes again.
    pub id: Uuid,
    /// The pupil; none when it is about the list as a whole.
    pub elev: Option<Uuid>,
    /// What is wrong.
    pub avvik: Avvik,
    /// Since when.
    pub apnet: Timestamp,
}

/// Where a list stands: the present state, one for each list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listestatus {
    /// Which list.
    pub nokkel: Listenokkel,
    /// Whose.
    pub tenant: String,
    /// Where it stands.
    pub status: Skolestatus,
    /// Since when.
    pub siden: Timestamp,
    /// Pupils in the source.
    pub kilde: u32,
    /// Of these: accepted by the receiver as they are now.
    pub sendt: u32,
    /// Of these: held back by a named person.
    pub holdt: u32,
    /// Of these: routed by hand.
    pub manuelt: u32,
    /// Of these: open deviation.
    pub avvik: u32,
    /// Everything that is open, by id.
    pub apne: Vec<ApentAvvik>,
    /// Reminders that have been given: the deadline that each was about and the days that were left then.
    pub paminnet: Vec<Paminnelse>,
    /// The receiver's id of the last accepted submission.
    pub kvittering: Option<String>,
}

/// A reminder that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paminnelse {
    /// The deadline that it was about.
    pub frist: Date,
    /// Days before it. None: the deadline has passed without a delivery.
    pub dager: Option<u32>,
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Varselslag {
    /// `avvik.apnet`
    AvvikApnet {
        /// The deviation.
        avvik: ApentAvvik,
    },
    /// `avvik.lukket`: it is gone, whatever made it go.
    AvvikLukket {
        /// The deviation.
        avvik: ApentAvvik,
    },
    /// `liste.status`
    Listestatus {
        /// Where the list stood before; none for a list that is new.
        fra: Option<Skolestatus>,
        /// Where it stands now.
        til: Skolestatus,
    },
    /// `innsamling.paminnelse`: the deadline is near and the list is not delivered.
    Paminnelse {
        /// The last day.
        frist: Date,
        /// Days left.
        dager: u32,
        /// Who must act now.
        eier: Eier,
    },
    /// `innsamling.ikke-levert`: the round is over and the list is not delivered.
    IkkeLevert {
        /// The last day.
        frist: Date,
    },
}

impl Varselslag {
    /// The event's name.
    pub const fn navn(&self) -> &'static str {
        match self {
            Self::AvvikApnet { .. } => "avvik.apnet",
            Self::AvvikLukket { .. } => "avvik.lukket",
            Self::Listestatus { .. } => "liste.status",
            Self::Paminnelse { .. } => "innsamling.paminnelse",
            Self::IkkeLevert { .. } => "innsamling.ikke-levert",
        }
    }
}

/// Something that was told about a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Varsel {
    /// Names it: the same for every time that it is told.
    pub id: Uuid,
    /// Which list.
    pub nokkel: Listenokkel,
    /// Whose.
    pub tenant: String,
    /// When.
    pub tidspunkt: Timestamp,
    /// What.
    pub slag: Varselslag,
}
