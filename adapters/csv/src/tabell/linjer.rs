//! Lines of text out of bytes of any of the character sets that spreadsheets save in.

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// The character set of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tegnsett {
    Utf8,
    Windows1252,
    Utf16Le,
    Utf16Be,
}

impl Tegnsett {
    pub(crate) const fn navn(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Windows1252 => "Windows-1252",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
        }
    }

    const fn koding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Windows1252 => WINDOWS_1252,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
        }
    }
}

/// Finds the character set of bytes that come piece by piece.
#[derive(Default)]
pub(crate) struct Tegnsettfinner {
    start: Vec<u8>,
    /// The end of the last piece, where it may be the beginning of a letter.
    rest: Vec<u8>,
    ugyldig: bool,
}

impl Tegnsettfinner {
    pub(crate) fn se(&mut self, bit: &[u8]) {
        let mangler = 4_usize.saturating_sub(self.start.len()).min(bit.len());
        self.start.extend_from_slice(&bit[..mangler]);
        if self.ugyldig {
            return;
        }
        let mut alt = std::mem::take(&mut self.rest);
        alt.extend_from_slice(bit);
        if let Err(feil) = std::str::from_utf8(&alt) {
            match feil.error_len() {
                Some(_) => self.ugyldig = true,
                None => self.rest = alt.split_off(feil.valid_up_to()),
            }
        }
    }

    /// The answer, when all has been seen. What is valid UTF-8 is UTF-8; what is not was written by a program from
    /// before it, and in Norway that program wrote Windows-1252.
    pub(crate) fn svar(&self) -> Tegnsett {
        match *self.start {
            [0xFF, 0xFE, ..] => Tegnsett::Utf16Le,
            [0xFE, 0xFF, ..] => Tegnsett::Utf16Be,
            // A header begins with Latin letters: every other byte of them is zero in UTF-16.
            [a, 0, b, 0] if a != 0 && b != 0 => Tegnsett::Utf16Le,
            [0, a, 0, b] if a != 0 && b != 0 => Tegnsett::Utf16Be,
            _ if self.ugyldig || !self.rest.is_empty() => Tegnsett::Windows1252,
            _ => Tegnsett::Utf8,
        }
    }
}

/// One line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Linje {
    Tekst(String),
    /// Longer than is read: its beginning.
    ForLang(String),
}

/// Reads lines, holding no more than one and a buffer.
pub(super) struct Linjeleser<R> {
    kilde: R,
    dekoder: Decoder,
    maks: usize,
    ventende: String,
    /// How much of `ventende` has been handed out.
    brukt: usize,
    slutt: bool,
    /// Whether a line feed that comes next belongs to the carriage return before it.
    etter_cr: bool,
    buf: Box<[u8]>,
    pub(super) ulesbart: bool,
}

impl<R: Read> Linjeleser<R> {
    pub(super) fn ny(kilde: R, tegnsett: Tegnsett, maks: usize) -> Self {
        Self {
            kilde,
            dekoder: tegnsett.koding().new_decoder_with_bom_removal(),
            maks,
            ventende: String::new(),
            brukt: 0,
            slutt: false,
            etter_cr: false,
            buf: vec![0; 16 * 1024].into_boxed_slice(),
            ulesbart: false,
        }
    }

    pub(super) fn neste(&mut self) -> io::Result<Option<Linje>> {
        let mut lett_i = self.brukt;
        loop {
            if self.etter_cr && self.ventende.len() > self.brukt {
                self.etter_cr = false;
                if self.ventende.as_bytes()[self.brukt] == b'\n' {
                    self.brukt += 1;
                }
                lett_i = lett_i.max(self.brukt);
            }
            let slutt = self.ventende.as_bytes()[lett_i..].iter().position(|b| matches!(b, b'\n' | b'\r'));
            if let Some(slutt) = slutt.map(|slutt| slutt + lett_i) {
                self.etter_cr = self.ventende.as_bytes()[slutt] == b'\r';
                let linje = self.ventende[self.brukt..slutt].to_owned();
                self.brukt = slutt + 1;
                return Ok(Some(self.malt(linje)));
            }
            lett_i = self.ventende.len();
            if lett_i - self.brukt > self.maks {
                return self.for_lang().map(Some);
            }
            if self.slutt {
                let linje = self.ventende[self.brukt..].to_owned();
                self.brukt = self.ventende.len();
                return Ok((!linje.is_empty()).then(|| self.malt(linje)));
            }
            lett_i -= self.brukt;
            self.fyll()?;
        }
    }

    pub(super) fn maks(&self) -> usize {
        self.maks
    }

    fn malt(&self, linje: String) -> Linje {
        if linje.len() > self.maks { Linje::ForLang(forst(&linje, self.maks)) } else { Linje::Tekst(linje) }
    }

    /// Skips the rest of a line that is too long.
    fn for_lang(&mut self) -> io::Result<Linje> {
        let start = forst(&self.ventende[self.brukt..], self.maks);
        loop {
            if let Some(slutt) = self.ventende.as_bytes()[self.brukt..].iter().position(|b| matches!(b, b'\n' | b'\r'))
            {
                self.etter_cr = self.ventende.as_bytes()[self.brukt + slutt] == b'\r';
                self.brukt += slutt + 1;
                return Ok(Linje::ForLang(start));
            }
            self.brukt = self.ventende.len();
            if self.slutt {
                return Ok(Linje::ForLang(start));
            }
            self.fyll()?;
        }
    }

    /// Decodes another piece behind what waits.
    fn fyll(&mut self) -> io::Result<()> {
        self.ventende.drain(..self.brukt);
        self.brukt = 0;
        let antall = self.kilde.read(&mut self.buf)?;
        self.slutt = antall == 0;
        let mut inn = &self.buf[..antall];
        loop {
            let trengs = self.dekoder.max_utf8_buffer_length(inn.len()).unwrap_or(4 * 1024).max(16);
            self.ventende.reserve(trengs);
            let (utfall, lest, feil) = self.dekoder.decode_to_string(inn, &mut self.ventende, self.slutt);
            self.ulesbart |= feil;
            inn = &inn[lest..];
            if utfall == CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }
}

fn forst(tekst: &str, maks: usize) -> String {
    let til = (0..=maks.min(tekst.len())).rev().find(|i| tekst.is_char_boundary(*i)).unwrap_or(0);
    tekst[..til].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linjer(bytes: &[u8], maks: usize) -> Vec<String> {
        let mut finner = Tegnsettfinner::default();
        bytes.chunks(3).for_each(|bit| finner.se(bit));
        let mut leser = Linjeleser::ny(bytes, finner.svar(), maks);
        let mut ut = Vec::new();
        while let Some(linje) = leser.neste().unwrap() {
            ut.push(match linje {
                Linje::Tekst(tekst) => tekst,
                Linje::ForLang(start) => format!("{start}…"),
            });
        }
        ut
    }

    #[test]
    fn all_line_ends_and_character_sets_are_read() {
        let ventet = ["Åse,ø", "", "b"];
        assert_eq!(linjer("Åse,ø\n\nb\n".as_bytes(), 99), ventet);
        assert_eq!(linjer("\u{feff}Åse,ø\r\n\r\nb".as_bytes(), 99), ventet);
        assert_eq!(linjer("Åse,ø\r\rb\r".as_bytes(), 99), ventet);
        assert_eq!(linjer(b"\xC5se,\xF8\n\nb", 99), ventet);
        for bom in ["\u{feff}", ""] {
            let tekst = format!("{bom}ab,ø\r\n\r\nb");
            let utf16 = |til: fn(u16) -> [u8; 2]| tekst.encode_utf16().flat_map(til).collect::<Vec<_>>();
            assert_eq!(linjer(&utf16(u16::to_le_bytes), 99), ["ab,ø", "", "b"]);
            assert_eq!(linjer(&utf16(u16::to_be_bytes), 99), ["ab,ø", "", "b"]);
        }
    }

    #[test]
    fn a_line_that_never_ends_is_cut_and_the_next_is_read() {
        let lang = "ø".repeat(100_000);
        assert_eq!(linjer(format!("a\n{lang}\r\nb\n{lang}").as_bytes(), 5), ["a", "øø…", "b", "øø…"]);
        assert_eq!(linjer(b"123456\n12345\n", 5), ["12345…", "12345"]);
    }

    #[test]
    fn lines_across_pieces_are_whole() {
        let tekst: String = (0..9000).map(|i| format!("linje {i} æøå\r\n")).collect();
        let lest = linjer(tekst.as_bytes(), 99);
        assert_eq!(lest.len(), 9000);
        assert_eq!(lest[8999], "linje 8999 æøå");
    }
}
