//! What a municipality looks like before it is filled, with presets.

use super::{Feilmengde, navn::skolenavn, nummer::oppdiktet_orgnr};

/// The school year of the presets: 2026/27. Set [`GeneratorConfig::skolear`] for another.
pub const STANDARD_SKOLEAR: i16 = 2026;

/// One school before it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkoleOppsett {
    /// Nine digits.
    pub orgnr: String,
    /// Name.
    pub navn: String,
    /// VIGO's number, for schools with tenth grade.
    pub skolenummer: Option<String>,
    /// Lowest grade.
    pub trinn_fra: u8,
    /// Highest grade.
    pub trinn_til: u8,
    /// Pupils per grade.
    pub per_trinn: u16,
}

/// Everything that decides what [`super::Kommune::generer`] makes.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneratorConfig {
    /// The seed.
    pub seed: u64,
    /// Four digits.
    pub kommunenummer: String,
    /// Name.
    pub navn: String,
    /// The municipality's organisation number.
    pub orgnr: String,
    /// Tenant name in Vigilo.
    pub domene: String,
    /// First calendar year of the school year.
    pub skolear: i16,
    /// The schools.
    pub skoler: Vec<SkoleOppsett>,
    /// Flaws to plant.
    pub feil: Feilmengde,
    /// How many per cent a school's grades may be larger or smaller than planned.
    pub variasjon: u16,
    /// Share of pupils with a guardian in the system, 0 to 1.
    pub foresatte_andel: f64,
    /// Where in the walk of identity numbers the municipality begins; keep stretches of one seed apart.
    pub nummer_fra: u32,
}

/// Municipal schools in Bergen's series of VIGO numbers, with their organisation numbers.
const BERGEN: [(&str, &str); 26] = [
    ("46500", "974737884"),
    ("46501", "974737817"),
    ("46502", "980155307"),
    ("46503", "974738473"),
    ("46504", "974738015"),
    ("46505", "974738368"),
    ("46506", "874738522"),
    ("46507", "974738252"),
    ("46508", "974738449"),
    ("46509", "874738042"),
    ("46510", "974738481"),
    ("46511", "974738031"),
    ("46512", "974738309"),
    ("46513", "874737852"),
    ("46514", "974737906"),
    ("46515", "974738791"),
    ("46516", "974738635"),
    ("46517", "974738414"),
    ("46518", "874737992"),
    ("46519", "974738600"),
    ("46520", "992584602"),
    ("46521", "974737833"),
    ("46522", "979276028"),
    ("46523", "974738457"),
    ("46524", "974738619"),
    ("46525", "974738643"),
];

/// Three numbers from Vestland's municipal series; that these are Voss's own is not claimed.
const VOSS: [(&str, &str); 3] = [("46658", "975276163"), ("46659", "975289710"), ("46660", "975276147")];

/// The pilot's example school.
const LITEN: (&str, &str) = ("46505", "974738368");

impl GeneratorConfig {
    /// A municipality without schools; add them to `skoler`.
    pub fn ny(seed: u64, kommunenummer: &str, navn: &str, orgnr: &str, domene: &str) -> Self {
        Self {
            seed,
            kommunenummer: kommunenummer.into(),
            navn: navn.into(),
            orgnr: orgnr.into(),
            domene: domene.into(),
            skolear: STANDARD_SKOLEAR,
            skoler: Vec::new(),
            feil: Feilmengde::handfull(),
            variasjon: 15,
            foresatte_andel: 0.1,
            nummer_fra: 0,
        }
    }

    /// Bergen: 26 schools with tenth grade (8 of them from first grade), and primary schools.
    pub fn bergen(seed: u64) -> Self {
        let mut config = Self::ny(seed, "4601", "Bergen", "964338531", "bergen.kommune.no");
        config.skoler_med_tiende(&BERGEN, 8, 60, 140);
        config.barneskoler(62, 42, 0);
        config
    }

    /// Voss: 3 schools with tenth grade, one of them from first grade, and primary schools.
    pub fn voss(seed: u64) -> Self {
        let mut config = Self::ny(seed, "4621", "Voss", "960510542", "voss.herad.no");
        config.nummer_fra = 20_000;
        config.skoler_med_tiende(&VOSS, 1, 40, 70);
        config.barneskoler(6, 22, 100);
        config
    }

    /// One lower-secondary school with two classes in tenth grade and no flaws.
    pub fn liten(seed: u64) -> Self {
        let mut config = Self::ny(seed, "4601", "Litlevik", "964338531", "litlevik.kommune.no");
        config.nummer_fra = 40_000;
        config.feil = Feilmengde::ingen();
        config.variasjon = 0;
        config.foresatte_andel = 0.2;
        config.skoler_med_tiende(&[LITEN], 0, 0, 30);
        config
    }

    /// Adds schools with tenth grade; the first `kombinerte` of them have grades 1 to 10, the others 8 to 10.
    pub(super) fn skoler_med_tiende<S: AsRef<str>>(
        &mut self,
        numre: &[(S, S)],
        kombinerte: usize,
        per_trinn_kombinert: u16,
        per_trinn: u16,
    ) {
        for (i, (skolenummer, orgnr)) in numre.iter().enumerate() {
            let kombinert = i < kombinerte;
            self.skoler.push(SkoleOppsett {
                orgnr: orgnr.as_ref().into(),
                navn: skolenavn(i, !kombinert),
                skolenummer: Some(skolenummer.as_ref().into()),
                trinn_fra: if kombinert { 1 } else { 8 },
                trinn_til: 10,
                per_trinn: if kombinert { per_trinn_kombinert } else { per_trinn },
            });
        }
    }

    /// Adds primary schools (grades 1 to 7) with invented organisation numbers from the `orgnr_fra`th on.
    pub(super) fn barneskoler(&mut self, antall: u16, per_trinn: u16, orgnr_fra: u32) {
        let forste = self.skoler.len();
        for i in 0..antall {
            self.skoler.push(SkoleOppsett {
                orgnr: oppdiktet_orgnr(orgnr_fra + u32::from(i)),
                navn: skolenavn(forste + usize::from(i), false),
                skolenummer: None,
                trinn_fra: 1,
                trinn_til: 7,
                per_trinn,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use super::*;
    use crate::generator::{Feiltype, Kommune, bergen, liten, voss};

    #[test]
    fn same_seed_same_municipality() {
        assert!(liten(4) == liten(4));
        assert!(liten(4) != liten(5));
    }

    #[test]
    fn bergen_and_voss_have_the_size_they_should() {
        let bergen = bergen(1);
        assert_eq!(bergen.skoler_med_tiende().count(), 26);
        let tiende = bergen.tiende().count();
        assert!((2_850..=3_150).contains(&tiende), "{tiende}");
        assert!((28_000..=32_000).contains(&bergen.elever.len()), "{}", bergen.elever.len());
        let voss = voss(1);
        assert_eq!(voss.skoler_med_tiende().count(), 3);
        assert!((155..=205).contains(&voss.tiende().count()));

        let planlagt: HashSet<_> = bergen.plantet.iter().filter_map(|p| p.dobbelt).collect();
        let mut sett = HashSet::new();
        for elev in bergen.elever.iter().chain(&voss.elever).filter(|e| !planlagt.contains(&e.id)) {
            if voss.plantet.iter().any(|p| p.dobbelt == Some(elev.id)) {
                continue;
            }
            if let Some(nummer) = &elev.nummer {
                assert!(sett.insert(nummer), "a number was given out twice");
            }
        }
    }

    #[test]
    fn every_flaw_that_is_listed_is_there() {
        let kommune = voss(9);
        let mut antall = BTreeMap::new();
        for p in &kommune.plantet {
            *antall.entry(p.type_).or_insert(0) += 1;
            let elev = kommune.elever.iter().find(|e| e.id == p.elev).unwrap();
            assert_eq!(elev.trinn, 10);
            match p.type_ {
                Feiltype::ManglerKlasse => assert!(elev.klasse.is_none()),
                Feiltype::ManglerNummer => assert!(elev.nummer.is_none()),
                Feiltype::ManglerFornavn => assert!(elev.fornavn.is_empty()),
                Feiltype::UgyldigNummer => {
                    let n = elev.nummer.as_ref().unwrap();
                    let (k1, k2) = crate::generator::kontrollsifre(&n[..9]).unwrap();
                    assert_ne!(format!("{k1}{k2}"), n[9..]);
                }
                Feiltype::FeilFodselsar => assert_eq!(elev.fodselsdato.year(), 2014),
                Feiltype::Eldre => assert_eq!(elev.fodselsdato.year(), 2010),
                Feiltype::DNummer => assert!(elev.nummer.as_ref().unwrap().as_bytes()[0] >= b'4'),
                Feiltype::ToSkoler | Feiltype::DobbeltISkole => {
                    let annen = kommune.elever.iter().find(|e| Some(e.id) == p.dobbelt).unwrap();
                    assert_eq!(annen.nummer, elev.nummer);
                    assert_eq!(annen.skole != elev.skole, p.type_ == Feiltype::ToSkoler);
                }
            }
        }
        assert_eq!(antall.values().sum::<i32>(), 15, "{antall:?}");
        assert_eq!(antall[&Feiltype::DNummer], 3);
    }

    #[test]
    fn schools_are_those_of_the_code_base() {
        for (nummer, orgnr) in BERGEN.iter().chain(&VOSS).chain([&LITEN]) {
            let skole = kodeverk::vigoskole(nummer.parse().unwrap()).unwrap();
            assert_eq!(skole.organisasjonsnummer.as_str(), *orgnr);
        }
    }

    #[test]
    fn no_flaws_when_none_are_asked_for() {
        let kommune = Kommune::generer(&GeneratorConfig { feil: Feilmengde::ingen(), ..GeneratorConfig::voss(2) });
        assert!(kommune.plantet.is_empty());
        assert!(kommune.elever.iter().all(|e| e.klasse.is_some() && e.nummer.is_some() && !e.fornavn.is_empty()));
    }
}
