//! Fylker and kommuner, with the time they are in force.

use crate::{Fylkesnummer, Kommunenummer};
use jiff::civil::{Date, date};
use std::sync::LazyLock;

/// The time a code is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gyldighet {
    /// First day.
    pub fra: Date,
    /// Last day, or none while it is in force.
    pub til: Option<Date>,
}

impl Gyldighet {
    /// Whether the code is in force on a day.
    pub fn gjelder(&self, dag: Date) -> bool {
        self.fra <= dag && self.til.is_none_or(|til| dag <= til)
    }
}

/// The division of the country that both tables describe. It is the date of the latest reform, not of each unit: Oslo is
/// older than 2024, but a table that says so has not been collected.
const INNDELING_2024: Gyldighet = Gyldighet { fra: date(2024, 1, 1), til: None };

/// A county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fylke {
    /// Its number.
    pub nummer: Fylkesnummer,
    /// Its Norwegian name.
    pub navn: &'static str,
    /// All its official names, in their official order: Norwegian, Sámi, Kven.
    pub navneformer: Vec<&'static str>,
    /// When it is in force.
    pub gyldighet: Gyldighet,
}

/// A municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kommune {
    /// Its number.
    pub nummer: Kommunenummer,
    /// Its full official name, with all forms: `Guovdageaidnu - Kautokeino`.
    pub navn: &'static str,
    /// The forms of the name, one by one, in their official order.
    pub navneformer: Vec<&'static str>,
    /// When it is in force.
    pub gyldighet: Gyldighet,
}

impl Kommune {
    /// The county that it lies in.
    pub const fn fylke(&self) -> Fylkesnummer {
        self.nummer.fylke()
    }

    /// Whether this is one of its names, whatever the case: VIGO writes `ÅS`.
    pub fn heter(&self, navn: &str) -> bool {
        let sokt = navn.trim().to_lowercase();
        self.navn.to_lowercase() == sokt || self.navneformer.iter().any(|form| form.to_lowercase() == sokt)
    }
}

static FYLKER: LazyLock<Vec<Fylke>> = LazyLock::new(|| {
    crate::tabell::rader::<2>(include_str!("../data/fylker.csv"))
        .map(|[navn, nummer]| {
            let navneformer: Vec<_> = navn.split(" - ").collect();
            Fylke {
                nummer: nummer.parse().expect("the embedded table is checked by a test"),
                navn: navneformer[0],
                navneformer,
                gyldighet: INNDELING_2024,
            }
        })
        .collect()
});

static KOMMUNER: LazyLock<Vec<Kommune>> = LazyLock::new(|| {
    crate::tabell::rader::<2>(include_str!("../data/kommuner.csv"))
        .map(|[navn, nummer]| Kommune {
            nummer: nummer.parse().expect("the embedded table is checked by a test"),
            navn,
            navneformer: navn.split(" - ").collect(),
            gyldighet: INNDELING_2024,
        })
        .collect()
});

/// The counties in force, by number.
pub fn fylker() -> &'static [Fylke] {
    &FYLKER
}

/// The municipalities in force, by number.
pub fn kommuner() -> &'static [Kommune] {
    &KOMMUNER
}

/// The county with this number, if it is in force.
pub fn fylke(nummer: Fylkesnummer) -> Option<&'static Fylke> {
    FYLKER.binary_search_by_key(&nummer, |fylke| fylke.nummer).ok().map(|plass| &FYLKER[plass])
}

/// The municipality with this number, if it is in force.
pub fn kommune(nummer: Kommunenummer) -> Option<&'static Kommune> {
    KOMMUNER.binary_search_by_key(&nummer, |kommune| kommune.nummer).ok().map(|plass| &KOMMUNER[plass])
}

/// The numbers that a county's intake office may have put into fictitious numbers: its own, and those of the counties that it
/// was made from. Which series the offices have used since 2024 is not published, so every number since 1972 is here.
const NUMRE: [(&str, &[&str]); 15] = [
    ("03", &["03"]),
    ("11", &["11"]),
    ("15", &["15"]),
    ("18", &["18"]),
    ("31", &["31", "01", "30"]),
    ("32", &["32", "02", "30"]),
    ("33", &["33", "06", "30"]),
    ("34", &["34", "04", "05"]),
    ("39", &["39", "07", "38"]),
    ("40", &["40", "08", "38"]),
    ("42", &["42", "09", "10"]),
    ("46", &["46", "12", "14"]),
    ("50", &["50", "16", "17"]),
    ("55", &["55", "19", "54"]),
    ("56", &["56", "20", "54"]),
];

/// Every number that the county has or has had; none where the county is not in force.
pub fn fylkets_numre(fylke: Fylkesnummer) -> Option<&'static [&'static str]> {
    NUMRE.iter().find(|(nummer, _)| *nummer == fylke.as_str()).map(|(_, numre)| *numre)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_have_each_number_once() {
        assert!(fylker().is_sorted_by(|a, b| a.nummer < b.nummer));
        assert!(kommuner().is_sorted_by(|a, b| a.nummer < b.nummer));
    }

    #[test]
    fn the_country_has_15_counties_and_357_municipalities() {
        let antall: Vec<_> = fylker()
            .iter()
            .map(|f| (f.nummer.to_string(), kommuner().iter().filter(|k| k.fylke() == f.nummer).count()))
            .collect();
        let ventet = [
            ("03", 1),
            ("11", 23),
            ("15", 27),
            ("18", 41),
            ("31", 12),
            ("32", 21),
            ("33", 18),
            ("34", 46),
            ("39", 6),
            ("40", 17),
            ("42", 25),
            ("46", 43),
            ("50", 38),
            ("55", 21),
            ("56", 18),
        ];
        assert_eq!(antall, ventet.map(|(nummer, antall)| (nummer.to_owned(), antall)));
        assert_eq!(kommuner().len(), 357);
    }

    #[test]
    fn names_keep_their_letters_and_all_their_forms() {
        let kautokeino = kommune("5612".parse().unwrap()).unwrap();
        assert_eq!(kautokeino.navn, "Guovdageaidnu - Kautokeino");
        assert_eq!(kautokeino.navneformer, ["Guovdageaidnu", "Kautokeino"]);
        assert!(kautokeino.heter("KAUTOKEINO") && kautokeino.heter("Guovdageaidnu - Kautokeino"));
        assert!(!kautokeino.heter("Karasjok"));
        assert!(kommune("3218".parse().unwrap()).unwrap().heter("ÅS"));
        assert_eq!(fylke("55".parse().unwrap()).unwrap().navneformer, ["Troms", "Romsa", "Tromssa"]);
        assert_eq!(fylke("56".parse().unwrap()).unwrap().navn, "Finnmark");
    }

    #[test]
    fn numbers_from_before_2024_are_unknown() {
        for nummer in ["02", "12", "30", "38", "54", "99"] {
            assert_eq!(fylke(nummer.parse().unwrap()), None, "{nummer}");
        }
        for nummer in ["1201", "3021", "5401", "0000"] {
            assert_eq!(kommune(nummer.parse().unwrap()), None, "{nummer}");
        }
        assert_eq!(kommune("0301".parse().unwrap()).unwrap().navn, "Oslo");
    }

    #[test]
    fn every_county_has_its_own_number_and_those_before_it() {
        for fylke in fylker() {
            let numre = fylkets_numre(fylke.nummer).unwrap();
            assert_eq!(numre[0], fylke.nummer.as_str());
            assert!(numre.iter().all(|nr| nr.len() == 2));
        }
        assert_eq!(fylkets_numre("46".parse().unwrap()), Some(["46", "12", "14"].as_slice()));
        assert_eq!(fylkets_numre("12".parse().unwrap()), None);
        assert_eq!(NUMRE.len(), fylker().len());
    }

    #[test]
    fn validity_has_both_ends_inside() {
        let gyldighet = Gyldighet { fra: date(2024, 1, 1), til: Some(date(2024, 12, 31)) };
        assert!(!gyldighet.gjelder(date(2023, 12, 31)));
        assert!(gyldighet.gjelder(date(2024, 1, 1)) && gyldighet.gjelder(date(2024, 12, 31)));
        assert!(!gyldighet.gjelder(date(2025, 1, 1)));
        assert!(fylker()[0].gyldighet.gjelder(date(2099, 1, 1)));
    }
}
