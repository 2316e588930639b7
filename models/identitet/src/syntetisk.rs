//! Makes synthetic numbers. It can make no other: every number has 80 added to its month.

use crate::{Art, Grunnlag, Identitetsnummer, Serie, dato, mod11};

/// A Tenor-style number for someone born on this day, or `None` where there is none: the day does not exist, the
/// individual number (0–999) does not belong to the year, or a check digit would be 10. About one individual number in six
/// is lost to the check digits; try the next.
pub fn tenor_nummer(grunnlag: Grunnlag, ar: u16, maned: u8, dag: u8, individ: u16) -> Option<Identitetsnummer> {
    let to_sifret = u8::try_from(ar % 100).ok()?;
    if !(1..=12).contains(&maned) || !(1..=31).contains(&dag) {
        return None;
    }
    if individ > 999 || dato::fodselsaar(grunnlag, to_sifret, individ) != Some(i32::from(ar)) {
        return None;
    }
    let dag = match grunnlag {
        Grunnlag::Fnr => dag,
        Grunnlag::Dnr => dag + 40,
    };
    let ni = format!("{dag:02}{:02}{to_sifret:02}{individ:03}", maned + 80);
    let sifre: [u8; 9] = ni.as_bytes().try_into().ok()?;
    let [k1, k2] = mod11::kontrollsifre(&sifre.map(|siffer| siffer - b'0'))?;
    let nummer: Identitetsnummer = format!("{ni}{k1}{k2}").parse().ok()?;
    (nummer.art() == Art::Dato(grunnlag, Serie::Tenor)).then_some(nummer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Regime;
    use proptest::prelude::*;

    #[test]
    fn a_known_number_is_made_again() {
        let nummer = tenor_nummer(Grunnlag::Fnr, 2009, 2, 5, 988).unwrap();
        assert_eq!(nummer.verdi().vis(), "05820998865");
    }

    #[test]
    fn days_and_series_that_do_not_exist_give_nothing() {
        for (ar, maned, dag, individ) in [
            (2010, 2, 29, 988),
            (2010, 0, 1, 988),
            (2010, 13, 1, 988),
            (2010, 1, 0, 988),
            (2010, 1, 1, 1988),
            (2010, 1, 1, 100),
            (65535, 1, 1, 500),
        ] {
            assert_eq!(tenor_nummer(Grunnlag::Fnr, ar, maned, dag, individ), None, "{ar} {maned} {dag} {individ}");
        }
    }

    proptest! {
        #[test]
        fn what_is_made_is_what_was_asked_for(ar in 1940u16..2040, maned in 1u8..=12, dag in 1u8..=31, individ in 0u16..1000, d: bool) {
            let grunnlag = if d { Grunnlag::Dnr } else { Grunnlag::Fnr };
            if let Some(nummer) = tenor_nummer(grunnlag, ar, maned, dag, individ) {
                prop_assert_eq!(nummer.art(), Art::Dato(grunnlag, Serie::Tenor));
                prop_assert_eq!(nummer.klassifisering().regime(), Some(Regime::R1964));
                prop_assert_eq!(nummer.klassifisering().fodselsaar(), Some(i32::from(ar)));
            }
        }

        #[test]
        fn nearly_every_day_has_numbers_enough_for_a_school(ar in 2009u16..=2012, maned in 1u8..=12, dag in 1u8..=28) {
            let antall = (500..1000).filter(|i| tenor_nummer(Grunnlag::Fnr, ar, maned, dag, *i).is_some()).count();
            prop_assert!(antall > 380, "{}", antall);
        }
    }
}
