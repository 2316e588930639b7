//! The systems that a school may have its pupils in.

use crate::Tekst;

/// Where a school has its pupils.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skolesystem {
    /// Vigilo.
    Vigilo,
    /// Visma Flyt Skole.
    VismaFlyt,
    /// Another system that answers as OneRoster.
    OneRoster,
    /// A OneRoster package that somebody hands in.
    Pakke,
    /// None: the pupils are keyed in here.
    Tastet,
}

impl Skolesystem {
    /// All of them.
    pub const ALLE: [Self; 5] = [Self::Vigilo, Self::VismaFlyt, Self::OneRoster, Self::Pakke, Self::Tastet];

    /// A stable code, for configuration and addresses.
    pub const fn kode(self) -> &'static str {
        match self {
            Self::Vigilo => "vigilo",
            Self::VismaFlyt => "visma_flyt",
            Self::OneRoster => "oneroster",
            Self::Pakke => "pakke",
            Self::Tastet => "tastet",
        }
    }

    /// The system with this code.
    pub fn av_kode(kode: &str) -> Option<Self> {
        Self::ALLE.into_iter().find(|system| system.kode() == kode)
    }

    /// The name that its users know it by.
    pub const fn navn(self) -> Tekst {
        match self {
            Self::Vigilo => Tekst { nb: "Vigilo", nn: "Vigilo", en: "Vigilo" },
            Self::VismaFlyt => Tekst { nb: "Visma Flyt Skole", nn: "Visma Flyt Skole", en: "Visma Flyt Skole" },
            Self::OneRoster => Tekst { nb: "skolesystemet", nn: "skulesystemet", en: "the school system" },
            Self::Pakke => Tekst {
                nb: "systemet som filen er laget i",
                nn: "systemet som fila er laga i",
                en: "the system that the file was made in",
            },
            Self::Tastet => Tekst { nb: "Mellomlag", nn: "Mellomlag", en: "Mellomlag" },
        }
    }

    /// What happens when something has been corrected there.
    pub(super) const fn etterpa(self) -> Tekst {
        match self {
            Self::Vigilo | Self::VismaFlyt | Self::OneRoster => Tekst {
                nb: "Listen oppdateres av seg selv når endringen er hentet.",
                nn: "Lista blir oppdatert av seg sjølv når endringa er henta.",
                en: "The list is updated by itself once the change has been fetched.",
            },
            Self::Pakke => Tekst {
                nb: "Lag filen på nytt og lever den her. Da blir listen oppdatert.",
                nn: "Lag fila på nytt og lever ho her. Då blir lista oppdatert.",
                en: "Make the file again and hand it in here. The list is updated then.",
            },
            Self::Tastet => Tekst {
                nb: "Listen oppdateres når du har lagret.",
                nn: "Lista blir oppdatert når du har lagra.",
                en: "The list is updated when you have saved.",
            },
        }
    }
}
