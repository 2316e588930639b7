//! What the receiver takes an identity number for, in its own order: eleven digits, control digits, month, day.
//!
//! Its rules are looser than `identitet`'s in some places and stricter in others (30 February passes, the published
//! examples of fictitious numbers do not), so what it will say cannot be told from ours.

use crate::config::Identitetsregler;

/// What the receiver takes a number for, as far as it makes a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// For a person's.
    Real,
    /// For a fictitious one: taken, with a remark.
    Fictitious,
    /// Refused.
    Invalid,
}

/// As `vigoskole` does: control digits come first, and the fictitious numbers that counties issue have none that fit.
pub(crate) fn taken(number: &str, rules: Identitetsregler) -> Taken {
    digits(number).filter(controls_hold).map_or(Taken::Invalid, |digits| by_date(&digits, rules))
}

/// As `elevliste_v1` does: a fictitious number needs no control digits.
pub(crate) fn taken_v1(number: &str, rules: Identitetsregler) -> Taken {
    let Some(digits) = digits(number) else { return Taken::Invalid };
    match by_date(&digits, rules) {
        Taken::Real if !controls_hold(&digits) => Taken::Invalid,
        taken => taken,
    }
}

fn by_date(digits: &[u32; 11], rules: Identitetsregler) -> Taken {
    let pair = |at: usize| digits[at] * 10 + digits[at + 1];
    let month = match (rules, pair(2)) {
        (Identitetsregler::VigoskoleSyntetisk, month @ 81..=92) => month - 80,
        (_, month) => month,
    };
    match (month, pair(0)) {
        (1..=12, 1..=31) => Taken::Real,
        (1..=12, 41..=71) if pair(6) >= 90 => Taken::Fictitious,
        (1..=12, 41..=71) => Taken::Real,
        _ => Taken::Invalid,
    }
}

fn digits(number: &str) -> Option<[u32; 11]> {
    let mut digits = [0; 11];
    let bytes: &[u8; 11] = number.as_bytes().try_into().ok()?;
    for (digit, byte) in digits.iter_mut().zip(bytes) {
        *digit = byte.is_ascii_digit().then(|| u32::from(byte - b'0'))?;
    }
    Some(digits)
}

/// The first sum may leave 0 to 3, which covers the rule of 2032; the second must come out.
fn controls_hold(digits: &[u32; 11]) -> bool {
    let rest = |weights: &[u32]| digits.iter().zip(weights).map(|(d, w)| d * w).sum::<u32>() % 11;
    rest(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) <= 3 && rest(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use Identitetsregler::{Vigoskole, VigoskoleSyntetisk};

    /// The first two are the published examples of fictitious numbers.
    #[test]
    fn answers_that_the_receiver_is_known_to_give() {
        for (number, expected) in [
            ("42059199202", Taken::Invalid),
            ("55049199119", Taken::Invalid),
            ("42059190061", Taken::Fictitious),
            ("41128500071", Taken::Real),
            ("15049100008", Taken::Real),
            ("30023999958", Taken::Real),
            ("1504910000", Taken::Invalid),
            ("1504910000x", Taken::Invalid),
            ("00000000000", Taken::Invalid),
            ("", Taken::Invalid),
        ] {
            assert_eq!(taken(number, Vigoskole), expected, "{number}");
            assert_eq!(taken(number, VigoskoleSyntetisk), expected, "{number}");
        }
        for number in ["42059199202", "55049199119", "42059190061"] {
            assert_eq!(taken_v1(number, Vigoskole), Taken::Fictitious, "{number}");
        }
        for number in ["15049100009", "41128500072", "42139199202", "4205919920"] {
            assert_eq!(taken_v1(number, Vigoskole), Taken::Invalid, "{number}");
        }
        assert_eq!(taken_v1("15049100008", Vigoskole), Taken::Real);
        for (number, expected) in [("05820998865", Taken::Real), ("55820995197", Taken::Fictitious)] {
            assert_eq!(taken(number, Vigoskole), Taken::Invalid);
            assert_eq!(taken(number, VigoskoleSyntetisk), expected, "{number}");
        }
    }
}
