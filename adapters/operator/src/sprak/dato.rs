//! Days and times as people say them, by Norwegian clocks.

use super::{Melding, Sprak};
use elevliste::{oslo, siste_minutt};
use jiff::civil::Date;
use jiff::{Timestamp, Unit};

const UKEDAGER: [&str; 7] = ["dag-1", "dag-2", "dag-3", "dag-4", "dag-5", "dag-6", "dag-7"];
const MANEDER: [&str; 12] = [
    "maned-1", "maned-2", "maned-3", "maned-4", "maned-5", "maned-6", "maned-7", "maned-8", "maned-9", "maned-10",
    "maned-11", "maned-12",
];

impl Sprak {
    /// «fredag 13. november»
    pub(crate) fn dag(self, dag: Date) -> Melding {
        let ukedag = UKEDAGER[usize::from(dag.weekday().to_monday_zero_offset().unsigned_abs())];
        let maned = MANEDER[usize::from(dag.month().unsigned_abs()) - 1];
        self.t("dato-dag").s("ukedag", self.t(ukedag)).n("dag", dag.day()).s("maned", self.t(maned))
    }

    /// «13. november 2026»
    pub(crate) fn dato(self, dag: Date) -> Melding {
        let maned = MANEDER[usize::from(dag.month().unsigned_abs()) - 1];
        self.t("dato-dato").n("dag", dag.day()).s("maned", self.t(maned)).s("ar", dag.year())
    }

    /// «fredag 13. november kl. 23.59»: the last minute before `stenger`.
    pub(crate) fn frist(self, stenger: Timestamp) -> Melding {
        let siste = siste_minutt(stenger);
        self.t("dato-frist").s("dag", self.dag(siste.date())).s("kl", siste.strftime("%H.%M"))
    }

    /// «13. november 2026 kl. 10.42»
    pub(crate) fn tid(self, tid: Timestamp) -> Melding {
        let her = tid.to_zoned(oslo());
        self.t("dato-tid").s("dato", self.dato(her.date())).s("kl", her.strftime("%H.%M"))
    }

    /// «10.42» today, the day and the time else.
    pub(crate) fn nar(self, tid: Timestamp, na: Timestamp) -> Melding {
        let (her, na) = (tid.to_zoned(oslo()), na.to_zoned(oslo()));
        if her.date() == na.date() { self.t("dato-i-dag").s("kl", her.strftime("%H.%M")) } else { self.tid(tid) }
    }

    /// «4 dager igjen», «i dag», «i går»: the deadline as seen now.
    pub(crate) fn igjen(self, stenger: Timestamp, na: Timestamp) -> Melding {
        let siste = siste_minutt(stenger).date();
        let dager = na.to_zoned(oslo()).date().until((Unit::Day, siste)).map_or(0, |s| s.get_days());
        if stenger <= na {
            return self.t("dato-over");
        }
        self.t("dato-igjen").n("dager", dager)
    }
}
