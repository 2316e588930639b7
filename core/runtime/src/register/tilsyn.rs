//! Whether the register is alive: a quiet register differs from a dead one, and stale data from an error.
//!
//! Every alarm is raised once with what to do about it, and cleared once. Times are the clock's and the register's own.

use super::Register;
use crate::maalere::{Alarmmerke, Kildemerke, Maalere};
use flow::SourceError;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// So long without an answer, and it is more than a hiccup.
pub(super) const UTEN_KONTAKT: SignedDuration = SignedDuration::from_mins(15);

/// Why a person should look at the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Alarm {
    /// It answers, and nothing new has come for too long.
    Foreldet,
    /// It does not answer.
    Borte,
    /// It answers nothing that can be read.
    Uleselig,
    /// It refuses us.
    Avviser,
    /// Its numbers have begun anew.
    Omspolt,
    /// It has deleted what came next.
    ForGammelt,
}

impl Alarm {
    const ALLE: [Self; 6] =
        [Self::Foreldet, Self::Borte, Self::Uleselig, Self::Avviser, Self::Omspolt, Self::ForGammelt];

    /// The label in metrics.
    const fn kode(self) -> &'static str {
        match self {
            Self::Foreldet => "stale",
            Self::Borte => "unreachable",
            Self::Uleselig => "unreadable",
            Self::Avviser => "denied",
            Self::Omspolt => "respooled",
            Self::ForGammelt => "too_old",
        }
    }

    /// What it means, and what to do.
    const fn tekst(self) -> &'static str {
        match self {
            Self::Foreldet => {
                "the register answers, but has shown nothing new for too long; see its status page, and what was known stays"
            }
            Self::Borte => {
                "the register has not answered for a quarter of an hour; check the network and its status page"
            }
            Self::Uleselig => {
                "the register has answered nothing readable for a quarter of an hour; check the address and the package"
            }
            Self::Avviser => "the register refuses us; check the access, the package or role, and the keys",
            Self::Omspolt => {
                "the feed is behind our place in it, so it was spooled anew; everyone on a list is looked up"
            }
            Self::ForGammelt => {
                "the register has deleted the events that come next; everyone on a list is looked up, and the feed is \
                 followed from its newest event"
            }
        }
    }
}

/// Watches one register.
pub(super) struct Tilsyn {
    register: Register,
    maalere: Maalere,
    /// What freshness counts from while no event has been seen.
    fra: Timestamp,
    kontakt: Option<Timestamp>,
    ajourhold: Option<Timestamp>,
    utlost: BTreeSet<Alarm>,
}

impl Tilsyn {
    pub fn ny(register: &Register, maalere: &Maalere, na: Timestamp) -> Self {
        let tilsyn = Self {
            register: register.clone(),
            maalere: maalere.clone(),
            fra: na,
            kontakt: None,
            ajourhold: None,
            utlost: BTreeSet::new(),
        };
        Alarm::ALLE.into_iter().for_each(|alarm| tilsyn.mal(alarm, 0));
        tilsyn
    }

    pub const fn ajourhold(&self) -> Option<Timestamp> {
        self.ajourhold
    }

    /// The register gave an answer that could be used.
    pub fn svarte(&mut self, na: Timestamp) {
        self.kontakt = Some(na);
        self.maalere.register_kontakt.get_or_create(&self.merke()).set(na.as_second());
        for alarm in [Alarm::Borte, Alarm::Uleselig, Alarm::Avviser] {
            self.senk(alarm);
        }
    }

    /// Where reading goes on.
    pub fn sted(&self, neste: i64) {
        self.maalere.register_sted.get_or_create(&self.merke()).set(neste);
    }

    /// The feed showed an event of this time. A time ahead of our clock counts as now: it must not hide silence to come.
    pub fn hendelse(&mut self, ajourhold: Timestamp, na: Timestamp) {
        let ajourhold = ajourhold.min(na);
        if self.ajourhold.is_none_or(|nyeste| nyeste < ajourhold) {
            self.ajourhold = Some(ajourhold);
            self.maalere.register_hendelse.get_or_create(&self.merke()).set(ajourhold.as_second());
        }
    }

    /// The feed is followed from its newest event: what was seen before says nothing of how fresh it is.
    pub fn forfra(&mut self, na: Timestamp) {
        (self.fra, self.ajourhold) = (na, None);
    }

    /// Everything that the feed has shown is read.
    pub fn innhentet(&mut self, na: Timestamp) {
        let ferskhet = SignedDuration::try_from(self.register.ferskhet).unwrap_or(SignedDuration::MAX);
        if na.duration_since(self.ajourhold.unwrap_or(self.fra)) > ferskhet {
            self.los_ut(Alarm::Foreldet);
        } else {
            self.senk(Alarm::Foreldet);
        }
    }

    /// The register could not be used.
    pub fn feil(&mut self, feil: &SourceError, na: Timestamp) {
        let alarm = match feil {
            SourceError::Denied { .. } => return self.los_ut(Alarm::Avviser),
            SourceError::Unreachable { .. } | SourceError::Throttled { .. } => Alarm::Borte,
            SourceError::Malformed { .. } | SourceError::Torn { .. } => Alarm::Uleselig,
        };
        if na.duration_since(self.kontakt.unwrap_or(self.fra)) >= UTEN_KONTAKT {
            self.los_ut(alarm);
        }
    }

    pub fn har(&self, alarm: Alarm) -> bool {
        self.utlost.contains(&alarm)
    }

    /// Raises an alarm, once.
    pub fn los_ut(&mut self, alarm: Alarm) {
        if self.utlost.insert(alarm) {
            self.mal(alarm, 1);
            let Register { tenant, navn, .. } = &self.register;
            tracing::error!(%tenant, register = %navn, alarm = alarm.kode(), "{}", alarm.tekst());
        }
    }

    /// Clears an alarm, if it was raised.
    pub fn senk(&mut self, alarm: Alarm) {
        if self.utlost.remove(&alarm) {
            self.mal(alarm, 0);
            let Register { tenant, navn, .. } = &self.register;
            tracing::info!(%tenant, register = %navn, alarm = alarm.kode(), "the alarm is over");
        }
    }

    fn merke(&self) -> Kildemerke {
        Kildemerke { tenant: self.register.tenant.to_string(), kilde: self.register.navn.to_string() }
    }

    fn mal(&self, alarm: Alarm, verdi: i64) {
        let Kildemerke { tenant, kilde } = self.merke();
        let merke = Alarmmerke { tenant, kilde, reason: alarm.kode() };
        self.maalere.register_alarm.get_or_create(&merke).set(verdi);
    }
}
