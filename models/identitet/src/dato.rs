//! The date in a number: what is added to day and month, whether the day exists, and the year it hints at.

use crate::{Grunnlag, Serie};

/// What is added to the month, in the order in which the series are tried. +65 comes before +60: where both give a month
/// (66 to 72), the number is taken for Norsk helsenett's unless the day exists only with the other.
const SERIER: [(Serie, u8); 6] = [
    (Serie::Ekte, 0),
    (Serie::Tenor, 80),
    (Serie::NavDollyEllerH, 40),
    (Serie::Nhn65, 65),
    (Serie::NavNpid, 20),
    (Serie::NavNpidSynt, 60),
];

/// What the first six digits came to.
pub(crate) enum Datofelt {
    /// A date that exists, in this series.
    Finnes(Grunnlag, Serie),
    /// The month belongs to a series, the day does not exist.
    FeilDag,
    /// The month belongs to no series.
    UkjentSerie,
}

/// Reads day, month and year of the century, each two digits.
pub(crate) fn les(dag: u8, maned: u8, ar: u8) -> Datofelt {
    let (grunnlag, dag) = if dag > 40 { (Grunnlag::Dnr, dag - 40) } else { (Grunnlag::Fnr, dag) };
    let mut felt = Datofelt::UkjentSerie;
    for (serie, tillegg) in SERIER {
        match maned.checked_sub(tillegg) {
            Some(maned @ 1..=12) if (1..=dager(maned, ar)).contains(&dag) => return Datofelt::Finnes(grunnlag, serie),
            Some(1..=12) => felt = Datofelt::FeilDag,
            _ => {}
        }
    }
    felt
}

/// Days of the month. The century is only hinted at and from 2032 not even that, so 29 February of year 00 is let in for
/// the sake of 2000.
const fn dager(maned: u8, ar: u8) -> u8 {
    match maned {
        2 if ar.is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The birth year by the series of individual numbers, for numbers of the 1964 rule. A hint: a person's birth date may
/// differ from the number's, and D-numbers given out before November 2021 used the series of fødselsnummer.
pub(crate) const fn fodselsaar(grunnlag: Grunnlag, ar: u8, individ: u16) -> Option<i32> {
    let arhundre = match (grunnlag, individ, ar) {
        (Grunnlag::Fnr, 0..=499, _) => 1900,
        (Grunnlag::Fnr, 500..=999, 0..=39) => 2000,
        (Grunnlag::Fnr, 900..=999, 40..=99) => 1900,
        (Grunnlag::Fnr, 500..=749, 54..=99) => 1800,
        (Grunnlag::Dnr, 0..=199, 0..=39) => 1900,
        (Grunnlag::Dnr, 200..=999, 0..=39) => 2000,
        (Grunnlag::Dnr, 0..=499 | 600..=999, 40..=99) => 1900,
        (Grunnlag::Dnr, 500..=599, 58..=99) => 1800,
        _ => return None,
    };
    Some(arhundre + ar as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn centuries_follow_the_two_tables() {
        use Grunnlag::{Dnr, Fnr};
        for (grunnlag, ar, individ, ventet) in [
            (Fnr, 10, 988, Some(2010)),
            (Fnr, 10, 500, Some(2010)),
            (Fnr, 10, 499, Some(1910)),
            (Fnr, 0, 500, Some(2000)),
            (Fnr, 39, 999, Some(2039)),
            (Fnr, 40, 999, Some(1940)),
            (Fnr, 54, 749, Some(1854)),
            (Fnr, 53, 749, None),
            (Fnr, 54, 750, None),
            (Fnr, 99, 899, None),
            (Dnr, 10, 199, Some(1910)),
            (Dnr, 10, 200, Some(2010)),
            (Dnr, 40, 499, Some(1940)),
            (Dnr, 40, 610, Some(1940)),
            (Dnr, 58, 500, Some(1858)),
            (Dnr, 57, 599, None),
        ] {
            assert_eq!(fodselsaar(grunnlag, ar, individ), ventet, "{grunnlag:?} {ar} {individ}");
        }
    }

    #[test]
    fn every_series_has_its_months_and_no_others() {
        let serie = |maned| match les(15, maned, 10) {
            Datofelt::Finnes(_, serie) => Some(serie),
            _ => None,
        };
        for maned in 0..100 {
            let ventet = match maned {
                1..=12 => Some(Serie::Ekte),
                21..=32 => Some(Serie::NavNpid),
                41..=52 => Some(Serie::NavDollyEllerH),
                61..=65 => Some(Serie::NavNpidSynt),
                66..=77 => Some(Serie::Nhn65),
                81..=92 => Some(Serie::Tenor),
                _ => None,
            };
            assert_eq!(serie(maned), ventet, "{maned}");
        }
    }

    #[test]
    fn the_overlap_of_two_series_goes_to_the_one_whose_day_exists() {
        // 67 is February with +65 and July with +60.
        assert!(matches!(les(28, 67, 10), Datofelt::Finnes(Grunnlag::Fnr, Serie::Nhn65)));
        assert!(matches!(les(30, 67, 10), Datofelt::Finnes(Grunnlag::Fnr, Serie::NavNpidSynt)));
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let finnes = |dag, maned, ar| matches!(les(dag, maned, ar), Datofelt::Finnes(..));
        for (dag, maned, ar, ventet) in [
            (29, 82, 12, true),
            (29, 82, 11, false),
            (29, 82, 0, true),
            (69, 82, 12, true),
            (31, 84, 10, false),
            (71, 81, 10, true),
            (72, 81, 10, false),
            (40, 81, 10, false),
            (0, 81, 10, false),
        ] {
            assert_eq!(finnes(dag, maned, ar), ventet, "{dag} {maned} {ar}");
        }
    }
}
