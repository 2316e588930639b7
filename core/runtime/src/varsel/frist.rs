//! Who is reminded, and when. Pure: the time is handed in.
//!
//! A reminder is given at eight in the morning, Norwegian time, so many days before the last day. Who was down then gives
//! the most recent one that was missed, and no other.

use elevliste::{Eier, Innsamling, Paminnelse, Skolestatus, Varselslag, oslo};
use jiff::{Timestamp, ToSpan as _, civil::time};

/// When on the day.
const KLOKKEN: i8 = 8;
/// So many days before the last day the municipality is told too.
const KOMMUNEN: u32 = 2;

/// A reminder that is due: how it is remembered, and what is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forfalt {
    pub husk: Paminnelse,
    pub varsler: Vec<Varselslag>,
}

/// What is due at `na` for a list that stands so, when `gitt` have been given.
pub(super) fn forfalt(runde: &Innsamling, status: Skolestatus, gitt: &[Paminnelse], na: Timestamp) -> Option<Forfalt> {
    let frist = runde.siste_dag();
    // What is on its way will be known in a moment, as accepted or as something else.
    if matches!(status, Skolestatus::Mottatt | Skolestatus::Sendes) {
        return None;
    }
    if runde.stenger <= na {
        let husk = Paminnelse { frist, dager: None };
        let varsler = vec![Varselslag::IkkeLevert { frist }];
        return (!gitt.contains(&husk)).then_some(Forfalt { husk, varsler });
    }
    let nadde = runde.paminnelser.iter().filter(|dager| tidspunkt(runde, **dager).is_some_and(|t| t <= na));
    let nominelt = *nadde.min()?;
    let gitt = gitt.iter().filter(|p| p.frist == frist).filter_map(|p| p.dager);
    if gitt.min().is_some_and(|siste| siste <= nominelt) {
        return None;
    }
    let igjen = na.to_zoned(oslo()).date().until(frist).map_or(0, |spenn| spenn.get_days());
    let dager = u32::try_from(igjen).unwrap_or(0);
    let husk = Paminnelse { frist, dager: Some(nominelt) };
    let varsler = eiere(dager).iter().map(|eier| Varselslag::Paminnelse { frist, dager, eier: *eier }).collect();
    Some(Forfalt { husk, varsler })
}

const fn eiere(dager: u32) -> &'static [Eier] {
    match dager {
        0 => &[Eier::Skole, Eier::Kommune, Eier::Fylke],
        1..=KOMMUNEN => &[Eier::Skole, Eier::Kommune],
        _ => &[Eier::Skole],
    }
}

/// The first moment after `na` at which time alone may change something: the round opens, somebody is reminded, the round
/// closes.
pub(super) fn neste(runde: &Innsamling, na: Timestamp) -> Option<Timestamp> {
    let paminnelser = runde.paminnelser.iter().filter_map(|dager| tidspunkt(runde, *dager));
    paminnelser.chain([runde.apner, runde.stenger]).filter(|t| *t > na).min()
}

/// When the reminder so many days before the last day is given; never outside the round.
fn tidspunkt(runde: &Innsamling, dager: u32) -> Option<Timestamp> {
    let dag = runde.siste_dag().checked_sub(i64::from(dager).days()).ok()?;
    let tid = oslo().to_timestamp(dag.to_datetime(time(KLOKKEN, 0, 0, 0))).ok()?;
    (runde.apner <= tid && tid < runde.stenger).then_some(tid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::Godkjenning;

    fn t(tekst: &str) -> Timestamp {
        tekst.parse().unwrap()
    }

    fn runde(apner: &str, stenger: &str) -> Innsamling {
        let (fylke, skolear) = ("46".parse().unwrap(), "2026-2027".parse().unwrap());
        Innsamling::ny(fylke, skolear, (t(apner), t(stenger)), Godkjenning::Skole)
    }

    /// The days that are left and who is told; neither, when it is over.
    type Sagt = Vec<(Option<u32>, Option<Eier>)>;

    /// Looks every quarter of an hour, as the clock goes.
    fn aret(runde: &Innsamling, fra: &str, til: &str) -> Vec<(String, Sagt)> {
        let (mut na, mut gitt, mut ut) = (t(fra), vec![], vec![]);
        while na < t(til) {
            if let Some(Forfalt { husk, varsler }) = forfalt(runde, Skolestatus::Klar, &gitt, na) {
                let sagt = varsler.iter().map(|v| match v {
                    Varselslag::Paminnelse { dager, eier, .. } => (Some(*dager), Some(*eier)),
                    _ => (None, None),
                });
                ut.push((na.to_zoned(oslo()).strftime("%F %H:%M %:z").to_string(), sagt.collect()));
                gitt.push(husk);
            }
            na += 15.minutes();
        }
        ut
    }

    #[test]
    fn everybody_is_reminded_at_eight_across_the_change_of_the_clock() {
        // The clock goes back on 25 October: T-14 is summer time, the rest is not.
        let runde = runde("2026-10-01T00:00:00+02", "2026-10-31T23:59:59+01");
        let ventet = [
            ("2026-10-17 08:00 +02:00", vec![(Some(14), Some(Eier::Skole))]),
            ("2026-10-24 08:00 +02:00", vec![(Some(7), Some(Eier::Skole))]),
            ("2026-10-29 08:00 +01:00", vec![(Some(2), Some(Eier::Skole)), (Some(2), Some(Eier::Kommune))]),
            ("2026-10-31 08:00 +01:00", [Eier::Skole, Eier::Kommune, Eier::Fylke].map(|e| (Some(0), Some(e))).into()),
            ("2026-11-01 00:00 +01:00", vec![(None, None)]),
        ];
        let ventet: Vec<_> = ventet.into_iter().map(|(t, v)| (t.to_owned(), v)).collect();
        assert_eq!(aret(&runde, "2026-09-25T00:00:00Z", "2026-11-20T00:00:00Z"), ventet);
    }

    #[test]
    fn who_was_down_gives_only_the_most_recent_one_with_the_days_that_are_left() {
        let runde = runde("2026-10-01T00:00:00+02", "2026-11-13T23:59:59+01");
        let na = t("2026-11-09T12:00:00+01");
        let Forfalt { husk, varsler } = forfalt(&runde, Skolestatus::Avvik, &[], na).unwrap();
        assert_eq!(husk.dager, Some(7));
        let frist = runde.siste_dag();
        assert_eq!(varsler, [Varselslag::Paminnelse { frist, dager: 4, eier: Eier::Skole }]);
        assert_eq!(forfalt(&runde, Skolestatus::Avvik, &[husk], na), None);
        let etter = forfalt(&runde, Skolestatus::Stengt, &[], t("2026-12-01T00:00:00Z")).unwrap();
        assert_eq!(etter.varsler, [Varselslag::IkkeLevert { frist }]);
    }

    #[test]
    fn an_extended_round_reminds_anew_and_a_delivered_list_is_left_alone() {
        let kort = runde("2026-10-01T00:00:00+02", "2026-11-13T23:59:59+01");
        let lang = Innsamling { stenger: t("2026-11-20T23:59:59+01"), ..kort.clone() };
        let na = t("2026-11-13T09:00:00+01");
        let forst = forfalt(&kort, Skolestatus::Klar, &[], na).unwrap();
        let igjen = forfalt(&lang, Skolestatus::Klar, std::slice::from_ref(&forst.husk), na).unwrap();
        assert_eq!((igjen.husk.dager, igjen.husk.frist), (Some(7), lang.siste_dag()));
        assert_eq!(forfalt(&kort, Skolestatus::Klar, &[forst.husk, igjen.husk], na), None, "and back: not again");
        for status in [Skolestatus::Mottatt, Skolestatus::Sendes] {
            assert_eq!(forfalt(&lang, status, &[], t("2026-12-01T00:00:00Z")), None);
        }
    }

    #[test]
    fn nobody_is_reminded_before_the_round_opens_or_after_it_has_closed() {
        // It opens five days before it closes, and closes at six in the morning of its last day.
        let runde = runde("2026-11-08T00:00:00+01", "2026-11-13T06:00:00+01");
        assert_eq!(forfalt(&runde, Skolestatus::Klar, &[], t("2026-11-09T00:00:00+01")), None);
        let tider: Vec<_> =
            aret(&runde, "2026-10-01T00:00:00Z", "2026-12-01T00:00:00Z").into_iter().map(|(t, _)| t).collect();
        assert_eq!(tider, ["2026-11-11 08:00 +01:00", "2026-11-13 06:00 +01:00"]);
        let mut na = t("2026-10-01T00:00:00Z");
        let mut rekke = vec![];
        while let Some(neste) = neste(&runde, na) {
            rekke.push(neste);
            na = neste;
        }
        assert_eq!(rekke, [runde.apner, t("2026-11-11T07:00:00Z"), runde.stenger]);
    }
}
