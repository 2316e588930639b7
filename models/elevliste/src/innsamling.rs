//! A round: one county's call for lists of one school year.

use crate::innsending::post;
use crate::{Aktor, Listenokkel, Overforing};
use jiff::{Timestamp, ToSpan as _, Zoned, civil::Date, tz::TimeZone};
use kodeverk::{Fylkesnummer, Skolear};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Who may approve a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Godkjenning {
    /// A person at the school, or at its municipality.
    Skole,
    /// A person at the municipality.
    Kommune,
    /// A policy: a clean list is approved by itself when it has been still for so many hours.
    Automatisk,
}

/// The intake office as schools reach it. An office, not a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kontakt {
    /// What it is called.
    pub navn: String,
    /// E-mail.
    #[serde(default)]
    pub epost: Option<String>,
    /// Telephone.
    #[serde(default)]
    pub telefon: Option<String>,
}

/// One round, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Innsamling {
    /// The county.
    pub fylke: Fylkesnummer,
    /// The school year.
    pub skolear: Skolear,
    /// Which transfer.
    pub overforing: Overforing,
    /// First moment in which lists may be sent.
    pub apner: Timestamp,
    /// First moment in which they may not any more.
    pub stenger: Timestamp,
    /// Who approves.
    pub godkjenning: Godkjenning,
    /// Hours that a list must have been still before the policy `automatisk` approves it.
    pub stille_timer: u32,
    /// What the county asks of the schools, for people to read.
    pub instruks: Option<String>,
    /// Whom to ask.
    pub kontakt: Option<Kontakt>,
    /// VIGO's numbers of the schools that are in, public and private. Empty: every school of the county that has a list.
    pub skoler: Vec<String>,
    /// Days before the day on which it closes, on which those who have not delivered are reminded.
    pub paminnelser: Vec<u32>,
}

impl Innsamling {
    /// The days on which schools are reminded unless the county says otherwise.
    pub const PAMINNELSER: [u32; 4] = [14, 7, 2, 0];

    /// A round with nothing said but when and by whom.
    pub fn ny(
        fylke: Fylkesnummer,
        skolear: Skolear,
        (apner, stenger): (Timestamp, Timestamp),
        godkjenning: Godkjenning,
    ) -> Self {
        Self {
            fylke,
            skolear,
            overforing: Overforing::Elevliste,
            apner,
            stenger,
            godkjenning,
            stille_timer: 0,
            instruks: None,
            kontakt: None,
            skoler: Vec::new(),
            paminnelser: Self::PAMINNELSER.to_vec(),
        }
    }

    /// What names it.
    pub const fn nokkel(&self) -> Rundenokkel {
        Rundenokkel { fylke: self.fylke, skolear: self.skolear, overforing: self.overforing }
    }

    /// Whether the round is for this list.
    pub fn gjelder(&self, nokkel: &Listenokkel) -> bool {
        self.nokkel() == nokkel.runde() && (self.skoler.is_empty() || self.skoler.contains(&nokkel.skolenr))
    }

    /// Whether lists may be sent at `na`.
    pub fn apen(&self, na: Timestamp) -> bool {
        self.apner <= na && na < self.stenger
    }

    /// The last day of the round, in Norway: what schools call the deadline.
    ///
    /// A round that closes at midnight closes at the end of the day before.
    pub fn siste_dag(&self) -> Date {
        siste_minutt(self.stenger).date()
    }
}

/// The last minute before `stenger`, in Norway: the deadline as everybody is told it, on pages and in letters.
pub fn siste_minutt(stenger: Timestamp) -> Zoned {
    stenger.checked_sub(1.second()).unwrap_or(stenger).to_zoned(oslo())
}

/// The clock that windows and deadlines go by.
pub fn oslo() -> TimeZone {
    TimeZone::get("Europe/Oslo").expect("the time zone database is part of the program")
}

/// What names a round. Its text form is the tail of its subject: `46.2026-2027.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rundenokkel {
    /// The county.
    pub fylke: Fylkesnummer,
    /// The school year.
    pub skolear: Skolear,
    /// Which transfer.
    pub overforing: Overforing,
}

impl fmt::Display for Rundenokkel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.fylke, self.skolear, self.overforing.nummer())
    }
}

/// A round's name that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a round is named <fylke>.<skoleår>.<overføring>, for example 46.2026-2027.1")]
pub struct RundenokkelFeil;

impl FromStr for Rundenokkel {
    type Err = RundenokkelFeil;

    fn from_str(s: &str) -> Result<Self, RundenokkelFeil> {
        let deler: Vec<&str> = s.split('.').collect();
        let [fylke, skolear, overforing] = deler.as_slice() else { return Err(RundenokkelFeil) };
        Ok(Self {
            fylke: fylke.parse().map_err(|_| RundenokkelFeil)?,
            skolear: skolear.parse().map_err(|_| RundenokkelFeil)?,
            overforing: Overforing::av(overforing).ok_or(RundenokkelFeil)?,
        })
    }
}

/// A round as somebody made or changed it, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rundeversjon {
    /// The whole round from now on.
    pub runde: Innsamling,
    /// Why, in words without personal data.
    pub grunn: Option<String>,
}

post!(
    /// One entry in the history of a round.
    Innsamlingspost,
    Rundeversjon
);

impl Rundeversjon {
    /// The name of the actor that carries over what stands in the configuration.
    pub const OPPSETT: &'static str = "oppsett";

    /// Whether the entry came from the configuration rather than from a person.
    pub fn er_oppsett(av: &Aktor) -> bool {
        av.slag == "system" && av.id == Self::OPPSETT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runde(stenger: &str) -> Innsamling {
        let [fylke, skolear] = ["46", "2026-2027"];
        let tid = |t: &str| t.parse().unwrap();
        Innsamling::ny(
            fylke.parse().unwrap(),
            skolear.parse().unwrap(),
            (tid("2026-10-01T00:00:00+02"), tid(stenger)),
            Godkjenning::Skole,
        )
    }

    #[test]
    fn a_deadline_is_the_day_that_ends_by_norwegian_clocks() {
        for (stenger, dag) in [
            ("2026-11-13T23:59:59+01", "2026-11-13"),
            ("2026-11-14T00:00:00+01", "2026-11-13"),
            ("2026-10-25T00:30:00+02", "2026-10-25"),
        ] {
            assert_eq!(runde(stenger).siste_dag().to_string(), dag, "{stenger}");
        }
    }

    #[test]
    fn a_round_may_be_for_some_schools_only() {
        let mut runde = runde("2026-11-13T23:59:59+01");
        let nokkel: Listenokkel = "46.46503.2026-2027.1".parse().unwrap();
        assert!(runde.gjelder(&nokkel));
        runde.skoler = vec!["46505".into()];
        assert!(!runde.gjelder(&nokkel));
        assert_eq!("46.2026-2027.1".parse(), Ok(runde.nokkel()));
        assert_eq!("46.2026-2027".parse::<Rundenokkel>(), Err(RundenokkelFeil));
    }
}
