//! Why a text is no identity number, in words that never repeat the text.

/// Why a text is no identity number of any kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Ugyldig {
    /// It is not eleven digits.
    #[error("identity number must be 11 digits: {0}")]
    Format(#[source] Formatfeil),
    /// Its first six digits are no date in any series.
    #[error("identity number holds a date that does not exist; compare with the person's papers")]
    Dato,
    /// Its check digits do not fit: somewhere a digit is wrong.
    #[error("identity number has check digits that do not fit; a digit is mistyped")]
    Kontrollsiffer,
    /// Neither date nor check digits are right.
    #[error("identity number has neither a date that exists nor check digits that fit; enter it anew")]
    DatoOgKontrollsiffer,
}

/// What stands in the way of eleven digits. The first that applies, from the most telling to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Formatfeil {
    /// Nothing, or nothing but blanks.
    #[error("it is empty")]
    Tom,
    /// Some or all digits are replaced by asterisks.
    #[error("it is masked with asterisks; the sender must send it in clear")]
    Maskert,
    /// Control characters, byte order marks, zero-width characters.
    #[error("it holds characters that cannot be seen; enter it anew by hand")]
    UsynligTegn,
    /// Digits of another script or style. They look right and are not.
    #[error("it holds digits other than 0 to 9; enter it anew by hand")]
    FremmedeSifre,
    /// Blanks inside or around it.
    #[error("it holds blanks; remove them")]
    Mellomrom,
    /// A spreadsheet's way of writing large numbers.
    #[error("a spreadsheet has rewritten it; format the column as text and enter it anew")]
    Regneark,
    /// Letters, hyphens, quotation marks and all else.
    #[error("it holds characters that are not digits; remove them")]
    Tegn,
    /// Ten digits: a leading zero has probably been dropped by something that took the number for a quantity.
    #[error("it has 10 digits, a leading zero is probably lost; keep the column as text")]
    TiSifre,
    /// Digits only, but too few or too many.
    #[error("it has too few or too many digits")]
    Lengde,
}

impl Ugyldig {
    /// A stable short name: `format`, `date`, `checksum` or `date+checksum`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Format(_) => "format",
            Self::Dato => "date",
            Self::Kontrollsiffer => "checksum",
            Self::DatoOgKontrollsiffer => "date+checksum",
        }
    }
}

impl Formatfeil {
    /// A stable short name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tom => "empty",
            Self::Maskert => "masked",
            Self::UsynligTegn => "invisible",
            Self::FremmedeSifre => "foreign_digits",
            Self::Mellomrom => "blanks",
            Self::Regneark => "spreadsheet",
            Self::Tegn => "characters",
            Self::TiSifre => "ten_digits",
            Self::Lengde => "length",
        }
    }

    /// Finds the fault in a text that is not eleven ASCII digits.
    pub(crate) fn finn(tekst: &str) -> Self {
        let har = |vilkar: fn(char) -> bool| tekst.chars().any(vilkar);
        if tekst.chars().all(char::is_whitespace) {
            Self::Tom
        } else if har(|c| c == '*') {
            Self::Maskert
        } else if har(usynlig) {
            Self::UsynligTegn
        } else if har(|c| c.is_numeric() && !c.is_ascii_digit()) {
            Self::FremmedeSifre
        } else if har(char::is_whitespace) {
            Self::Mellomrom
        } else if vitenskapelig(tekst) {
            Self::Regneark
        } else if har(|c| !c.is_ascii_digit()) {
            Self::Tegn
        } else if tekst.len() == 10 {
            Self::TiSifre
        } else {
            Self::Lengde
        }
    }
}

/// Characters that no screen shows: controls other than blanks, and the usual zero-width and direction marks.
fn usynlig(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// `1.5E9`, `1,5e+09`: digits around one letter E.
fn vitenskapelig(tekst: &str) -> bool {
    let siffer = |del: &str, ekstra: &[char]| {
        del.chars().any(|c| c.is_ascii_digit()) && del.chars().all(|c| c.is_ascii_digit() || ekstra.contains(&c))
    };
    tekst.split_once(['e', 'E']).is_some_and(|(tall, potens)| siffer(tall, &['.', ',']) && siffer(potens, &['+']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_told_from_the_others() {
        for (tekst, feil) in [
            ("", Formatfeil::Tom),
            (" \t\u{a0}", Formatfeil::Tom),
            ("*****", Formatfeil::Maskert),
            ("058209*****", Formatfeil::Maskert),
            ("05820998865\u{200b}", Formatfeil::UsynligTegn),
            ("\u{feff}05820998865", Formatfeil::UsynligTegn),
            ("05820998865\0", Formatfeil::UsynligTegn),
            ("٠٥٨٢٠٩٩٨٨٦٥", Formatfeil::FremmedeSifre),
            ("0582099886\u{b2}", Formatfeil::FremmedeSifre),
            ("058209 98865", Formatfeil::Mellomrom),
            ("058209\u{202f}98865", Formatfeil::Mellomrom),
            ("05820998865\r\n", Formatfeil::Mellomrom),
            ("5,82099889E+09", Formatfeil::Regneark),
            ("1e000000010", Formatfeil::Regneark),
            ("O5820998865", Formatfeil::Tegn),
            ("Eeeeeeeeeee", Formatfeil::Tegn),
            ("E5820998865", Formatfeil::Tegn),
            ("058209-98865", Formatfeil::Tegn),
            ("5820998865", Formatfeil::TiSifre),
            ("582099886", Formatfeil::Lengde),
            ("058209988650", Formatfeil::Lengde),
        ] {
            assert_eq!(Formatfeil::finn(tekst), feil, "{tekst:?}");
        }
    }

    #[test]
    fn the_message_is_about_the_fault_and_its_cure() {
        assert_eq!(
            Ugyldig::Format(Formatfeil::TiSifre).to_string(),
            "identity number must be 11 digits: it has 10 digits, a leading zero is probably lost; keep the column as text"
        );
    }
}
