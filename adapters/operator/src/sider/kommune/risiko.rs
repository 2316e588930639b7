//! In which order schools need somebody: what may go wrong by the deadline, and how near it is. Pure.

use elevliste::{Godkjenning, Skolestatus, oslo};
use jiff::{Timestamp, Unit};
use runtime::utsikt::{Bokstand, Sammendrag};

/// What counts about a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stand {
    pub(super) status: Skolestatus,
    /// The ledger cannot be trusted.
    pub(super) brutt: bool,
    /// Its school system does not answer.
    pub(super) stum: bool,
    /// There is something that only a person can do.
    pub(super) oppgave: bool,
    /// Nothing is in the way, and the round has it that whoever looks at the page approves.
    pub(super) venter: bool,
    /// Changes that the intake office must be told.
    pub(super) ettermeldinger: u32,
    /// Whole days to the deadline; below nought when it has passed.
    pub(super) dager: Option<i32>,
}

/// How a school is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gruppe {
    /// Waits for the reader's approval.
    Venter,
    /// Somebody must do something, or find something out.
    Folges,
    /// Nothing is in the way.
    Klar,
    /// The county has the list.
    Levert,
}

impl Gruppe {
    pub(super) const ALLE: [Self; 4] = [Self::Venter, Self::Folges, Self::Klar, Self::Levert];

    /// The word in addresses.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Venter => "venter",
            Self::Folges => "folges",
            Self::Klar => "klare",
            Self::Levert => "levert",
        }
    }
}

impl Stand {
    pub(super) fn av(liste: &Sammendrag, (stum, kan_godkjenne): (bool, bool), na: Timestamp) -> Self {
        let kommunens = liste.runde.as_ref().is_some_and(|runde| runde.godkjenning == Godkjenning::Kommune);
        Self {
            status: liste.status,
            brutt: liste.bok != Bokstand::Hel,
            stum,
            oppgave: liste.oppgave.is_some(),
            venter: liste.status == Skolestatus::Klar && kommunens && kan_godkjenne,
            ettermeldinger: liste.ettermeldinger,
            dager: liste.stenger.map(|stenger| dager(stenger, na)),
        }
    }

    pub(super) const fn gruppe(self) -> Gruppe {
        match self.status {
            _ if self.brutt || self.oppgave => Gruppe::Folges,
            _ if self.venter && !self.stum => Gruppe::Venter,
            Skolestatus::Mottatt => Gruppe::Levert,
            // What is approved needs its source no more; what is not may be old.
            Skolestatus::Godkjent | Skolestatus::Sendes => Gruppe::Klar,
            Skolestatus::Klar if !self.stum => Gruppe::Klar,
            _ => Gruppe::Folges,
        }
    }

    /// The higher, the sooner somebody should look. What is wrong counts most; that time runs out can lift a school above
    /// one that has something worse and weeks to put it right.
    pub(super) fn risiko(self) -> u32 {
        let grunn = match self.status {
            _ if self.brutt => 120,
            Skolestatus::Uavklart => 110,
            _ if self.oppgave => 105,
            Skolestatus::Avvist => 100,
            // The deadline has passed: only the county can do something. What may have arrived is still worse to leave.
            Skolestatus::Stengt => return 130,
            // Nobody else can bring it further.
            Skolestatus::Klar if self.venter => 90,
            Skolestatus::Avvik if self.stum => 88,
            Skolestatus::Avvik => 85,
            Skolestatus::Samles if self.stum => 80,
            Skolestatus::Klar if self.stum => 72,
            Skolestatus::Samles => 70,
            Skolestatus::Klar => 50,
            Skolestatus::Godkjent | Skolestatus::Sendes => 20,
            Skolestatus::Mottatt if self.ettermeldinger > 0 => return 15,
            Skolestatus::Mottatt => return 0,
        };
        grunn + self.dager.map_or(0, hast)
    }
}

/// What the time that is left adds.
const fn hast(dager: i32) -> u32 {
    match dager {
        ..=0 => 30,
        1 => 24,
        2 => 18,
        3 => 14,
        4..=7 => 8,
        8..=14 => 3,
        _ => 0,
    }
}

/// Whole days, by Norwegian calendars, to the last day on which something can be sent.
fn dager(stenger: Timestamp, na: Timestamp) -> i32 {
    let siste = stenger.checked_sub(jiff::Span::new().seconds(1)).unwrap_or(stenger).to_zoned(oslo()).date();
    na.to_zoned(oslo()).date().until((Unit::Day, siste)).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Skolestatus as S;

    const fn stand(status: Skolestatus) -> Stand {
        Stand { status, brutt: false, stum: false, oppgave: false, venter: false, ettermeldinger: 0, dager: Some(20) }
    }

    #[test]
    fn what_is_worse_stands_first_while_there_is_time() {
        let stum = |status| Stand { stum: true, ..stand(status) };
        let rekke = [
            stand(S::Stengt),
            Stand { brutt: true, ..stand(S::Klar) },
            stand(S::Uavklart),
            stand(S::Avvist),
            Stand { venter: true, ..stand(S::Klar) },
            stum(S::Avvik),
            stand(S::Avvik),
            stum(S::Klar),
            stand(S::Klar),
            stand(S::Godkjent),
            Stand { ettermeldinger: 1, ..stand(S::Mottatt) },
            stand(S::Mottatt),
        ];
        assert!(rekke.is_sorted_by(|a, b| a.risiko() > b.risiko()), "{:?}", rekke.map(Stand::risiko));
    }

    #[test]
    fn a_deadline_today_lifts_what_is_only_not_approved_above_a_silent_source_with_weeks_left() {
        let i_dag = Stand { dager: Some(0), ..stand(S::Klar) };
        assert!(i_dag.risiko() > Stand { stum: true, ..stand(S::Klar) }.risiko());
        assert!(Stand { dager: Some(0), ..stand(S::Avvik) }.risiko() > stand(S::Uavklart).risiko());
        assert_eq!(
            Stand { dager: Some(0), ..stand(S::Mottatt) }.risiko(),
            0,
            "time is nothing to whoever has delivered"
        );
        let ute = Stand { dager: Some(-1), ..stand(S::Uavklart) };
        assert!(
            ute.risiko() > Stand { dager: Some(-1), ..stand(S::Stengt) }.risiko(),
            "what may have arrived comes first"
        );
        for dager in -1..30 {
            let med = |dager| Stand { dager: Some(dager), ..stand(S::Klar) }.risiko();
            assert!(med(dager) >= med(dager + 1), "{dager}");
        }
    }

    #[test]
    fn every_school_is_counted_once() {
        for (stand, ventet) in [
            (stand(S::Mottatt), Gruppe::Levert),
            (stand(S::Klar), Gruppe::Klar),
            (Stand { venter: true, ..stand(S::Klar) }, Gruppe::Venter),
            (Stand { venter: true, stum: true, ..stand(S::Klar) }, Gruppe::Folges),
            (stand(S::Godkjent), Gruppe::Klar),
            (stand(S::Sendes), Gruppe::Klar),
            (Stand { stum: true, ..stand(S::Klar) }, Gruppe::Folges),
            (Stand { stum: true, ..stand(S::Mottatt) }, Gruppe::Levert),
            (Stand { oppgave: true, ..stand(S::Mottatt) }, Gruppe::Folges),
            (stand(S::Samles), Gruppe::Folges),
            (stand(S::Avvik), Gruppe::Folges),
            (stand(S::Avvist), Gruppe::Folges),
            (stand(S::Uavklart), Gruppe::Folges),
            (stand(S::Stengt), Gruppe::Folges),
        ] {
            assert_eq!(stand.gruppe(), ventet, "{stand:?}");
        }
    }

    #[test]
    fn days_are_counted_by_norwegian_calendars() {
        let dager = |stenger: &str, na: &str| super::dager(stenger.parse().unwrap(), na.parse().unwrap());
        assert_eq!(dager("2026-11-14T00:00:00+01", "2026-11-09T12:00:00Z"), 4);
        assert_eq!(dager("2026-11-14T00:00:00+01", "2026-11-12T22:59:00Z"), 1);
        assert_eq!(dager("2026-11-14T00:00:00+01", "2026-11-12T23:01:00Z"), 0);
        assert_eq!(dager("2026-11-14T00:00:00+01", "2026-11-14T12:00:00Z"), -1);
    }
}
