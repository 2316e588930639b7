//! The whole country, one municipality at a time, so that memory stays flat.

use std::collections::BTreeMap;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::{Feilmengde, GeneratorConfig, Kommune, nummer::oppdiktet_orgnr};

/// Tenth-graders of the largest municipalities, about as they are; the others are drawn.
const STORE: [(&str, u32); 10] = [
    ("0301", 6_800),
    ("4601", 3_200),
    ("5001", 2_300),
    ("1103", 1_750),
    ("3201", 1_800),
    ("4204", 1_400),
    ("3301", 1_250),
    ("3203", 1_350),
    ("3205", 1_150),
    ("1108", 1_150),
];
/// Numbers that a municipality may need per birth year beyond its pupils: those who arrive, and steps that the walk
/// skips since no control digit fits.
const SLINGRING: u32 = 120;

/// All municipalities, made one by one. Sizes are decided first, so each gets its own stretch of numbers.
#[derive(Debug)]
pub struct Landet {
    oppsett: std::vec::IntoIter<GeneratorConfig>,
}

impl Landet {
    /// What the remaining municipalities look like before they are filled.
    pub fn oppsett(&self) -> &[GeneratorConfig] {
        self.oppsett.as_slice()
    }
}

impl Iterator for Landet {
    type Item = Kommune;

    fn next(&mut self) -> Option<Kommune> {
        self.oppsett.next().map(|config| Kommune::generer(&config))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.oppsett.size_hint()
    }
}

impl ExactSizeIterator for Landet {}

/// All municipalities of the country, in the order of their numbers. Schools and their numbers are invented.
pub fn landet(seed: u64) -> Landet {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut kommuner: Vec<_> = kodeverk::kommuner().iter().collect();
    kommuner.sort_by_key(|k| k.nummer.as_str());
    let mut tellere = Tellere::default();
    let alle = kommuner.into_iter().map(|k| en(seed, k.nummer.as_str(), k.navn, &mut tellere, &mut rng));
    Landet { oppsett: alle.collect::<Vec<_>>().into_iter() }
}

/// What is counted across municipalities.
#[derive(Default)]
struct Tellere {
    nummer_fra: u32,
    orgnr: u32,
    /// Schools with tenth grade so far, per county.
    skoler: BTreeMap<String, u32>,
}

impl Tellere {
    fn neste_orgnr(&mut self) -> String {
        self.orgnr += 1;
        oppdiktet_orgnr(self.orgnr - 1)
    }

    /// VIGO's series for municipal schools: the county and 500 to 799.
    fn neste_skolenummer(&mut self, fylke: &str) -> String {
        let antall = self.skoler.entry(fylke.to_owned()).or_default();
        *antall += 1;
        format!("{fylke}{}", 499 + *antall)
    }
}

fn en(seed: u64, nummer: &str, navn: &str, tellere: &mut Tellere, rng: &mut ChaCha8Rng) -> GeneratorConfig {
    let tiende = STORE.iter().find(|(n, _)| *n == nummer).map_or_else(|| trekk_storrelse(rng), |(_, antall)| *antall);
    let orgnr = tellere.neste_orgnr();
    let mut config = GeneratorConfig::ny(seed, nummer, navn, &orgnr, &format!("k{nummer}.kommune.no"));
    config.nummer_fra = tellere.nummer_fra;
    // About 17 in 100 steps of the walk have no valid control digits, and schools vary around their planned size.
    tellere.nummer_fra += tiende * 3 / 2 + SLINGRING;
    config.feil = Feilmengde::andel(3, tiende);

    let fylke = &nummer[..2];
    let antall_skoler = tiende.div_ceil(120);
    let per_trinn = liten(tiende.div_ceil(antall_skoler));
    let numre: Vec<(String, String)> =
        (0..antall_skoler).map(|_| (tellere.neste_skolenummer(fylke), tellere.neste_orgnr())).collect();
    // A small municipality has one school for all grades; a large one has primary schools beside.
    let kombinerte = if tiende <= 40 { numre.len() } else { 0 };
    config.skoler_med_tiende(&numre, kombinerte, per_trinn, per_trinn);
    if kombinerte == 0 {
        let barneskoler = tiende.div_ceil(45);
        config.barneskoler(liten(barneskoler), liten(tiende.div_ceil(barneskoler)), tellere.orgnr);
        tellere.orgnr += barneskoler;
    }
    config
}

/// Most municipalities are small: a skewed draw from 8 to about 900, with a median near 60.
fn trekk_storrelse(rng: &mut ChaCha8Rng) -> u32 {
    let sum: f64 = (0..6).map(|_| rng.random_range(-1.0..1.0)).sum();
    let storrelse = 62.0 * (sum * 0.85).exp();
    // The clamp keeps it far inside the range of the integer.
    storrelse.clamp(8.0, 900.0) as u32
}

fn liten(antall: u32) -> u16 {
    u16::try_from(antall).expect("no municipality has so many schools or pupils per grade")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_country_has_its_municipalities_and_about_a_cohort() {
        let alle = landet(1);
        assert_eq!(alle.len(), 357);
        let mut tiende = 0;
        let mut numre = HashSet::new();
        let mut orgnr = HashSet::new();
        for config in alle.oppsett() {
            assert!(orgnr.insert(config.orgnr.clone()), "{}", config.navn);
            for skole in &config.skoler {
                assert!(orgnr.insert(skole.orgnr.clone()), "{}", config.navn);
                if let Some(nummer) = &skole.skolenummer {
                    assert_eq!(nummer.len(), 5);
                    assert!(numre.insert(nummer.clone()), "{nummer}");
                    tiende += u32::from(skole.per_trinn);
                }
            }
        }
        assert!((50_000..=75_000).contains(&tiende), "{tiende}");
    }

    /// The smaller ones only: the largest take seconds without optimisation.
    #[test]
    fn neighbours_never_share_a_number() {
        let alle = landet(2);
        let oppsett: Vec<_> = alle.oppsett().iter().filter(|c| c.skoler.len() < 6).take(60).cloned().collect();
        let mut sett = HashSet::new();
        for config in oppsett {
            let kommune = Kommune::generer(&GeneratorConfig { feil: Feilmengde::ingen(), ..config });
            for elev in kommune.tiende() {
                assert!(sett.insert(elev.nummer.clone().unwrap()));
            }
        }
        assert!(sett.len() > 1_000);
    }

    #[test]
    fn the_same_each_time() {
        assert!(landet(3).nth(5) == landet(3).nth(5));
    }
}
