//! The arithmetic of the two check digits of an eleven-digit number.

/// Weights of the first check digit, its own last.
const VEKTER_1: [u32; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
/// Weights of the second check digit, its own last.
const VEKTER_2: [u32; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/// By which rule the check digits of a number are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Regime {
    /// Both remainders are 0: every number given out until 2032, and some of those after.
    R1964,
    /// The first remainder is 1, 2 or 3 and the second 0: given out from 1 January 2032 only. Such numbers say nothing
    /// of century or gender.
    R2032,
}

impl Regime {
    /// `"1964"` or `"2032"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::R1964 => "1964",
            Self::R2032 => "2032",
        }
    }
}

/// The rule that the last two of these digits follow, if any.
pub(crate) fn regime(sifre: &[u8; 11]) -> Option<Regime> {
    match (rest(&sifre[..10], &VEKTER_1), rest(sifre, &VEKTER_2)) {
        (0, 0) => Some(Regime::R1964),
        (1..=3, 0) => Some(Regime::R2032),
        _ => None,
    }
}

/// The two check digits that follow nine digits under the rule of 1964; `None` where one of them would be 10, which means
/// that the number is never given out.
pub(crate) fn kontrollsifre(ni: &[u8; 9]) -> Option<[u8; 2]> {
    let k1 = utfyll(rest(ni, &VEKTER_1))?;
    let mut ti = [k1; 10];
    ti[..9].copy_from_slice(ni);
    Some([k1, utfyll(rest(&ti, &VEKTER_2))?])
}

fn rest(sifre: &[u8], vekter: &[u32]) -> u32 {
    sifre.iter().zip(vekter).map(|(siffer, vekt)| u32::from(*siffer) * vekt).sum::<u32>() % 11
}

fn utfyll(rest: u32) -> Option<u8> {
    match (11 - rest) % 11 {
        10 => None,
        siffer => u8::try_from(siffer).ok(),
    }
}
