//! Numbers that identify: Tenor-style identity numbers without repeats, and organisation numbers.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::{ToSpan as _, civil::Date};

const VEKT_1: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const VEKT_2: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
/// People born from 2000 to 2039 have individual numbers from 500 to 999.
const FORSTE_INDIVIDNUMMER: u64 = 500;
const INDIVIDNUMRE: u64 = 500;

/// Both control digits of nine digits under the 1964 rule; `None` where the rule has no valid digit.
///
/// # Panics
/// When `ni` is not nine digits.
pub fn kontrollsifre(ni: &str) -> Option<(u8, u8)> {
    let mut sifre: Vec<u32> = ni.chars().map(|c| c.to_digit(10).expect("nine decimal digits")).collect();
    assert_eq!(sifre.len(), 9, "nine decimal digits");
    let forste = kontrollsiffer(&sifre, &VEKT_1)?;
    sifre.push(u32::from(forste));
    let andre = kontrollsiffer(&sifre, &VEKT_2)?;
    Some((forste, andre))
}

fn kontrollsiffer(sifre: &[u32], vekter: &[u32]) -> Option<u8> {
    let sum: u32 = sifre.iter().zip(vekter).map(|(s, v)| s * v).sum();
    match 11 - sum % 11 {
        11 => Some(0),
        10 => None,
        siffer => u8::try_from(siffer).ok(),
    }
}

/// Eight digits with the ninth of an organisation number added; `None` where there is no valid ninth.
pub fn orgnr_med_kontrollsiffer(atte: u32) -> Option<String> {
    let tekst = format!("{atte:08}");
    let sifre: Vec<u32> = tekst.chars().filter_map(|c| c.to_digit(10)).collect();
    let siffer = kontrollsiffer(&sifre, &[3, 2, 7, 6, 5, 4, 3, 2])?;
    Some(format!("{tekst}{siffer}"))
}

/// Invented organisation numbers: from 999 700 000 up, above every number that has been given out.
static OPPDIKTEDE: LazyLock<Vec<String>> =
    LazyLock::new(|| (99_970_000..100_000_000).filter_map(orgnr_med_kontrollsiffer).collect());

/// The `n`th invented organisation number.
pub(super) fn oppdiktet_orgnr(n: u32) -> String {
    OPPDIKTEDE[n as usize % OPPDIKTEDE.len()].clone()
}

/// A person's number with the date of birth and sex it says.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Nummer {
    pub(super) sifre: String,
    pub(super) fodselsdato: Date,
    pub(super) jente: bool,
}

/// Gives out identity numbers, each only once.
///
/// The numbers of a birth year are walked in an order that the seed decides. A municipality owns the stretch of that
/// walk that begins at `fra`, so municipalities with the same seed and different stretches never share a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nummerserie {
    seed: u64,
    fra: u64,
    neste: BTreeMap<i16, u64>,
}

impl Nummerserie {
    /// A series that begins `fra` steps into the walk of each birth year.
    pub fn ny(seed: u64, fra: u32) -> Self {
        Self { seed, fra: u64::from(fra), neste: BTreeMap::new() }
    }

    /// An ordinary number (month + 80) for someone born in `ar`.
    pub fn fodselsnummer(&mut self, ar: i16) -> String {
        self.neste(ar, false).sifre
    }

    /// The next number for someone born in `ar`; `dnummer` moves the day by 40 as well.
    pub(super) fn neste(&mut self, ar: i16, dnummer: bool) -> Nummer {
        let nyttar = jiff::civil::date(ar, 1, 1);
        let antall = u64::from(nyttar.days_in_year().unsigned_abs()) * INDIVIDNUMRE;
        let steg = steg(self.seed, antall);
        let neste = self.neste.entry(ar).or_insert(self.fra);
        loop {
            let plass = (*neste * steg + self.seed % antall) % antall;
            *neste += 1;
            let dag = i32::try_from(plass / INDIVIDNUMRE).expect("a day of the year");
            let dato = nyttar.checked_add(dag.days()).expect("inside the year");
            let individ = FORSTE_INDIVIDNUMMER + plass % INDIVIDNUMRE;
            let dag = dato.day() + if dnummer { 40 } else { 0 };
            let ni = format!("{dag:02}{:02}{:02}{individ:03}", dato.month() + 80, ar.rem_euclid(100));
            if let Some((k1, k2)) = kontrollsifre(&ni) {
                return Nummer { sifre: format!("{ni}{k1}{k2}"), fodselsdato: dato, jente: individ.is_multiple_of(2) };
            }
        }
    }
}

/// A step with no common factor with `antall`, so that the walk meets every number once.
fn steg(seed: u64, antall: u64) -> u64 {
    let mut steg = 10_007 + 2 * (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) % 40_000);
    while sfd(steg, antall) != 1 {
        steg += 2;
    }
    steg
}

fn sfd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { sfd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn numbers_look_like_tenor_and_do_not_repeat() {
        let mut sett = HashSet::new();
        let mut a = Nummerserie::ny(3, 0);
        let mut b = Nummerserie::ny(3, 20_000);
        for _ in 0..5_000 {
            for serie in [&mut a, &mut b] {
                let n = serie.neste(2011, false);
                assert_eq!(n.sifre.len(), 11);
                let maned: i8 = n.sifre[2..4].parse().unwrap();
                assert_eq!(maned, n.fodselsdato.month() + 80);
                assert_eq!(n.jente, n.sifre.as_bytes()[8] % 2 == 0);
                assert!(sett.insert(n.sifre));
            }
        }
    }

    #[test]
    fn control_digits_as_the_rule_has_them() {
        assert_eq!(kontrollsifre("058209988"), Some((6, 5)));
        assert_eq!(orgnr_med_kontrollsiffer(97_460_326).as_deref(), Some("974603268"));
        assert_eq!(oppdiktet_orgnr(0).len(), 9);
        assert_ne!(oppdiktet_orgnr(1), oppdiktet_orgnr(2));
    }

    #[test]
    fn dnummer_moves_the_day() {
        let n = Nummerserie::ny(1, 0).neste(2010, true);
        let dag: i8 = n.sifre[0..2].parse().unwrap();
        assert_eq!(dag, n.fodselsdato.day() + 40);
    }
}
